"""What an exclusion does: the meeting, the letter, the check of the list, and what others are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import exclusions, invitations
from conferences.convening.choices import Attendance, ExclusionState
from conferences.convening.queries.invitations import invitations_of, who_would_meet
from conferences.convening.queries.letter_context import letter_context
from conferences.separation.choices import AttendMode
from conferences.separation.queries.presences import presences_of
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    booking,
    everything_leaves,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.exclusion import CASE, PAPERS, PART, WHOLE, dans, exclude, letters_to, send, words_to
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.choices import WhoIsProtected
from families.people.models import MustNotLearn, MustNotMeet

pytestmark = pytest.mark.django_db


def test_somebody_excluded_is_nowhere_at_the_meeting_and_what_waits_for_them_is_taken_back():
    convened = an_invited_conference()
    exclude(convened)
    dan = convened.marlows.rosas_father
    waiting = Outgoing.objects.filter(recipient_id=dan.pk, recipient_kind="person", purpose="invitation")
    assert waiting and {one.state for one in waiting} == {"withdrawn"}
    invitation = dans(convened)
    assert (invitation.attendance, invitation.is_expected) == (Attendance.EXCLUDED, False)
    assert presences_of([dan.pk], at(TODAY)) == []
    assert not any(
        "Dan Pryce" in one for one in who_would_meet(convened.conference, invitations_of(convened.conference))
    )


def test_somebody_excluded_gets_one_letter_that_says_what_was_decided_and_no_invitation():
    convened = a_booked_conference()
    exclude(convened, replace(WHOLE, no_documents=True, until_on=HELD_ON + timedelta(days=60)))
    second_checked(convened)
    assert dans(convened) in send(convened)
    dan = convened.marlows.rosas_father
    assert [one.kind for one in letters_to(dan)] == ["exclusion_family"]
    said = words_to(dan)
    for words in (
        "You will not be at the meeting", "You will not be given the reports", "must be a place where everybody",
        "Priya Nandra will visit you", "until Sunday 31 January 2027", "If you think that the decision is wrong",
        "Rosa Marlow", "Gwen Ashby",
    ):  # fmt: skip
        assert words in said, words
    # Nothing of when or where it is, of what was said about them, or of anybody else.
    for words in ("2 December", "Room 4", "Civic Centre", "threatened", "school", "Anna", "Lewis", "Theo", "violence"):
        assert words not in said, words
    assert Outgoing.objects.get(recipient_id=dan.pk, purpose="exclusion").state == "queued"
    assert dans(convened).sent_at is None
    assert send(convened) == [], "it is sent once"


def test_somebody_who_had_an_invitation_reads_that_it_is_no_longer_valid_and_not_the_day_again():
    convened = an_invited_conference()
    exclude(convened)
    second_checked(convened)
    send(convened)
    said = words_to(convened.marlows.rosas_father)
    assert "that is no longer valid. Please do not come." in said and "2 December" not in said


def test_an_exclusion_needs_a_second_check_of_the_list_as_it_is_now():
    convened = second_checked(with_fathers_apart(a_booked_conference()))
    exclude(convened)
    with pytest.raises(Invalid, match="changed since it was last checked"):
        send(convened)
    second_checked(convened)
    send(convened)
    waiting = Outgoing.objects.get(recipient_id=convened.marlows.rosas_father.pk, purpose="exclusion")
    assert why_held(waiting) == ""
    exclusions.end_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="He has apologised.")
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


def test_the_release_check_reads_the_words_again_when_the_letter_is_sent():
    convened = a_booked_conference()
    exclude(convened, replace(WHOLE, letter_words="The meeting is about parole and nothing else."))
    with setting_up():
        MustNotLearn.objects.create(
            reader=convened.marlows.rosas_father, about=convened.marlows.mother, what="fact", words="parole",
            source="judgement", reason="It would put her in danger.",
        )  # fmt: skip
    second_checked(convened)
    with pytest.raises(Invalid, match="parole"):
        send(convened)
    assert not Document.objects.filter(kind="exclusion_family").exists()


def test_who_is_excluded_from_part_comes_at_their_own_times_which_only_the_chair_changes():
    convened = a_booked_conference()
    exclude(convened, PART)
    invitation = dans(convened)
    assert (invitation.apart, invitation.arrives_at, invitation.leaves_at) == (True, PART.arrives_at, PART.leaves_at)
    assert invitation.attendance == Attendance.UNKNOWN
    with pytest.raises(WrongState, match="only the chair changes these times"):
        invitations.change_invitee(
            by=convened.by("administrator"), invitation=invitation, children=[convened.marlows.rosa],
            mode=AttendMode.VIDEO,
        )  # fmt: skip
    invitations.change_invitee(
        by=convened.by("administrator"), invitation=invitation, children=[convened.marlows.rosa],
        mode=AttendMode.VIDEO, apart=True, arrives_at=PART.arrives_at, leaves_at=PART.leaves_at,
        video_link="https://video.example.org/dan",
    )  # fmt: skip
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    assert dans(convened).leaves_at == PART.leaves_at
    second_checked(convened)
    send(convened)
    dan = convened.marlows.rosas_father
    assert {one.kind for one in letters_to(dan)} == {"exclusion_family", "invitation_family", "contribution_form"}
    assert "from 10am until 11am" in words_to(dan)
    assert "11am" in words_to(dan, "invitation_family")


def test_who_gets_no_documents_is_invited_to_the_meeting_as_anybody_else():
    convened = with_fathers_apart(a_booked_conference())
    exclude(convened, PAPERS)
    second_checked(convened)
    send(convened)
    dan = convened.marlows.rosas_father
    assert {one.kind for one in letters_to(dan)} == {"exclusion_family", "invitation_family", "contribution_form"}
    assert "You will not be at the meeting" not in words_to(dan)
    assert dans(convened).attendance == Attendance.UNKNOWN


def test_a_moved_or_cancelled_conference_is_not_told_to_somebody_excluded():
    from conferences.convening.actions import booking as booking_actions

    convened = an_invited_conference()
    exclude(convened)
    second_checked(convened)
    send(convened)
    known = {one.pk for one in letters_to(convened.marlows.rosas_father)}
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, on=HELD_ON + timedelta(days=1)),
    )  # fmt: skip
    assert {one.pk for one in letters_to(convened.marlows.rosas_father)} == known
    assert [one.kind for one in letters_to(convened.marlows.mother)][-1:] == ["contribution_form"]


def test_an_exclusion_that_ends_lets_them_be_invited_again():
    convened = an_invited_conference()
    exclude(convened)
    second_checked(convened)
    send(convened)
    with pytest.raises(Invalid, match="Give a reason for ending the exclusion"):
        exclusions.end_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="")
    found = exclusions.end_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="He has apologised.")
    assert (found.state, found.end_reason) == (ExclusionState.ENDED, "He has apologised.")
    invitation = dans(convened)
    assert (invitation.attendance, invitation.is_expected, invitation.sent_at) == (Attendance.UNKNOWN, True, None)
    second_checked(convened)
    assert send(convened) == [invitation]
    assert [one.kind for one in letters_to(convened.marlows.rosas_father)][-2:] == [
        "invitation_family", "contribution_form",
    ]  # fmt: skip
    with pytest.raises(WrongState, match="is not excluded now"):
        exclusions.end_exclusion(by=convened.by("chair"), invitation=invitation, reason="Again")


def test_while_the_chair_has_not_decided_nothing_is_sent_to_them_and_everybody_else_is_invited():
    convened = with_fathers_apart(a_booked_conference())
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    sent = send(second_checked(convened))
    assert len(sent) > 3 and dans(convened) not in sent
    assert not letters_to(convened.marlows.rosas_father)
    exclusions.decline_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="He can be calm.")
    with pytest.raises(Invalid, match="changed since it was last checked"):
        send(convened)
    assert send(second_checked(convened)) == [dans(convened)]


def test_the_protected_person_is_not_told_that_somebody_excluded_is_invited_too():
    convened = with_fathers_apart(a_booked_conference())
    with setting_up():
        pair = MustNotMeet.objects.get()
        is_one = pair.one_id == convened.marlows.theos_father.pk
        pair.protects = WhoIsProtected.ONE if is_one else WhoIsProtected.OTHER
        pair.save()
    lewis = convened.invitation(convened.marlows.theos_father)
    assert [one.name for one, _ in letter_context(convened.conference).others_kept_apart(lewis)] == ["Dan Pryce"]
    exclude(convened)
    assert letter_context(convened.conference).others_kept_apart(lewis) == []


def test_somebody_invited_hears_of_no_other_day_while_the_chair_decides_and_is_invited_again_if_not_excluded():
    convened = an_invited_conference()
    everything_leaves()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    later = booking(convened.council, on=HELD_ON + timedelta(days=1))
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **later,
    )
    dan = convened.marlows.rosas_father
    assert [one.kind for one in letters_to(dan)].count("conference_moved_family") == 0
    assert [one.kind for one in letters_to(convened.marlows.mother)].count("conference_moved_family") == 1
    convened.conference.refresh_from_db()
    exclusions.decline_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="Nothing happened.")
    assert dans(convened).sent_at is None
