"""A record in each state of the kinds that come before a conference: discussions, enquiries, family group meetings."""

from datetime import timedelta

from conferences.convening.actions import enquiries, safety_plans
from conferences.convening.actions.discussions import PlannedAction, mark_discussion_action
from conferences.convening.actions.family_groups import Offer, record_group_meeting
from conferences.convening.choices import ConferenceState
from conferences.convening.choices.enquiries import ActionState, DiscussionDecision, EnquiryOutcome
from conferences.convening.queries.family_groups import parents_of
from conferences.tests.builders import STRATEGY_ON, an_agreed_conference
from conferences.tests.enquiries import a_plan, a_strategy_discussion
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.tests.lifecycles.records import CANCELLED, WALKS, Walk, a_declined, changed, marlows


def an_enquiry_of(found):
    """The enquiry, with no conference any more."""
    changed(
        found.conference, state=ConferenceState.CANCELLED, cancelled_by=found.council.users.administrator, **CANCELLED
    )
    return found.conference.enquiry


UNSIGNED = {"signed_off_by": None, "signed_off_at": None}
UNWRITTEN = {"written_by": None, "written_at": None, **UNSIGNED}


def for_support(enquiry):
    """The enquiry, with support as its outcome for each child."""
    with setting_up():
        enquiry.children.update(outcome=EnquiryOutcome.SUPPORT)
    return enquiry


WALKS["enquiry"] = Walk(
    lambda: an_agreed_conference(marlows()),
    {
        "under way": lambda found: changed(an_enquiry_of(found), **UNWRITTEN),
        "outcome to sign off": lambda found: changed(an_enquiry_of(found), **UNSIGNED),
        "conference needed": an_enquiry_of,
        "requested": lambda found: found.conference.enquiry,
        "declined": lambda found: a_declined(found).enquiry,
        "finished": lambda found: for_support(an_enquiry_of(found)),
    },
)


def a_date_change(found):
    """The social worker asks for an earlier date."""
    return enquiries.ask_date_change(
        by=found.by("social_worker"), discussion=found.conference.enquiry.strategy_discussion,
        to_on=STRATEGY_ON - timedelta(days=3), reason="It was the Friday",
    )  # fmt: skip


def an_answered_date(agreed):
    """What brings the asked date into an answered state."""
    return lambda found: enquiries.answer_date_change(
        by=found.by("team_manager"), change=a_date_change(found), agreed=agreed, answer="" if agreed else "It was not"
    )


def a_safety_plan(found):
    """A plan until the conference, with a step for the mother."""
    return a_plan(found.by("social_worker"), found.conference.enquiry, found.marlows)


WALKS["interim safety plan"] = Walk(
    lambda: an_agreed_conference(marlows()),
    {
        "in force": a_safety_plan,
        "ended": lambda found: safety_plans.end_safety_plan(
            by=found.by("team_manager"), plan=a_safety_plan(found), reason="They are with their aunt"
        ),
    },
)
WALKS["change of a discussion’s date"] = Walk(
    lambda: an_agreed_conference(marlows()),
    {
        "waiting for an answer": a_date_change,
        "agreed": an_answered_date(True),
        "declined": an_answered_date(False),
    },
)


def an_action(found):
    """The police are to look at the home, by today."""
    planned = PlannedAction("Look at the home", "Des Arkwright, police", TODAY)
    discussion = a_strategy_discussion(
        found.council.by("social_worker"), found.family, [found.rosa], held_on=TODAY,
        decision=DiscussionDecision.SUPPORT, actions=(planned,),
    )  # fmt: skip
    return discussion.actions.get()


def marked(state, note):
    """What marks the action so."""
    return lambda found: mark_discussion_action(
        by=found.council.by("social_worker"), action=an_action(found), state=state, note=note
    )


WALKS["action of a strategy discussion"] = Walk(
    marlows,
    {
        ActionState.TO_DO: an_action,
        ActionState.DONE: marked(ActionState.DONE, ""),
        ActionState.NOT_DONE: marked(ActionState.NOT_DONE, "They moved"),
    },
)


def a_group_meeting(answer="none", **became):
    """What offers a family group meeting to each parent, with this answer, and says what became of it."""

    def make(found):
        by = found.council.by("social_worker")
        offers = [Offer(parent, "Priya Nandra", TODAY, answer) for parent in parents_of(found.family)]
        return record_group_meeting(by=by, family=found.family, offers=offers, **became)

    return make


WALKS["family group meeting"] = Walk(
    marlows,
    {
        "waiting for an answer": a_group_meeting(),
        "to be held": a_group_meeting("yes"),
        "held": a_group_meeting("yes", held_on=TODAY, plan="Jean has them at weekends"),
        "not held": a_group_meeting("no", why_not="Nobody wants one"),
    },
)
