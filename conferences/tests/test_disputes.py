"""A disputed refusal goes through every stage that the settings name, and never closes itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening import deadlines
from conferences.convening.actions.chairs import save_post
from conferences.convening.actions.disputes import (
    answer_dispute,
    close_dispute,
    dispute_decision,
    take_dispute_further,
)
from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference, PostHeld
from conferences.convening.queries.disputes import people_of_stages
from conferences.tests.test_request import a_declined_request
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.core.policy import rulebook
from cpc.core.policy.actions import set_local_limit
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def school(marlows):
    return marlows.council.by("school")


@pytest.fixture
def dispute(marlows, school):
    return dispute_decision(by=school, conference=a_declined_request(marlows), reason="It goes on")


def answered(marlows, dispute, answer="Not needed"):
    by = marlows.council.by("service_manager")
    return answer_dispute(by=by, dispute=dispute, answered_by="Ann Ellis", answer=answer)


def kinds():
    return {
        duty.kind: (duty.owners, duty.due_on)
        for duty in deadlines.duties()
        if duty.kind in ("answer_dispute", "reply_to_answer")
    }


def test_every_stage_is_answered_in_order_and_the_decision_is_valid_meanwhile(marlows, school, dispute):
    people = people_of_stages()
    assert len(people) == 5 and people[-1] == "the director of children’s services"
    for number, who in enumerate(people, start=1):
        stage = dispute.stages.get(number=number)
        assert stage.people == who and stage.answer == ""
        with pytest.raises(WrongState):
            take_dispute_further(by=school, dispute=dispute)
        answered(marlows, dispute, f"Answer {number}")
        dispute.conference.refresh_from_db()
        assert dispute.conference.state == ConferenceState.DECLINED and dispute.closed_at is None
        if number < 5:
            with pytest.raises(WrongState, match="next stage"):
                close_dispute(by=school, dispute=dispute, accepted=False, note="Still unsafe")
            take_dispute_further(by=school, dispute=dispute)
    with pytest.raises(WrongState, match="last stage"):
        take_dispute_further(by=school, dispute=dispute)
    with pytest.raises(Invalid, match="still disagree"):
        close_dispute(by=school, dispute=dispute, accepted=False)
    close_dispute(by=school, dispute=dispute, accepted=False, note="Still unsafe")
    dispute.refresh_from_db()
    assert (dispute.accepted, dispute.closed_note, dispute.closed_by_id) == (False, "Still unsafe", school.id)
    assert Outgoing.objects.filter(purpose="dispute_answered").count() == 5


def test_who_answers_and_in_how_many_days_are_settings(marlows, school, tmp_path, monkeypatch):
    own = tmp_path / "own.toml"
    own.write_text("""
        [preset]
        name = "own"
        label = "Own"
        source = "A test"
        [settings]
        disagreement_people = "the managers; the safeguarding partners"
        disagreement_roles = "manager; director"
        """)
    rules = rulebook.read_authority(own, rulebook.national(), rulebook.shipped_calendar())
    monkeypatch.setattr(rulebook, "rulebook", lambda preset: rules)
    set_local_limit(
        by=marlows.council.by("system_administrator"), key="disagreement_stage_2", amount=7, unit="working days",
        from_on=TODAY, on=TODAY, reason="Agreed by the partnership",
    )  # fmt: skip
    dispute = dispute_decision(by=school, conference=a_declined_request(marlows), reason="It goes on")
    answered(marlows, dispute)
    take_dispute_further(by=school, dispute=dispute)
    stages = dispute.stages.order_by("number")
    assert [(one.people, one.role) for one in stages] == [
        ("the managers", "manager"), ("the safeguarding partners", "director"),
    ]  # fmt: skip
    assert stages[1].due_on == date(2026, 12, 1)
    answered(marlows, dispute)
    with pytest.raises(WrongState, match="last stage"):
        take_dispute_further(by=school, dispute=dispute)


def test_each_stage_has_its_own_days_and_after_the_answer_it_is_for_the_person_who_disagreed(marlows, school, dispute):
    service, worker = marlows.council.users.service_manager.pk, marlows.council.users.social_worker.pk
    assert kinds() == {"answer_dispute": ({worker}, date(2026, 11, 23))}
    answered(marlows, dispute)
    assert kinds()["reply_to_answer"][0] == {school.id} and "answer_dispute" not in kinds()
    assert "Marlow" not in next(duty for duty in deadlines.duties() if duty.kind == "reply_to_answer").says
    take_dispute_further(by=school, dispute=dispute)
    assert kinds() == {"answer_dispute": ({service}, date(2026, 11, 24))}


def test_a_service_manager_records_what_the_person_who_disagreed_said_and_nobody_else_replies(marlows, school, dispute):
    answered(marlows, dispute)
    service = marlows.council.by("service_manager")
    for by in (marlows.council.by("team_manager"), marlows.council.by("social_worker"), marlows.council.by("gp")):
        with pytest.raises(NotPermitted):
            close_dispute(by=by, dispute=dispute, accepted=True)
    with setting_up():
        dispute.raised_by.is_active = False
        dispute.raised_by.save()
    assert kinds()["reply_to_answer"][0] == {service.id}
    close_dispute(by=service, dispute=dispute, accepted=True)
    assert dispute.closed_by_id == service.id and kinds() == {}


def test_each_stage_is_answered_by_the_person_it_names_and_by_nobody_of_another_stage(marlows, school, dispute):
    worker, manager = marlows.council.by("social_worker"), marlows.council.by("team_manager")
    with setting_up():  # another manager declined it, so that the team's own may answer
        Conference.objects.filter(pk=dispute.conference_id).update(declined_by=marlows.council.users.other_manager)
    dispute.conference.refresh_from_db()
    with pytest.raises(NotPermitted):
        answer_dispute(by=manager, dispute=dispute, answered_by="Me", answer="No")
    with pytest.raises(NotPermitted):
        answer_dispute(by=marlows.council.by("other_worker"), dispute=dispute, answered_by="Me", answer="No")
    with pytest.raises(Invalid, match="Only a manager can decide"):
        answer_dispute(by=worker, dispute=dispute, answered_by="Me", answer="Yes", upheld=True)
    with setting_up():
        RoleHeld.objects.create(user=marlows.council.users.social_worker, role=Role.TEAM_MANAGER)  # of no team
    both = marlows.council.by("social_worker")
    with pytest.raises(Invalid, match="Only a manager can decide"):
        answer_dispute(by=both, dispute=dispute, answered_by="Me", answer="Yes", upheld=True)
    answer_dispute(by=worker, dispute=dispute, answered_by="Sam", answer="We spoke on the phone")
    take_dispute_further(by=school, dispute=dispute)
    assert kinds()["answer_dispute"][0] == {manager.id}
    with pytest.raises(NotPermitted):
        answer_dispute(by=worker, dispute=dispute, answered_by="Sam", answer="No")
    answer_dispute(by=manager, dispute=dispute, answered_by="Priya", answer="Yes", upheld=True)
    dispute.refresh_from_db()
    assert dispute.upheld


def test_the_person_who_took_the_decision_is_not_recorded_as_the_one_who_answers(marlows, dispute):
    decided = dispute.conference.declined_by.get_full_name()
    with pytest.raises(Invalid, match="took the decision"):
        answer_dispute(
            by=marlows.council.by("service_manager"), dispute=dispute, answered_by=f"{decided.upper()}, manager",
            answer="No",
        )  # fmt: skip


def test_the_only_service_manager_who_took_the_decision_has_another_one_named(marlows, dispute, client):
    users = marlows.council.users
    with setting_up():
        Conference.objects.filter(pk=dispute.conference_id).update(declined_by=users.service_manager)
        RoleHeld.objects.filter(user=users.service_manager).exclude(role=Role.SERVICE_MANAGER).delete()
        type(marlows.family).objects.filter(pk=marlows.family.pk).update(social_worker=users.service_manager)
    (duty,) = [one for one in deadlines.duties() if one.kind == "answer_dispute"]
    assert duty.owners == {users.service_manager.pk} and duty.says.startswith("Have another service manager named")
    client.force_login(users.service_manager)
    answer = {"answered_by": "Ann Ellis", "answer": "Not needed"}
    refused = client.post(reverse("conferences:answer_dispute", args=[dispute.pk]), answer)
    assert refused.status_code == 403 and not dispute.stages.filter(answered_at__isnull=False).exists()
    with setting_up():
        another = a_user(Role.SERVICE_MANAGER)
    (duty,) = [one for one in deadlines.duties() if one.kind == "answer_dispute"]
    assert duty.owners == {another.pk}


def test_the_worker_who_disagrees_does_not_answer_their_own_stage(marlows):
    worker = marlows.council.by("social_worker")
    own = dispute_decision(by=worker, conference=a_declined_request(marlows), reason="It goes on")
    assert kinds()["answer_dispute"][0] == {marlows.council.users.service_manager.pk}
    with pytest.raises(NotPermitted):
        answer_dispute(by=worker, dispute=own, answered_by="Me", answer="No")


def test_the_answer_to_another_dispute_does_not_let_a_worker_close_one(marlows, school, dispute):
    answered(marlows, dispute)
    dispute_decision(by=marlows.council.by("midwifery"), conference=dispute.conference, reason="I am worried")
    with pytest.raises(NotPermitted):
        close_dispute(by=marlows.council.by("social_worker"), dispute=dispute, accepted=True)


def test_a_stage_of_the_heads_or_the_director_is_on_the_list_of_who_holds_the_post_on_that_day(
    marlows, dispute, client
):
    with setting_up():
        head = a_user(Role.SERVICE_MANAGER, team=marlows.council.service, first_name="Ola", last_name="Berg")
        dispute.stages.update(role="head")
    everyone = {marlows.council.users.service_manager.pk, head.pk}
    assert everyone <= kinds()["answer_dispute"][0]
    by = marlows.council.by("administrator")
    post = save_post(by=by, post=PostHeld(), user=head, kind="head", from_on=TODAY)
    assert kinds()["answer_dispute"][0] == {head.pk}
    client.force_login(head)
    page = client.get(reverse("conferences:answer_dispute", args=[dispute.pk])).content.decode()
    assert "Ola Berg, head of service" in page
    post.until_on = TODAY - timedelta(days=1)
    post.from_on = post.until_on
    save_post(by=by, post=post, user=head, kind="head", from_on=post.from_on, until_on=post.until_on)
    assert everyone <= kinds()["answer_dispute"][0]
    with pytest.raises(Invalid, match="is not a conference service manager"):
        save_post(by=by, post=PostHeld(), user=marlows.council.users.chair, kind="director", from_on=TODAY)
