"""Who must be kept apart at a conference, why, and who would meet as the list stands."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from conferences.choices import AttendMode
from conferences.rules import apart
from families.choices import AddressKind, MustNotLearnWhat, RelationshipKind
from families.models import (
    Address,
    HouseholdMember,
    MustNotLearn,
    MustNotMeet,
    Protection,
    Relationship,
)
from families.queries import that_papers_may_say
from families.queries.same_person import by_record
from families.queries.shut import closed_to_papers, shut_parts_of

W = MustNotLearnWhat
# Whoever learns this by seeing somebody is kept apart from them. A school or a fact is not seen on a face.
SEEN_BY_MEETING = (W.EXISTENCE, W.PATERNITY, W.WHEREABOUTS, W.PLACEMENT)
# Whom one could follow home.
WHERE = (W.WHEREABOUTS, W.PLACEMENT)
# Where another, restricted family has said so.
NOT_SAID = "they must be kept apart"


@dataclass(frozen=True)
class KeptApart:
    """Two people of the list who must be kept apart, and why in a few words for staff."""

    one: int
    other: int
    why: str


def kept_apart(family_id, people) -> list[KeptApart]:
    """The pairs among ``people`` (ids, under whichever record) who must be kept apart where this family meets (a
    fixed number of queries). Where another, restricted family recorded it, nobody is told why."""
    mine = by_record(people)
    found = {}

    def told(rows, *whose):
        return {row.pk for row in that_papers_may_say(family_id, rows, *whose, shut=shut)}

    def add(one, other, why):
        pair = (mine.get(one), mine.get(other))
        if None not in pair and pair[0] != pair[1]:
            before = found.get(frozenset(pair))
            if before is None or before.why == NOT_SAID:
                found[frozenset(pair)] = KeptApart(*pair, why)

    entries = list(
        MustNotLearn.objects.live().filter(reader__in=mine, what__in=SEEN_BY_MEETING).select_related("about")
    )
    shut = shut_parts_of(closed_to_papers(family_id), {*mine, *(entry.about_id for entry in entries)})
    pairs = list(MustNotMeet.objects.live().filter(one__in=mine, other__in=mine).order_by("pk"))
    may_say = told(pairs, "one_id", "other_id")
    for pair in pairs:
        add(pair.one_id, pair.other_id, "must not meet" if pair.pk in may_say else NOT_SAID)
    follow = _whom_one_could_follow({entry.about_id for entry in entries if entry.what in WHERE})
    may_say = told(entries, "reader_id", "about_id", "of_child_id")
    for entry in entries:
        if entry.pk not in may_say:
            for other in (entry.about_id, *(follow[entry.about_id] if entry.what in WHERE else ())):
                add(entry.reader_id, other, NOT_SAID)
            continue
        what = W(entry.what).label[0].lower() + W(entry.what).label[1:]
        add(entry.reader_id, entry.about_id, f"one must not learn of the other {what}")
        for companion in follow[entry.about_id] if entry.what in WHERE else ():
            lives_with = f"one lives with or cares for {entry.about.full_name}: {what}"
            # That they live together may be what only the restricted family knows.
            add(entry.reader_id, companion, NOT_SAID if shut.of_any([entry.about_id, companion]) else lives_with)
    hidden = Protection.objects.live().filter(address__isnull=False, person__in=mine, kept_from__person__in=mine)
    hidden = list(hidden.annotate(reader=F("kept_from__person")).order_by("pk"))
    may_say = told(hidden)
    for entry in hidden:
        why = "the address of one is kept from the other" if entry.pk in may_say else NOT_SAID
        add(entry.person_id, entry.reader, why)
    return list(found.values())


def _whom_one_could_follow(people) -> dict[int, set[int]]:
    """Who cares for, lives with, or shares the placement of each of these people."""
    found = defaultdict(set)
    if not people:
        return found
    records = by_record(people)
    carers = Q(kind=RelationshipKind.CARER) | Q(main_carer=True)
    for child, adult in Relationship.objects.live().filter(carers, child__in=records).values_list("child", "adult"):
        found[records[child]].add(adult)
    stays = HouseholdMember.objects.filter(person__in=records, to_on__isnull=True).values_list("household", "person")
    homes = defaultdict(set)
    for home, person in stays:
        homes[home].add(records[person])
    there = HouseholdMember.objects.filter(household__in=homes, to_on__isnull=True).values_list("household", "person")
    for home, companion in there:
        for person in homes[home]:
            found[person].add(companion)
    placed = list(Address.objects.filter(person__in=records, kind=AddressKind.PLACEMENT, to_on__isnull=True))
    there = Address.objects.filter(lines__in=[one.lines for one in placed], to_on__isnull=True)
    for lines, postcode, companion in there.values_list("lines", "postcode", "person"):
        for one in placed:
            if (one.lines, one.postcode) == (lines, postcode):
                found[records[one.person_id]].add(companion)
    return found


def coming(conference, invitations=None) -> list[apart.Coming]:
    """How each person of the family on the list is to come, as it now stands."""
    if invitations is None:
        invitations = conference.invitations.filter(person__isnull=False)
    family = [one for one in invitations if one.person_id and not one.withdrawn_at]
    carers = set(
        Relationship.objects.live()
        .filter(adult__in=[one.person_id for one in family], main_carer=True)
        .values_list("adult", flat=True)
    )
    return [
        apart.Coming(
            person=one.person_id,
            name=one.name,
            mode=_mode(conference, one),
            at=(one.apart and one.arrives_at) or conference.starts_at,
            room=(one.apart and one.room_id) or conference.room_id,
            apart=one.apart or bool(one.video_link),
            link=one.video_link or conference.video_link,
            stays=one.person_id in carers,
        )
        for one in family
    ]


def _mode(conference, invitation) -> str:
    # Where there is no room everybody who would come to it comes by video.
    room = conference.room_id or (invitation.apart and invitation.room_id)
    return AttendMode.VIDEO if invitation.mode == AttendMode.ROOM and not room else invitation.mode


def pairs_of(found) -> list[tuple[int, int]]:
    """The pairs alone, as the rule takes them."""
    return [(pair.one, pair.other) for pair in found]


def who_would_meet(conference, invitations=None) -> list[tuple[apart.Coming, apart.Coming]]:
    """The pairs of invited people who must be kept apart and would be in one room, or at one link, at one time."""
    found = coming(conference, invitations)
    return apart.would_meet(found, pairs_of(kept_apart(conference.family_id, [one.person for one in found])))


@dataclass(frozen=True)
class Arranged:
    """Two people of the list who must be kept apart: why, and how the list now keeps them so."""

    one: str
    other: str
    why: str
    how: str
    meet: bool = False


def arranged(conference, invitations=None) -> list[Arranged]:
    """Everybody of the list who must be kept apart, in words for the chair and the administrator."""
    people = coming(conference, invitations)
    by_person = {one.person: one for one in people}
    pairs = kept_apart(conference.family_id, by_person)
    meeting = {frozenset((a.person, b.person)) for a, b in apart.would_meet(people, pairs_of(pairs))}
    screen = {frozenset((a.person, b.person)): (a, b) for a, b in apart.seen_on_screen(people, pairs_of(pairs))}
    found = []
    for pair in pairs:
        key, a, b = frozenset((pair.one, pair.other)), by_person[pair.one], by_person[pair.other]
        how = _how(a, b)
        if key in meeting:
            how = "As the list stands they would meet."
        elif key in screen:
            here, there = screen[key]
            how = (
                f"{there.name} comes by video while {here.name} is in the room: keep {here.name} off the screen and "
                f"unheard, or give {there.name} a time or a link of their own."
            )
        found.append(Arranged(a.name, b.name, pair.why, how, key in meeting))
    return found


def _how(a, b) -> str:
    if a.mode != b.mode:
        words = dict(AttendMode.choices)
        return f"{a.name} comes {words[a.mode].lower()}, {b.name} {words[b.mode].lower()}."
    if a.at != b.at:
        first, then = sorted((a, b), key=lambda one: one.at)
        return f"{first.name} comes first, {then.name} later: the first has left before the second is let in."
    return "They have different rooms." if a.mode == apart.IN_THE_ROOM else "They have different links."
