"""What the rest of the software asks of policy, and how often it reads."""

from datetime import date

import pytest
from django.template import Context, Template

from cpc.core.policy import queries
from cpc.core.policy.bank_holidays import shipped
from cpc.core.policy.models import BankHoliday

pytestmark = pytest.mark.django_db


def test_fifty_dates_within_one_block_read_the_rules_once(django_assert_num_queries):
    with django_assert_num_queries(2), queries.rules_read_once():
        for day in range(1, 29):
            queries.due("icpc", date(2026, 2, day))
            queries.review_due(date(2026, 2, day), first=day % 2 == 0)
        queries.calendar()


def test_a_page_that_only_counts_working_days_reads_the_bank_holidays_alone_and_once(django_assert_num_queries):
    with django_assert_num_queries(1), queries.rules_read_once():
        assert queries.calendar() is queries.calendar()
    with django_assert_num_queries(3), queries.rules_read_once():
        queries.calendar()
        queries.limit("icpc", date(2026, 2, 1))
        queries.read_again()
        queries.calendar()


def test_words_and_bank_holidays_are_read_in_one_answer_within_one_block_and_settings_need_no_query(
    django_assert_num_queries, settings
):
    settings.CPC_PRESET = "isle-of-wight"
    with django_assert_num_queries(1), queries.rules_read_once():
        assert queries.words("authority_name") == "Harrowmere Council"
        assert queries.words("service_name") == "Independent Reviewing and Child Protection Service"
        assert queries.setting("child_invite_age") == 10
        assert queries.calendar().closed


def test_reviews_count_from_their_own_anchor_and_are_never_chained():
    assert queries.review_due(date(2025, 11, 30), first=True).on == date(2026, 2, 27)
    assert queries.review_due(date(2025, 11, 30), first=False).on == date(2026, 5, 29)


def test_an_emptied_table_falls_back_to_the_bank_holidays_that_ship():
    from cpc.core.accounts.permissions import Permission, system
    from cpc.core.audit.door import acting

    with acting(system(date(2026, 3, 10)), Permission.SET_UP):
        BankHoliday.objects.all().delete()
    assert queries.calendar().closed == frozenset(shipped())


def test_the_panel_shows_the_sentence_and_the_working_escaped():
    due = queries.due("icpc", date(2026, 3, 10))
    shown = Template("{% load policy_panels %}{% due_working due %}").render(Context({"due": due}))
    assert "The last day of the 15 working days is Tuesday 31 March 2026." in shown
    assert shown.count("<li>") == len(due.working) and "<details" in shown
