"""A generated search: who could meet, and who could learn where somebody will be.

Each case is a family drawn at random, with people who must not meet, a conference with its rooms and links, changes of
an administrator, a move, a core group, and a child in need meeting on the day of the conference. The rules of the
product decide what is sent to each person; the search then looks, minute by minute and word by word, with nothing but
what was drawn.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from types import SimpleNamespace

from conferences.convening.choices import Attendance, InviteeRole
from conferences.convening.letters import facts as letter_facts
from conferences.convening.models import Conference, Invitation, Room
from conferences.convening.queries.attending import meeting
from conferences.convening.queries.letter_context import LetterContext
from conferences.disclosure.choices import InviteeKind
from conferences.plans.models import ChildInNeedMeeting, CoreGroupMeeting, CoreGroupMember
from conferences.plans.queries.presences import core_group_presence, need_meeting_presence
from conferences.separation import rules
from conferences.separation.queries import withheld as withheld_queries
from conferences.separation.queries.presences import clock, presence_at
from conferences.separation.rules import Pair, Presence
from cpc.core.accounts.models import User
from cpc.core.documents.check import release_check
from families.people.models import Person
from families.people.rules.kin import Tie
from reports.outgoing.letters.parts import people as people_parts
from reports.outgoing.letters.parts import plan as plan_parts
from reports.outgoing.letters.parts.paragraphs import long_day
from reports.outgoing.management.papers import Papers
from reports.outgoing.models import ConferenceRecord
from reports.outgoing.queries.facts import Facts
from reports.outgoing.rules.copies import Reader

NAMES = ("Ysolde Vantry", "Ulrek Hexam", "Ponsel Jorvik", "Osgar Wembold", "Pernilla Quark")
ADULTS = tuple(range(11, 11 + len(NAMES)))
CHILDREN = (1, 2)
WORKER, TEACHER = 91, 92
PLACES = ("1 Market Place", "9 Mill Street", "", "Hexam House")
LINKS = ("https://video.example.org/all", "https://video.example.org/own", "")
GAP = timedelta(minutes=30)
STEP = timedelta(minutes=5)
NEED_MEETING_LASTS = timedelta(hours=2)
FIRST_DAY = datetime(2027, 3, 1, tzinfo=UTC)


@dataclass
class Case:
    """One family that was drawn: its conference with its invitations, who must not meet, its core group, and its child
    in need meeting. ``child_pairs`` are a child and an adult who must not meet. ``here`` are those who came to the
    conference, and ``steps`` are those of the safety plan: who, what, whether for all.
    """

    conference: Conference
    invitations: list[Invitation]
    pairs: tuple[Pair, ...]
    members: tuple[int, ...]
    meeting: CoreGroupMeeting
    ties: tuple[Tie, ...]
    has_reasons: bool
    need_meeting: ChildInNeedMeeting = field(default_factory=lambda: ChildInNeedMeeting(pk=1))
    need_people: tuple[int, ...] = ()
    child_pairs: tuple[Pair, ...] = ()
    here: tuple[int, ...] = ()
    steps: tuple[tuple[int, str, bool], ...] = ()
    found: list[str] = field(default_factory=list)

    children = CHILDREN

    @property
    def review_at(self) -> datetime:
        """When the next conference is booked."""
        return self.meeting.starts_at + timedelta(days=60)

    @property
    def presences(self) -> dict[int, Presence]:
        """How each invited person attends."""
        return {one.person_id: presence_at(self.conference, one) for one in self.invitations}


def draw(seed: int) -> Case:
    """The case of this number: always the same one."""
    dice = Random(seed)
    rooms = [Room(pk=number + 1, name=f"Room {number + 1}", address=place) for number, place in enumerate(PLACES)]
    hour = timedelta(hours=dice.randrange(9, 16), minutes=dice.choice((0, 30)))
    starts_at = FIRST_DAY + timedelta(days=dice.randrange(200)) + hour
    conference = Conference(
        pk=1, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=dice.choice((60, 90, 120, 180))),
        room=dice.choice([*rooms, None]), video_link=dice.choice(LINKS), chair_independent=True,
        chair=User(first_name="The", last_name="Chair"),
    )  # fmt: skip
    adults = dice.sample(ADULTS, dice.randrange(2, len(ADULTS) + 1))
    couples = list(combinations(sorted(adults), 2))
    pairs = []
    for one, other in dice.sample(couples, min(dice.randrange(1, 4), len(couples))):
        protected = dice.choice(({one}, {other}, {one, other}))
        pairs.append(Pair(one, other, frozenset(protected)))
    invitations = [
        Invitation(
            pk=person, conference=conference, person=Person(pk=person, first_name="", last_name=name_of(person)),
            name=name_of(person), kind=InviteeKind.FAMILY, role=InviteeRole.PARENT, attendance=Attendance.PRESENT,
            mode=dice.choice(("room", "room", "video", "phone")),
        )
        for person in adults
    ]  # fmt: skip
    ties = tuple(Tie(child, person, "father", True) for person in adults for child in CHILDREN)
    case = Case(conference, invitations, tuple(pairs), (), CoreGroupMeeting(pk=1), ties, dice.random() < 0.5)
    _propose(case)
    for invitation in invitations:
        if dice.random() < 0.3:
            _change(dice, invitation, rooms)
    if dice.random() < 0.3:
        _give_two_times(dice, case)
    if dice.random() < 0.3:
        _move(dice, case, rooms)
    case.members = tuple(person for person in adults if dice.random() < 0.6)
    case.meeting.starts_at = conference.starts_at + timedelta(days=dice.randrange(3, 11), hours=dice.choice((-1, 1, 2)))
    case.meeting.place = dice.choice(("Alder Lane School", "The children’s centre"))
    case.need_people = tuple(person for person in adults if dice.random() < 0.5)
    case.need_meeting.starts_at = case.conference.starts_at + dice.randrange(-50, 51) * STEP
    case.need_meeting.place = dice.choice((*PLACES[:2], "The children’s centre"))
    if dice.random() < 0.5:
        child, adult = dice.choice(CHILDREN), dice.choice(adults)
        case.child_pairs = (Pair(child, adult, frozenset(dice.choice(({child}, {adult}, {child, adult})))),)
    case.here = tuple(person for person in adults if dice.random() < 0.6)
    case.steps = tuple((person, f"Fetch the children, {name_of(person)}", dice.random() < 0.7) for person in adults)
    return case


def name_of(person: int) -> str:
    return NAMES[person - ADULTS[0]]


def _propose(case: Case) -> None:
    slots = rules.separate_slots(
        case.presences.values(), case.pairs, case.conference.starts_at, case.conference.ends_at, GAP
    )
    for invitation in case.invitations:
        if slot := slots.get(invitation.person_id):
            invitation.apart, invitation.mode = True, slot.mode
            invitation.arrives_at, invitation.leaves_at = slot.starts_at, slot.ends_at


def _change(dice: Random, invitation: Invitation, rooms) -> None:
    """What an administrator may do to one person on the list."""
    invitation.mode = dice.choice(("room", "video", "phone"))
    invitation.apart = dice.random() < 0.7
    begins = invitation.conference.starts_at + dice.randrange(0, 30) * STEP
    invitation.arrives_at = dice.choice((None, begins)) if invitation.apart else None
    invitation.leaves_at = dice.choice((None, begins + dice.randrange(3, 24) * STEP)) if invitation.apart else None
    invitation.room = dice.choice((None, *rooms)) if invitation.apart else None
    invitation.video_link = dice.choice(("", LINKS[1])) if invitation.apart and invitation.mode == "video" else ""
    invitation.entrance = dice.choice(("", f"the door of {invitation.name}")) if invitation.apart else ""


def _give_two_times(dice: Random, case: Case) -> None:
    """One comes in person when the other has left, sooner or later after that."""
    pair = dice.choice(case.pairs)
    invited = {one.person_id: one for one in case.invitations}
    first, then = invited[pair.one], invited[pair.other]
    ends = case.conference.starts_at + dice.randrange(4, 12) * STEP
    begins = ends + dice.randrange(0, 10) * STEP
    for one, arrives, leaves in ((first, None, ends), (then, begins, begins + timedelta(minutes=40))):
        one.apart, one.mode, one.room, one.video_link = True, "room", None, ""
        one.arrives_at, one.leaves_at = arrives, leaves
        one.entrance = dice.choice(("", "the blue door", f"the door of {one.name}", f"the door of {one.name}"))


def _move(dice: Random, case: Case, rooms) -> None:
    by = timedelta(days=dice.randrange(-3, 4), minutes=dice.choice((0, 30, 60)))
    case.conference.starts_at += by
    case.conference.ends_at += by
    case.conference.room = dice.choice((case.conference.room, *rooms))
    for one in case.invitations:
        one.arrives_at, one.leaves_at = (at and at + by for at in (one.arrives_at, one.leaves_at))


# --- What the product decides, and what is then looked at ---------------------------------------------------------


def search(case: Case) -> list[str]:
    """Every way in which two people of the case could meet, or one could learn where the other will be; empty if
    there is none.
    """
    if is_sent(case):
        _nobody_meets(case)
        _no_invitation_tells(case)
        if need_meeting_is_booked(case):
            _nobody_meets_at_a_need_meeting(case)
    members = () if rules.kept_apart(case.members, case.pairs) else case.members
    for pair in case.pairs:
        if pair.key <= set(members):
            case.found.append(f"{pair.key} are in one core group")
    _no_copy_tells(case, members)
    papers = Papers(case, members, hidden={one.person_id: hidden_from(case, one.person_id) for one in case.invitations})
    case.found += papers.search(facts_of(case, members, (*case.pairs, *case.child_pairs)), need_meeting_is_booked(case))
    return case.found


def is_sent(case: Case) -> bool:
    presences = list(case.presences.values())
    if rules.would_meet(presences, case.pairs, GAP):
        return False
    two_times = rules.in_one_building(presences, case.pairs)
    return not two_times or (case.has_reasons and not any(rules.share_a_door(a, b) for a, b in two_times))


def need_meeting_is_booked(case: Case) -> bool:
    coming = [need_meeting_presence(person, name_of(person), case.need_meeting) for person in case.need_people]
    if rules.kept_apart(case.need_people, case.pairs):
        return False
    found = rules.would_meet([*coming, *case.presences.values()], case.pairs, GAP)
    return not any(a.event != b.event for a, b in found)


def _nobody_meets_at_a_need_meeting(case: Case) -> None:
    place, begins = case.need_meeting.place, case.need_meeting.starts_at
    ends = begins + NEED_MEETING_LASTS
    for pair in case.pairs:
        if pair.key <= set(case.need_people):
            case.found.append(f"{pair.key} are at one child in need meeting")
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            there = case.presences[other]
            is_near = there.mode == "room" and there.building in ("", place.casefold())
            if one in case.need_people and is_near and begins - GAP < there.ends_at and there.starts_at < ends + GAP:
                case.found.append(
                    f"{one} comes to a child in need meeting in the building of {other}, or within the gap"
                )


def _nobody_meets(case: Case) -> None:
    for pair in case.pairs:
        a, b = case.presences[pair.one], case.presences[pair.other]
        modes = [a.mode, b.mode]
        if modes.count("phone") == 1:
            continue
        in_person = a.mode == b.mode == "room" and (a.building == b.building or not a.building or not b.building)
        if in_person and not case.has_reasons:
            case.found.append(f"{pair.key} come to one building, and nobody gave a reason")
        if in_person:
            doors = {one.entrance for one in case.invitations if one.apart and one.person_id in pair.key} - {""}
            if len(doors) < 2:
                case.found.append(f"{pair.key} come to one building without a door of their own each")
        at = min(a.starts_at, b.starts_at) - GAP
        while at < max(a.ends_at, b.ends_at) + GAP:
            here, there = (one.starts_at <= at < one.ends_at for one in (a, b))
            near = any(b.starts_at <= at + minutes * STEP < b.ends_at for minutes in range(-5, 6))
            if here and near and in_person:
                case.found.append(f"{pair.key} are in one building at {at} or within the gap")
                break
            if here and there and modes == ["phone", "phone"]:
                case.found.append(f"{pair.key} are in one phone call at {at}")
                break
            if here and there and "video" in modes and a.screen == b.screen:
                case.found.append(f"{pair.key} are on one screen at {at}")
                break
            at += STEP


def hidden_from(case: Case, reader: int) -> list[int]:
    """The people who are protected from the reader, as it was drawn."""
    mine = [pair for pair in case.pairs if reader in pair.key]
    return [other for pair in mine for other in pair.key - {reader} if other in pair.protected]


def _no_invitation_tells(case: Case) -> None:
    context = LetterContext(
        conference=case.conference,
        invitations=case.invitations,
        children=[],
        addresses={},
        names=(),
        pairs=case.pairs,
        separate=case.pairs,
    )
    for invitation in case.invitations:
        told = meeting(case.conference, invitation)
        words = " ".join([*letter_facts.separated(context, invitation), told.begins, told.ends, told.entrance])
        mine = case.presences[invitation.person_id]
        # They know their own times, and those of the people that they alone are protected from.
        known = [mine, *(case.presences[person] for person in _people_protected_from(case, invitation.person_id))]
        own = {clock(at) for one in known for at in (one.starts_at, one.ends_at)}
        for person in hidden_from(case, invitation.person_id):
            theirs = case.presences[person]
            times = {clock(theirs.starts_at), clock(theirs.ends_at)} - own
            if name_of(person) in words or times & set(words.replace(".", " ").replace(",", " ").split()):
                case.found.append(f"the invitation of {invitation.name} tells of {name_of(person)}: {words}")
        for other in _people_protected_from(case, invitation.person_id):
            if name_of(other) not in words:
                case.found.append(f"{invitation.name} is protected, and is not told of {name_of(other)}: {words}")


def _people_protected_from(case: Case, person: int) -> list[int]:
    """The people that this person alone is protected from, as it was drawn."""
    alone = [pair for pair in case.pairs if pair.protected == {person}]
    return [pair.other if pair.one == person else pair.one for pair in alone]


def _no_copy_tells(case: Case, members) -> None:
    facts = facts_of(case, members, case.pairs)
    day, hour = long_day(case.meeting.starts_at.date()), clock(case.meeting.starts_at)
    readers = [*(Reader(frozenset(CHILDREN), person=one.person_id) for one in case.invitations)]
    readers += [Reader(frozenset(CHILDREN), professional=True, user=user) for user in (WORKER, TEACHER)]
    for reader in readers:
        after, came = plan_parts.what_next(facts, reader), people_parts.attended(facts, reader)
        takes_part = reader.person in members or reader.user == WORKER
        if takes_part != (day in after.core_group_at):
            case.found.append(f"{reader} and the core group on {day}: {after}")
        if after.core_group and not takes_part:
            case.found.append(f"{reader} reads who is in the core group: {after}")
        if reader.person is None:
            continue
        for person in hidden_from(case, reader.person):
            if name_of(person) in repr((after, came)):
                case.found.append(f"the copy of {name_of(reader.person)} names {name_of(person)}")
            if person in members and not takes_part:
                _the_net_holds(case, reader.person, person, f"She comes on {day} at {hour}.")
            if f"{long_day(case.review_at.date())} at" in after.review:
                case.found.append(f"the copy of {name_of(reader.person)} says when {name_of(person)} is at the review")


def _the_net_holds(case: Case, reader: int, person: int, typed: str) -> None:
    kept = withheld_queries.people_protected_from(reader, list(case.pairs)) & {person}
    coming = [core_group_presence(pk, name_of(pk), case.meeting) for pk in kept]
    protected = withheld_queries.protect_presences(coming, [case.presences[reader]])
    if not any(found.stops for found in release_check(typed, protected, ())):
        case.found.append(f"the release check lets {name_of(reader)} read “{typed}”")


def facts_of(case: Case, members, pairs) -> Facts:
    children = tuple(Person(pk=pk, first_name=f"Child{pk}", born_on=FIRST_DAY.date()) for pk in CHILDREN)
    lead = SimpleNamespace(pk=WORKER, is_active=True, phone="", get_full_name=lambda: "Sam Worker")
    plan = SimpleNamespace(lead_social_worker=lead, review_due_on=case.review_at.date())
    rows = [CoreGroupMember(person_id=person, name=name_of(person), part="parent") for person in members]
    rows.append(CoreGroupMember(user_id=WORKER, name="Sam Worker", part="social worker"))
    return Facts(
        record=ConferenceRecord(letters_approved_by=case.conference.chair),
        conference=case.conference, children=children, ties=case.ties,
        invitations=tuple(case.invitations), covers={}, reports=(), paragraphs=(), decisions={},
        plans=dict.fromkeys(CHILDREN, plan), ended=frozenset(), continued=frozenset(), category_before={}, actions=(),
        members=tuple(rows),
        first_core_group_at=case.meeting.starts_at, review_at=case.review_at, pairs=pairs,
        rules=None, words_for_child={},
    )  # fmt: skip
