"""A transfer-in conference keeps the other authority, its plan’s start, category and last review, and what follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import ConferenceKind
from conferences.convening.models import Conference, PlanElsewhere
from conferences.convening.queries.attending import called
from conferences.plans.models import ProtectionPlan
from conferences.plans.tests.closing import close, write_outline
from conferences.tests.meeting import a_quorate_sitting, decide
from conferences.tests.test_request import ELSEWHERE, a_request
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db

TOLD = {"kind": ConferenceKind.TRANSFER_IN, "enquiry": None, "told_on": date(2026, 11, 9)}


def ask(marlows, **changed):
    """Request the conference as the social worker."""
    return a_request(marlows, marlows.council.by("social_worker"), **TOLD | changed)


def test_the_request_keeps_the_plan_elsewhere_and_the_last_day_of_its_next_review():
    kept = ask(the_marlows()).plan_elsewhere
    assert (kept.authority, kept.plan_started_on, kept.category) == ("Farshire Council", date(2026, 3, 2), "NEG")
    assert kept.last_reviewed_on == date(2026, 6, 1)
    assert kept.review_due_on == date(2026, 12, 1)  # six months, which are 183 days


def test_a_plan_that_was_never_reviewed_has_its_first_review_within_three_months_of_its_start():
    plan = replace(ELSEWHERE, plan_started_on=date(2026, 10, 5), last_reviewed_on=None)
    assert ask(the_marlows(), elsewhere=plan).plan_elsewhere.review_due_on == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"plan_started_on": None}, "plan_started_on"),
        ({"plan_started_on": TODAY + timedelta(days=1)}, "plan_started_on"),
        ({"category": "ABC"}, "category"),
        ({"last_reviewed_on": date(2026, 3, 2)}, "last_reviewed_on"),
        ({"last_reviewed_on": TODAY + timedelta(days=1)}, "last_reviewed_on"),
    ],
)
def test_without_the_facts_of_the_plan_elsewhere_nothing_is_requested(change, field):
    marlows = the_marlows()
    with pytest.raises(Invalid) as refused:
        ask(marlows, elsewhere=replace(ELSEWHERE, **change))
    assert refused.value.field == field
    assert not Conference.objects.exists()


def test_it_is_asked_on_the_page_and_shown_with_the_request_and_the_conference(client):
    marlows = the_marlows()
    client.force_login(marlows.worker)
    page = reverse("conferences:ask_transfer_in", args=[marlows.family.pk])
    typed = {f"include_{child.pk}": "yes" for child in marlows.children} | {
        "told_on": "2026-11-09", "request_reason": "They moved", "plan_started_on": "2026-03-02", "category": "NEG",
    }  # fmt: skip
    assert "Enter the name of the authority" in client.post(page, typed).content.decode()
    shown = client.post(page, typed | {"authority": "Farshire Council"}, follow=True).content.decode()
    assert "child protection plan of Farshire Council" in shown
    assert "stays responsible" in shown
    conference = PlanElsewhere.objects.get().conference
    shown = client.get(reverse("conferences:conference", args=[conference.pk])).content.decode()
    assert "child protection plan of Farshire Council" in shown


def test_the_plan_that_it_opens_says_under_which_plan_the_child_was_before(client):
    sitting = a_quorate_sitting(kind=ConferenceKind.TRANSFER_IN, children=("rosa",))
    with setting_up():
        PlanElsewhere.objects.create(
            conference=sitting.conference, authority="Farshire Council", plan_started_on=date(2026, 3, 2),
            category="EMO", review_due_on=date(2026, 12, 1),
        )  # fmt: skip
    decide(sitting)
    write_outline(sitting)
    close(sitting)
    assert ProtectionPlan.objects.get().review_due_on == date(2027, 2, 19)  # three months from this conference
    client.force_login(sitting.council.users.social_worker)
    page = " ".join(client.get(reverse("plans:family", args=[sitting.marlows.family.pk])).content.decode().split())
    assert "under a plan of Farshire Council since Monday 2 March 2026 (emotional abuse)" in page


def test_letters_call_it_by_its_name():
    assert (
        called(Conference(kind=ConferenceKind.TRANSFER_IN)) == "child protection conference after a move to this area"
    )
