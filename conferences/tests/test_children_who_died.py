"""A child of a conference dies before it: nobody is proposed, written to or chased about that child."""

import pytest

from conferences.convening.letters.occasions import ALL_DIED, INVITED, mailing_for
from conferences.convening.models import InvitationChild
from conferences.convening.queries.invitations import proposals
from conferences.convening.queries.letter_context import letter_context
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting
from conferences.tests.builders import a_booked_conference, at, send, with_fathers_apart
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.people.models import Person

pytestmark = pytest.mark.django_db


def dies(child):
    with setting_up():
        Person.objects.filter(pk=child.pk).update(died_on=TODAY)


def about(proposed) -> set[int]:
    return {child for one in proposed for child in one.children}


@pytest.mark.parametrize("which", ["rosa", "theo"])
@pytest.mark.parametrize("is_review", [False, True])
def test_nobody_is_proposed_and_no_agency_is_missed_for_a_child_who_has_died(which, is_review):
    where = a_review_sitting(a_closed_sitting()) if is_review else a_booked_conference()
    child = getattr(where.marlows, which)
    assert child.pk in about(proposals(where.conference))
    dies(child)
    found = proposals(where.conference)
    assert found and child.pk not in about(found)
    assert not [one for one in found if child.first_name in f"{one.name} {one.reason}"]


def test_who_would_come_for_a_child_who_has_died_alone_is_not_invited_and_the_others_are():
    convened = with_fathers_apart(a_booked_conference())
    gp, school = (convened.invitation(getattr(convened.council.professionals, who)) for who in ("gp", "school"))
    with setting_up():
        InvitationChild.objects.filter(invitation=gp).exclude(child=convened.marlows.rosa).delete()
        InvitationChild.objects.get_or_create(invitation=gp, child=convened.marlows.rosa)
        InvitationChild.objects.get_or_create(invitation=school, child=convened.marlows.theo)
    dies(convened.marlows.rosa)
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.pk == gp.pk)
    assert mailing_for(context, mine, INVITED, TODAY, stamped_at=at(TODAY)).not_sent_because == ALL_DIED
    send(convened)
    gp.refresh_from_db()
    school.refresh_from_db()
    assert gp.sent_at is None and school.sent_at is not None
