"""Excluding somebody from a conference: asked for, decided by the chair, and never carried over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conferences.convening.actions import exclusions, invitations, notify
from conferences.convening.choices import Attendance, ConferenceState, ExclusionState
from conferences.convening.choices.enquiries import EnquiryOutcome
from conferences.convening.models import Conference, Exclusion
from conferences.convening.queries.exclusions import earlier_exclusions, exclusion_rows
from conferences.convening.queries.invitations import invitations_of
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.exclusion import CASE, WHOLE, dans, exclude, letters_to, send, words_to
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "administrator"])
def test_everybody_working_with_the_conference_may_ask_and_only_its_chair_decides(role):
    convened = a_booked_conference()
    asked = exclusions.request_exclusion(by=convened.by(role), invitation=dans(convened), **CASE)
    assert (asked.state, asked.requested_by_id) == (ExclusionState.REQUESTED, convened.by(role).id)
    for name in (role, "other_chair", "service_manager"):
        with pytest.raises(NotPermitted):
            exclude(convened, by=name)
    decided = exclude(convened, evidence="He threatened her twice.")
    assert decided.pk == asked.pk
    assert (decided.state, decided.evidence) == (ExclusionState.IN_FORCE, "He threatened her twice.")
    event = Event.objects.filter(details__step="exclude").latest("at")
    assert event.details["name"] == "Dan Pryce"


def test_the_chair_and_a_professional_do_not_ask():
    convened = a_booked_conference()
    for who in (convened.by("chair"), convened.by("other_worker")):
        with pytest.raises(NotPermitted):
            exclusions.request_exclusion(by=who, invitation=dans(convened), **CASE)


def test_a_request_that_is_declined_has_a_reason_and_changes_nothing_else():
    convened = a_booked_conference()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    with pytest.raises(Invalid, match="Give a reason for not excluding them"):
        exclusions.decline_exclusion(by=convened.by("chair"), invitation=dans(convened), reason=" ")
    found = exclusions.decline_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="He can be calm.")
    assert (found.state, found.decline_reason) == (ExclusionState.DECLINED, "He can be calm.")
    assert dans(convened).attendance == Attendance.UNKNOWN
    with pytest.raises(WrongState, match="Nobody has requested"):
        exclusions.decline_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="Again")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"meeting": "all"}, "meeting", "what they are excluded from"),
        ({"meeting": "half"}, "meeting", "how much of the meeting"),
        ({"is_safe": False}, "is_safe", "puts nobody at risk"),
        ({"how_heard": " "}, "how_heard", "how their views will be heard"),
        ({"letter_words": ""}, "letter_words", "reason for your decision"),
        ({"record_words": ""}, "record_words", "in neutral words"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_on", "after the first day"),
        ({"until_on": HELD_ON - timedelta(days=1)}, "until_on", "end before the conference"),
        ({"meeting": "some"}, "arrives", "when they arrive and when they leave"),
        (
            {"meeting": "some", "arrives_at": at(HELD_ON, 9), "leaves_at": at(HELD_ON, 11)},
            "leaves",
            "within the conference",
        ),
        (
            {"meeting": "some", "arrives_at": at(HELD_ON, 10), "leaves_at": at(HELD_ON, 12)},
            "arrives",
            "the whole meeting",
        ),
    ],
)
def test_a_decision_that_is_not_complete_is_refused_in_a_sentence_at_its_field(change, field, sentence):
    convened = a_booked_conference()
    with pytest.raises(Invalid, match=sentence) as refused:
        exclude(convened, replace(WHOLE, **change))
    assert refused.value.field == field
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize("missing", ["asked_by", "ground", "evidence"])
def test_who_asked_the_ground_and_the_evidence_are_needed(missing):
    with pytest.raises(Invalid) as refused:
        exclude(a_booked_conference(), **{missing: ""})
    assert refused.value.field == missing


@pytest.mark.parametrize(
    "words", ["Anna is afraid of you.", "Lewis Hart will be there.", "Ask at 14 Alder Lane.", "Theo asked for it."]
)
def test_words_to_them_that_name_anybody_else_of_the_family_are_refused(words):
    convened = a_booked_conference()
    with pytest.raises(Invalid, match="says nothing about anybody else") as refused:
        exclude(convened, replace(WHOLE, letter_words=words))
    assert refused.value.field == "letter_words"
    with pytest.raises(Invalid) as refused:
        exclude(convened, replace(WHOLE, how_heard=words))
    assert refused.value.field == "how_heard"
    assert exclude(convened, replace(WHOLE, letter_words="This is about Rosa."))


def test_somebody_is_excluded_once_and_stays_on_the_list():
    convened = an_invited_conference()
    exclude(convened)
    with pytest.raises(WrongState, match="is already excluded"):
        exclude(convened)
    with pytest.raises(WrongState, match="already been requested or decided"):
        exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    with pytest.raises(WrongState, match="A withdrawal is no exclusion"):
        notify.withdraw_invitation(by=convened.by("administrator"), invitation=dans(convened), reason="Not needed")


def test_somebody_who_is_not_invited_yet_is_not_taken_off_the_list_while_the_chair_decides():
    convened = a_booked_conference()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    with pytest.raises(WrongState, match="stays on the list"):
        invitations.remove_invitee(by=convened.by("administrator"), invitation=dans(convened), reason="Not needed")


def test_a_professional_is_not_excluded():
    convened = a_booked_conference()
    school = convened.invitation(convened.council.professionals.school)
    with pytest.raises(WrongState, match="excluded by the chair alone"):
        exclusions.decide_exclusion(by=convened.by("chair"), invitation=school, **CASE, decision=WHOLE)


def test_nobody_is_excluded_beforehand_from_a_conference_that_is_over():
    convened = a_booked_conference()
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(
            state=ConferenceState.CANCELLED, cancelled_by=convened.council.users.administrator,
            cancelled_at=at(TODAY), cancel_reason="other",
        )  # fmt: skip
    with pytest.raises(WrongState, match="nobody can be excluded beforehand"):
        exclude(convened)


def test_a_restricted_passage_in_the_words_needs_permission_to_share():
    convened = a_booked_conference()
    found = "Bruises that nobody can explain were seen twice"
    with setting_up():
        convened.conference.enquiry.children.update(findings=found)
    with pytest.raises(Invalid, match="Fewer people may read"):
        exclude(convened, replace(WHOLE, record_words=found))


def test_words_of_the_evidence_are_not_repeated_to_others_without_permission():
    convened = a_booked_conference()
    evidence = "He threatened the head teacher on the way to the gate."
    for words in ("letter_words", "record_words"):
        with pytest.raises(Invalid, match="Fewer people may read") as refused:
            exclude(convened, replace(WHOLE, **{words: evidence}), evidence=evidence)
        assert refused.value.field == words
    exclusions.request_exclusion(
        by=convened.by("social_worker"), invitation=dans(convened), **CASE | {"evidence": evidence}
    )
    with pytest.raises(Invalid, match="the evidence for excluding Dan Pryce"):
        exclude(convened, replace(WHOLE, record_words=evidence), evidence="Told by the school.")


# --- Children -----------------------------------------------------------------------------------------------------


def with_rosa_invited(convened):
    marlows = convened.marlows
    with setting_up():
        Person.objects.filter(pk=marlows.rosa.pk).update(born_on=date(2014, 5, 14))
    return invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="child", person=marlows.rosa,
        reason="She wants to come.", children=[marlows.rosa],
    )  # fmt: skip


def test_a_child_keeps_their_own_letter_and_is_told_in_words_for_a_child():
    convened = with_fathers_apart(a_booked_conference())
    hers = with_rosa_invited(convened)
    words = replace(WHOLE, letter_words="It is a long meeting for grown-ups.", how_heard="Sam will tell me your words.")
    with pytest.raises(Invalid, match="A child keeps their own letter") as refused:
        exclusions.decide_exclusion(
            by=convened.by("chair"), invitation=hers, **CASE, decision=replace(words, no_documents=True)
        )
    assert refused.value.field == "gets_documents"
    exclusions.decide_exclusion(by=convened.by("chair"), invitation=hers, **CASE, decision=words)
    second_checked(convened)
    send(convened)
    assert [one.kind for one in letters_to(convened.marlows.rosa)] == ["exclusion_child"]
    said = words_to(convened.marlows.rosa, "exclusion_child")
    assert "You have done nothing wrong" in said and "a long meeting for grown-ups" in said and "violence" not in said


def test_a_childs_invitation_is_not_changed_by_the_exclusion_of_a_parent():
    convened = with_fathers_apart(a_booked_conference())
    with_rosa_invited(convened)
    exclude(convened, replace(WHOLE, no_documents=True))
    second_checked(convened)
    send(convened)
    assert [one.kind for one in letters_to(convened.marlows.rosa)] == ["invitation_child", "contribution_form_child"]


# --- The next conference ------------------------------------------------------------------------------------------


def a_review_after(convened):
    """A review of the same family that is booked, with everybody proposed and nobody invited."""
    with setting_up():
        convened.conference.enquiry.children.update(outcome=EnquiryOutcome.NO_FURTHER_ACTION)  # it asks for none again
        Conference.objects.filter(pk=convened.conference.pk).update(
            state=ConferenceState.CANCELLED, cancelled_by=convened.council.users.administrator,
            cancelled_at=at(TODAY), cancel_reason="other",
        )  # fmt: skip
    return a_booked_conference(convened.marlows)


def test_an_exclusion_is_offered_at_the_next_conference_and_not_carried_over():
    first = a_booked_conference()
    exclude(first)
    second = with_fathers_apart(a_review_after(first))
    assert dans(second).attendance == Attendance.UNKNOWN
    assert set(earlier_exclusions(second.conference)) == {("person", first.marlows.rosas_father.pk)}
    rows = exclusion_rows(second.conference, invitations_of(second.conference))
    assert [row.invitation.name for row in rows if row.waits] == ["Dan Pryce"]
    second_checked(second)
    assert dans(second) not in send(second)
    exclusions.decline_exclusion(by=second.by("chair"), invitation=dans(second), reason="It is calmer now.")
    assert earlier_exclusions(second.conference) == {}
    assert send(second_checked(second)) == [dans(second)]


def test_an_exclusion_that_was_ended_is_not_offered_again():
    first = a_booked_conference()
    exclude(first)
    exclusions.end_exclusion(by=first.by("chair"), invitation=dans(first), reason="He has apologised.")
    assert earlier_exclusions(a_review_after(first).conference) == {}


def test_an_exclusion_that_ends_before_the_day_of_a_moved_conference_is_to_be_decided_again():
    convened = a_booked_conference()
    exclude(convened, replace(WHOLE, until_on=HELD_ON))
    with setting_up():
        convened.conference.starts_at += timedelta(days=2)
        convened.conference.ends_at += timedelta(days=2)
        convened.conference.save()
    (row,) = [one for one in exclusion_rows(convened.conference, invitations_of(convened.conference)) if one.exclusion]
    assert row.has_lapsed and row.waits and row.in_force, "it stays until the chair decides again"
