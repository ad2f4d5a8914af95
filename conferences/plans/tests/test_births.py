"""What a birth changes: the last day for the review, and the conference that was booked after it."""

from datetime import date, timedelta

import pytest

from conferences.convening import deadlines as convening
from conferences.convening.actions import booking as booking_actions
from conferences.convening.choices import LatenessReason
from conferences.convening.queries.booking import limit_of
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries import family_plan
from conferences.plans.queries.reviews import review_to_come
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import booking
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.actions import set_local_limit
from cpc.core.policy.queries import due
from families.people.actions.people import record_birth

pytestmark = pytest.mark.django_db

BORN_ON = date(2027, 1, 8)


def be_born(sitting, **more):
    given = {"born_on": BORN_ON, "first_name": "Ivy", "last_name": "Marlow", "sex": "F"} | more
    by = sitting.council.by("social_worker", BORN_ON)
    return record_birth(by=by, family=sitting.marlows.family, child=sitting.marlows.unborn, **given)


def plan_of(sitting, name="unborn"):
    return ProtectionPlan.objects.get(child=getattr(sitting.marlows, name))


def test_a_birth_moves_the_last_day_of_the_review_and_its_working_says_so():
    sitting = a_closed_sitting()
    before, limit = plan_of(sitting).review_due_on, due("afterbirth_review", BORN_ON)
    assert limit.on < before
    be_born(sitting)
    assert (plan_of(sitting).review_due_on, plan_of(sitting, "rosa").review_due_on) == (limit.on, before)
    review = review_to_come(sitting.marlows.family)
    assert (review.due_on, limit_of(review).limit.key) == (limit.on, "afterbirth_review")
    shown = {names: limit.on for names, limit in family_plan(sitting.marlows.family).reviews}
    assert shown == {"Rosa Marlow and Theo Marlow": before, "Ivy Marlow": limit.on}


def test_the_last_day_after_a_birth_is_the_services_own_where_it_has_set_one():
    sitting = a_closed_sitting()
    national = due("afterbirth_review", BORN_ON).on
    set_local_limit(
        by=sitting.council.by("system_administrator"), key="afterbirth_review", amount=3, unit="weeks", from_on=TODAY,
        on=TODAY, reason="As agreed by the partnership",
    )  # fmt: skip
    be_born(sitting)
    assert plan_of(sitting).review_due_on == BORN_ON + timedelta(weeks=3) < national


def test_the_review_of_a_baby_who_died_does_not_move():
    sitting = a_closed_sitting()
    before = plan_of(sitting).review_due_on
    be_born(sitting, died_on=BORN_ON)
    assert plan_of(sitting).review_due_on == before == review_to_come(sitting.marlows.family).due_on


def test_a_review_that_is_booked_after_its_new_last_day_is_a_duty_until_it_is_moved_or_explained():
    sitting = a_closed_sitting()
    review, council = review_to_come(sitting.marlows.family), sitting.council
    by, on = council.by("administrator"), review.due_on - timedelta(days=1)
    booking_actions.book(by=by, conference=review, **booking(council, on=on))
    assert "move_conference" not in {one.kind for one in convening.duties()}
    be_born(sitting)
    [duty] = [one for one in convening.duties() if one.kind == "move_conference"]
    assert duty.id == review.pk and duty.due_on == due("afterbirth_review", BORN_ON).on
    review.refresh_from_db()
    with pytest.raises(Invalid, match="Choose why it is late"):
        booking_actions.move(by=by, conference=review, reason="venue", agreed_by="Ann", **booking(council, on=on))
    why = {"lateness_reason": LatenessReason.FAMILY_ILL, "lateness_agreed_by": "Ruth Vane"}
    booking_actions.move(by=by, conference=review, reason="venue", agreed_by="Ann", **booking(council, on=on, **why))
    assert "move_conference" not in {one.kind for one in convening.duties()}
    assert review.sequence == 0  # nobody is told of a reason
