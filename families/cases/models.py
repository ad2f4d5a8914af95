"""Who of the staff may see a family, beyond the access routes of their work: conflicts, restrictions, emergencies."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from cpc.core.accounts.models import Team
from cpc.core.audit.records import Versioned, recorded
from families.cases.choices import EmergencyOutcome, RestrictionKind


@recorded(exclude=("search_index",))
class Family(Versioned):
    """The people of one case. ``team`` and ``social_worker`` hold the case."""

    name = models.CharField(max_length=120, help_text="The name the family is known by here, such as Marlow.")
    case_number = models.CharField(max_length=40, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="families")
    social_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="families"
    )
    restricted = models.BooleanField(default=False, help_text="Only people named for this family may see it.")
    restricted_kind = models.CharField(max_length=12, choices=RestrictionKind, blank=True)
    restricted_reason = models.TextField(blank=True)
    opened_on = models.DateField()
    search_index = SearchVectorField(default="", blank=True, editable=False)

    class Meta:
        verbose_name_plural = "families"
        indexes = [
            GinIndex(fields=["search_index"], name="family_search"),
            models.Index(fields=["social_worker", "-opened_on", "-id"], name="family_worker"),
            models.Index(fields=["team", "-opened_on", "-id"], name="family_team"),
            models.Index(fields=["-opened_on", "-id"], name="family_latest"),
            models.Index(fields=["id"], name="family_restricted", condition=Q(restricted=True)),
        ]

    def __str__(self):
        return f"{self.name} family"


class LiveQuerySet(models.QuerySet):
    """Entries, all or only the live ones."""

    def live(self):
        """What nobody has ended."""
        return self.filter(ended_on__isnull=True)


# Six calendar months are at most 184 days: the outer limit that the database keeps. The months are counted in rules.
SIX_MONTHS = timedelta(days=184)


class FamilyAccess(Family):
    """Who may see a family, and nothing else of it: its case number, whether it is restricted, and who is named.

    The same row as the family's, with a sight of its own (permissions): the manager of the team arranges who is named
    for a restricted family even when they are not named themselves.
    """

    class Meta:
        proxy = True
        verbose_name = "access to a family"

    def __str__(self):
        return f"Case {self.case_number}"


@recorded
class DeclaredConflict(models.Model):
    """A user who must not see this family: their own, a relative's or a colleague's.

    ``through`` is the conflict that this one follows from: the two families share a person.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_conflicts")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="declared_conflicts")
    reason = models.TextField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField(null=True)
    through = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="covers")
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "family"], name="conflict_user_family", condition=Q(ended_on__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "family"], condition=Q(ended_on__isnull=True), name="one_conflict_a_pair"
            )
        ]


@recorded
class AccessGrant(models.Model):
    """A user named for a restricted family, until a date at most six months away."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_grants")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="access_grants")
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day.")
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="Taken back before its time.")

    class Meta:
        indexes = [models.Index(fields=["user", "family"], name="grant_user_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")) & Q(until_on__lte=F("from_on") + SIX_MONTHS),
                name="grant_of_six_months_at_most",
            )
        ]


@recorded
class EmergencyAccess(models.Model):
    """A user opened a family that was closed to them, at once, with a reason; their manager reviews it afterwards.

    ``only_warnings``: nobody agreed to it where somebody must, so its warnings and plans are open and nothing else.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="emergency_accesses")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="emergency_accesses")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until_on = models.DateField(help_text="The last day.")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    only_warnings = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, help_text="A review found it not justified, or its user left.")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=EmergencyOutcome, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "emergency accesses"
        indexes = [models.Index(fields=["user", "family"], name="emergency_user_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, outcome="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(outcome="")),
                name="reviewed_emergency_has_by_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("user")),
                name="nobody_agrees_to_their_own_emergency",
            ),
        ]


@recorded
class SaidConflict(models.Model):
    """What somebody said of a family that they know, in their own words, until a manager has settled it.

    Where they gave a number that a family has, that conflict is recorded (DeclaredConflict): this row is the same
    whether or not there is such a family, so that nobody learns of one by asking.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="said_conflicts")
    whom = models.CharField(max_length=200, help_text="A case number, or whom they know, as they said it.")
    reason = models.TextField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_conflict_has_by",
            )
        ]
