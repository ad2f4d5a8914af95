"""The words of imports: what state one is in, and what kind of file it reads."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned


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
    FAILED = "failed", "red", "Not loaded"


# What an import's counts say once it is loaded, in the order in which they are read: (of one, of several or none).
COUNTED = {
    "families": ("new family", "new families"),
    "people": ("new person", "new people"),
    "relationships": ("new relationship", "new relationships"),
    "plans": ("new plan", "new plans"),
    "events": ("new event", "new events"),
    "meetings": ("new booked meeting", "new booked meetings"),
    "children": ("child in the file", "children in the file"),
    "matched": ("child found here", "children found here"),
    "not_here": ("child not here", "children not here"),
    "filled_in": ("person with something empty filled in", "people with something empty filled in"),
    "reviews": ("review entered", "reviews entered"),
}
# Counts of the file, and not of what was written.
OF_THE_FILE = ("children", "matched", "not_here")
