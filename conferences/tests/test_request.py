"""A conference requested after an enquiry or a move, agreed, or declined and disputed."""

from datetime import date

import pytest

from conferences.convening import deadlines
from conferences.convening.actions import booking, disputes
from conferences.convening.actions import request as actions
from conferences.convening.actions.request import ConsideredChild
from conferences.convening.choices import CancelReason, ConferenceKind, ConferenceState
from conferences.convening.choices.enquiries import EnquiryOutcome
from conferences.convening.models import Conference, ConferenceChild, Dispute, Enquiry, StrategyDiscussion
from conferences.tests.enquiries import HELD_ON, a_signed_off_enquiry, an_enquiry, signed_off, with_outcome
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import last_event, setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


def an_enquiry_that_needs_a_conference(marlows, by, **changed):
    return a_signed_off_enquiry(by, marlows.family, marlows.children, outcome_on=date(2026, 11, 16), **changed)


def everybody(marlows, without=()):
    return [
        ConsideredChild(child, child not in without, "Lives with an aunt" if child in without else "")
        for child in marlows.children
    ]


ELSEWHERE = actions.OtherPlan("Farshire Council", date(2026, 3, 2), "NEG", date(2026, 6, 1))


def a_request(marlows, by, **changed):
    given = {"kind": ConferenceKind.INITIAL, "children": everybody(marlows), "request_reason": "Continuing harm"}
    if changed.get("kind") == ConferenceKind.TRANSFER_IN:
        given["elsewhere"] = ELSEWHERE
    if "enquiry" not in changed and changed.get("kind") != ConferenceKind.TRANSFER_IN:
        changed["enquiry"] = an_enquiry_that_needs_a_conference(marlows, by)
    return actions.request_conference(by=by, family=marlows.family, **given | changed)


def a_declined_request(marlows):
    conference = a_request(marlows, marlows.council.by("social_worker"))
    return actions.decline_request(
        by=marlows.council.by("team_manager"), conference=conference, reason="Support by consent is enough"
    )


def test_a_request_stores_day_0_and_the_last_of_the_15_working_days(marlows, by):
    conference = a_request(marlows, by)
    assert (conference.state, conference.anchor_on, conference.due_on) == (
        ConferenceState.REQUESTED, HELD_ON, date(2026, 11, 30),
    )  # fmt: skip
    assert ConferenceChild.objects.filter(conference=conference, included=True).count() == 3


def test_every_child_of_the_family_is_considered(marlows, by):
    with pytest.raises(Invalid, match="Theo Marlow"):
        a_request(marlows, by, children=[ConsideredChild(marlows.rosa), ConsideredChild(marlows.unborn)])
    assert not Conference.objects.exists()


def test_a_child_left_out_needs_a_reason(marlows, by):
    with pytest.raises(Invalid, match="Say why Theo Marlow is left out") as refused:
        a_request(
            marlows, by,
            children=[
                ConsideredChild(marlows.rosa), ConsideredChild(marlows.theo, included=False),
                ConsideredChild(marlows.unborn),
            ],
        )  # fmt: skip
    assert refused.value.field == f"reason_{marlows.theo.pk}"


def test_a_child_left_out_is_recorded_with_the_reason(marlows, by):
    conference = a_request(marlows, by, children=everybody(marlows, without=[marlows.theo]))
    row = conference.children.get(child=marlows.theo)
    assert (row.included, row.left_out_reason) == (False, "Lives with an aunt")


def test_a_conference_about_nobody_is_refused(marlows, by):
    with pytest.raises(Invalid, match="at least one child"):
        a_request(marlows, by, children=everybody(marlows, without=marlows.children))


def test_a_pre_birth_conference_needs_an_unborn_child_and_an_initial_one_a_born_child(marlows, by):
    enquiry = an_enquiry_that_needs_a_conference(marlows, by)
    with pytest.raises(Invalid, match="needs an unborn child"):
        a_request(
            marlows, by, enquiry=enquiry, kind=ConferenceKind.PRE_BIRTH,
            children=everybody(marlows, without=[marlows.unborn]),
        )  # fmt: skip
    with pytest.raises(Invalid, match="Choose a pre-birth conference"):
        a_request(marlows, by, enquiry=enquiry, children=everybody(marlows, without=[marlows.rosa, marlows.theo]))
    a_request(marlows, by, enquiry=enquiry, kind=ConferenceKind.PRE_BIRTH)


def test_a_transfer_in_conference_counts_from_the_day_the_authority_was_told(marlows, by):
    given = {"kind": ConferenceKind.TRANSFER_IN, "enquiry": None}
    conference = a_request(marlows, by, told_on=date(2026, 11, 14), **given)  # a Saturday
    assert (conference.anchor_on, conference.due_on) == (date(2026, 11, 14), date(2026, 12, 4))
    with pytest.raises(WrongState):
        a_request(marlows, by, told_on=date(2026, 11, 14), **given)
    with pytest.raises(Invalid) as refused:
        a_request(marlows, by, told_on=None, **given)
    assert refused.value.field == "told_on"


def test_asking_is_refused_before_the_outcome_is_signed_off_and_a_second_time(marlows, by):
    enquiry = an_enquiry(by, marlows.family, marlows.children)
    with pytest.raises(WrongState, match="write the outcome for each child"):
        a_request(marlows, by, enquiry=enquiry)
    with_outcome(by, enquiry)
    with pytest.raises(WrongState, match="sign off the outcome"):
        a_request(marlows, by, enquiry=enquiry)
    signed_off(enquiry)
    a_request(marlows, by, enquiry=enquiry)
    with pytest.raises(WrongState, match="Decline or cancel the conference first"):
        a_request(marlows, by, enquiry=enquiry)
    with pytest.raises(WrongState, match="cannot be given another outcome"):
        with_outcome(by, enquiry, EnquiryOutcome.NO_FURTHER_ACTION)


def test_a_child_without_a_signed_off_outcome_cannot_be_included(marlows, by):
    enquiry = a_signed_off_enquiry(by, marlows.family, [marlows.rosa, marlows.unborn])
    with pytest.raises(Invalid, match="No outcome of an enquiry is signed off for Theo Marlow") as refused:
        a_request(marlows, by, enquiry=enquiry)
    assert refused.value.field == f"include_{marlows.theo.pk}"
    a_request(marlows, by, enquiry=enquiry, children=everybody(marlows, without=[marlows.theo]))


@pytest.mark.parametrize("who", ["team_manager", "other_worker", "chair", "administrator", "school"])
def test_only_a_social_worker_who_sees_the_family_asks(marlows, by, who):
    enquiry = an_enquiry_that_needs_a_conference(marlows, by)
    with pytest.raises(NotPermitted):
        a_request(marlows, marlows.council.by(who), enquiry=enquiry)
    assert not Conference.objects.exists()


def test_the_manager_of_the_team_agrees(marlows, by):
    conference = a_request(marlows, by)
    manager = marlows.council.by("team_manager")
    actions.agree_request(by=manager, conference=conference)
    conference.refresh_from_db()
    assert (conference.state, conference.agreed_by_id) == (ConferenceState.AGREED, manager.id)
    assert last_event().act == "agree or decline a conference"
    with pytest.raises(WrongState):
        actions.decline_request(by=manager, conference=conference, reason="Second thoughts")


@pytest.mark.parametrize(
    "who", ["social_worker", "other_manager", "service_manager", "chair", "administrator", "school"]
)
def test_nobody_but_the_manager_of_that_team_agrees_or_declines(marlows, by, who):
    conference = a_request(marlows, by)
    with pytest.raises(NotPermitted):
        actions.agree_request(by=marlows.council.by(who), conference=conference)
    with pytest.raises(NotPermitted):
        actions.decline_request(by=marlows.council.by(who), conference=conference, reason="No")
    conference.refresh_from_db()
    assert conference.state == ConferenceState.REQUESTED


def test_declining_needs_reasons_and_keeps_them(marlows, by):
    conference = a_request(marlows, by)
    with pytest.raises(Invalid):
        actions.decline_request(by=marlows.council.by("team_manager"), conference=conference, reason=" ")
    actions.decline_request(by=marlows.council.by("team_manager"), conference=conference, reason="Enough support")
    conference.refresh_from_db()
    assert (conference.state, conference.decline_reason) == (ConferenceState.DECLINED, "Enough support")
    assert last_event().reason == "Enough support"


def test_after_a_declined_request_the_social_worker_may_ask_again(marlows, by):
    declined = a_declined_request(marlows)
    assert a_request(marlows, by, enquiry=declined.enquiry).state == ConferenceState.REQUESTED


@pytest.mark.parametrize("who", ["social_worker", "school", "midwifery"])
def test_who_knows_the_children_disputes_the_decision_and_the_manager_answers(marlows, who):
    conference = a_declined_request(marlows)
    dispute = disputes.dispute_decision(by=marlows.council.by(who), conference=conference, reason="It goes on")
    assert last_event().reason == "It goes on"
    with pytest.raises(WrongState, match="already said that you disagree"):
        disputes.dispute_decision(by=marlows.council.by(who), conference=conference, reason="Again")
    with pytest.raises(NotPermitted):
        disputes.answer_dispute(by=marlows.council.by(who), dispute=dispute, answered_by="Me", answer="No")
    with pytest.raises(NotPermitted):  # who took the decision does not answer for it
        disputes.answer_dispute(by=marlows.council.by("team_manager"), dispute=dispute, answered_by="Me", answer="No")
    manager = marlows.council.by("service_manager")
    disputes.answer_dispute(by=manager, dispute=dispute, answered_by="Ann Ellis", answer="I have asked again")
    stage = dispute.stages.get()
    assert (stage.answer, stage.answered_by, stage.recorded_by_id) == ("I have asked again", "Ann Ellis", manager.id)
    assert Outgoing.objects.get(purpose="dispute_answered").recipient_id == dispute.raised_by_id
    conference.refresh_from_db()
    assert conference.state == ConferenceState.DECLINED


def test_a_dispute_that_is_upheld_agrees_the_request_so_that_it_can_be_booked(marlows):
    conference = a_declined_request(marlows)
    dispute = disputes.dispute_decision(by=marlows.council.by("school"), conference=conference, reason="It goes on")
    manager = marlows.council.by("service_manager")
    disputes.answer_dispute(by=manager, dispute=dispute, answered_by="Ann Ellis", answer="It does", upheld=True)
    assert (dispute.upheld, dispute.closed_by_id) == (True, manager.id)
    conference.refresh_from_db()
    assert (conference.state, conference.agreed_by) == (ConferenceState.AGREED, marlows.council.users.service_manager)
    assert "book_conference" in {duty.kind for duty in deadlines.duties()}
    assert "will be held after all" in Outgoing.objects.get(purpose="dispute_answered").body


def test_an_enquiry_that_needs_a_conference_is_a_duty_until_one_is_requested_and_after_it_is_cancelled(marlows, by):
    def asked():
        return [duty.owners for duty in deadlines.duties() if duty.kind == "request_conference"]

    enquiry = an_enquiry_that_needs_a_conference(marlows, by)
    assert asked() == [{marlows.council.users.social_worker.pk}]
    conference = a_request(marlows, by, enquiry=enquiry)
    assert not asked()
    actions.agree_request(by=marlows.council.by("team_manager"), conference=conference)
    administrator = marlows.council.by("administrator")
    booking.cancel(by=administrator, conference=conference, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")
    assert len(asked()) == 1
    again = a_request(marlows, by, enquiry=enquiry)
    assert again.pk != conference.pk and not asked()
    assert again.due_on == conference.due_on, "the 15 working days do not begin again"
    actions.agree_request(by=marlows.council.by("team_manager"), conference=again)
    booking.cancel(by=administrator, conference=again, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")
    signed_off(with_outcome(by, enquiry, EnquiryOutcome.SUPPORT))
    assert not asked()


def test_a_dispute_is_no_duty_of_who_took_the_decision(marlows):
    conference = a_declined_request(marlows)
    dispute = disputes.dispute_decision(by=marlows.council.by("school"), conference=conference, reason="It goes on")
    decider = marlows.council.users.team_manager
    with setting_up():
        RoleHeld.objects.create(user=decider, role=Role.SERVICE_MANAGER)
        dispute.stages.update(role="director")
    (duty,) = [one for one in deadlines.duties() if one.kind == "answer_dispute"]
    assert duty.owners == {marlows.council.users.service_manager.pk}
    with pytest.raises(NotPermitted):
        disputes.answer_dispute(by=viewer(decider), dispute=dispute, answered_by="Me", answer="No")


@pytest.mark.parametrize("who", ["nursery", "police", "other_worker", "team_manager", "administrator"])
def test_a_stranger_to_the_children_and_the_person_who_declined_cannot_dispute(marlows, who):
    conference = a_declined_request(marlows)
    with pytest.raises(NotPermitted):
        disputes.dispute_decision(by=marlows.council.by(who), conference=conference, reason="It goes on")
    assert not Dispute.objects.exists()


def test_only_a_declined_request_is_disputed(marlows, by):
    conference = a_request(marlows, by)
    with pytest.raises(WrongState):
        disputes.dispute_decision(by=by, conference=conference, reason="It goes on")


def test_a_professional_sees_a_declined_request_once_and_only_while_working_with_an_included_child(marlows, by):
    council = marlows.council
    conference = a_request(marlows, by, children=everybody(marlows, without=[marlows.unborn]))
    assert not seen_by(council.by("gp"), Conference).exists()  # asked for, and nobody is invited yet
    actions.decline_request(by=council.by("team_manager"), conference=conference, reason="Enough support")
    assert seen_by(council.by("gp"), Conference).count() == 1  # the GP knows two of its children
    assert not seen_by(council.by("midwifery"), Conference).exists()  # the unborn child was left out
    assert not seen_by(council.by("gp", on=date(2026, 10, 1)), Conference).exists()
    restrict(marlows.family)
    assert not seen_by(council.by("gp"), Conference).exists()


def test_a_restricted_family_and_a_declared_conflict_close_enquiry_and_request(marlows, by):
    conference = a_request(marlows, by)
    council = marlows.council
    declare_conflict(council.users.team_manager, marlows.family)
    with pytest.raises(NotPermitted):
        actions.agree_request(by=council.by("team_manager"), conference=conference)
    restrict(marlows.family)
    with pytest.raises(NotPermitted):
        with_outcome(by, conference.enquiry)
    for model in (Conference, Enquiry, StrategyDiscussion):
        assert not seen_by(by, model).exists()
