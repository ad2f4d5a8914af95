"""Who must be told by phone or in person how a conference is now: found, shown, recorded, and told again."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import exclusions
from conferences.convening.actions.booking import cancel, move
from conferences.convening.actions.notify import send_invitations, withdraw_invitation
from conferences.convening.actions.spoken_news import record_spoken_news
from conferences.convening.choices import CancelReason
from conferences.convening.deadlines import duties
from conferences.convening.models import Conference, Invitation, SpokenNews
from conferences.convening.queries.attending import behind_on_the_list
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_awaits_check
from conferences.convening.queries.to_phone import digest_of, to_phone, what_to_say
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
from conferences.tests.exclusion import CASE, WHOLE
from cpc.core.accounts.models import Agency, User
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db
LATE = HELD_ON - timedelta(days=1)


def context_of(convened):
    return letter_context(Conference.objects.get(pk=convened.conference.pk))


def to_tell(convened, on=TODAY) -> list[str]:
    return [one.invitation.name for one in to_phone(context_of(convened), on)]


def without_email(convened, name="school"):
    person = getattr(convened.council.professionals, name)
    with setting_up():
        User.objects.filter(pk=person.pk).update(email="")
    return convened.invitation(person)


def moved(convened, by="administrator", on=TODAY, days=1):
    how = booking(convened.council, on=HELD_ON + timedelta(days=days))
    conference = Conference.objects.get(pk=convened.conference.pk)
    move(by=convened.by(by, on), conference=conference, reason="venue", agreed_by="Ann", **how)


def cancelled(convened, on=TODAY):
    conference = Conference.objects.get(pk=convened.conference.pk)
    cancel(by=convened.by("administrator", on), conference=conference, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")


def said_to(convened, invitation) -> list[str]:
    context = context_of(convened)
    return what_to_say(context, next(one for one in context.invitations if one.pk == invitation.pk))


def told(convened, invitation, how="phone", on=TODAY, **more):
    context = context_of(convened)
    mine = next(one for one in context.invitations if one.pk == invitation.pk)
    given = {"told_by": "Mo Tran", "told_on": on, "as_of": digest_of(context, mine)}
    return record_spoken_news(by=convened.by("administrator", on), invitation=mine, how=how, **given | more)


def the_duty(convened, on=TODAY):
    found = [one for one in duties() if one.kind == "tell_by_phone" and one.id == convened.conference.pk]
    return found[0] if found else None


def test_who_has_no_email_is_phoned_after_each_change_and_nobody_else(client):
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    assert to_tell(convened) == []
    moved(convened)
    assert to_tell(convened) == [school.name]
    told(convened, school)
    assert to_tell(convened) == [] and school.name not in {one.name for one in behind_on_the_list(context_of(convened))}
    moved(convened, days=2)
    assert to_tell(convened) == [school.name], "of the second change as well"
    told(convened, school, how="in_person")
    cancelled(convened)
    assert to_tell(convened) == [school.name]
    told(convened, school)
    assert to_tell(convened) == []
    assert list(SpokenNews.objects.values_list("said__meeting__day", flat=True))[:2] == [
        (HELD_ON + timedelta(days=1)).isoformat(), (HELD_ON + timedelta(days=2)).isoformat(),
    ]  # fmt: skip


def test_who_could_not_be_reached_stays_to_be_told_and_what_was_tried_is_kept():
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    moved(convened)
    with pytest.raises(Invalid, match="Say what was tried") as refused:
        told(convened, school, how="not_reached")
    assert refused.value.field == "note"
    told(convened, school, how="not_reached", note="Rang twice; no answer.")
    assert to_tell(convened) == [school.name] and the_duty(convened)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"told_by": " "}, "told_by"), ({"told_on": TODAY + timedelta(days=1)}, "told_on"), ({"how": "letter"}, "how")],
)
def test_who_told_them_and_when_is_recorded(wrong, field):
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    moved(convened)
    with pytest.raises(Invalid) as refused:
        told(convened, school, **wrong)
    assert refused.value.field == field and not SpokenNews.objects.exists()


def test_what_has_changed_while_somebody_was_on_the_phone_was_not_told():
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    moved(convened)
    context = context_of(convened)
    before = digest_of(context, next(one for one in context.invitations if one.pk == school.pk))
    moved(convened, days=2)
    with pytest.raises(Invalid, match="Something has changed since you opened this page"):
        told(convened, school, as_of=before)
    assert to_tell(convened) == [school.name]


def test_nobody_is_recorded_as_told_who_is_written_to_in_time_and_only_by_those_who_invite():
    convened = an_invited_conference()
    everything_leaves()
    school = convened.invitation(convened.council.professionals.school)
    moved(convened)
    with pytest.raises(WrongState, match="tell them in time"):
        told(convened, school)
    without_email(convened)
    moved(convened, days=2)
    with pytest.raises(NotPermitted):
        record_spoken_news(
            by=convened.by("social_worker"), invitation=school, how="phone", told_by="x", told_on=TODAY, as_of=""
        )
    row = told(convened, school)
    readers = {name: can_see(convened.by(name), row) for name in ("administrator", "chair", "social_worker", "school")}
    assert readers == {"administrator": True, "chair": True, "social_worker": True, "school": False}


def test_a_letter_that_arrives_after_the_old_or_the_new_day_is_too_late():
    convened = an_invited_conference()
    everything_leaves()
    late = HELD_ON - timedelta(days=1)
    posted = {one.recipient_id for one in Outgoing.objects.filter(channel="print", document__isnull=False)}
    by_post = [one.name for one in context_of(convened).invitations if one.person_id in posted]
    assert by_post, "the family has people who are written to by post"
    moved(convened, days=5)
    assert to_tell(convened) == [], "the letter is there before the old day"
    assert to_tell(convened, late) == by_post, "it still waits, and the old day is tomorrow"
    everything_leaves()
    assert to_tell(convened, late) == [], "it was posted in time"


@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_a_parent_whose_letter_comes_too_late_is_told_and_recorded_as_told(change):
    convened = an_invited_conference()
    everything_leaves()
    late = HELD_ON - timedelta(days=1)
    (moved if change == "moved" else cancelled)(convened, on=late)
    names = to_tell(convened, late)
    assert names
    if change == "moved":
        second_checked(convened, on=late)
    for one in to_phone(context_of(convened), late):
        told(convened, one.invitation, on=late)
    assert to_tell(convened, late) == []


def test_what_is_said_on_the_phone_holds_no_place_that_the_reader_must_not_learn():
    convened = an_invited_conference()
    context = context_of(convened)
    for one in context.invitations:
        said = " ".join(what_to_say(context, one))
        assert "The conference is on" in said
        for pair_of_others in ("Dan Pryce", "Lewis Hart", "Rosa", "Theo", "Unborn"):
            assert pair_of_others not in said
        withheld = context.stops_for(one)
        assert not context.tells(one, said), (one.name, withheld)
    dan = convened.invitation(convened.marlows.rosas_father)
    mine = next(one for one in context.invitations if one.pk == dan.pk)
    assert "Place:" not in " ".join(what_to_say(context, mine)), "he comes by a video link of his own"


def moved_too_late():
    """A conference moved to another day on the day before it, and the mother, who is written to by post."""
    convened = an_invited_conference()
    everything_leaves()
    moved(convened, on=LATE)
    mother = convened.invitation(convened.marlows.mother)
    assert mother.name in to_tell(convened, LATE)
    return convened, mother


def test_what_waits_for_a_second_check_of_the_list_is_not_said_on_the_phone_before_it(client):
    convened, mother = moved_too_late()
    letter = Outgoing.objects.filter(document__isnull=False, purpose="moved", recipient_id=mother.person_id).first()
    assert list_awaits_check(letter), "her letter waits for it"
    place = next(one for one in said_to(convened, mother) if one.startswith("Place: "))
    page = reverse("conferences:tell_by_phone", args=[mother.pk])
    with time_machine.travel(at(LATE), tick=True):
        client.force_login(convened.council.users.administrator)
        shown = client.get(page).content.decode()
        assert "Say nothing yet" in shown and "must check this list" in shown and place not in shown
        with pytest.raises(Invalid, match="must check this list"):
            told(convened, mother, on=LATE)
        assert not SpokenNews.objects.exists()
        told(convened, mother, on=LATE, how="not_reached", note="Nobody has checked the list.")
        second_checked(convened, on=LATE)
        assert place in client.get(page).content.decode()
        assert told(convened, mother, on=LATE).said


def test_a_professional_is_not_invited_by_phone_before_the_list_was_checked(client):
    convened = with_fathers_apart(a_booked_conference())
    school = without_email(convened)
    with setting_up():
        sent = {"sent_at": timezone.now(), "sent_by": convened.council.users.administrator}
        Invitation.objects.filter(pk=convened.invitation(convened.marlows.mother).pk).update(**sent)
    client.force_login(convened.council.users.administrator)
    page = reverse("conferences:tell_by_phone", args=[school.pk])
    assert "Say nothing yet" in client.get(page).content.decode()
    with pytest.raises(Invalid, match="must check this list"):
        told(convened, school)
    second_checked(convened)
    assert "The conference is on" in client.get(page).content.decode()


@pytest.mark.parametrize("is_decided", [True, False])
def test_nobody_is_phoned_who_is_excluded_or_may_be(client, is_decided):
    convened, mother = moved_too_late()
    with setting_up():
        Outgoing.objects.filter(state="queued").update(state="sent", sent_at=at(LATE))
    assert mother.name in to_tell(convened, LATE)
    as_of = digest_of(context_of(convened), mother)
    if is_decided:
        words = {"how_heard": "You can write to us.", "record_words": "The chair decided that she would not be there."}
        decision = replace(WHOLE, from_on=LATE, **words)
        by = convened.by("chair", LATE)
        exclusions.decide_exclusion(by=by, invitation=mother, decision=decision, **CASE)
    else:
        exclusions.request_exclusion(by=convened.by("social_worker", LATE), invitation=mother, **CASE)
    assert mother.name not in to_tell(convened, LATE)
    page = reverse("conferences:tell_by_phone", args=[mother.pk])
    typed = {"how": "phone", "told_by": "Mo Tran", "told_on_day": "1", "told_on_month": "12", "told_on_year": "2026"}
    with time_machine.travel(at(LATE), tick=True):
        client.force_login(convened.council.users.administrator)
        answer = client.post(page, typed | {"as_of": as_of})  # from a page that was opened before
    shown = answer.content.decode()
    assert answer.status_code == 200 and "What to say" not in shown and "Place: " not in shown
    assert not SpokenNews.objects.exists()


def test_the_page_says_which_way_is_safe_for_somebody_of_the_family():
    convened, mother = moved_too_late()
    why = {one.invitation.pk: one.why for one in to_phone(context_of(convened), LATE)}
    assert why[mother.pk].endswith("Recorded as safe: post.")


def test_a_sentence_that_would_tell_too_much_is_left_to_the_chair(monkeypatch):
    context = context_of(an_invited_conference())
    anna = next(one for one in context.invitations if one.name == "Anna Marlow")
    whole = what_to_say(context, anna)
    assert "Ask the chair" not in " ".join(whole) and any(one.startswith("Place: ") for one in whole)
    monkeypatch.setattr(type(context), "tells", lambda self, invitation, said: "Place: " in said)
    less = what_to_say(context, anna)
    assert not any(one.startswith("Place: ") for one in less)
    assert less[-1] == "Ask the chair what else they may be told."


def test_an_agency_without_an_address_is_invited_by_phone_through_the_same_gate():
    convened = with_fathers_apart(a_booked_conference())
    school = without_email(convened)
    second_checked(convened)
    assert to_tell(convened) == [], "nobody has been invited yet"
    send_invitations(by=convened.by("administrator"), conference=convened.conference)
    assert school.name in to_tell(convened)
    with setting_up():
        convened.conference.invitations.filter(person=convened.marlows.mother).update(mode="phone")
    with pytest.raises(Invalid, match="must check this list before it is sent"):
        told(convened, school)
    second_checked(convened)
    told(convened, school)
    school.refresh_from_db()
    assert school.sent_at and school.sent_by_id and school.name not in to_tell(convened)
    assert school.report_due_on or not school.report_asked


def test_who_is_not_invited_any_more_and_has_no_email_is_told_that():
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    withdraw_invitation(by=convened.by("administrator"), invitation=school, reason="Another school")
    assert to_tell(convened) == [school.name]
    context = context_of(convened)
    mine = next(one for one in context.invitations if one.pk == school.pk)
    assert what_to_say(context, mine) == ["They need not come any more."]
    told(convened, school)
    assert to_tell(convened) == []


def test_an_agency_that_nobody_is_named_for_is_told_too():
    convened = an_invited_conference()
    everything_leaves()
    agency = convened.council.agencies.school
    with setting_up():
        convened.conference.invitations.filter(user=convened.council.professionals.school).update(
            user=None, agency=agency, name="Alder Lane Primary School"
        )
        Outgoing.objects.filter(recipient_id=convened.council.professionals.school.pk, recipient_kind="user").update(
            recipient_kind="agency", recipient_id=agency.pk, recipient_name="Alder Lane Primary School"
        )
        Agency.objects.filter(pk=agency.pk).update(email="")
    moved(convened)
    assert to_tell(convened) == ["Alder Lane Primary School"]
    told(convened, convened.conference.invitations.get(name="Alder Lane Primary School"))
    assert to_tell(convened) == []


def test_it_is_a_duty_of_the_administrator_and_then_of_the_service_manager():
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    assert the_duty(convened) is None
    moved(convened)
    duty = the_duty(convened)
    administrator, manager = convened.council.users.administrator, convened.council.users.service_manager
    assert duty.owners == {administrator.pk} and manager.pk in duty.then
    assert duty.due_on <= timezone.localdate(), "late from the day after the change, so that it is escalated"
    assert duty.path.endswith("#phone") and duty.day == Conference.objects.get(pk=duty.id).day_shown
    assert duty.says.startswith("Tell people by phone what has changed about the initial")
    assert "Room" not in duty.says and "10am" not in duty.says
    told(convened, school)
    assert the_duty(convened) is None
    cancelled(convened)
    assert the_duty(convened) is not None


def test_the_pages_name_who_must_be_phoned_and_record_it(client):
    convened = an_invited_conference()
    everything_leaves()
    school, conference = without_email(convened), convened.conference
    moved(convened)
    client.force_login(conference.administrator)
    invitations = reverse("conferences:invitations", args=[conference.pk])
    tell = reverse("conferences:tell_by_phone", args=[school.pk])
    assert tell in client.get(invitations).content.decode()
    assert tell in client.get(reverse("work:readiness", args=[conference.pk])).content.decode()
    page = client.get(tell)
    form = page.context["form"]
    day = {f"told_on_{part}": str(value) for part, value in zip(("day", "month", "year"), (20, 11, 2026), strict=True)}
    typed = {"how": "not_reached", "told_by": "Mo Tran", "note": "", "as_of": form.initial["as_of"], **day}
    assert client.post(tell, typed).status_code == 200, "it says what was tried"
    assert client.post(tell, typed | {"note": "Rang twice."}).status_code == 302
    assert "Rang twice." in client.get(tell).content.decode()
    answer = client.post(tell, typed | {"how": "phone"}, follow=True)
    assert f"{school.name} has been told." in answer.content.decode() and tell not in answer.content.decode()
    sent = client.get(reverse("conferences:sent_to", args=[school.pk])).content.decode()
    assert "Told by phone" in sent and "Rang twice." in sent
    again = client.get(tell, follow=True).content.decode()
    assert "will be told in time" in again
    client.force_login(convened.council.professionals.school)
    assert client.get(tell).status_code == 403


def test_the_next_page_names_them_after_a_cancellation(client):
    convened = an_invited_conference()
    everything_leaves()
    school = without_email(convened)
    client.force_login(convened.conference.administrator)
    answer = client.post(
        reverse("conferences:cancel", args=[convened.conference.pk]),
        {"reason": CancelReason.CHAIR_ILL, "agreed_by": "Ann", "note": ""}, follow=True,
    )  # fmt: skip
    assert f"Tell {school.name} by phone or in person" in answer.content.decode()
    assert viewer(convened.conference.administrator)
