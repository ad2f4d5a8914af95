"""The posts in which people chair conferences or answer professional disagreements, with their dates."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from conferences.convening.choices import CHAIRING, Post
from cpc.core.audit.records import recorded
from cpc.core.kernel.phrases import listed

WORKING_WEEK = [0, 1, 2, 3, 4]  # Monday is 0
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _every_day() -> list[int]:
    return list(WORKING_WEEK)


class PostQuerySet(models.QuerySet):
    """The posts, narrowed by what they are for."""

    def chairing(self):
        """The posts in which people chair conferences."""
        return self.filter(post__in=CHAIRING)

    def not_over(self, day):
        """The posts with no last day before ``day``, a date or an expression."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))

    def on(self, day):
        """The posts that are held on that day."""
        return self.not_over(day).filter(from_on__lte=day)


@recorded
class PostHeld(models.Model):
    """A post in which somebody chairs conferences, from a day until a day, and the weekdays on which they chair; or in
    which they answer a stage of a professional disagreement.

    Somebody with the role of chair and no post recorded may chair on any day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts_held")
    post = models.CharField(max_length=20, choices=Post)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day. Empty: not known yet.")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_every_day, help_text="Monday is 0.")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(name="post_has_a_weekday", condition=~Q(weekdays=[])),
        ]

    def covers(self, day) -> bool:
        """Whether they hold the post on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    @property
    def only_on(self) -> str:
        """The weekdays on which they chair, where that is not every one of them."""
        return "" if self.weekdays == WORKING_WEEK else listed([DAYS[number] for number in self.weekdays])
