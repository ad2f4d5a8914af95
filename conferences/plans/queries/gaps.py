"""What a conference lacks before it closes, as it is recorded now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import ATTENDED, DID_NOT_ATTEND, Attendance, Outcome, Participation, Section
from conferences.convening.rules.childs_voice import how_took_part, voice_of
from conferences.disclosure.choices import Audience
from conferences.meeting.models import AgencyView, LiveNote
from conferences.meeting.queries.agencies import agency_name, agency_of, gives_a_view
from conferences.meeting.queries.board import decision_of, included, invited, known_children, parents
from conferences.plans.models import ClosingGap
from conferences.plans.queries import actions_written_at, core_group, open_plans
from conferences.plans.queries.child_in_need import memberships_that_may_come
from conferences.plans.rules import ActionDecided, ChildDecided, Gap, Priority, gaps_before_closing
from conferences.separation.queries.pairs import main_carers, pairs_to_separate
from conferences.separation.rules import first_choice
from cpc.core.kernel.phrases import says_nothing
from families.people.choices import Part
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of


def closing_gaps(conference) -> list[Gap]:
    """What should be recorded before the conference closes, or a reason given instead (a fixed number of queries). A
    conference that decided nothing has no gaps.
    """
    recorded = _recorded(conference)
    actions = actions_written_at(conference)
    return gaps_before_closing(
        [_child(row, recorded) for row in recorded.rows],
        [ActionDecided(one.pk, one.action, one.who, one.due_on, one.measure) for one in actions],
    )


@dataclass(frozen=True, kw_only=True)
class _Recorded:
    """What is recorded at a conference that closes, for all its children (``rows``).

    ``speakers`` are the invitations of those who should give a view, ``known`` the children (ids) that each of them
    knows. ``views`` are the agencies that gave one, and ``secret`` those with one that not everybody reads, by row of
    a child. ``spoken`` are the places of the notes that say something. ``parents`` are those who are invited, by id,
    and ``parents_of`` all parents of a child. ``marks`` is the attendance by person. ``plans`` are the open plans.
    """

    rows: list
    on: date
    speakers: list
    known: dict
    views: dict[int, set]
    secret: dict[int, set[str]]
    spoken: set[tuple]
    parents: dict[int, Person]
    parents_of: dict[int, set[int]]
    marks: dict
    plans: dict


def _recorded(conference) -> _Recorded:
    rows, invitations = included(conference), invited(conference)
    notes = LiveNote.objects.filter(conference=conference).exclude(text="")
    views, secret = defaultdict(set), defaultdict(set)
    for view in AgencyView.objects.filter(conference_child__in=rows).select_related("invitation__agency"):
        views[view.conference_child_id].add(agency_of(view.invitation))
        if view.audience != Audience.EVERYONE:
            secret[view.conference_child_id].add(agency_name(view.invitation))
    parents_of = defaultdict(set)
    for tie in map(tie_of, adults_of([row.child_id for row in rows])):
        if tie.is_parent:
            parents_of[tie.child].add(tie.adult)
    return _Recorded(
        rows=rows,
        on=conference.held_on,
        speakers=[each for each in invitations if gives_a_view(each) and each.attendance != Attendance.EXCLUDED],
        known=known_children(conference),
        views=views,
        secret=secret,
        spoken={(note.section, note.child_id, note.person_id) for note in notes if not says_nothing(note.text)},
        parents={person.pk: person for person, _ in parents(rows, invitations)},
        parents_of=parents_of,
        marks={each.person_id: each.attendance for each in invitations if each.attendance != Attendance.UNKNOWN},
        plans=open_plans(conference.family_id),
    )


def priorities(conference) -> list[Priority]:
    """Each pair of invited people who must not meet, where one of them comes first in a core group."""
    return _priorities_among({each.person_id: each.name for each in invited(conference) if each.person_id})


def priorities_between_conferences(family, on) -> list[Priority]:
    """The same pairs among the adults of the family and everybody who is in its core group on that day."""
    adults = [one.person for one in memberships_that_may_come(family) if one.part != Part.CHILD]
    members = {each.person_id: each.name for each in core_group(family, on) if each.person_id}
    return _priorities_among({person.pk: person.full_name for person in adults} | members)


def _priorities_among(names: dict[int, str]) -> list[Priority]:
    carers, found = main_carers(names), []
    for pair in pairs_to_separate(names):
        if first := first_choice(pair, carers):
            (other,) = pair.key - {first}
            found.append(Priority(first, other, names[first], names[other]))
    return found


def reasons_at_closing(conference) -> dict[str, list[str]]:
    """What was not recorded when the conference closed: the sentences, by the reason that the chair gave instead."""
    found = defaultdict(list)
    for gap in ClosingGap.objects.filter(conference=conference).order_by("pk"):
        found[gap.reason].append(gap.sentence)
    return dict(found)


def _said_to_attend(participation) -> bool | None:
    """Whether how a child took part says that they attended; None where it does not say."""
    if participation in ATTENDED:
        return True
    return False if participation in DID_NOT_ATTEND else None


def _child(row, recorded: _Recorded) -> ChildDecided:
    child, decision, marks = row.child, decision_of(row), recorded.marks
    voice = voice_of(child, recorded.on)
    took_part = how_took_part(voice, row.participation)
    speakers = [each for each in recorded.speakers if child.pk in recorded.known.get(each.pk, ())]
    expected = {agency_of(each): agency_name(each) for each in speakers}
    own = [person for pk, person in recorded.parents.items() if pk in recorded.parents_of[child.pk]]
    return ChildDecided(
        id=child.pk,
        name=child.short_name,
        voice=voice,
        participation=Participation(took_part).label if took_part else "",
        said_to_attend=_said_to_attend(took_part),
        was_marked=marks[child.pk] == Attendance.PRESENT if child.pk in marks else None,
        has_voice=(Section.CHILD_VIEWS, child.pk, None) in recorded.spoken,
        silent=tuple(name for key, name in expected.items() if key not in recorded.views[row.pk]),
        secret=tuple(sorted(recorded.secret[row.pk])),
        quiet=tuple(one.full_name for one in own if (Section.PARENT_VIEWS, None, one.pk) not in recorded.spoken),
        needs_plan=bool(decision) and decision.outcome == Outcome.PROTECTION_PLAN,
        is_decided=bool(decision) and decision.outcome != Outcome.NOT_DECIDED,
        threshold=decision.threshold if decision else "",
        category_reason=decision.category_reason if decision else "",
        reasons=decision.reasons if decision else "",
        has_plan=child.pk in recorded.plans,
    )
