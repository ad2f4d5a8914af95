"""A child who has a plan before birth is born: one short page, and the plan, the decision and the history stay."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from conferences.convening.models import ConferenceChild, InvitationChild
from conferences.meeting.models import Decision
from conferences.plans.actions import close, outline
from conferences.plans.models import ProtectionPlan
from conferences.plans.tests.closing import TYPED_PLAN, reasons_for_gaps
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.audit.models import Event
from cpc.tests.journeys.conftest import PHONE, fits
from families.people.models import Relationship
from reports.incoming.queries.requested import first_name

pytestmark = pytest.mark.django_db(transaction=True)
BORN_ON = date(2027, 2, 5)
AFTER = date(2027, 2, 8)


def planned():
    """A conference has decided a plan for every child, and one of them is not born yet."""
    with time_machine.travel(at(TODAY, 12), tick=True):
        sitting = a_quorate_sitting(TODAY)
        decide(sitting, reasons="The baby will need somebody awake at night.")
        outline.add_action(
            by=sitting.chair, conference=sitting.conference, outcome="Safe from birth", action="Make a birth plan",
            who="The midwife", due_on=TODAY + timedelta(days=30), measure="Written",
            children=[row.child for row in sitting.children],
        )  # fmt: skip
        close.close_conference(
            by=sitting.chair, conference=sitting.conference, lead_social_worker=sitting.marlows.worker,
            aim="The children are never alone at night.", contingency="Legal advice will be asked for.",
            members=[sitting.invitations[name] for name in ("mother", "social_worker", "school")],
            core_group_at=at(TODAY + timedelta(days=7)), core_group_place="The children’s centre", at=timezone.now(),
            gap_reasons=reasons_for_gaps(sitting.conference), **TYPED_PLAN,
        )  # fmt: skip
    return sitting


def rows_about(child):
    """The rows about the child that a birth must leave as they are."""
    plan = ProtectionPlan.objects.filter(child=child).values("pk", "state", "category", "started_on", "review_due_on")
    return {
        "plan": list(plan),
        "decisions": list(Decision.objects.filter(conference_child__child=child).values("pk", "outcome", "reasons")),
        "conferences": list(ConferenceChild.objects.filter(child=child).values("pk", "conference", "included")),
        "invitations": list(InvitationChild.objects.filter(child=child).order_by("pk").values("pk", "invitation")),
        "relatives": list(Relationship.objects.filter(child=child).order_by("pk").values("pk", "adult", "kind")),
        "agencies": list(child.involvements.values("pk", "agency")),
    }


@pytest.fixture(params=[{}, PHONE], ids=["desk", "phone"])
def page(request, new_context):
    return new_context(**request.param).new_page()


def sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def test_an_unborn_child_with_a_plan_is_born_and_nothing_of_it_is_lost(page, live_server, axe):
    sitting = planned()
    marlows, family = sitting.marlows, sitting.marlows.family
    before = rows_about(marlows.unborn)
    assert all(before.values()), before
    with time_machine.travel(at(AFTER, 9), tick=True):
        sign_in(page, live_server, marlows.worker)
        page.goto(live_server.url + reverse("families:family", args=[family.pk]))
        page.get_by_role("link", name="Record the birth").click()
        expect(page.locator("h1")).to_have_text("Record the birth")
        axe(page)
        fits(page)
        page.get_by_role("button", name="Record the birth").click()
        expect(page.locator("main")).to_contain_text("Enter the first name")  # nothing is taken for granted
        for part, number in (("", BORN_ON.day), ("_month", BORN_ON.month), ("_year", BORN_ON.year)):
            page.locator(f"#id_born_on{part}").fill(str(number))
        page.get_by_label("First name").fill("Ivy")
        page.get_by_role("radio", name="Female").check()
        page.get_by_label("NHS number").fill("943 476 5919")
        page.locator("[name=has_twin][value=no]").check()
        page.get_by_label("Does Anna Marlow have").select_option(label="Yes: mother, from the birth")
        page.get_by_label("Does Lewis Hart have").select_option(label="No, or not known")
        page.get_by_role("button", name="Record the birth").click()
        expect(page.locator("h1")).to_contain_text("Ivy Marlow")
        axe(page)
        fits(page)
        expect(page.locator("main")).to_contain_text("5 February 2027, 3 days")
        page.goto(live_server.url + reverse("plans:family", args=[family.pk]))
        expect(page.locator("main")).to_contain_text("Ivy")
        expect(page.locator("main")).not_to_contain_text("Unborn")
        expect(page.locator("main")).to_contain_text("Make a birth plan")
        page.goto(live_server.url + reverse("conferences:conference", args=[sitting.conference.pk]))
        expect(page.locator("main")).to_contain_text("Ivy Marlow")
    marlows.unborn.refresh_from_db()
    assert rows_about(marlows.unborn) == before
    assert first_name(marlows.unborn) == "Ivy"  # as every letter from now on calls her
    assert Event.objects.filter(reason="The birth of a child", on_id=family.pk).exists()


def test_a_baby_who_died_is_recorded_on_a_page_of_their_own_and_is_named(page, live_server):
    sitting = planned()
    with time_machine.travel(at(AFTER, 9), tick=True):
        sign_in(page, live_server, sitting.marlows.worker)
        args = [sitting.marlows.family.pk, sitting.marlows.unborn.pk]
        page.goto(live_server.url + reverse("families:birth", args=args))
        page.get_by_role("link", name="The baby was stillborn or has died").click()
        expect(page.locator("h1")).to_have_text("The baby has died")
        for name in ("born_on", "died_on"):
            for part, number in (("", BORN_ON.day), ("_month", BORN_ON.month), ("_year", BORN_ON.year)):
                page.locator(f"#id_{name}{part}").fill(str(number))
        page.get_by_label("first name").fill("Ivy")
        page.get_by_role("radio", name="Female").check()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("h1")).to_contain_text("Ivy Marlow")
        expect(page.locator("main")).to_contain_text("Died on Friday 5 February 2027")
    assert ProtectionPlan.objects.filter(
        child=sitting.marlows.unborn
    ).exists()  # the plan is ended by people, not by us
