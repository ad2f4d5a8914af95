"""A family group decision-making meeting: offered to each parent, held with a plan, or why not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.convening.actions.family_groups import Offer, record_group_meeting
from conferences.convening.models import FamilyGroupMeeting, GroupPlanFile
from conferences.convening.queries.family_groups import group_meetings_of, parents_of
from conferences.tests.test_request import a_request
from cpc.core.audit.models import Look
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale
from families.tests.builders import restrict, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return marlows.council.by("social_worker")


def offers(marlows, by, without=()):
    return [
        Offer(parent, "Priya Nandra", by.on, "yes") if parent not in without else Offer(parent, why_not="He is abroad")
        for parent in parents_of(marlows.family)
    ]


def test_it_is_offered_to_each_parent_or_says_why_not(marlows, by):
    parents = parents_of(marlows.family)
    assert marlows.mother in parents and marlows.grandmother not in parents and len(parents) > 1
    with pytest.raises(Invalid, match=parents[-1].full_name):
        record_group_meeting(by=by, family=marlows.family, offers=offers(marlows, by)[:-1])
    with pytest.raises(Invalid, match="why the meeting was not offered"):
        record_group_meeting(by=by, family=marlows.family, offers=[Offer(parent) for parent in parents])
    meeting = record_group_meeting(
        by=by, family=marlows.family, offers=offers(marlows, by, without=[marlows.rosas_father])
    )
    assert {offer.person: offer.why_not for offer in meeting.offers.all()}[marlows.rosas_father] == "He is abroad"


def test_it_is_held_with_the_plan_of_the_family_and_never_in_the_future(marlows, by):
    meeting = record_group_meeting(by=by, family=marlows.family, offers=offers(marlows, by))
    given = {"by": by, "family": marlows.family, "offers": offers(marlows, by), "meeting": meeting}
    with pytest.raises(Invalid, match="plan"):
        record_group_meeting(**given, held_on=by.on)
    with pytest.raises(Invalid, match="today or in the past"):
        record_group_meeting(**given, held_on=by.on + timedelta(days=1), plan="Jean helps")
    record_group_meeting(**given, held_on=by.on, plan="Jean helps", seen="1")
    with pytest.raises(Stale):
        record_group_meeting(**given, held_on=by.on, plan="Nobody helps", seen="1")
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.plan) == (by.on, "Jean helps")


def test_the_pages_record_it_show_it_and_say_what_is_missing(client, marlows, by):
    client.force_login(marlows.worker)
    there = reverse("conferences:record_group_meeting", args=[marlows.family.pk])
    assert "Say whether the meeting was offered to" in client.post(there, {"outcome": "to_come"}).content.decode()
    answers = {"outcome": "held", "held_on": by.on.isoformat(), "plan": "Jean has them at weekends"}
    for parent in parents_of(marlows.family):
        pk = parent.pk
        answers |= {f"offered_{pk}": "no", f"why_not_{pk}": "He is abroad"}
    assert client.post(there, answers).status_code == 302
    shown = client.get(reverse("conferences:group_meetings", args=[marlows.family.pk])).content.decode()
    assert "Jean has them at weekends" in shown and "He is abroad" in shown
    change = reverse("conferences:change_group_meeting", args=[FamilyGroupMeeting.objects.get().pk])
    assert "Jean has them at weekends" in client.get(change).content.decode()
    conference = a_request(marlows, by)
    client.force_login(marlows.council.users.team_manager)
    page = client.get(reverse("conferences:request", args=[conference.pk])).content.decode()
    assert "Jean has them at weekends" in page


def test_the_plan_is_attached_as_a_file_which_nobody_outside_the_case_opens(client, marlows, by):
    client.force_login(marlows.worker)
    there = reverse("conferences:record_group_meeting", args=[marlows.family.pk])
    answers = {"outcome": "held", "held_on": by.on.isoformat(), "plan": ""}
    for parent in parents_of(marlows.family):
        answers |= {f"offered_{parent.pk}": "no", f"why_not_{parent.pk}": "He is abroad"}

    def sent(body, name="plan.pdf"):
        return client.post(there, answers | {"plan_file": SimpleUploadedFile(name, body)})

    assert "attach it, or say that they made none" in client.post(there, answers).content.decode()
    assert "The file must be" in sent(b"<html><script>alert(1)</script>", "plan.html").content.decode()
    plan = b"%PDF-1.7\nJean has them at weekends.\n%%EOF"
    assert sent(plan).status_code == 302
    shown = client.get(reverse("conferences:group_meetings", args=[marlows.family.pk])).content.decode()
    address = reverse("conferences:download_group_plan", args=[GroupPlanFile.objects.get().pk])
    assert "The family’s plan is attached." in shown and address in shown
    answer = client.get(address)
    assert answer.content == plan and answer["Content-Disposition"].startswith("attachment")
    assert Look.objects.filter(who_id=marlows.worker.pk, child_id=marlows.rosa.pk).exists()
    restrict(marlows.family)
    for user in (marlows.council.users.other_worker, marlows.council.professionals.school, marlows.worker):
        client.force_login(user)
        answer = client.get(address)
        assert answer.status_code in (403, 404) and plan not in answer.content


def test_nobody_outside_the_case_records_or_reads_it(client, marlows, by):
    meeting = record_group_meeting(
        by=by, family=marlows.family, offers=offers(marlows, by), held_on=by.on, plan="Jean has them at weekends"
    )
    addresses = [
        reverse("conferences:group_meetings", args=[marlows.family.pk]),
        reverse("conferences:change_group_meeting", args=[meeting.pk]),
    ]
    with pytest.raises(NotPermitted):
        record_group_meeting(by=marlows.council.by("other_worker"), family=marlows.family, offers=[])
    restrict(marlows.family)
    for user in (marlows.council.users.other_worker, marlows.council.professionals.school, marlows.worker):
        client.force_login(user)
        for address in addresses:
            response = client.get(address)
            assert response.status_code in (403, 404) and "weekends" not in response.content.decode()


def test_2_and_20_meetings_are_read_in_the_same_number_of_queries(marlows, by):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            group_meetings_of(marlows.family)
        return len(captured)

    for _ in range(2):
        record_group_meeting(by=by, family=marlows.family, offers=offers(marlows, by))
    few = asked()
    for _ in range(18):
        record_group_meeting(by=by, family=marlows.family, offers=offers(marlows, by))
    assert asked() == few
