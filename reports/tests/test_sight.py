"""Attempts to learn or to send what one must not: by an old address, another authority's worker, a look that drafts."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.models import InvitationChild
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.choices import Channel
from families.people.choices import SafeContact
from families.people.models import Address, ContactDetails
from families.tests.builders import declare_conflict, protect
from reports.incoming.choices import ReportKind
from reports.incoming.queries.requested import covered_children, kind_for
from reports.outgoing.models import ConferenceRecord
from reports.outgoing.queries.delivery import delivery_of
from reports.tests.builders import a_held_sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return a_booked_sitting()


def put_address(person, *, is_protected=False, **fields):
    with setting_up():
        person.addresses.update(from_on=date(2020, 1, 1))
        address = Address.objects.create(person=person, lines="6 Hidden Row\nEastwick", postcode="ZZ7 7HR", **fields)
    if is_protected:
        protect(address)


@pytest.mark.parametrize(
    "moved", [{"is_protected": True}, {"is_protected": True, "from_on": TODAY}, {"is_safe_for_post": False}]
)
def test_no_copy_is_posted_to_the_old_address_of_somebody_who_lives_where_post_is_not_safe(sitting, moved):
    mother = sitting.invitations["mother"]
    assert delivery_of(mother, TODAY).lines[0] == "14 Alder Lane"
    put_address(mother.person, **moved)
    found = delivery_of(mother, TODAY)
    assert (found.channel, found.lines) == (Channel.HAND, ())


def test_the_latest_safe_address_gets_the_copy(sitting):
    mother = sitting.invitations["mother"]
    put_address(mother.person, from_on=date(2026, 11, 1))
    assert delivery_of(mother, TODAY).lines[-1] == "ZZ7 7HR"


@pytest.mark.parametrize("safe", [SafeContact.PHONE, SafeContact.TEXT, SafeContact.EMAIL, SafeContact.UNKNOWN])
def test_nothing_is_posted_to_somebody_without_a_record_that_post_is_safe(sitting, safe):
    mother = sitting.invitations["mother"]
    with setting_up():
        ContactDetails.objects.filter(person=mother.person).update(safe_contact=safe)
    assert delivery_of(mother, TODAY).channel == Channel.HAND


def test_another_agencys_social_worker_writes_about_the_children_they_were_invited_for_alone(sitting):
    school = sitting.invitations["school"]
    with setting_up():
        school.role = "social_worker"
        school.save()
    assert kind_for(school) == ReportKind.AGENCY
    assert covered_children(school) == [sitting.marlows.rosa]
    assert kind_for(sitting.invitations["social_worker"]) == ReportKind.SOCIAL_WORK
    assert InvitationChild.objects.filter(invitation=school).count() == 1


def test_a_professional_who_opens_the_record_gets_a_404_and_drafts_nothing(client):
    sitting = a_held_sitting()
    client.force_login(sitting.council.professionals.school)
    assert client.get(reverse("reports:record", args=[sitting.conference.pk])).status_code == 404
    assert not ConferenceRecord.objects.exists()


def test_a_form_that_is_refused_shows_the_same_page_and_is_written_down_the_same(client, sitting):
    from cpc.core.audit.models import Look

    client.force_login(sitting.council.users.social_worker)
    marlows = sitting.marlows
    answer = client.post(reverse("families:change_person", args=[marlows.family.pk, marlows.theo.pk]), {"x": "1"})
    assert answer.status_code == 200 and "Theo" in answer.content.decode()
    assert Look.objects.filter(child_id=marlows.theo.pk).exists()


def test_a_conflict_closes_a_report_that_one_has_begun(client, sitting):
    school = sitting.council.professionals.school
    client.force_login(school)
    path = reverse("reports:write", args=[sitting.invitations["school"].pk])
    assert client.get(path).status_code == 200
    declare_conflict(school, sitting.marlows.family)
    assert client.get(path).status_code == 404
