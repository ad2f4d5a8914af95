"""What somebody was told counts whichever of their records the message names, when their family changes circle."""

from datetime import date

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import notify
from conferences.convening.choices import CancelReason
from conferences.convening.queries.attending import behind_on_the_list
from conferences.convening.queries.last_told import reader_key, told_and_waiting
from conferences.convening.queries.letter_context import letter_context
from conferences.tests.builders import (
    an_invited_conference,
    booking,
    everything_leaves,
    second_checked,
)
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from families.people.actions.circles import link_records
from families.people.actions.contact import record_address
from families.people.choices import Part
from families.people.models import Membership, Person
from families.people.queries.identity import linked_records_of_person, record_in
from families.tests.builders import a_family, restrict
from families.tests.builders_two_families import add_to_family

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 12, 4)


def shared(convened, *people):
    """An open family of another team in which these people are too."""
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    for person in people or (convened.marlows.mother,):
        add_to_family(other, person, Part.PARENT)
    return other


def told_then_restricted(*, leave=True):
    """The mother was told of the conference; then her family was restricted, and she is in an open one too."""
    convened = an_invited_conference()
    if leave:
        everything_leaves()
    other = shared(convened)
    close(convened)
    assert record_in(convened.conference.family, convened.marlows.mother) != convened.marlows.mother
    return convened, other


def close(convened):
    users = convened.council.users
    restrict(convened.conference.family, to=[users.administrator, users.social_worker, users.chair])
    convened.conference.refresh_from_db()


def her_invitation(convened):
    return convened.invitation(record_in(convened.conference.family, convened.marlows.mother))


def to_her(convened, purpose, state="queued"):
    records = linked_records_of_person(convened.marlows.mother)
    rows = Outgoing.objects.filter(recipient_kind="person", recipient_id__in=records, purpose=purpose, state=state)
    letters = [one.document for one in rows.order_by("pk") if one.document and "form" not in one.document.kind]
    return [flowing_text(rebuild(one.kind, one.values)) for one in letters]


def cancel(convened):
    by = convened.by("administrator")
    booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")


def move(convened, **details):
    given = booking(convened.council, on=FRIDAY, **details)
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **given,
    )
    convened.conference.refresh_from_db()


def test_a_cancellation_goes_to_somebody_who_was_told_before_their_family_was_restricted():
    convened, _ = told_then_restricted()
    cancel(convened)
    [letter] = to_her(convened, "cancelled")
    assert "on Wednesday 2 December 2026 at 10am is cancelled" in letter


def test_a_move_tells_them_what_has_changed_and_is_no_first_invitation():
    convened, _ = told_then_restricted()
    move(convened)
    [letter] = to_her(convened, "moved")
    assert "will not be on Wednesday 2 December 2026" in letter and not to_her(convened, "invitation")


def test_a_withdrawal_goes_to_them_and_what_waits_under_the_other_record_is_withdrawn():
    convened, _ = told_then_restricted(leave=False)
    assert to_her(convened, "invitation", state="held")
    by = convened.by("administrator")
    notify.withdraw_invitation(by=by, invitation=her_invitation(convened), reason="She asked not to be invited")
    assert not to_her(convened, "invitation", state="held") and not to_her(convened, "withdrawn")


def test_sending_again_replaces_what_was_held_under_the_other_record():
    convened, _ = told_then_restricted(leave=False)
    second_checked(convened)
    notify.send_again(by=convened.by("administrator"), invitation=her_invitation(convened))
    assert len(to_her(convened, "invitation")) == 1 and not to_her(convened, "invitation", state="held")


def test_nobody_is_told_the_same_twice_and_nobody_is_behind_who_was_told():
    convened, _ = told_then_restricted()
    assert her_invitation(convened) not in behind_on_the_list(letter_context(convened.conference))


def test_a_child_named_by_another_record_in_the_invitations_is_not_a_child_who_was_added():
    convened = an_invited_conference()
    everything_leaves()
    shared(convened, convened.marlows.rosa)
    close(convened)
    rosa = record_in(convened.conference.family, convened.marlows.rosa)
    assert rosa != convened.marlows.rosa
    assert convened.invitation(convened.marlows.mother).children.filter(child=rosa).exists()
    assert not behind_on_the_list(letter_context(convened.conference))


def test_where_the_restriction_is_lifted_and_where_two_records_are_merged_they_were_told_too():
    convened, _ = told_then_restricted()
    kept = convened.marlows.mother
    with setting_up():
        Person.objects.filter(pk=her_invitation(convened).person_id).update(merged_into=kept, identity=None)
        convened.conference.family.restricted = False
        convened.conference.family.save()
    cancel(convened)
    assert len(to_her(convened, "cancelled")) == 1


def test_where_her_invitation_was_sent_to_a_record_that_another_circle_links_later_she_was_told():
    convened = an_invited_conference()
    everything_leaves()
    other = a_family(convened.council, name="Stone", worker=convened.council.users.other_worker)
    close(convened)
    with setting_up():
        stranger = Person.objects.create(first_name="Anna", last_name="Marlow")
        Membership.objects.create(family=other, person=stranger, part=Part.PARENT)
        Outgoing.objects.filter(recipient_id=convened.marlows.mother.pk).update(recipient_id=stranger.pk)
        link_records(convened.marlows.mother, stranger)
    invited = {one.person_id for one in convened.conference.invitations.all() if one.person_id}
    told, _ = told_and_waiting(convened.conference, invited)
    assert reader_key(convened.invitation(convened.marlows.mother)) in told


def test_her_own_address_does_not_stop_her_letter_where_the_open_record_has_another_one():
    convened, other = told_then_restricted()
    record_address(
        by=viewer(convened.council.users.other_worker), family=other, person=convened.marlows.mother,
        lines="3 Elm Row\nNorthwick", postcode="ZZ1 3CC", from_on=date(2020, 1, 1),
    )  # fmt: skip
    move(convened)
    [letter] = to_her(convened, "moved")
    assert letter
