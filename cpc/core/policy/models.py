"""What a service may change about its rules: bank holidays, and its own dated values for limits and local words."""

from django.db import models
from django.db.models import Q

from cpc.core.audit.records import recorded
from cpc.core.policy.choices import Counting, Unit


@recorded
class BankHoliday(models.Model):
    """A bank holiday of England and Wales, on a weekday: no working day limit counts it."""

    falls_on = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["falls_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(falls_on__week_day__in=[1, 7]), name="bank_holiday_on_a_weekday")
        ]

    def __str__(self):
        return f"{self.name}, {self.falls_on:%d %B %Y}"


@recorded
class LocalLimit(models.Model):
    """This service's own value for one limit, for whatever starts on ``from_on`` or later."""

    key = models.CharField(max_length=60)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=Unit)
    counting = models.CharField(max_length=20, choices=Counting, default=Counting.ORDINARY)
    from_on = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["key", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "from_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_local_limit_a_key_and_day",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="local_limit_of_at_least_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="local_limit_withdrawn_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.key}: {self.amount} {self.unit} from {self.from_on:%d %B %Y}"


@recorded
class LocalWord(models.Model):
    """This service’s own text for one word or contact that its pages and letters use, from ``from_on``.

    The text is empty where the service prints nothing.
    """

    key = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    from_on = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["key", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "from_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_local_word_a_key_and_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="local_word_withdrawn_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.key} from {self.from_on:%d %B %Y}: {self.text}"
