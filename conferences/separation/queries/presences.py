"""Where everybody will be, as every app has scheduled it, and which of them would meet.

Each app that schedules people registers them here (``registers_presences``), as it registers its deadlines.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from conferences.separation import rules
from conferences.separation.choices import AttendMode, Shared
from conferences.separation.queries.decisions import is_decided
from conferences.separation.queries.pairs import main_carers, pairs_to_separate, person_to_separate_from
from conferences.separation.rules import Presence
from cpc.core.kernel.dates import time_in_words
from cpc.core.policy.queries import setting
from families.people.models import MustNotMeet
from families.people.queries.identity import all_linked_records, by_identity, linked_records

EXCLUDED = "excluded"  # by the chair: this person is at no part of the meeting
Source = Callable[[Iterable[int], datetime], list[Presence]]
_sources: list[Source] = []


def registers_presences(source: Source) -> Source:
    """Register ``source(people, after)``: every presence of these people (ids) that an app has scheduled and that ends
    after that moment. It is asked for all records of a person.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def presences_of(people, after: datetime) -> list[Presence]:
    """Where these people (ids) will be, under any of their records, as every app has scheduled it. Each presence has
    the id under which the person was asked for.
    """
    return _presences(by_identity(people), after)


def presences_of_each(people, after: datetime) -> list[Presence]:
    """The same in one reading. Two of these ids may be records of one person: each of them has the presences."""
    ids = defaultdict(list)
    for person, records in linked_records(people).items():
        for record in records:
            ids[record].append(person)
    found = _presences({record: record for record in ids}, after)
    return [replace(one, person=person) for one in found for person in ids[one.person]]


def _presences(person_of: dict[int, int], after: datetime) -> list[Presence]:
    """The presences of all these records, each with the person’s id that ``person_of`` gives."""
    found = [one for source in _sources for one in source(set(person_of), after)]
    return [replace(one, person=person_of[one.person]) for one in found if one.person in person_of]


def gap() -> timedelta:
    """How long one person has left before another may come to the same building."""
    return timedelta(minutes=setting("separation_gap_minutes"))


def building_of(room) -> str:
    """What all rooms in one building share: the address; "" where it is not recorded."""
    return " ".join((room.address if room else "").casefold().replace(",", " ").split())


def presences_at(conference, invitations=None) -> list[Presence]:
    """How each family member on the list attends: the mode, from when until when, the building and the screen."""
    if invitations is None:
        invitations = conference.invitations.filter(person__isnull=False).select_related("room")
    family = [one for one in invitations if one.person_id and not one.withdrawn_at and one.attendance != EXCLUDED]
    carers = main_carers(one.person_id for one in family)
    return [presence_at(conference, one, stays=one.person_id in carers) for one in family]


def presence_at(conference, invitation, *, stays=False) -> Presence:
    """How one invited family member attends."""
    own_room = invitation.room if invitation.apart and invitation.room_id else None
    room = own_room or conference.room
    # Without a room, everybody who would attend in person attends by video.
    in_person = invitation.mode == AttendMode.ROOM and room is not None
    mode = AttendMode.VIDEO if invitation.mode == AttendMode.ROOM and not in_person else invitation.mode
    is_elsewhere = in_person and own_room is not None and own_room.pk != conference.room_id
    screen = f"room {own_room.pk}" if is_elsewhere else invitation.video_link or conference.video_link
    if mode == AttendMode.PHONE:  # everybody who phones at one time is in the chair's one call
        screen = f"call of {conference.chair_id}"
    return Presence(
        person=invitation.person_id,
        name=invitation.name,
        mode=mode,
        starts_at=(invitation.apart and invitation.arrives_at) or conference.starts_at,
        ends_at=(invitation.apart and invitation.leaves_at) or conference.ends_at,
        building=building_of(room) if in_person else "",
        screen=screen,
        event=("conference", conference.pk),
        where=(room.name, *room.address.splitlines()) if in_person else (),
        stays=stays,
        told=invitation.sent_at is not None,
        door=invitation.entrance if in_person and invitation.apart else "",
    )


def clashes(conference, presences, pairs) -> list[tuple[Presence, Presence]]:
    """Those of the ``pairs`` on the list that would meet, without those that two people decided on."""
    return [
        (a, b)
        for a, b in rules.would_meet(presences, pairs, gap())
        if not is_decided(Shared.CONFERENCE, conference, a.person, b.person)
    ]


def shared_buildings(conference, presences, pairs) -> list[tuple[Presence, Presence]]:
    """Those of the ``pairs`` on the list that come to one building at different times, without those that two people
    decided on.
    """
    meeting = {frozenset((a.person, b.person)) for a, b in rules.would_meet(presences, pairs, gap())}
    return [
        (a, b)
        for a, b in rules.in_one_building(presences, pairs)
        if frozenset((a.person, b.person)) not in meeting
        and not is_decided(Shared.CONFERENCE, conference, a.person, b.person)
    ]


def has_reason_for_building(conference, a: Presence, b: Presence) -> bool:
    """Whether the chair gave a reason why these two come to one building at different times, and nobody refused it."""
    return is_decided(Shared.BUILDING, conference, a.person, b.person)


def met_elsewhere(presences) -> list[Presence]:
    """The ``presences`` of people who would meet, at another meeting, somebody that they must not meet."""
    people = all_linked_records(one.person for one in presences)
    rows = MustNotMeet.objects.live().filter(Q(one__in=people) | Q(other__in=people))
    apart = {pk for pair in rows.values_list("one", "other") for pk in pair}
    if not apart:
        return []
    after = min((one.starts_at for one in presences if one.starts_at), default=timezone.now()) - gap()
    elsewhere = presences_of(apart, after)
    pairs = pairs_to_separate([*(one.person for one in presences), *(one.person for one in elsewhere)])
    events = {one.event for one in presences}
    there = [one for one in elsewhere if one.event not in events]
    found = rules.would_meet([*presences, *there], pairs, gap())
    meeting = {a if a.event in events else b for a, b in found if (a.event in events) != (b.event in events)}
    return [one for one in presences if one in meeting]


def expected_together(people) -> list[tuple[Presence, Presence]]:
    """Each two of these people (ids) who must be kept separate, were told to come, and would meet: at one meeting, or
    at two in one building. Also one of them with somebody else. What two people decided is not left out.

    Two queries where none of them must be kept separate from anybody; otherwise a fixed number.
    """
    same = person_to_separate_from(people)
    if not same:
        return []
    there = defaultdict(list)
    for one in _presences(same, timezone.now() - gap()):
        if one.told or one.event[0] != "conference":  # a list that is not sent yet is refused when it is
            there[one.person].append(one)
    least = gap()
    return [
        (a, b)
        for pair in pairs_to_separate(there, {record: pk for record, pk in same.items() if pk in there})
        for a in there[pair.one]
        for b in there[pair.other]
        if rules.meet(a, b, least)
    ]


def clock(moment: datetime) -> str:
    """A time in London as people say it: 2:30pm, 10am, midday."""
    return time_in_words(timezone.localtime(moment))
