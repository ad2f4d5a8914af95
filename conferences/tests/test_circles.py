"""A conference of a family that changes circle: its rows follow, and everything that waits is checked again."""

import pytest

from conferences.convening.models import ConferenceChild, Invitation
from conferences.tests.builders import an_invited_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import HarmlessPassage, Outgoing, SecondCheck
from families.people.actions.circles import CHECK_AGAIN
from families.people.actions.names import change_name
from families.people.choices import Part
from families.people.models import Person
from families.people.queries.identity import record_in
from families.tests.builders import a_family, restrict
from families.tests.builders_two_families import add_to_family

pytestmark = pytest.mark.django_db


def test_the_conferences_of_the_restricted_family_name_its_own_record():
    convened = an_invited_conference()
    mother, rosa = convened.marlows.mother, convened.marlows.rosa
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    for person, part in ((mother, Part.PARENT), (rosa, Part.CHILD)):
        add_to_family(other, person, part)
    restrict(convened.conference.family)
    theirs = {person.pk: record_in(convened.conference.family, person).pk for person in (mother, rosa)}
    assert record_in(other, mother) == mother and theirs[mother.pk] != mother.pk
    assert Invitation.objects.filter(conference=convened.conference, person=theirs[mother.pk]).exists()
    assert not Invitation.objects.filter(person=mother).exists()
    assert ConferenceChild.objects.filter(conference=convened.conference, child=theirs[rosa.pk]).exists()


def test_what_was_checked_is_void_and_what_is_queued_is_held_when_a_circle_changes():
    convened = an_invited_conference()
    conference, about = (
        convened.conference,
        {"about_kind": "convening.conference", "about_id": convened.conference.pk},
    )
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    add_to_family(other, convened.marlows.mother, Part.PARENT)
    reader = {"recipient_kind": "person", "recipient_id": convened.marlows.mother.pk, "recipient_name": "Anna"}
    with setting_up():
        looked = SecondCheck.objects.create(
            **about, **reader, kind="copy", state="agreed", fingerprint="a", by_name="Kim",
            started_at=f"{TODAY} 09:00+00:00", decided_at=f"{TODAY} 09:00+00:00",
        )  # fmt: skip
        passage = HarmlessPassage.objects.create(
            **about, **reader, finding_key="k", passage_hash="h", found="Rose", sentence="A rose.", reason="A flower",
            by_name="Kim", at=f"{TODAY} 09:00+00:00",
        )  # fmt: skip
        waits = Outgoing.objects.create(
            **about, **reader, key="one", purpose="copy", channel=Channel.PRINT, queued_at=f"{TODAY} 09:00+00:00",
            next_try_at=f"{TODAY} 09:00+00:00",
        )  # fmt: skip
    restrict(other)
    assert not SecondCheck.objects.exists() and not HarmlessPassage.objects.exists()
    for row in (looked, passage, waits):
        row.refresh_from_db()
    assert looked.void_since and passage.void_since
    assert (waits.state, waits.why_failed) == (OutgoingState.HELD, CHECK_AGAIN)
    assert conference.family.name not in CHECK_AGAIN


def test_a_new_name_in_the_restricted_family_is_not_told_and_what_waits_about_the_open_one_is_held():
    convened = an_invited_conference()
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    add_to_family(other, convened.marlows.rosa, Part.CHILD)
    restrict(other)
    with setting_up():
        Outgoing.objects.filter(state=OutgoingState.HELD).update(state=OutgoingState.QUEUED)
    waiting = Outgoing.objects.filter(state=OutgoingState.QUEUED, about_kind="convening.conference")
    assert waiting.exists()
    theirs = record_in(other, convened.marlows.rosa)
    worker = viewer(convened.council.users.other_worker)
    restrict(other, to=[convened.council.users.other_worker])
    change_name(by=worker, family=other, person=theirs, first_name="Ruby", last_name="Quill")
    assert not waiting.exists()
    assert Person.objects.get(pk=convened.marlows.rosa.pk).full_name == "Rosa Marlow"
