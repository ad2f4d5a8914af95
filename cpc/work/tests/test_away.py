"""Somebody is away: who covers sees what is due, is reminded of it, and may do what their own role lets them do."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.choices import Post
from conferences.convening.models import PostHeld
from conferences.convening.queries.slots import clashes_of
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.permissions import Permission, system
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid
from cpc.reminders.actions import remind
from cpc.reminders.queries import every_duty
from families.access.actions.cover import end_own_cover, name_cover
from families.cases.models import DeclaredConflict
from families.tests.builders import the_marlows
from reports.tests.builders import a_drafted_record

pytestmark = pytest.mark.django_db
LAST = TODAY + timedelta(days=6)


def says(user, on=TODAY):
    return [duty.says for duty in every_duty(viewer(user, on))]


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def colleague(council):
    return a_user(Role.SOCIAL_WORKER, team=council.team, first_name="Asha", last_name="Reid")


def away(council, user, **changed):
    """The social worker names who covers, from today until LAST."""
    worker = council.users.social_worker
    how = {"by": viewer(worker), "absent": worker, "user": user, "from_on": TODAY, "until_on": LAST}
    return name_cover(**how | changed)


def test_the_duties_of_the_absent_are_on_the_list_of_who_covers_from_the_first_day_to_the_last():
    sitting, _ = a_drafted_record()
    council = sitting.council
    colleague = a_user(Role.SOCIAL_WORKER, team=council.team)
    worker = council.users.social_worker
    assert says(worker) and not set(says(worker)) & set(says(colleague))
    away(council, colleague, from_on=TODAY + timedelta(days=1))
    assert not set(says(worker)) & set(says(colleague))
    for day in (TODAY + timedelta(days=1), LAST):
        assert set(says(worker, day)) <= set(says(colleague, day))
    assert not set(says(worker)) & set(says(colleague, LAST + timedelta(days=1)))


def test_who_covers_is_reminded_too_and_only_of_what_they_may_see():
    sitting = a_booked_sitting(TODAY)
    council = sitting.council
    colleague = a_user(Role.ADMINISTRATOR, team=council.service, first_name="Ola", last_name="Berg")
    name_cover(
        by=council.by("service_manager"), absent=council.users.chair, user=council.users.other_chair, from_on=TODAY,
        until_on=LAST,
    )  # fmt: skip
    remind(system(on=TODAY))
    told = set(Outgoing.objects.filter(purpose="reminder").values_list("recipient_id", flat=True))
    assert {council.users.chair.pk, council.users.other_chair.pk} <= told and colleague.pk not in told


def test_ended_before_its_last_day_it_shows_nothing_more(council, colleague):
    the_marlows(council)
    cover = away(council, colleague)
    assert viewer(colleague).stands_in_for == {council.users.social_worker.pk}
    end_own_cover(by=council.by("social_worker"), cover=cover)
    assert viewer(colleague).stands_in_for == frozenset()


def test_only_a_colleague_of_the_team_with_the_same_role_covers(council, colleague):
    for other in (council.users.other_worker, council.users.team_manager, council.users.administrator):
        with pytest.raises(Invalid, match="does not have the same role in"):
            away(council, other)
    with pytest.raises(Invalid, match="Choose yourself, or someone you manage"):
        away(council, colleague, by=council.by("other_manager"))
    with pytest.raises(Invalid, match="last day cannot be before the first"):
        away(council, colleague, until_on=TODAY - timedelta(days=1))
    away(council, colleague)
    with pytest.raises(Invalid, match="already covers for Priya Nandra"):
        away(council, colleague, by=council.by("team_manager"))
    assert TeamCover.objects.count() == 1


def test_a_chair_is_covered_until_a_date_only_if_the_service_manager_says_so_and_then_in_every_conference():
    sitting = a_booked_sitting(TODAY)
    council = sitting.council
    chair, other = council.users.chair, council.users.other_chair
    how = {"absent": chair, "user": other, "from_on": TODAY, "until_on": LAST}
    with pytest.raises(Invalid, match="Ask the conference service manager"):
        name_cover(by=viewer(chair), **how)
    assert not viewer(other).may(Permission.HOLD_CONFERENCE, sitting.conference)
    name_cover(by=council.by("service_manager"), **how)
    for permission in (Permission.HOLD_CONFERENCE, Permission.DECIDE, Permission.APPROVE_RECORD):
        assert viewer(other).may(permission, sitting.conference)
        assert not viewer(other, LAST + timedelta(days=1)).may(permission, sitting.conference)


def test_the_page_names_who_covers_and_ends_it(client, council, colleague):
    client.force_login(council.users.social_worker)
    address = reverse("families:away")
    shown = client.get(address).content.decode()
    assert "Asha Reid (North team)" in shown and "Tom Hale" not in shown
    first, last = (
        {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
        for name, day in (("from_on", TODAY), ("until_on", LAST))
    )
    answers = {"absent": council.users.social_worker.pk, "user": colleague.pk, "reason": "On leave", **first, **last}
    assert client.post(address, answers).status_code == 302
    assert "On leave" in client.get(address).content.decode()
    cover = TeamCover.objects.get()
    client.force_login(colleague)
    assert "You are covering for Priya Nandra" in " ".join(client.get(reverse("work:home")).content.decode().split())
    client.force_login(council.users.other_worker)
    assert client.post(reverse("families:end_away", args=[cover.pk])).status_code == 404
    client.force_login(council.users.social_worker)
    assert client.post(reverse("families:end_away", args=[cover.pk])).status_code == 302
    cover.refresh_from_db()
    assert cover.ended_on is not None


def test_a_chair_who_is_away_with_nobody_covering_is_booked_for_nothing_and_what_is_booked_is_the_administrators(
    client,
):
    sitting = a_booked_sitting(TODAY)
    council, chair = sitting.council, sitting.council.users.chair
    day = sitting.conference.held_on
    assert not [duty for duty in every_duty(council.by("administrator")) if duty.kind == "chair_not_there"]
    leave = name_cover(by=viewer(chair), absent=chair, from_on=day, until_on=day)
    [duty] = [duty for duty in every_duty(council.by("administrator")) if duty.kind == "chair_not_there"]
    assert duty.id == sitting.conference.pk
    assert clashes_of(sitting.conference, *times(sitting), chair=chair, room=None) == {
        "chair": f"{chair} is away on that day. Choose another day or another chair."
    }
    with pytest.raises(Invalid, match="is already away on some of these days"):
        name_cover(by=viewer(chair), absent=chair, from_on=day, until_on=day)
    client.force_login(council.users.administrator)
    posts = client.get(reverse("conferences:posts")).content.decode()
    assert "nobody covers" in posts and "Booked for these days" in posts
    client.force_login(chair)
    assert "Nobody" in client.get(reverse("families:away")).content.decode()
    name_cover(
        by=council.by("service_manager"), absent=chair, user=council.users.other_chair, from_on=day, until_on=day
    )
    assert not [duty for duty in every_duty(council.by("administrator")) if duty.kind == "chair_not_there"]
    end_own_cover(by=viewer(chair), cover=leave)
    assert leave.ended_on


def test_who_acts_for_a_chair_and_is_away_or_out_of_post_on_the_day_is_the_administrators_to_replace(client):
    sitting = a_booked_sitting(TODAY)
    council, other, day = sitting.council, sitting.council.users.other_chair, sitting.conference.held_on

    def wanted():
        return [duty.says for duty in every_duty(council.by("administrator")) if duty.kind == "chair_not_there"]

    name_cover(by=viewer(sitting.council.users.chair), absent=sitting.council.users.chair, from_on=day, until_on=day)
    assert "The chair is away" in wanted()[0]
    how = {"by": council.by("service_manager"), "conference": sitting.conference, "user": other, "reason": "Ill."}
    name_acting_chair(**how)
    assert not wanted()
    leave = name_cover(by=viewer(other), absent=other, from_on=day, until_on=day)
    [says] = wanted()
    assert "The acting chair is away" in says
    client.force_login(council.users.administrator)
    posts = client.get(reverse("conferences:posts")).content.decode()
    assert posts.count("Booked for these days") == 1, "it is theirs now, and not the chair’s"
    end_own_cover(by=viewer(other), cover=leave)
    assert not wanted()
    with setting_up():
        PostHeld.objects.create(
            user=other, post=Post.CONFERENCE_CHAIR, from_on=day - timedelta(days=30), until_on=day - timedelta(days=1)
        )
    assert "The acting chair is away, or not in post" in wanted()[0]


def absence(absent, first, last, **more):
    """The answers to the form of an absence."""
    days = {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("from_on", first), ("until_on", last))
        for part in ("day", "month", "year")
    }
    return {"absent": absent.pk, **days, **more}


def shown_key(page) -> str:
    return re.search(r'name="shown" value="([^"]+)"', page)[1]


def test_a_chair_sees_which_conferences_fall_in_their_leave_and_what_happens_to_each_before_they_confirm(client):
    sitting = a_booked_sitting(TODAY)
    chair, day, address = sitting.council.users.chair, sitting.conference.held_on, reverse("families:away")
    client.force_login(chair)
    answers = absence(chair, day, day)
    page = client.post(address, answers).content.decode()
    assert str(sitting.conference) in page and not TeamCover.objects.exists()
    assert f"{sitting.conference.administrator} is asked to choose another chair or another day." in page
    later = absence(chair, day, day + timedelta(days=1), shown=shown_key(page))
    assert str(sitting.conference) in client.post(address, later).content.decode(), "other days are shown again"
    assert client.post(address, answers | {"shown": shown_key(page)}).status_code == 302
    [leave] = TeamCover.objects.all()
    assert (leave.from_on, leave.until_on, leave.user) == (day, day, None)


def test_the_service_manager_sees_who_runs_a_conference_for_a_chair_who_is_away_and_that_none_is_booked(client):
    sitting = a_booked_sitting(TODAY)
    users, day = sitting.council.users, sitting.conference.held_on
    client.force_login(users.service_manager)
    covered = absence(users.chair, day, day, user=users.other_chair.pk)
    assert f"{users.other_chair} runs it." in client.post(reverse("families:away"), covered).content.decode()
    later = client.post(
        reverse("families:away"), absence(users.chair, day + timedelta(days=1), day + timedelta(days=2))
    )
    assert "No conference that you can see is booked" in " ".join(later.content.decode().split())
    say_conflict(users.service_manager, sitting)
    covered = client.post(reverse("families:away"), covered).content.decode()
    assert "Check before you confirm" in covered and str(sitting.conference) not in covered


def say_conflict(user, sitting):
    """The user has a conflict with the family, so that nothing of it is shown to them."""
    with setting_up():
        DeclaredConflict.objects.create(user=user, family=sitting.marlows.family, reason="A cousin")


def times(sitting):
    return sitting.conference.starts_at, sitting.conference.ends_at


def test_only_a_chair_is_away_with_nobody_covering(council):
    worker = council.users.social_worker
    with pytest.raises(Invalid, match="Choose who covers for Priya Nandra"):
        name_cover(by=viewer(worker), absent=worker, from_on=TODAY, until_on=LAST)
