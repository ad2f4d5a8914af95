"""The large family: everybody is there, four generations hang together, and who is who takes four queries."""

import pytest

from cpc.core.accounts.tests.builders import viewer
from families.people.choices import PARENTS
from families.people.queries.homes import homes
from families.people.queries.household import household
from families.tests.builders_large import the_larges

pytestmark = pytest.mark.django_db


@pytest.fixture
def larges():
    return the_larges()


def test_a_large_family_is_twelve_children_and_twenty_eight_adults_of_four_generations(larges):
    found = household(larges.family, viewer(larges.family.social_worker))
    assert (len(found.children), len(found.adults)) == (12, 28)
    parents = {}
    for tie in found.relationships:
        if tie.kind in PARENTS:
            parents.setdefault(tie.child_id, set()).add(tie.adult_id)
    assert larges["edith"].pk in parents[larges["jean"].pk]
    assert larges["jean"].pk in parents[larges["anna"].pk]
    assert larges["anna"].pk in parents[larges["rosa"].pk]


def test_who_lives_where_in_a_large_family(larges):
    main, jeans = homes(larges.family)
    assert {stay.person.first_name for stay in main.now} >= {"Anna", "Lewis", "Rosa", "Ivy"}
    assert {stay.person.first_name for stay in jeans.now} == {"Jean", "Edith", "Beth", "Nora", "Jude", "Arlo", "Tilly"}
    assert not {stay.person_id for stay in main.now} & {stay.person_id for stay in jeans.now}


def test_who_is_who_in_a_large_family_takes_four_queries(larges, django_assert_num_queries):
    by = viewer(larges.family.social_worker)
    with django_assert_num_queries(4):
        for member in household(larges.family, by).members:
            assert member.describe_relationships() is not None
