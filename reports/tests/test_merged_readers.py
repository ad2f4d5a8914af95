"""A reader with two records that were merged: how they are reached follows both records."""

from datetime import date

import pytest
from django.utils import timezone

from conferences.convening.choices import MOVED
from conferences.convening.letters import facts
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.queries.letter_context import letter_context, why_not_to_send
from conferences.tests.builders import an_invited_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from families.finding import actions
from families.people.actions.contact import record_address, record_contact
from families.people.choices import AddressKind, SafeContact
from families.tests.builders import a_child, a_family, an_adult
from reports.outgoing.queries.delivery import delivery_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    return an_invited_conference()


@pytest.fixture
def annie(convened):
    """The mother once more, in another team's family."""
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    a_child(other, "Ivo", last_name="Stone", born_on=date(2020, 5, 5))
    return an_adult(other, "Annie", "Stone")


def invitation_of(convened):
    return convened.invitation(convened.marlows.mother)


def of_the_stones(annie):
    family = annie.memberships.get().family
    return {"by": viewer(family.social_worker), "family": family, "person": annie}


def merge(convened, kept, merged):
    return actions.merge(
        by=viewer(convened.council.users.service_manager), kept=kept, merged=merged, reason="The same woman"
    )


def test_a_copy_is_not_posted_where_another_record_of_its_reader_has_a_refuge(convened, annie):
    assert delivery_of(invitation_of(convened), TODAY).channel == Channel.PRINT
    record_address(**of_the_stones(annie), lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ", kind=AddressKind.REFUGE)
    merge(convened, convened.marlows.mother, annie)
    assert delivery_of(invitation_of(convened), TODAY).channel == Channel.HAND


def test_a_letter_goes_as_the_surviving_record_says_though_the_invitation_was_the_other_records(convened, annie):
    record_contact(**of_the_stones(annie), safe_contact=SafeContact.POST)
    merge(convened, annie, convened.marlows.mother)
    assert delivery_of(invitation_of(convened), TODAY).channel == Channel.PRINT
    record_contact(**of_the_stones(annie), safe_contact=SafeContact.HAND, hand_by=convened.council.users.other_worker)
    _, channel, worker = facts.addressee(letter_context(convened.conference), invitation_of(convened))
    assert (channel, worker) == ("hand", convened.council.users.other_worker)
    assert delivery_of(invitation_of(convened), TODAY).channel == Channel.HAND


def test_nothing_goes_to_somebody_who_has_died_under_their_other_record(convened, annie):
    record_contact(**of_the_stones(annie), safe_contact=SafeContact.POST)
    merge(convened, annie, convened.marlows.mother)
    with setting_up():
        annie.died_on = TODAY
        annie.save()
    leaves = mailing_for(
        letter_context(convened.conference),
        invitation_of(convened),
        MOVED,
        TODAY,
        stamped_at=timezone.now(),
    )
    assert "has died" in leaves.not_sent_because
    waiting = Outgoing.objects.filter(recipient_kind="person", recipient_id=convened.marlows.mother.pk)
    assert waiting and all("has died" in why_not_to_send(one) for one in waiting)
