"""The interim safety plan until the conference: written, agreed, printed for each person in it, reviewed, ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from conferences.convening.choices.enquiries import PlanAgreement
from conferences.convening.letters.safety_plan_page import PURPOSE, safety_plan_page
from conferences.convening.models import Enquiry, SafetyPlan, SafetyPlanPerson, SafetyPlanReview, SafetyPlanStep
from conferences.convening.queries.counting import conferences_that_decided
from conferences.convening.queries.safety_plans import plan_in_force, plan_reader
from conferences.convening.rules.safety_plans import what_is_wrong_with_review_date
from conferences.convening.states import ENQUIRY, IN_FORCE, MAY_LACK_PLAN, SAFETY_PLAN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.versions import lock, next_version
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Document
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import due
from families.people.models import Person


@dataclass(frozen=True)
class InPlan:
    """Somebody in the plan: a member of the family, or a professional by name."""

    name: str
    person: Person | None = None

    @property
    def key(self) -> tuple:
        """What tells two of them apart."""
        return (self.person.pk, "") if self.person else (None, self.name.strip())


@dataclass(frozen=True)
class Step:
    """What somebody does and by when. ``for_all``: everybody in the plan may read it."""

    who: InPlan
    what: str
    due_on: date | None
    for_all: bool


def write_safety_plan(
    *, by, enquiry, worries, review_on, steps: Iterable[Step], others: Iterable[InPlan] = (), seen=None
) -> SafetyPlan:
    """Write the plan, or write the one in force again. ``others`` get a page and have no step of their own.

    Everybody who agreed is asked again, because it is another plan now. Raises Stale.
    """
    steps, others = list(steps), list(others)
    with acting(by, Permission.RECORD_ENQUIRY, on=enquiry, about=enquiry.family, step="safety plan"):
        plan = plan_in_force(enquiry)
        _refuse_incomplete(enquiry, worries, review_on, steps, others, by.on)
        if plan:
            lock(plan)
            plan.version = next_version(
                plan, seen, "This plan was changed since you opened this page.",
                mine=worries, theirs=lambda: plan.worries,
            )  # fmt: skip
        else:
            plan = SafetyPlan(enquiry=enquiry, family=enquiry.family)
        plan.worries, plan.review_on, plan.made_on, plan.written_by_id = worries.strip(), review_on, by.on, by.id
        plan.save()
        _write_steps(plan, steps, others)
        return plan


def explain_no_safety_plan(*, by, enquiry, reason) -> Enquiry:
    """Record why the children need no interim safety plan until the conference. Refused while one is in force."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say how the children are safe until the conference without a plan", "reason")
    with acting(by, Permission.RECORD_ENQUIRY, on=enquiry, about=enquiry.family, reason=reason, step="no safety plan"):
        ENQUIRY.must_be(enquiry, *MAY_LACK_PLAN, to="left without a safety plan")
        if plan_in_force(enquiry):
            raise Invalid("There is an interim safety plan. It can be changed, or ended by a manager", "reason")
        enquiry.no_plan_reason, enquiry.no_plan_by_id, enquiry.no_plan_at = reason, by.id, timezone.now()
        enquiry.save(update_fields=["no_plan_reason", "no_plan_by", "no_plan_at"])
        return enquiry


def _write_steps(plan, steps, others) -> None:
    plan.steps.all().delete()
    before = {(row.person_id, "" if row.person_id else row.name): row for row in plan.people.all()}
    rows = {}
    for each in [step.who for step in steps] + others:
        if each.key not in rows:
            row = before.pop(each.key, None) or SafetyPlanPerson(plan=plan, person=each.person)
            row.name = each.name.strip()
            row.agreed, row.agreed_on = PlanAgreement.NOT_ASKED, None
            row.save()
            rows[each.key] = row
    for row in before.values():
        row.delete()
    for step in steps:
        SafetyPlanStep.objects.create(
            plan=plan, who=rows[step.who.key], what=step.what.strip(), due_on=step.due_on, for_all=step.for_all
        )


def _refuse_incomplete(enquiry, worries, review_on, steps, others, on) -> None:
    if not worries.strip():
        raise Invalid("Say what you are worried about", "worries")
    last = due("icpc", enquiry.strategy_discussion.held_on).on
    # An enquiry that is late has no day left before its last one: then the plan is reviewed as soon as it can be.
    if wrong := what_is_wrong_with_review_date(review_on=review_on, on=on, conference_by=max(last, on)):
        raise Invalid(wrong, "review_on")
    if not steps:
        raise Invalid("Say what at least one person will do", "step_1_what")
    for number, step in enumerate(steps, start=1):
        for value, sentence, field in (
            (step.what.strip(), "Say what is to be done", "what"),
            (step.who.name.strip(), "Say who does it", "who"),
            (step.due_on, "Enter the date by which it is done", "due_on"),
        ):
            if not value:
                raise Invalid(sentence, f"step_{number}_{field}")
    ours = set(enquiry.family.memberships.values_list("person", flat=True))
    if any(each.person and each.person.pk not in ours for each in [step.who for step in steps] + others):
        raise Invalid("Somebody in the plan is no longer in the family. Reload the page to see who is")


def record_agreement(*, by, plan, answers: dict[int, tuple[str, date | None]]) -> SafetyPlan:
    """Record who agreed, who signed and who did not, with the day. ``answers`` are by the id of the person’s row."""
    with acting(by, Permission.RECORD_ENQUIRY, on=plan, about=plan.family, step="agreement"):
        SAFETY_PLAN.must_be(plan, IN_FORCE, to="agreed")
        for row in plan.people.all():
            agreed, agreed_on = answers.get(row.pk, (row.agreed, row.agreed_on))
            if agreed == PlanAgreement.NOT_ASKED:
                agreed_on = None
            elif agreed_on is None:
                raise Invalid(f"Enter the day on which {row.name} was asked", f"agreed_on_{row.pk}")
            elif not plan.made_on <= agreed_on <= by.on:
                raise Invalid("The day must be between the day the plan was made and today", f"agreed_on_{row.pk}")
            row.agreed, row.agreed_on = agreed, agreed_on
            row.save()
        return plan


def print_page(*, by, row: SafetyPlanPerson) -> Document:
    """Make the page of one person, check it against what they must not learn, and give it to be handed over. It
    replaces the page that they had.
    """
    plan = row.plan
    permission = Permission.RECORD_ENQUIRY
    with acting(by, permission, on=plan, about=plan.family, step="print page", person=row.name):
        SAFETY_PLAN.must_be(plan, IN_FORCE, to="printed")
        reader = plan_reader(row)
        recipient = Recipient(
            kind="person" if row.person_id else "name", id=row.person_id, name=row.name, label="Interim safety plan"
        )
        earlier = _current_page(plan, recipient)
        letter = safety_plan_page(reader, by.on)
        document = documents.draft(
            by, letter=letter, about=plan, recipient=recipient, supersedes=earlier, permission=permission
        )
        documents.approve(by, document=document, permission=permission)
        documents.issue(
            by, document=document, protected=reader.withheld.protected, known=reader.withheld.known,
            permission=permission,
        )  # fmt: skip
        documents.release(by, document=document, channel=Channel.HAND, purpose=PURPOSE, permission=permission)
        return document


def _current_page(plan, recipient) -> Document | None:
    mine = Document.objects.filter(
        **reference_to(plan), recipient_kind=recipient.kind, recipient_id=recipient.id, recipient_name=recipient.name
    )
    return mine.filter(state__in=("issued", "released")).order_by("-pk").first()


def review_safety_plan(*, by, plan, held_on, found, next_review_on) -> SafetyPlanReview:
    """Record that the plan was looked at, what was found, and when it is looked at next."""
    with acting(by, Permission.RECORD_ENQUIRY, on=plan, about=plan.family, step="review"):
        SAFETY_PLAN.must_be(plan, IN_FORCE, to="reviewed")
        if not plan.made_on <= held_on <= by.on:
            raise Invalid("The day of the review must be between the day the plan was made and today", "held_on")
        if not found.strip():
            raise Invalid("Say what the review found", "found")
        if next_review_on < by.on:
            raise Invalid("The day of the next review must be today or in the future", "next_review_on")
        plan.review_on = next_review_on
        plan.save(update_fields=["review_on"])
        return SafetyPlanReview.objects.create(
            plan=plan, held_on=held_on, found=found.strip(), recorded_by_id=by.id
        )  # fmt: skip


def end_safety_plan(*, by, plan, reason) -> SafetyPlan:
    """End the plan before the conference, with a manager’s reason. Pages that wait are withdrawn."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why the plan ends", "reason")
    with acting(by, Permission.SIGN_OFF_ENQUIRY, on=plan, about=plan.family, reason=reason, step="end"):
        SAFETY_PLAN.must_be(plan, IN_FORCE, to="ended")
        plan.ended_at, plan.ended_by_id, plan.end_reason = timezone.now(), by.id, reason
        plan.save()
        documents.withdraw(by, about=plan, reason="The plan ended.", permission=Permission.SIGN_OFF_ENQUIRY)
        return plan


def end_with_conference(conference) -> None:
    """End the plan of each enquiry that led to it, if the conference decided about each child. Call inside an act.

    If it did not, as a correction can say, the plan that ended with it is in force again.
    """
    led = Q(enquiry__conferences=conference) | Q(enquiry__heard_children__conference=conference)
    led |= Q(enquiry__answered_by_conference=conference)
    plans = list(SafetyPlan.objects.filter(led).order_by("enquiry_id", "-pk").distinct("enquiry_id"))
    decided = bool(plans) and conferences_that_decided().filter(pk=conference.pk).exists()
    for plan in plans:
        if decided and plan.ended_at is None:
            plan.ended_at, plan.ended_with = timezone.now(), conference
            plan.save()
        elif not decided and plan.ended_with_id == conference.pk:
            plan.ended_at, plan.ended_with = None, None
            plan.save()
