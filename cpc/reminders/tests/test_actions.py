"""Reminding: who is told, once for each urgency, and what the e-mail does not say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.queries.clock import stage_due
from conferences.tests.builders import an_agreed_conference, an_invited_conference, booking
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Event
from cpc.core.documents.models import Outgoing
from cpc.core.policy.queries import calendar, setting
from cpc.reminders import actions as reminding
from cpc.reminders.actions import remind
from cpc.reminders.choices import Urgency
from cpc.reminders.models import Reminder, UnsentReminder
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


def told(user, kind="book_conference"):
    """How urgent it was each time the user was told of that kind of work, in order."""
    return list(Reminder.objects.filter(user=user, kind=kind).order_by("pk").values_list("urgency", flat=True))


def run(on):
    return remind(system(on=on))


@pytest.fixture
def convened():
    """Agreed and to be booked by Friday 27 November 2026: its last day is 7 December, a Monday."""
    found = an_agreed_conference()
    assert found.conference.due_on == date(2026, 12, 7)
    return found


@pytest.fixture
def due_on(convened):
    """The day to book it by: a working day before the invitations are due, which is 5 before the last day."""
    return stage_due("conference_booking", convened.conference.due_on).on


@pytest.fixture
def users(convened):
    return convened.council.users


def days_before(due_on):
    return calendar().add_working_days(due_on, -setting("reminder_days"))


def test_the_owner_is_told_once_a_stage_and_the_manager_once_it_is_late(convened, users, due_on):
    run(days_before(due_on) - timedelta(days=1))
    assert told(users.administrator) == []
    for day in (days_before(due_on), due_on, due_on + timedelta(days=1)):
        run(day)
        assert run(day) == 0, "a second run the same day sends nothing"
    assert told(users.administrator) == [Urgency.SOON, Urgency.TODAY, Urgency.LATE]
    assert told(users.service_manager) == [Urgency.LATE]
    assert told(users.other_worker) == told(users.chair) == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_reminder_once_and_nobody_fails(convened, users, due_on):
    both = Barrier(2)

    def run_beside_another(_):
        both.wait()
        try:
            return run(due_on)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = sum(pool.map(run_beside_another, range(2)))
    assert sent == Reminder.objects.count() >= 1
    assert told(users.administrator) == [Urgency.TODAY] and not UnsentReminder.objects.exists()


def test_a_missed_night_is_caught_up_with_the_stage_that_is_reached(convened, users, due_on):
    run(due_on + timedelta(days=3))
    assert told(users.administrator) == [Urgency.LATE]


def test_a_missed_statutory_date_is_told_again_in_its_own_words(convened, users, due_on):
    last_day = convened.conference.due_on
    run(last_day)
    run(last_day + timedelta(days=1))
    assert told(users.administrator) == told(users.service_manager) == [Urgency.LATE, Urgency.MISSED]
    sent = Outgoing.objects.filter(purpose="reminder", recipient_id=users.administrator.pk).order_by("pk").last()
    assert "Last day missed: Monday 7 December 2026" in sent.body and "was due by" not in sent.body


def test_a_moved_date_reminds_again():
    convened = an_invited_conference()
    users = convened.council.users
    held_on = convened.conference.held_on
    run(held_on)
    assert told(users.chair, "hold_conference") == [Urgency.TODAY]
    later = calendar().add_working_days(held_on, 1)
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, on=later),
    )  # fmt: skip
    run(held_on)
    assert told(users.chair, "hold_conference") == [Urgency.TODAY, Urgency.SOON]


def test_the_email_names_nobody_and_its_link_opens_the_thing(convened, users, due_on, client, settings):
    settings.CPC_BASE_URL = "https://cpc.example.org"
    run(due_on)
    sent = Outgoing.objects.get(purpose="reminder", recipient_id=users.administrator.pk)
    words = f"{sent.subject}\n{sent.body}\n{sent.calendar_file}"
    for secret in ("Marlow", "Rosa", "Theo", "Anna", convened.marlows.family.case_number):
        assert secret not in words
    path = reverse("conferences:conference", args=[convened.conference.pk])
    assert f"https://cpc.example.org{path}" in sent.body
    assert sent.about_id is None
    client.force_login(users.administrator)
    assert "Marlow" in client.get(path).content.decode()


def test_who_may_not_know_the_family_is_not_told_either(convened, users, due_on):
    declare_conflict(users.administrator, convened.marlows.family)
    run(due_on)
    assert told(users.administrator) == []
    run(due_on + timedelta(days=1))
    assert told(users.administrator) == [] and told(users.service_manager) == [Urgency.LATE]


def test_of_a_restricted_family_only_those_named_for_it_are_told(convened, users, due_on):
    restrict(convened.marlows.family, to=[users.administrator])
    run(due_on + timedelta(days=1))
    assert told(users.administrator) == [Urgency.LATE]
    assert told(users.service_manager) == []


def test_a_leaver_is_not_told(convened, users, due_on):
    with setting_up():
        users.administrator.is_active = False
        users.administrator.save()
    run(due_on)
    assert not Outgoing.objects.filter(recipient_id=users.administrator.pk, purpose="reminder").exists()


def test_a_professional_is_told_of_the_report_and_of_nothing_else():
    convened = an_invited_conference()
    school = convened.council.professionals.school
    invitation = convened.invitation(school)
    run(invitation.report_due_on)
    assert told(school, "hand_in_report") == [Urgency.TODAY]
    assert Reminder.objects.filter(user=school).count() == 1


def test_one_email_a_person_however_much_is_due_and_each_is_an_act(convened, users, due_on):
    an_agreed_conference(the_marlows(convened.council, name="Harlan"))
    run(due_on)
    sent = Outgoing.objects.get(purpose="reminder", recipient_id=users.administrator.pk)
    assert sent.body.count("/conferences/") == 2
    assert Event.objects.filter(act="run what is due").count() == Outgoing.objects.filter(purpose="reminder").count()


def test_the_database_keeps_one_reminder_for_each_urgency(convened, users, due_on):
    run(due_on)
    first = Reminder.objects.filter(user=users.administrator).first()
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        first.pk = None
        first.save(force_insert=True)


def test_somebody_without_an_email_address_stops_nobody_elses_reminders(convened, users, due_on, client):
    with setting_up():
        User.objects.filter(pk=users.administrator.pk).update(email="")
    run(due_on + timedelta(days=1))
    assert told(users.administrator) == [] and told(users.service_manager) == [Urgency.LATE]
    client.force_login(users.system_administrator)
    page = client.get(reverse("work:home")).content.decode()
    assert f"Reminders for {users.administrator} are not sent: There is no email address" in page
    assert reverse("accounts:user", args=[users.administrator.pk]) in page
    client.force_login(users.service_manager)
    assert "are not sent" not in client.get(reverse("work:home")).content.decode()
    with setting_up():
        User.objects.filter(pk=users.administrator.pk).update(email="amended@example.org")
    run(due_on + timedelta(days=1))
    assert told(users.administrator) == [Urgency.LATE] and not UnsentReminder.objects.exists()


def test_the_administrator_of_the_system_is_reminded_of_somebody_whose_reminders_are_not_sent(users, due_on):
    with setting_up():
        User.objects.filter(pk=users.administrator.pk).update(email="")
    run(due_on)
    run(due_on)
    assert told(users.system_administrator, "reminder_not_sent") == [Urgency.TODAY]


def test_a_fault_of_the_software_for_one_person_is_logged_once_and_becomes_a_task(
    convened, users, due_on, caplog, monkeypatch
):
    def broken(user, on, real=reminding.viewer_of):
        if user.pk == users.administrator.pk:
            raise KeyError("x")
        return real(user, on)

    monkeypatch.setattr(reminding, "viewer_of", broken)
    run(due_on + timedelta(days=1))
    assert told(users.service_manager) == [Urgency.LATE]
    assert "fault in the software" in UnsentReminder.objects.get(user=users.administrator).why
    assert caplog.text.count(f"User {users.administrator.pk} could not be reminded") == 1
