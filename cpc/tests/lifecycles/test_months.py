"""Random months of a small service. At every step each open plan has its next review dated and owned, no duty is owned
by somebody who cannot do it, nothing waits for a closed account, and no message names a day that its reader was never
told.
"""

import pytest

from conferences.convening.choices import ConferenceKind, ConferenceState
from conferences.convening.models import Conference, DiscussionAction, Enquiry, FamilyGroupMeeting, Invitation
from conferences.plans.choices import PlanState
from conferences.plans.models import ChildInNeedPlan, CoreGroupMeeting, ProtectionPlan
from conferences.plans.queries.reviews import plans_without_review
from cpc.core.accounts.holdings import what_is_held
from cpc.core.accounts.lifecycles import KINDS
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.tests.builders import viewer
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.queries import USERS
from cpc.core.documents.sending import why_held
from cpc.reminders.queries import duties, duties_of
from cpc.tests.examples import examples, is_thorough
from cpc.tests.lifecycles.months import Months, a_service
from families.cases.models import Family

pytestmark = pytest.mark.django_db
S = ConferenceState
# The record to do each duty with, where the duty names it, and what its owner must be allowed.
DONE_WITH = {
    "book_conference": (Conference, P.BOOK_CONFERENCE),
    "book_review": (Conference, P.BOOK_CONFERENCE),
    "hold_conference": (Conference, P.HOLD_CONFERENCE),
    "declare_independence": (Conference, P.DECLARE_INDEPENDENCE),
    "invite": (Conference, P.INVITE),
    "invite_as_well": (Conference, P.INVITE),
    "check_list": (Conference, P.CHECK_INVITATIONS),
    "name_acting_chair": (Conference, P.NAME_ACTING_CHAIR),
    "approve_record": (Conference, P.APPROVE_RECORD),
    "approve_letters": (Conference, P.APPROVE_RECORD),
    "request_conference": (Enquiry, P.RECORD_ENQUIRY),
    "write_safety_plan": (Enquiry, P.RECORD_ENQUIRY),
    "ask_for_review": (ProtectionPlan, P.BOOK_CONFERENCE),
    "end_plan": (ProtectionPlan, P.END_PLAN),
    "hand_in_report": (Invitation, P.WRITE_REPORT),
    "name_report_writer": (Invitation, P.RECORD_FAMILY),
    "name_social_worker": (Family, P.RECORD_FAMILY),
    "name_lead_worker": (ProtectionPlan, P.RECORD_FAMILY),
    "book_core_group": (ProtectionPlan, P.ARRANGE_CORE_GROUP),
    "hold_core_group": (CoreGroupMeeting, P.ARRANGE_CORE_GROUP),
    "book_need_meeting": (ChildInNeedPlan, P.RUN_CHILD_IN_NEED),
    "review_need": (ChildInNeedPlan, P.RUN_CHILD_IN_NEED),
    "mark_discussion_action": (DiscussionAction, P.RECORD_ENQUIRY),
    "answer_group_offer": (FamilyGroupMeeting, P.RECORD_ENQUIRY),
    "hold_group_meeting": (FamilyGroupMeeting, P.RECORD_ENQUIRY),
}
# What a chair who has left still holds until the service manager names somebody, which is a duty.
UNTIL_NAMED = {"chairs", "records"}


def check_plans(gathered):
    """Each open plan has one review to come, within its limit, that somebody has the duty to book or to hold."""
    assert not list(plans_without_review()), "an open plan has no review to come"
    owned = _ids(gathered, "book_conference", "book_review", "hold_conference", "name_acting_chair")
    for plan in ProtectionPlan.objects.filter(state=PlanState.OPEN).select_related("child"):
        if plan.child.died_on:
            assert plan.pk in _ids(gathered, "end_plan")
            continue
        coming = Conference.objects.get(
            kind=ConferenceKind.REVIEW, children__child=plan.child_id, children__included=True,
            state__in=[S.AGREED, S.BOOKED],
        )  # fmt: skip
        assert coming.due_on <= plan.review_due_on
        assert coming.pk in owned, f"nobody has the duty to book or hold {coming.pk}"


def _ids(gathered, *kinds):
    return {duty.id for duty in gathered if duty.kind in kinds}


def check_duties(gathered, day):
    """Each duty is owned by somebody with an open account who sees it and may do it; where they are away, covered."""
    people = {user.pk: viewer(user, day) for user in User.objects.filter(is_active=True)}
    now = TeamCover.objects.filter(absent__isnull=False, from_on__lte=day, until_on__gte=day)
    away = {cover.absent_id: cover.user_id for cover in now.filter(ended_on=None)}
    owned = {}
    for duty in gathered:
        owners = duty.owners or duty.then
        assert owners, f"{duty.kind} is nobody’s"
        assert owners <= people.keys(), f"{duty.kind} waits for a closed account"
        for owner in owners:
            owned.setdefault(owner, []).append(duty)
    for owner, theirs in owned.items():
        by = people[owner]
        assert duties_of(by, theirs) == theirs, f"a duty is hidden from {by.name}, its owner"
        for duty in theirs:
            assert _may(by, duty), f"{by.name} cannot do {duty.kind}"
        if owner in away:
            assert duties_of(people[away[owner]], theirs) == theirs, f"the cover of {by.name} does not see it all"
    # Where the person covering has left, to name another is a duty.
    cut = set(now.filter(user__is_active=False, absent__is_active=True).values_list("absent", flat=True)) - away.keys()
    asked = TeamCover.objects.filter(pk__in=_ids(gathered, "name_cover"))
    assert cut <= set(asked.values_list("absent", flat=True))


def _may(by, duty):
    if duty.kind in DONE_WITH:
        model, permission = DONE_WITH[duty.kind]
        record = model.objects.get(pk=duty.id)
        return by.can(permission) and permission.allows(by, record)
    rows = [row for kind in KINDS.values() for row in kind.states.values() if duty.kind in row.duties]
    return not rows or any(by.can(one) for row in rows for move in row.moves for one in move.permissions)


def check_closed(day):
    """A closed account holds nothing but what is on somebody’s list, and no message that waits for it can go."""
    closed = User.objects.filter(is_active=False)
    for user in closed:
        held = {one.kind.key for one in what_is_held(user, day)} - UNTIL_NAMED
        assert not held, f"{user} has left and holds {held}"
    waiting = Outgoing.objects.filter(recipient_kind__in=USERS, recipient_id__in=closed.values("pk"))
    for one in waiting.filter(state__in=[OutgoingState.QUEUED, OutgoingState.SENDING]):
        assert why_held(one), f"{one} goes to a closed account"


def check_told(post):
    """Each message about a conference that names a day which it had before names the one that its reader was told, and
    everybody who knows a wrong day is going to be told.
    """
    unknown = post.unknown_days()
    assert not unknown, f"never told: {unknown}"
    assert not post.never_to_be_told(), f"left with a wrong day: {post.never_to_be_told()}"


SEEDS = (0, 2)  # what is always played: all that must happen does, in a few steps
# What the months are about: each of these happens in them.
MUST_HAPPEN = {
    "book", "move", "hold", "move_away", "be_away", "leave", "die", "be_born", "cancel", "correct", "discuss", "settle",
}  # fmt: skip


def play(seed, steps=13):
    """Play some months, and look at everything after each step. Returns them, with what happened."""
    months = Months(a_service(), seed)
    for _ in range(steps):
        months.go_on()
        with months.now():
            gathered = duties()
            try:
                check_plans(gathered)
                check_duties(gathered, months.day)
                check_closed(months.day)
                check_told(months.post)
            except AssertionError as wrong:
                raise AssertionError("\n".join([str(wrong), *months.done])) from wrong
    return months


@pytest.mark.long
@pytest.mark.parametrize("seed", range(examples(len(SEEDS))) if is_thorough() else SEEDS)
def test_in_random_months_every_plan_duty_and_message_has_somebody_who_can_see_to_it(seed):
    months = play(seed, 40 if is_thorough() else 13)
    print(months.counted)  # noqa: T201  (pytest -rP shows it)
    assert months.happened >= MUST_HAPPEN, "\n".join([*sorted(MUST_HAPPEN - months.happened), "", *months.done])
