"""Relationships, couples and households. They have dates: what was true then stays on the record."""

from django.db import models
from django.db.models import F, Q

from cpc.core.audit.records import Versioned, recorded
from families.cases.models import Family
from families.people.choices import PartnershipKind, RelationshipKind, ResponsibilitySource
from families.people.models.people import Person


class RelationshipQuerySet(models.QuerySet):
    """Relationships, all or only the live ones."""

    def live(self):
        """Those that are not over: the only ones that carry responsibility and care."""
        return self.filter(to_on__isnull=True)


@recorded
class Relationship(Versioned):
    """What ``adult`` is to ``child``. Parental responsibility and care of *this* child decide what a copy covers.

    Nobody has parental responsibility before the birth: recorded for an unborn child, it begins then (``Tie``). Its
    source may not be known yet.

    ``child`` may be grown up: a grandmother is the mother of a mother. The inverse is read from the same row
    (``people.rules.kin.inverse``). With ``to_on`` it is over: it carries no responsibility and no care any more.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to_children")
    kind = models.CharField(max_length=20, choices=RelationshipKind)
    parental_responsibility = models.BooleanField(default=False)
    responsibility_source = models.CharField(max_length=12, choices=ResponsibilitySource, blank=True)
    main_carer = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "adult"], condition=Q(to_on__isnull=True), name="one_relationship_a_pair"
            ),
            models.CheckConstraint(condition=~Q(child=F("adult")), name="nobody_is_their_own_relative"),
            models.CheckConstraint(
                condition=Q(responsibility_source="") | Q(parental_responsibility=True),
                name="source_only_with_responsibility",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="relationship_ends_after_it_begins",
            ),
        ]


@recorded
class Partnership(Versioned):
    """Two adults who are or were a couple."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PartnershipKind)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(one=F("other")), name="a_couple_is_two_people")]


@recorded
class Household(models.Model):
    """People who live together, in one family's case: the home of the children, and any other home they go to."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="households")
    name = models.CharField(max_length=120, help_text="Such as “Mum’s home” or “Grandmother’s”.")
    is_main = models.BooleanField(default=False, help_text="The household that this case is about.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family"], condition=Q(is_main=True), name="one_main_household_a_family")
        ]

    def __str__(self):
        return self.name


@recorded
class HouseholdMember(models.Model):
    """A person lives, or lived, in a household."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="household_members")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(to_on__isnull=True), name="lives_there_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="household_stay_ends_after_it_begins",
            ),
        ]
