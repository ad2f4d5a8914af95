"""The pages of a child protection plan and of its core groups."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.plans.tests.closing import a_closed_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


def test_the_plan_page_is_read_by_those_of_the_family_and_asks_the_same_for_more_children(client):
    counts, first = [], a_closed_sitting(children=("rosa",))
    for sitting in (
        first,
        a_closed_sitting(TODAY - timedelta(days=3), marlows=the_marlows(first.council, name="Barrow")),
    ):
        client.force_login(sitting.council.users.social_worker)
        page = reverse("plans:family", args=[sitting.marlows.family.pk])
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
        client.force_login(sitting.council.users.other_worker)
        assert client.get(page).status_code == 404
        client.force_login(sitting.council.professionals.school)
        assert client.get(page).status_code == 403
    assert counts[0] == counts[1]


def test_a_core_group_is_written_up_through_its_page_and_the_next_is_booked(client):
    sitting = a_closed_sitting()
    from conferences.plans.models import CoreGroupMeeting, PlanAction

    meeting, action = CoreGroupMeeting.objects.get(), PlanAction.objects.get()
    with setting_up():
        meeting.starts_at = sitting.conference.starts_at
        meeting.save()
    client.force_login(sitting.council.users.social_worker)
    page = reverse("plans:record_core_group", args=[meeting.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, {"held_on": "2026-11-20", "others": "Anna Marlow", f"state_{action.pk}": "done",
                         f"progress_{action.pk}": "Every day", "next_on": "2026-12-16", "next_time": "10am",
                         "next_place": "School"})  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    action.refresh_from_db()
    assert (action.state, action.progress) == ("done", "Every day")
    assert CoreGroupMeeting.objects.filter(state="planned").get().due_on.isoformat() == "2026-12-31"
