"""The live conference: the notes, each agency's view, and the decision for each child."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from conferences.convening.choices import AgencyViewKind, Category, NotDecidedReason, Outcome, Section
from conferences.convening.models import Conference, ConferenceChild, Invitation
from conferences.disclosure.choices import Audience
from cpc.core.audit.records import recorded
from families.people.models import Person


@recorded
class LiveNote(models.Model):
    """One field of the live conference, a row with a version. Saving on an old version is refused with both texts.

    ``child`` is empty for a note about all the children; ``person`` is the parent who gave the view.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="notes")
    section = models.CharField(max_length=20, choices=Section)
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    wanted_audience = models.CharField(
        max_length=20,
        choices=Audience,
        blank=True,
        help_text="For whom it was typed, where it holds a passage of a restricted text and is kept narrower.",
    )
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "section", "child", "person"], nulls_distinct=False, name="one_note_a_place"
            )
        ]


@recorded
class NoteReader(models.Model):
    """An invited person named as a reader of a note."""

    note = models.ForeignKey(LiveNote, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "invitation"], name="one_row_a_note_reader")]


@recorded
class AgencyView(models.Model):
    """One agency's view of whether one child needs a plan, with its reason. A view, never a vote."""

    conference_child = models.ForeignKey(ConferenceChild, on_delete=models.PROTECT, related_name="agency_views")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="agency_views")
    view = models.CharField(max_length=10, choices=AgencyViewKind)
    reason = models.TextField(blank=True)
    dissents = models.BooleanField(default=False, help_text="Disagrees with the decision, for the record.")
    dissent_reason = models.TextField(blank=True)
    audience = models.CharField(
        max_length=20, choices=Audience, default=Audience.EVERYONE, help_text="Who may read the view and its reasons."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference_child", "invitation"], name="one_view_an_agency"),
            models.CheckConstraint(name="dissent_has_reason", condition=Q(dissents=False) | ~Q(dissent_reason="")),
        ]


@recorded
class Scaling(models.Model):
    """One person's score for one child: 0 is a child in danger, 10 is no risk."""

    conference_child = models.ForeignKey(ConferenceChild, on_delete=models.PROTECT, related_name="scalings")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="scalings")
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference_child", "invitation"], name="one_scaling_a_person"),
            models.CheckConstraint(name="scale_ends_at_ten", condition=Q(score__lte=10)),
        ]


@recorded
class Decision(models.Model):
    """The chair's decision for one child, with reasons."""

    conference_child = models.OneToOneField(ConferenceChild, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome)
    category = models.CharField(max_length=3, choices=Category, blank=True, help_text="The main kind of harm.")
    is_multiple = models.BooleanField(default=False, help_text="More kinds of harm than the main one.")
    threshold = models.TextField(blank=True, help_text="How likely which harm is, in words: the test that was applied.")
    category_reason = models.TextField(blank=True, help_text="Why this is the main kind of harm.")
    reasons = models.TextField()
    restricted = models.TextField(blank=True, help_text="Reasons that not everybody who is told of it may read.")
    restricted_audience = models.CharField(max_length=20, choices=Audience, blank=True)
    consent_by = models.CharField(max_length=200, blank=True, help_text="Who consented to a child in need plan.")
    not_decided_reason = models.CharField(max_length=12, choices=NotDecidedReason, blank=True)
    interim_plan = models.TextField(blank=True)
    new_date_on = models.DateField(null=True, blank=True)
    new_date_reason = models.TextField(blank=True, help_text="Why the new date is a bank holiday.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="restricted_reasons_have_readers",
                condition=Q(restricted="") | ~Q(restricted_audience__in=["", Audience.EVERYONE]),
            ),
            models.CheckConstraint(
                name="plan_has_category",
                condition=(Q(outcome=Outcome.PROTECTION_PLAN) & ~Q(category=""))
                | (~Q(outcome=Outcome.PROTECTION_PLAN) & Q(category="")),
            ),
            models.CheckConstraint(
                name="multiple_has_main_category",
                condition=Q(is_multiple=False) | ~Q(category__in=["", Category.MULTIPLE]),
            ),
            models.CheckConstraint(
                name="child_in_need_has_consent",
                condition=~Q(outcome=Outcome.CHILD_IN_NEED) | ~Q(consent_by=""),
            ),
            models.CheckConstraint(
                name="not_decided_says_what_next",
                condition=~Q(outcome=Outcome.NOT_DECIDED)
                | (~Q(not_decided_reason="") & ~Q(interim_plan="") & Q(new_date_on__isnull=False)),
            ),
        ]
