"""What falls due in writing, for whom, and when it is done with."""

import pytest

from cpc.core.accounts.tests.builders import TODAY
from reports import actions
from reports.deadlines import duties
from reports.tests.builders import a_booked_sitting, a_held_sitting, a_report, all_looked_at, ask_for_reports, hand_in

pytestmark = pytest.mark.django_db


def kinds(user):
    return sorted(duty.kind for duty in duties() if user.pk in duty.owners)


def test_an_author_owes_the_report_and_the_manager_its_approval():
    sitting = ask_for_reports(a_booked_sitting())
    users = sitting.council.users
    assert kinds(users.social_worker) == ["hand_in_report"] and kinds(users.team_manager) == []
    report = hand_in(a_report(sitting, "social_worker"))
    assert kinds(users.social_worker) == [] and kinds(users.team_manager) == ["approve_report"]
    actions.approve_report(by=sitting.council.by("team_manager"), report=report)
    assert kinds(users.team_manager) == []


def test_the_chair_owes_letters_and_record_and_the_administrator_their_release():
    sitting = a_held_sitting()
    chair, administrator = sitting.council.users.chair, sitting.council.users.administrator
    assert kinds(chair) == ["approve_letters", "approve_record"] and kinds(administrator) == []
    record = actions.draft_record(by=sitting.chair, conference=sitting.conference)
    actions.approve_letters(by=sitting.chair, record=record)
    assert kinds(chair) == ["approve_record"] and kinds(administrator) == ["release_letters"]
    worker = sitting.council.users.social_worker
    assert kinds(worker) == ["check_letters"]  # something is protected: a second person looks first
    all_looked_at(sitting, record)
    assert kinds(worker) == []
    actions.release_all(by=sitting.council.by("administrator"), record=record)
    assert kinds(administrator) == []
    actions.approve_record(by=sitting.chair, record=record)
    assert kinds(chair) == [] and kinds(administrator) == ["release_record"]
    assert kinds(worker) == ["check_record"]
    assert all(duty.due_on >= TODAY for duty in duties())


def test_the_list_of_duties_takes_the_same_number_of_queries_for_one_conference_and_for_two(
    django_assert_max_num_queries,
):
    from datetime import timedelta

    from families.tests.builders import the_marlows

    sitting = a_held_sitting()
    with django_assert_max_num_queries(40) as counted:
        duties()
    one = len(counted)
    a_held_sitting(marlows=the_marlows(sitting.council, name="Tarrant"), on=TODAY - timedelta(days=1))
    with django_assert_max_num_queries(40) as counted:
        duties()
    # The rules are read again for each date unless a request or a job holds them; that is two a date.
    assert len(counted) <= one + 4
