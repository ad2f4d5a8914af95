"""A request about children of several enquiries of one family: each child's own days, and the earliest that counts."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening import deadlines
from conferences.convening.actions import enquiries, request
from conferences.convening.actions.request import ConsideredChild
from conferences.convening.actions.safety_plans import end_with_conference
from conferences.convening.models import Conference, ConferenceChild, Enquiry, SafetyPlan
from conferences.convening.queries.safety_plans import plan_in_force
from conferences.convening.states import ENQUIRY
from conferences.tests.builders import at
from conferences.tests.enquiries import HELD_ON, a_plan, a_signed_off_enquiry
from conferences.tests.test_request import a_request
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid, WrongState
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 16)


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


@pytest.fixture
def apart(marlows, by):
    """Rosa’s enquiry, and Theo’s a week later."""
    how = {"outcome_on": TODAY}
    return (
        a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=HELD_ON, **how),
        a_signed_off_enquiry(by, marlows.family, [marlows.theo], held_on=LATER, **how),
    )


def considered(marlows, *included):
    return [
        ConsideredChild(child, child in included, "" if child in included else "Not part of it")
        for child in marlows.children
    ]


def joined(marlows, by, apart):
    """Requested after Theo’s enquiry, about Rosa as well."""
    return a_request(marlows, by, enquiry=apart[1], children=considered(marlows, marlows.rosa, marlows.theo))


def test_the_earliest_last_day_counts_and_both_enquiries_have_led_to_it(marlows, by, apart):
    first, second = apart
    assert len([one for one in deadlines.duties() if one.kind == "request_conference"]) == 2
    conference = joined(marlows, by, apart)
    assert (conference.enquiry, conference.anchor_on, conference.due_on) == (first, HELD_ON, date(2026, 11, 30))
    of_each = dict(ConferenceChild.objects.filter(included=True).values_list("child", "enquiry"))
    assert of_each == {marlows.rosa.pk: first.pk, marlows.theo.pk: second.pk}
    for one in Enquiry.objects.all():
        assert ENQUIRY.now(one) == "requested" and enquiries.live_conferences(one).get() == conference
    assert not [one for one in deadlines.duties() if one.kind == "request_conference"]
    with pytest.raises(WrongState, match="Decline or cancel the conference first"):
        enquiries.write_outcome(by=by, enquiry=second, outcome_on=TODAY, outcomes=[])


def test_somebody_of_the_enquiry_itself_is_included(marlows, by, apart):
    with pytest.raises(Invalid, match="Include a child of this enquiry"):
        a_request(marlows, by, enquiry=apart[1], children=considered(marlows, marlows.rosa))


def test_children_of_one_enquiry_alone_are_requested_as_before_and_the_other_still_waits(marlows, by, apart):
    conference = a_request(marlows, by, enquiry=apart[1], children=considered(marlows, marlows.theo))
    assert (conference.enquiry, conference.anchor_on) == (apart[1], LATER)
    assert [one.id for one in deadlines.duties() if one.kind == "request_conference"] == [apart[0].pk]


def test_another_date_of_either_discussion_counts_again_from_the_earliest(marlows, by, apart):
    conference, manager = joined(marlows, by, apart), marlows.council.by("team_manager")
    change = enquiries.ask_date_change(
        by=by, discussion=apart[0].strategy_discussion, to_on=date(2026, 11, 17), reason="It was a week later"
    )
    enquiries.answer_date_change(by=manager, change=change, agreed=True)
    conference = Conference.objects.get(pk=conference.pk)
    assert (conference.enquiry, conference.anchor_on, conference.due_on) == (apart[1], LATER, date(2026, 12, 7))


def test_both_pages_show_each_childs_own_last_day_with_its_working(client, marlows, by, apart):
    client.force_login(marlows.council.users.social_worker)
    asked = client.get(reverse("conferences:ask", args=[apart[1].pk])).content.decode()
    conference = joined(marlows, by, apart)
    request.agree_request(by=marlows.council.by("team_manager"), conference=conference)
    shown = client.get(reverse("conferences:request", args=[conference.pk])).content.decode()
    assert "It is counted from the strategy discussion on" in shown
    for page in (asked, shown):
        assert "Each child’s own last day" in page
        assert "Monday 30 November 2026" in page and "Monday 7 December 2026" in page
    assert shown.count("What the enquiry found") == 2


def test_the_safety_plan_of_each_enquiry_ends_with_the_conference_and_is_in_force_if_it_did_not_decide(
    marlows, by, apart
):
    conference = joined(marlows, by, apart)
    plans = [a_plan(by, one, marlows) for one in apart]
    with setting_up():
        SafetyPlan.objects.update(ended_at=at(TODAY), ended_with=conference)
        end_with_conference(conference)
    assert [plan_in_force(one) for one in apart] == plans
