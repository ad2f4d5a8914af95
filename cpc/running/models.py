"""When each background job last ran. It says nothing about any record, so no act is needed to write it."""

from django.db import models


class JobRun(models.Model):
    """One job of the schedule: when it last ended well, and when it last failed. Both by the database's clock."""

    name = models.CharField(max_length=60, primary_key=True)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
