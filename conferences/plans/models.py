"""What follows a decision: protection plans and their actions, core groups, child in need plans."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conferences.convening.choices import Category
from conferences.convening.choices.enquiries import ActionState
from conferences.convening.models import Conference
from conferences.disclosure.choices import Audience
from conferences.plans.choices import (
    CorrectionKind,
    EarlierKind,
    EndReason,
    MeetingState,
    NeedEnd,
    PlanState,
)
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.cases.models import Family
from families.people.models import Person


@recorded
class ProtectionPlan(models.Model):
    """A child's protection plan, opened by the conference that decided it. A child has at most one open plan.

    A plan that began before this service kept its record has no conference here, and says when it was entered.

    ``first_core_group_due_on`` and ``review_due_on`` are the binding dates, written by the action that set them.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protection_plans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="protection_plans")
    opened_by_conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_opened"
    )
    entered_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.OPEN)
    initial_category = models.CharField(max_length=3, choices=Category)
    category = models.CharField(max_length=3, choices=Category, help_text="The latest.")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    ended_by_conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_ended"
    )
    lead_social_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="plans_led"
    )
    aim = models.TextField(blank=True, help_text="What must change for the child to be safe without a plan.")
    contingency = models.TextField(blank=True, help_text="What will happen if the plan does not work.")
    trigger = models.TextField(blank=True, help_text="What would make that happen.")
    visits = models.TextField(blank=True, help_text="How often, and by whom, the child is visited.")
    family_meeting = models.TextField(blank=True, help_text="Whether a family meeting was considered, and the result.")
    will_be_told = models.TextField(blank=True, help_text="Who will be told about the plan, in health and at school.")
    first_core_group_due_on = models.DateField()
    review_due_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "review_due_on"], name="plan_review_due"),
            models.Index(fields=["family", "state"], name="plan_family"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state=PlanState.OPEN), name="one_open_plan_a_child"),
            models.CheckConstraint(
                name="ended_plan_has_date_and_reason",
                condition=Q(state=PlanState.OPEN, ended_on__isnull=True, end_reason="")
                | (Q(state=PlanState.ENDED, ended_on__gt=F("started_on")) & ~Q(end_reason=""))
                # A child may die on the day the plan begins.
                | Q(state=PlanState.ENDED, ended_on=F("started_on"), end_reason=EndReason.DIED),
            ),
        ]


@recorded
class PlanEnding(models.Model):
    """How a manager ended a plan without a conference: how it is known, who was consulted, and for a move the proof
    that the other authority held its conference and accepted responsibility.
    """

    plan = models.OneToOneField(ProtectionPlan, on_delete=models.PROTECT, related_name="ending")
    known_how = models.TextField(help_text="How the manager knows.")
    consulted = models.TextField(blank=True, help_text="Which agencies were asked, and what they said.")
    authority = models.CharField(max_length=200, blank=True, help_text="The authority that took over.")
    conference_on = models.DateField(null=True, blank=True, help_text="The day of its conference.")
    conference_proof = models.TextField(blank=True)
    accepted_on = models.DateField(null=True, blank=True, help_text="The day on which it accepted responsibility.")
    accepted_proof = models.TextField(blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="move_has_both_proofs",
                condition=Q(authority="", conference_on__isnull=True, accepted_on__isnull=True)
                | (
                    Q(conference_on__isnull=False, accepted_on__isnull=False)
                    & ~Q(authority="") & ~Q(conference_proof="") & ~Q(accepted_proof="")
                ),
            ),
        ]  # fmt: skip


@recorded
class PlanAction(models.Model):
    """One thing that somebody will do: the outcome, who, by when, and how success is judged."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="plan_actions")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="plan_actions")
    outcome = models.TextField(help_text="What should be better for the child.")
    action = models.TextField()
    who = models.CharField(max_length=200, blank=True, help_text="The named person, family included.")
    due_on = models.DateField(null=True, blank=True)
    measure = models.TextField(blank=True, help_text="How everyone will know that it worked.")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TO_DO)
    marked_at = models.DateTimeField(null=True, blank=True, help_text="When a core group last changed its state.")
    progress = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def children_among(self, everyone) -> frozenset[int]:
        """The children (ids) that it is for: ``everyone`` where no child is named."""
        return frozenset(row.child_id for row in self.children.all()) or frozenset(everyone)


@recorded
class PlanActionChild(models.Model):
    """A child that an action is for."""

    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "child"], name="one_row_an_action_child")]


@recorded
class CoreGroupMember(models.Model):
    """A professional or family member in the core group of one or more plans (CoreGroupPlan), which meets as one."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="core_group_members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="core_groups"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="core_groups")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=120, help_text="School, mother, health visitor …")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)


@recorded
class CoreGroupPlan(models.Model):
    """A plan that a member of the core group carries out. Without any, the member is there for each of the family's."""

    member = models.ForeignKey(CoreGroupMember, on_delete=models.PROTECT, related_name="plans")
    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="core_group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "plan"], name="one_row_a_member_and_plan")]


@recorded
class CoreGroupMeeting(models.Model):
    """A meeting of the core group that carries out the plans of a family's children."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="core_group_meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    due_on = models.DateField(help_text="The last day of its limit.")
    is_first = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    day_reason = models.TextField(blank=True, help_text="Why it is booked for a bank holiday.")
    place = models.CharField(max_length=200)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField(blank=True)
    progress = models.TextField(blank=True, help_text="Progress of the plan, action by action.")
    new_concerns = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="held_core_group_has_date",
                condition=~Q(state=MeetingState.HELD) | Q(held_on__isnull=False, recorded_by__isnull=False),
            )
        ]


@recorded
class ChildInNeedPlan(models.Model):
    """A child in need plan agreed at a conference with the family's consent. A child has at most one open plan."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="child_in_need_plans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="child_in_need_plans")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="child_in_need_plans")
    consent_by = models.CharField(max_length=200)
    lead_social_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="child_in_need_plans_led"
    )
    started_on = models.DateField()
    minimum_until_on = models.DateField(null=True, blank=True, help_text="The service’s minimum, where it has one.")
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=NeedEnd, blank=True)
    end_note = models.TextField(blank=True, help_text="What was achieved, or why it ends before its minimum.")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on__isnull=True), name="one_open_need_plan_a_child"
            ),
            models.CheckConstraint(
                name="ended_need_plan_has_reason",
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
            ),
        ]


@recorded
class ChildInNeedMeeting(models.Model):
    """A meeting about the child in need plans of a family; a review where it decides how they go on."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="child_in_need_meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    due_on = models.DateField(help_text="The last day of its limit.")
    is_review = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    day_reason = models.TextField(blank=True, help_text="Why it is booked for a bank holiday.")
    place = models.CharField(max_length=200)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField(blank=True)
    progress = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(state=MeetingState.PLANNED), name="one_planned_need_meeting"
            ),
            models.CheckConstraint(
                name="held_need_meeting_has_date",
                condition=~Q(state=MeetingState.HELD) | Q(held_on__isnull=False, recorded_by__isnull=False),
            ),
        ]


@recorded
class NeedMeetingPerson(models.Model):
    """Somebody of the family who comes to a child in need meeting, as it was booked."""

    meeting = models.ForeignKey(ChildInNeedMeeting, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_row_a_need_meeting_person")]


@recorded
class EarlierEvent(models.Model):
    """Something that happened to a child with a plan and was entered later, with its true date.

    It happened before this service kept the record, or was forgotten. It counts like an entry made on the day.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="earlier_events")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="earlier_events")
    kind = models.CharField(max_length=12, choices=EarlierKind)
    happened_on = models.DateField()
    category = models.CharField(max_length=3, choices=Category, blank=True, help_text="The category from that day.")
    seen_alone = models.BooleanField(null=True, help_text="For a visit.")
    note = models.TextField(blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["family", "kind", "-happened_on"], name="earlier_event_family")]
        constraints = [
            models.UniqueConstraint(fields=["child", "kind", "happened_on"], name="one_earlier_event_a_day"),
            models.CheckConstraint(
                name="a_change_of_category_names_it",
                condition=(Q(kind="category") & ~Q(category="")) | (~Q(kind="category") & Q(category="")),
            ),
        ]


@recorded
class ClosingGap(models.Model):
    """Something that was missing when a conference closed, with the chair's reason instead."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="closing_gaps")
    key = models.CharField(max_length=40)
    sentence = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="one_reason_a_gap"),
            models.CheckConstraint(name="gap_has_reason", condition=~Q(reason="")),
        ]


@recorded
class Correction(models.Model):
    """Something that was entered wrongly and corrected afterwards, with the reason and everything that changed by it.

    ``changes`` has a list for each: what it is, what it was, what it is now.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="corrections")
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(max_length=12, choices=CorrectionKind)
    changes = models.JSONField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="correction_has_reason", condition=~Q(reason=""))]
