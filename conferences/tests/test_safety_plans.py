"""The interim safety plan until the conference: written, agreed, a page for each person, reviewed, ended."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening import deadlines
from conferences.convening.actions import safety_plans as actions
from conferences.convening.actions.safety_plans import InPlan, Step
from conferences.convening.letters.safety_plan_page import safety_plan_page
from conferences.convening.models import SafetyPlan
from conferences.convening.queries.safety_plans import plan_reader
from conferences.tests.builders import an_agreed_conference
from conferences.tests.enquiries import a_plan
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.people.actions.contact import record_address
from families.protections.actions.entries import record_must_not_learn
from families.tests.builders import declare_conflict, the_marlows

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


@pytest.fixture
def manager(marlows):
    return marlows.council.by("team_manager")


@pytest.fixture
def enquiry(marlows):
    return an_agreed_conference(marlows).conference.enquiry


def page_of(plan, person):
    """The words of the page of that person."""
    return flowing_text(safety_plan_page(plan_reader(plan.people.get(person=person)), TODAY))


def steps_of(*people, what="Rings the school every morning.", for_all=True):
    return [Step(InPlan(person.full_name, person), what, TODAY, for_all) for person in people]


def test_a_plan_says_who_does_what_by_when_and_is_reviewed_before_the_conference(marlows, by, enquiry):
    worker = InPlan("Hana Reed, health visitor")
    steps = [*steps_of(marlows.mother), Step(worker, "Visits on Monday.", TOMORROW, True)]
    plan = a_plan(
        by, enquiry, marlows, steps=steps, others=[InPlan(marlows.grandmother.full_name, marlows.grandmother)]
    )
    assert [(step.who.name, step.what, step.due_on) for step in plan.steps.all()] == [
        (marlows.mother.full_name, "Rings the school every morning.", TODAY),
        ("Hana Reed, health visitor", "Visits on Monday.", TOMORROW),
    ]
    assert {row.name for row in plan.people.all()} == {
        marlows.mother.full_name, "Hana Reed, health visitor", marlows.grandmother.full_name
    }  # fmt: skip
    (duty,) = [one for one in deadlines.duties() if one.kind == "review_safety_plan"]
    assert (duty.due_on, duty.owners) == (TODAY, {by.id})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"worries": " "}, "worries"),
        ({"review_on": TODAY - timedelta(days=1)}, "review_on"),
        ({"review_on": date(2026, 12, 8)}, "review_on"),  # the 15 working days end the day before
        ({"steps": []}, "step_1_what"),
        ({"steps": [Step(InPlan("Priya"), "", TODAY, True)]}, "step_1_what"),
        ({"steps": [Step(InPlan(" "), "Visits.", TODAY, True)]}, "step_1_who"),
        ({"steps": [Step(InPlan("Priya"), "Visits.", None, True)]}, "step_1_due_on"),
    ],
)
def test_a_plan_that_is_incomplete_is_refused_and_nothing_is_kept(marlows, by, enquiry, changed, field):
    with pytest.raises(Invalid) as refused:
        a_plan(by, enquiry, marlows, **changed)
    assert refused.value.field == field
    assert not SafetyPlan.objects.exists()


def test_each_persons_page_has_their_own_steps_and_those_for_all(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    mothers, fathers = page_of(plan, marlows.mother), page_of(plan, marlows.rosas_father)
    assert "Takes the children to their grandmother." in mothers and "Stays away from the home." not in mothers
    assert "Stays away from the home." in fathers and "Takes the children to their grandmother." in fathers


def test_a_plan_about_one_child_keeps_that_child_safe(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    assert "The plan keeps the children safe" in page_of(plan, marlows.mother)
    with setting_up():
        enquiry.children.exclude(child=marlows.rosa).delete()
    assert "The plan keeps the child safe" in page_of(plan, marlows.mother)


def test_a_worker_who_is_in_the_plan_is_not_told_to_ring_themselves(marlows, by, enquiry):
    worker = marlows.worker
    steps = [*steps_of(marlows.mother), Step(InPlan(f"{worker}, social worker"), "Visits on Monday.", TOMORROW, True)]
    plan = a_plan(by, enquiry, marlows, steps=steps)
    assert f"Tell {worker}" in page_of(plan, marlows.mother)
    own = flowing_text(safety_plan_page(plan_reader(plan.people.get(person=None)), TODAY))
    assert f"Tell {worker}" not in own and f"Tell {marlows.council.users.team_manager}" in own


def test_two_people_who_must_not_meet_never_read_each_others_steps(marlows, by, enquiry):
    steps = [
        *steps_of(marlows.rosas_father, what="Fetches Rosa at three."),
        *steps_of(marlows.theos_father, what="Works at night."), *steps_of(marlows.mother),
    ]  # fmt: skip
    plan = a_plan(by, enquiry, marlows, steps=steps)
    dans, lewiss = page_of(plan, marlows.rosas_father), page_of(plan, marlows.theos_father)
    assert "Fetches Rosa at three." in dans and "Works at night." not in dans and "Lewis" not in dans
    assert "Works at night." in lewiss and "Fetches Rosa" not in lewiss and "Dan" not in lewiss
    assert "Fetches Rosa at three." in page_of(plan, marlows.mother)


def test_who_must_not_learn_where_somebody_is_reads_none_of_their_steps(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    assert "Takes the children to their grandmother." in page_of(plan, marlows.rosas_father)
    record_must_not_learn(
        by=by, family=marlows.family, reader=marlows.rosas_father, about=marlows.mother, what="whereabouts",
        source="judgement", reason="She is afraid of him.",
    )  # fmt: skip
    assert "Takes the children to their grandmother." not in page_of(plan, marlows.rosas_father)


def test_a_step_for_one_person_is_read_only_by_who_may_read_confidential_information(client, marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    for who, reads in (("social_worker", True), ("service_manager", False)):
        client.force_login(getattr(marlows.council.users, who))
        text = client.get(reverse("conferences:safety_plan", args=[plan.pk])).content.decode()
        assert "Takes the children to their grandmother." in text
        assert ("Stays away from the home." in text) == reads, who


def test_a_page_that_tells_a_protected_address_is_not_printed(marlows, by, enquiry):
    steps = [
        *steps_of(marlows.theos_father, what="Stays away from Flat 3, 9 Quarry Street, ZZ9 4QP."),
        *steps_of(marlows.mother),
    ]
    plan = a_plan(by, enquiry, marlows, steps=steps)
    with pytest.raises(Invalid, match="must not learn what is in this document"):
        actions.print_page(by=by, row=plan.people.get(person=marlows.theos_father))
    assert not Document.objects.exists() and not Outgoing.objects.exists()


def test_a_printed_page_is_kept_and_handed_over_and_the_next_one_replaces_it(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    row = plan.people.get(person=marlows.mother)
    first = actions.print_page(by=by, row=row)
    assert first.sha256 and (first.recipient_id, first.state) == (marlows.mother.pk, "released")
    assert Outgoing.objects.get().channel == "hand"
    second = actions.print_page(by=by, row=row)
    first.refresh_from_db()
    assert (first.state, second.version) == ("superseded", 2)
    assert [one.state for one in Outgoing.objects.order_by("pk")] == ["withdrawn", "queued"]


def test_a_page_that_waits_is_held_once_the_plan_or_what_is_protected_changes(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows, steps=steps_of(marlows.mother, what="Goes to 7 Harbour Row, ZZ3 3CC."))
    actions.print_page(by=by, row=plan.people.get(person=marlows.mother))
    waiting = Outgoing.objects.get()
    assert not why_held(waiting)
    record_address(
        by=by, family=marlows.family, person=marlows.grandmother, lines="7 Harbour Row", postcode="ZZ3 3CC",
        is_protected=True,
    )  # fmt: skip
    assert "must not go out" in why_held(waiting)


def test_a_page_that_waits_is_held_once_the_plan_is_written_again(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    actions.print_page(by=by, row=plan.people.get(person=marlows.mother))
    a_plan(by, enquiry, marlows, worries="Rosa was hurt twice.")
    assert "must not go out" in why_held(Outgoing.objects.get())


def test_who_agreed_and_signed_is_recorded_and_asked_again_when_the_plan_changes(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    mother, father = plan.people.get(person=marlows.mother), plan.people.get(person=marlows.rosas_father)
    with pytest.raises(Invalid) as refused:
        actions.record_agreement(by=by, plan=plan, answers={mother.pk: ("signed", None)})
    assert refused.value.field == f"agreed_on_{mother.pk}"
    actions.record_agreement(by=by, plan=plan, answers={mother.pk: ("signed", TODAY), father.pk: ("refused", TODAY)})
    assert [row.agreed for row in plan.people.all()] == ["signed", "refused"]
    with pytest.raises(Stale):
        a_plan(by, enquiry, marlows, seen="7")
    again = a_plan(by, enquiry, marlows, steps=steps_of(marlows.mother), seen=str(plan.version))
    assert again.pk == plan.pk
    assert [(row.pk, row.agreed) for row in again.people.all()] == [(mother.pk, "not_asked")]


def test_a_review_says_what_was_found_and_sets_the_next(marlows, by, enquiry):
    plan = a_plan(by, enquiry, marlows)
    given = {"held_on": TODAY, "found": "It works", "next_review_on": TOMORROW}
    for changed, field in (
        ({"found": " "}, "found"), ({"held_on": TOMORROW}, "held_on"),
        ({"next_review_on": TODAY - timedelta(days=1)}, "next_review_on"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            actions.review_safety_plan(by=by, plan=plan, **given | changed)
        assert refused.value.field == field
    actions.review_safety_plan(by=by, plan=plan, **given)
    plan.refresh_from_db()
    assert (plan.review_on, plan.reviews.get().found) == (TOMORROW, "It works")


def test_only_the_manager_ends_it_before_the_conference_and_with_a_reason(marlows, by, manager, enquiry):
    plan = a_plan(by, enquiry, marlows)
    actions.print_page(by=by, row=plan.people.get(person=marlows.mother))
    for name in ("social_worker", "other_manager", "service_manager", "chair"):
        with pytest.raises(NotPermitted):
            actions.end_safety_plan(by=marlows.council.by(name), plan=plan, reason="Over")
    with pytest.raises(Invalid):
        actions.end_safety_plan(by=manager, plan=plan, reason=" ")
    actions.end_safety_plan(by=manager, plan=plan, reason="They are with their aunt")
    plan.refresh_from_db()
    assert plan.ended_at and (plan.ended_by_id, plan.end_reason) == (manager.id, "They are with their aunt")
    assert Outgoing.objects.get().state == "withdrawn"
    with pytest.raises(WrongState, match="Write another plan"):
        actions.review_safety_plan(by=by, plan=plan, held_on=TODAY, found="It works", next_review_on=TOMORROW)
    assert a_plan(by, enquiry, marlows).pk != plan.pk


def test_the_plan_is_written_agreed_and_printed_in_the_pages(client, marlows, enquiry):
    client.force_login(marlows.worker)
    write = reverse("conferences:write_safety_plan", args=[enquiry.pk])
    typed = {
        "worries": "Somebody hurt Rosa.", "review_on": "2026-11-27", "step_1_what": "Rings the school.",
        "step_1_who": "other", "step_1_due_on": "2026-11-21", "step_1_for_all": "yes",
    }  # fmt: skip
    response = client.post(write, typed)
    assert "Enter the name and role of the professional who does step 1" in response.content.decode()
    assert "Rings the school." in response.content.decode()
    response = client.post(write, typed | {"step_1_who": str(marlows.mother.pk)}, follow=True)
    page = response.content.decode()
    plan = SafetyPlan.objects.get()
    assert "Rings the school." in page and "not asked yet" in page and "End the plan" not in page
    row = plan.people.get()
    url = reverse("conferences:safety_plan_page", args=[row.pk])
    assert client.get(url)["Content-Type"] == "application/pdf" and not Document.objects.exists()
    assert client.post(url)["Content-Type"] == "application/pdf" and Document.objects.count() == 1
    agree = reverse("conferences:safety_plan_agreement", args=[plan.pk])
    assert "Enter the day on which" in client.post(agree, {f"agreed_{row.pk}": "said"}).content.decode()
    typed = {f"agreed_{row.pk}": "said", f"agreed_on_{row.pk}": f"{TODAY:%Y-%m-%d}"}
    assert "agreed, and did not sign" in client.post(agree, typed, follow=True).content.decode()
    assert "In force" in client.get(reverse("conferences:enquiry", args=[enquiry.pk])).content.decode()
    client.force_login(marlows.council.users.team_manager)
    end = reverse("conferences:end_safety_plan", args=[plan.pk])
    assert "They moved" in client.post(end, {"reason": "They moved"}, follow=True).content.decode()


def test_a_page_that_is_stopped_says_why_on_the_plans_page(client, marlows, by, enquiry):
    steps = [
        *steps_of(marlows.theos_father, what="Stays away from Flat 3, 9 Quarry Street."),
        *steps_of(marlows.mother),
    ]
    plan = a_plan(by, enquiry, marlows, steps=steps)
    client.force_login(marlows.worker)
    row = plan.people.get(person=marlows.theos_father)
    page = client.post(reverse("conferences:safety_plan_page", args=[row.pk]), follow=True).content.decode()
    assert "must not learn what is in this document" in page
    declare_conflict(marlows.worker, marlows.family)
    assert client.get(reverse("conferences:safety_plan", args=[plan.pk])).status_code == 404


def to_write():
    return [(duty.owners, duty.due_on) for duty in deadlines.duties() if duty.kind == "write_safety_plan"]


def test_a_plan_is_to_be_written_the_day_after_the_outcome_until_there_is_one(marlows, by, enquiry):
    assert to_write() == [({marlows.council.users.social_worker.pk}, TODAY + timedelta(days=3))]  # a Friday
    a_plan(by, enquiry, marlows)
    assert to_write() == []


def test_a_reason_why_there_is_no_plan_ends_the_duty_and_is_shown(client, marlows, by, enquiry):
    with pytest.raises(Invalid, match="how the children are safe"):
        actions.explain_no_safety_plan(by=by, enquiry=enquiry, reason=" ")
    with pytest.raises(NotPermitted):
        actions.explain_no_safety_plan(by=marlows.council.by("administrator"), enquiry=enquiry, reason="No")
    client.force_login(marlows.council.users.social_worker)
    url = reverse("conferences:no_safety_plan", args=[enquiry.pk])
    assert client.post(url, {"reason": "All three are in hospital"}).status_code == 302
    assert to_write() == []
    shown = client.get(reverse("conferences:enquiry", args=[enquiry.pk])).content.decode()
    assert "There is none, because" in shown and "All three are in hospital" in shown


def test_no_reason_is_given_while_a_plan_is_in_force(marlows, by, enquiry):
    a_plan(by, enquiry, marlows)
    with pytest.raises(Invalid, match="There is an interim safety plan"):
        actions.explain_no_safety_plan(by=by, enquiry=enquiry, reason="Not needed")


def test_no_plan_is_to_be_written_where_the_enquiry_found_that_no_conference_is_needed(enquiry):
    with setting_up():
        enquiry.children.update(outcome="support")
    assert to_write() == []
