"""Pages of a conference about an open family use no name that only a restricted family gave.

The live page is shown on the wall of the room where the birth family sits.
"""

import pytest
from django.urls import reverse

from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import a_booked_sitting, an_open_sitting, mark
from cpc.core.accounts.tests.builders import setting_up, viewer
from families.people.actions.names import change_name
from families.people.choices import Part
from families.people.models import Membership
from families.tests.builders import a_family, restrict

pytestmark = pytest.mark.django_db
NEW = ("Ruby", "Quill", "Zelda")


def stones(sitting):
    """A second family with Rosa and her grandmother, which has given them other names."""
    marlows, council = sitting.marlows, sitting.council
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    with setting_up():
        Membership.objects.create(family=family, person=marlows.rosa, part=Part.CHILD)
        Membership.objects.create(family=family, person=marlows.mother, part=Part.PARENT)
    for person, last in ((marlows.rosa, "Quill"), (marlows.mother, "Quill")):
        change_name(
            by=viewer(council.users.other_worker), family=family, person=person, first_name="Ruby", last_name=last,
            known_as="Zelda",
        )  # fmt: skip
    return family


def told(client, user, addresses):
    """For each page, the new names that it shows."""
    client.force_login(user)
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = [name for name in NEW if name in answer.content.decode()]
    return found


def test_no_page_of_a_conference_uses_a_name_that_only_a_restricted_family_gave(client):
    booked = a_booked_sitting()
    one = [booked.conference.pk]
    listed = [reverse(f"conferences:{name}", args=one) for name in ("conference", "request", "invitations")]
    shown_and_silent(client, booked, booked.council.users.administrator, listed)


def test_no_page_of_the_live_conference_uses_a_name_that_only_a_restricted_family_gave(client):
    sitting = mark(an_open_sitting())
    one, rosa = sitting.conference.pk, sitting.rows["rosa"].pk
    places = [reverse(f"conferences:{name}", args=[one]) for name in ("meet", "meet_decide")]
    places += [reverse("conferences:meet_child", args=[one, rosa]), reverse("plans:close", args=[one])]
    shown_and_silent(client, sitting, sitting.conference.chair, places)


def test_the_plan_uses_no_name_that_only_a_restricted_family_gave(client):
    closed = a_closed_sitting()
    places = [reverse("plans:family", args=[closed.marlows.family.pk])]
    places += [reverse("conferences:conference", args=[closed.conference.pk])]
    shown_and_silent(client, closed, closed.council.users.social_worker, places)


def shown_and_silent(client, sitting, user, places):
    family = stones(sitting)
    before = told(client, user, places)
    assert all(before.values()), f"while the other family is open, they are called so: {before}"
    restrict(family)
    assert not any(told(client, user, places).values()), told(client, user, places)
