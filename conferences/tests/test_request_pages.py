"""The pages from the strategy discussion to an agreed or declined conference."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.convening.actions import request as actions
from conferences.convening.models import Conference, Dispute, Enquiry
from conferences.tests.test_request import (
    a_declined_request,
    a_discussion,
    a_request,
    an_enquiry_that_needs_a_conference,
    everybody,
)
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Look
from families.people.models import Person
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db
SECRETS = ("Rosa", "Bruising", "Continuing harm", "Marlow")


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


def open_as(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"conferences:{name}", args=args))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_social_worker_goes_from_the_strategy_discussion_to_a_request_in_the_pages(client, marlows):
    client.force_login(marlows.worker)
    response = client.post(
        reverse("conferences:record_discussion", args=[marlows.family.pk]),
        {"held_on": "2026-11-09", "children": [marlows.rosa.pk, marlows.unborn.pk], "who_took_part": "Police",
         "concerns": "Bruising", "decided": "An enquiry"},
    )  # fmt: skip
    enquiry = Enquiry.objects.get()
    assert response.url == reverse("conferences:enquiry", args=[enquiry.pk])
    page = text(client.get(response.url))
    assert "The last day of the 15 working days is Monday 30 November 2026." in page
    assert "Source:" in page  # the working
    response = client.post(
        reverse("conferences:record_outcome", args=[enquiry.pk]),
        {"outcome": "conference", "outcome_on": "2026-11-16", "findings": "Substantiated"},
    )
    assert response.url == reverse("conferences:ask", args=[enquiry.pk])
    page = client.get(response.url)
    assert "Monday 30 November 2026" in text(page)
    assert "Should Theo Marlow be included?" in text(page)  # every child, not only those of the enquiry
    given = {
        "kind": "initial", f"include_{marlows.rosa.pk}": "yes", f"include_{marlows.unborn.pk}": "yes",
        f"include_{marlows.theo.pk}": "no", "request_reason": "Continuing harm",
    }  # fmt: skip
    response = client.post(reverse("conferences:ask", args=[enquiry.pk]), given)
    assert "Say why Theo Marlow is left out" in text(response)
    assert "Continuing harm" in response.content.decode()
    given[f"reason_{marlows.theo.pk}"] = "Lives with an aunt"
    response = client.post(reverse("conferences:ask", args=[enquiry.pk]), given)
    conference = Conference.objects.get()
    assert response.url == reverse("conferences:request", args=[conference.pk])
    page = text(client.get(response.url))
    assert "Left out: Lives with an aunt" in page
    assert "Waiting for the manager of North team" in page
    assert "Agree or decline" not in page


def test_a_child_without_an_answer_stops_the_request_with_a_sentence(client, marlows, by):
    enquiry = an_enquiry_that_needs_a_conference(marlows, by)
    client.force_login(marlows.worker)
    response = client.post(
        reverse("conferences:ask", args=[enquiry.pk]),
        {"kind": "initial", f"include_{marlows.rosa.pk}": "yes", "request_reason": "Continuing harm"},
    )
    assert "Say whether Theo Marlow should be included" in text(response)
    assert not Conference.objects.exists()


def test_the_manager_of_the_team_declines_with_reasons_in_the_pages(client, marlows, by):
    conference = a_request(marlows, by)
    client.force_login(marlows.council.users.team_manager)
    answer = reverse("conferences:answer_request", args=[conference.pk])
    assert "Agree or decline" in text(client.get(reverse("conferences:request", args=[conference.pk])))
    assert "Give the reasons" in text(client.post(answer, {"agreed": "no"}))
    assert client.post(answer, {"agreed": "no", "reason": "Enough support"}).status_code == 302
    page = text(open_as(client, marlows.worker, "request", conference.pk))
    assert "Enough support" in page
    assert "Dispute this decision" in page


def test_the_manager_reads_what_the_request_rests_on_where_they_answer(client, marlows, by):
    conference = a_request(marlows, by, children=everybody(marlows), request_reason="Continuing harm")
    page = text(open_as(client, marlows.council.users.team_manager, "answer_request", conference.pk))
    enquiry = conference.enquiry
    with setting_up():
        Person.objects.filter(pk=marlows.unborn.pk).update(expected_on=date(2027, 6, 1))
    later = text(open_as(client, marlows.council.users.team_manager, "answer_request", conference.pk))
    assert "This day has passed" in page and "This day has passed" not in later
    for words in (
        "Continuing harm", "Rosa Marlow", "Theo Marlow", enquiry.findings, enquiry.strategy_discussion.concerns,
    ):  # fmt: skip
        assert words in page


def test_the_manager_agrees_in_the_pages_and_a_second_answer_gets_a_sentence(client, marlows, by):
    conference = a_request(marlows, by)
    client.force_login(marlows.council.users.team_manager)
    answer = reverse("conferences:answer_request", args=[conference.pk])
    assert client.post(answer, {"agreed": "yes"}).status_code == 302
    response = client.post(answer, {"agreed": "no", "reason": "Second thoughts"})
    assert response.status_code == 200
    assert "cannot become declined" in text(response)


def test_a_professional_reads_of_a_declined_request_only_what_they_need_to_dispute_it(client, marlows, by):
    conference = a_request(marlows, by, children=everybody(marlows), request_reason="Police say so in confidence")
    school = marlows.council.professionals.school  # knows Rosa alone
    assert open_as(client, school, "request", conference.pk).status_code == 404
    actions.decline_request(
        by=marlows.council.by("team_manager"), conference=conference, reason="Support by consent is enough"
    )
    page = text(open_as(client, school, "request", conference.pk))
    assert "Rosa Marlow" in page
    assert "Support by consent is enough" in page
    for secret in ("Theo", "Unborn", "in confidence", "Marlow family", "Priya"):
        assert secret not in page
    client.post(reverse("conferences:dispute", args=[conference.pk]), {"reason": "She is still afraid"})
    assert Dispute.objects.get().raised_by == school
    gp = marlows.council.professionals.gp
    assert "still afraid" not in text(open_as(client, gp, "request", conference.pk))
    manager = marlows.council.users.team_manager
    assert "still afraid" in text(open_as(client, manager, "request", conference.pk))
    answer = reverse("conferences:answer_dispute", args=[Dispute.objects.get().pk])
    assert client.post(answer, {"answer": "No"}).status_code == 403
    page = text(open_as(client, marlows.council.users.service_manager, "request", conference.pk))
    assert "Answer this dispute" in page
    assert "Support by consent is enough" in text(client.get(answer))
    client.post(answer, {"answer": "I have thought again"})
    assert "I have thought again" in text(open_as(client, school, "request", conference.pk))


def pages_of(conference):
    enquiry = conference.enquiry
    return [
        ("request", conference.pk),
        ("answer_request", conference.pk),
        ("dispute", conference.pk),
        ("enquiry", enquiry.pk),
        ("record_outcome", enquiry.pk),
        ("ask", enquiry.pk),
        ("change_discussion", enquiry.strategy_discussion_id),
        ("record_discussion", conference.family_id),
        ("ask_transfer_in", conference.family_id),
    ]


@pytest.mark.parametrize("who", ["other_worker", "other_manager", "nursery", "police"])
def test_every_page_is_closed_to_another_team_and_to_strangers_to_the_children(client, marlows, who):
    conference = a_declined_request(marlows)
    user = getattr(marlows.council.users, who, None) or getattr(marlows.council.professionals, who)
    for name, pk in pages_of(conference):
        response = open_as(client, user, name, pk)
        assert response.status_code in (403, 404), name
        assert not any(secret in text(response) for secret in SECRETS)


def test_every_page_is_closed_by_a_conflict_and_by_a_restriction(client, marlows):
    conference = a_declined_request(marlows)
    declare_conflict(marlows.council.users.team_manager, marlows.family)
    restrict(marlows.family)
    for user in (marlows.worker, marlows.council.users.team_manager, marlows.council.users.chair):
        for name, pk in pages_of(conference):
            response = open_as(client, user, name, pk)
            assert response.status_code in (403, 404), name
            assert not any(secret in text(response) for secret in SECRETS)


def test_a_professional_never_reaches_the_enquiry(client, marlows):
    conference = a_declined_request(marlows)
    gp = marlows.council.professionals.gp
    for name, pk in pages_of(conference):
        if name not in ("request", "dispute"):
            assert open_as(client, gp, name, pk).status_code in (403, 404), name


def test_opening_a_request_is_a_look_at_the_children_shown(client, marlows):
    conference = a_declined_request(marlows)
    school = marlows.council.professionals.school
    open_as(client, school, "request", conference.pk)
    looks = Look.objects.filter(page="request for a conference", who_id=school.pk)
    assert [look.child_id for look in looks] == [marlows.rosa.pk]


def test_the_familys_page_says_what_comes_next(client, marlows, by):
    def page():
        client.force_login(marlows.worker)
        return text(client.get(reverse("families:family", args=[marlows.family.pk])))

    assert "No strategy discussion has been recorded" in page()
    enquiry = a_discussion(marlows, by)
    assert "Record the outcome" in page()
    actions.record_outcome(
        by=by, enquiry=enquiry, outcome="conference", outcome_on=date(2026, 11, 16), findings="Substantiated"
    )
    assert "Request a conference" in page()
    a_request(marlows, by, enquiry=enquiry)
    assert "Requested" in page()


def test_the_familys_page_takes_as_many_queries_for_three_enquiries_as_for_one(client, marlows, by):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("families:family", args=[marlows.family.pk]))
        return len(captured)

    a_discussion(marlows, by, children=[marlows.rosa])
    client.force_login(marlows.worker)
    count()
    before = count()
    a_request(marlows, by, enquiry=None, kind="transfer_in", told_on=date(2026, 11, 9))
    a_discussion(marlows, by, children=[marlows.theo])
    a_discussion(marlows, by, children=[marlows.unborn])
    assert count() == before


def test_asking_twice_gets_a_page_that_says_so(client, marlows, by):
    conference = a_request(marlows, by)
    response = open_as(client, marlows.worker, "ask", conference.enquiry_id)
    assert response.status_code == 409
    assert "already been requested" in text(response)


def test_a_future_strategy_discussion_gets_a_sentence_and_keeps_what_was_typed(client, marlows):
    client.force_login(marlows.worker)
    response = client.post(
        reverse("conferences:record_discussion", args=[marlows.family.pk]),
        {"held_on": "2098-11-09", "children": [marlows.rosa.pk], "who_took_part": "Police", "concerns": "A burn",
         "decided": "An enquiry"},
    )  # fmt: skip
    assert "must be today or in the past" in text(response)
    assert "A burn" in response.content.decode()
