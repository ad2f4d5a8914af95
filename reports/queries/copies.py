"""The record, its paragraphs and its copies, for pages and for the actions. Nothing here writes."""

from dataclasses import dataclass

from conferences.models import ConferenceChild
from cpc.core.accounts.permissions import seen_by
from cpc.core.documents.choices import DocumentState
from families.queries import Knowing, call_as_papers_may, secrets_of
from reports.choices import RecordPart, RecordState, WrittenKind
from reports.models import ConferenceRecord, Copy, Paragraph
from reports.queries.facts import as_invited, as_written, invited_people, reader_of, ties_to
from reports.rules import Reach, admits, is_about_somebody_kept, reach, stands_in

# The bytes of a document, and the values that they were made from: nothing but a download or a release reads them.
HEAVY = ("document__body", "document__values")
GONE = (DocumentState.ISSUED, DocumentState.RELEASED)
ENDED = (DocumentState.RECALLED, DocumentState.SUPERSEDED)


def record_of(conference) -> ConferenceRecord | None:
    """The record of the conference, if it has been drafted."""
    return ConferenceRecord.objects.filter(conference=conference).first()


def paragraphs_of(viewer, record) -> list[Paragraph]:
    """The paragraphs that the viewer may read, in order; what is for the chair alone only for that chair."""
    rows = seen_by(viewer, Paragraph).filter(record=record).select_related("child", "person")
    found = list(rows.prefetch_related("readers__invitation"))
    places = [(one, name) for one in found for name in ("child", "person")]
    call_as_papers_may(record.conference.family_id, places)
    return found


def copies_of(record) -> list[Copy]:
    """Every copy with its reader, its children and its document (four queries)."""
    found = list(
        Copy.objects.filter(record=record)
        .select_related("invitation__agency", "invitation__person", "invitation__user", "document", "widened_by")
        .defer(*HEAVY)
        .prefetch_related("children__child")
        .order_by("invitation__kind", "invitation__role", "invitation_id", "-kind")
    )
    call_as_they_may(record, found)
    return found


def call_as_they_may(record, copies) -> None:
    """Readers and children of the copies of this record are called as the papers of its family may call them."""
    covered = [(child, "child") for one in copies for child in one.children.all()]
    call_as_papers_may(record.conference.family_id, [*covered, *((one.invitation, "person") for one in copies)])


def included_children(conference) -> frozenset[int]:
    """The ids of the children of the conference."""
    found = ConferenceChild.objects.filter(conference=conference, included=True)
    return frozenset(found.values_list("child", flat=True))


def reaches(conference) -> dict[int, tuple[object, Reach]]:
    """For each invitation, the children whom a copy covers by rule, and why it would be withheld."""
    included = included_children(conference)
    ties, _ = ties_to(conference.family_id, list(included))
    people = invited_people(conference)
    covers: dict[int, set[int]] = {one.pk: set() for one in people}
    for invitation, child in conference.invitations.filter(children__isnull=False).values_list("pk", "children__child"):
        covers.setdefault(invitation, set()).add(child)
    secrets = known_of_readers(conference, people)
    return {
        one.pk: (one, reach(as_invited(one, frozenset(covers[one.pk]), included), ties, included - _kept(secrets, one)))
        for one in people
    }


def _kept(secrets, invitation) -> frozenset[int]:
    """The people of whom an invited person must not learn: their copy covers none of them."""
    return secrets.kept_from(invitation.person_id).people if invitation.person_id else frozenset()


@dataclass(frozen=True)
class KeptFrom:
    """A reader of a copy, and why something is kept from them, a sentence each."""

    name: str
    why: tuple[str, ...]


def known_of_readers(conference, invitations) -> Knowing:
    """What is recorded of who may not know what, for all these readers: read once for everything that asks it."""
    return secrets_of(conference.family_id, people=[one.person_id for one in invitations if one.person_id])


def kept_from_readers(conference, invitations, knowing=None) -> list[KeptFrom]:
    """What is kept from each of the family among these readers, and why; nobody from whom nothing is. ``knowing`` is
    what ``known_of_readers`` said, where it was asked already."""
    family = {one.person_id: one for one in invitations if one.person_id}
    secrets = knowing or known_of_readers(conference, family.values())
    found = [KeptFrom(one.name, tuple(secrets.kept_from(pk).sources)) for pk, one in family.items()]
    return [one for one in found if one.why]


@dataclass(frozen=True)
class Standing:
    """A paragraph, whether it stands in a copy, and if not, why, in words."""

    paragraph: Paragraph
    stands: bool
    why_not: str = ""


def standings(paragraphs, copy, included) -> list[Standing]:
    """Which of the paragraphs stand in the copy, and why the others do not."""
    reader, found = reader_of(copy), []
    for paragraph in paragraphs:
        if copy.kind == WrittenKind.DECISION_LETTER and paragraph.part not in (
            RecordPart.DECISION,
            RecordPart.INTERIM_PLAN,
        ):
            continue
        stands = stands_in(as_written(paragraph), reader, included)
        found.append(Standing(paragraph, stands, "" if stands else _why_not(paragraph, reader)))
    return found


def _why_not(paragraph, reader) -> str:
    if is_about_somebody_kept(as_written(paragraph), reader):
        return "About somebody of whom this reader must not learn"
    if not admits(as_written(paragraph), reader):
        return f"Its readers: {paragraph.get_audience_display().lower()}"
    if paragraph.child_id:
        return f"About {paragraph.child.full_name}, whom this copy does not cover"
    return "About all the children together, and this copy does not cover all of them"


def approved_for(record, kind) -> bool:
    """Whether the chair has approved what copies of this kind say."""
    if kind == WrittenKind.DECISION_LETTER:
        return record.letters_approved_at is not None
    return record.state == RecordState.APPROVED


def is_ready(copy) -> bool:
    """Whether the chair has approved what this copy says, and it is to go and has not gone."""
    return bool(copy.document_id and not copy.withheld_reason and copy.document.state == DocumentState.APPROVED)


def has_gone(copy) -> bool:
    """Whether the copy has been issued to its reader."""
    return bool(copy.document_id and copy.document.state in GONE)


def state_of(copy) -> tuple[str, str]:
    """The state of a copy in a word or two, with its tone."""
    if copy.withheld_reason:
        return "Not sent", "grey"
    if copy.document_id:
        state = DocumentState(copy.document.state)
        return ("Ready", "yellow") if state == DocumentState.APPROVED else (state.label, state.tone)
    return "Draft", "blue"


def own_copies(viewer):
    """The released copies that a professional may read, newest first."""
    return (
        seen_by(viewer, Copy)
        .filter(invitation__user=viewer.id, document__state=DocumentState.RELEASED)
        .select_related("document", "record__conference__family", "invitation")
        .defer(*HEAVY)
        .order_by("-document__released_at", "-pk")
    )
