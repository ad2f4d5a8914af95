"""Must-not-learn and must-not-meet entries, and warnings."""

from django.db import models
from django.db.models import F, Q

from cpc.core.audit.records import recorded
from families.cases.models import Family
from families.people.choices import MustNotLearnWhat, WarningKind, WhoIsProtected
from families.people.models.people import Person
from families.people.models.reviewed import ProtectionEntry


@recorded
class MustNotLearn(ProtectionEntry):
    """``reader`` must not learn something about ``about``: that they exist, where they live, their school, a fact.

    For a paternity, ``about`` is the father and ``of_child`` the child. ``words`` are phrases that would reveal it, one
    a line. A fact needs them. For a placement or a school they add to what is recorded elsewhere.
    """

    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="must_not_learn")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="withheld_about")
    what = models.CharField(max_length=12, choices=MustNotLearnWhat)
    of_child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "must not learn"
        constraints = [
            models.CheckConstraint(condition=~Q(reader=F("about")), name="kept_from_somebody_else"),
            models.CheckConstraint(condition=~Q(what="fact", words=""), name="a_fact_has_words"),
            models.CheckConstraint(
                condition=Q(what="paternity", of_child__isnull=False) | (~Q(what="paternity") & Q(of_child=None)),
                name="paternity_is_of_a_child",
            ),
        ]


@recorded
class MustNotMeet(ProtectionEntry):
    """Two people who must not be in the same place at the same time, and which of them is protected.

    The protected person chooses first how they attend. Nothing tells the other person when or where they will be.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    protects = models.CharField(max_length=5, choices=WhoIsProtected, default=WhoIsProtected.BOTH)

    class Meta:
        verbose_name_plural = "people who must not meet"
        constraints = [models.CheckConstraint(condition=~Q(one=F("other")), name="two_different_people")]

    @property
    def protected_people(self) -> frozenset[int]:
        """The ids of the people that the entry protects: one of the two, or both."""
        return frozenset(
            {self.one_id} if self.protects == WhoIsProtected.ONE
            else {self.other_id} if self.protects == WhoIsProtected.OTHER
            else {self.one_id, self.other_id}
        )  # fmt: skip


@recorded
class WarningMarker(ProtectionEntry):
    """What people who work with the family must know first, at the top of its pages: a risk to workers, for example.

    About one ``person``, or with nobody named about the whole family.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="warnings")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=20, choices=WarningKind)
    warns_professionals = models.BooleanField(
        default=False, help_text="Professionals who are invited to a conference of the family read it too."
    )
