"""The copies of one conference that await one person’s second check, by reader. Nothing here writes."""

from dataclasses import dataclass

from conferences.convening.models import Invitation
from conferences.disclosure.queries import ids_seen
from cpc.core.accounts.permissions import Permission, Viewer
from reports.incoming.choices import MadeHow
from reports.incoming.models import FileCopy
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import AnyCopy, CopyCheck, check_of, checks_of
from reports.outgoing.queries.copies import HEAVY, copies_of, is_ready, record_of, withholding_rules_for_readers


@dataclass(frozen=True)
class AwaitingCopy:
    """A copy that needs a second check, and whether the viewer opened exactly this text."""

    copy: AnyCopy
    check: CopyCheck
    is_opened: bool

    @property
    def is_file(self) -> bool:
        """Whether it is a copy of a file, which has a page of its own."""
        return isinstance(self.copy, FileCopy)

    @property
    def is_made_here(self) -> bool:
        """Whether it is a letter, a record or a typed report, and not a file from outside: they open together."""
        return not isinstance(self.copy, FileCopy) or self.copy.file.made == MadeHow.TYPED

    @property
    def title(self) -> str:
        """What it is: "Decision letter", or "School or nursery report" with its author."""
        if isinstance(self.copy, FileCopy):
            return f"{self.copy.document.title}: {self.copy.file.author}"
        return self.copy.get_kind_display()

    @property
    def must_change(self) -> bool:
        """Whether something stops it, so that it changes before it goes out: it is checked after that."""
        return bool(self.check.stops)


@dataclass(frozen=True)
class AwaitingReader:
    """One reader, why their copies need a second check, and these copies."""

    invitation: Invitation
    why: tuple[str, ...]
    copies: tuple[AwaitingCopy, ...]

    @property
    def may_open_together(self) -> bool:
        """Whether several copies that were made here wait to be opened, so that one link opens them all."""
        return sum(one.is_made_here and not one.is_opened for one in self.copies) > 1


def copies_awaiting_check(viewer: Viewer, conference) -> list[AwaitingReader]:
    """The copies of this conference that the viewer may check as a second person and that nobody has checked, by
    reader. A fixed number of queries, and a few more for each copy of a file.
    """
    if not viewer.may(Permission.CHECK_COPY, conference):
        return []
    found: dict[int, list[AwaitingCopy]] = {}
    record = record_of(conference)
    seen = ids_seen(viewer, Copy.objects.filter(record=record)) if record else set()
    copies = [one for one in copies_of(record) if one.pk in seen] if record else []
    files = _files_of(viewer, conference)
    invitations = {one.invitation_id: one.invitation for one in (*copies, *files)}
    rules = withholding_rules_for_readers(conference, invitations.values())
    checks = checks_of(conference, copies, rules)
    for copy in (*copies, *files):
        check = check_of(copy) if isinstance(copy, FileCopy) else checks.get(copy.pk)
        if check and check.lacks_check and viewer.id not in check.writers:
            awaiting = AwaitingCopy(copy, check, check.opened_by(viewer))
            found.setdefault(copy.invitation_id, []).append(awaiting)
    return [
        AwaitingReader(invitations[pk], _why(invitations[pk], rules) or (waiting[0].check.why_second,), tuple(waiting))
        for pk, waiting in found.items()
    ]


def _files_of(viewer: Viewer, conference) -> list[FileCopy]:
    files = FileCopy.objects.filter(file__conference=conference)
    people = ("invitation__agency", "invitation__person", "invitation__user")
    rows = files.filter(pk__in=ids_seen(viewer, files)).select_related("file__conference__family", "document", *people)
    return [one for one in rows.defer(*HEAVY).order_by("pk") if is_ready(one)]


def _why(invitation, rules) -> tuple[str, ...]:
    return tuple(rules.withheld_from(invitation.person_id).sources) if invitation.person_id else ()
