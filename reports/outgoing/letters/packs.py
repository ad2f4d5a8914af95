"""Everything that one person may read of a conference, in order, for their reading pack. Nothing here writes.

Docs: docs/decisions/0049-a-reading-pack-is-made-when-it-is-opened.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from conferences.convening.choices import ENCLOSED, OCCASIONS
from conferences.convening.letters.facts import unborn_named
from conferences.convening.models import ChairTalk, Conference, Invitation
from conferences.convening.queries.exclusions import people_without_documents
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import protection_entries
from conferences.disclosure.choices import Audience
from cpc.core.accounts.permissions import Viewer, can_see, few_seen_by, seen_by
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.examination import examine, preview
from cpc.core.documents.letters import Letter, render_pdf
from cpc.core.documents.merging import without_page_numbers
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.redacting import redraw
from cpc.core.kernel.dates import in_short, in_words
from cpc.core.kernel.phrases import capital
from families.people.queries.merged_records import records_of_each
from reports.incoming.choices import FileKind, MadeHow, ReportState
from reports.incoming.models import Contribution, ContributionScan, FileCopy, Report, UploadedFile
from reports.incoming.permissions import HANDED_IN, may_read_last_version, may_read_restricted
from reports.incoming.queries.contributions import read_whole, words_of_contribution
from reports.incoming.queries.requested import is_verbal
from reports.incoming.queries.uploads import body_of
from reports.incoming.queries.words import Answer, words_of
from reports.incoming.rules.marks import Statement, statements
from reports.outgoing.letters.reading_part import reading_part
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import (
    CHECK_AGAIN,
    copy_of_document,
    must_be_checked_again,
    protected_and_known,
    read_before,
    without_second_check,
)
from reports.outgoing.queries.copies import (
    approved_for,
    coverage_by_invitation,
    held_messages,
    is_ready,
    own_copies,
    state_of,
)
from reports.outgoing.queries.file_copies import copies_of_file
from reports.outgoing.queries.protected import protected_from
from reports.outgoing.queries.report_previews import children_told_of_each, findings_for
from reports.outgoing.queries.typed_copies import copy_of_typed, was_recalled, was_sent, why_not_in_writing
from reports.outgoing.rules.copies import Reader

ONLY_VERBAL = "It is only shared verbally at the conference."


@dataclass(frozen=True)
class PackPart:
    """One part of a pack: what it is, who it is from, the children it is about (ids), and what makes its file."""

    what: str
    source: str
    children: frozenset[int]
    pdf: Callable[[], bytes]


@dataclass(frozen=True)
class Pack:
    """What one reader gets, and what they do not get with the reason, for the person who hands it over. ``to_check``
    are the typed reports that they get as a copy once it is checked: their reader is told how many, and no more.
    """

    reader: str
    parts: tuple[PackPart, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    to_check: tuple["ToCheck", ...] = ()

    @property
    def to_prepare(self) -> list["ToCheck"]:
        """The typed reports that were never prepared for this reader. What was recalled is prepared on its own page."""
        return [one for one in self.to_check if one.copy is None and not one.was_recalled]

    @property
    def to_look_at(self) -> list[FileCopy]:
        """The copies that a second person has to check now."""
        return [one.copy for one in self.to_check if one.copy and one.lacks_check]

    @property
    def to_release(self) -> list[FileCopy]:
        """The copies that a second person has checked, and that nobody has released yet."""
        return [one.copy for one in self.to_check if one.copy and is_ready(one.copy) and not one.lacks_check]

    @property
    def on_the_way(self) -> list[FileCopy]:
        """The copies that were released and wait in the print room, without those that are held back."""
        copies = [one.copy for one in self.to_check if one.copy and one.copy.document_id and not one.held]
        return [copy for copy in copies if copy.document.state == DocumentState.RELEASED]


@dataclass(frozen=True)
class ToCheck:
    """A typed report that a second person must check before this reader gets it: its title, why, the file that was
    made for them and what was prepared of it, if there is any yet; whether that was recalled, and its message if that
    is held back.
    """

    report: Report
    title: str
    why: str
    file: UploadedFile | None
    copy: FileCopy | None
    lacks_check: bool
    was_recalled: bool = False
    held: Outgoing | None = None

    @property
    def state(self) -> tuple[str, str]:
        """How far it has come, in a few words, with its tone."""
        if self.was_recalled:
            return ("Recalled", "orange")
        if self.copy is None:
            return ("To be prepared", "yellow") if self.file else ("Not made yet", "grey")
        if not is_ready(self.copy):
            return state_of(self.copy, self.held)
        return ("Needs a second check", "orange") if self.lacks_check else ("Checked, to be released", "yellow")


def own_pack(viewer: Viewer, conference) -> Pack:
    """What the viewer may read of the conference: reports, files, what the family wrote, and their own copies."""
    restricted = set(Report.objects.filter(may_read_restricted(viewer)).values_list("pk", flat=True))
    on, reader = viewer.on, viewer.name
    parts, left_out = [], []
    for report in _reports(few_seen_by(viewer, Report), conference):
        secret = (Audience(report.restricted_audience).label, report.restricted) if report.pk in restricted else None
        covered = frozenset(report.children.values_list("child", flat=True))
        parts.append(_report_part(report, _report_letter(report, reader, on, words_of(report), secret), covered))
    parts += [_still_in_force(report, reader, on) for report in _written_again(viewer, conference)]
    for file in few_seen_by(viewer, UploadedFile).filter(conference=conference, made=MadeHow.CAME).order_by("pk"):
        if file.kind not in (FileKind.PDF, FileKind.PNG, FileKind.JPG) or file.did_not_open:
            left_out.append((f"File from {file.author}", "It cannot be drawn: open it by itself."))
            continue
        children = frozenset(file.children.values_list("child", flat=True))
        parts.append(PackPart("Report that came as a file", file.author, children, _drawn(file)))
    parts += _words_of_family(viewer, conference, reader)
    for copy in own_copies(viewer).filter(record__conference=conference).prefetch_related("children"):
        if must_be_checked_again(copy):
            left_out.append((copy.get_kind_display(), CHECK_AGAIN))
            continue
        children = frozenset(row.child_id for row in copy.children.all())
        parts.append(PackPart(copy.get_kind_display(), "Conference service", children, _issued(copy.document)))
    return Pack(reader, tuple(parts), tuple(left_out))


def family_pack(viewer: Viewer, invitation: Invitation) -> Pack:
    """What this member of the family may read: the letters and copies that were released to them, and the typed reports
    that were shared with them.

    A released document is checked again for what must be withheld today. A typed report is left out if it covers a
    child that is not theirs to read about. If the check finds anything in it, or if anything at all is protected in the
    family, they get a copy that a second person has checked, and until then the pack says only that one is to come.
    """
    conference, person = invitation.conference, invitation.person
    parts, left_out, to_check = [], [], []
    if person.pk in people_without_documents(conference):
        return Pack(invitation.name, (), (("Everything", "The chair decided that they get no documents."),))
    reports = list(_reports(few_seen_by(viewer, Report), conference))
    told = children_told_of_each(conference, reports, [person.pk])
    for report in reports:
        title, own = f"{report.get_kind_display()}: {report.author}", told[report.pk][person.pk]
        file = copy_of_typed(report, invitation)
        if file is not None and was_sent(file):
            continue  # it is among the released documents
        if why := may_be_copied(report, invitation, own):
            left_out.append((title, why))
        elif why := _why_to_check(report, invitation, own):
            copy = copies_of_file(file).get(invitation.pk) if file else None
            recalled = file is not None and was_recalled(file, invitation)
            held = held_messages([copy.document_id]).get(copy.document_id) if copy else None
            to_check.append(ToCheck(report, title, why, file, copy, _lacks_check(copy), recalled, held))
        else:
            parts.append(_report_part(report, typed_letter(report, invitation, viewer.on, own), own))
    released = Document.objects.filter(
        Q(about_kind=Conference._meta.label_lower, about_id=conference.pk),
        recipient_kind="person", recipient_id__in=records_of_each([person.pk])[person.pk],
        state=DocumentState.RELEASED, outgoing__sent_at__isnull=False,
    ).distinct()  # fmt: skip
    released = released.exclude(kind__in=ENCLOSED)  # blank forms, and pages for somebody else
    theirs = frozenset(invitation.children.values_list("child", flat=True))
    documents = seen_by(viewer, Document).filter(pk__in=released.order_by().values("pk")).order_by("pk")
    letters = letter_context(conference) if documents else None
    for document in documents:
        copy = copy_of_document(document.pk)
        if copy is not None and not can_see(viewer, copy):
            left_out.append((document.title, "Only the conference’s own chair and administrator may read this copy."))
        elif isinstance(copy, Copy) and not _is_the_last(copy, document):
            left_out.append((document.title, "It is being corrected. Wait for the corrected copy."))
        elif isinstance(copy, FileCopy) and is_verbal(copy.file.invitation):
            left_out.append((document.title, ONLY_VERBAL))
        elif _tells_too_much_now(document, copy, invitation, letters):
            left_out.append((document.title, "What this reader must not know has changed since it was sent."))
        else:
            source = copy.file.author if isinstance(copy, FileCopy) else "Conference service"
            parts.append(PackPart(document.title, source, theirs, _issued(document)))
    return Pack(invitation.name, tuple(parts), tuple(left_out), tuple(to_check))


def _lacks_check(copy: FileCopy | None) -> bool:
    return copy is not None and is_ready(copy) and bool(without_second_check([copy]))


def _is_the_last(copy, document) -> bool:
    return copy.document_id == document.pk and approved_for(copy.record, copy.kind)


def _tells_too_much_now(document, copy, invitation, letters) -> bool:
    """Whether a released document holds what its reader must not know today and nobody has decided about. ``letters``
    know what a letter about the conference may hold: an invitation names each child that its reader was invited for.
    """
    # A letter goes out on one occasion, also where it is sent again.
    reading, occasion = None, next((one.purpose for one in document.outgoing.all()), "")
    if copy is not None:
        (protected, known), reading = protected_and_known(copy), read_before(copy)
    elif occasion in OCCASIONS:
        protected, known = letters.must_not_hold(invitation, occasion)
    else:
        coverage = {one.pk: found for one, found in coverage_by_invitation(invitation.conference).values()}
        theirs = coverage[invitation.pk].children if invitation.pk in coverage else frozenset()
        reader = Reader(children=theirs, person=invitation.person_id, invitation=invitation.pk)
        protected, known = protected_from(reader, invitation.conference)
    examined = examine(document, protected=protected, known=known, reading=reading)
    settled = {one["key"] for one in document.findings}
    return bool(examined.unreadable) or any(one.key not in settled for one in examined.blocking)


def _reports(seen, conference, states=HANDED_IN):
    found = seen.filter(conference=conference, state__in=states, number__gt=0)
    return found.select_related("agency", "conference__family", "invitation").order_by("kind", "pk")


def _written_again(viewer: Viewer, conference):
    """The reports that are being written again: until the new version is submitted, the last one is what there is. A
    professional has it while it covers the same children, because its words are not parted by child.
    """
    found = _reports(Report.objects, conference, states=[ReportState.RETURNED])
    seen = set(few_seen_by(viewer, Report).filter(pk__in=found.order_by().values("pk")).values_list("pk", flat=True))
    for report in found.filter(Q(pk__in=seen) | may_read_last_version(viewer)):
        covers = set(report.children.values_list("child", flat=True))
        if report.pk in seen or covers == set(report.versions.first().covers):
            yield report


def _still_in_force(report, reader, on) -> PackPart:
    """The last submitted version of a report that is being written again, without its confidential part."""
    last = report.versions.first()
    words = [Answer("What was submitted", tuple(statements(last.words)))]
    letter = _report_letter(report, reader, on, words, None, version=f"{last.number}. A new version is being written")
    covered = frozenset(report.children.values_list("child", flat=True))
    what = f"{report.get_kind_display()}, version {last.number}, being written again"
    return PackPart(what, _source(report), covered, lambda: render_pdf(letter))


def may_be_copied(report, invitation, own: frozenset[int]) -> str:
    """Why this member of the family gets nothing in writing of a typed report, in a sentence; empty if they may.
    ``own`` are the children of the report that they may read about.
    """
    covered = frozenset(report.children.values_list("child", flat=True))
    if report.audience != Audience.EVERYONE or is_verbal(report.invitation):
        return ONLY_VERBAL
    if not own or not own <= covered:
        return "It covers no child that they may read about."
    if own != covered:
        return "It also covers a child who is not theirs to read about: it needs a separate version."
    return why_not_in_writing(report, invitation)


def typed_letter(report, invitation, on, own: frozenset[int]) -> Letter:
    """A typed report for this member of the family: what is about their ``own`` children, without its confidential
    part.
    """
    children = [row.child for row in report.children.select_related("child").order_by("pk")]
    names = {child.pk: unborn_named(invitation, child, children) for child in children}
    return _report_letter(report, invitation.name, on, words_of(report, own, names), None, names)


def _why_to_check(report, invitation, own) -> str:
    """Why a second person has to check a typed report for this reader, in a sentence; empty if nobody need."""
    conference, reader = report.conference, Reader(children=own, person=invitation.person_id)
    if protection_entries(conference.family).why:
        return "In this family details are protected, so a second person has to check it."
    # Its title and where it comes from are on the first page of the pack too.
    words = [Answer(f"{report.get_kind_display()}: {_source(report)}", ()), *words_of(report, own)]
    if findings_for(conference, [reader])(reader, words):
        return "The release check found something in it that they must not know."
    return ""


def _report_letter(report, reader, on, words, secret, names=None, version="") -> Letter:
    about = report.children.select_related("child").order_by("pk")
    called = [(names or {}).get(row.child_id) or row.child.full_name for row in about]
    facts = [
        ("From", _source(report)), ("About", capital(", ".join(called))),
        ("Received", in_words(timezone.localdate(report.submitted_at))), ("Version", version or str(report.number)),
    ]  # fmt: skip
    return reading_part(reader, on, called=report.get_kind_display(), facts=facts, words=words, restricted=secret)


def _report_part(report, letter: Letter, children: frozenset[int]) -> PackPart:
    return PackPart(_called(report), _source(report), children, lambda: render_pdf(letter))


def _called(report) -> str:
    """What the contents call it: with its version and day if it replaces another one, so that a reader of an earlier
    pack sees what is new.
    """
    kind, came_on = report.get_kind_display(), timezone.localdate(report.submitted_at)
    return f"{kind}, version {report.number} of {in_short(came_on)}" if report.number > 1 else kind


def _source(report) -> str:
    return f"{report.author}, {report.agency}" if report.agency else report.author


def _words_of_family(viewer: Viewer, conference, reader):
    """What the family wrote and told the chair, as far as the viewer may read it."""
    children = frozenset(conference.children.filter(included=True).values_list("child", flat=True))
    wrote = few_seen_by(viewer, Contribution).filter(conference=conference).select_related("person").order_by("pk")
    whole = read_whole(viewer, conference)
    for one in wrote:
        facts = [("From", one.person.full_name), ("Received", in_words(one.received_on))]
        letter = reading_part(
            reader,
            viewer.on,
            called="What they want to say",
            facts=facts,
            words=words_of_contribution(one, whole=one.pk in whole),
        )
        yield PackPart("What they want to say", one.person.full_name, children, lambda made=letter: render_pdf(made))
    scans = few_seen_by(viewer, ContributionScan).filter(conference=conference).select_related("person").defer("body")
    for scan in scans.order_by("pk"):
        yield PackPart(scan.called, scan.person.full_name, children, lambda made=scan: redraw(scan_body(made)))
    talks = few_seen_by(viewer, ChairTalk).filter(conference=conference, held_on__isnull=False)
    for talk in talks.select_related("person").order_by("pk"):
        facts = [("With", talk.person.full_name), ("On", in_words(talk.held_on))]
        words = [Answer("What was said", (Statement(talk.what_was_said),))]
        letter = reading_part(reader, viewer.on, called="The chair’s conversation", facts=facts, words=words)
        yield PackPart(
            "The chair’s conversation", talk.person.full_name, children, lambda made=letter: render_pdf(made)
        )


def scan_body(scan) -> bytes:
    """The bytes of a scan (1 query)."""
    return bytes(ContributionScan.objects.values_list("body", flat=True).get(pk=scan.pk))


def _drawn(file) -> Callable[[], bytes]:
    return lambda: redraw(body_of(file))


def _issued(document) -> Callable[[], bytes]:
    if document.is_file:
        return lambda: preview(Document.objects.get(pk=document.pk))
    return lambda: without_page_numbers(preview(Document.objects.get(pk=document.pk)))
