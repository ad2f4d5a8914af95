"""Strategy discussions, the enquiry that one of them starts, its outcome for each child, and another date."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conferences.convening import deadlines
from conferences.convening.actions import discussions, disputes
from conferences.convening.actions import enquiries as actions
from conferences.convening.actions import request as requests
from conferences.convening.actions.discussions import AskedAgency, ChildDecision, PlannedAction
from conferences.convening.actions.enquiries import ChildOutcome
from conferences.convening.choices.enquiries import EnquiryOutcome
from conferences.convening.models import DateChange, DiscussionAgency, Enquiry, StrategyDiscussion
from conferences.convening.queries.enquiries import (
    discussion_row,
    discussions_of,
    linked_with,
    without_an_enquiry,
)
from conferences.convening.rules.enquiries import agencies_to_ask, linked
from conferences.tests.builders import a_booked_conference, an_agreed_conference
from conferences.tests.enquiries import (
    AGENCIES,
    HELD_ON,
    a_signed_off_enquiry,
    a_strategy_discussion,
    an_enquiry,
    discussed,
    signed_off,
    with_outcome,
)
from cpc.core.accounts.tests.builders import TODAY, last_event, setting_up, viewer
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.tests.builders import a_child, a_family, declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db
CARE, POLICE, HEALTH, EDUCATION = AGENCIES


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


@pytest.fixture
def manager(marlows):
    return marlows.council.by("team_manager")


def duties(kind):
    return [one for one in deadlines.duties() if one.kind == kind]


# --- The discussion -----------------------------------------------------------------------------------------------


def test_a_strategy_discussion_starts_an_enquiry_about_the_children_it_decided_on_one_for(marlows, by):
    decisions = [
        ChildDecision(marlows.rosa, "enquiry", "She was hurt"),
        ChildDecision(marlows.unborn, "enquiry", "He lives there"),
        ChildDecision(marlows.theo, "support", "He lives elsewhere"),
    ]
    found = discussions.record_strategy_discussion(
        by=by, family=marlows.family, held_on=HELD_ON, discussed=discussed(), decisions=decisions
    )
    assert {row.child for row in found.enquiry.children.all()} == {marlows.rosa, marlows.unborn}
    assert [(row.child, row.decision, row.reason) for row in found.children.all()][2] == (
        marlows.theo, "support", "He lives elsewhere",
    )  # fmt: skip
    assert (found.recorded_by_id, found.chaired_by) == (by.id, "Mel Okoro, team manager")
    event = last_event()
    assert (event.act, event.about_id, event.by_id) == (
        "record a strategy discussion or section 47 enquiry", marlows.family.pk, by.id,
    )  # fmt: skip


def test_what_each_agency_shared_and_who_was_missing_is_on_record_with_actions_and_the_examination(marlows, by):
    police = replace(POLICE, shared="Called twice this month", audience="police")
    missing = AskedAgency("health", False, why_not="Nobody was free until Thursday", shared="A letter: no bruises seen")
    found = a_strategy_discussion(
        by, marlows.family, [marlows.rosa], agencies=(CARE, police, missing, EDUCATION), medical="done",
        medical_on=date(2026, 11, 10), medical_result="",
        actions=(PlannedAction("See Rosa alone", "Priya Nandra", date(2026, 11, 10)),),
    )  # fmt: skip
    rows = {row.agency: row for row in found.agencies.all()}
    assert (rows["police"].shared, rows["police"].audience) == ("Called twice this month", "police")
    assert (rows["health"].took_part, rows["health"].why_not) == (False, "Nobody was free until Thursday")
    action = found.actions.get()
    assert (action.what, action.owner, action.due_on) == ("See Rosa alone", "Priya Nandra", date(2026, 11, 10))
    assert (found.medical, found.medical_on, found.medical_result) == ("done", date(2026, 11, 10), "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"held_on": date(2026, 11, 21)}, "held_on"),
        ({"held_on": date(2026, 11, 1)}, "held_on"),  # before the referral: data rule 2889
        ({"chaired_by": " "}, "chaired_by"),
        ({"concerns": ""}, "concerns"),
        ({"agencies": (CARE, POLICE, EDUCATION)}, "health_part"),
        ({"agencies": (CARE, POLICE, HEALTH)}, "education_part"),
        ({"agencies": (replace(CARE, people=""), POLICE, HEALTH, EDUCATION)}, "social_care_people"),
        ({"agencies": (CARE, AskedAgency("police", False), HEALTH, EDUCATION)}, "police_why_not"),
        ({"agencies": (CARE, replace(POLICE, audience="family"), HEALTH, EDUCATION)}, "police_audience"),
        ({"medical": "done"}, "medical_on"),
        ({"medical": "done", "medical_on": date(2026, 11, 21)}, "medical_on"),
        ({"actions": (PlannedAction("See her", "", date(2026, 11, 10)),)}, "action_1_owner"),
        ({"actions": (PlannedAction("See her", "Priya", None),)}, "action_1_due_on"),
        ({"actions": (PlannedAction("See her", "Priya", date(2026, 11, 8)),)}, "action_1_due_on"),
    ],
)
def test_a_strategy_discussion_that_cannot_be_is_refused_and_nothing_is_kept(marlows, by, changed, field):
    with pytest.raises(Invalid) as refused:
        a_strategy_discussion(by, marlows.family, [marlows.rosa, marlows.unborn], **changed)
    assert refused.value.field == field
    assert not StrategyDiscussion.objects.exists()


def test_a_discussion_decides_something_with_a_reason_for_at_least_one_child(marlows, by):
    for decisions, field in (
        ([], "children"),
        ([ChildDecision(marlows.rosa, "enquiry", " ")], f"reason_{marlows.rosa.pk}"),
        ([ChildDecision(marlows.rosa, "continues", "It does")], f"decision_{marlows.rosa.pk}"),
    ):
        with pytest.raises(Invalid) as refused:
            discussions.record_strategy_discussion(
                by=by, family=marlows.family, held_on=HELD_ON, discussed=discussed(), decisions=decisions
            )
        assert refused.value.field == field


def test_education_is_asked_only_where_a_child_is_of_age_for_it():
    born = date(2022, 11, 9)
    assert agencies_to_ask([born, None], date(2026, 11, 9), 4) == ("social_care", "police", "health", "education")
    assert agencies_to_ask([born, None], date(2026, 11, 8), 4) == ("social_care", "police", "health")


def test_a_second_enquiry_about_a_child_is_refused_until_the_outcome_of_the_first_is_signed_off(marlows, by):
    first = an_enquiry(by, marlows.family, [marlows.rosa, marlows.unborn])
    with pytest.raises(Invalid, match="already under way") as refused:
        an_enquiry(by, marlows.family, [marlows.rosa])
    assert refused.value.field == f"decision_{marlows.rosa.pk}"
    an_enquiry(by, marlows.family, [marlows.theo])
    with_outcome(by, first, EnquiryOutcome.SUPPORT)
    with pytest.raises(Invalid, match="must be signed off first"):
        an_enquiry(by, marlows.family, [marlows.rosa])
    signed_off(first)
    an_enquiry(by, marlows.family, [marlows.rosa])


def test_a_child_of_another_family_cannot_be_discussed_here(marlows, by):
    stranger = a_child(a_family(marlows.council, name="Stone"), "Otto")
    with pytest.raises(Invalid, match="no longer in the family"):
        a_strategy_discussion(by, marlows.family, [stranger])


def test_the_discussion_that_decided_on_the_enquiry_is_day_0_whatever_was_before_it_and_follows_it(marlows, by):
    first = a_strategy_discussion(by, marlows.family, [marlows.rosa], held_on=date(2026, 11, 5), decision="again")
    second = a_strategy_discussion(by, marlows.family, marlows.children, held_on=HELD_ON, continues=first)
    third = a_strategy_discussion(
        by, marlows.family, [marlows.rosa], held_on=date(2026, 11, 12), decision="continues", continues=second
    )
    apart = a_strategy_discussion(by, marlows.family, [marlows.theo], held_on=HELD_ON, decision="support")
    every = discussions_of(marlows.family)
    assert linked_with(second, every) == [first, third]
    assert linked_with(first, every) == [second, third]
    assert without_an_enquiry(every) == [apart]
    signed_off(with_outcome(by, second.enquiry))
    conference = requests.request_conference(
        by=by, family=marlows.family, kind="initial", enquiry=second.enquiry, request_reason="Harm",
        children=[requests.ConsideredChild(child) for child in marlows.children],
    )  # fmt: skip
    assert (conference.anchor_on, conference.due_on) == (HELD_ON, date(2026, 11, 30))


def test_discussions_are_linked_through_each_other():
    continues = {1: None, 2: 1, 3: 2, 4: 1, 5: None, 6: 5}
    assert linked(3, continues) == {1, 2, 3, 4}
    assert linked(5, continues) == {5, 6}


def test_a_discussion_follows_only_an_earlier_one_of_the_same_family(marlows, by):
    later = a_strategy_discussion(by, marlows.family, [marlows.rosa], held_on=date(2026, 11, 12), decision="again")
    with pytest.raises(Invalid) as refused:
        a_strategy_discussion(by, marlows.family, [marlows.rosa], held_on=HELD_ON, continues=later)
    assert refused.value.field == "continues"
    stones = a_family(marlows.council, name="Stone")
    otto = a_child(stones, "Otto")
    with pytest.raises(Invalid, match="of this family"):
        a_strategy_discussion(by, stones, [otto], held_on=date(2026, 11, 13), continues=later)


def test_what_is_restricted_is_for_those_who_hold_the_case_and_the_chair(marlows):
    convened = a_booked_conference(marlows)
    discussion = convened.conference.enquiry.strategy_discussion
    with setting_up():
        DiscussionAgency.objects.filter(discussion=discussion, agency="police").update(audience="police", shared="A")

    def unreadable(name):
        row = discussion_row(discussion, convened.by(name))
        return {one.agency for one in row.agencies if one.pk in row.unreadable}

    for name in ("social_worker", "team_manager", "chair", "administrator"):
        assert unreadable(name) == set(), name
    for name in ("other_chair", "service_manager"):
        assert unreadable(name) == {"police"}, name


def test_a_corrected_discussion_keeps_its_date_and_decisions_and_two_people_lose_nothing(marlows, by):
    discussion = an_enquiry(by, marlows.family, [marlows.rosa]).strategy_discussion
    reasons, seen = {marlows.rosa.pk: "A second bruise was seen"}, discussion.version
    said = discussed(concerns="Bruising", agencies=(*AGENCIES, AskedAgency("other", True, people="Refuge worker")))
    discussions.change_strategy_discussion(by=by, discussion=discussion, discussed=said, reasons=reasons, seen=seen)
    assert discussion.children.get().reason == "A second bruise was seen"
    assert discussion.agencies.get(agency="other").people == "Refuge worker"
    with pytest.raises(Stale) as refused:
        discussions.change_strategy_discussion(
            by=by, discussion=discussion, discussed=discussed(concerns="A burn"), reasons=reasons, seen=seen
        )
    assert (refused.value.mine, refused.value.theirs) == ("A burn", "Bruising")
    discussions.change_strategy_discussion(by=by, discussion=discussion, discussed=discussed(), reasons=reasons)
    assert not discussion.agencies.filter(agency="other").exists()
    with pytest.raises(Invalid, match="Ask your manager") as refused:
        discussions.change_strategy_discussion(
            by=by, discussion=discussion, discussed=said, reasons=reasons, held_on=date(2026, 11, 6)
        )
    assert refused.value.field == "held_on"


def test_the_date_of_a_discussion_without_an_enquiry_is_simply_corrected(marlows, by):
    discussion = a_strategy_discussion(by, marlows.family, [marlows.rosa], decision="support")
    given = {"discussed": discussed(), "reasons": {marlows.rosa.pk: "Help"}, "held_on": date(2026, 11, 6)}
    discussions.change_strategy_discussion(by=by, discussion=discussion, **given)
    assert StrategyDiscussion.objects.get().held_on == date(2026, 11, 6)


# --- The outcome --------------------------------------------------------------------------------------------------


def test_the_outcome_is_written_for_each_child_and_signed_off_by_the_manager(marlows, by, manager):
    enquiry = an_enquiry(by, marlows.family, [marlows.rosa, marlows.theo])
    assert [one.owners for one in duties("enquiry_outcome")] == [{by.id}]
    outcomes = [
        ChildOutcome(marlows.rosa, EnquiryOutcome.CONFERENCE, "She was hurt"),
        ChildOutcome(marlows.theo, EnquiryOutcome.SUPPORT, "He is safe with his father", "Family Help"),
    ]
    actions.write_outcome(by=by, enquiry=enquiry, outcome_on=TODAY, outcomes=outcomes)
    assert not duties("enquiry_outcome") and not duties("request_conference")
    assert [one.owners for one in duties("sign_off_outcome")] == [{manager.id}]
    actions.sign_off_outcome(by=manager, enquiry=enquiry, seen=enquiry.version)
    enquiry.refresh_from_db()
    assert (enquiry.written_by_id, enquiry.signed_off_by_id) == (by.id, manager.id)
    row = enquiry.children.get(child=marlows.theo)
    assert (row.outcome, row.findings, row.follows) == ("support", "He is safe with his father", "Family Help")
    assert not duties("sign_off_outcome")
    assert [one.owners for one in duties("request_conference")] == [{by.id}]


def test_an_outcome_that_is_incomplete_is_refused_and_nothing_is_kept(marlows, by):
    enquiry = an_enquiry(by, marlows.family, [marlows.rosa, marlows.theo])
    rosa, theo = marlows.rosa, marlows.theo
    complete = ChildOutcome(rosa, "conference", "She was hurt")
    for outcomes, field in (
        ([complete], f"outcome_{theo.pk}"),
        ([complete, ChildOutcome(theo, "", "Safe")], f"outcome_{theo.pk}"),
        ([complete, ChildOutcome(theo, "conference", " ")], f"findings_{theo.pk}"),
        ([complete, ChildOutcome(theo, "support", "Safe", " ")], f"follows_{theo.pk}"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.write_outcome(by=by, enquiry=enquiry, outcome_on=TODAY, outcomes=outcomes)
        assert refused.value.field == field
    assert not enquiry.children.exclude(outcome="").exists()


@pytest.mark.parametrize("on", [date(2026, 11, 8), date(2026, 11, 21)])
def test_an_outcome_before_the_discussion_or_in_the_future_is_refused(marlows, by, on):
    enquiry = an_enquiry(by, marlows.family, [marlows.rosa])
    with pytest.raises(Invalid) as refused:
        with_outcome(by, enquiry, on=on)
    assert refused.value.field == "outcome_on"
    assert Enquiry.objects.get().outcome_on is None


@pytest.mark.parametrize("who", ["social_worker", "other_manager", "service_manager", "chair", "administrator"])
def test_nobody_but_the_manager_of_the_team_signs_off(marlows, by, who):
    enquiry = with_outcome(by, an_enquiry(by, marlows.family, [marlows.rosa]))
    for act, more in ((actions.sign_off_outcome, {}), (actions.return_outcome, {"reason": "No"})):
        with pytest.raises(NotPermitted):
            act(by=marlows.council.by(who), enquiry=enquiry, **more)
    enquiry.refresh_from_db()
    assert enquiry.signed_off_at is None and enquiry.written_at


def test_a_manager_who_wrote_the_outcome_does_not_sign_it_off_and_a_service_manager_does(marlows, by, manager):
    enquiry = with_outcome(manager, an_enquiry(by, marlows.family, [marlows.rosa]))
    service = marlows.council.by("service_manager")
    assert [one.owners for one in duties("sign_off_outcome")] == [{service.id}]
    with pytest.raises(NotPermitted):
        actions.sign_off_outcome(by=manager, enquiry=enquiry)
    with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(signed_off_by=manager.id, signed_off_at=enquiry.written_at)
    actions.sign_off_outcome(by=service, enquiry=enquiry)
    enquiry.refresh_from_db()
    assert enquiry.signed_off_by_id == service.id


def test_a_returned_outcome_keeps_what_was_written_and_is_the_workers_again_with_the_reason(marlows, by, manager):
    enquiry = with_outcome(by, an_enquiry(by, marlows.family, [marlows.rosa]))
    with pytest.raises(Invalid):
        actions.return_outcome(by=manager, enquiry=enquiry, reason=" ")
    actions.return_outcome(by=manager, enquiry=enquiry, reason="Say what Rosa said")
    assert last_event().reason == "Say what Rosa said"
    (duty,) = duties("enquiry_outcome")
    assert duty.owners == {by.id} and "as your manager asked" in duty.says
    assert enquiry.children.get().findings == "Substantiated"
    signed_off(with_outcome(by, enquiry, findings="Rosa said so"))
    enquiry.refresh_from_db()
    assert (enquiry.return_reason, enquiry.returned_by) == ("", None)


def test_an_outcome_that_is_written_again_must_be_signed_off_again(marlows, by, manager):
    enquiry = a_signed_off_enquiry(by, marlows.family, marlows.children)
    seen = enquiry.version
    with_outcome(by, enquiry, EnquiryOutcome.SUPPORT)
    with pytest.raises(Stale, match="written again while you were reading"):
        actions.sign_off_outcome(by=manager, enquiry=enquiry, seen=seen)
    with pytest.raises(WrongState, match="sign off the outcome"):
        requests.request_conference(
            by=by, family=marlows.family, kind="initial", enquiry=enquiry, request_reason="Harm",
            children=[requests.ConsideredChild(child) for child in marlows.children],
        )  # fmt: skip


def test_a_dispute_is_not_upheld_while_the_outcome_waits_to_be_signed_off_again(marlows, by, manager):
    enquiry = a_signed_off_enquiry(by, marlows.family, marlows.children)
    conference = requests.request_conference(
        by=by, family=marlows.family, kind="initial", enquiry=enquiry, request_reason="Harm",
        children=[requests.ConsideredChild(child) for child in marlows.children],
    )  # fmt: skip
    requests.decline_request(by=manager, conference=conference, reason="Enough support")
    dispute = disputes.dispute_decision(by=by, conference=conference, reason="It goes on")
    with_outcome(by, enquiry)
    with pytest.raises(Invalid, match="must be signed off first"):
        disputes.answer_dispute(
            by=marlows.council.by("service_manager"), dispute=dispute, answered_by="Ann", answer="Yes", upheld=True
        )


# --- Another date ---------------------------------------------------------------------------------------------------


def test_another_date_counts_once_the_manager_agrees_and_every_last_day_is_counted_again(marlows, by, manager):
    convened = a_booked_conference(marlows)
    conference, discussion = convened.conference, convened.conference.enquiry.strategy_discussion
    was_on, was_due = discussion.held_on, conference.due_on
    change = actions.ask_date_change(by=by, discussion=discussion, to_on=HELD_ON, reason="It was a week before")
    conference.refresh_from_db()
    assert (conference.anchor_on, conference.due_on) == (was_on, was_due)
    assert [one.owners for one in duties("answer_date_change")] == [{manager.id}]
    actions.answer_date_change(by=manager, change=change, agreed=True)
    conference.refresh_from_db()
    assert (conference.anchor_on, conference.due_on) == (HELD_ON, date(2026, 11, 30))
    assert "move_conference" in {one.kind for one in deadlines.duties()}  # booked for a day that is now too late
    change.refresh_from_db()
    assert (change.from_on, change.to_on, change.reason) == (was_on, HELD_ON, "It was a week before")
    assert (change.asked_by_id, change.answered_by_id, change.agreed) == (by.id, manager.id, True)


def test_a_declined_date_changes_nothing_and_keeps_the_reason(marlows, by, manager):
    discussion = an_agreed_conference(marlows).conference.enquiry.strategy_discussion
    change = actions.ask_date_change(by=by, discussion=discussion, to_on=HELD_ON, reason="It was a week before")
    with pytest.raises(Invalid):
        actions.answer_date_change(by=manager, change=change, agreed=False)
    actions.answer_date_change(by=manager, change=change, agreed=False, answer="That was a telephone call")
    discussion.refresh_from_db()
    assert discussion.held_on != HELD_ON
    change.refresh_from_db()
    assert (change.agreed, change.answer) == (False, "That was a telephone call")


def test_who_asked_for_another_date_does_not_agree_it(marlows, by, manager):
    discussion = an_agreed_conference(marlows).conference.enquiry.strategy_discussion
    change = actions.ask_date_change(by=manager, discussion=discussion, to_on=HELD_ON, reason="It was a week before")
    with pytest.raises(NotPermitted):
        actions.answer_date_change(by=manager, change=change, agreed=True)
    with pytest.raises(NotPermitted):
        actions.answer_date_change(by=by, change=change, agreed=True)
    service = marlows.council.by("service_manager")
    assert [one.owners for one in duties("answer_date_change")] == [{service.id}]
    actions.answer_date_change(by=service, change=change, agreed=True)
    assert StrategyDiscussion.objects.get(pk=discussion.pk).held_on == HELD_ON


def test_another_date_that_cannot_be_and_a_second_question_are_refused(marlows, by):
    enquiry = a_signed_off_enquiry(by, marlows.family, marlows.children, outcome_on=date(2026, 11, 16))
    discussion = enquiry.strategy_discussion
    for to_on, reason, field in (
        (date(2026, 11, 6), " ", "reason"),
        (date(2026, 11, 1), "Earlier", "to_on"),
        (HELD_ON, "The same", "to_on"),
        (date(2026, 11, 17), "After the outcome", "to_on"),
        (date(2026, 11, 21), "In the future", "to_on"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.ask_date_change(by=by, discussion=discussion, to_on=to_on, reason=reason)
        assert refused.value.field == field
    actions.ask_date_change(by=by, discussion=discussion, to_on=date(2026, 11, 6), reason="Earlier")
    with pytest.raises(Invalid, match="already been asked for"):
        actions.ask_date_change(by=by, discussion=discussion, to_on=date(2026, 11, 5), reason="Earlier")
    apart = a_strategy_discussion(by, marlows.family, [marlows.rosa], decision="support")
    with pytest.raises(Invalid, match="started no enquiry"):
        actions.ask_date_change(by=by, discussion=apart, to_on=date(2026, 11, 6), reason="Earlier")


def test_a_restriction_and_a_declared_conflict_close_the_enquiry_its_sign_off_and_its_dates(marlows, by, manager):
    enquiry = with_outcome(by, an_enquiry(by, marlows.family, marlows.children))
    actions.ask_date_change(by=by, discussion=enquiry.strategy_discussion, to_on=date(2026, 11, 6), reason="Earlier")
    declare_conflict(marlows.council.users.team_manager, marlows.family)
    with pytest.raises(NotPermitted):
        actions.sign_off_outcome(by=manager, enquiry=enquiry)
    with pytest.raises(NotPermitted):
        actions.answer_date_change(by=manager, change=DateChange.objects.get(), agreed=True)
    restrict(marlows.family)
    with pytest.raises(NotPermitted):
        with_outcome(by, enquiry)
    stranger = viewer(marlows.council.users.other_manager)
    with pytest.raises(NotPermitted):
        actions.answer_date_change(by=stranger, change=DateChange.objects.get(), agreed=True)
