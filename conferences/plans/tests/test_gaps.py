"""What a decision that can be defended has: each thing that is missing is listed before closing, and takes a reason."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from conferences.convening.choices import Outcome, Section
from conferences.disclosure.choices import Audience
from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.actions.notes import save_note
from conferences.meeting.models import Decision
from conferences.meeting.queries.agencies import agencies_knowing
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions.outline import change_action
from conferences.plans.models import ClosingGap
from conferences.plans.queries.gaps import closing_gaps, reasons_at_closing
from conferences.plans.rules import ActionDecided, ChildDecided, gaps_before_closing, names_several
from conferences.plans.tests.closing import close, reasons_for_gaps, write_outline
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.kernel.refusals import Invalid

ROSA = ChildDecided(
    id=1, name="Rosa", is_born=True, participation="PN6", has_voice=True, silent=(), secret=(), quiet=(),
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
        ({"category_reason": ""}, "The reason for Rosa’s category is missing."),
        ({"reasons": "Rosa was cold!"}, "The reasons for Rosa and Theo are the same. Each child needs their own."),
        ({"reasons": "he was  COLD."}, "The reasons for Rosa and Theo are the same. Each child needs their own."),
    ],
)
def test_each_thing_that_is_missing_is_one_sentence(missing, sentence):
    assert sentences(replace(ROSA, **missing), THEO) == [sentence]


def test_an_unborn_child_has_no_voice_to_record_and_no_plan_needs_no_reason_for_a_category():
    assert sentences(replace(ROSA, is_born=False, has_voice=False)) == []
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
    ],
)
def test_one_name_is_one_name(who):
    assert not names_several(who)


@pytest.mark.django_db
def test_closing_takes_a_reason_for_each_gap_and_keeps_it():
    sitting = a_quorate_sitting(children=("rosa",))
    decide(sitting)
    write_outline(sitting)
    gaps = closing_gaps(sitting.conference)
    assert {gap.key.split("-")[0] for gap in gaps} == {"view", "part", "voice", "parent", "threshold", "category"}
    reasons = reasons_for_gaps(sitting.conference)
    left_out = gaps[-1]
    with pytest.raises(Invalid) as refused:
        close(sitting, gap_reasons=reasons | {left_out.key: " "})
    assert left_out.sentence in refused.value.sentence and refused.value.field == "gap_reason"
    assert not ClosingGap.objects.exists()
    close(sitting)
    assert ClosingGap.objects.filter(conference=sitting.conference).count() == len(gaps)


@pytest.mark.django_db
def test_one_reason_serves_for_the_texts_of_the_plan_an_open_action_and_every_gap_without_its_own(client):
    sitting = a_quorate_sitting(children=("rosa",))
    decide(sitting)
    action = write_outline(sitting)
    words = {name: getattr(action, name) for name in ("outcome", "action", "audience")}
    change_action(
        by=sitting.chair, plan_action=action, **words, who="", due_on=None, measure="", children=[sitting.marlows.rosa]
    )
    own = {gap.key: "Her own." for gap in closing_gaps(sitting.conference)[:1]}
    bare = {"aim": "", "visits": "", "trigger": "", "gap_reasons": own}
    with pytest.raises(Invalid, match=r"What must change for Rosa to be safe.*How often Rosa is visited"):
        close(sitting, **bare)
    close(sitting, **bare, gap_reason="The power failed.")
    kept = dict(ClosingGap.objects.values_list("key", "reason"))
    assert {kept[f"plan-{name}"] for name in ("aim", "visits", "trigger")} == {"The power failed."}
    assert kept[f"date-{action.pk}"] == kept[f"who-{action.pk}"] == kept[f"measure-{action.pk}"] == "The power failed."
    assert kept.items() >= own.items() and "plan-contingency" not in kept
    client.force_login(sitting.council.users.social_worker)
    assert reasons_at_closing(sitting.conference)["Her own."] == [
        gap.sentence for gap in ClosingGap.objects.filter(reason="Her own.")
    ]
    plan = client.get(reverse("plans:family", args=[sitting.marlows.family.pk])).content.decode()
    assert "Nobody is named yet" in plan and "No date yet" in plan


@pytest.mark.django_db
def test_what_is_recorded_is_no_gap():
    sitting = a_quorate_sitting(children=("rosa",))
    marlows, row, chair, conference = sitting.marlows, sitting.rows["rosa"], sitting.chair, sitting.conference
    places = [NotePlace(Section.CHILD_VIEWS, marlows.rosa.pk)]
    places += [NotePlace(Section.PARENT_VIEWS, None, person.pk) for person in (marlows.mother, marlows.rosas_father)]
    for place in places:
        save_note(by=chair, conference=conference, place=place, text="Said.", at=at(TODAY, 11))
    views = [GivenView(each.pk, view="plan", reason="Seen.") for each in agencies_knowing(row)]
    record_child_views(by=chair, conference_child=row, participation="PN1", views=views)
    decide(sitting, threshold="Likely to suffer harm.", category_reason="Neglect above all.")
    write_outline(sitting)
    assert closing_gaps(conference) == []


@pytest.mark.django_db
def test_a_view_that_not_everybody_reads_is_listed_until_the_chair_gives_the_reason():
    sitting = a_quorate_sitting(children=("rosa",))
    police = GivenView(sitting.invitations["police"].pk, view="plan", reason="Seen.", audience=Audience.POLICE)
    record_child_views(by=sitting.chair, conference_child=sitting.rows["rosa"], views=[police])
    decide(sitting)
    secret = [gap.sentence for gap in closing_gaps(sitting.conference) if gap.key.startswith("secret-")]
    assert secret == ["Police public protection unit’s view on whether Rosa needs a plan is not for everyone."]


@pytest.mark.django_db
def test_multiple_is_said_only_beside_a_main_category():
    sitting = a_quorate_sitting(children=("rosa",))
    with pytest.raises(Invalid, match="main kind of harm"):
        decide(sitting, category="MUL")
    decide(sitting, category="NEG", is_multiple=True)
    assert Decision.objects.get().is_multiple
    decide(sitting, outcome=Outcome.NO_PLAN, is_multiple=True)
    assert not Decision.objects.get().is_multiple


@pytest.mark.django_db
def test_the_pages_tick_nothing_in_advance(client):
    sitting = a_quorate_sitting()
    client.force_login(sitting.conference.chair)
    decisions = client.get(reverse("conferences:meet_decide", args=[sitting.conference.pk])).content.decode()
    action = client.get(reverse("plans:add_action", args=[sitting.conference.pk])).content.decode()
    decide(sitting)
    write_outline(sitting)
    closing = client.get(reverse("plans:close", args=[sitting.conference.pk])).content.decode()
    assert 'name="members"' in closing and "Not recorded: give a reason" in closing
    ticked = [len(re.findall(r"<input[^>]*\bchecked", page)) for page in (decisions, closing, action)]
    assert ticked == [0, 0, 1]  # an action is for everyone to read


@pytest.mark.django_db
def test_an_agency_has_one_view_of_a_child_whoever_came_from_it():
    sitting = a_quorate_sitting(children=("rosa",))
    first = sitting.invitations["school"]
    second = attendance.add_newcomer(
        by=sitting.chair, conference=sitting.conference, name="Head Teacher", role="school", agency=first.agency,
        children=[sitting.marlows.rosa],
    )  # fmt: skip

    def say(*views):
        record_child_views(by=sitting.chair, conference_child=sitting.rows["rosa"], views=views)

    say(GivenView(first.pk, view="plan", reason="Seen."))
    with pytest.raises(Invalid, match="one view of a child"):
        say(GivenView(second.pk, view="no_plan", reason="She is well."))
    silent = [gap.sentence for gap in closing_gaps(sitting.conference) if gap.key.startswith("view-")]
    assert not [one for one in silent if first.agency.name in one]
