"""First pages, lists and performance: each role finds its next work, in a fixed number of questions."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions.disputes import answer_dispute, dispute_decision
from conferences.convening.models import Conference
from conferences.convening.queries.clock import stage_due
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import (
    a_booked_conference,
    an_agreed_conference,
    an_invited_conference,
    at,
    second_checked,
)
from conferences.tests.test_request import a_declined_request
from cpc.core.accounts.tests.builders import TODAY, a_council, setting_up
from families.tests.builders import declare_conflict, the_marlows
from reports.outgoing.actions.releasing import ask_for_override
from reports.outgoing.queries.checking import check_of
from reports.tests.builders import all_looked_at, copy_for, looked_at
from reports.tests.test_checking import ADDRESS, approved_with

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
HOME = reverse("work:home")


def page(client, user, path=HOME):
    client.force_login(user)
    return " ".join(client.get(path).content.decode().split())


def number_of_queries(client, path):
    client.get(path)  # what is asked once and kept
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", [
    "social_worker", "team_manager", "chair", "administrator", "service_manager", "system_administrator"])  # fmt: skip
def test_every_role_has_a_first_page_though_nothing_is_there(client, name):
    council = a_council()
    assert "You have nothing to do today" in page(client, getattr(council.users, name))


def test_a_professional_has_a_first_page_with_the_report_that_is_asked(client):
    convened = an_invited_conference()
    school = page(client, convened.council.professionals.school)
    invitation = convened.invitation(convened.council.professionals.school)
    assert reverse("reports:write", args=[invitation.pk]) in school
    assert "You have nothing to do" in page(client, convened.council.professionals.nursery)


def test_an_agreed_conference_is_the_administrators_to_book_and_nobody_elses(client):
    convened = an_agreed_conference()
    users, path = convened.council.users, reverse("conferences:conference", args=[convened.conference.pk])
    assert path in page(client, users.administrator)
    for other in (users.chair, users.other_worker, users.service_manager):
        assert path not in page(client, other)


def test_a_review_is_the_administrators_to_book_and_on_nobody_elses_list(client):
    users = a_closed_sitting().council.users
    assert "Book the review" in page(client, users.administrator)
    for other in (users.chair, users.social_worker, users.team_manager):
        assert "Book the review" not in page(client, other)


def test_who_declared_a_conflict_finds_nothing_of_the_family_on_any_list(client):
    convened = an_invited_conference()
    users = convened.council.users
    declare_conflict(users.service_manager, convened.marlows.family)
    for path in (HOME, reverse("work:conferences"), reverse("work:performance")):
        assert "Marlow" not in page(client, users.service_manager, path)
    assert "Marlow" in page(client, users.administrator, reverse("work:conferences"))


LISTS = [
    ("administrator", HOME), ("chair", HOME), ("social_worker", HOME), ("service_manager", HOME),
    ("administrator", reverse("work:conferences")), ("service_manager", reverse("work:performance")),
]  # fmt: skip


def test_no_list_asks_more_for_three_conferences_than_for_one(client):
    council = a_council()

    def asked():
        found = {}
        for name, path in LISTS:
            client.force_login(getattr(council.users, name))
            found[name, path] = number_of_queries(client, path)
        return found

    an_agreed_conference(the_marlows(council))
    an_invited_conference(the_marlows(council, name="Harlan"))
    few = asked()
    for number, family in enumerate(("Pond", "Quill", "Rook", "Swan")):
        if number % 2:
            an_agreed_conference(the_marlows(council, name=family))
        else:
            an_invited_conference(the_marlows(council, name=family), hour=12 + 2 * number)
    assert asked() == few


def test_a_first_page_shows_the_most_urgent_of_many_and_reads_no_more_than_it_shows(client):
    council = a_council()
    first = an_agreed_conference(the_marlows(council))
    manager, on = council.users.team_manager, first.conference.due_on

    def ask(how_many):
        with setting_up():
            Conference.objects.bulk_create(
                Conference(family=first.marlows.family, kind="initial", state="requested", anchor_on=TODAY,
                           due_on=on + timedelta(days=n % 7), requested_by=manager, requested_at=timezone.now())
                for n in range(how_many)
            )  # fmt: skip

    ask(8)
    client.force_login(manager)
    few, few_rows = number_of_queries(client, HOME), rows_made(client)
    assert "More than" not in page(client, manager)
    ask(200)
    assert number_of_queries(client, HOME) == few
    assert rows_made(client) <= few_rows + 3 * (51 - 8)  # one more than a page of 50, each with its family and team
    assert "More than 50 things to do" in page(client, manager)
    shown = [re.findall(r"/(\d+)/request/", page(client, manager, f"{HOME}?page={n}")) for n in range(1, 6)]
    assert len(shown[0]) <= 50 and sum(len(one) for one in shown) == 208
    last_days = [Conference.objects.get(pk=pk).due_on for one in shown for pk in one]
    days = [stage_due("conference_decision", day).on for day in last_days]
    assert days == sorted(days) and len({pk for one in shown for pk in one}) == 208
    for bad in ("9999", "0", "-1", "x", "²", "99999999999"):
        assert client.get(f"{HOME}?page={bad}").status_code == 200


def rows_made(client):
    """How many records the first page makes objects of."""
    made = []

    def count(**_):
        made.append(1)

    post_init.connect(count)
    try:
        client.get(HOME)
    finally:
        post_init.disconnect(count)
    return len(made)


def test_the_list_of_conferences_is_searched_and_narrowed_and_bad_words_in_the_address_do_no_harm(client):
    convened = an_agreed_conference()
    an_invited_conference(the_marlows(convened.council, name="Harlan"))
    administrator, path = convened.council.users.administrator, reverse("work:conferences")
    booked = page(client, administrator, f"{path}?state=booked")
    assert "Harlan" in booked and "Marlow" not in booked
    assert "Harlan" not in page(client, administrator, f"{path}?q=marl")
    chair, room = Conference.objects.exclude(chair=None).values_list("chair", "room")[0]
    for narrowed in (f"?chair={chair}", f"?room={room}"):
        shown = page(client, administrator, path + narrowed)
        assert "Harlan" in shown and "Marlow" not in shown, narrowed
    assert "Harlan" not in page(client, administrator, f"{path}?late=1")
    with time_machine.travel(at(TODAY + timedelta(days=60)), tick=True):
        late = page(client, administrator, f"{path}?late=1")
    assert "Marlow" in late and "Last day missed" in late and "Harlan" not in late
    for odd in ("?state=%00", "?chair=x", "?room=%00", "?q=%00%27", "?page=minus", "?page=99999"):
        assert client.get(path + odd).status_code == 200


def test_the_list_of_conferences_begins_with_what_comes_next_where_and_with_which_chair(client):
    convened = an_invited_conference()
    an_invited_conference(the_marlows(convened.council, name="Harlan"), hour=14)
    path = reverse("work:conferences")
    shown = page(client, convened.council.users.administrator, path)
    rows = shown.partition("<tbody")[2]
    assert rows.index("Marlow") < rows.index("Harlan") and rows.count("Marlow family") == 1
    booked = convened.conference
    booked.refresh_from_db()
    assert booked.room.name in rows and str(booked.chair) in rows and f"{booked.children.count()} children" in rows
    asked = booked.invitations.filter(report_asked=True).count()
    assert asked and f"0 of {asked}" in " ".join(rows.split())
    every = page(client, convened.council.users.administrator, f"{path}?state=all").partition("<tbody")[2]
    assert every.index("Harlan") < every.index("Marlow")


def test_what_is_late_is_under_what_is_to_be_done(client):
    convened = an_agreed_conference()
    an_agreed_conference(the_marlows(convened.council, name="Harlan"))
    with time_machine.travel(at(TODAY + timedelta(days=60)), tick=True):
        shown = page(client, convened.council.users.service_manager, reverse("work:performance"))
    late = " ".join(re.sub("<[^>]+>", " ", shown.partition("Late now")[2]).split())
    task = "Book the initial child protection conference"
    assert late.count(f"{task} (2)") == 1 and f"{task}: Harlan family" in late and f"{task}: Marlow family" in late
    seen = re.sub('<span class="govuk-visually-hidden">[^<]*</span>', "", " ".join(shown.split()))
    assert seen.count(task) == 1 and "Harlan family" in seen, "the task is repeated in its rows"


def test_timeliness_counts_what_was_held_by_the_last_day_of_its_limit(client):
    sitting = a_closed_sitting()
    manager = sitting.council.users.service_manager
    with time_machine.travel(at(TODAY + timedelta(days=10)), tick=True):
        shown = " ".join(page(client, manager, reverse("work:performance")).split())
    assert "Initial child protection conference" in shown and "100%" in shown


def test_no_link_of_what_is_late_ends_in_a_refusal(client):
    convened = an_agreed_conference()
    an_invited_conference(the_marlows(convened.council, name="Harlan"))
    manager = convened.council.users.service_manager
    with time_machine.travel(at(TODAY + timedelta(days=60)), tick=True):
        shown = page(client, manager, reverse("work:performance"))
        late = shown.partition("Late now")[2].partition("Conferences booked in the next")[0]
        assert "Marlow family, due by 7 Dec 2026" in re.findall(r"conference: </span>([^<]+)<", " ".join(late.split()))
        assert late.count("govuk-task-list__item") > late.count("href="), "some of it is not the manager's to open"
        for link in re.findall(r'href="([^"]+)"', late):
            assert client.get(link).status_code < 400


def test_no_link_of_what_waits_for_others_ends_in_a_refusal(client):
    convened = an_invited_conference()
    manager = convened.council.users.service_manager
    with time_machine.travel(at(TODAY + timedelta(days=60)), tick=True):
        waiting = page(client, manager).rpartition("Waiting for others")[2].partition("Access to records")[0]
        assert waiting.count("govuk-task-list__item") > waiting.count("href="), "some is not the manager's to open"
        for link in re.findall(r'href="([^"]+)"', waiting):
            assert client.get(link).status_code < 400, link


def test_performance_is_for_the_service_manager_alone(client):
    council = a_council()
    for name in ("social_worker", "team_manager", "chair", "administrator"):
        client.force_login(getattr(council.users, name))
        assert client.get(reverse("work:performance")).status_code == 403


def test_what_awaits_a_second_check_is_on_one_page_of_exactly_those_who_may_make_it(client):
    sitting, record = approved_with(ADDRESS)
    users, checks = sitting.council.users, reverse("work:second_checks")
    copies = reverse("reports:copies", args=[sitting.conference.pk])
    first = page(client, users.social_worker)
    assert re.findall(r"Awaiting your second check (\(\d+\))?", first) == ["(2)"]  # the letters, and the record
    assert copies in page(client, users.social_worker, checks)
    for other in (users.chair, users.administrator, users.other_worker, users.service_manager):
        assert "Nothing is waiting for your second check" in page(client, other, checks)
    copy = looked_at(sitting, copy_for(sitting, record, "mother"))
    administrator, key = sitting.council.by("administrator"), check_of(copy).stops[0].finding.key
    ask_for_override(by=administrator, copy=copy, finding_key=key, reason="She lives there.")
    decide = reverse("reports:decide_override", args=[copy.document_id, key])
    assert decide in page(client, users.team_manager, checks) and decide not in page(client, users.chair, checks)
    all_looked_at(sitting, record)
    assert copies not in page(client, users.social_worker, checks)
    convened = a_booked_conference(marlows=the_marlows(sitting.council, name="Tarrant"))
    lists = reverse("conferences:check_invitations", args=[convened.conference.pk])
    assert lists in page(client, users.social_worker, checks)
    second_checked(convened)
    assert lists not in page(client, users.social_worker, checks)
    assert client.get(checks).status_code == 200
    client.force_login(sitting.council.professionals.school)
    assert client.get(checks).status_code == 403


def test_a_professional_who_disagreed_finds_the_answer_on_their_list_without_the_name_of_the_family(client):
    marlows = the_marlows()
    school = marlows.council.by("school")
    dispute = dispute_decision(by=school, conference=a_declined_request(marlows), reason="It goes on")
    assert "Reply" not in page(client, marlows.council.professionals.school)
    service = marlows.council.by("service_manager")
    answer_dispute(by=service, dispute=dispute, answered_by="Ann Ellis", answer="It is enough")
    shown = page(client, marlows.council.professionals.school)
    assert reverse("conferences:reply_to_answer", args=[dispute.pk]) in shown and "Marlow" not in shown
    assert "reply_to_answer" not in page(client, marlows.council.professionals.gp)
    assert reverse("conferences:reply_to_answer", args=[dispute.pk]) not in page(
        client, marlows.council.professionals.gp
    )


def test_a_missed_statutory_date_has_its_own_heading_and_words_and_the_list_can_be_narrowed(client):
    convened = an_agreed_conference()
    an_agreed_conference(the_marlows(convened.council, name="Harlan"))
    users = convened.council.users
    late = stage_due("conference_booking", convened.conference.due_on).on + timedelta(days=1)
    with time_machine.travel(at(late), tick=True):
        shown = page(client, users.administrator)
        assert "Last day missed" not in shown.partition("<form")[0] and "1 day late" in shown
        assert "Last day: Monday 7 December 2026" in shown
        others = page(client, users.service_manager)
        assert "Waiting for others" in others.partition("</form>")[2] and "0 things to do" in others
    with time_machine.travel(at(convened.conference.due_on + timedelta(days=1)), tick=True):
        shown = page(client, users.administrator).partition("</form>")[2]
        assert shown.index("Last day missed") < shown.index("Harlan family") and "late</span>" not in shown
        narrowed = page(client, users.administrator, f"{HOME}?show=missed&family=harl").partition("</form>")[2]
        assert "Harlan family" in narrowed and "Marlow family" not in narrowed.partition("Coming up")[0]
        assert "No tasks match your filters" in page(client, users.administrator, f"{HOME}?show=safety&family=%00")


def test_a_narrowed_list_asks_no_more_for_200_rows_than_for_2(client):
    council = a_council()
    first = an_agreed_conference(the_marlows(council))
    manager, on = council.users.team_manager, first.conference.due_on

    def ask(how_many):
        with setting_up():
            Conference.objects.bulk_create(
                Conference(family=first.marlows.family, kind="initial", state="requested", anchor_on=TODAY,
                           due_on=on, requested_by=manager, requested_at=timezone.now())
                for _ in range(how_many)
            )  # fmt: skip

    client.force_login(manager)
    ask(2)
    few = number_of_queries(client, f"{HOME}?show=statutory")
    ask(198)
    assert number_of_queries(client, f"{HOME}?show=statutory") == few
