"""What is gathered for one viewer is all that is theirs: the short way to a list and the long one give one list."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import a_booked_conference, an_agreed_conference, at
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.reminders.queries import duties, duties_of, first_duties
from families.cases.models import Family
from families.tests.builders import declare_conflict, restrict, the_marlows
from reports.outgoing.actions.drafting import draft_record
from reports.tests.builders import a_held_sitting, a_report, approve_letters, ask_for_reports, submit_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    """Families at every stage, one of them of the other team, one restricted: asked for, booked, held, written up."""
    agreed = an_agreed_conference()
    council = agreed.council
    a_booked_conference(the_marlows(council, name="Birch"))
    booked = ask_for_reports(a_booked_sitting(TODAY + timedelta(days=4), marlows=the_marlows(council, name="Colley")))
    submit_report(a_report(booked, "social_worker"))
    a_closed_sitting(TODAY - timedelta(days=28), marlows=the_marlows(council, name="Dunmore"))
    held = a_held_sitting(TODAY - timedelta(days=7), marlows=the_marlows(council, name="Eastlake"))
    record = draft_record(by=held.chair, conference=held.conference)
    approve_letters(by=held.chair, record=record)
    elsewhere = a_closed_sitting(
        TODAY - timedelta(days=14), marlows=the_marlows(council, name="Fenwick")
    ).marlows.family
    with setting_up():
        Family.objects.filter(pk=elsewhere.pk).update(team=council.other_team, social_worker=council.users.other_worker)
    restrict(booked.marlows.family, to=[council.users.social_worker, council.users.chair])
    declare_conflict(council.users.administrator, held.marlows.family)
    return council


def test_what_is_gathered_for_one_viewer_is_the_same_as_what_is_theirs_of_everybodys(council):
    kinds = set()
    for on in (TODAY, TODAY + timedelta(days=120)):  # when all is late, the managers are told as well
        with time_machine.travel(at(on, 9), tick=False):
            everybodys = duties()
            for name, user in {**vars(council.users), **vars(council.professionals)}.items():
                by = viewer(user, on)
                theirs = duties_of(by, everybodys)
                assert first_duties(by, 1_000) == (theirs, False), (name, on)
                for wanted in (1,) if theirs else ():
                    soonest, is_more = first_duties(by, wanted)
                    assert soonest == theirs[: len(soonest)], (name, on, wanted)
                    assert len(soonest) > wanted if is_more else soonest == theirs, (name, on, wanted)
                kinds |= {duty.kind for duty in theirs}
    assert len(kinds) > 8, kinds


def test_a_first_page_asks_nothing_twice(client, council):
    asked = {}
    for name, user in vars(council.users).items():
        client.force_login(user)
        client.get(reverse("work:home"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("work:home"))
        statements = [query["sql"] for query in captured]
        assert [sql for sql, times in Counter(statements).items() if times > 1] == [], name
        asked[name] = len(statements)
    assert asked["social_worker"] <= 85 and asked["team_manager"] <= 86, asked
