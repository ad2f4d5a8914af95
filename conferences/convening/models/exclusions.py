"""The chair's decisions that somebody is not at a conference, or gets none of its documents."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet

from conferences.convening.choices import ExclusionGround, ExclusionState, PartInMeeting, ProfessionalGround
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded
from families.people.models import Person

S = ExclusionState
DECIDED = (S.IN_FORCE, S.ENDED)


class Exclusions(QuerySet):
    """Exclusions, with what most readers ask."""

    def in_force(self) -> "Exclusions":
        """Those that the chair decided and has not ended."""
        return self.filter(state=S.IN_FORCE)

    def open(self) -> "Exclusions":
        """Those in force, and the requests that wait for the chair."""
        return self.filter(state__in=(S.REQUESTED, S.IN_FORCE))


@recorded
class Exclusion(models.Model):
    """A request to exclude one family member from one conference, and the chair's decision on it; or the chair's
    decision to exclude a professional (``user``), who is then at no part of the meeting and gets no documents.

    It has two switches: ``meeting`` says how much of the meeting they may be at, and ``no_documents`` that they get no
    reports, record or decision letter. For part of the meeting, the times are those of their invitation. Without
    ``until_on`` it ends with this conference; it is never carried over to the next one.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="exclusions"
    )
    state = models.CharField(max_length=10, choices=ExclusionState)
    asked_by = models.CharField(max_length=200, help_text="Who asked for it, as the chair was told.")
    ground = models.CharField(max_length=20, choices=[*ExclusionGround.choices, *ProfessionalGround.choices])
    evidence = models.TextField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    meeting = models.CharField(max_length=5, choices=PartInMeeting, blank=True)
    no_documents = models.BooleanField(default=False, help_text="No reports, no record and no decision letter.")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True, blank=True, help_text="Empty: until the end of this conference.")
    how_heard = models.TextField(blank=True, help_text="How their views will be heard, in words to them.")
    letter_words = models.TextField(blank=True, help_text="Why, in words to them that the chair confirmed as safe.")
    record_words = models.TextField(blank=True, help_text="What every copy of the record says, in neutral words.")
    decline_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    letter_sent_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = Exclusions.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"],
                condition=Q(state__in=(S.REQUESTED, S.IN_FORCE)),
                name="one_open_exclusion_a_person",
            ),
            models.UniqueConstraint(
                fields=["conference", "user"], condition=Q(state=S.IN_FORCE), name="one_exclusion_a_professional"
            ),
            models.CheckConstraint(
                name="exclusion_is_about_one",
                condition=Q(person__isnull=False, user__isnull=True, ground__in=ExclusionGround.values)
                | (
                    Q(person__isnull=True, user__isnull=False, ground__in=ProfessionalGround.values)
                    & ~Q(state=S.REQUESTED)
                ),
            ),
            models.CheckConstraint(
                name="exclusion_has_ground_and_evidence", condition=~Q(asked_by="") & ~Q(ground="") & ~Q(evidence="")
            ),
            models.CheckConstraint(
                name="decided_exclusion_is_complete",
                condition=~Q(state__in=DECIDED)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, from_on__isnull=False)
                    & (
                        Q(user__isnull=False, meeting=PartInMeeting.NONE, no_documents=True)
                        | (
                            ~Q(how_heard="")
                            & ~Q(letter_words="")
                            & ~Q(record_words="")
                            & (Q(meeting__in=(PartInMeeting.SOME, PartInMeeting.NONE)) | Q(no_documents=True))
                        )
                    )
                ),
            ),
            models.CheckConstraint(
                name="declined_exclusion_has_reason",
                condition=~Q(state=S.DECLINED)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="ended_exclusion_has_reason",
                condition=~Q(state=S.ENDED) | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="exclusion_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.person.full_name if self.person_id else self.user}: {self.get_state_display()}"

    @property
    def state_shown(self) -> ExclusionState:
        """The state with its label and tone, for the tag component."""
        return ExclusionState(self.state)

    @property
    def is_whole(self) -> bool:
        """Whether they are at no part of the meeting."""
        return self.meeting == PartInMeeting.NONE

    @property
    def is_part(self) -> bool:
        """Whether they are at part of the meeting only."""
        return self.meeting == PartInMeeting.SOME
