"""The conference: requested, agreed, booked, held; the rooms; and the decisions on the way."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from conferences.convening.choices import (
    NOT_OVER,
    TAKES_PLACE,
    UNBOOKED,
    CancelReason,
    ConferenceKind,
    ConferenceState,
    LatenessReason,
)
from conferences.convening.models.enquiries import Enquiry
from cpc.core.audit.records import recorded
from cpc.core.kernel.dates import in_short
from families.cases.models import Family
from families.people.models import Person

S = ConferenceState


def _time():
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField())


@recorded
class Room(models.Model):
    """A room for conferences."""

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
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="conferences",
        help_text="The enquiry with the earliest last day, where the children come from several.",
    )  # fmt: skip
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    anchor_on = models.DateField(help_text="Day nought: the strategy discussion, or the last conference.")
    due_on = models.DateField()

    # Requested, and agreed or declined
    request_reason = models.TextField(blank=True)
    worry = models.CharField(
        max_length=300, blank=True, help_text="The worry in two plain lines, for the family’s letter of invitation."
    )
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
    day_reason = models.TextField(blank=True, help_text="Why it is booked for a bank holiday.")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="conferences")
    video_link = models.URLField(blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conferences_chaired"
    )
    administrator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conferences_administered"
    )
    # Declared by the chair, for this conference. Another chair declares again.
    chair_independent = models.BooleanField(
        null=True, help_text="Whether the chair is independent of the family, the case and its line management."
    )
    chair_statement = models.TextField(
        blank=True, help_text="In the chair’s words: how they are independent, or why not and why they chair."
    )
    chair_declared_at = models.DateTimeField(null=True)
    chair_reason = models.TextField(blank=True, help_text="The service manager’s reason for this chair all the same.")
    chair_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    chair_agreed_at = models.DateTimeField(null=True)
    lateness_reason = models.CharField(max_length=20, choices=LatenessReason, blank=True)
    lateness_note = models.TextField(blank=True)
    lateness_agreed_by = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Goes up when the booking changes, for calendars.")

    # Held
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    held_reason = models.TextField(blank=True, help_text="Why it was held on another day than the one booked.")
    details_confirmed_at = models.DateTimeField(null=True, help_text="The family confirmed their details.")
    quorate = models.BooleanField(null=True, help_text="As the chair confirmed it.")
    quorum_reason = models.TextField(blank=True, help_text="Why it was held, or judged quorate, all the same.")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # Stored, because searching all held conferences for one without a record takes too long.
    to_write_up = models.BooleanField(default=False, help_text="Held, and no record has been drafted yet.")

    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    cancel_note = models.TextField(blank=True)
    cancel_agreed_by = models.CharField(
        max_length=200, blank=True, help_text="Who agreed. Empty: it followed from another act."
    )

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
                expressions=[("chair", RangeOperators.EQUAL), (_time(), RangeOperators.OVERLAPS)],
                condition=Q(state__in=TAKES_PLACE, chair__isnull=False),
                violation_error_message="The chair has another conference at this time.",
            ),
            ExclusionConstraint(
                name="room_used_once",
                expressions=[("room", RangeOperators.EQUAL), (_time(), RangeOperators.OVERLAPS)],
                condition=Q(state__in=TAKES_PLACE, room__isnull=False),
                violation_error_message="The room has another conference at this time.",
            ),
            models.CheckConstraint(
                name="booked_has_time_place_chair",
                condition=~Q(state__in=TAKES_PLACE)
                | (
                    Q(starts_at__isnull=False, ends_at__gt=F("starts_at"), chair__isnull=False)
                    & (Q(room__isnull=False) | ~Q(video_link=""))
                ),
            ),
            models.CheckConstraint(
                name="declared_chair_has_statement",
                condition=Q(chair_independent__isnull=True, chair_declared_at__isnull=True)
                | (Q(chair_independent__isnull=False, chair_declared_at__isnull=False) & ~Q(chair_statement="")),
            ),
            models.CheckConstraint(
                name="agreed_chair_has_by_and_reason",
                condition=Q(chair_agreed_at__isnull=True, chair_agreed_by__isnull=True, chair_reason="")
                | (Q(chair_agreed_at__isnull=False, chair_agreed_by__isnull=False) & ~Q(chair_reason="")),
            ),
            models.CheckConstraint(
                name="opened_by_declared_chair",
                # "Not null" first: a check that comes to null would let a chair without a declaration pass.
                condition=~Q(state__in=[S.OPEN, S.HELD])
                | (Q(chair_independent__isnull=False) & (Q(chair_independent=True) | Q(chair_agreed_at__isnull=False))),
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
        return f"{self.kind_shown.label}: {self.family}, {self.day_shown}"

    @property
    def day_shown(self) -> str:
        """Its day, or its last day until it is booked, which tells it from another of the same kind and family."""
        return in_short(self.held_on) if self.starts_at else f"due by {in_short(self.due_on)}"

    @property
    def state_shown(self) -> ConferenceState:
        """The state with its label and tone, for the tag component."""
        return ConferenceState(self.state)

    @property
    def kind_shown(self) -> ConferenceKind:
        """The kind with its label: quicker in a list than Django’s display, which makes a table of labels each time."""
        return ConferenceKind(self.kind)

    @property
    def awaits_booking(self) -> bool:
        """Whether it is to take place and has no date yet, so that its last day is what matters."""
        return self.state in UNBOOKED

    @property
    def is_over(self) -> bool:
        """Whether it was held or called off."""
        return self.state not in NOT_OVER

    @property
    def is_after_last_day(self) -> bool:
        """Whether it takes or took place after its last day."""
        return self.state in TAKES_PLACE and self.held_on > self.due_on

    @property
    def is_review(self) -> bool:
        """Whether a plan is reviewed, which determines the possible decisions."""
        return self.kind == ConferenceKind.REVIEW

    @property
    def held_on(self):
        """The day in London on which it takes place; None before it has a time."""
        return timezone.localdate(self.starts_at) if self.starts_at else None


@recorded
class ConferenceChild(models.Model):
    """A child of the household: included in this conference, or left out with a reason."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conferences")
    included = models.BooleanField(default=True)
    left_out_reason = models.TextField(blank=True)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="heard_children",
        help_text="The enquiry that led to the conference for this child; its 15 working days are the child’s own.",
    )  # fmt: skip
    participation = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "child"], name="one_row_a_child"),
            models.CheckConstraint(name="left_out_has_reason", condition=Q(included=True) | ~Q(left_out_reason="")),
        ]


@recorded
class ActingChair(models.Model):
    """Somebody acts for the chair of one conference, as the service manager said: they hold it, decide and sign."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="acting_chairs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day, where there is one.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="acting_chair_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(ended_at__isnull=True), name="one_acting_chair_a_conference"
            ),
        ]
