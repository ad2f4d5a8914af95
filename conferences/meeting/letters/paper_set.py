"""The paper set: everything to hold one conference, and to write it down, on a day without computers."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import AgencyViewKind, Category, CompanionState, Section
from conferences.convening.queries.exclusions import exclusions_in_force, who
from conferences.convening.queries.taking_part import decided_parts
from conferences.convening.rules.childs_voice import Voice, voice_of, ways_to_take_part
from conferences.meeting.queries.agencies import gives_a_view
from conferences.meeting.queries.board import expected, included, parents, places
from conferences.meeting.rules import PLAN_QUESTIONS
from conferences.separation.queries.presences import clock
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.kernel.phrases import about_children, in_sentence
from cpc.core.policy.queries import setting

# The views of an agency, short enough for the narrow columns of the table.
VIEWS = {
    AgencyViewKind.PLAN: "Needs a plan", AgencyViewKind.NO_PLAN: "No plan", AgencyViewKind.UNSURE: "Not able to say",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ExpectedPerson:
    """Somebody who was invited. ``arrives``, ``leaves`` and ``entrance`` are filled where they come separately."""

    name: str
    role: str
    arrives: str = ""
    leaves: str = ""
    entrance: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonToTell:
    """Somebody to tell afterwards. ``but`` says what the chair decided about somebody who is excluded."""

    name: str
    but: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperChild:
    """A child to decide about, with the headings under which notes about this child alone are written, and the ways of
    taking part to choose from: none for a child who is too young.
    """

    name: str
    headings: tuple[str, ...]
    ways_of_taking_part: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaperSet(Letter):
    """The paper set of one conference. It names everybody, so it is for its chair and its administrator alone."""

    called: str
    day: date
    begins: str
    place: str
    chair: str
    due_on: date
    agenda: tuple[str, ...]
    together: tuple[str, ...]
    children: tuple[PaperChild, ...]
    people: tuple[ExpectedPerson, ...]
    to_tell: tuple[PersonToTell, ...]
    kept_apart: tuple[str, ...]
    excluded: tuple[str, ...]
    companions: tuple[str, ...]
    parts: tuple[str, ...]
    parents: tuple[str, ...]
    agencies: tuple[str, ...]
    quorum_needs_social_care: bool
    quorum_other_agencies: int
    views: tuple[str, ...]
    outcomes: tuple[str, ...]
    plan_questions: tuple[str, ...]
    categories: tuple[str, ...]
    scale_low: str = ""
    scale_high: str = ""

    @property
    def title(self) -> str:
        """What the set is called."""
        return f"Paper set: {self.called}"


def paper_set(conference, on: date, *, outcomes, chair, kept_apart=()) -> PaperSet:
    """The paper set of a booked conference. ``outcomes`` are what it can decide, in its own words; ``kept_apart`` says
    of each two who must not meet how they are kept apart.
    """
    rows, invitations = included(conference), expected(conference)
    told = parents(rows, invitations)
    exclusions, decided = exclusions_in_force(conference).values(), decided_parts(conference)
    found = places(conference, rows, told)
    used = {place.section for place in found}
    uses_scale, names = setting("uses_scale"), [row.child.full_name for row in rows]
    return PaperSet(
        letterhead=letterhead(),
        addressee=Addressee(name=str(chair)),
        dated_on=on,
        called=conference.get_kind_display().lower(),
        day=conference.held_on,
        begins=clock(conference.starts_at),
        place=str(conference.room) if conference.room else "By video",
        chair=str(chair),
        due_on=conference.due_on,
        agenda=tuple(section.label for section in Section if section in used and section != Section.CONFIDENTIAL),
        together=_headings(found, None),
        children=tuple(_child(row.child, found, conference.held_on) for row in rows),
        people=tuple(_person(one) for one in invitations),
        to_tell=tuple(_to_tell(invitations, exclusions)),
        kept_apart=tuple(kept_apart),
        excluded=tuple(_excluded(one) for one in exclusions),
        companions=tuple(_companions(conference, exclusions)),
        parts=tuple(_part(row.child, decided[row.child_id]) for row in rows if row.child_id in decided),
        parents=tuple(f"{person.full_name}, {in_sentence(what)}" for person, what in told),
        agencies=tuple(f"{one.name}, {one.get_role_display()}" for one in invitations if gives_a_view(one)),
        quorum_needs_social_care=setting("quorum_needs_social_care"),
        quorum_other_agencies=setting("quorum_other_agencies"),
        views=tuple(VIEWS[one] for one in AgencyViewKind),
        outcomes=tuple(outcomes),
        plan_questions=tuple(about_children(label, names) for label, _ in PLAN_QUESTIONS.values()),
        categories=tuple(str(one.label) for one in Category if one != Category.MULTIPLE),
        scale_low=setting("scale_low_label") if uses_scale else "",
        scale_high=setting("scale_high_label") if uses_scale else "",
    )


def _child(child, found, on) -> PaperChild:
    voice, headings = voice_of(child, on), _headings(found, child.pk)
    if voice == Voice.OBSERVED:
        says = Section.CHILD_VIEWS.label
        headings = tuple("What life is like for the child" if one == says else one for one in headings)
    ways = tuple(f"{one.label} ({one})" for one in ways_to_take_part(voice))
    return PaperChild(name=child.full_name, headings=headings, ways_of_taking_part=ways)


def _person(invitation) -> ExpectedPerson:
    apart = invitation.apart
    return ExpectedPerson(
        name=invitation.name,
        role=invitation.get_role_display(),
        arrives=clock(invitation.arrives_at) if apart and invitation.arrives_at else "",
        leaves=clock(invitation.leaves_at) if apart and invitation.leaves_at else "",
        entrance=invitation.entrance if apart else "",
    )


def _excluded(exclusion) -> str:
    documents = ". They get no documents" if exclusion.no_documents else ""
    return f"{_name(exclusion)} may be at {exclusion.get_meeting_display().lower()}{documents}."


def _to_tell(invitations, exclusions):
    """Everybody who is expected, and then those who are excluded from all of the meeting."""
    no_documents = {who(one) for one in exclusions if one.no_documents}
    for one in invitations:
        yield PersonToTell(name=one.name, but="Gets no documents" if who(one) in no_documents else "")
    for one in exclusions:
        if one.is_whole:
            documents = ", and gets no documents" if one.no_documents else ""
            yield PersonToTell(name=_name(one), but=f"Excluded from the meeting{documents}")


def _name(exclusion) -> str:
    return exclusion.person.full_name if exclusion.person_id else str(exclusion.user)


def _companions(conference, exclusions):
    """Those that the chair agreed to, without those who would come with somebody who may not come themselves."""
    away = [one.person_id for one in exclusions if one.person_id and one.is_whole]
    agreed = conference.companions.filter(state=CompanionState.AGREED).exclude(person__in=away)
    for one in agreed.select_related("person").order_by("pk"):
        yield f"{one.name}, {one.get_kind_display().lower()}, may come with {one.person.full_name}."


def _part(child, decided) -> str:
    how = f" The chair told the child: “{decided.how}”" if decided.how else ""
    return f"{child.full_name}: {decided.get_part_display().lower()}.{how}"


def _headings(found, child_id) -> tuple[str, ...]:
    """The headings of the notes about this child alone, or with None of those about all of them together, as on the
    live page.
    """
    return tuple(
        Section(place.section).label
        for place in found
        if place.child_id == child_id and place.person_id is None and place.section != Section.CONFIDENTIAL
    )
