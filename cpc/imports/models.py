"""An import: the file, what was found in it, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cpc.core.audit.records import recorded
from cpc.imports.choices import COUNTED, OF_THE_FILE, FileKind, ImportState
from cpc.imports.rules.columns import BY_NAME, as_written
from families.cases.models import Family


@recorded(exclude=("body", "faults", "notes"))
class Import(models.Model):
    """A file that was brought in. It is kept only until it is loaded or replaced: it holds names and addresses.

    ``faults`` are rows of sheet, row, column, what was typed, what is wrong; ``notes`` say what differs from the
    record and was left as it is; ``counts`` how many of each kind are new.
    """

    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=FileKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    body = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    faults = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    why_failed = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState), name="import_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ImportState.LOADED)
                | Q(loaded_at__isnull=False, loaded_by__isnull=False, body__isnull=True),
                name="loaded_import_has_by_and_no_file",
            ),
            models.CheckConstraint(condition=~Q(state=ImportState.READY) | Q(faults=[]), name="ready_has_no_fault"),
        ]

    def __str__(self):
        return f"{self.file_name}, {self.get_state_display().lower()}"

    @property
    def state_shown(self) -> ImportState:
        """The state with its label and tone."""
        return ImportState(self.state)

    @property
    def counted(self) -> list[str]:
        """What the counts say of a loaded import, in words, without the noughts."""
        found = [(self.counts.get(name) or 0, words) for name, words in COUNTED.items()]
        return [f"{count:,} {one if count == 1 else several}" for count, (one, several) in found if count]

    @property
    def wrote_nothing(self) -> bool:
        """Whether all that the file says was on the record before it was loaded."""
        return not any(self.counts.get(name) for name in COUNTED if name not in OF_THE_FILE)


@recorded(exclude=("rows",))
class SetAside(models.Model):
    """What a file says of a family that is closed to the user who imported it: not written, and waiting for those who
    may see the family. Nobody else learns that it is here.

    ``rows`` are sheet, row and the text of its columns. When it is settled only the numbers stay, so that a second
    import of the same file gives the same answers.
    """

    run = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="set_aside")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "family"], name="set_aside_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="set_aside_settled_has_by",
            ),
        ]

    @property
    def in_order(self) -> list[tuple]:
        """The rows as people read them: (sheet, row, [(column, its value)] in the order of the template)."""
        return [
            (
                sheet,
                number,
                [
                    (column.name.replace("_", " "), as_written(column, said[column.name]))
                    for column in BY_NAME[sheet].columns
                    if column.name in said
                ],
            )
            for sheet, number, said in self.rows
        ]
