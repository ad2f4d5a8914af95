"""Lists that grow for years are read a page at a time: their oldest rows are never left out without a word."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.cases.models import Family, SaidConflict
from families.people.models import Merge, Person
from families.people.queries.search import MOST_FAMILIES, families_meant
from families.tests.builders import a_family, the_marlows

pytestmark = pytest.mark.django_db


def past_covers(marlows, users, number):
    TeamCover.objects.bulk_create(
        TeamCover(
            user=users.other_worker, team=users.social_worker.team, kind=CoverKind.DUTY, reason="Duty",
            from_on=TODAY - timedelta(days=20 + place), until_on=TODAY - timedelta(days=10 + place),
            granted_by=users.team_manager,
        )
        for place in range(number)
    )  # fmt: skip
    return users.service_manager


def merges(marlows, users, number):
    for place in range(number):
        again = Person.objects.create(first_name="Jean", last_name=f"Marlow {place}", merged_into=marlows.grandmother)
        marlows.family.memberships.create(person=again, part="grandparent")
        at = timezone.now() - timedelta(days=place)
        Merge.objects.create(
            kept=marlows.grandmother, merged=again, reason=f"{place} days ago", by=users.team_manager, at=at
        )
    return users.team_manager


def own_declarations(marlows, users, number):
    SaidConflict.objects.bulk_create(
        SaidConflict(
            user=users.other_worker, said_by=users.other_worker, whom=f"Neighbour {place}", reason="I know them",
            said_at=timezone.now() - timedelta(days=place),
        )
        for place in range(number)
    )  # fmt: skip
    return users.other_worker


@pytest.mark.parametrize(
    ("fill", "page", "number", "row", "rest"),
    [
        (past_covers, "families:covers", 51, "Past", "?page=2"),
        (merges, "families:duplicates", 26, "25 days ago", "?merges=2"),
        (own_declarations, "families:declare_conflict", 21, "Neighbour 20", "?page=2"),
    ],
)
def test_the_oldest_row_of_a_long_list_is_on_its_second_page(client, fill, page, number, row, rest):
    marlows = the_marlows()
    with setting_up():
        user = fill(marlows, marlows.council.users, number)
    client.force_login(user)
    first = client.get(reverse(page))
    assert first.status_code == 200 and rest in first.content.decode()
    assert row in client.get(reverse(page) + rest).content.decode()


def test_a_search_says_that_there_are_more_families_and_the_list_of_conferences_finds_them_all(client):
    council = the_marlows().council
    for _ in range(MOST_FAMILIES):
        a_family(council)
    worker = council.users.social_worker
    client.force_login(worker)
    shown = client.get(reverse("families:search"), {"q": "Marlow"}).content.decode()
    assert f"Only the {MOST_FAMILIES} families opened last are shown." in " ".join(shown.split())
    assert sorted(families_meant(viewer(worker), "Marlow")) == sorted(Family.objects.values_list("pk", flat=True))
    first = Family.objects.first().case_number
    assert "opened last are shown" not in client.get(reverse("families:search"), {"q": first}).content.decode()
