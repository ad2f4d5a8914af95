"""Who conferences are about, in numbers that name nobody."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.work.equality import equality, groups_of, rounded
from families.people.models import Person
from reports.tests.builders import a_held_sitting

pytestmark = pytest.mark.django_db


def test_numbers_are_rounded_so_that_nobody_can_be_found_in_them():
    assert [rounded(number) for number in (0, 1, 4, 5, 7, 8, 12, 13)] == [
        "0 to 4", "0 to 4", "0 to 4", "5", "5", "10", "10", "15",
    ]  # fmt: skip


def test_a_child_counts_in_one_group_of_each_question():
    assert groups_of("BAFR", "F", ["HEAR"], True) == [
        ("Ethnicity", "Black"), ("Sex", "Female"), ("Disability", "Disabled"), ("Interpreter", "Needs one"),
    ]  # fmt: skip
    assert groups_of("REFU", "U", [], False)[:3] == [
        ("Ethnicity", "Not recorded"), ("Sex", "Not recorded"), ("Disability", "Not recorded"),
    ]  # fmt: skip


def test_the_service_manager_alone_sees_the_groups_and_no_name(client):
    sitting = a_held_sitting()
    with setting_up():
        Person.objects.filter(pk=sitting.marlows.rosa.pk).update(ethnicity="BAFR", sex="F")
    assert ("Ethnicity", "Black", "0 to 4", "0 to 4", "0 to 4") in equality(
        sitting.council.by("service_manager"), TODAY
    )
    client.force_login(sitting.council.users.service_manager)
    page = client.get(reverse("work:equality")).content.decode()
    assert "Black" in page and "Rosa" not in page and "Marlow" not in page
    client.force_login(sitting.council.users.administrator)
    assert client.get(reverse("work:equality")).status_code == 403
