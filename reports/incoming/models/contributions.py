"""What the family wrote, drew or sent in before a conference."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from conferences.convening.models import Conference
from conferences.convening.rules.family_words import FACE, LINE, QUESTIONS, SCALE
from conferences.disclosure.choices import Audience
from cpc.core.audit.records import original_kept, recorded
from families.people.models import Person
from reports.incoming.choices import FileKind
from reports.incoming.models.reports import fields_model


def _answer(question) -> models.Field:
    if question.kind in (SCALE, FACE):
        return models.CharField(max_length=2, blank=True)
    return models.CharField(max_length=200, blank=True) if question.kind == LINE else models.TextField(blank=True)


Answers = fields_model("Answers", {one.name: _answer(one) for one in QUESTIONS})


@recorded
class Contribution(Answers):
    """A family member's own written views, typed in when the form came back.

    ``audience`` is that of all of it. ``for_chair`` are the questions with an answer for the chair alone; some always
    are.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    received_on = models.DateField()
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    for_chair = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "person"], name="one_contribution_a_person"),
        ]


@recorded
class ContributionChild(models.Model):
    """What an adult of the family wrote about one child, and how safe they say the child is, from 0 to 10. Its audience
    is that of the question “children”.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    scale = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "child"], name="one_box_a_child"),
            models.CheckConstraint(condition=~Q(said="") | ~Q(scale=""), name="box_about_a_child_is_not_empty"),
        ]


@recorded(exclude=("body",))
class ContributionScan(models.Model):
    """A drawing or a letter of a member of the family, scanned or photographed."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="scans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(max_length=200, help_text="What it is, for those who may see it.")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    kind = models.CharField(max_length=10, choices=FileKind)
    body = models.BinaryField()
    received_on = models.DateField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = original_kept("person")  # the record of the same person in another circle


class PlannedTalks(models.QuerySet):
    """Planned conversations."""

    def still_planned(self):
        """Those of conferences that have not been moved since: the others must be planned again."""
        return self.filter(conference_at=models.F("conference__starts_at"))


@recorded
class PlannedTalk(models.Model):
    """When the chair will speak with a parent or child before the conference: a task for the chair until it is
    recorded. ``conference_at`` is when the conference was to begin: if it is moved, this must be planned again."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="planned_talks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    conference_at = models.DateTimeField()
    how = models.CharField(max_length=200, blank=True, help_text="Where, or on which number; for staff alone.")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlannedTalks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "person"], name="one_planned_talk_a_person")]

    @property
    def must_be_planned_again(self) -> bool:
        """Whether the conference has been moved since this was planned."""
        return self.conference_at != self.conference.starts_at
