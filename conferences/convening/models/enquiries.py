"""Strategy discussions, and the section 47 enquiry that one of them starts, with its outcome for each child."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from conferences.convening.choices.enquiries import (
    ActionState,
    DiscussedAgency,
    DiscussionDecision,
    EnquiryOutcome,
    MedicalExamination,
    ShareAudience,
)
from cpc.core.audit.records import recorded
from families.cases.models import Family
from families.people.models import Person


@recorded
class StrategyDiscussion(models.Model):
    """A discussion of agencies about children. If it decided on an enquiry, its date is day 0 of the 15 working days.

    ``continues`` is the earlier discussion that this one follows; so the discussions of one enquiry are linked.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="strategy_discussions")
    held_on = models.DateField()
    chaired_by = models.CharField(max_length=200, help_text="Name and role.")
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )  # fmt: skip
    concerns = models.TextField()
    medical = models.CharField(max_length=10, choices=MedicalExamination)
    medical_on = models.DateField(null=True, blank=True)
    medical_result = models.TextField(blank=True, help_text="Empty: not known yet.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(medical=MedicalExamination.DONE) | Q(medical_on__isnull=False),
                name="examination_done_has_its_date",
            ),
        ]


@recorded
class DiscussionAgency(models.Model):
    """An agency that was asked to a strategy discussion: who came and what they shared, or why they did not."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="agencies")
    agency = models.CharField(max_length=15, choices=DiscussedAgency)
    took_part = models.BooleanField()
    people = models.TextField(blank=True, help_text="Names and roles.")
    why_not = models.TextField(blank=True, help_text="Why nobody took part.")
    shared = models.TextField(blank=True)
    audience = models.CharField(max_length=15, choices=ShareAudience, default=ShareAudience.POLICE)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "agency"], name="one_row_a_discussed_agency"),
            models.CheckConstraint(
                condition=(Q(took_part=True) & ~Q(people="")) | (Q(took_part=False) & ~Q(why_not="")),
                name="agency_took_part_or_says_why_not",
            ),
        ]


@recorded
class DiscussionChild(models.Model):
    """What a strategy discussion decided for one child, and why."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="strategy_discussions")
    decision = models.CharField(max_length=10, choices=DiscussionDecision)
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["discussion", "child"], name="one_row_a_discussed_child")]


@recorded
class DiscussionAction(models.Model):
    """What somebody is to do after a strategy discussion, by when, and what became of it. ``note`` says what was done;
    of what was not done, why.
    """

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.CharField(max_length=200, help_text="Who does it.")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TO_DO)
    note = models.TextField(blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ActionState.TO_DO, marked_by__isnull=True, marked_at__isnull=True, note="")
                | Q(state=ActionState.DONE, marked_by__isnull=False, marked_at__isnull=False)
                | Q(state=ActionState.NOT_DONE, marked_by__isnull=False, marked_at__isnull=False) & ~Q(note=""),
                name="marked_discussion_action_is_complete",
            ),
        ]

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return ActionState(self.state).tone


@recorded
class DateChange(models.Model):
    """A request to change the date of a discussion that started an enquiry, and the manager's answer."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="date_changes")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["discussion"], condition=Q(answered_at__isnull=True), name="one_open_date_change"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, agreed__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, agreed__isnull=False),
                name="answered_date_change_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="date_change_is_answered_by_another",
            ),
        ]


@recorded
class Enquiry(models.Model):
    """A section 47 enquiry, from the strategy discussion that started it to its outcome, signed off by a manager.

    ``return_reason`` is why the manager last returned the outcome; it is empty once it is signed off.
    """

    strategy_discussion = models.OneToOneField(StrategyDiscussion, on_delete=models.PROTECT, related_name="enquiry")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="enquiries")
    outcome_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    no_plan_reason = models.TextField(blank=True, help_text="Why there is no interim safety plan.")
    no_plan_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    no_plan_at = models.DateTimeField(null=True)
    answered_by_conference = models.ForeignKey(
        "Conference", null=True, blank=True, on_delete=models.PROTECT, related_name="also_answers",
        help_text="The conference that it led to, where the rows of its children name another enquiry, or none.",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=Q(written_at__isnull=True) | Q(written_by__isnull=False, outcome_on__isnull=False),
                name="written_outcome_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True, signed_off_by__isnull=True)
                | (
                    Q(signed_off_at__isnull=False, signed_off_by__isnull=False, written_at__isnull=False)
                    & ~Q(signed_off_by=F("written_by"))
                ),
                name="outcome_is_signed_off_by_another",
            ),
            models.CheckConstraint(
                condition=Q(no_plan_reason="", no_plan_by__isnull=True, no_plan_at__isnull=True)
                | (~Q(no_plan_reason="") & Q(no_plan_by__isnull=False, no_plan_at__isnull=False)),
                name="no_safety_plan_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["family"], name="enquiry_open", condition=Q(signed_off_at__isnull=True))
        ]  # fmt: skip

    @property
    def led_to(self) -> list:
        """The conferences that followed from it, alone or with another enquiry, the latest first."""
        found = {one.pk: one for one in self.conferences.all()}
        heard = [row.conference for row in self.heard_children.all()]
        answered = self.answered_by_conference
        found |= {one.pk: one for one in [*heard, *([answered] if answered else [])] if one.pk not in found}
        return sorted(found.values(), key=lambda one: -one.pk)


@recorded
class EnquiryChild(models.Model):
    """A child that the enquiry is about, with its outcome for them."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enquiries")
    outcome = models.CharField(max_length=20, choices=EnquiryOutcome, blank=True)
    findings = models.TextField(blank=True)
    follows = models.TextField(blank=True, help_text="What follows for this child.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "child"], name="one_row_an_enquired_child")]
