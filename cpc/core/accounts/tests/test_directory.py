"""The directory of agencies: who keeps it, what is refused, and what a file changes."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cpc.core.accounts import directory
from cpc.core.accounts.choices import AgencyKind, ContactRole
from cpc.core.accounts.models import Agency, AgencyContact
from cpc.core.accounts.rules import AgencyEntry
from cpc.core.accounts.tests.builders import a_council, an_agency, last_event
from cpc.core.kernel.refusals import Invalid, NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def by(council):
    return council.by("administrator")


@pytest.fixture
def keeper(client, council):
    client.force_login(council.users.administrator)
    return council.users.administrator


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def every_page(council):
    yield from ((name, []) for name in ("agencies", "add_agency"))
    for name in ("agency", "change_agency", "add_contact", "add_closure"):
        yield name, [council.agencies.gp.pk]


@pytest.mark.parametrize("who", ["administrator", "system_administrator"])
def test_both_kinds_of_administrator_keep_the_directory(client, council, who):
    client.force_login(getattr(council.users, who))
    for name, args in every_page(council):
        page = client.get(reverse(f"accounts:{name}", args=args))
        assert page.status_code == 200, name
    accounts = 'href="/people/"' in client.get(reverse("accounts:agencies")).content.decode()
    assert accounts == (who == "system_administrator")


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "chair", "service_manager", "school"])
def test_nobody_else_opens_it(client, council, who):
    client.force_login(getattr(council.users, who, None) or getattr(council.professionals, who))
    for name, args in every_page(council):
        page = client.get(reverse(f"accounts:{name}", args=args))
        assert page.status_code == 403 and "Mill Road Surgery" not in text(page), name


def test_an_agency_its_contacts_and_closed_days_are_kept_on_the_pages(client, council, keeper):
    client.post(reverse("accounts:add_agency"), {
        "name": "Elm School", "kind": "school", "reference": "100001", "email": "office@example.org",
        "email_is_secure": "yes", "address": "1 Elm Road\nHarrowmere",
    })  # fmt: skip
    school = Agency.objects.get(name="Elm School")
    assert school.email_is_secure and school.is_active and school.address.startswith("1 Elm Road")
    client.post(reverse("accounts:add_contact", args=[school.pk]), {
        "name": "Priya Lane", "role": "safeguarding", "phone": "020 7946 0102"})  # fmt: skip
    days = {"from_on": "21 12 2026", "until_on": "3 1 2027", "why": "Christmas holidays"}
    client.post(reverse("accounts:add_closure", args=[school.pk]), days)
    page = text(client.get(reverse("accounts:agency", args=[school.pk])))
    for said in ("Priya Lane", "Safeguarding lead", "020 7946 0102", "21 December 2026 to", "Christmas holidays"):
        assert said in page
    client.post(reverse("accounts:remove_contact", args=[school.contacts.get().pk]))
    client.post(reverse("accounts:remove_closure", args=[school.closures.get().pk]))
    page = text(client.get(reverse("accounts:agency", args=[school.pk])))
    assert "No contacts yet" in page and "No closed days to come" in page


def test_a_form_that_is_refused_keeps_what_was_typed(client, council, keeper):
    pages = [
        (reverse("accounts:add_agency"), {"name": "Mill Lane Clinic", "kind": ""}, "Choose a kind"),
        (reverse("accounts:add_contact", args=[council.agencies.gp.pk]),
         {"name": "Mill Lane Clinic", "role": "office"}, "Enter a phone number or an email address"),
    ]  # fmt: skip
    for url, given, sentence in pages:
        page = client.post(url, given)
        assert sentence in text(page) and 'value="Mill Lane Clinic"' in page.content.decode()
    assert not Agency.objects.filter(name="Mill Lane Clinic").exists() and not AgencyContact.objects.exists()


def test_an_agency_that_no_longer_exists_is_listed_apart(client, council, keeper):
    directory.record_agency(
        by=council.by("administrator"), agency=council.agencies.gp, name="Mill Road Surgery", kind=AgencyKind.GP,
        is_active=False,
    )  # fmt: skip
    url = reverse("accounts:agencies")
    assert "Mill Road Surgery" not in text(client.get(url))
    assert "Mill Road Surgery" in text(client.get(url, {"closed": "yes"}))


def test_the_list_is_searched_by_name_place_number_and_kind(client, council, keeper):
    directory.record_agency(
        by=council.by("administrator"), agency=council.agencies.gp, name="Mill Road Surgery", kind=AgencyKind.GP,
        reference="Y00001", address="Quay Street",
    )  # fmt: skip
    for search in ({"search": "mill"}, {"search": "quay"}, {"search": "y00001"}, {"kind": "gp"}):
        page = text(client.get(reverse("accounts:agencies"), search))
        assert "Mill Road Surgery" in page and "Alder Lane Primary School" not in page


def test_the_list_takes_as_many_queries_for_more_as_for_few(client, council, keeper):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("accounts:agencies"))
        return len(captured)

    count()
    before = count()
    for _ in range(5):
        an_agency()
    assert count() == before


def test_one_agency_of_a_name_and_kind_and_one_of_a_number(by, council):
    with pytest.raises(Invalid, match="already an agency of this name"):
        directory.record_agency(by=by, name="mill road  surgery", kind=AgencyKind.GP)
    nursery = directory.record_agency(by=by, name="Mill Road Surgery", kind=AgencyKind.NURSERY, reference="ab1")
    assert nursery.reference == "AB1"
    with pytest.raises(Invalid, match="Mill Road Surgery has this number already"):
        directory.record_agency(by=by, name="Other", kind=AgencyKind.GP, reference="Ab1")


def test_closed_days_end_after_they_begin(by, council):
    with pytest.raises(Invalid) as refused:
        directory.record_closure(
            by=by, agency=council.agencies.gp, from_on=date(2026, 12, 2), until_on=date(2026, 12, 1), why="moving"
        )
    assert refused.value.field == "until_on" and not council.agencies.gp.closures.exists()


def test_a_file_adds_and_changes_agencies_and_leaves_the_others(by, council):
    contact = (ContactRole.OFFICE, "Jo Ray", "020 7946 0103", "")
    entries = [
        AgencyEntry("Mill Road Surgery", "gp", {"reference": "Y1", "phone": "020 7946 0104"}, (contact,)),
        AgencyEntry("Elm School", "school", {"email": "office@example.org"}),
        AgencyEntry("Police public protection unit", "police", {}),
    ]
    compared = directory.load_directory(by=by, entries=entries)
    assert (compared.new, compared.changed) == (["Elm School"], ["Mill Road Surgery"])
    assert compared.same == ["Police public protection unit"]
    assert last_event().details["agencies"] == 3
    gp = Agency.objects.get(kind="gp")
    assert (gp.phone, gp.contacts.get().name) == ("020 7946 0104", "Jo Ray")
    assert directory.compare(entries).same == ["Mill Road Surgery", "Elm School", "Police public protection unit"]
    renamed = [AgencyEntry("Mill Road Practice", "gp", {"reference": "Y1"})]
    assert directory.load_directory(by=by, entries=renamed).changed == ["Mill Road Practice"]
    assert Agency.objects.get(kind="gp").phone == "020 7946 0104"


def test_a_file_with_one_refused_agency_changes_nothing(by, council):
    before = set(Agency.objects.values_list("name", flat=True))
    entries = [
        AgencyEntry("Elm School", "school", {}),
        AgencyEntry("Alder Lane Primary School", "school", {"reference": "Y1"}),
        AgencyEntry("Alder Lane Primary School ", "school", {"reference": "Y2"}),
    ]
    with pytest.raises(Invalid, match="Alder Lane Primary School : There is already"):
        directory.load_directory(by=by, entries=entries)
    assert set(Agency.objects.values_list("name", flat=True)) == before


def test_a_file_does_not_put_the_address_of_one_school_on_another_of_the_same_name(by, council):
    directory.record_agency(by=by, name="St Mary’s", kind=AgencyKind.SCHOOL, reference="1", email="one@example.org")
    other = AgencyEntry("St Mary’s", "school", {"reference": "2", "email": "two@example.org"})
    assert directory.compare([other]).new == ["St Mary’s"]
    with pytest.raises(Invalid, match="already an agency of this name"):
        directory.load_directory(by=by, entries=[other])
    assert Agency.objects.get(reference="1").email == "one@example.org"


def test_only_those_who_keep_the_directory_load_a_file(council):
    with pytest.raises(NotPermitted):
        directory.load_directory(by=council.by("chair"), entries=[AgencyEntry("Elm School", "school", {})])
    assert not Agency.objects.filter(name="Elm School").exists()
