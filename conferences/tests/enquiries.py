"""Builders of strategy discussions and enquiries for tests, from the real actions."""

from datetime import date

from conferences.convening.actions import enquiries as actions
from conferences.convening.actions.discussions import (
    AskedAgency,
    ChildDecision,
    Discussed,
    record_strategy_discussion,
)
from conferences.convening.actions.enquiries import ChildOutcome
from conferences.convening.actions.safety_plans import InPlan, Step, write_safety_plan
from conferences.convening.choices.enquiries import DiscussionDecision, EnquiryOutcome
from conferences.convening.models import Enquiry, StrategyDiscussion
from cpc.core.accounts.tests.builders import TODAY, viewer

HELD_ON = date(2026, 11, 9)  # a Monday; the last of the 15 working days is Monday 30 November
AGENCIES = tuple(
    AskedAgency(agency, True, people=people, audience="professionals")
    for agency, people in (
        ("social_care", "Priya Nandra, social worker"), ("police", "DC Ashby"), ("health", "Jo Reed, health visiting"),
        ("education", "Ms Hart, Northside Primary"),
    )
)  # fmt: skip


def discussed(**changed) -> Discussed:
    """What was said at a discussion that everybody came to."""
    given = {"chaired_by": "Mel Okoro, team manager", "agencies": AGENCIES, "concerns": "Bruises nobody can explain"}
    return Discussed(**given | changed)


def a_strategy_discussion(
    by, family, children, *, held_on=HELD_ON, decision=DiscussionDecision.ENQUIRY, reason="The injury is not explained",
    continues=None, **said,
) -> StrategyDiscussion:  # fmt: skip
    """A discussion that decided the same for each of these children; by default a section 47 enquiry."""
    decisions = [ChildDecision(child, decision, reason) for child in children]
    return record_strategy_discussion(
        by=by, family=family, held_on=held_on, discussed=discussed(**said), decisions=decisions, continues=continues
    )


def an_enquiry(by, family, children, **more) -> Enquiry:
    """An enquiry about these children, in progress."""
    return a_strategy_discussion(by, family, children, **more).enquiry


def with_outcome(by, enquiry, outcome=EnquiryOutcome.CONFERENCE, *, on=None, findings="Substantiated") -> Enquiry:
    """The same outcome, written for each child and not signed off."""
    follows = "" if outcome == EnquiryOutcome.CONFERENCE else "Support from Family Help"
    outcomes = [
        ChildOutcome(row.child, outcome, findings, follows)
        for row in enquiry.children.select_related("child").order_by("pk")
    ]
    return actions.write_outcome(by=by, enquiry=enquiry, outcome_on=on or by.on, outcomes=outcomes)


def signed_off(enquiry, on=TODAY) -> Enquiry:
    """The enquiry, signed off by the manager of the family's team."""
    return actions.sign_off_outcome(by=viewer(enquiry.family.team.manager, on), enquiry=enquiry)


def a_signed_off_enquiry(
    by, family, children, *, outcome=EnquiryOutcome.CONFERENCE, outcome_on=None, findings="Substantiated", **more
) -> Enquiry:
    """An enquiry with a signed-off outcome for each of these children: by default that a conference is needed."""
    enquiry = an_enquiry(by, family, children, **more)
    return signed_off(with_outcome(by, enquiry, outcome, on=outcome_on, findings=findings), by.on)


def a_plan(by, enquiry, marlows, **changed):
    """An interim safety plan: what the mother does, for all to read, and what Rosa's father does, on his page alone."""
    mother, father = marlows.mother, marlows.rosas_father
    given = {
        "worries": "Somebody hurt Rosa.", "review_on": by.on,
        "steps": [
            Step(InPlan(mother.full_name, mother), "Takes the children to their grandmother.", by.on, True),
            Step(InPlan(father.full_name, father), "Stays away from the home.", by.on, False),
        ],
    }  # fmt: skip
    return write_safety_plan(by=by, enquiry=enquiry, **given | changed)
