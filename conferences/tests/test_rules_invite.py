"""The people that the rule proposes, why, and who must attend separately. No database."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from conferences.convening.rules.booking import why_late, why_not_in_post, why_not_independent
from conferences.convening.rules.invitations import Adult, AgencyInvolvement, Child, Practice, Proposal, Worker, propose
from conferences.separation.rules import (
    IN_THE_ROOM,
    Pair,
    Presence,
    Slot,
    first_choice,
    in_one_building,
    route,
    separate_slots,
    share_a_door,
    would_meet,
)
from families.people.rules.kin import Tie

ON = date(2026, 12, 2)
ADA = Child(1, "Ada", born_on=date(2023, 5, 1))
BEN = Child(2, "Ben", born_on=date(2016, 12, 2))
UNBORN = Child(3, "Unborn Marlow", expected_on=date(2027, 2, 1))
POLICE = AgencyInvolvement(None, 90, "Police public protection unit", "police", 91, "Sergeant Hale")
PRACTICE = Practice(10, POLICE, Worker(20, "Priya Nandra"), Worker(21, "Dele Okoro"))


def proposed(children, adults=(), involvements=(), practice=PRACTICE):
    return propose(children, adults, involvements, ON, practice)


def by_role(found, *, gaps=False):
    return {one.role: one for one in found if one.gap == gaps}


def test_a_mother_and_a_father_who_lives_elsewhere_are_both_invited_each_for_their_own_children():
    mother = Adult(10, "Anna", (Tie(1, 10, "mother", True, True), Tie(2, 10, "mother", True, True)), in_household=True)
    father = Adult(11, "Dan", (Tie(2, 11, "father", True),))
    people = {one.person: one for one in proposed([ADA, BEN], [mother, father]) if one.person}
    assert people[10].children == (1, 2)
    assert people[11].children == (2,)
    assert people[11].reason == "Ben’s father with parental responsibility, who does not live with the family."


def test_a_reason_puts_no_apostrophe_after_a_name_with_an_addition():
    twin = replace(BEN, name="Ben (born 2 December 2016)")
    mother = Adult(10, "Anna", (Tie(2, 10, "mother", True),), in_household=True)
    found = next(one for one in proposed([twin], [mother]) if one.person)
    assert found.reason == "The mother of Ben (born 2 December 2016) with parental responsibility."


def test_a_putative_father_is_proposed_with_a_warning_to_check_that_he_knows():
    # Norfolk 24-014-935: a man wrongly invited so learned that he had a son.
    found = proposed([ADA], [Adult(11, "Lewis", (Tie(1, 11, "father"),), in_household=True)])[0]
    assert found.role == "parent"
    assert "not recorded as having parental responsibility" in found.reason
    assert "check with the social worker that he knows" in found.reason


def test_a_grandmother_is_proposed_only_when_she_cares_for_the_child_or_has_parental_responsibility():
    assert not [one for one in proposed([ADA], [Adult(12, "Jean", (Tie(1, 12, "grandmother"),))]) if one.person]
    found = proposed([ADA], [Adult(12, "Jean", (Tie(1, 12, "grandmother", main_carer=True),))])[0]
    assert (found.role, found.reason) == ("carer", "Ada’s main carer (grandmother).")
    found = proposed([ADA], [Adult(12, "Jean", (Tie(1, 12, "grandmother", True),))])[0]
    assert (found.role, found.reason) == ("carer", "Has parental responsibility for Ada (grandmother).")


def test_nobody_who_has_died_is_proposed():
    dead = Adult(10, "Anna", (Tie(1, 10, "mother", True),), died_on=date(2026, 1, 1))
    assert not [one for one in proposed([ADA], [dead]) if one.person]


def test_a_child_is_asked_from_the_birthday_on_which_they_reach_the_age():
    assert not [one for one in proposed([ADA]) if one.role == "child"]
    tenth_birthday = proposed([BEN])
    assert by_role(tenth_birthday)["child"].reason == (
        "Ben is 10. Children of 10 and over are asked whether they want to come."
    )
    day_before = propose([BEN], [], [], date(2026, 12, 1), PRACTICE)
    assert "child" not in by_role(day_before)


@pytest.mark.parametrize(
    ("child", "roles"),
    [
        (UNBORN, {"midwife", "health_visitor"}),
        (ADA, {"health_visitor", "nursery", "gp"}),
        (Child(4, "Baby", born_on=date(2026, 11, 1)), {"health_visitor", "gp"}),
        (BEN, {"school", "school_nurse", "gp"}),
        (Child(5, "Old", born_on=date(2009, 1, 1)), {"gp"}),
    ],
)
def test_the_agencies_that_ought_to_know_a_child_of_this_age_are_gaps_where_nobody_is_recorded(child, roles):
    assert set(by_role(proposed([child]), gaps=True)) == roles


def test_a_gap_says_who_is_missing_for_which_child_and_what_to_do():
    gap = by_role(proposed([ADA]), gaps=True)["health_visitor"]
    assert gap.reason == "No health visitor is recorded for Ada (3)."
    assert gap.children == (1,)


def test_a_child_of_four_who_is_at_school_needs_no_nursery():
    child = Child(6, "Cas", born_on=date(2022, 6, 1))
    known = [AgencyInvolvement(6, 5, "Alder School", "school", 30, "Tess", date(2026, 9, 1))]
    assert "nursery" not in by_role(proposed([child], involvements=known), gaps=True)


def test_the_education_service_speaks_for_a_child_who_has_no_school():
    known = [AgencyInvolvement(2, 5, "Education service", "education")]
    gaps = by_role(proposed([BEN], involvements=known), gaps=True)
    assert "school" not in gaps and "school_nurse" in gaps
    assert "add the council’s education service" in by_role(proposed([BEN]), gaps=True)["school"].reason


def test_a_paediatrician_is_missing_where_a_child_has_a_medical_examination():
    examined = replace(PRACTICE, examined=frozenset({1}))
    gap = by_role(proposed([ADA, BEN], practice=examined), gaps=True)["paediatrician"]
    assert gap.children == (1,) and "Ada, who had a medical examination" in gap.reason
    needed = by_role(proposed([ADA, BEN], practice=replace(PRACTICE, to_examine=frozenset({1}))), gaps=True)
    assert "Ada, who needs a medical examination" in needed["paediatrician"].reason
    known = [AgencyInvolvement(1, 5, "Children’s hospital", "paediatrics", 30, "Dr Hill")]
    found = by_role(proposed([ADA], involvements=known, practice=examined))
    assert found["paediatrician"].report_asked
    assert "paediatrician" not in by_role(proposed([ADA], involvements=known, practice=examined), gaps=True)


def test_one_professional_who_knows_two_children_gets_one_invitation_for_both():
    known = [
        AgencyInvolvement(child, 5, "Mill Road Surgery", "gp", 30, "Dr Hill", date(2020, 1, 1)) for child in (1, 2)
    ]
    found = [one for one in proposed([ADA, BEN], involvements=known) if one.role == "gp" and not one.gap]
    assert [(one.user, one.children, one.reason) for one in found] == [
        (30, (1, 2), "GP for Ada and Ben (Mill Road Surgery).")
    ]


def test_an_agency_that_no_longer_knows_the_child_is_not_invited_and_leaves_a_gap():
    known = [AgencyInvolvement(2, 5, "Old School", "school", 30, "Tess", date(2020, 1, 1), date(2026, 7, 20))]
    found = proposed([BEN], involvements=known)
    assert "school" not in by_role(found)
    assert "school" in by_role(found, gaps=True)


def test_the_police_are_always_invited_and_a_gap_where_no_police_service_is_recorded():
    assert by_role(proposed([ADA]))["police"].user == 91
    assert "police" in by_role(proposed([ADA], practice=Practice()), gaps=True)


def test_the_social_worker_is_asked_for_a_report_and_the_manager_is_not():
    found = by_role(proposed([ADA]))
    assert found["social_worker"].report_asked and not found["team_manager"].report_asked
    assert "social_worker" in by_role(proposed([ADA], practice=Practice()), gaps=True)


TWO, THREE, FOUR, SIX = (datetime(2026, 12, 2, hour) for hour in (14, 15, 16, 18))  # noqa: DTZ001
HALF_AN_HOUR = timedelta(minutes=30)
HERE, THERE = "1 market place", "9 mill street"
PAIR = Pair(1, 2, frozenset({2}))


def presence(person, mode="room", starts=TWO, ends=FOUR, building=HERE, screen="", **more):
    return Presence(person, "Dan" if person == 1 else "Anna", mode, starts, ends, building, screen, **more)


ANNA = presence(2)


@pytest.mark.parametrize(
    ("dan", "they_meet"),
    [
        (presence(1), True),
        # Another room in the same building is the same door, corridor and car park.
        (presence(1, screen="room 5"), True),
        (presence(1, building=THERE), False),
        # Nobody recorded where the room is: it may be the same building.
        (presence(1, building=""), True),
        # He comes an hour later, and she is still there.
        (presence(1, starts=THREE), True),
        # He comes the moment that she leaves, and they meet at the door.
        (presence(1, starts=FOUR, ends=SIX), True),
        (presence(1, starts=FOUR + HALF_AN_HOUR, ends=SIX), False),
        # On the screen of the room that she sits in.
        (presence(1, "video"), True),
        (presence(1, "video", screen="https://video.example.org/dan"), False),
        (presence(1, "video", starts=FOUR, ends=SIX), False),
        (presence(1, "phone"), False),
        (presence(1, starts=None), True),
    ],
)
def test_two_people_meet_in_one_building_or_on_one_screen_unless_one_has_left_before_the_other_comes(dan, they_meet):
    assert bool(would_meet([dan, ANNA], [PAIR], HALF_AN_HOUR)) is they_meet
    assert bool(would_meet([ANNA, dan], [Pair(2, 1)], HALF_AN_HOUR)) is they_meet
    assert not would_meet([dan, ANNA], [Pair(1, 3)], HALF_AN_HOUR)


@pytest.mark.parametrize(
    ("dan", "they_meet"),
    [
        ({}, True),
        # Each is called alone, one after the other.
        ({"starts": FOUR, "ends": SIX}, False),
        ({"starts": THREE}, True),
        ({"starts": None}, True),
        # Another chair is in another call.
        ({"screen": "call of 8"}, False),
    ],
)
def test_two_people_by_phone_at_one_time_are_in_one_call(dan, they_meet):
    anna, dan = replace(ANNA, mode="phone"), presence(1, "phone", **dan)
    assert bool(would_meet([dan, anna], [PAIR], HALF_AN_HOUR)) is they_meet
    assert bool(would_meet([anna, dan], [PAIR], HALF_AN_HOUR)) is they_meet
    assert not would_meet([dan, ANNA], [PAIR]), "one by phone and one in the room attend in different ways"


def test_two_people_by_phone_are_each_called_in_a_part_of_their_own():
    found = slots(presence(1, "phone"), replace(ANNA, mode="phone"))
    assert found[2] == Slot("phone", TWO, TWO + timedelta(minutes=45))
    assert found[1] == Slot("phone", THREE + timedelta(minutes=15), FOUR)


def test_two_times_in_one_building_are_found_though_the_two_do_not_meet():
    later = presence(1, starts=FOUR + HALF_AN_HOUR, ends=SIX)
    assert in_one_building([later, ANNA], [PAIR])
    assert not in_one_building([presence(1, building=THERE), ANNA], [PAIR])
    assert not in_one_building([presence(1, starts=TWO + timedelta(days=1), ends=None), ANNA], [PAIR])


def slots(dan, anna, pair=PAIR, ends=FOUR):
    return separate_slots([dan, anna], [pair], TWO, ends, HALF_AN_HOUR)


def test_the_protected_person_keeps_the_room_and_the_other_comes_later_by_video_each_with_an_end():
    found = slots(presence(1), ANNA)
    assert found[2] == Slot("room", TWO, TWO + timedelta(minutes=45))
    assert found[1] == Slot("video", THREE + timedelta(minutes=15), FOUR)
    # Also where he is the main carer and she is not.
    assert slots(presence(1, stays=True), ANNA)[2].mode == "room"


def test_where_both_are_protected_the_main_carer_of_a_child_comes_first():
    both = Pair(1, 2, frozenset({1, 2}))
    assert slots(presence(1), presence(2, stays=True), both)[2].starts_at == TWO
    assert slots(presence(1, stays=True), presence(2), both)[1].starts_at == TWO


def test_nobody_who_was_told_their_time_gets_another_and_a_conference_too_short_to_share_gets_no_proposal():
    found = slots(presence(1, told=True), ANNA)
    assert set(found) == {2} and found[2].mode == "video"
    assert slots(presence(1), ANNA, ends=TWO + timedelta(minutes=45)) == {}


def test_the_protected_person_comes_first_where_only_one_can_come_and_then_the_main_carer():
    assert first_choice(PAIR, frozenset({1})) == 2
    assert first_choice(Pair(1, 2, frozenset({1, 2})), frozenset({1})) == 1
    assert first_choice(Pair(1, 2), frozenset()) is None


def test_the_times_of_a_protected_person_are_withheld_from_the_other_and_not_the_reverse():
    assert PAIR.protects_from(1) == 2
    assert PAIR.protects_from(2) is None and PAIR.protects_from(3) is None


@pytest.mark.parametrize(
    ("safe", "has_address", "has_email", "answer"),
    [
        ("unknown", True, True, ("hand", False)),
        ("post", True, True, ("post", False)),
        ("post", False, True, ("hand", False)),
        ("email", True, True, ("hand", True)),
        ("email", True, False, ("hand", False)),
        ("phone", True, True, ("hand", False)),
        ("hand", True, True, ("hand", False)),
    ],
)
def test_a_letter_goes_by_hand_unless_post_is_known_to_be_safe(safe, has_address, has_email, answer):
    assert route(safe, has_safe_address=has_address, has_email=has_email) == answer


def test_anybody_with_a_part_in_the_case_is_not_independent():
    facts = {"social_worker": 1, "team_manager": 2, "recorded_discussion": {3}, "asked": 4, "agreed": 5}
    facts["enquired"] = {6, 7}
    assert all(why_not_independent(each, **facts) for each in range(1, 8))
    assert why_not_independent(8, **facts) == ""
    assert "belongs to the team" in why_not_independent(8, **facts, of_same_team=True)
    assert "social worker before" in why_not_independent(8, **facts, was_social_worker=True)
    assert "interim safety plan" in why_not_independent(8, **facts, wrote_safety_plan={8, None})
    assert "in another role" in why_not_independent(8, **facts, was_invited=True)
    assert "covered for the team" in why_not_independent(8, **facts, worked_for_team=True)


@pytest.mark.parametrize(
    ("posts", "sentence"),
    [
        ([], ""),
        ([("Conference chair", date(2026, 1, 1), None)], ""),
        ([("Conference chair", date(2026, 1, 1), ON)], ""),
        ([("Conference chair", date(2026, 1, 1), date(2026, 12, 1))], "Ann’s post as conference chair ends on"),
        ([("Conference chair", date(2027, 1, 1), None)], "Ann’s post as conference chair begins on"),
        ([("Conference chair", date(2025, 1, 1), date(2025, 6, 1)), ("Lead", date(2026, 1, 1), None)], ""),
    ],
)
def test_nobody_chairs_on_a_day_on_which_they_hold_no_post(posts, sentence):
    said = why_not_in_post("Ann", posts, ON)
    assert said.startswith(sentence) and bool(said) == bool(sentence)


def test_the_last_day_itself_is_not_late():
    assert why_late(ON, ON) == ""
    said = "Thursday 3 December 2026 is after the last day, Wednesday 2 December 2026."
    assert why_late(date(2026, 12, 3), ON) == said


def test_who_was_invited_before_is_proposed_with_the_reason_once_and_for_the_children_they_still_work_with():
    nurse = Proposal("professional", "other", "Kit Low", "Is in the core group.", (1, 2), user=50, agency=60)
    aunt = Proposal("family", "relative", "Bea", "Was invited to the last conference.", (2, 9), person=70)
    police = Proposal("professional", "police", "Constable Dee", "Was invited before.", (2,), user=92, agency=90)
    left = AgencyInvolvement(1, 60, "Kit’s clinic", "other", 50, "Kit Low", to_on=date(2026, 6, 1))
    found = propose([ADA, BEN], [], [left], ON, PRACTICE, [nurse, aunt, nurse, police])
    [kit] = [one for one in found if one.user == 50]
    assert kit.children == (2,) and kit.reason == "Is in the core group."  # they have left Ada
    [bea] = [one for one in found if one.person == 70]
    assert bea.children == (2,)
    assert not [one for one in found if one.user == 92]  # the police are there already


def test_who_was_invited_before_fills_a_gap():
    nurse = Proposal("professional", "school_nurse", "Kit Low", "Is in the core group.", (2,), user=50, agency=60)
    assert "school_nurse" in by_role(proposed([BEN]), gaps=True)
    assert "school_nurse" not in by_role(propose([BEN], [], [], ON, PRACTICE, [nurse]), gaps=True)


def test_a_child_welcomed_by_the_chair_is_proposed_whatever_their_age():
    found = by_role(proposed([ADA], practice=replace(PRACTICE, welcome=frozenset({1}))))
    assert found["child"].reason == "The chair decided that Ada may come."
    assert "child" not in by_role(proposed([ADA]))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("the side door", "Side  entrance", True),
        ("the side door", "TBC", True),
        ("the door", "the side door", True),
        ("", "", True),
        ("door A", "door B", False),
        ("The red door", "by the blue door", False),
    ],
)
def test_a_door_of_their_own_has_other_words_than_the_others(one, other, share):
    a, b = (Presence(number, "", IN_THE_ROOM, door=door) for number, door in enumerate((one, other)))
    assert share_a_door(a, b) is share
