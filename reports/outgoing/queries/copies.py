"""The record, its paragraphs and its copies, for pages and actions. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from conferences.convening.queries.exclusions import exclusions_in_force, who
from cpc.core.accounts.permissions import Viewer, few_seen_by, seen_by
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState
from cpc.core.documents.letters import values
from cpc.core.documents.models import Outgoing
from cpc.core.policy.queries import setting
from families.protections.queries.withheld import WithholdingRules, withholding_rules_for
from reports.incoming.queries.requested import invited_people
from reports.outgoing.choices import RecordPart, RecordState, WrittenKind
from reports.outgoing.models import ConferenceRecord, Copy, Paragraph
from reports.outgoing.queries.facts import as_invited, reader_of, scope_of, ties_to
from reports.outgoing.rules.copies import Coverage, allows, appears_in, coverage, is_about_withheld_person, is_held

# A document's bytes and values: only a download or a release reads them.
HEAVY = ("document__body", "document__values")
ISSUED_STATES = (DocumentState.ISSUED, DocumentState.RELEASED)
ENDED = (DocumentState.RECALLED, DocumentState.SUPERSEDED)


def record_of(conference) -> ConferenceRecord | None:
    """The record of the conference, if it has been drafted."""
    return ConferenceRecord.objects.filter(conference=conference).first()


def paragraphs_of(viewer: Viewer, record) -> list[Paragraph]:
    """The paragraphs that the viewer may read, in order. A paragraph for the chair alone is only for that chair."""
    rows = few_seen_by(viewer, Paragraph).filter(record=record).select_related("child", "person")
    return list(rows.prefetch_related("readers__invitation"))


def copies_of(record) -> list[Copy]:
    """Every copy with its reader, its children and its document (four queries)."""
    found = list(
        Copy.objects.filter(record=record)
        .select_related("invitation__agency", "invitation__person", "invitation__user", "document", "widened_by")
        .defer(*HEAVY)
        .prefetch_related("children__child")
        .order_by("invitation__kind", "invitation__role", "invitation_id", "-kind")
    )
    return found


def coverage_by_invitation(conference, kind=WrittenKind.RECORD, rules=None) -> dict[int, tuple[object, Coverage]]:
    """For each invitation, the children that a copy of this kind covers by rule, and why it would be withheld.
    ``rules`` is the result of ``withholding_rules_for_readers`` for all who are invited, if it was already read."""
    rows = conference.children.filter(included=True).select_related("child")
    children = [row.child for row in rows]
    included = frozenset(child.pk for child in children)
    unborn = frozenset(child.pk for child in children if child.is_unborn)
    ties = ties_to(included)
    people = invited_people(conference)
    covers: dict[int, set[int]] = {one.pk: set() for one in people}
    for invitation, child in conference.invitations.filter(children__isnull=False).values_list("pk", "children__child"):
        covers.setdefault(invitation, set()).add(child)
    rules = rules or withholding_rules_for_readers(conference, people)
    excluded = exclusions_in_force(conference)
    return {
        one.pk: (
            one,
            coverage(
                as_invited(one, frozenset(covers[one.pk]), included, excluded.get(who(one))),
                ties,
                included - _withheld_people(rules, one),
                unborn=unborn,
                is_letter=kind == WrittenKind.DECISION_LETTER,
                siblings_together=setting("professionals_read_siblings"),
            ),
        )
        for one in people
    }


def _withheld_people(rules, invitation) -> frozenset[int]:
    """The people that an invited person must not learn of: their copy covers none of them."""
    return rules.withheld_from(invitation.person_id).people if invitation.person_id else frozenset()


@dataclass(frozen=True)
class WithheldFromReader:
    """A reader of a copy, and the reasons why something is withheld from them, one sentence each."""

    name: str
    why: tuple[str, ...]


def withholding_rules_for_readers(conference, invitations) -> WithholdingRules:
    """What is recorded about information to withhold from these readers, read once for all of them."""
    return withholding_rules_for(conference.family_id, people=[one.person_id for one in invitations if one.person_id])


def withheld_from_readers(conference, invitations, rules=None) -> list[WithheldFromReader]:
    """The family members among these readers who have something withheld from them, and why. ``rules`` is the result of
    ``withholding_rules_for_readers``, if it was already read."""
    family = {one.person_id: one for one in invitations if one.person_id}
    rules = rules or withholding_rules_for_readers(conference, family.values())
    found = [WithheldFromReader(one.name, tuple(rules.withheld_from(pk).sources)) for pk, one in family.items()]
    return [one for one in found if one.why]


@dataclass(frozen=True)
class ParagraphInCopy:
    """A paragraph, whether it appears in a copy, and if not, why, in words."""

    paragraph: Paragraph
    appears: bool
    why_not: str = ""


def paragraphs_in_copy(paragraphs, copy, rules) -> list[ParagraphInCopy]:
    """The paragraphs that could appear in the copy, each with whether it does and why not. ``rules`` is the result of
    ``withholding_rules_for_readers``."""
    reader, found = reader_of(copy, rules), []
    for paragraph in paragraphs:
        if copy.kind == WrittenKind.DECISION_LETTER and paragraph.part not in (
            RecordPart.DECISION,
            RecordPart.INTERIM_PLAN,
        ):
            continue
        appears = appears_in(scope_of(paragraph), reader)
        found.append(ParagraphInCopy(paragraph, appears, "" if appears else _why_not(paragraph, reader)))
    return found


def _why_not(paragraph, reader) -> str:
    if is_about_withheld_person(scope_of(paragraph), reader):
        return "About someone this reader must not know about"
    if is_held(scope_of(paragraph), reader):
        return "The words of someone who is protected from this reader. The chair can include them in the record"
    if not allows(scope_of(paragraph), reader):
        return f"Its readers: {paragraph.get_audience_display().lower()}"
    return f"About {paragraph.child.full_name}: this copy is not about them"


def held_from(conference, paragraphs) -> dict[int, list[str]]:
    """For each paragraph (id) with the own words of somebody who is protected from invited people: the names of these
    people, who do not get it. A fixed number of queries."""
    if not any(one.speaker_id for one in paragraphs):
        return {}
    invited = [one for one in invited_people(conference) if one.person_id]
    rules = withholding_rules_for_readers(conference, invited)
    speakers = {one.pk: rules.withheld_from(one.person_id).speakers for one in invited}
    return {
        paragraph.pk: names
        for paragraph in paragraphs
        if (names := [one.name for one in invited if paragraph.speaker_id in speakers[one.pk]])
    }


def approved_for(record, kind) -> bool:
    """Whether the chair has approved the content of copies of this kind."""
    if kind == WrittenKind.DECISION_LETTER:
        return record.letters_approved_at is not None
    return record.state == RecordState.APPROVED


def kinds_to_approve(record) -> list[WrittenKind]:
    """The kinds of copies that are approved together with the record: the letters too, if they are not approved yet."""
    return [kind for kind in WrittenKind if kind == WrittenKind.RECORD or record.letters_approved_at is None]


def is_ready(copy) -> bool:
    """Whether the copy is approved and waiting to be released."""
    return bool(copy.document_id and not copy.withheld_reason and copy.document.state == DocumentState.APPROVED)


def is_issued(copy) -> bool:
    """Whether the copy has been issued to its reader."""
    return bool(copy.document_id and copy.document.state in ISSUED_STATES)


# Fields that differ in a letter with the same content made on another day, or after another letter.
CHANGES_DAILY = ("dated_on", "replaces", "differs", "corrections_by", "addressee")


def says_the_same(document, letter) -> bool:
    """Whether the document has the content of this letter, made perhaps on another day."""
    now, then = values(letter), dict(document.values)
    return all(now[name] == then.get(name) for name in now if name not in CHANGES_DAILY)


def held_messages(documents: Iterable[int]) -> dict[int, Outgoing]:
    """The message of each of these documents (ids) that is held back or hidden from its reader (one query)."""
    found = Outgoing.objects.filter(state=OutgoingState.HELD, document__in=documents).order_by("pk")
    return {one.document_id: one for one in found}


def state_of(copy, held: Outgoing | None = None) -> tuple[str, str]:
    """The state of a copy in a word or two, with its tone. ``held``: its message that is held back, if there is one."""
    if copy.document_id and copy.document.state == DocumentState.RECALLED:
        return "Taken back", "red"
    if copy.withheld_reason:
        return "Not sent", "grey"
    if held:
        return ("Hidden" if held.channel == Channel.PORTAL else held.state_shown), held.tone
    if copy.document_id:
        state = DocumentState(copy.document.state)
        return ("Ready", "yellow") if state == DocumentState.APPROVED else (state.label, state.tone)
    return "Draft", "grey"


def own_copies(viewer: Viewer):
    """The viewer’s own released copies, newest first."""
    return (
        seen_by(viewer, Copy)
        .filter(invitation__user=viewer.id, document__state=DocumentState.RELEASED)
        .select_related("document", "record__conference__family", "invitation")
        .defer(*HEAVY)
        .order_by("-document__released_at", "-pk")
    )
