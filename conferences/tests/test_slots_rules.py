"""When a conference could be booked: a chair and a room are free for all of it."""

from datetime import date, datetime, time, timedelta

from conferences.convening.rules.slots import STARTS, Busy, free_slots

MONDAY = date(2026, 12, 7)
TWO_HOURS = timedelta(hours=2)


def at(day, time):
    return datetime.combine(day, time)


def taken(start, end, day=MONDAY):
    return Busy(at(day, time(start)), at(day, time(end)))


def free(*, chairs=(1,), rooms=(7,), taken_chairs=None, taken_rooms=None, away=None):
    found = free_slots(
        [MONDAY], TWO_HOURS, chairs, rooms,
        taken_chairs=taken_chairs or {}, taken_rooms=taken_rooms or {}, away=away or {}, at=at,
    )  # fmt: skip
    return [(slot.starts.hour + slot.starts.minute / 60, slot.chair, slot.room) for slot in found[MONDAY]]


def test_an_empty_day_offers_every_time():
    assert [start for start, *_ in free()] == [one.hour + one.minute / 60 for one in STARTS]


def test_a_time_is_free_only_if_the_whole_conference_fits_before_or_after_another():
    starts = [start for start, *_ in free(taken_chairs={1: [taken(12, 14)]})]
    assert starts == [9.5, 10, 14, 15]
    assert [start for start, *_ in free(taken_rooms={7: [taken(12, 14)]})] == starts


def test_the_first_chair_and_the_first_room_that_are_free_are_proposed():
    found = free(chairs=(1, 2), rooms=(7, 8), taken_chairs={1: [taken(9, 11)]}, taken_rooms={7: [taken(13, 15)]})
    assert (9.5, 2, 7) in found and (11, 1, 7) in found and (13, 1, 8) in found


def test_who_is_away_and_a_service_without_rooms_offer_nothing():
    assert free(away={1: {MONDAY}}) == []
    assert free(rooms=()) == []
    assert free(away={1: {MONDAY + timedelta(days=1)}}) != []
