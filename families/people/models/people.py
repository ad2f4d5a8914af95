"""Who the people around a child are, their part in a family, and which agencies know a child."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from cpc.core.accounts.models import Agency
from cpc.core.audit.records import NO_ACT_NO_WRITE, Versioned, recorded
from cpc.core.kernel.characters import full_name
from families.cases.models import Family
from families.people.choices import AuthorityOrder, Disability, Ethnicity, NameKind, NoUPN, Part, Religion, Sex
from families.people.rules.short_names import ADDITIONS


@recorded
class Identity(models.Model):
    """One human being with records in several circles. It says only that these records are one person."""

    class Meta:
        verbose_name_plural = "identities"


@recorded(exclude=("search_index", *ADDITIONS))
class Person(Versioned):
    """The record that one circle holds of a person: a child, born or not yet, or an adult.

    All open families are one circle; each restricted family is a circle of its own. Contact details are in
    ContactDetails and Address. ``is_unknown`` is somebody nobody can identify, such as a father who was
    never named. ``merged_into`` is the record of the same circle of the same person; readers follow it
    (``people.queries.merged_records``). ``identity`` links the records that other circles hold of this human being:
    only what protects somebody follows it (``people.queries.identity``).
    """

    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    is_unknown = models.BooleanField(default=False, help_text="The identity of this person is not known.")
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True, help_text="The expected date of birth of an unborn child.")
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    pronouns = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=4, choices=Ethnicity, blank=True)
    religion = models.CharField(max_length=12, choices=Religion, blank=True)
    authority_order = models.CharField(
        max_length=12, choices=AuthorityOrder, blank=True,
        help_text="The order that gives the authority parental responsibility for this child.",
    )  # fmt: skip
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
    identity = models.ForeignKey(
        Identity, null=True, blank=True, on_delete=models.PROTECT, related_name="records", editable=False
    )
    search_index = SearchVectorField(default="", blank=True, editable=False)
    # What tells a child from a sibling of the same name, such as “ (Katherine)”: written by ``actions.same_names``.
    short_addition = models.CharField(max_length=120, blank=True, default="", editable=False)
    full_addition = models.CharField(max_length=120, blank=True, default="", editable=False)

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            GinIndex(fields=["search_index"], name="person_search"),
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
        is_stranger = self.is_unknown and not (self.first_name or self.last_name)
        return self.name_on_envelope + ("" if is_stranger else self.full_addition)

    @property
    def name_on_envelope(self) -> str:
        """The full name without what tells it from a sibling's, which may be a date of birth."""
        if self.is_unknown and not (self.first_name or self.last_name):
            return "Not known"
        first = self.first_name or ("Unborn" if self.is_unborn else "")
        return full_name(first, self.last_name)

    @property
    def short_name(self) -> str:
        """What a child is called in a sentence: the name they are known by, or the first name."""
        own = self.own_name
        return f"{own}{self.short_addition}" if own else self.full_name

    @property
    def name_in_family(self) -> str:
        """What pages about a family call its child: the first name, and what tells it from a sibling's."""
        addition = self.full_addition if self.known_as else self.short_addition
        return f"{self.first_name}{addition}" if self.first_name else self.full_name

    @property
    def own_name(self) -> str:
        """What a letter calls its own reader: the name they are known by, or the first name."""
        return self.known_as or self.first_name


@pgtrigger.register(NO_ACT_NO_WRITE)
class NameWord(models.Model):
    """A folded word that occurs in a name: what a word with a slip, or one spelled by its sound, is compared with.

    It does not say who has the name, and no page shows it.
    """

    word = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], name="name_word_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(Func(F("word"), function="dmetaphone"), name="name_word_sound"),
        ]


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
    """Two records of one person were made one, and perhaps two again: nothing is moved, so nothing is lost.

    ``is_link``: they are records of two circles, so they stay two records and are linked as one identity.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_link = models.BooleanField(default=False)
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
                fields=["merged"], condition=Q(undone_at__isnull=True, is_link=False), name="merged_once_at_a_time"
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

    The writer of the record is not told of one that they may not see. ``settled_at`` says that they are two people.
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
class Membership(Versioned):
    """A person's part in a family. HouseholdMember says who lives together."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=20, choices=Part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "person"], name="one_part_a_family")]

    @property
    def stands_for(self) -> Person:
        """The person, under the record that was kept."""
        return self.person.merged_into or self.person


@recorded
class Involvement(Versioned):
    """An agency that knows a child, and the professional there, from and to a date."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="involvements")
    professional = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="involvements"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
