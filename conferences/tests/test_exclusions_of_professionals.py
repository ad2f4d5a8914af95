"""The chair excludes a professional from one conference: told safely, given nothing, offered again next time."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import exclusions, notify
from conferences.convening.choices import Attendance, CancelReason, ExclusionGround, ExclusionState, ProfessionalGround
from conferences.convening.deadlines import duties
from conferences.convening.models import ConferenceChild, Exclusion
from conferences.convening.permissions import open_invitations
from conferences.convening.queries.exclusions import exclusion_rows
from conferences.convening.queries.invitations import invitations_of
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_check
from conferences.convening.queries.sources import evidence
from conferences.meeting.actions import attendance
from conferences.meeting.queries.agencies import agencies_knowing
from conferences.meeting.queries.board import expected
from conferences.tests.builders import (
    an_invited_conference,
    at,
    booking,
    change_chair,
    everything_leaves,
    leaks,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.test_exclusions import CASE, a_review_after
from cpc.core.accounts.models import Agency
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.duties import Asked
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db

GROUND = {"ground": ProfessionalGround.ALLEGATION, "evidence": "The police told us on Monday"}


def schools(convened):
    return convened.invitation(convened.council.professionals.school)


def exclude(convened, **given):
    return exclusions.exclude_professional(
        by=convened.by("chair"), invitation=schools(convened), **{**GROUND, **given}
    )  # fmt: skip


def invited():
    """Everybody is invited, and the school has an address of its own."""
    convened = an_invited_conference()
    with setting_up():
        Agency.objects.update(email="office@school.example.org")
    return convened


def told():
    convened = invited()
    everything_leaves()
    return convened


def waiting(**reader):
    return list(Outgoing.objects.filter(state="queued", **reader).order_by("pk"))


def test_they_and_their_agency_are_told_at_once_in_words_that_name_nobody():
    convened = told()
    school = convened.council.professionals.school
    assert exclude(convened).letter_sent_at
    [theirs] = waiting(recipient_kind="user", recipient_id=school.pk)
    [agencys] = waiting(recipient_kind="agency", recipient_id=school.agency_id)
    assert (theirs.to_address, agencys.to_address) == (school.email, "office@school.example.org")
    assert "Wednesday 2 December 2026 at 10am" in theirs.body and "Your agency may send somebody else" in theirs.body
    assert "STATUS:CANCELLED" in theirs.calendar_file
    assert "somebody else from your agency" in agencys.body and "December" not in agencys.body
    for one in (theirs, agencys):
        text = one.subject + one.body + one.calendar_file
        assert not leaks(text) and "police" not in text.lower() and "allegation" not in text.lower()


def test_somebody_never_told_of_the_meeting_is_told_nothing_and_the_agency_is_still_asked():
    convened = invited()  # nothing has left
    school = convened.council.professionals.school
    assert not exclude(convened).letter_sent_at
    assert not waiting(recipient_kind="user", recipient_id=school.pk)
    assert waiting(recipient_kind="agency", recipient_id=school.agency_id)


def test_nobody_of_an_agency_that_was_not_expected_is_asked_for():
    convened = told()
    invitation = schools(convened)
    with setting_up():
        invitation.is_expected = False
        invitation.save()
    exclude(convened)
    assert not waiting(recipient_kind="agency")
    [theirs] = waiting(recipient_kind="user")
    assert "will not take part in it" in theirs.body and "We will ask them" not in theirs.body


def test_no_later_date_is_told_to_them():
    convened = told()
    exclude(convened)
    everything_leaves()
    school = convened.council.professionals.school
    given = booking(convened.council, on=date(2026, 12, 4))
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **given,
    )
    assert waiting(recipient_kind="user", recipient_id=convened.council.professionals.gp.pk)
    assert not waiting(recipient_kind="user", recipient_id=school.pk)
    convened.conference.refresh_from_db()
    by = convened.by("administrator")
    booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")
    assert not waiting(recipient_kind="user", recipient_id=school.pk)


def test_a_calendar_entry_never_holds_a_time_that_they_were_not_told():
    convened = told()
    given = booking(convened.council, on=date(2026, 12, 4))
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **given,
    )
    convened.conference.refresh_from_db()
    exclude(convened)
    [theirs] = waiting(recipient_kind="user", recipient_id=convened.council.professionals.school.pk)
    assert "Wednesday 2 December 2026 at 10am" in theirs.body and theirs.calendar_file == ""


def test_where_only_the_chair_is_another_their_calendar_entry_is_cancelled_all_the_same():
    convened = told()
    change_chair(convened, convened.council.users.other_chair)
    convened.conference.refresh_from_db()
    exclusions.exclude_professional(by=convened.by("other_chair"), invitation=schools(convened), **GROUND)
    [theirs] = waiting(recipient_kind="user", recipient_id=convened.council.professionals.school.pk)
    assert "STATUS:CANCELLED" in theirs.calendar_file


def test_nobody_is_asked_for_the_view_of_an_agency_that_is_excluded():
    convened = told()
    row = ConferenceChild.objects.get(conference=convened.conference, child=convened.marlows.rosa)
    assert schools(convened) in agencies_knowing(row)
    exclude(convened)
    assert schools(convened) not in agencies_knowing(row) and agencies_knowing(row)


def test_what_their_invitation_opened_is_closed_the_same_day_and_no_report_is_expected_of_them():
    convened = told()
    mine = viewer(convened.council.professionals.school)
    assert open_invitations(mine).exists()
    exclude(convened)
    assert not open_invitations(mine).exists()
    found = [one for one in duties(Asked(frozenset({mine.id}), mine.on)) if mine.id in one.owners]
    assert not found


def test_they_are_not_expected_not_marked_and_not_named_to_the_family():
    convened = told()
    exclude(convened)
    invitation = schools(convened)
    assert (invitation.attendance, invitation.is_expected) == (Attendance.EXCLUDED, False)
    assert invitation not in expected(convened.conference)
    context = letter_context(convened.conference)
    mothers = next(one for one in context.invitations if one.person_id == convened.marlows.mother.pk)
    assert invitation not in context.professionals_for(mothers)
    chair = convened.by("chair", convened.conference.held_on)
    attendance.open_conference(by=chair, conference=convened.conference, at=at(convened.conference.held_on))
    mark = attendance.AttendanceMark(invitation.pk, Attendance.PRESENT)
    with pytest.raises(Invalid, match="end the exclusion first"):
        attendance.mark_attendance(by=chair, conference=convened.conference, marks=[mark])


def test_putting_a_conference_back_leaves_the_excluded_on_the_list():
    convened = told()
    exclude(convened)
    chair = convened.by("chair", convened.conference.held_on)
    attendance.open_conference(by=chair, conference=convened.conference, at=at(convened.conference.held_on))
    attendance.put_back(by=chair, conference=convened.conference, reason="Opened by mistake")
    found = schools(convened)
    assert (found.withdrawn_at, found.attendance) == (None, Attendance.EXCLUDED)


def test_only_the_chair_decides_with_a_ground_for_professionals_and_not_about_who_holds_the_case():
    convened = told()
    for name in ("administrator", "social_worker", "team_manager"):
        with pytest.raises(NotPermitted):
            exclusions.exclude_professional(by=convened.by(name), invitation=schools(convened), **GROUND)
    with pytest.raises(Invalid, match="ground"):
        exclude(convened, ground=ExclusionGround.VIOLENCE)
    with pytest.raises(Invalid, match="Say what is known"):
        exclude(convened, evidence=" ")
    with pytest.raises(WrongState, match="excluded by the chair alone"):
        exclusions.request_exclusion(by=convened.by("social_worker"), invitation=schools(convened), **CASE)
    worker = convened.invitation(convened.council.users.social_worker)
    with pytest.raises(WrongState, match="holds this family’s case"):
        exclusions.exclude_professional(by=convened.by("chair"), invitation=worker, **GROUND)
    exclude(convened)
    with pytest.raises(WrongState, match="already"):
        exclude(convened)
    with pytest.raises(WrongState, match="only the chair ends"):
        notify.withdraw_invitation(by=convened.by("administrator"), invitation=schools(convened), reason="Not needed")


def test_a_check_of_the_list_stays_and_the_administrator_has_no_letter_to_send():
    convened = second_checked(told())
    fingerprint = list_check(convened.conference, invitations_of(convened.conference)).fingerprint
    exclude(convened)
    assert list_check(convened.conference, invitations_of(convened.conference)).fingerprint == fingerprint
    admin = convened.by("administrator")
    kinds = {one.kind for one in duties(Asked(frozenset({admin.id}), admin.on)) if admin.id in one.owners}
    assert not kinds & {"send_exclusion_letter", "invite", "invite_as_well"}


def test_when_it_ends_they_are_invited_again():
    convened = told()
    exclude(convened)
    by = convened.by("chair")
    exclusions.end_exclusion(by=by, invitation=schools(convened), reason="Nothing was found")
    second_checked(convened)
    assert schools(convened) in notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)
    assert open_invitations(viewer(convened.council.professionals.school)).exists()


def test_it_is_offered_at_the_next_conference_and_not_carried_over():
    first = told()
    exclude(first)
    second = second_checked(with_fathers_apart(a_review_after(first)))
    assert schools(second).attendance == Attendance.UNKNOWN
    rows = exclusion_rows(second.conference, invitations_of(second.conference))
    assert [row.invitation.user_id for row in rows if row.waits] == [first.council.professionals.school.pk]
    sent = notify.send_invitations(by=second.by("administrator"), conference=second.conference)
    assert sent and schools(second) not in sent
    exclusions.decline_exclusion(by=second.by("chair"), invitation=schools(second), reason="It is settled")
    assert schools(second) in notify.send_invitations(by=second.by("administrator"), conference=second.conference)
    assert Exclusion.objects.get(conference=second.conference).state == ExclusionState.DECLINED


def test_the_page_shows_the_ground_to_the_chair_alone(client):
    convened = told()
    page = reverse("conferences:exclusions", args=[convened.conference.pk])
    users = convened.council.users
    client.force_login(users.chair)
    form = reverse("conferences:exclude_professional", args=[schools(convened).pk])
    text = client.get(page).content.decode()
    holds = convened.invitation(users.social_worker).pk
    assert form in text and reverse("conferences:exclude_professional", args=[holds]) not in text
    assert client.post(form, {"ground": "allegation", "evidence": "The police told us on Monday"}).url == page
    text = client.get(page).content.decode()
    assert "An allegation about them" in text and "The police told us" in text
    for user in (users.administrator, users.social_worker):
        client.force_login(user)
        text = client.get(page).content.decode()
        assert convened.council.professionals.school.get_full_name() in text
        assert "allegation" not in text and "The police told us" not in text and form not in text


def test_a_cancellation_does_not_open_the_conference_again_to_them():
    convened = told()
    gp, school = (viewer(getattr(convened.council.professionals, name)) for name in ("gp", "school"))
    exclude(convened)
    everything_leaves()
    booking_actions.cancel(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason=CancelReason.NO_LONGER_NEEDED,
        agreed_by="Ann",
    )
    assert open_invitations(gp).exists() and not open_invitations(school).exists()


def test_restricted_text_that_was_copied_is_asked_about_where_a_professional_is_excluded():
    convened = told()
    exclude(convened)
    [source] = evidence(convened.marlows.family.pk, convened.by("chair"))
    assert "the evidence for excluding Sam School" in source.label


def test_only_the_chair_of_this_conference_opens_the_form_with_the_ground_and_the_evidence(client):
    convened = told()
    exclude(convened)
    url = reverse("conferences:exclude_professional", args=[schools(convened).pk])
    for who, status in (("chair", 200), ("other_chair", 404)):
        client.force_login(getattr(convened.council.users, who))
        answer = client.get(url)
        assert answer.status_code == status
        assert ("The police told us on Monday" in answer.content.decode()) == (who == "chair")
