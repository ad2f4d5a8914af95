"""Which agencies know a child."""

from django.conf import settings
from django.db import models

from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.models.people import Person


@recorded
class Involvement(models.Model):
    """An agency that knows a child, and the professional there, from and to a date."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="involvements")
    professional = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="involvements"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
