"""Who was told by phone or in person how a conference is now, where no letter or e-mail could tell them in time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices import SpokenHow
from conferences.convening.models.invitations import Invitation
from cpc.core.audit.records import recorded


@recorded
class SpokenNews(models.Model):
    """An invited person was told by phone or in person how the conference is now, or somebody tried to tell them.

    ``said`` is what they were told of it, as ``Outgoing.said``; empty where they were not reached.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="spoken_news")
    how = models.CharField(max_length=12, choices=SpokenHow)
    told_by = models.CharField(max_length=200, help_text="Who told them, or tried to.")
    told_on = models.DateField()
    note = models.TextField(blank=True, help_text="What they said, or what was tried.")
    said = models.JSONField(default=dict, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "spoken news"
        constraints = [
            models.CheckConstraint(name="spoken_news_has_by", condition=~Q(told_by="")),
            models.CheckConstraint(
                name="spoken_news_says_what",
                condition=Q(how=SpokenHow.NOT_REACHED, said={}) & ~Q(note="")
                | ~Q(how=SpokenHow.NOT_REACHED) & ~Q(said={}),
            ),
        ]

    def __str__(self):
        return f"{self.get_how_display()}: {self.invitation.name}"
