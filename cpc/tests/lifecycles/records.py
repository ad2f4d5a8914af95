"""A record in each state of each kind, for the tests that walk through all of them.

A ``Walk`` has a base, which is built once a run, and what brings a record of it into each state. That is a real action
where one leads there from the base in a step or two, and otherwise the fields that the database asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from conferences.convening.actions import disputes
from conferences.convening.actions.companions import decide_companion, end_companion, name_companion
from conferences.convening.actions.exclusions import decide_exclusion, decline_exclusion, request_exclusion
from conferences.convening.actions.invitations import propose_list
from conferences.convening.actions.support import record_advocate, record_support
from conferences.convening.choices import ConferenceState, Outcome, Reply, SupportKind
from conferences.convening.choices.enquiries import ActionState
from conferences.convening.models import Support
from conferences.plans.actions.child_in_need import book_need_meeting
from conferences.plans.actions.earlier import enter_earlier
from conferences.plans.choices import EndReason, MeetingState, NeedEnd, PlanState
from conferences.plans.models import (
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    PlanAction,
    ProtectionPlan,
)
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close
from conferences.tests.builders import a_booked_conference, an_agreed_conference, an_invited_conference
from conferences.tests.exclusion import CASE, WHOLE
from conferences.tests.meeting import at, decide
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up
from cpc.core.audit.tests.remembering import remembered
from families.tests.builders import the_marlows

CANCELLED = {"cancelled_at": at(TODAY), "cancel_reason": "other"}


@remembered
def a_staffed_council():
    """The council with a colleague for everybody, so that somebody can cover."""
    council = a_council()
    a_user(Role.SOCIAL_WORKER, team=council.team, first_name="Asha", last_name="Reid")
    a_user(Role.ADMINISTRATOR, team=council.service, first_name="Ola", last_name="Berg")
    a_user(Role.SERVICE_MANAGER, team=council.service, first_name="Nia", last_name="Roe")
    return council


def marlows():
    """The Marlows in the council in which everybody has a colleague."""
    return the_marlows(a_staffed_council())


@dataclass(frozen=True)
class Walk:
    """How a record comes into each state: ``states`` are given what ``base`` builds."""

    base: Callable[[], Any]
    states: dict[str, Callable[[Any], Any]]


WALKS: dict[str, Walk] = {}


def changed(record, **values):
    """The record with these values, as set-up code writes them."""
    with setting_up():
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
    return record


# --- Conferences, disputes ----------------------------------------------------------------------------------------


def a_declined(found):
    """The request, declined."""
    fields = {"agreed_by": None, "agreed_at": None, "declined_by": found.council.users.team_manager}
    fields |= {"declined_at": at(TODAY), "decline_reason": "Enough support"}
    return changed(found.conference, state=ConferenceState.DECLINED, **fields)


def a_dispute(found):
    """The school disputes that the request was declined."""
    return disputes.dispute_decision(by=found.by("school"), conference=a_declined(found), reason="It goes on")


def an_answered_dispute(found):
    """The dispute, with its first stage answered."""
    return disputes.answer_dispute(
        by=found.by("service_manager"), dispute=a_dispute(found), answered_by="Ann Ellis", answer="It is enough"
    )


WALKS["professional disagreement"] = Walk(
    lambda: an_agreed_conference(marlows()),
    {
        "waiting for an answer": a_dispute,
        "answered": an_answered_dispute,
        "closed": lambda found: disputes.close_dispute(
            by=found.by("school"), dispute=an_answered_dispute(found), accepted=True
        ),
    },
)
S = ConferenceState
OPENED = {"opened_at": at(TODAY), "chair_independent": True, "chair_declared_at": at(TODAY), "chair_statement": "I am."}


def a_conference(state):
    """What brings the booked conference into the state."""

    def make(found):
        users = found.council.users
        return changed(found.conference, state=state, **{
            S.REQUESTED: {"agreed_by": None, "agreed_at": None, "starts_at": None, "ends_at": None, "chair": None},
            S.AGREED: {"starts_at": None, "ends_at": None, "chair": None},
            S.BOOKED: {},
            S.OPEN: OPENED | {"opened_by": users.chair},
            S.HELD: OPENED | {"opened_by": users.chair, "closed_by": users.chair, "closed_at": at(TODAY, 12),
                              "quorate": True},
            S.CANCELLED: {"cancelled_by": users.administrator, **CANCELLED},
        }[state])  # fmt: skip

    return make


WALKS["conference"] = Walk(
    lambda: a_booked_conference(marlows()),
    {state: a_declined if state == S.DECLINED else a_conference(state) for state in S},
)


def dans(found):
    """The invitation of Rosa's father, read again."""
    return found.conference.invitations.get(person=found.marlows.rosas_father)


def asked(found):
    """The social worker asks to exclude Rosa's father."""
    return request_exclusion(by=found.by("social_worker"), invitation=dans(found), **CASE)


def excluded(found):
    """The chair excludes Rosa's father."""
    return decide_exclusion(by=found.by("chair"), invitation=dans(found), **CASE, decision=WHOLE)


def declined(found):
    """The chair declines the request to exclude him."""
    asked(found)
    return decline_exclusion(by=found.by("chair"), invitation=dans(found), reason="He may come")


WALKS["exclusion"] = Walk(
    lambda: a_booked_conference(marlows()),
    {
        "requested": asked,
        "in_force": excluded,
        "declined": declined,
        "ended": lambda found: changed(
            excluded(found), state="ended", ended_by=found.council.users.chair, ended_at=at(TODAY), end_reason="Over"
        ),
    },
)


def a_support(found):
    """An interpreter is needed for Rosa's father."""
    with setting_up():
        return Support.objects.create(
            conference=found.conference, person=found.marlows.rosas_father, kind=SupportKind.INTERPRETER, what="Polish"
        )


def answered_support(state, **more):
    """What brings it into an answered state."""
    return lambda found: record_support(by=found.by("administrator"), support=a_support(found), state=state, **more)


def an_advocate(state, **more):
    """What brings an advocate for the mother into a state on the way."""

    def made(found):
        with setting_up():
            one = Support.objects.create(
                conference=found.conference, person=found.marlows.mother, kind=SupportKind.ADVOCATE
            )
        by = found.by("social_worker")
        return record_advocate(by=by, support=one, state=state, offered_by="Priya", offered_on=TODAY, **more)

    return made


WALKS["support to take part"] = Walk(
    lambda: a_booked_conference(marlows()),
    {
        "needed": a_support,
        "offered": an_advocate("offered"),
        "accepted": an_advocate("accepted", answered_on=TODAY),
        "referred": an_advocate("referred", answered_on=TODAY, referred_to="Voice for Children", referred_on=TODAY),
        "booked": answered_support("booked", booked_with="Language Line", is_outsider=True),
        "declined": answered_support("declined", why_not="He speaks English well"),
        "not_booked": answered_support("not_booked", why_not="Nobody was free"),
    },
)


def a_companion(found):
    """A friend is named to come with the mother."""
    return name_companion(
        by=found.by("social_worker"), conference=found.conference, person=found.marlows.mother, kind="supporter",
        name="Jo Bell", relation="A friend", asked_by="Anna Marlow",
    )  # fmt: skip


def decided_companion(agreed, reason=""):
    """What the chair decided about the friend."""
    return lambda found: decide_companion(
        by=found.by("chair"), companion=a_companion(found), agreed=agreed, reason=reason
    )


def with_a_list():
    """A booked conference with its list of people."""
    found = a_booked_conference(marlows())
    propose_list(by=found.by("administrator"), conference=found.conference)
    return found


WALKS["somebody who comes with a parent"] = Walk(
    with_a_list,
    {
        "named": a_companion,
        "agreed": decided_companion(True),
        "refused": decided_companion(False, "She lives too far away"),
        "ended": lambda found: end_companion(
            by=found.by("social_worker"), companion=a_companion(found), reason="She is ill"
        ),
    },
)


def schools(found):
    """The invitation of the school, read again."""
    return found.conference.invitations.get(user=found.council.professionals.school)


def over(found):
    """The same, after the conference."""
    a_conference(S.HELD)(found)
    return schools(found)


WALKS["invitation"] = Walk(
    lambda: an_invited_conference(marlows()),
    {
        "proposed": lambda found: changed(schools(found), sent_at=None, sent_by=None),
        "sent": schools,
        "replied": lambda found: changed(schools(found), reply=Reply.COMING, replied_at=at(TODAY)),
        "withdrawn": lambda found: changed(schools(found), withdrawn_at=at(TODAY), withdrawn_reason="Another comes"),
        "over": over,
    },
)

# --- Plans --------------------------------------------------------------------------------------------------------


def closed():
    """A closed initial conference that gave three children a plan, with a core group booked."""
    return a_closed_sitting(marlows=marlows())


def rosas_plan(found):
    """Rosa's plan."""
    return ProtectionPlan.objects.get(child=found.marlows.rosa)


WALKS["child protection plan"] = Walk(
    closed,
    {
        PlanState.OPEN: rosas_plan,
        PlanState.ENDED: lambda found: changed(
            rosas_plan(found), state=PlanState.ENDED, ended_on=TODAY + timedelta(days=1), end_reason=EndReason.SAFE
        ),
    },
)
WALKS["action"] = Walk(
    closed,
    {
        state: lambda found, state=state: changed(PlanAction.objects.first(), state=state, progress="Said")
        for state in ActionState
    },
)


def a_meeting(model, state):
    """What brings the booked meeting into the state."""

    def make(found):
        held = {"held_on": TODAY, "recorded_by": found.council.users.social_worker, "present": "All"}
        return changed(model(found), state=state, **(held if state == MeetingState.HELD else {}))

    return make


def core_group_meeting(_found):
    """The booked core group."""
    return CoreGroupMeeting.objects.get()


WALKS["core group meeting"] = Walk(closed, {state: a_meeting(core_group_meeting, state) for state in MeetingState})


def a_visit(found):
    """A visit to Rosa on the first day of her plan, entered late."""
    children = [found.marlows.rosa]
    by, family = found.council.by("social_worker"), found.marlows.family
    [entry] = enter_earlier(by=by, family=family, children=children, kind="visit", happened_on=TODAY, seen_alone=True)
    return entry


WALKS["visit or other late entry"] = Walk(closed, {"entered": a_visit})


def in_need():
    """A review that replaced the protection plans of all children with child in need plans."""
    first = a_closed_sitting(TODAY - timedelta(weeks=8), marlows=marlows())
    review = a_review_sitting(first)
    decide(review, outcome=Outcome.CHILD_IN_NEED)
    close(review)
    return review


def need_plan(found):
    """Rosa's child in need plan."""
    return ChildInNeedPlan.objects.get(child=found.marlows.rosa)


def need_meeting(found):
    """The first child in need meeting, booked."""
    day = TODAY + timedelta(days=7)
    return book_need_meeting(
        by=found.council.by("social_worker"), family=found.marlows.family, starts_at=at(day), place="The school"
    )


WALKS["child in need meeting"] = Walk(in_need, {state: a_meeting(need_meeting, state) for state in MeetingState})
WALKS["child in need plan"] = Walk(
    in_need,
    {
        "open": need_plan,
        "ended": lambda found: changed(need_plan(found), ended_on=TODAY, end_reason=NeedEnd.MET),
    },
)


def the_mother(found):
    """Her place in the core group."""
    return CoreGroupMember.objects.get(person=found.marlows.mother)


WALKS["place in a core group"] = Walk(
    closed, {"member": the_mother, "left": lambda found: changed(the_mother(found), to_on=TODAY)}
)
