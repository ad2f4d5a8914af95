"""Booking, and who chairs: the state afterwards, the audit trail, and every refusal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conferences.convening import deadlines
from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions.independence import agree_chair, declare_independence
from conferences.convening.choices import LatenessReason
from conferences.convening.models import Conference, DateChange
from conferences.convening.queries.acting import why_not_chaired_yet
from conferences.convening.queries.booking import chairs_to_agree
from conferences.tests.builders import (
    HELD_ON,
    STRATEGY_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    change_chair,
    everything_leaves,
    refused,
    send,
    with_fathers_apart,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Event
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Document
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


def test_an_administrator_books_and_the_list_is_proposed():
    convened = an_agreed_conference()
    booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council))
    conference = Conference.objects.get(pk=convened.conference.pk)
    chair = convened.council.users.chair
    assert (conference.state, conference.starts_at, conference.chair) == ("booked", at(HELD_ON), chair)
    assert conference.administrator == convened.council.users.administrator
    event = Event.objects.get(act="book, move or cancel a conference", on_id=conference.pk, details__step="book")
    assert event.by_id == convened.council.users.administrator.pk
    assert conference.invitations.count() and not conference.invitations.filter(sent_at__isnull=False).exists()


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "chair", "service_manager", "school"])
def test_nobody_but_an_administrator_books(role):
    convened = an_agreed_conference()
    with pytest.raises(NotPermitted):
        booking_actions.book(by=convened.by(role), conference=convened.conference, **booking(convened.council))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 12, 5), "not a working day. The nearest working day is Friday 4 December 2026"),
        (date(2026, 11, 19), "must be today or in the future"),
    ],
)
def test_a_conference_is_held_on_a_working_day_that_has_not_passed(day, sentence):
    convened = an_agreed_conference()
    late = {"lateness_reason": LatenessReason.NO_CHAIR, "lateness_agreed_by": "The team manager"}
    refused(convened, sentence, "held_on", on=day, **late)


def test_a_bank_holiday_needs_a_reason_that_is_kept_until_it_is_moved_to_another_day():
    convened = an_agreed_conference()
    christmas = booking(
        convened.council, on=date(2026, 12, 25), lateness_reason=LatenessReason.NO_CHAIR, lateness_agreed_by="Ann"
    )
    refused(convened, "Christmas Day.* is a bank holiday. Say why", "day_reason", **christmas | {"on": HELD_ON})
    by, conference = convened.by("administrator"), convened.conference
    booking_actions.book(by=by, conference=conference, **christmas, day_reason="The mother is home that day alone.")
    assert Conference.objects.get(pk=conference.pk).day_reason == "The mother is home that day alone."
    later = booking(convened.council, on=HELD_ON, day_reason="No reason is needed")
    booking_actions.move(by=by, conference=conference, reason="venue", agreed_by="Ann", **later)
    assert Conference.objects.get(pk=conference.pk).day_reason == ""


def test_a_conference_is_not_before_its_strategy_discussion():
    convened = an_agreed_conference()
    early = date(2026, 11, 13)
    by = convened.by("administrator", on=early)
    with pytest.raises(Invalid, match="cannot be before the strategy discussion, Monday 16 November 2026"):
        booking_actions.book(by=by, conference=convened.conference, **booking(convened.council, on=early))
    assert early < STRATEGY_ON


def test_the_end_comes_after_the_start():
    convened = an_agreed_conference()
    refused(convened, "end must be after the start", "ends", ends_at=at(HELD_ON, 9))


@pytest.mark.parametrize(("starts", "ends"), [(0, 1), (3, 5), (20, 23)])
def test_no_conference_is_booked_at_night(starts, ends):
    hours = {"starts_at": at(HELD_ON, starts), "ends_at": at(HELD_ON, ends)}
    refused(an_agreed_conference(), "not an hour for a meeting", "starts", **hours)


def test_a_conference_needs_a_room_or_a_video_link():
    convened = an_agreed_conference()
    details = booking(convened.council) | {"room": None}
    with pytest.raises(Invalid, match="Choose a room, or give a video link"):
        booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **details)
    details["video_link"] = "https://video.example.org/a"
    booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **details)
    assert Conference.objects.get(pk=convened.conference.pk).state == "booked"


def test_beyond_the_limit_a_coded_reason_and_who_agreed_are_needed():
    convened = an_agreed_conference()
    late = date(2026, 12, 8)
    assert convened.conference.due_on == date(2026, 12, 7)
    refused(convened, "is after the last day, Monday 7 December 2026. Choose why", "lateness_reason", on=late)
    refused(convened, "Say who agreed", "lateness_agreed_by", on=late, lateness_reason=LatenessReason.NO_CHAIR)
    booking_actions.book(
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


def declared(convened, statement="I have never worked with them.", independent=True, by="chair"):
    by = convened.by(by)
    return declare_independence(by=by, conference=convened.conference, independent=independent, statement=statement)


def a_conference_to_declare_for(chair="chair"):
    convened = an_agreed_conference()
    details = booking(convened.council, chair=getattr(convened.council.users, chair))
    booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **details)
    return convened


def test_the_chair_declares_for_this_conference_and_nobody_else_can():
    convened = a_conference_to_declare_for()
    assert convened.conference.chair_independent is None  # the administrator has said nothing about it
    for name in ("administrator", "other_chair", "social_worker", "team_manager", "service_manager"):
        with pytest.raises(NotPermitted):
            declared(convened, by=name)
    with pytest.raises(Invalid, match="Say whether you are independent"):
        declared(convened, independent=None)
    with pytest.raises(Invalid, match="Say how you are independent"):
        declared(convened, " ")
    declared(convened)
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.chair_independent, conference.chair_statement) == (True, "I have never worked with them.")
    event = Event.objects.get(act="declare whether you are independent as chair", on_id=conference.pk)
    assert event.by_id == convened.council.users.chair.pk


def test_nobody_with_a_recorded_part_in_the_case_declares_that_they_are_independent():
    convened = a_conference_to_declare_for("other_chair")
    discussion = convened.conference.enquiry.strategy_discussion
    with setting_up():
        DateChange.objects.create(
            discussion=discussion, from_on=STRATEGY_ON, to_on=HELD_ON, reason="Ill", asked_at=at(STRATEGY_ON),
            asked_by=convened.council.users.social_worker, agreed=False, answered_at=at(STRATEGY_ON),
            answered_by=convened.council.users.other_chair,
        )  # fmt: skip
    with pytest.raises(Invalid, match="The record shows that Kofi Lund asked for or decided on another request"):
        declared(convened, by="other_chair")
    with setting_up():
        discussion.recorded_by = convened.council.users.other_chair
        discussion.save()
    with pytest.raises(Invalid, match="The record shows that Kofi Lund recorded the strategy discussion"):
        declared(convened, by="other_chair")
    assert declared(convened, independent=False, by="other_chair").chair_independent is False


def test_until_the_chair_has_declared_it_is_their_duty_and_nobody_is_invited():
    convened = a_conference_to_declare_for()
    (duty,) = [one for one in deadlines.duties() if one.kind == "declare_independence"]
    assert duty.owners == {convened.council.users.chair.pk}
    with pytest.raises(Invalid, match="Gwen Ashby has not yet declared whether they are independent"):
        send(with_fathers_apart(convened))
    declared(convened)
    assert not [one for one in deadlines.duties() if one.kind == "declare_independence"]
    assert send(convened)


def test_a_chair_who_is_not_independent_needs_the_service_managers_reason():
    convened = a_conference_to_declare_for()
    with pytest.raises(Invalid, match="Say why you are not"):
        declared(convened, "", independent=False)
    declared(convened, "I managed the worker.", independent=False)
    (duty,) = [one for one in deadlines.duties() if one.kind == "agree_chair"]
    assert duty.owners == {convened.council.users.service_manager.pk}
    assert list(chairs_to_agree(convened.by("service_manager"))) == [convened.conference]
    with pytest.raises(Invalid, match="the conference service manager has not yet approved"):
        send(with_fathers_apart(convened))
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Nobody else in time")
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.chair_reason, conference.chair_agreed_by) == (
        "Nobody else in time", convened.council.users.service_manager,
    )  # fmt: skip
    assert not list(chairs_to_agree(convened.by("service_manager"))) and send(convened)


def test_only_the_service_manager_agrees_a_chair_and_gives_a_reason_once():
    convened = a_conference_to_declare_for()
    manager, conference = convened.by("service_manager"), convened.conference
    declared(convened)
    with pytest.raises(WrongState, match="no longer needs an answer"):
        agree_chair(by=manager, conference=conference, reason="Because")
    declared(convened, "I managed the worker.", independent=False)
    for role in ("administrator", "chair", "team_manager"):
        with pytest.raises(NotPermitted):
            agree_chair(by=convened.by(role), conference=conference, reason="Because")
    with pytest.raises(Invalid, match="Give the reason"):
        agree_chair(by=manager, conference=conference, reason=" ")
    agree_chair(by=manager, conference=conference, reason="Because")
    with pytest.raises(WrongState, match="already been approved"):
        agree_chair(by=manager, conference=conference, reason="Again")


def test_a_service_manager_who_chairs_does_not_agree_to_it_themselves():
    convened = a_conference_to_declare_for()
    with setting_up():
        RoleHeld.objects.create(user=convened.council.users.chair, role=Role.SERVICE_MANAGER)
    declared(convened, "I managed the worker.", independent=False)
    (duty,) = [one for one in deadlines.duties() if one.kind == "agree_chair"]
    assert duty.owners == {convened.council.users.service_manager.pk}
    with pytest.raises(Invalid, match="You cannot approve yourself as chair"):
        agree_chair(by=convened.by("chair"), conference=convened.conference, reason="Because")


def test_a_new_declaration_takes_back_what_was_agreed_about_the_one_before():
    convened = a_conference_to_declare_for()
    declared(convened, "I managed the worker.", independent=False)
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Because")
    declared(convened, "I managed the mother’s brother.", independent=False)
    assert why_not_chaired_yet(Conference.objects.get(pk=convened.conference.pk))


def test_another_chair_must_declare_again():
    convened = a_booked_conference()
    change_chair(convened, convened.council.users.other_chair)
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.chair_independent, conference.chair_statement) == (None, "")
    details = booking(convened.council, chair=convened.council.users.other_chair, hour=14)
    declared(convened, by="other_chair")
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **details,
    )
    assert Conference.objects.get(pk=conference.pk).chair_independent is True  # the same chair at another hour


def test_the_invitation_tells_the_family_where_the_chair_is_not_independent_and_who_agreed():
    convened = a_conference_to_declare_for()
    declared(convened, "I managed the worker.", independent=False)
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Nobody else in time")
    send(with_fathers_apart(convened))
    assert "Ruth Vane, who manages the conference service, agreed that Gwen Ashby may chair" in mothers_letter(convened)


def test_a_family_that_was_invited_before_is_written_to_again_where_the_new_chair_is_not_independent():
    convened = an_invited_conference()
    everything_leaves()
    change_chair(convened, convened.council.users.other_chair)
    declared(convened, "I managed the worker.", independent=False, by="other_chair")
    assert "is not independent" not in mothers_letter(convened)
    agree_chair(by=convened.by("service_manager"), conference=convened.conference, reason="Nobody else in time")
    told = mothers_letter(convened, "chair_changed_family")
    assert "Kofi Lund" in told and "is not independent of the work with your family" in told


def mothers_letter(convened, kind="invitation_family"):
    """The words of the mother's last letter of this kind."""
    mine = Document.objects.filter(kind=kind, recipient_id=convened.marlows.mother.pk)
    latest = mine.order_by("pk").last()
    return flowing_text(rebuild(latest.kind, latest.values))


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
    booking_actions.book(by=second.by("administrator"), conference=second.conference, **booking(council, hour=12))
    assert Conference.objects.filter(state="booked").count() == 2


def test_the_database_itself_refuses_a_double_booked_chair():
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    with setting_up(), pytest.raises(IntegrityError, match="chair_in_one_place"), transaction.atomic():
        Conference.objects.filter(pk=second.conference.pk).update(
            state="booked", starts_at=at(HELD_ON, 11), ends_at=at(HELD_ON, 13), chair=first.council.users.chair,
            video_link="https://video.example.org/x",
        )  # fmt: skip


def test_the_database_itself_opens_no_conference_with_a_chair_who_did_not_declare():
    convened = a_conference_to_declare_for()
    with setting_up(), pytest.raises(IntegrityError, match="opened_by_declared_chair"), transaction.atomic():
        Conference.objects.filter(pk=convened.conference.pk).update(state="open", opened_at=at(HELD_ON))


def test_the_database_itself_refuses_a_room_used_twice_and_allows_one_after_the_other():
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    there = {"room": first.conference.room, "chair": first.council.users.other_chair}
    row = Conference.objects.filter(pk=second.conference.pk)
    with setting_up(), pytest.raises(IntegrityError, match="room_used_once"), transaction.atomic():
        row.update(state="booked", starts_at=at(HELD_ON, 11), ends_at=at(HELD_ON, 13), **there)
    with setting_up():
        row.update(state="booked", starts_at=at(HELD_ON, 12), ends_at=at(HELD_ON, 13), **there)
