"""Of somebody who stands in a restricted family too, the list of an open family's conference and its enquiries say
nothing that only the restricted one wrote."""

import pytest
from django.urls import reverse

from conferences.actions import invite
from conferences.actions.request import record_strategy_discussion
from conferences.tests.builders import a_booked_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import Invalid
from families import actions
from families.choices import Part
from families.models import Membership
from families.tests.builders import a_family, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    return a_booked_conference()


@pytest.fixture
def stones(convened):
    """Another family, in which Theo and Jean stand too, and which calls Jean otherwise."""
    marlows, service = convened.marlows, convened.council.users.other_worker
    family = a_family(convened.council, name="Stone", worker=service)
    with setting_up():
        for person, part in ((marlows.theo, Part.CHILD), (marlows.grandmother, Part.GRANDPARENT)):
            Membership.objects.create(family=family, person=person, part=part)
    given = {"by": viewer(service), "family": family, "person": marlows.grandmother}
    actions.change_name(**given, first_name="Ruby", last_name="Quill")
    marlows.grandmother.refresh_from_db()
    return family


def test_somebody_added_to_the_list_is_not_called_as_only_a_restricted_family_calls_them(client, convened, stones):
    client.force_login(convened.council.users.administrator)
    page = reverse("conferences:add_family_member", args=[convened.conference.pk])
    assert "Ruby Quill" in client.get(page).content.decode()
    restrict(stones)
    assert "Jean Marlow" in (text := client.get(page).content.decode()) and "Quill" not in text
    added = invite.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="relative",
        person=convened.marlows.grandmother, reason="She asked for her", children=[convened.marlows.theo],
    )  # fmt: skip
    assert added.name == "Jean Marlow"  # as letters print it


def test_an_enquiry_of_a_restricted_family_stops_a_second_one_and_is_not_told(convened, stones):
    marlows = convened.marlows
    given = {
        "held_on": TODAY, "who_took_part": "Police", "concerns": "Bruises", "decided": "An enquiry",
        "children": [marlows.theo],
    }  # fmt: skip
    record_strategy_discussion(by=convened.by("other_worker"), family=stones, **given)

    def why():
        with pytest.raises(Invalid) as refused:
            record_strategy_discussion(by=convened.by("social_worker"), family=marlows.family, **given)
        return refused.value.sentence

    restrict(stones)
    assert why() == ("No section 47 enquiry about Theo Marlow can be started here. Ask the conference service manager")
    restrict(stones, to=[convened.council.users.social_worker])
    assert why() == "A section 47 enquiry about Theo Marlow is already under way. Record its outcome first"
