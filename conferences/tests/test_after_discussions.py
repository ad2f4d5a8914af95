"""What a strategy discussion leaves to be done is on somebody's list until it is done: actions, and an offer."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.actions.discussions import (
    PlannedAction,
    change_strategy_discussion,
    mark_discussion_action,
)
from conferences.convening.actions.family_groups import Offer, record_group_meeting
from conferences.convening.choices.enquiries import ActionState, DiscussionDecision
from conferences.convening.deadlines.enquiries import discussion_actions, group_meetings
from conferences.convening.models import DiscussionAction
from conferences.convening.queries.family_groups import parents_of
from conferences.tests.enquiries import a_strategy_discussion, discussed
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
HOME = PlannedAction("Look at the home", "Des Arkwright, police", TODAY)
DOCTOR = PlannedAction("Examine Rosa", "Dr Amis", date(2026, 12, 1))


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


@pytest.fixture
def discussion(marlows, by):
    return a_strategy_discussion(
        by, marlows.family, [marlows.rosa], held_on=TODAY, decision=DiscussionDecision.SUPPORT, actions=(HOME, DOCTOR)
    )


def without_a_worker(family):
    with setting_up():
        family.social_worker = None
        family.save()


def test_each_action_is_the_workers_to_follow_up_by_its_day_and_the_managers_where_there_is_no_worker(
    marlows, by, discussion
):
    manager = marlows.council.users.team_manager
    found = {duty.due_on: duty for duty in discussion_actions()}
    assert set(found) == {HOME.due_on, DOCTOR.due_on}
    assert "Des Arkwright" in found[HOME.due_on].says
    assert all(duty.owners == {by.id} and duty.then == {manager.pk} for duty in found.values())
    without_a_worker(marlows.family)
    assert all(not duty.owners and duty.is_for(manager.pk, TODAY) for duty in discussion_actions())


def test_an_action_is_done_or_not_done_with_the_reason_and_can_be_opened_again(by, discussion):
    home, doctor = discussion.actions.all()
    mark_discussion_action(by=by, action=home, state=ActionState.DONE, note="It is tidy")
    with pytest.raises(Invalid, match="why it will not be done"):
        mark_discussion_action(by=by, action=doctor, state=ActionState.NOT_DONE, note=" ")
    mark_discussion_action(by=by, action=doctor, state=ActionState.NOT_DONE, note="There is no injury")
    assert list(discussion_actions()) == []
    with pytest.raises(WrongState):
        mark_discussion_action(by=by, action=doctor, state=ActionState.DONE)
    mark_discussion_action(by=by, action=doctor, state=ActionState.TO_DO)
    (duty,) = discussion_actions()
    doctor.refresh_from_db()
    assert duty.id == doctor.pk and (doctor.note, doctor.marked_by) == ("", None)


def test_what_was_marked_stays_with_its_action_when_the_discussion_is_corrected(by, discussion):
    home = discussion.actions.first()
    seen = str(discussion.version)
    mark_discussion_action(by=by, action=home, state=ActionState.DONE, note="It is tidy")
    reasons = {row.child_id: row.reason for row in discussion.children.all()}
    changed = {"by": by, "discussion": discussion, "discussed": discussed(actions=(HOME, DOCTOR)), "reasons": reasons}
    with pytest.raises(Stale):
        change_strategy_discussion(**changed, seen=seen)
    change_strategy_discussion(**changed | {"discussed": discussed(actions=())})
    (left,) = discussion.actions.all()
    assert (left.what, left.state, left.note) == (HOME.what, ActionState.DONE, "It is tidy")


def test_its_page_records_it_and_the_discussion_shows_it(client, marlows, by, discussion):
    client.force_login(marlows.worker)
    duty = min(discussion_actions(), key=lambda one: one.due_on)
    page = client.get(duty.path).content.decode()
    assert "Look at the home" in page and "still to be done" not in page
    assert "Say why it will not be done" in client.post(duty.path, {"state": "not_done"}).content.decode()
    shown = client.post(duty.path, {"state": "done", "note": "It is tidy"}, follow=True).content.decode()
    assert "It is tidy" in shown and "Change what became of it" in " ".join(shown.split())
    assert "still to be done" in client.get(duty.path).content.decode()
    correction = client.get(reverse("conferences:change_discussion", args=[discussion.pk])).content.decode()
    assert "Examine Rosa" in correction and "Look at the home" not in correction


def test_nobody_outside_the_case_marks_an_action(client, marlows, discussion):
    action = DiscussionAction.objects.first()
    with pytest.raises(NotPermitted):
        mark_discussion_action(by=marlows.council.by("other_worker"), action=action, state=ActionState.DONE)
    path = reverse("conferences:mark_discussion_action", args=[action.pk])
    for user in (marlows.council.users.other_worker, marlows.council.professionals.school):
        client.force_login(user)
        response = client.get(path)
        assert response.status_code in (403, 404) and "Look at the home" not in response.content.decode()


def test_an_offer_without_an_answer_is_the_workers_then_the_meeting_itself_and_then_nobodys(marlows, by):
    def offers(answer):
        return [Offer(parent, "Priya Nandra", TODAY, answer) for parent in parents_of(marlows.family)]

    given = {"by": by, "family": marlows.family}
    meeting = record_group_meeting(**given, offers=[*offers("yes")[1:], *offers("none")[:1]])
    (duty,) = group_meetings()
    assert (duty.kind, duty.due_on, duty.owners) == ("answer_group_offer", date(2026, 11, 27), {by.id})
    record_group_meeting(**given, meeting=meeting, offers=offers("yes"))
    (duty,) = group_meetings()
    assert (duty.kind, duty.due_on) == ("hold_group_meeting", date(2026, 12, 18))
    without_a_worker(marlows.family)
    (duty,) = group_meetings()
    assert duty.is_for(marlows.council.users.team_manager.pk, TODAY)
    record_group_meeting(**given, meeting=meeting, offers=offers("no"), why_not="Nobody wants one")
    assert list(group_meetings()) == []
    record_group_meeting(**given, meeting=meeting, offers=offers("yes"), held_on=TODAY, plan="Jean helps")
    assert list(group_meetings()) == []
