"""Who may have an uploaded file as it is, why it is withheld, and which versions were requested."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from conferences.convening.models import Invitation
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.documents.check import check_parts
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.phrases import listed
from families.people.models import Person
from families.people.queries.merged_records import records_of_each
from reports.incoming.choices import FileKind, MadeHow
from reports.incoming.models import FileCopy, GivenAllTheSame, ReportEvent, ReportSharing, UploadedFile, VersionRequest
from reports.incoming.queries.requested import invited_people, is_verbal
from reports.incoming.queries.right_child import strangers_in
from reports.incoming.queries.uploads import children_of, stored_reading, words_of_file
from reports.outgoing.choices import FileOutcome
from reports.outgoing.models import Copy
from reports.outgoing.queries.copies import (
    ENDED,
    coverage_by_invitation,
    held_messages,
    state_of,
    withholding_rules_for_readers,
)
from reports.outgoing.queries.protected import protected_for_each
from reports.outgoing.queries.typed_copies import why_outdated
from reports.outgoing.rules.copies import Coverage, Reader, file_outcome

# What is sent is drawn again page by page. Nobody here can see how another program shows a Word file.
CAN_BE_RELEASED = (FileKind.PDF, FileKind.PNG, FileKind.JPG)
ASK_FOR_ANOTHER = "It cannot be printed: read it again, or ask its author for one that opens."


@dataclass(frozen=True)
class FileWithholding:
    """The reasons against giving a file to one reader, one sentence each, and the chair’s decision to give it despite
    all of them, if there is one."""

    why: tuple[str, ...]
    decided: GivenAllTheSame | None = None

    @property
    def waits(self) -> bool:
        """Whether the chair has not decided yet that they get it."""
        return self.decided is None


def withholding(file) -> dict[int, FileWithholding]:
    """The reasons against giving the file to each family member, by invitation. A person without a reason against is
    left out (a fixed number of queries)."""
    children = Person.objects.filter(pk__in=file.children.values("child"))
    covered = {child.pk: child for child in children}
    why = defaultdict(list)
    copies = Copy.objects.filter(record__conference=file.conference_id, invitation__kind=InviteeKind.FAMILY)
    for copy in copies.prefetch_related("children").order_by("-kind"):
        what, theirs = copy.get_kind_display().lower(), {one.child_id for one in copy.children.all()}
        if copy.withheld_reason:
            why[copy.invitation_id].append(f"They are sent no {what}: {copy.withheld_reason}")
        elif without := [child.full_name for pk, child in covered.items() if pk not in theirs]:
            why[copy.invitation_id].append(f"Their {what} does not cover {listed(without)}.")
    unshared = ReportSharing.objects.filter(report__invitation=file.invitation_id, shared_on__isnull=True)
    invited = dict(file.conference.invitations.filter(person__isnull=False).values_list("person", "pk"))
    same = records_of_each(invited)  # the sharing may name another record of the invited person
    for one in unshared.order_by("pk"):
        for pk in (pk for person, pk in invited.items() if one.parent_id in same[person]):
            why[pk].append(f"The report was not shared with them: {one.not_shared_reason}")
    redacted = UploadedFile.objects.filter(version_of=file, made=MadeHow.REDACTED)
    for reader in redacted.values_list("made_for", flat=True):
        why[reader].append("Something was taken out of it for them: they get the redacted version.")
    taken_back = FileCopy.objects.filter(file=file, document__outgoing__incident__isnull=False).distinct()
    for one in taken_back.select_related("document").order_by("pk"):
        why[one.invitation_id].append(f"It was taken back from them: {one.document.why_ended}")
    decided = defaultdict(list)
    for one in GivenAllTheSame.objects.filter(file=file, reader__in=why).select_related("decided_by").order_by("-pk"):
        decided[one.reader_id].append(one)
    return {
        pk: FileWithholding(tuple(said), next((one for one in decided[pk] if set(said) <= set(one.despite)), None))
        for pk, said in why.items()
    }


def why_chair_must_decide(file, reader) -> str:
    """Why only the chair can allow this file for this reader, in a sentence; empty if nothing is against it or the
    chair has allowed it."""
    found = withholding(file).get(reader.pk)
    if found is None or not found.waits:
        return ""
    chair = file.conference.chair or "The chair"
    return f"{' '.join(found.why)} {chair} must say first that {reader.name} receives it anyway."


@dataclass(frozen=True)
class FamilyReader:
    """A family member, what they may have of a file and why, and the versions made or requested for them."""

    invitation: Invitation
    outcome: FileOutcome
    why: tuple[str, ...]
    versions: list[UploadedFile] = field(default_factory=list)
    request: VersionRequest | None = None
    copy: FileCopy | None = None
    held: Outgoing | None = None
    withholding: FileWithholding | None = None
    covers_others: bool = False
    needs_pdf: bool = False

    @property
    def state(self) -> tuple[str, str]:
        """The state of their copy in a word or two, with its tone."""
        return state_of(self.copy, self.held)

    @property
    def may_get_this(self) -> bool:
        """Whether it can be released to them once it is checked: it is about no child but theirs, and can be drawn."""
        return self.outcome != FileOutcome.NOTHING and not self.covers_others and not self.needs_pdf

    @property
    def may_get_another(self) -> bool:
        """Whether a version can be made for them. A person who reads the file may want one even if the software found
        nothing."""
        return self.outcome != FileOutcome.NOTHING


def files_of(viewer: Viewer, conference) -> list[UploadedFile]:
    """The files of the conference that the viewer may see, each version after its original (two queries). ``wanted`` is
    true if a separate version was requested and has not arrived."""
    open_requests = VersionRequest.objects.filter(file=OuterRef("pk"), answered_with__isnull=True)
    found = list(
        few_seen_by(viewer, UploadedFile)
        .filter(conference=conference)
        .annotate(wanted=Exists(open_requests))
        .select_related("agency", "made_for__person")
        .prefetch_related("children__child")
        .order_by("pk")
    )
    versions: dict[int, list[UploadedFile]] = {}
    for one in found:
        versions.setdefault(one.version_of_id, []).append(one)
    ids = {one.pk for one in found}
    rows = []
    waiting = [one for one in reversed(found) if one.version_of_id not in ids]
    while waiting:
        one = waiting.pop()
        rows.append(one)
        waiting.extend(reversed(versions.get(one.pk, [])))
    return rows


def may_be_shared_with(file) -> list[FamilyReader]:
    """Each invited family member, what they may have of this file and why (a fixed number of queries)."""
    covers = frozenset(file.children.values_list("child", flat=True))
    rules = withholding_rules_for_readers(file.conference, invited_people(file.conference))
    family = [
        (one, coverage)
        for one, coverage in coverage_by_invitation(file.conference, rules=rules).values()
        if one.kind == InviteeKind.FAMILY and file.made_for_id in (None, one.pk)
    ]
    readers = {
        one.pk: Reader(children=coverage.children, person=one.person_id, invitation=one.pk) for one, coverage in family
    }
    protected_from = protected_for_each(file.conference, readers.values(), rules)
    parts, strangers = stored_reading(file).parts, strangers_in(words_of_file(file), file.conference)
    names = {child.pk: child.full_name for child in children_of(file)}
    versions, requests, copies = _versions(file), _requests(file), copies_of_file(file)
    held = held_messages(copy.document_id for copy in copies.values())
    withholdings, found, needs_pdf = withholding(file), [], file.kind not in CAN_BE_RELEASED
    for one, coverage in family:
        protected, known = protected_from(readers[one.pk])
        findings = [] if coverage.withheld else check_parts(parts, [*protected, *strangers], known)
        stops = needs_pdf or any(hit.stops for hit in findings)
        outcome = FileOutcome(file_outcome(covers, coverage, stops=stops, asks=bool(findings or file.unreadable)))
        others = [names[pk] for pk in names if pk not in coverage.children]
        why = _why(outcome, coverage, others, findings, file.unreadable)
        if needs_pdf and outcome != FileOutcome.NOTHING:
            why = (_needs_pdf(file), *why)
        made, asked, copy = versions.get(one.pk, []), requests.get(one.pk), copies.get(one.pk)
        found.append(
            FamilyReader(
                one, outcome, why, versions=made, request=asked, copy=copy,
                held=held.get(copy.document_id) if copy else None, withholding=withholdings.get(one.pk),
                covers_others=bool(others), needs_pdf=needs_pdf,
            )
        )  # fmt: skip
    return found


def _why(outcome, coverage, others, findings, unreadable) -> tuple[str, ...]:
    if outcome == FileOutcome.NOTHING:
        return (coverage.withheld or "It covers no child of theirs.",)
    found = [f"It covers {', '.join(others)}, who is not theirs to read about."] if others else []
    for hit in findings:
        where = f" ({', '.join(hit.where[:3]).lower()})" if hit.where else ""
        found.append(f"{hit.reason}{where}")
    return (*found, *(f"Could not be read: {said}" for said in unreadable))


def copies_of_file(file) -> dict[int, FileCopy]:
    """Each reader’s copy of the file, by invitation: the latest one that was not taken back."""
    found = FileCopy.objects.filter(file=file).exclude(document__state__in=ENDED)
    return {one.invitation_id: one for one in found.select_related("document").order_by("pk")}


def file_reader(file, invitation) -> Reader:
    """A family member as the reader of the file, with the children they may read about."""
    theirs = _coverage_of(file, invitation)
    return Reader(
        children=theirs.children if theirs else frozenset(), person=invitation.person_id, invitation=invitation.pk
    )


def why_never_released(file, reader: Invitation) -> str:
    """Why this file, as it is, can never be released to this reader, in a sentence; empty if it may be once it is
    checked."""
    if why := why_outdated(file):
        return why
    theirs, covered = _coverage_of(file, reader), children_of(file)
    if is_verbal(file.invitation):
        return "This report is only shared verbally at the conference."
    if reader.conference_id != file.conference_id or reader.kind != InviteeKind.FAMILY or theirs is None:
        return f"{reader.name} is not one of the family who was invited to this conference."
    if file.made_for_id not in (None, reader.pk):
        return "This version was made for somebody else."
    others = [child.full_name for child in covered if child.pk not in theirs.children]
    if theirs.withheld or len(others) == len(covered):
        return f"{reader.name} gets nothing of it. {theirs.withheld or 'It covers no child of theirs.'}"
    if others:
        return f"It covers {listed(others)}, not theirs to read about. It needs a separate version or a redacted one."
    if file.kind not in CAN_BE_RELEASED:
        return _needs_pdf(file)
    return f"No program could open it: {' '.join(file.unreadable)} {ASK_FOR_ANOTHER}" if file.did_not_open else ""


def _needs_pdf(file) -> str:
    return (
        f"A {file.get_kind_display().lower()} file shows other things in other programs, so nobody can see here what "
        "its reader would see. Ask its author for a PDF."
    )


def _coverage_of(file, reader: Invitation) -> Coverage | None:
    return next(
        (coverage for one, coverage in coverage_by_invitation(file.conference).values() if one.pk == reader.pk), None
    )


def _versions(file) -> dict[int, list[UploadedFile]]:
    found: dict[int, list[UploadedFile]] = {}
    for one in UploadedFile.objects.filter(version_of=file).order_by("pk"):
        found.setdefault(one.made_for_id, []).append(one)
    return found


def _requests(file) -> dict[int, VersionRequest]:
    open_ones = VersionRequest.objects.filter(file=file, answered_with__isnull=True).select_related("asked_by")
    return {one.reader_id: one for one in open_ones}


def makers_of(file, reader: Invitation) -> set[int]:
    """The users (ids) who wrote or made something of what this reader gets of the file: the author of the report, who
    wrote or typed in any version of it, who uploaded each file before this one, and who decided that the reader gets it
    anyway.
    """
    decided = GivenAllTheSame.objects.filter(file=file, reader=reader).values_list("decided_by", flat=True)
    typed = ReportEvent.objects.filter(invitation=file.invitation_id).values_list("author_user", "entered_by")
    found, version = {file.invitation.user_id, *decided, *(pk for row in typed for pk in row)}, file
    while version is not None:
        found.add(version.uploaded_by_id)
        version = version.version_of
    return found - {None}


def children_for(file, reader: Invitation) -> list[Person]:
    """The children that a version of the file for this reader may cover: only their own."""
    return children_for_each(file, [reader])[reader.pk]


def children_for_each(file, readers) -> dict[int, list[Person]]:
    """``children_for`` of many readers (invitations), by their id. A fixed number of queries, none without a reader."""
    if not readers:
        return {}
    covered, coverages = list(children_of(file)), coverage_by_invitation(file.conference)

    def of(reader):
        theirs = coverages[reader.pk][1] if reader.pk in coverages else None
        return [child for child in covered if theirs and not theirs.withheld and child.pk in theirs.children]

    return {one.pk: of(one) for one in readers}
