"""Two teams record one child; a manager finds both, merges them with a reason, sees one, and parts them again."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from conferences.tests.builders import at
from cpc.core.accounts.tests.builders import TODAY
from families.people.models import Person
from families.tests.builders import a_family, the_marlows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(at(TODAY, 9), tick=True):
        yield


def test_one_child_recorded_by_two_teams_is_merged_seen_as_one_and_parted_again(window, axe):
    marlows = the_marlows()
    users = marlows.council.users
    stone = a_family(marlows.council, name="Stone", worker=users.other_worker)

    # The second team may not see the first one's family: nothing tells its worker that Rosa is known already.
    page = window(users.other_worker, reverse("families:add_child", args=[stone.pk]))
    page.get_by_label("First name").fill("Rosie")
    page.get_by_label("Last name").fill("Marlow")
    for part, number in (("", 14), ("_month", 5), ("_year", 2018)):
        page.locator(f"#id_born_on{part}").fill(str(number))
    page.get_by_role("button", name="Save child", exact=True).click()
    expect(page.locator("main")).to_contain_text("Rosie Marlow")
    assert "Is it one of these" not in page.content()
    rosie = Person.objects.get(first_name="Rosie")

    # Within one team the question is asked, and what was typed goes on with the answer.
    second = a_family(marlows.council, name="Hart")
    page = window(marlows.worker, reverse("families:add_child", args=[second.pk]))
    page.get_by_label("First name").fill("Rósa")
    page.get_by_label("Last name").fill("Marlow")
    for part, number in (("", 14), ("_month", 5), ("_year", 2018)):
        page.locator(f"#id_born_on{part}").fill(str(number))
    page.get_by_role("button", name="Save child", exact=True).click()
    expect(page.get_by_role("heading", name="Is it one of these people?")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Stone")
    axe(page)
    page.get_by_role("button", name="Use this person").click()
    expect(page.locator("main")).to_contain_text("Rosa Marlow is in this family now")
    assert Person.objects.filter(born_on=date(2018, 5, 14)).count() == 2

    manager = window(users.service_manager, reverse("families:duplicates"))
    expect(manager.locator("main")).to_contain_text("Rosie Marlow")
    axe(manager)
    manager.get_by_role("link", name="Compare and merge Rosa Marlow and Rosie Marlow").click()
    expect(manager.get_by_role("heading", name="Are these two records the same person?")).to_be_visible()
    axe(manager)
    manager.get_by_role("button", name="Merge the two records").click()
    manager.get_by_label("How do you know that they are the same person?").fill("The same birth certificate")
    manager.get_by_role("button", name="Merge the two records").click()
    expect(manager.locator("main")).to_contain_text("Merged. The two records are one person now")

    manager.goto(manager.url.split("/families/")[0] + reverse("families:search") + "?q=rosie")
    expect(manager.locator("main")).to_contain_text("1 person found")
    expect(manager.locator("main")).to_contain_text("Also recorded as Rosie Marlow")
    axe(manager)
    manager.get_by_role("link", name="Stone family", exact=True).click()
    expect(manager.locator("main")).to_contain_text("Rosa Marlow")
    expect(manager.locator("main")).not_to_contain_text("Rosie")

    manager.goto(manager.url.split("/families/")[0] + reverse("families:duplicates"))
    manager.get_by_role("link", name="Undo the merge").click()
    manager.get_by_label("Why are they not the same person?").fill("Cousins of one age")
    manager.get_by_role("button", name="Undo the merge").click()
    expect(manager.locator("main")).to_contain_text("are two people again")
    manager.goto(manager.url.split("/families/")[0] + reverse("families:family", args=[stone.pk]))
    expect(manager.locator("main")).to_contain_text("Rosie Marlow")
    rosie.refresh_from_db()
    assert rosie.merged_into_id is None
