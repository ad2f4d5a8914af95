"""The words of imports: what state one is in, and what kind of file it reads."""

from django.db.models import TextChoices

from conferences.choices import Toned


class FileKind(TextChoices):
    SPREADSHEET = "spreadsheet", "Our spreadsheet"
    CSV = "csv", "One sheet of ours as CSV"
    CENSUS = "census", "Children in need census file"


class ImportState(Toned):
    CHECKING = "checking", "blue", "Being checked"
    FAULTY = "faulty", "red", "Has faults"
    READY = "ready", "yellow", "Ready to load"
    LOADING = "loading", "blue", "Being loaded"
    LOADED = "loaded", "green", "Loaded"
    FAILED = "failed", "red", "Could not be read"
