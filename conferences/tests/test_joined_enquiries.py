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
from conferences.tests.enquiries import HELD_ON, a_plan, a_signed_off_enquiry, an_enquiry, with_outcome
from conferences.tests.test_request import a_request
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid, WrongState
from families.tests.builders import a_child, the_marlows

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
    assert "Enquiries of two families\n  are not joined" in asked
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


def days_of(conference):
    conference = Conference.objects.get(pk=conference.pk)
    return conference.enquiry, conference.due_on


def test_a_child_who_is_added_later_brings_their_own_enquiry_and_the_earliest_last_day_counts(client, marlows, by):
    asked = a_signed_off_enquiry(by, marlows.family, [marlows.theo], held_on=LATER, outcome_on=TODAY)
    conference = a_request(marlows, by, enquiry=asked, children=considered(marlows, marlows.theo))
    with setting_up():
        cousin = a_child(marlows.family, "Carl")
    own = a_signed_off_enquiry(by, marlows.family, [cousin], held_on=HELD_ON, outcome_on=TODAY)
    assert days_of(conference) == (asked, date(2026, 12, 7)) and ENQUIRY.now(own) == "conference needed"
    client.force_login(marlows.council.users.social_worker)
    path = reverse("conferences:consider_child", args=[conference.pk, cousin.pk])
    said = client.post(path, {"included": "yes"}, follow=True).content.decode()
    assert "Its last day is Monday 30 November 2026" in said
    assert days_of(conference) == (own, date(2026, 11, 30))
    assert ConferenceChild.objects.get(child=cousin).enquiry == own
    assert ENQUIRY.now(Enquiry.objects.get(pk=own.pk)) == "requested"
    shown = client.get(reverse("conferences:request", args=[conference.pk])).content.decode()
    assert "Each child’s own last day" in shown and "Carl" in shown and "Monday 7 December 2026" in shown


def test_an_enquiry_that_ends_after_the_request_joins_the_conference_that_is_about_its_children(client, marlows, by):
    rosas = a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=LATER, outcome_on=TODAY)
    conference = a_request(marlows, by, enquiry=rosas, children=considered(marlows, marlows.rosa))
    again = with_outcome(by, an_enquiry(by, marlows.family, [marlows.rosa], held_on=HELD_ON), on=TODAY)
    client.force_login(marlows.council.users.team_manager)
    answers = {"signed_off": "yes", "seen": again.version}
    said = client.post(reverse("conferences:sign_off_outcome", args=[again.pk]), answers, follow=True).content.decode()
    assert "is about this enquiry too: it must be held by Monday 30 November 2026." in said
    assert days_of(conference) == (again, date(2026, 11, 30))
    assert enquiries.live_conferences(again).get() == conference
    assert not [one for one in deadlines.duties() if one.kind == "request_conference"]


def test_a_child_who_was_left_out_is_added_to_the_conference_once_their_enquiry_has_ended(client, marlows, by):
    rosas = a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=HELD_ON, outcome_on=TODAY)
    conference = a_request(marlows, by, enquiry=rosas, children=considered(marlows, marlows.rosa))
    theos = a_signed_off_enquiry(by, marlows.family, [marlows.theo], held_on=LATER, outcome_on=TODAY)
    client.force_login(marlows.council.users.social_worker)
    path = reverse("conferences:consider_child", args=[conference.pk, marlows.theo.pk])
    assert path in client.get(reverse("conferences:enquiry", args=[theos.pk])).content.decode()
    assert "Not part of it" in client.get(path).content.decode()
    client.post(path, {"included": "yes"})
    row = ConferenceChild.objects.get(conference=conference, child=marlows.theo)
    assert (row.included, row.left_out_reason, row.enquiry) == (True, "", theos)
    assert days_of(conference) == (rosas, date(2026, 11, 30)) and client.get(path).status_code == 404


def test_one_conference_answers_both_enquiries_about_a_child_and_asks_for_no_other(client, marlows, by):
    both = [
        a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=on, outcome_on=TODAY)
        for on in (HELD_ON, LATER)
    ]
    client.force_login(marlows.council.users.social_worker)
    page = client.get(reverse("conferences:ask", args=[both[0].pk])).content.decode()
    assert page.count("Rosa Marlow</th>") == 2 and "a child in two enquiries is here twice" in page
    conference = a_request(marlows, by, enquiry=both[0], children=considered(marlows, marlows.rosa))
    assert days_of(conference) == (both[0], date(2026, 11, 30))
    assert [ENQUIRY.now(one) for one in Enquiry.objects.all()] == ["requested", "requested"]
    assert not [one for one in deadlines.duties() if one.kind == "request_conference"]
    request.decline_request(by=marlows.council.by("team_manager"), conference=conference, reason="Not needed")
    assert [ENQUIRY.now(one) for one in Enquiry.objects.all()] == ["declined", "declined"]


def test_an_enquiry_that_needs_a_conference_for_a_child_who_is_left_out_does_not_join(marlows, by):
    rosas = a_signed_off_enquiry(by, marlows.family, [marlows.rosa], held_on=LATER, outcome_on=TODAY)
    conference = a_request(marlows, by, enquiry=rosas, children=considered(marlows, marlows.rosa))
    of_both = a_signed_off_enquiry(by, marlows.family, [marlows.rosa, marlows.theo], held_on=HELD_ON, outcome_on=TODAY)
    assert ENQUIRY.now(of_both) == "conference needed" and days_of(conference)[0] == rosas
