"""The pages of the rules: who may open them, what they show, and what a mistake gets."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Viewer
from cpc.core.policy import queries
from cpc.core.policy.actions import set_local_limit
from cpc.core.policy.models import BankHoliday, LocalLimit

READ = ("policy:timescales", "policy:bank_holidays")
CHANGE = (
    "policy:add_bank_holiday", "policy:local_limits", "policy:set_local_limit", "policy:words", "policy:set_words",
    "documents:letterhead",
)  # fmt: skip


@pytest.fixture
def signed_in(client, person):
    """A browser signed in as somebody who holds the role."""

    def sign_in(role):
        client.force_login(person(role))
        return client

    return sign_in


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROFESSIONAL])
def test_staff_read_the_timescales_and_the_bank_holidays(signed_in, role):
    browser = signed_in(role)
    assert [browser.get(reverse(name)).status_code for name in READ] == [200, 200]


@pytest.mark.parametrize("role", Role)
def test_only_a_system_administrator_opens_the_pages_that_change_rules(signed_in, role):
    browser = signed_in(role)
    holiday = BankHoliday.objects.first()
    allowed = 200 if role is Role.SYSTEM_ADMINISTRATOR else 403
    addresses = [reverse(name) for name in CHANGE] + [reverse("policy:remove_bank_holiday", args=[holiday.pk])]
    assert [browser.get(address).status_code for address in addresses] == [allowed] * 7


def test_a_professional_does_not_read_them(signed_in):
    browser = signed_in(Role.PROFESSIONAL)
    assert [browser.get(reverse(name)).status_code for name in READ] == [403, 403]


def test_the_timescales_page_lists_every_limit_with_what_it_is(signed_in):
    page = signed_in(Role.SOCIAL_WORKER).get(reverse("policy:timescales")).content.decode()
    for limit in queries.book().limits.values():
        assert f'id="{limit.key}"' in page
    assert "National limits" in page and "Defaults" in page and "From the preset for Haringey" in page
    assert "lawful" not in page
    assert reverse("policy:local_limits") not in page
    # What is not certain about a source is for those who keep the presets.
    assert "To check" not in page
    kept = signed_in(Role.SYSTEM_ADMINISTRATOR).get(reverse("policy:timescales")).content.decode()
    assert "To check: The original text has not been checked." in kept


def test_the_bank_holidays_of_a_year_and_years_that_are_not_known(signed_in):
    browser = signed_in(Role.CHAIR)
    page = browser.get(reverse("policy:bank_holidays"), {"year": "2022"}).content.decode()
    assert "State Funeral of Queen Elizabeth II" in page and "Remove" not in page
    for year in ("1999", "2051", "x", "-1", "٢٠٢٦", "9" * 50):
        assert browser.get(reverse("policy:bank_holidays"), {"year": year}).status_code == 404


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_an_administrator_adds_and_removes_a_bank_holiday(signed_in):
    browser = signed_in(Role.SYSTEM_ADMINISTRATOR)
    given = {**boxes("falls_on", date(2027, 6, 4)), "name": "A royal day", "reason": "Proclaimed"}
    answer = browser.post(reverse("policy:add_bank_holiday"), given, follow=True)
    assert "Friday 4 June 2027 is now a bank holiday." in answer.content.decode()
    holiday = BankHoliday.objects.get(falls_on=date(2027, 6, 4))
    answer = browser.post(reverse("policy:remove_bank_holiday", args=[holiday.pk]), {"reason": "Off"}, follow=True)
    assert "is no longer a bank holiday" in answer.content.decode()
    assert not BankHoliday.objects.filter(falls_on=date(2027, 6, 4)).exists()


def test_a_bad_bank_holiday_gets_a_sentence_and_keeps_what_was_typed(signed_in):
    browser = signed_in(Role.SYSTEM_ADMINISTRATOR)
    given = {**boxes("falls_on", date(2027, 6, 5)), "name": "A royal day", "reason": "Proclaimed"}
    page = browser.post(reverse("policy:add_bank_holiday"), given).content.decode()
    assert "Saturday 5 June 2027 is not counted anyway." in page and "A royal day" in page
    empty = browser.post(reverse("policy:add_bank_holiday"), {}).content.decode()
    assert empty.count("govuk-error-message") >= 3


def test_an_administrator_sets_and_withdraws_a_limit(signed_in):
    browser = signed_in(Role.SYSTEM_ADMINISTRATOR)
    today = timezone.localdate()
    given = {
        "key": "record", "amount": "10", "unit": "working days", "counting": "ordinary", "reason": "Agreed",
        **boxes("from_on", today),
    }  # fmt: skip
    answer = browser.post(reverse("policy:set_local_limit"), given, follow=True).content.decode()
    assert "The limit is set from" in answer and "10 working days" in answer
    assert "Set by this service" in browser.get(reverse("policy:timescales")).content.decode()
    row = LocalLimit.objects.get()
    answer = browser.post(reverse("policy:withdraw_local_limit", args=[row.pk]), {"reason": "Off"}, follow=True)
    assert "The value is withdrawn." in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "icpc", "amount": "16"}, "can end later than the national limit of 15 working days"),
        ({"amount": "many"}, "must be a number"),
        ({"amount": "0"}, "1 or more"),
        ({"amount": "900"}, "from 1 to 260"),
        ({"key": "nothing"}, "Choose"),
        ({"counting": "clear"}, "clear days are only for a limit that counts back"),
        ({"from_on_year": "2020"}, "today’s date or a later one"),
        ({"from_on_month": "13"}, "month between 1 and 12"),
    ],
)
def test_a_limit_that_cannot_be_gets_a_sentence_and_keeps_what_was_typed(signed_in, change, said):
    browser = signed_in(Role.SYSTEM_ADMINISTRATOR)
    given = {
        "key": "record", "amount": "10", "unit": "working days", "counting": "ordinary", "reason": "Agreed by us",
        **boxes("from_on", timezone.localdate()),
    } | change  # fmt: skip
    page = browser.post(reverse("policy:set_local_limit"), given).content.decode()
    assert said in page and "Agreed by us" in page
    assert not LocalLimit.objects.exists()


def test_the_list_of_local_limits_asks_the_same_for_one_and_for_three(administrator):
    browser = client_of(administrator)
    counts = []
    for keys in (("record",), ("visit", "complaint")):
        for key in keys:
            set_local_limit(
                by=administrator, key=key, amount=1, unit="weeks", from_on=administrator.on, reason="Agreed",
                on=administrator.on,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("policy:local_limits")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def client_of(viewer: Viewer):
    browser = Client()
    browser.force_login(User.objects.get(pk=viewer.id))
    browser.get(reverse("policy:timescales"))
    return browser


@pytest.mark.django_db
def test_a_limit_of_one_reads_in_the_singular(administrator):
    today = administrator.on
    set_local_limit(by=administrator, key="visit", amount=1, unit="weeks", from_on=today, reason="Agreed", on=today)
    assert queries.limit("visit", today).length == "1 week"
