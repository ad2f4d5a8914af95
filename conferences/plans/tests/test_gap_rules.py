"""The rules of what a decision that can be defended has, and what counts as nothing or as several names."""

from dataclasses import replace
from datetime import date

import pytest

from conferences.convening.rules.childs_voice import Voice
from conferences.plans.rules import (
    PLAN_TEXTS,
    ActionDecided,
    ChildDecided,
    gaps_before_closing,
    gaps_of_plan,
    names_several,
)
from cpc.core.kernel.phrases import says_nothing

TODAY = date(2026, 11, 20)
ROSA = ChildDecided(
    id=1, name="Rosa", voice=Voice.VIEWS, participation="Gave views another way", said_to_attend=None,
    was_marked=None, has_voice=True, silent=(), secret=(), quiet=(),
    needs_plan=True, is_decided=True, threshold="Likely to be harmed.", category_reason="It is neglect.",
    reasons="She was alone.",
)  # fmt: skip
THEO = replace(ROSA, id=2, name="Theo", reasons="He was cold.")


ACTION = ActionDecided(id=7, action="Visit weekly", who="Anna Marlow", due_on=TODAY, measure="Seen every week")


def sentences(*children, **action):
    return [gap.sentence for gap in gaps_before_closing(children, [replace(ACTION, **action)])]


def test_a_complete_decision_has_no_gaps():
    assert sentences(ROSA, THEO) == []


@pytest.mark.parametrize(
    "missing, sentence",
    [
        ({"silent": ("Alder Lane School",)}, "Alder Lane School gave no view on whether Rosa needs a plan."),
        ({"secret": ("Police",)}, "Police’s view on whether Rosa needs a plan is not for everyone."),
        ({"participation": ""}, "How Rosa took part is not recorded."),
        ({"has_voice": False}, "Rosa’s views are not recorded."),
        ({"quiet": ("Dan Pryce",)}, "The views of Dan Pryce about Rosa are not recorded."),
        ({"threshold": " "}, "The threshold in words is missing for Rosa."),
        ({"threshold": " ", "has_plan": True}, "The threshold in words is missing for Rosa."),
        (
            {"threshold": " ", "has_plan": True, "needs_plan": False},
            "Why the threshold is no longer met is not recorded for Rosa.",
        ),
        ({"category_reason": ""}, "The reason for Rosa’s category is missing."),
        ({"reasons": "Rosa was cold!"}, "The reasons for Rosa and Theo are the same. Each child needs their own."),
        ({"reasons": "he was  COLD."}, "The reasons for Rosa and Theo are the same. Each child needs their own."),
    ],
)
def test_each_thing_that_is_missing_is_one_sentence(missing, sentence):
    assert sentences(replace(ROSA, **missing), THEO) == [sentence]


@pytest.mark.parametrize(
    "said, marked, sentence",
    [
        (False, True, ["Rosa is marked as present, but how they took part says “Gave views another way”."]),
        (True, False, ["Rosa is marked as not present, but how they took part says “Gave views another way”."]),
        (True, True, []), (False, False, []), (None, True, []), (False, None, []),
    ],
)  # fmt: skip
def test_attendance_and_how_a_child_took_part_must_not_say_different_things(said, marked, sentence):
    assert sentences(replace(ROSA, said_to_attend=said, was_marked=marked), THEO) == sentence


@pytest.mark.parametrize(
    "voice, missing",
    [
        (Voice.UNBORN, []),
        (Voice.OBSERVED, ["What life is like for Rosa is not recorded."]),
        (Voice.VIEWS, ["How Rosa took part is not recorded.", "Rosa’s views are not recorded."]),
        (Voice.FORM, ["How Rosa took part is not recorded.", "Rosa’s views are not recorded."]),
    ],
)
def test_what_is_missing_of_a_childs_voice_depends_on_their_age(voice, missing):
    assert sentences(replace(ROSA, voice=voice, participation="", has_voice=False)) == missing


def test_the_parents_views_of_an_unborn_child_are_asked_for_and_no_plan_needs_no_reason_for_a_category():
    unborn = replace(ROSA, voice=Voice.UNBORN, participation="", has_voice=False, quiet=("Dan Pryce",))
    assert sentences(unborn) == ["The views of Dan Pryce about Rosa are not recorded."]
    assert sentences(replace(ROSA, needs_plan=False, category_reason="")) == []


def test_nothing_is_missing_where_nothing_is_decided():
    bare = replace(ROSA, is_decided=False, threshold="", participation="", silent=("School",), quiet=("Dan",))
    assert sentences(bare) == []


@pytest.mark.parametrize(
    "who",
    [
        "Anna and Dan",
        "Anna & Dan",
        "school/nurse",
        "Anna, Dan, Lewis",
        "Anna or Dan",
        "Both parents",
        "Anna with Dan",
        "ANNA WITH DAN",
        "all professionals",
        "The core group",
        "Everyone",
        "The whole family",
        "Family members ",
    ],
)
def test_an_action_for_several_people_needs_one_name(who):
    assert sentences(ROSA, who=who) == [f"An action is for “{who}”. Each action needs one name."]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"who": ""}, "Nobody is named for the action “Visit weekly”."),
        ({"due_on": None}, "The action “Visit weekly” has no date."),
        ({"measure": ""}, "How everyone will know that “Visit weekly” worked is not recorded."),
    ],
)
def test_an_action_without_a_name_a_date_or_a_measure_is_a_gap(missing, sentence):
    assert sentences(ROSA, **missing) == [sentence]


@pytest.mark.parametrize(
    "text",
    ["", "-", "...", "x", "tbc.", "T.B.C.", "N/A", "n.a.", "None", "To be confirmed", "Not known yet", "As above"],
)
def test_words_that_only_hold_a_place_are_nothing(text):
    assert says_nothing(text)
    assert gaps_of_plan(dict.fromkeys(PLAN_TEXTS, text), ["Rosa"])[0].key == "plan-aim"
    assert len(gaps_of_plan(dict.fromkeys(PLAN_TEXTS, text), ["Rosa"])) == len(PLAN_TEXTS)
    assert sentences(ROSA, who=text) == ["Nobody is named for the action “Visit weekly”."]
    assert sentences(replace(ROSA, threshold=text)) == ["The threshold in words is missing for Rosa."]


@pytest.mark.parametrize("text", ["None of the adults agreed.", "Legal advice", "A Nil", "Unknown adults were there"])
def test_a_text_that_begins_with_such_a_word_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize(
    "reasons",
    [
        "As for Rosa.",
        "See Rosa’s reasons",
        "Same as above",
        "The same reasons apply to Theo too.",
        "Same as his sister",
    ],
)
def test_reasons_that_only_point_to_another_childs_are_none(reasons):
    [gap] = gaps_before_closing([ROSA, replace(THEO, reasons=reasons)], [])
    assert gap.key == "points-2" and gap.sentence.startswith("The reasons for Theo only point to others.")


@pytest.mark.parametrize(
    "reasons", ["As Rosa was alone, he was too.", "He sees his sister hurt.", "Same risks, and asthma."]
)
def test_reasons_that_say_something_beside_another_childs_name_are_his_own(reasons):
    assert sentences(ROSA, replace(THEO, reasons=reasons)) == []


@pytest.mark.parametrize(
    "who",
    [
        "Anna Marlow",
        "Sandra Orton",
        "Helen Adeyemi, health visitor",
        "Allan Withers",
        "Orla Band",
        "Rufus With",
        "Ngozi Or, health visitor",
        "All Saints School",
        "Family Group Conference coordinator",
        "Family support worker",
    ],
)
def test_one_name_is_one_name(who):
    assert not names_several(who)


@pytest.mark.parametrize("who", ["Anna and Dan", "ANNA AND DAN", "Anna And Dan", "Anna Or Dan", "Anna, Dan, Jean"])
def test_two_names_are_two_names(who):
    assert names_several(who)
