"""What follows a decision: protection plans and their actions, core groups, child in need plans."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conferences.choices import Audience, Category
from conferences.models import Conference
from conferences.plans.choices import ActionState, EarlierKind, EndReason, MeetingState, PlanState
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.models import Family, Person


@recorded
class ProtectionPlan(models.Model):
    """A child's protection plan, opened by the conference that decided it. One child has at most one open.

    A plan that began before this service kept its record has no conference here, and says when it was entered.

    ``first_core_group_due_on`` and ``review_due_on`` are plain columns, written by the action that made them so.
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
                | (Q(state=PlanState.ENDED, ended_on__gt=F("started_on")) & ~Q(end_reason="")),
            ),
        ]


@recorded
class PlanAction(models.Model):
    """One thing that somebody will do: for what outcome, who, by when, and how success is judged."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="plan_actions")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="plan_actions")
    outcome = models.TextField(help_text="What should be better for the child.")
    action = models.TextField()
    who = models.CharField(max_length=200, help_text="The named person, family included.")
    due_on = models.DateField()
    measure = models.TextField(help_text="How everyone will know that it worked.")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TO_DO)
    progress = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]


@recorded
class PlanActionChild(models.Model):
    """A child whom an action is for."""

    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "child"], name="one_row_an_action_child")]


@recorded
class CoreGroupMember(models.Model):
    """A member of a family's core group: a professional, or a family member."""

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
class CoreGroupMeeting(models.Model):
    """A meeting of the core group that carries the plans of a family's children."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="core_group_meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    due_on = models.DateField(help_text="The last day of its limit.")
    is_first = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
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
    """A child in need plan that a conference agreed with the family's consent."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="child_in_need_plans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="child_in_need_plans")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="child_in_need_plans")
    consent_by = models.CharField(max_length=200)
    started_on = models.DateField()
    minimum_until_on = models.DateField(null=True, blank=True, help_text="The service’s minimum, where it has one.")
    ended_on = models.DateField(null=True, blank=True)


@recorded
class EarlierEvent(models.Model):
    """Something that happened to a child with a plan and was entered later, with its true date.

    It happened before this service kept the record, or somebody forgot. It counts like what was entered at the time.
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
