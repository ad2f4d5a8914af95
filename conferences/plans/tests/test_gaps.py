"""What a decision that can be defended has: each thing that is missing is listed before closing, and takes a reason."""

import re

import pytest
from django.urls import reverse

from conferences.convening.choices import Outcome, Section
from conferences.convening.models import Invitation
from conferences.disclosure.choices import Audience
from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.actions.notes import save_note
from conferences.meeting.models import Decision, LiveNote
from conferences.meeting.queries.agencies import agencies_knowing
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions.outline import change_action
from conferences.plans.models import ClosingGap
from conferences.plans.queries.gaps import closing_gaps, priorities, reasons_at_closing
from conferences.plans.tests.closing import close, reasons_for_gaps, write_outline
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid


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
        close(sitting, gap_reasons=reasons | {left_out.key: " tbc "})
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
    with setting_up():
        LiveNote.objects.update(text="Not known.")
    assert [gap.key.split("-")[0] for gap in closing_gaps(conference)] == ["voice", "parent", "parent"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "marked, took_part, is_asked",
    [
        ("present", "PN7", True), ("present", "PN6", True), ("present", "PN1", False),
        ("apologies", "PN4", True), ("absent", "PN2", True), ("absent", "PN5", False), ("unknown", "PN6", False),
    ],
)  # fmt: skip
def test_closing_asks_where_attendance_and_how_the_child_took_part_differ(marked, took_part, is_asked):
    sitting = a_quorate_sitting(children=("rosa",))
    rosa, row = sitting.marlows.rosa, sitting.rows["rosa"]
    with setting_up():
        Invitation.objects.create(
            conference=sitting.conference, kind="family", role="child", person=rosa, name=rosa.full_name,
            reason="It is about her.", attendance=marked,
        )  # fmt: skip
    record_child_views(by=sitting.chair, conference_child=row, participation=took_part)
    decide(sitting)
    found = [gap.sentence for gap in closing_gaps(sitting.conference) if gap.key.startswith("marked-")]
    assert bool(found) == is_asked
    if is_asked:
        how = "present" if marked == "present" else "not present"
        assert found[0].startswith(f"Rosa is marked as {how}, but how they took part says “")


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
def test_an_agency_has_one_view_of_a_child_if_two_came_from_it():
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


@pytest.mark.django_db
def test_who_comes_first_is_not_left_out_of_the_core_group_without_a_reason_of_its_own(client):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    [left_out] = [one.gap for one in priorities(sitting.conference)]
    him, worker = sitting.invitations["rosas_father"], sitting.invitations["social_worker"]
    without = {"members": [him, worker], "gap_reason": "The power failed."}
    reasons = reasons_for_gaps(sitting.conference)
    for words in ("", "tbc"):
        with pytest.raises(Invalid, match="Lewis Hart has priority for the core group") as refused:
            close(sitting, **without, gap_reasons=reasons | {left_out.key: words})
        assert refused.value.field == left_out.field
    client.force_login(sitting.conference.chair)
    page = reverse("plans:close", args=[sitting.conference.pk])
    shown = client.post(page, {"members": [him.pk, worker.pk], "gap_reason": "The power failed."}).content.decode()
    assert "If Dan Pryce is in the core group and Lewis Hart is not: why?" in shown and "Say why: Lewis Hart" in shown
    with_him = client.post(page, {"members": [sitting.invitations["theos_father"].pk, worker.pk]}).content.decode()
    assert "Say why: Lewis Hart" not in with_him
    close(sitting, **without, gap_reasons=reasons | {left_out.key: "Lewis asked to hear from his worker."})
    assert ClosingGap.objects.get(key=left_out.key).reason == "Lewis asked to hear from his worker."
