"""A plan that ends without a conference: a death, the eighteenth birthday, a move, leaving the country."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.choices import ConferenceKind, ConferenceState, Outcome
from conferences.convening.deadlines import duties as convening_duties
from conferences.convening.models import Conference, Invitation
from conferences.plans.actions.ending import end_without_conference
from conferences.plans.actions.undoing import undo_ending
from conferences.plans.choices import PLAN_ENDED, PLAN_GOES_ON, EndReason, PlanState
from conferences.plans.deadlines import duties
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, PlanEnding, ProtectionPlan
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close, write_outline
from conferences.tests.builders import leaks
from conferences.tests.meeting import a_booked_sitting, all_told, at, decide
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents import actions as documents
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.actions.contact import record_contact
from families.people.choices import SafeContact

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)
DIED_ON = TODAY + timedelta(days=12)
MOVE = {
    "authority": "Farshire Council", "conference_on": TODAY + timedelta(days=20), "conference_proof": "Their record",
    "accepted_on": TODAY + timedelta(days=22), "accepted_proof": "Their letter of that day",
}  # fmt: skip
WORDS = {"known_how": "The worker told me", "consulted": "School and health visiting agree"}


def end(sitting, child, reason, by="team_manager", **more):
    """End the plan of the child as the manager, a month after the conference."""
    plan = ProtectionPlan.objects.get(child=child)
    return end_without_conference(by=sitting.council.by(by, LATER), plan=plan, reason=reason, **WORDS | more)


def change(person, **values):
    """Change what is recorded of the person."""
    with setting_up():
        for name, value in values.items():
            setattr(person, name, value)
        person.save()


def test_a_death_ends_the_plan_on_its_day_and_the_sisters_plan_and_review_go_on():
    sitting = a_closed_sitting()
    change(sitting.marlows.theo, died_on=DIED_ON)
    plan = end(sitting, sitting.marlows.theo, EndReason.DIED, consulted="")
    plan.refresh_from_db()
    assert (plan.state, plan.ended_on, plan.end_reason) == (PlanState.ENDED, DIED_ON, EndReason.DIED)
    assert plan.ended_by_conference is None
    assert PlanEnding.objects.get().ended_by == sitting.council.users.team_manager
    assert ProtectionPlan.objects.filter(state=PlanState.OPEN).count() == 2
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    assert review.state == ConferenceState.AGREED
    assert set(review.children.filter(included=True).values_list("child", flat=True)) == {
        sitting.marlows.rosa.pk, sitting.marlows.unborn.pk,
    }  # fmt: skip
    assert CoreGroupMeeting.objects.get().state == "planned"


def test_a_death_on_the_first_day_or_before_it_ends_the_plan_on_that_first_day():
    sitting = a_closed_sitting()
    change(sitting.marlows.theo, died_on=TODAY - timedelta(days=2))
    end(sitting, sitting.marlows.theo, EndReason.DIED)
    assert ProtectionPlan.objects.get(child=sitting.marlows.theo).ended_on == TODAY


def test_the_eighteenth_birthday_ends_the_plan_on_its_day_and_not_before():
    sitting = a_closed_sitting()
    change(sitting.marlows.rosa, born_on=date(2008, 12, 1))
    end(sitting, sitting.marlows.rosa, EndReason.EIGHTEEN)
    assert ProtectionPlan.objects.get(child=sitting.marlows.rosa).ended_on == date(2026, 12, 1)
    with pytest.raises(Invalid, match="did not reach 18"):
        end(sitting, sitting.marlows.theo, EndReason.EIGHTEEN)


def test_a_move_ends_the_plan_on_the_later_of_the_conference_and_the_acceptance_with_the_proof_of_each():
    sitting = a_closed_sitting()
    end(sitting, sitting.marlows.rosa, EndReason.MOVED, **MOVE)
    assert ProtectionPlan.objects.get(child=sitting.marlows.rosa).ended_on == MOVE["accepted_on"]
    found = PlanEnding.objects.get()
    assert (found.authority, found.conference_proof) == ("Farshire Council", "Their record")
    assert found.accepted_proof == "Their letter of that day"


@pytest.mark.parametrize("missing", list(MOVE))
def test_a_move_without_one_of_its_proofs_ends_nothing(missing):
    sitting = a_closed_sitting()
    with pytest.raises(Invalid) as refused:
        end(sitting, sitting.marlows.rosa, EndReason.MOVED, **MOVE | {missing: None})
    assert refused.value.field == missing
    assert not ProtectionPlan.objects.filter(state=PlanState.ENDED).exists()
    assert not Outgoing.objects.filter(purpose=PLAN_ENDED).exists()


@pytest.mark.parametrize(
    ("reason", "given", "sentence"),
    [
        (EndReason.SAFE, {}, "Only a review conference can decide that a child is safe"),
        (EndReason.DIED, {}, "Record Rosa Marlow’s death"),
        (EndReason.LEFT_UK, {}, "Enter the day on which the child left"),
        (EndReason.LEFT_UK, {"left_on": LATER + timedelta(days=1)}, "today or in the past"),
        (EndReason.LEFT_UK, {"left_on": TODAY}, "at least a day after the start"),
        (EndReason.LEFT_UK, {"left_on": LATER, "known_how": " "}, "Say how you know"),
        (EndReason.LEFT_UK, {"left_on": LATER, "consulted": ""}, "Say which agencies you consulted"),
        (EndReason.MOVED, MOVE | {"accepted_on": LATER + timedelta(days=1)}, "the plan goes on until then"),
        (EndReason.MOVED, MOVE | {"conference_on": TODAY}, "so the other authority’s conference was after that"),
    ],
)
def test_what_is_missing_or_impossible_is_said_and_nothing_ends(reason, given, sentence):
    sitting = a_closed_sitting()
    with pytest.raises(Invalid, match=sentence):
        end(sitting, sitting.marlows.rosa, reason, **given)
    assert ProtectionPlan.objects.filter(state=PlanState.OPEN).count() == 3


def test_a_child_who_died_before_that_day_did_not_leave_the_country():
    sitting = a_closed_sitting()
    change(sitting.marlows.rosa, died_on=DIED_ON)
    with pytest.raises(Invalid, match="died on Wednesday 2 December 2026, before that day"):
        end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, left_on=LATER)


@pytest.mark.parametrize("who", ["social_worker", "chair", "administrator", "other_manager"])
def test_only_the_manager_of_the_family_or_the_service_manager_ends_a_plan(who):
    sitting = a_closed_sitting()
    with pytest.raises(NotPermitted):
        end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, by=who, left_on=LATER)
    end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, by="service_manager", left_on=LATER)
    with pytest.raises(WrongState):
        end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, left_on=LATER)


def test_the_end_of_the_last_plan_ends_the_core_group_the_review_and_the_professionals_access():
    sitting = a_closed_sitting()
    for child in sitting.marlows.children:
        end(sitting, child, EndReason.LEFT_UK, left_on=LATER)
    assert not CoreGroupMember.objects.filter(to_on__isnull=True).exists()
    assert CoreGroupMeeting.objects.get().state == "cancelled"
    assert Conference.objects.get(kind=ConferenceKind.REVIEW).state == ConferenceState.CANCELLED
    theirs = Invitation.objects.filter(conference=sitting.conference, user__isnull=False)
    assert not theirs.filter(ends_on__isnull=True).exists()


def test_the_end_of_the_last_plan_cancels_a_booked_review_and_tells_everybody_who_was_invited():
    sitting = a_closed_sitting()
    review = a_booked_sitting(
        TODAY + timedelta(days=40), kind=ConferenceKind.REVIEW, marlows=sitting.marlows, children=tuple(sitting.rows)
    )
    all_told(review)
    for child in sitting.marlows.children:
        end(sitting, child, EndReason.LEFT_UK, left_on=LATER)
    review.conference.refresh_from_db()
    assert review.conference.state == ConferenceState.CANCELLED
    told = Outgoing.objects.filter(about_id=review.conference.pk, purpose="cancelled")
    assert {one.recipient_id for one in told.filter(recipient_kind="person")} == {
        review.invitations[name].person_id for name in ("mother", "rosas_father", "theos_father")
    }  # fmt: skip
    left_out = Outgoing.objects.filter(about_id=review.conference.pk, purpose="withdrawn")
    users = [one.recipient_id for one in (*told, *left_out) if one.recipient_kind == "user"]
    assert len(users) == len(set(users)) == 6, "each once: as a child was left out, or as it was cancelled"


def test_who_was_invited_to_a_review_for_that_child_alone_is_not_invited_any_more_and_is_told():
    sitting = a_closed_sitting()
    review = a_booked_sitting(
        TODAY + timedelta(days=40), kind=ConferenceKind.REVIEW, marlows=sitting.marlows, children=tuple(sitting.rows)
    )
    all_told(review)
    end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, left_on=LATER)
    withdrawn = Invitation.objects.filter(conference=review.conference, withdrawn_at__isnull=False)
    assert {one.pk for one in withdrawn} == {review.invitations["school"].pk}
    [told] = Outgoing.objects.filter(about_id=review.conference.pk, purpose="withdrawn")
    assert told.recipient_id == review.invitations["school"].user_id and not leaks(told.subject + told.body)


def test_agencies_hear_of_a_death_without_its_name_or_that_it_was_one_and_the_family_gets_no_letter():
    sitting = a_closed_sitting()
    change(sitting.marlows.theo, died_on=DIED_ON)
    end(sitting, sitting.marlows.theo, EndReason.DIED)
    told = Outgoing.objects.filter(purpose=PLAN_ENDED)
    people = sitting.council.professionals
    users = sitting.council.users
    # who was invited for Theo; the school and the midwife know only the others
    assert {one.recipient_id for one in told} == {
        users.social_worker.pk, people.gp.pk, people.health_visiting.pk, people.police.pk,
    }  # fmt: skip
    for one in told:
        assert one.channel == "email"
        assert not leaks(one.subject + one.body)
        assert not {"died", "death", "dead"} & set(one.body.lower().split())
    assert not Document.objects.filter(kind="plan_ended_family").exists()


def test_the_family_hears_by_letter_and_never_where_the_child_moved():
    sitting = a_closed_sitting()
    end(sitting, sitting.marlows.rosa, EndReason.MOVED, **MOVE)
    letters = Document.objects.filter(kind="plan_ended_family")
    assert {one.recipient_id for one in letters} == {sitting.marlows.mother.pk, sitting.marlows.rosas_father.pk}
    for one in letters:
        assert "Farshire" not in str(one.values)
        assert one.values["why"] == ""  # something is withheld from each of them: that she moved is not said
    waiting = Outgoing.objects.filter(purpose=PLAN_ENDED, document__isnull=False)
    assert {one.channel for one in waiting} == {"print", "hand"}
    assert {why_held(one) for one in waiting if one.channel == "print"} == {""}


def test_why_is_said_on_the_eighteenth_birthday():
    sitting = a_closed_sitting()
    change(sitting.marlows.rosa, born_on=date(2008, 12, 1))
    end(sitting, sitting.marlows.rosa, EndReason.EIGHTEEN)
    assert {one.values["why"] for one in Document.objects.filter(kind="plan_ended_family")} == {"eighteen"}


def test_a_letter_that_waits_is_stopped_by_a_death_or_by_another_address():
    sitting = a_closed_sitting()
    end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, left_on=LATER)
    waiting = Outgoing.objects.get(purpose=PLAN_ENDED, recipient_kind="person", channel="print")
    assert why_held(waiting) == ""
    change(sitting.marlows.rosa, died_on=LATER)
    assert "The child has died" in why_held(waiting)
    change(sitting.marlows.rosa, died_on=None, first_name="Rose")
    assert "What this letter says has changed" in why_held(waiting)
    record_contact(
        by=sitting.council.by("social_worker"), family=sitting.marlows.family, person=sitting.marlows.mother,
        safe_contact=SafeContact.HAND, hand_by=sitting.council.users.social_worker,
    )  # fmt: skip
    assert "has changed" in why_held(waiting)
    administrator = sitting.council.by("administrator")
    documents.hold_blocked_letters(administrator, letters=[waiting])
    [held] = [one for one in convening_duties() if one.kind == "held_back"]
    assert (held.owners, held.family_id) == ({administrator.id}, sitting.marlows.family.pk)
    assert held.path == reverse("documents:outgoing", args=[waiting.pk])


def test_an_invited_professional_reads_what_ended_of_the_children_they_know_and_of_no_other(client):
    sitting = a_closed_sitting()
    end(sitting, sitting.marlows.rosa, EndReason.LEFT_UK, left_on=LATER)
    for who, reads in (("school", True), ("health_visiting", False)):
        client.force_login(getattr(sitting.council.professionals, who))
        page = client.get(reverse("conferences:invitation", args=[sitting.invitations[who].pk])).content.decode()
        assert ("child protection plan ended on" in page) is reads


def test_the_manager_has_a_duty_from_a_death_and_before_an_eighteenth_birthday():
    sitting = a_closed_sitting()
    change(sitting.marlows.theo, died_on=DIED_ON)
    soon = sitting.marlows.rosa
    change(soon, born_on=date(2008, 12, 1))
    found = {each.id: each for each in duties() if each.kind == "end_plan"}
    theo, rosa = (ProtectionPlan.objects.get(child=child) for child in (sitting.marlows.theo, soon))
    assert set(found) == {theo.pk, rosa.pk}
    assert (found[theo.pk].due_on, found[rosa.pk].due_on) == (DIED_ON, date(2026, 12, 1))
    assert found[theo.pk].owners == {sitting.council.users.team_manager.pk}
    end(sitting, sitting.marlows.theo, EndReason.DIED)
    assert [each.id for each in duties() if each.kind == "end_plan"] == [rosa.pk]


def test_the_manager_ends_a_plan_on_its_page_which_says_who_is_told(client):
    sitting = a_closed_sitting()
    change(sitting.marlows.theo, died_on=TODAY)
    plan = ProtectionPlan.objects.get(child=sitting.marlows.theo)
    client.force_login(sitting.council.users.team_manager)
    family = client.get(reverse("plans:family", args=[sitting.marlows.family.pk])).content.decode()
    there = reverse("plans:end", args=[plan.pk])
    assert there in family
    client.force_login(sitting.council.users.social_worker)
    assert there not in client.get(reverse("plans:family", args=[sitting.marlows.family.pk])).content.decode()
    assert client.get(there).status_code == 403
    client.force_login(sitting.council.users.team_manager)
    page = client.get(there).content.decode()
    assert "Theo Marlow has died." in page
    assert f"{sitting.invitations['gp'].name} (GP), by email" in page
    assert "The family gets no letter about a death" in " ".join(page.split())
    page = client.post(there, {"reason": "moved", "known_how": "The worker"}).content.decode()
    assert "Enter the name of the authority that has taken over" in page
    assert client.post(there, {"reason": "died", "known_how": "The hospital told us"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.ended_on) == (PlanState.ENDED, TODAY)
    back = client.get(there, follow=True)  # there is nothing to end any more
    assert back.redirect_chain and "so it cannot be ended" in back.content.decode()


def test_a_review_ends_the_plan_of_a_child_who_died_on_that_day_and_cannot_continue_it():
    review = a_review_sitting()
    change(review.marlows.rosa, died_on=TODAY - timedelta(days=1))
    decide(review)
    write_outline(review)
    with pytest.raises(Invalid, match="Rosa Marlow died on Thursday 19 November 2026, so the plan cannot continue"):
        close(review, core_group_at=None)
    decide(review, ["rosa"], Outcome.NO_PLAN)
    close(review, core_group_at=None, end_reasons={})
    plan = ProtectionPlan.objects.get(child=review.marlows.rosa)
    assert (plan.ended_on, plan.end_reason) == (TODAY - timedelta(days=1), EndReason.DIED)
    assert ProtectionPlan.objects.filter(state=PlanState.OPEN).count() == 2


def test_a_review_cannot_say_that_a_family_moved_because_it_asks_for_no_proof():
    review = a_review_sitting()
    decide(review, outcome=Outcome.NO_PLAN)
    with pytest.raises(Invalid, match="the team manager ends the plan, on its page, with the proof"):
        close(review, end_reasons={row.child_id: EndReason.MOVED for row in review.children})


LEFT = {"reason": EndReason.LEFT_UK, "left_on": TODAY + timedelta(days=20)}


def undo(sitting, child, by="team_manager", reason="Another family was meant."):
    """The manager lets the plan of the child go on, a day after it was ended."""
    plan = ProtectionPlan.objects.select_related("child", "family__team").get(child=child)
    return undo_ending(by=sitting.council.by(by, LATER), plan=plan, reason=reason)


def test_plans_that_were_ended_by_mistake_go_on_with_all_that_ended_with_them_and_who_was_told_is_told():
    sitting = a_closed_sitting()
    children = [plan.child for plan in ProtectionPlan.objects.select_related("child").order_by("pk")]
    members = set(CoreGroupMember.objects.filter(to_on=None).values_list("pk", flat=True))
    with time_machine.travel(at(LATER, 9), tick=False):
        for child in children:
            end(sitting, child, **LEFT)
    told = Outgoing.objects.filter(purpose=PLAN_ENDED, channel="email").order_by("pk").first()
    with setting_up():
        told.state, told.sent_at = "sent", told.queued_at
        told.save()
        User.objects.filter(pk=told.recipient_id).update(email="priya@new.example.org")
    with pytest.raises(Invalid, match="Say what was wrong"):
        undo(sitting, children[0], reason=" ")
    made = [undo(sitting, child) for child in children]
    assert not ProtectionPlan.objects.exclude(state=PlanState.OPEN, ended_on=None, end_reason="").exists()
    assert set(CoreGroupMember.objects.filter(to_on=None).values_list("pk", flat=True)) == members
    assert not Invitation.objects.exclude(ends_on=None).exists() and not PlanEnding.objects.exists()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW, state=ConferenceState.AGREED)
    assert {row.child for row in review.children.filter(included=True)} == set(children)
    assert not Outgoing.objects.filter(purpose=PLAN_ENDED, state="queued").exists()  # nobody else has heard of it
    (again,) = Outgoing.objects.filter(purpose=PLAN_GOES_ON)
    assert again.to_address == "priya@new.example.org", "the old one may be somebody else's now"
    assert "That was a mistake" in again.body
    assert {one.kind for one in made} == {"ending"} and made[0].changes
    for child in children:  # and it can end again, and everybody is told of that
        end(sitting, child, **LEFT)
    assert Outgoing.objects.filter(purpose=PLAN_ENDED, state="queued", to_address=again.to_address).count() >= 2


def test_the_core_group_and_the_access_come_back_with_the_first_plan_that_goes_on_of_plans_that_ended_apart():
    sitting = a_closed_sitting()
    first, *others = [plan.child for plan in ProtectionPlan.objects.select_related("child").order_by("pk")]
    members = set(CoreGroupMember.objects.filter(to_on=None).values_list("pk", flat=True))
    with time_machine.travel(at(LATER - timedelta(days=1), 9), tick=False):
        end(sitting, first, **LEFT | {"left_on": LATER - timedelta(days=1)})
    with time_machine.travel(at(LATER, 9), tick=False):
        for child in others:
            end(sitting, child, **LEFT)
    assert not CoreGroupMember.objects.filter(to_on=None).exists() and Invitation.objects.exclude(ends_on=None).exists()
    undo(sitting, first)
    assert set(CoreGroupMember.objects.filter(to_on=None).values_list("pk", flat=True)) == members
    assert not Invitation.objects.exclude(ends_on=None).exists()


def test_a_plan_goes_on_only_where_nothing_else_is_against_it_and_with_a_lead_who_is_here():
    sitting = a_closed_sitting()
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    with pytest.raises(WrongState, match="so it cannot be put back"):
        undo(sitting, rosa)
    change(theo, died_on=DIED_ON)
    end(sitting, theo, EndReason.DIED)
    with pytest.raises(WrongState, match="is recorded as having died"):
        undo(sitting, theo)
    end(sitting, rosa, **LEFT)
    with pytest.raises(NotPermitted):
        undo(sitting, rosa, by="social_worker")
    with setting_up():
        lead = ProtectionPlan.objects.get(child=rosa).lead_social_worker
        lead.is_active = False
        lead.save()
    undo(sitting, rosa)
    plan = ProtectionPlan.objects.get(child=rosa)
    assert plan.state == PlanState.OPEN and plan.lead_social_worker == sitting.council.users.team_manager


def test_that_a_plan_was_ended_by_mistake_is_said_on_a_page_that_shows_what_will_change(client):
    sitting = a_closed_sitting()
    end(sitting, sitting.marlows.theo, **LEFT)
    family, there = (
        reverse("plans:family", args=[sitting.marlows.family.pk]),
        reverse("plans:undo_end", args=[ProtectionPlan.objects.get(child=sitting.marlows.theo).pk]),
    )
    client.force_login(sitting.council.users.social_worker)
    assert there not in client.get(family).content.decode() and client.get(there).status_code == 403
    client.force_login(sitting.council.users.team_manager)
    assert there in client.get(family).content.decode()
    page = client.get(there).content.decode()
    assert "Child protection plan of Theo" in page and "Nobody has been told yet" in page
    assert "ended on" in page and ": left the United Kingdom for good" in page
    assert "Say what was wrong and how you know" in client.post(there, {"reason": ""}).content.decode()
    assert client.post(there, {"reason": "His cousin left"}).status_code == 302
    assert ProtectionPlan.objects.get(child=sitting.marlows.theo).state == PlanState.OPEN
    assert "His cousin left" in client.get(family).content.decode()


def test_a_plan_does_not_go_on_without_a_reason_where_who_comes_first_is_left_out_of_its_core_group(client):
    sitting = a_closed_sitting()
    marlows = sitting.marlows
    first, other, key = marlows.theos_father, marlows.rosas_father, "gap_first-{}-{}"
    with setting_up():  # Dan has been in the group alone since before it was recorded that the two must not meet
        CoreGroupMember.objects.filter(person=first).delete()
        CoreGroupMember.objects.create(
            family=marlows.family, person=other, name=other.full_name, from_on=TODAY - timedelta(days=1)
        )
    with time_machine.travel(at(LATER, 9), tick=False):
        for plan in ProtectionPlan.objects.select_related("child").order_by("pk"):
            end(sitting, plan.child, **LEFT)
    with pytest.raises(Invalid, match="Say why: Lewis Hart has priority for the core group"):
        undo(sitting, marlows.theo)
    assert ProtectionPlan.objects.get(child=marlows.theo).state == PlanState.ENDED
    client.force_login(sitting.council.users.team_manager)
    there, why = (
        reverse("plans:undo_end", args=[ProtectionPlan.objects.get(child=marlows.theo).pk]),
        key.format(first.pk, other.pk),
    )
    said = client.post(there, {"reason": "His cousin left"}).content.decode()
    assert "Say why: Lewis Hart has priority" in said and f'name="{why}"' in said
    assert client.post(there, {"reason": "His cousin left", why: "He asked not to come."}).status_code == 302
    assert CoreGroupMember.objects.filter(person=other, to_on=None).exists()
    assert client.post(reverse("plans:undo_end", args=[ProtectionPlan.objects.get(child=marlows.rosa).pk]), {
        "reason": "She stayed", why: "He asked not to come."
    }).status_code == 302  # fmt: skip
