"""Who the people around a child are, and their part in a family."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cpc.core.accounts.models import Team
from cpc.core.audit.records import recorded
from families.choices import Disability, Ethnicity, NameKind, NoUPN, Part, Religion, RestrictionKind, Sex


@recorded(exclude=("found_by",))
class Family(models.Model):
    """The people whom one piece of work is about. ``team`` and ``social_worker`` hold the case."""

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
    found_by = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "families"
        indexes = [
            GinIndex(fields=["found_by"], name="family_found_by"),
            models.Index(fields=["social_worker", "-opened_on", "-id"], name="family_worker"),
            models.Index(fields=["team", "-opened_on", "-id"], name="family_team"),
            models.Index(fields=["-opened_on", "-id"], name="family_latest"),
            models.Index(fields=["id"], name="family_restricted", condition=Q(restricted=True)),
        ]

    def __str__(self):
        return f"{self.name} family"


@recorded(exclude=("found_by",))
class Person(models.Model):
    """A person: a child, born or not yet, or an adult. Contact details live apart (ContactDetails, Address).

    ``is_unknown`` is somebody of whom nobody knows who they are, such as a father who was never named. ``merged_into``
    is the record that stands for the same person; readers follow it (``families.queries.same_person``).
    """

    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    is_unknown = models.BooleanField(default=False, help_text="Nobody knows who this person is.")
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True, help_text="The expected date of birth of an unborn child.")
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    pronouns = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=4, choices=Ethnicity, blank=True)
    religion = models.CharField(max_length=12, choices=Religion, blank=True)
    disabilities = ArrayField(models.CharField(max_length=4, choices=Disability), default=list, blank=True)
    case_system_id = models.CharField(max_length=20, blank=True, help_text="The child’s number in the case system.")
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    no_upn = models.CharField(max_length=3, choices=NoUPN, blank=True, help_text="Why there is no UPN.")
    nhs_number = models.CharField(max_length=10, blank=True)
    first_language = models.CharField(max_length=60, blank=True, default="English")
    interpreter_needed = models.BooleanField(default=False)
    communication_needs = models.TextField(blank=True)
    access_needs = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    found_by = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            GinIndex(fields=["found_by"], name="person_found_by"),
            models.Index(fields=["born_on"], name="person_born"),
            models.Index(fields=["expected_on"], name="person_expected", condition=Q(expected_on__isnull=False)),
            models.Index(fields=["nhs_number"], name="person_nhs", condition=~Q(nhs_number="")),
            models.Index(fields=["upn"], name="person_upn", condition=~Q(upn="")),
            # Not unique: a number refused because a restricted child has it would say that there is such a child.
            models.Index(fields=["case_system_id"], name="person_case_system", condition=~Q(case_system_id="")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_is_merged_into_themselves"),
        ]

    def __str__(self):
        return self.full_name

    @property
    def stands_for(self) -> "Person":
        """The record that was kept, where this one was merged into it."""
        return self.merged_into or self

    @property
    def stands_for_id(self) -> int:
        """The id of the record that was kept."""
        return self.merged_into_id or self.pk

    @property
    def is_unborn(self) -> bool:
        """Whether the child has an expected date and no date of birth yet."""
        return self.born_on is None and self.expected_on is not None

    @property
    def full_name(self) -> str:
        """The name as letters print it; an unborn child is 'Unborn' and the family name, a stranger 'Not known'."""
        if self.is_unknown and not (self.first_name or self.last_name):
            return "Not known"
        first = self.first_name or ("Unborn" if self.is_unborn else "")
        return f"{first} {self.last_name}".strip()


@recorded
class PersonName(models.Model):
    """Another name of a person: one they had before, or one that they also use."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="other_names")
    kind = models.CharField(max_length=10, choices=NameKind)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_name="", last_name=""), name="a_name_has_words"),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()


@recorded
class Merge(models.Model):
    """Two records of one person were made one, and perhaps two again: nothing is moved, so nothing is lost."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="two_records_are_merged"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
                name="undone_merge_has_by_and_reason",
            ),
        ]


@recorded
class PossibleDuplicate(models.Model):
    """Two records that may be one person's, noticed when one was written. Managers who may see both look at it.

    Whoever wrote the record is not told of one that they may not see. ``settled_at`` says that they are two people.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="The older record.")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noticed_on = models.DateField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-noticed_on", "-id"], name="duplicate_open", condition=Q(settled_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_older_record_is_first"),
            models.UniqueConstraint(fields=["one", "other"], name="one_row_two_records"),
        ]


@recorded
class Membership(models.Model):
    """A person's part in a family. With whom they live is in HouseholdMember."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=20, choices=Part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "person"], name="one_part_a_family")]

    @property
    def stands_for(self) -> Person:
        """The person, under the record that was kept."""
        return self.person.merged_into or self.person
