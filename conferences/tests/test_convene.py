"""Booking, moving and cancelling: the state afterwards, the trail, and every refusal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conferences.actions import convene, invite
from conferences.choices import CancelReason, LatenessReason, Reply
from conferences.models import ChairApproval, Conference
from conferences.queries.convene import chairs_to_agree, rooms
from conferences.tests.builders import (
    HELD_ON,
    STRATEGY_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Event
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


def refused(convened, sentence, field=None, *, error=Invalid, act=convene.book, **details):
    """The act is refused with the sentence, and the conference in the database is as it was."""
    before = Conference.objects.filter(pk=convened.conference.pk).values().get()
    with pytest.raises(error, match=sentence) as caught:
        act(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council, **details))
    assert Conference.objects.filter(pk=convened.conference.pk).values().get() == before
    if field:
        assert caught.value.field == field
    return caught.value


def test_an_administrator_books_and_the_list_is_proposed():
    convened = an_agreed_conference()
    convene.book(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council))
    conference = Conference.objects.get(pk=convened.conference.pk)
    chair = convened.council.users.chair
    assert (conference.state, conference.starts_at, conference.chair) == ("booked", at(HELD_ON), chair)
    assert conference.chair_knows_case is False and conference.administrator == convened.council.users.administrator
    event = Event.objects.get(act="book, move or cancel a conference", on_id=conference.pk, details__step="book")
    assert event.by_id == convened.council.users.administrator.pk
    assert conference.invitations.count() and not conference.invitations.filter(sent_at__isnull=False).exists()


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "chair", "service_manager", "school"])
def test_nobody_but_an_administrator_books(role):
    convened = an_agreed_conference()
    with pytest.raises(NotPermitted):
        convene.book(by=convened.by(role), conference=convened.conference, **booking(convened.council))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 12, 5), "not a working day. The nearest is Friday 4 December 2026"),
        (date(2026, 12, 25), "Christmas Day.* is not a working day"),
        (date(2026, 11, 19), "must be today or in the future"),
    ],
)
def test_a_conference_is_held_on_a_working_day_that_has_not_passed(day, sentence):
    convened = an_agreed_conference()
    late = {"lateness_reason": LatenessReason.NO_CHAIR, "lateness_agreed_by": "The team manager"}
    refused(convened, sentence, "held_on", on=day, **late)


def test_a_conference_is_not_before_its_strategy_discussion():
    convened = an_agreed_conference()
    early = date(2026, 11, 13)
    by = convened.by("administrator", on=early)
    with pytest.raises(Invalid, match="cannot be before the strategy discussion, Monday 16 November 2026"):
        convene.book(by=by, conference=convened.conference, **booking(convened.council, on=early))
    assert early < STRATEGY_ON


def test_the_end_comes_after_the_start():
    convened = an_agreed_conference()
    refused(convened, "end must be after the start", "ends", ends_at=at(HELD_ON, 9))


def test_a_conference_needs_a_room_or_a_video_link():
    convened = an_agreed_conference()
    details = booking(convened.council) | {"room": None}
    with pytest.raises(Invalid, match="Choose a room, or give a video link"):
        convene.book(by=convened.by("administrator"), conference=convened.conference, **details)
    details["video_link"] = "https://video.example.org/a"
    convene.book(by=convened.by("administrator"), conference=convened.conference, **details)
    assert Conference.objects.get(pk=convened.conference.pk).state == "booked"


def test_beyond_the_limit_a_coded_reason_and_who_agreed_are_needed():
    convened = an_agreed_conference()
    late = date(2026, 12, 8)
    assert convened.conference.due_on == date(2026, 12, 7)
    refused(convened, "is after the last day, Monday 7 December 2026. Choose why", "lateness_reason", on=late)
    refused(convened, "Say who agreed", "lateness_agreed_by", on=late, lateness_reason=LatenessReason.NO_CHAIR)
    convene.book(
        by=convened.by("administrator"),
        conference=convened.conference,
        **booking(
            convened.council,
            on=late,
            lateness_reason=LatenessReason.NO_CHAIR,
            lateness_agreed_by="Dele Okoro and Gwen Ashby",
        ),
    )
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.lateness_reason, conference.lateness_agreed_by) == ("no_chair", "Dele Okoro and Gwen Ashby")


def test_a_reason_for_lateness_is_not_kept_where_nothing_is_late():
    convened = a_booked_conference(lateness_reason=LatenessReason.NO_CHAIR, lateness_agreed_by="Somebody")
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.lateness_reason, conference.lateness_agreed_by) == ("", "")


# --- Who chairs -----------------------------------------------------------------------------------------------------


def test_no_is_refused_for_a_chair_whom_the_record_shows_in_the_case():
    convened = an_agreed_conference()
    worker = convened.council.users.social_worker
    with setting_up():
        RoleHeld.objects.create(user=worker, role=Role.CHAIR)
    said = "Priya Nandra is the family’s social worker, so the answer is yes"
    refused(convened, said, "chair_knows_case", chair=worker)


def test_whoever_recorded_the_strategy_discussion_is_not_independent():
    convened = an_agreed_conference()
    discussion = convened.conference.enquiry.strategy_discussion
    with setting_up():
        discussion.recorded_by = convened.council.users.other_chair
        discussion.save()
    said = "Kofi Lund recorded the strategy discussion"
    refused(convened, said, "chair_knows_case", chair=convened.council.users.other_chair)


def test_a_chair_who_knows_the_case_waits_for_the_service_managers_reason_which_stands_in_the_record():
    convened = an_agreed_conference()
    users = convened.council.users
    details = booking(convened.council, chair_knows_case=True)
    by = convened.by("administrator")
    with pytest.raises(Invalid, match="They have been asked") as caught:
        convene.book(by=by, conference=convened.conference, **details)
    assert caught.value.field == "chair_knows_case"
    approval = ChairApproval.objects.get(conference=convened.conference)
    assert (approval.chair, approval.asked_by, approval.agreed_at) == (users.chair, users.administrator, None)
    assert [one.pk for one in chairs_to_agree(convened.by("service_manager"))] == [approval.pk]
    # Asked a second time: still one request, still nothing booked.
    with pytest.raises(Invalid):
        convene.book(by=by, conference=convened.conference, **details)
    assert ChairApproval.objects.count() == 1

    convene.agree_chair(by=convened.by("service_manager"), approval=approval, reason="Nobody else can in time")
    convene.book(by=by, conference=convened.conference, **details)
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.state, conference.chair_knows_case, conference.chair_reason) == (
        "booked", True, "Nobody else can in time",
    )  # fmt: skip
    assert Event.objects.filter(act="agree a chair who knows the case", reason="Nobody else can in time").exists()


def test_only_the_service_manager_agrees_a_chair_and_gives_a_reason_once():
    convened = an_agreed_conference()
    approval = convene.ask_for_chair(
        by=convened.by("administrator"), conference=convened.conference, chair=convened.council.users.chair
    )
    for role in ("administrator", "chair", "team_manager"):
        with pytest.raises(NotPermitted):
            convene.agree_chair(by=convened.by(role), approval=approval, reason="Because")
    manager = convened.by("service_manager")
    with pytest.raises(Invalid, match="Give the reason"):
        convene.agree_chair(by=manager, approval=approval, reason=" ")
    convene.agree_chair(by=manager, approval=approval, reason="Because")
    with pytest.raises(WrongState, match="agreed already"):
        convene.agree_chair(by=manager, approval=approval, reason="Again")


def test_a_chair_must_be_one_and_have_no_conflict_and_be_named_for_a_restricted_family():
    convened = an_agreed_conference()
    users = convened.council.users
    refused(convened, "does not chair conferences", "chair", chair=users.team_manager)
    declare_conflict(users.chair, convened.marlows.family)
    refused(convened, "has declared a conflict of interest", "chair", chair=users.chair)
    restrict(convened.marlows.family, to=[users.administrator])
    refused(convened, "is not named for this restricted family", "chair", chair=users.other_chair)


# --- The database refuses -------------------------------------------------------------------------------------------


def test_a_chair_in_two_places_and_a_room_used_twice_are_refused_each_by_name():
    first = a_booked_conference()
    council = first.council
    second = an_agreed_conference(the_marlows(council, name="Penrose"))
    other_room = a_room(council, "Room 5")
    refused(second, "Gwen Ashby is not free at that time", "chair", room=other_room, hour=11)
    refused(second, "Room 4 is not free at that time", "room", chair=council.users.other_chair, hour=11)
    # One begins as the other ends: that is no clash.
    convene.book(by=second.by("administrator"), conference=second.conference, **booking(council, hour=12))
    assert Conference.objects.filter(state="booked").count() == 2


def test_the_database_itself_refuses_a_double_booked_chair():
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    with setting_up(), pytest.raises(IntegrityError, match="chair_in_one_place"), transaction.atomic():
        Conference.objects.filter(pk=second.conference.pk).update(
            state="booked", starts_at=at(HELD_ON, 11), ends_at=at(HELD_ON, 13), chair=first.council.users.chair,
            chair_knows_case=False, video_link="https://video.example.org/x",
        )  # fmt: skip


# --- Moving and cancelling ------------------------------------------------------------------------------------------


def test_moving_tells_everyone_again_and_counts_back_from_the_new_day():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    assert school.report_due_on == date(2026, 11, 30)
    invite.answer_invitation(by=convened.by("school"), invitation=school, reply=Reply.COMING)
    told = convened.conference.invitations.filter(sent_at__isnull=False).count()
    convene.move(
        by=convened.by("administrator"), conference=convened.conference, why="The room flooded",
        **booking(convened.council, on=date(2026, 12, 4)),
    )  # fmt: skip
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.state, conference.starts_at, conference.sequence) == ("booked", at(date(2026, 12, 4)), 1)
    school.refresh_from_db()
    assert (school.report_due_on, school.reply) == (date(2026, 12, 2), Reply.NONE)
    moved = Outgoing.objects.filter(purpose="moved")
    assert moved.values("recipient_kind", "recipient_id").distinct().count() == told
    # What had not left yet about the old day never will.
    assert not Outgoing.objects.filter(purpose="invitation", state="queued").exists()
    notice = moved.get(recipient_kind="user", recipient_id=school.user_id)
    assert "It was to be on Wednesday 2 December 2026 at 10am." in notice.body
    assert "SEQUENCE:1" in notice.calendar_file and "DTSTART:20261204T100000Z" in notice.calendar_file


def test_a_moved_conference_keeps_its_calendar_identity():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    convene.move(
        by=convened.by("administrator"), conference=convened.conference, why="x",
        **booking(convened.council, on=date(2026, 12, 4)),
    )  # fmt: skip
    convene.cancel(by=convened.by("administrator"), conference=convened.conference, reason=CancelReason.FAMILY_ILL)
    files = list(
        Outgoing.objects.filter(recipient_kind="user", recipient_id=school.user_id)
        .order_by("pk")
        .values_list("calendar_file", flat=True)
    )
    uids = {next(line for line in one.splitlines() if line.startswith("UID:")) for one in files}
    assert len(files) == 3 and len(uids) == 1
    assert [f"SEQUENCE:{n}" in one for n, one in enumerate(files)] == [True, True, True]
    assert "METHOD:CANCEL" in files[2] and "STATUS:CANCELLED" in files[2]


def test_the_chair_is_told_of_the_booking_of_a_change_of_chair_and_of_the_end():
    convened = a_booked_conference()
    users, by = convened.council.users, convened.by("administrator")
    told = Outgoing.objects.filter(purpose="chair").order_by("pk")
    assert [(one.to_address, "METHOD:REQUEST" in one.calendar_file) for one in told] == [(users.chair.email, True)]
    assert f"/conferences/{convened.conference.pk}/" in told[0].body
    details = booking(convened.council, chair=users.other_chair)
    convene.move(by=by, conference=convened.conference, why="Gwen is ill", **details)
    assert [(one.recipient_id, "METHOD:CANCEL" in one.calendar_file) for one in told.all()[1:]] == [
        (users.other_chair.pk, False), (users.chair.pk, True),
    ]  # fmt: skip
    convene.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL)
    last = told.all().last()
    assert last.recipient_id == users.other_chair.pk and "is cancelled" in last.body


def test_moving_to_the_same_time_and_place_is_refused():
    convened = a_booked_conference()
    refused(convened, "Nothing has changed", act=convene.move)


def test_only_a_booked_conference_is_moved():
    refused(an_agreed_conference(), "cannot be moved", error=WrongState, act=convene.move)


def test_cancelling_tells_everyone_that_it_is_not_put_off():
    convened = an_invited_conference()
    told = convened.conference.invitations.filter(sent_at__isnull=False).count()
    convene.cancel(
        by=convened.by("administrator"), conference=convened.conference, reason=CancelReason.CHILD_LOOKED_AFTER
    )
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.state, conference.cancel_reason) == ("cancelled", "child_looked_after")
    said = Outgoing.objects.filter(purpose="cancelled")
    assert said.values("recipient_kind", "recipient_id").distinct().count() == told
    assert "not put off to another day" in said.filter(channel="email").first().body
    assert not Outgoing.objects.filter(purpose="invitation", state="queued").exists()
    assert set(conference.invitations.values_list("ends_on", flat=True)) == {HELD_ON}


def test_a_conference_whose_chair_is_free_again_can_be_booked_over_a_cancelled_one():
    first = a_booked_conference()
    convene.cancel(by=first.by("administrator"), conference=first.conference, reason=CancelReason.NO_LONGER_NEEDED)
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    convene.book(by=second.by("administrator"), conference=second.conference, **booking(first.council))
    assert Conference.objects.get(pk=second.conference.pk).state == "booked"


def test_cancelling_needs_its_coded_reason_and_a_state_that_allows_it():
    convened = a_booked_conference()
    by = convened.by("administrator")
    with pytest.raises(Invalid, match="Choose why"):
        convene.cancel(by=by, conference=convened.conference, reason="whatever")
    with pytest.raises(Invalid, match="Say what the other reason is"):
        convene.cancel(by=by, conference=convened.conference, reason=CancelReason.OTHER)
    convene.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL)
    with pytest.raises(WrongState):
        convene.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL)


def test_a_room_has_a_name_of_its_own_and_can_be_taken_out_of_use():
    convened = an_agreed_conference()
    by = convened.by("administrator")
    room = convene.add_room(by=by, name="  Room   9 ", address="Civic Centre")
    assert room.name == "Room 9"
    with pytest.raises(Invalid, match="already a room called room 9"):
        convene.add_room(by=by, name="room 9")
    convene.change_room(by=by, room=room, name="Room 9", is_active=False)
    assert room not in rooms()
    with pytest.raises(NotPermitted):
        convene.add_room(by=convened.by("chair"), name="Room 10")
