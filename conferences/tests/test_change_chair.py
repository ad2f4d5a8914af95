"""Another chair as an action of its own, and the reasons for which bookings are changed, which are counted."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions.independence import agree_chair
from conferences.convening.choices import CHAIR_CHANGED
from conferences.convening.models import BookingChange, Conference
from conferences.convening.queries.slots import chairs_to_compare
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    change_chair,
    declare,
    everything_leaves,
)
from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import declare_conflict, the_marlows

pytestmark = pytest.mark.django_db


def page(client, convened, **given):
    client.force_login(convened.council.users.administrator)
    url = reverse("conferences:change_chair", args=[convened.conference.pk])
    return client.post(url, given) if given else client.get(url)


def test_another_chair_changes_nothing_else_and_nobody_is_told_that_it_has_moved():
    convened = an_invited_conference()
    everything_leaves()
    before = Conference.objects.filter(pk=convened.conference.pk).values("starts_at", "room", "due_on").get()
    change_chair(convened, convened.council.users.other_chair)
    assert Conference.objects.filter(pk=convened.conference.pk).values("starts_at", "room", "due_on").get() == before
    declare(convened.by("other_chair"), Conference.objects.get(pk=convened.conference.pk))
    assert not Outgoing.objects.filter(purpose="moved").exists()
    assert Outgoing.objects.filter(purpose=CHAIR_CHANGED).exists()


def test_the_change_is_kept_with_its_code_who_agreed_and_who_chaired_before(client):
    convened = a_booked_conference()
    other = convened.council.users.other_chair
    given = {"chair": other.pk, "reason": "other", "note": "", "agreed_by": "Ruth Vane"}
    assert "Say what the other reason is" in page(client, convened, **given).content.decode()
    assert not BookingChange.objects.exists()
    page(client, convened, **given | {"note": "A course"})
    one = BookingChange.objects.get()
    assert (one.part, one.reason, one.note, one.agreed_by) == ("chair", "other", "A course", "Ruth Vane")
    assert one.was_chair == convened.council.users.chair and one.was_at == at(HELD_ON)
    shown = client.get(reverse("conferences:conference", args=[convened.conference.pk])).content.decode()
    assert "Agreed by Ruth Vane" in shown and "it was Gwen Ashby" in shown


def test_the_page_says_who_is_free_away_taken_or_not_independent_and_leaves_out_a_conflict(client):
    convened = a_booked_conference()
    council, users = convened.council, convened.council.users
    assert "Free at that time" in page(client, convened).content.decode()
    elsewhere = a_room(council, "Room 5")
    a_booked_conference(the_marlows(council, name="Penrose"), chair=users.other_chair, room=elsewhere)
    assert "Has another conference at that time" in page(client, convened).content.decode()
    with pytest.raises(Invalid, match="is not free at that time"):
        change_chair(convened, users.other_chair)
    with setting_up():
        TeamCover.objects.create(
            user=users.chair, team=council.service, absent=users.other_chair, kind=CoverKind.COVER,
            from_on=HELD_ON, until_on=HELD_ON, reason="Leave", granted_by=users.service_manager,
        )  # fmt: skip
    assert [one.why_not_there for one in chairs_to_compare(convened.conference, TODAY)] == ["Away"]
    declare_conflict(users.other_chair, convened.marlows.family)
    assert "Nobody else can chair this conference" in page(client, convened).content.decode()


def test_only_an_administrator_changes_the_chair_and_the_same_chair_is_refused():
    convened = a_booked_conference()
    with pytest.raises(Invalid, match="is the chair already"):
        change_chair(convened, convened.council.users.chair)
    with pytest.raises(NotPermitted):
        booking_actions.change_chair(
            by=convened.by("social_worker"), conference=convened.conference, chair=convened.council.users.other_chair,
            reason="chair_ill", agreed_by="Me",
        )  # fmt: skip


def test_a_move_needs_a_code_and_who_agreed_and_is_not_the_way_to_another_chair():
    convened = a_booked_conference()
    later = booking(convened.council, on=date(2026, 12, 4))
    given = {"by": convened.by("administrator"), "conference": convened.conference}
    for wrong, sentence in (
        ({"reason": "whatever", "agreed_by": "Ann"}, "Choose why"),
        ({"reason": "other", "agreed_by": "Ann"}, "Say what the other reason is"),
        ({"reason": "venue", "agreed_by": " "}, "Say who agreed"),
    ):
        with pytest.raises(Invalid, match=sentence):
            booking_actions.move(**given, **wrong, **later)
    other = booking(convened.council, chair=convened.council.users.other_chair)
    with pytest.raises(Invalid, match="To change only the chair"):
        booking_actions.move(**given, reason="chair_ill", agreed_by="Ann", **other)
    assert not BookingChange.objects.exists()


def test_a_conference_that_is_not_booked_gets_no_other_chair_even_by_an_old_page(client):
    convened = an_agreed_conference()
    client.force_login(convened.council.users.administrator)
    answer = client.post(
        reverse("conferences:change_chair", args=[convened.conference.pk]), {"chair": "1"}, follow=True
    )
    assert "so that cannot be done now" in answer.content.decode()


def not_independent(**details):
    """A conference that everybody is invited to, with a chair who then declared that they are not independent."""
    convened = an_invited_conference(**details)
    everything_leaves()
    declare(convened.by("chair"), convened.conference, independent=False)
    return convened


def decide(client, convened, **given):
    client.force_login(convened.council.users.service_manager)
    url = reverse("conferences:agree_chair", args=[convened.conference.pk])
    return client.post(url, given, follow=True) if given else client.get(url)


def test_the_service_manager_names_an_independent_chair_instead_and_everyone_is_told_once_they_have_declared(client):
    convened = not_independent()
    other = convened.council.users.other_chair
    assert "Free at that time" in decide(client, convened).content.decode()
    unsaid = decide(client, convened, may_chair="no").content.decode()
    assert "Choose who will chair it instead" in unsaid and "Say why somebody else should chair" in unsaid
    done = decide(client, convened, may_chair="no", chair=other.pk, why_other="They managed the worker in May.")
    assert "Kofi Lund is now the chair" in done.content.decode()
    kept = BookingChange.objects.get()
    assert (kept.part, kept.reason, kept.agreed_by) == ("chair", "not_independent", "Ruth Vane")
    assert kept.note == "They managed the worker in May." and kept.was_chair == convened.council.users.chair
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert conference.chair == other and conference.chair_independent is None and conference.starts_at == at(HELD_ON)
    assert not Outgoing.objects.filter(purpose=CHAIR_CHANGED).exists()
    declare(convened.by("other_chair"), conference)
    assert Outgoing.objects.filter(purpose=CHAIR_CHANGED).exists()


def test_nobody_with_a_part_in_the_case_is_named_and_only_while_the_decision_waits(client):
    convened = not_independent()
    council, other = convened.council, convened.council.users.other_chair
    given = {"by": convened.by("service_manager"), "conference": convened.conference, "reason": "Managed the worker"}
    with setting_up():
        cover = TeamCover.objects.create(
            user=other, team=convened.marlows.family.team, absent=council.users.team_manager, kind=CoverKind.COVER,
            from_on=date(2026, 10, 5), until_on=date(2026, 10, 9), reason="Leave",
            granted_by=council.users.service_manager,
        )  # fmt: skip
    assert "Kofi Lund" not in decide(client, convened).content.decode()
    with pytest.raises(Invalid, match="they are not independent"):
        booking_actions.name_independent_chair(**given, chair=other)
    with setting_up():
        cover.delete()
    with pytest.raises(Invalid, match="Say why somebody else should chair"):
        booking_actions.name_independent_chair(**given | {"reason": " "}, chair=other)
    with pytest.raises(NotPermitted):
        booking_actions.name_independent_chair(**given | {"by": convened.by("administrator")}, chair=other)
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Nobody else")
    with pytest.raises(WrongState):
        booking_actions.name_independent_chair(**given, chair=other)
    assert not BookingChange.objects.exists()
