"""Who the rule proposes, why, and who must be kept apart. No database."""

from datetime import date, datetime

import pytest

from conferences.rules.apart import Coming, route, would_meet
from conferences.rules.convene import why_late, why_not_independent
from conferences.rules.invite import Adult, Child, Knows, Practice, Tie, Worker, propose

ON = date(2026, 12, 2)
ADA = Child(1, "Ada", born_on=date(2023, 5, 1))
BEN = Child(2, "Ben", born_on=date(2016, 12, 2))
UNBORN = Child(3, "Unborn Marlow", expected_on=date(2027, 2, 1))
POLICE = Knows(None, 90, "Police public protection unit", "police", 91, "Sergeant Hale")
PRACTICE = Practice(10, POLICE, Worker(20, "Priya Nandra"), Worker(21, "Dele Okoro"))


def proposed(children, adults=(), involvements=(), practice=PRACTICE):
    return propose(children, adults, involvements, ON, practice)


def by_role(found, *, gaps=False):
    return {one.role: one for one in found if one.gap == gaps}


def test_a_mother_and_a_father_who_lives_elsewhere_are_both_invited_each_for_their_own_children():
    mother = Adult(10, "Anna", (Tie(1, "mother", True, True), Tie(2, "mother", True, True)), in_household=True)
    father = Adult(11, "Dan", (Tie(2, "father", True),))
    people = {one.person: one for one in proposed([ADA, BEN], [mother, father]) if one.person}
    assert people[10].children == (1, 2)
    assert people[11].children == (2,)
    assert people[11].reason == "Ben’s father with parental responsibility, who does not live with the family."


def test_a_putative_father_is_proposed_with_a_warning_to_check_that_he_knows():
    # Norfolk 24-014-935: a man wrongly invited so learned that he had a son.
    found = proposed([ADA], [Adult(11, "Lewis", (Tie(1, "father"),), in_household=True)])[0]
    assert found.role == "parent"
    assert "not recorded as having parental responsibility" in found.reason
    assert "check with the social worker that he knows" in found.reason


def test_a_grandmother_is_proposed_only_when_she_cares_for_the_child_or_has_parental_responsibility():
    assert not [one for one in proposed([ADA], [Adult(12, "Jean", (Tie(1, "grandmother"),))]) if one.person]
    found = proposed([ADA], [Adult(12, "Jean", (Tie(1, "grandmother", main_carer=True),))])[0]
    assert (found.role, found.reason) == ("carer", "Ada’s main carer (grandmother).")


def test_nobody_who_has_died_is_proposed():
    dead = Adult(10, "Anna", (Tie(1, "mother", True),), died_on=date(2026, 1, 1))
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


def test_a_gap_says_who_is_missing_for_whom_and_what_to_do():
    gap = by_role(proposed([ADA]), gaps=True)["health_visitor"]
    assert gap.reason == "No health visitor is recorded for Ada (3). Add one or say why not."
    assert gap.children == (1,)


def test_a_child_of_four_who_is_at_school_needs_no_nursery():
    child = Child(6, "Cas", born_on=date(2022, 6, 1))
    known = [Knows(6, 5, "Alder School", "school", 30, "Tess", date(2026, 9, 1))]
    assert "nursery" not in by_role(proposed([child], involvements=known), gaps=True)


def test_one_professional_who_knows_two_children_gets_one_invitation_for_both():
    known = [Knows(child, 5, "Mill Road Surgery", "gp", 30, "Dr Hill", date(2020, 1, 1)) for child in (1, 2)]
    found = [one for one in proposed([ADA, BEN], involvements=known) if one.role == "gp" and not one.gap]
    assert [(one.user, one.children, one.reason) for one in found] == [
        (30, (1, 2), "GP for Ada and Ben (Mill Road Surgery).")
    ]


def test_an_agency_that_no_longer_knows_the_child_is_not_invited_and_leaves_a_gap():
    known = [Knows(2, 5, "Old School", "school", 30, "Tess", date(2020, 1, 1), date(2026, 7, 20))]
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


AT, LATER = datetime(2026, 12, 2, 10), datetime(2026, 12, 2, 13)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Coming(1, "Dan", "room", AT, 4), Coming(2, "Lewis", "room", AT, 4), True),
        (Coming(1, "Dan", "video", AT, 4), Coming(2, "Lewis", "room", AT, 4), False),
        (Coming(1, "Dan", "room", LATER, 4, True), Coming(2, "Lewis", "room", AT, 4), False),
        (Coming(1, "Dan", "room", AT, 5, True), Coming(2, "Lewis", "room", AT, 4), False),
        # Ticked as apart, and yet the same time and the same room.
        (Coming(1, "Dan", "room", AT, 4, True), Coming(2, "Lewis", "room", AT, 4), True),
    ],
)
def test_people_who_must_not_meet_are_apart_by_time_by_room_or_by_not_being_there(one, other, meet):
    assert bool(would_meet([one, other], [(1, 2)])) is meet
    assert not would_meet([one, other], [(1, 3)])


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


def test_whoever_had_a_part_in_the_case_is_not_independent():
    facts = {"social_worker": 1, "team_manager": 2, "recorded_discussion": {3}, "asked": 4, "agreed": 5}
    assert all(why_not_independent(each, **facts) for each in (1, 2, 3, 4, 5))
    assert why_not_independent(6, **facts) == ""


def test_the_last_day_itself_is_not_late():
    assert why_late(ON, ON) == ""
    said = "Thursday 3 December 2026 is after the last day, Wednesday 2 December 2026."
    assert why_late(date(2026, 12, 3), ON) == said
