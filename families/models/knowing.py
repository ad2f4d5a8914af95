"""Who must not learn what of whom, who must not meet, and what workers must know first."""

from django.db import models
from django.db.models import F, Q

from cpc.core.audit.records import recorded
from families.choices import MustNotLearnWhat, WarningKind
from families.models.people import Family, Person
from families.models.standing import Standing


@recorded
class MustNotLearn(Standing):
    """``reader`` must not learn something of ``about``: that they exist, where they live, their school, a fact.

    For a paternity, ``about`` is the father and ``of_child`` the child. ``words`` are what would give it away, one
    phrase a line: a fact has them always; a placement or a school may add to what is recorded elsewhere.
    """

    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="must_not_learn")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_quiet")
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
class MustNotMeet(Standing):
    """Two people who must not be in the same room; they are given separate times, rooms or links."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "people who must not meet"
        constraints = [models.CheckConstraint(condition=~Q(one=F("other")), name="two_different_people")]


@recorded
class WarningMarker(Standing):
    """What whoever works with the family must know first: do not disclose, a risk to workers. Seen at the top of pages.

    About one ``person``, or with nobody named about the whole family.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="warnings")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=20, choices=WarningKind)
