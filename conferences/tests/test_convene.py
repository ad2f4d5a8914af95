"""Booking, and who chairs: the state afterwards, the trail, and every refusal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conferences.actions import convene
from conferences.choices import LatenessReason
from conferences.models import ChairApproval, Conference
from conferences.queries.convene import chairs_to_agree
from conferences.tests.builders import (
    HELD_ON,
    STRATEGY_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    at,
    booking,
    refused,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


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
