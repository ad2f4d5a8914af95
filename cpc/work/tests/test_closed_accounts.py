"""Nothing is sent to, proposed for, or printed with a closed account; whatever way the account was closed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions.booking import cancel, move
from conferences.convening.actions.invitations import propose_list
from conferences.convening.choices import INVITED, CancelReason
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.models import Invitation
from conferences.convening.queries.invitations import proposals, what_stops
from conferences.convening.queries.letter_context import letter_context
from conferences.tests.builders import a_booked_conference, an_agreed_conference, an_invited_conference, booking
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.letters import values
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import drain
from cpc.core.kernel.refusals import WrongState
from cpc.work.out_of_hours import ChildFound
from families.people.models import Involvement
from families.tests.builders import the_marlows
from reports.outgoing.actions.releasing import release
from reports.outgoing.letters import decision_family
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import an_approved_record, copy_for, looked_at

pytestmark = pytest.mark.django_db


def close(*users):
    """Close the accounts with nothing handed over, as it could be before this was asked."""
    with setting_up():
        User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=False)


def letters_of(convened, name):
    """What the letters to one person of the family say, as plain values."""
    context = letter_context(convened.conference)
    invitation = convened.invitation(getattr(convened.marlows, name))
    mine = next(one for one in context.invitations if one.pk == invitation.pk)
    mailing = mailing_for(context, mine, INVITED, TODAY, stamped_at=at(TODAY))
    return mailing.how + "".join(str(values(letter)) for letter in mailing.letters)


def test_a_message_that_waits_for_a_closed_account_is_held_and_says_why(mailoutbox):
    convened = an_invited_conference()
    school = convened.council.professionals.school
    assert Outgoing.objects.filter(recipient_id=school.pk, state=OutgoingState.QUEUED).exists()
    close(school)
    drain()
    held = Outgoing.objects.get(recipient_id=school.pk, recipient_kind="user", purpose=INVITED)
    assert held.state == OutgoingState.HELD and "is closed. Nothing is sent to it" in held.why_failed
    assert mailoutbox and not any(school.email in message.to for message in mailoutbox)


@pytest.mark.parametrize("gone", ["the account", "the address"])
@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_who_was_invited_and_cannot_be_told_of_a_change_by_email_is_to_be_phoned(client, gone, change):
    convened = an_invited_conference()
    school, conference = convened.council.professionals.school, convened.conference
    drain()
    page = reverse("conferences:invitations", args=[conference.pk])
    client.force_login(conference.administrator)
    if gone == "the account":
        close(school)
    else:
        with setting_up():
            User.objects.filter(pk=school.pk).update(email="")
    said = f"{school} cannot be told by email"
    assert said not in client.get(page).content.decode(), "nothing has changed"
    conference.refresh_from_db()
    how = {"by": convened.by("administrator"), "conference": conference, "agreed_by": "Ann"}
    if change == "cancelled":
        cancel(reason=CancelReason.CHAIR_ILL, **how)
    else:
        move(reason="venue", **how, **booking(convened.council, on=conference.held_on + timedelta(days=1)))
        ready = client.get(reverse("work:readiness", args=[conference.pk])).content.decode()
        assert said in ready
    assert said in client.get(page).content.decode()


def test_a_closed_account_is_not_proposed_and_its_agency_is():
    convened = an_agreed_conference()
    council, conference = convened.council, convened.conference
    school, worker = council.professionals.school, council.users.social_worker
    assert {school.pk, worker.pk} <= {one.user for one in proposals(conference)}
    close(school, worker)
    conference.family.refresh_from_db()
    conference = type(conference).objects.get(pk=conference.pk)
    found = proposals(conference)
    assert not {school.pk, worker.pk} & {one.user for one in found}
    assert [one.name for one in found if one.agency == council.agencies.school.pk] == ["Alder Lane Primary School"]


def test_a_professional_who_moved_to_another_agency_is_not_proposed_for_the_old_one():
    convened = an_agreed_conference()
    school = convened.council.professionals.school
    with setting_up():
        User.objects.filter(pk=school.pk).update(agency=convened.council.agencies.nursery)
    assert Involvement.objects.filter(professional=school).exists()
    assert school.pk not in {one.user for one in proposals(convened.conference)}


def test_nobody_is_invited_while_the_list_or_the_chair_is_a_closed_account():
    convened = a_booked_conference()
    council = convened.council
    school = council.professionals.school
    propose_list(by=convened.by("administrator"), conference=convened.conference)
    close(school, council.users.chair)
    conference = type(convened.conference).objects.get(pk=convened.conference.pk)
    said = " ".join(what_stops(conference))
    assert f"The account of {school} is closed. Remove them from the list" in said
    assert "Gwen Ashby no longer chairs conferences. Choose another chair" in said
    context = letter_context(conference)
    mine = next(one for one in context.invitations if one.user_id == school.pk)
    assert "account is closed" in mailing_for(context, mine, INVITED, TODAY, stamped_at=at(TODAY)).not_sent_because


def test_no_letter_to_the_family_names_somebody_with_a_closed_account():
    convened = a_booked_conference()
    users = convened.council.users
    before = letters_of(convened, "rosas_father")
    assert "Priya Nandra" in before and "Mo Tran" in before
    close(users.social_worker, users.administrator)
    after = letters_of(convened, "rosas_father")
    assert "Priya Nandra" not in after and "Mo Tran" not in after
    assert "By hand, from Dele Okoro" in after  # the manager of the team hands it over


def test_no_copy_is_released_to_a_closed_account():
    sitting, record = an_approved_record()
    copy = looked_at(sitting, copy_for(sitting, record, "school", kind="decision_letter"))
    close(sitting.council.professionals.school)
    copy.refresh_from_db()
    with pytest.raises(WrongState, match=r"is closed\. Hand over their invitation to somebody else first"):
        release(by=sitting.council.by("administrator"), copy=copy)


def test_decision_letters_name_neither_a_lead_nor_a_core_group_member_with_a_closed_account():
    sitting, record = an_approved_record()
    worker = sitting.council.users.social_worker
    copy = copy_for(sitting, record, "mother", kind="decision_letter")
    assert str(worker) in str(copy.document.values["next"])
    close(worker)
    told = decision_family.build(
        facts_of(record), copy, on=TODAY + timedelta(days=1), delivery=delivery_of(copy.invitation, TODAY)
    )
    assert str(worker) not in str(told.next) and Invitation.objects.filter(user=worker).exists()


def test_a_closed_account_is_not_offered_for_the_core_group(client):
    sitting = a_quorate_sitting()
    school = sitting.council.professionals.school
    client.force_login(sitting.council.users.chair)
    decide(sitting)
    offered = client.get(reverse("plans:close", args=[sitting.conference.pk])).context["form"].fields["members"]
    assert str(sitting.invitations["school"].pk) in dict(offered.choices)
    close(school)
    offered = client.get(reverse("plans:close", args=[sitting.conference.pk])).context["form"].fields["members"]
    assert str(sitting.invitations["school"].pk) not in dict(offered.choices)


def test_the_night_is_given_nobody_with_a_closed_account_to_ring():
    marlows = the_marlows()
    known = ChildFound(marlows.rosa, marlows.family)
    assert known.lead_worker == marlows.council.users.social_worker
    close(marlows.council.users.social_worker)
    again = ChildFound(marlows.rosa, type(marlows.family).objects.get(pk=marlows.family.pk))
    assert again.lead_worker == marlows.council.users.team_manager
