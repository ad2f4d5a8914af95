"""The strip that says how far a case has come, on the pages of a case."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.actions.request import ConsideredChild
from conferences.convening.models import Conference, Enquiry
from conferences.plans.models import ProtectionPlan
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import a_booked_conference, an_agreed_conference, at
from conferences.tests.enquiries import HELD_ON, a_signed_off_enquiry, an_enquiry
from conferences.tests.test_joined_enquiries import LATER, considered
from conferences.tests.test_request import a_declined_request, a_request, an_enquiry_that_needs_a_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.work.case_strip import strip_of_conference, strip_of_enquiry, strip_of_family
from families.tests.builders import declare_conflict, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    """Set the day of the builders."""
    with time_machine.travel(at(TODAY, 9), tick=True):
        yield


def said(stages):
    """The stages that are done, and the one that comes now."""
    return [one.name for one in stages if one.is_done], [one.name for one in stages if one.is_now]


def worker(marlows):
    return marlows.council.by("social_worker")


def test_an_enquiry_waits_for_its_outcome_and_then_for_a_request():
    marlows = the_marlows()
    by = worker(marlows)
    assert strip_of_family(by, marlows.family) == []
    enquiry = an_enquiry(by, marlows.family, marlows.children)
    assert said(strip_of_enquiry(by, enquiry)) == ([], ["Enquiry"])
    other = the_marlows(marlows.council, name="Harlan")
    needed = an_enquiry_that_needs_a_conference(other, by)
    assert said(strip_of_enquiry(by, needed)) == (["Enquiry"], ["Request"])
    assert said(strip_of_family(by, other.family)) == (["Enquiry"], ["Request"])


def test_a_second_enquiry_about_a_child_has_come_as_far_as_the_conference_that_answers_both():
    marlows = the_marlows()
    by = worker(marlows)
    first, second = (
        a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=on, outcome_on=TODAY)
        for on in (HELD_ON, LATER)
    )
    conference = a_request(marlows, by, enquiry=first, children=considered(marlows, marlows.rosa))
    shown = strip_of_enquiry(by, Enquiry.objects.get(pk=second.pk))
    assert said(shown) == (["Enquiry"], ["Request"]) and shown == strip_of_conference(by, conference)
    assert shown[1].on == TODAY


def test_a_conference_goes_from_the_request_to_its_day():
    marlows = the_marlows()
    by = worker(marlows)
    asked = a_request(marlows, by)
    assert said(strip_of_conference(by, asked)) == (["Enquiry"], ["Request"])
    agreed = an_agreed_conference(the_marlows(marlows.council, name="Harlan"))
    assert strip_of_enquiry(by, agreed.conference.enquiry) == strip_of_conference(by, agreed.conference)
    assert said(strip_of_conference(by, agreed.conference)) == (["Enquiry", "Request"], ["Booked"])
    booked = a_booked_conference(the_marlows(marlows.council, name="Pond"))
    shown = strip_of_family(by, booked.marlows.family)
    assert said(shown) == (["Enquiry", "Request", "Booked"], ["Conference"])


def test_a_closed_conference_waits_for_its_record_and_leads_to_the_plan(client):
    sitting = a_closed_sitting()
    conference, family = Conference.objects.get(pk=sitting.conference.pk), sitting.marlows.family
    shown = strip_of_conference(worker(sitting), conference)
    assert said(shown) == (["Enquiry", "Request", "Booked", "Conference", "Plan"], ["Record"])
    plan = reverse("plans:family", args=[family.pk])
    assert shown[-1].path == plan and shown[-1].on == conference.held_on
    client.force_login(sitting.council.users.social_worker)
    for page in (reverse("families:family", args=[family.pk]), reverse("conferences:conference", args=[conference.pk])):
        text = client.get(page).content.decode().partition("How far this case has come")[2].partition("</nav>")[0]
        links = re.findall(r'href="([^"]+)"', text)
        assert plan in links and page not in links, page
        for link in links:
            assert client.get(link).status_code == 200, link


def test_a_plan_that_has_ended_since_is_still_what_its_conference_led_to():
    sitting = a_closed_sitting()
    with setting_up():
        ProtectionPlan.objects.update(state="ended", ended_on=TODAY + timedelta(days=1), end_reason="left_uk")
    [*_, last] = strip_of_conference(worker(sitting), Conference.objects.get(pk=sitting.conference.pk))
    assert last.name == "Plan" and last.on and last.path


def test_an_enquiry_that_joined_a_conference_has_come_as_far_as_that():
    marlows = the_marlows()
    by, rosa = worker(marlows), [marlows.rosa]
    both = [a_signed_off_enquiry(by, marlows.family, rosa, held_on=on, outcome_on=TODAY) for on in (HELD_ON, TODAY)]
    children = [ConsideredChild(child, child == marlows.rosa, "Not part of it") for child in marlows.children]
    asked = a_request(marlows, by, enquiry=both[0], children=children)
    for one in both:
        assert strip_of_enquiry(by, one) == strip_of_conference(by, asked), one.strategy_discussion.held_on


def test_what_was_declined_has_no_stages_and_what_may_not_be_seen_no_links():
    marlows = the_marlows()
    by = worker(marlows)
    assert strip_of_conference(by, a_declined_request(marlows)) == []
    sitting = a_closed_sitting(TODAY - timedelta(days=1), marlows=the_marlows(marlows.council, name="Harlan"))
    conference = Conference.objects.get(pk=sitting.conference.pk)
    assert strip_of_conference(by, conference)[-1].path
    declare_conflict(marlows.council.users.social_worker, sitting.marlows.family)
    assert strip_of_conference(by, conference)[-1].path == ""
