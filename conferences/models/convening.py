"""The conference: asked for, agreed, booked, held; the rooms; and who decided what on the way."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from conferences.choices import CancelReason, ConferenceKind, ConferenceState, LatenessReason
from conferences.models.enquiries import Enquiry
from cpc.core.audit.records import recorded
from families.models import Family, Person

S = ConferenceState
TAKES_PLACE = [S.BOOKED, S.OPEN, S.HELD]


def _whole(column):
    """A row's id as a range of one, because a plain equality needs an extension that not every server has."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def _time():
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField())


@recorded
class Room(models.Model):
    """A room in which conferences are held."""

    name = models.CharField(max_length=120, unique=True)
    address = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self):
        return self.name


@recorded
class Conference(models.Model):
    """A child protection conference for one family; each child has a row of its own (ConferenceChild).

    ``due_on`` is the last day of its limit, a plain column written by the action that made it so.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="conferences")
    kind = models.CharField(max_length=20, choices=ConferenceKind)
    state = models.CharField(max_length=20, choices=ConferenceState, default=S.REQUESTED)
    enquiry = models.ForeignKey(Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="conferences")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    anchor_on = models.DateField(help_text="Day nought: the strategy discussion, or the last conference.")
    due_on = models.DateField()

    # Asked for, and agreed or declined
    request_reason = models.TextField(blank=True)
    interpreter = models.TextField(blank=True, help_text="Interpreter, access and childcare needs.")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)

    # Booked
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="conferences")
    video_link = models.URLField(blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conferences_chaired"
    )
    administrator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conferences_administered"
    )
    chair_knows_case = models.BooleanField(
        null=True, help_text="Whether the chair managed or investigated the case: the independence check."
    )
    chair_reason = models.TextField(blank=True, help_text="The service manager’s reason for this chair all the same.")
    lateness_reason = models.CharField(max_length=20, choices=LatenessReason, blank=True)
    lateness_note = models.TextField(blank=True)
    lateness_agreed_by = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Goes up when the booking changes, for calendars.")

    # Held
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    details_confirmed_at = models.DateTimeField(null=True, help_text="The family confirmed their details.")
    quorate = models.BooleanField(null=True, help_text="As the chair confirmed it.")
    quorum_reason = models.TextField(blank=True, help_text="Why it was held, or judged quorate, all the same.")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # Said here and not found out: to look for the one without a record among all that were ever held takes too long.
    to_write_up = models.BooleanField(default=False, help_text="Held, and no record has been drafted yet.")

    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    cancel_note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["chair", "-starts_at", "-id"], name="conference_chair"),
            models.Index(fields=["family", "-starts_at", "-id"], name="conference_family"),
            models.Index(fields=["-starts_at", "-id"], name="conference_latest"),
            models.Index(fields=["state", "due_on"], name="conference_due"),
            models.Index(fields=["state", "-starts_at", "-id"], name="conference_state"),
            models.Index(fields=["id"], name="conference_to_write_up", condition=Q(to_write_up=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="chair_in_one_place",
                expressions=[(_whole("chair_id"), RangeOperators.OVERLAPS), (_time(), RangeOperators.OVERLAPS)],
                condition=Q(state__in=TAKES_PLACE, chair__isnull=False),
                violation_error_message="The chair has another conference at this time.",
            ),
            ExclusionConstraint(
                name="room_used_once",
                expressions=[(_whole("room_id"), RangeOperators.OVERLAPS), (_time(), RangeOperators.OVERLAPS)],
                condition=Q(state__in=TAKES_PLACE, room__isnull=False),
                violation_error_message="The room has another conference at this time.",
            ),
            models.CheckConstraint(
                name="booked_has_time_place_chair",
                condition=~Q(state__in=TAKES_PLACE)
                | (
                    Q(starts_at__isnull=False, ends_at__gt=F("starts_at"), chair__isnull=False)
                    & Q(chair_knows_case__isnull=False)
                    & (Q(room__isnull=False) | ~Q(video_link=""))
                ),
            ),
            models.CheckConstraint(
                name="chair_who_knows_case_has_reason",
                condition=~Q(state__in=TAKES_PLACE) | ~Q(chair_knows_case=True) | ~Q(chair_reason=""),
            ),
            models.CheckConstraint(
                name="agreed_at_has_by",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_has_by_and_reason",
                condition=~Q(state=S.DECLINED)
                | (Q(declined_at__isnull=False, declined_by__isnull=False) & ~Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="held_has_opened_and_closed",
                condition=~Q(state=S.HELD)
                | Q(
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    quorate__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="cancelled_has_by_and_reason",
                condition=~Q(state=S.CANCELLED)
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.family}"

    @property
    def state_shown(self) -> ConferenceState:
        """The state with its label and tone, for the tag component."""
        return ConferenceState(self.state)

    @property
    def is_review(self) -> bool:
        """Whether a plan is reviewed here, which decides what can be decided."""
        return self.kind == ConferenceKind.REVIEW

    @property
    def held_on(self):
        """The day in London on which it takes place; nothing while it has no time."""
        return timezone.localdate(self.starts_at) if self.starts_at else None


@recorded
class ConferenceChild(models.Model):
    """A child of the household, considered for this conference: included, or left out with a reason."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conferences")
    included = models.BooleanField(default=True)
    left_out_reason = models.TextField(blank=True)
    participation = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "child"], name="one_row_a_child"),
            models.CheckConstraint(name="left_out_has_reason", condition=Q(included=True) | ~Q(left_out_reason="")),
        ]


@recorded
class ChairApproval(models.Model):
    """The service manager's recorded reason why a person who knows the case may chair this conference."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="chair_approvals")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "chair"], name="one_approval_a_chair"),
            models.CheckConstraint(
                name="agreed_chair_has_reason",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(reason="")),
            ),
        ]


@recorded
class Dispute(models.Model):
    """Somebody disagrees with the decision not to hold a conference; it stands in the record."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="disputes")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    reason = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
