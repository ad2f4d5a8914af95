"""Pages of an open family's conference reveal nothing about a person that only a restricted family wrote."""

import pytest
from django.urls import reverse

from conferences.convening.actions import invitations
from conferences.tests.builders import a_booked_conference
from conferences.tests.enquiries import an_enquiry
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import Invalid
from families.people.actions.names import change_name
from families.people.choices import Part
from families.people.models import Membership
from families.tests.builders import a_family, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    return a_booked_conference()


@pytest.fixture
def stones(convened):
    """Another family with Theo and Jean, which gives Jean another name."""
    marlows, service = convened.marlows, convened.council.users.other_worker
    family = a_family(convened.council, name="Stone", worker=service)
    with setting_up():
        for person, part in ((marlows.theo, Part.CHILD), (marlows.grandmother, Part.GRANDPARENT)):
            Membership.objects.create(family=family, person=person, part=part)
    given = {"by": viewer(service), "family": family, "person": marlows.grandmother}
    change_name(**given, first_name="Ruby", last_name="Quill")
    marlows.grandmother.refresh_from_db()
    return family


def test_somebody_added_to_the_list_does_not_get_a_name_only_a_restricted_family_uses(client, convened, stones):
    client.force_login(convened.council.users.administrator)
    page = reverse("conferences:add_family_member", args=[convened.conference.pk])
    assert "Ruby Quill" in client.get(page).content.decode()
    restrict(stones)
    assert "Jean Marlow" in (text := client.get(page).content.decode()) and "Quill" not in text
    convened.marlows.grandmother.refresh_from_db()
    added = invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="relative",
        person=convened.marlows.grandmother, reason="She asked for her", children=[convened.marlows.theo],
    )  # fmt: skip
    assert added.name == "Jean Marlow"  # as letters print it


def test_a_second_enquiry_is_refused_within_a_circle_and_one_of_a_restricted_family_is_not_told(convened, stones):
    marlows = convened.marlows
    an_enquiry(convened.by("other_worker"), stones, [marlows.theo], held_on=TODAY)

    def why():
        with pytest.raises(Invalid) as refused:
            an_enquiry(convened.by("social_worker"), marlows.family, [marlows.theo], held_on=TODAY)
        return refused.value.sentence

    assert why() == "No section 47 enquiry about Theo Marlow can be started here. Ask the conference service manager"
    restrict(stones)
    an_enquiry(convened.by("social_worker"), marlows.family, [marlows.theo], held_on=TODAY)
    assert why() == "A section 47 enquiry about Theo Marlow is already under way. Its outcome must be signed off first"
