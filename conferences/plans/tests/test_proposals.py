"""Who was invited to the last conference, and who is in the core group, is proposed for the review with the reason."""

from datetime import timedelta

import pytest

from conferences.convening.choices import ConferenceKind
from conferences.convening.models import Conference
from conferences.convening.queries.invitations import proposals
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import at
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up
from families.people.choices import MustNotLearnWhat
from families.people.models import MustNotLearn

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """A conference that was held, with a review that is to be booked; a worker that no record names was there, and
    another joined the core group, with the grandmother.
    """
    sitting = a_closed_sitting()
    with setting_up():
        grace = a_user(Role.PROFESSIONAL, first_name="Grace", last_name="Helper")
        kit = a_user(Role.PROFESSIONAL, first_name="Kit", last_name="Low")
        was = sitting.conference.invitations.create(
            kind="professional", role="other", user=grace, name="Grace Helper", reason="Helps Anna",
            sent_at=at(TODAY), sent_by=sitting.council.users.administrator,
        )  # fmt: skip
        was.children.create(child=sitting.marlows.rosa)
        family = sitting.marlows.family
        family.core_group_members.create(user=kit, name="Kit Low", part="Youth worker", from_on=TODAY)
        family.core_group_members.create(
            person=sitting.marlows.grandmother, name="Jean Marlow", part="grandmother", from_on=TODAY
        )
    return sitting


def proposed(closed):
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    return {one.name: one for one in proposals(review) if not one.gap}


def test_each_is_proposed_once_with_the_reason_and_for_their_children(closed):
    found = proposed(closed)
    assert found["Grace Helper"].reason.startswith("Was invited to the last conference, on ")
    assert found["Grace Helper"].children == (closed.marlows.rosa.pk,)
    assert found["Kit Low"].reason == "Is in the core group." and found["Kit Low"].role == "other"
    assert found["Jean Marlow"].role == "relative" and found["Jean Marlow"].reason == "Is in the core group."
    assert found["Anna Marlow"].reason.startswith("Rosa")  # a parent is proposed as a parent


def test_nobody_is_proposed_again_who_has_left_or_must_not_learn_of_a_child(closed):
    with setting_up():
        User.objects.filter(last_name="Helper").update(is_active=False)
        closed.marlows.family.core_group_members.filter(name="Kit Low").update(to_on=TODAY + timedelta(days=1))
        MustNotLearn.objects.create(
            reader=closed.marlows.grandmother, about=closed.marlows.theo, what=MustNotLearnWhat.EXISTENCE,
            source="judgement", reason="She tells his father.",
        )  # fmt: skip
    assert not {"Grace Helper", "Kit Low", "Jean Marlow"} & set(proposed(closed))
