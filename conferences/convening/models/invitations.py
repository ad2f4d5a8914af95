"""Who is invited, why, for which children and how; who attended; and who was invited in spite of a rule."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from conferences.convening.choices import Attendance, FormInTalk, InviteeRole, Reply
from conferences.convening.models.conferences import Conference, Room
from conferences.disclosure.choices import Audience, InviteeKind
from conferences.separation.choices import AttendMode
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.people.models import Person

# Who was invited or attended, or was excluded by the chair before an invitation was sent.
HAD_A_PART = Q(sent_at__isnull=False) | ~Q(attendance=Attendance.UNKNOWN)


@recorded
class Invitation(models.Model):
    """One invited person, with the reason. It opens the conference to a professional from sending until ``ends_on``.

    A proposal has no ``sent_at`` yet. ``user`` is a professional with an account, ``person`` a family member; an agency
    without a named professional has neither.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=20, choices=InviteeKind)
    role = models.CharField(max_length=20, choices=InviteeRole)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    companion = models.ForeignKey(
        "convening.Companion", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Where they come with a parent or carer: who was named, and with whom.",
    )  # fmt: skip
    name = models.CharField(max_length=200, help_text="As shown and printed.")
    reason = models.TextField(help_text="Why this person is invited.")
    is_expected = models.BooleanField(default=True, help_text="Counted when attendance is counted.")
    report_asked = models.BooleanField(default=False)
    report_due_on = models.DateField(null=True, blank=True, help_text="To be shared with the family by.")
    mode = models.CharField(max_length=10, choices=AttendMode, default=AttendMode.ROOM)
    apart = models.BooleanField(default=False, help_text="Comes at a separate time or to a separate room.")
    arrives_at = models.DateTimeField(null=True, blank=True)
    leaves_at = models.DateTimeField(null=True, blank=True, help_text="When their own part ends.")
    entrance = models.CharField(max_length=120, blank=True, help_text="The door by which they come, as they are told.")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    video_link = models.URLField(blank=True, help_text="Their own link, where they come by video apart from the rest.")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day on which it opens the conference.")
    reply = models.CharField(max_length=12, choices=Reply, default=Reply.NONE)
    replied_at = models.DateTimeField(null=True)
    heard_how = models.TextField(blank=True, help_text="How somebody who does not want to come will be heard.")

    # How a member of the family takes part best, as somebody talked about with them. A child's is a ChildPart.
    talked_by = models.CharField(max_length=200, blank=True, help_text="Who talked with them about how to take part.")
    talked_on = models.DateField(null=True, blank=True)
    wanted_mode = models.CharField(max_length=10, choices=AttendMode, blank=True, help_text="As they want to attend.")
    what_helps = models.TextField(blank=True, help_text="What would help them to take part, in their words.")

    # At the conference
    attendance = models.CharField(max_length=12, choices=Attendance, default=Attendance.UNKNOWN)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    attendance_note = models.TextField(blank=True)

    class Meta:
        ordering = ["kind", "role", "id"]
        indexes = [
            models.Index(fields=["user", "conference"], include=["sent_at", "ends_on"], name="invitation_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"], condition=Q(person__isnull=False), name="one_invitation_a_person"
            ),
            models.UniqueConstraint(
                fields=["conference", "user"], condition=Q(user__isnull=False), name="one_invitation_a_user"
            ),
            models.CheckConstraint(
                name="family_is_a_person",
                condition=Q(kind=InviteeKind.FAMILY, person__isnull=False, user__isnull=True)
                | Q(kind=InviteeKind.PROFESSIONAL, person__isnull=True),
            ),
            models.CheckConstraint(
                name="leaves_after_arriving",
                condition=Q(leaves_at__isnull=True) | Q(arrives_at__isnull=True) | Q(leaves_at__gt=F("arrives_at")),
            ),
            models.CheckConstraint(
                name="who_stays_away_is_heard",
                condition=Q(reply=Reply.STAYS_AWAY, person__isnull=False) & ~Q(heard_how="")
                | ~Q(reply=Reply.STAYS_AWAY) & Q(heard_how=""),
            ),
            models.CheckConstraint(
                name="talk_about_taking_part_is_complete",
                condition=Q(talked_by="", talked_on__isnull=True, wanted_mode="", what_helps="")
                | Q(person__isnull=False, talked_on__isnull=False) & ~Q(talked_by="") & ~Q(wanted_mode=""),
            ),
            models.CheckConstraint(
                name="sent_at_has_by",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    @property
    def reader_name(self) -> str:
        """Who reads what is sent for this invitation now; after a handing over ``name`` is still that of who came."""
        return str(self.user) if self.user_id else self.name

    @property
    def role_at_agency(self) -> str:
        """The role and the agency, without saying the same word twice: only “Police protection unit” for the police
        there, and the role alone where the agency itself is invited.
        """
        role = self.get_role_display()
        if self.agency is None or self.agency.name == self.name:
            return role
        return self.agency.name if self.agency.name.startswith(f"{role} ") else f"{role}, {self.agency.name}"

    @property
    def writes_only(self) -> bool:
        """Whether they are asked for a written report, and not to come."""
        return self.mode == AttendMode.REPORT

    @property
    def had_a_part(self) -> bool:
        """Whether they were invited or attended, or the chair excluded them before an invitation was sent: they may get
        documents of the conference. The same as ``HAD_A_PART``.
        """
        return bool(self.sent_at) or self.attendance != Attendance.UNKNOWN

    @property
    def awaits_reply(self) -> bool:
        """Whether they were asked to come and have not replied: not if they only write a report or are excluded."""
        asked = bool(self.sent_at) and not self.writes_only and self.attendance != Attendance.EXCLUDED
        return asked and self.reply == Reply.NONE

    def clear_reply(self) -> None:
        """Take the reply back, without saving: they are asked again."""
        self.reply, self.replied_at, self.heard_how = Reply.NONE, None, ""


@recorded
class InvitationChild(models.Model):
    """A child that an invitation covers: a professional's information or a family member's copy is about this child."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "child"], name="one_row_a_covered_child")]


@recorded
class NotInvited(models.Model):
    """Somebody who would be expected at this conference and is not invited, with the reason.

    A person, or an agency, or (neither) a kind of professional without anybody recorded for ``child``.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="not_invited")
    role = models.CharField(max_length=20, choices=InviteeRole)
    name = models.CharField(max_length=200)
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "not invited"
        constraints = [models.CheckConstraint(name="not_invited_has_reason", condition=~Q(reason=""))]


@recorded
class ChairTalk(models.Model):
    """The chair's talk with a member of the family before the conference, or why there was none."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="chair_talks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    what_was_said = models.TextField(blank=True)
    form = models.CharField(
        max_length=10, choices=FormInTalk, blank=True, help_text="Whether they looked at the family’s form together."
    )
    not_held_reason = models.TextField(blank=True)
    audience = models.CharField(
        max_length=20, choices=Audience, default=Audience.EVERYONE, help_text="Who may read what was said."
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="talk_held_or_reason", condition=Q(held_on__isnull=False) | ~Q(not_held_reason="")
            ),
            models.CheckConstraint(
                name="held_talk_says_whether_about_the_form",
                condition=Q(held_on__isnull=True, form="") | Q(held_on__isnull=False) & ~Q(form=""),
            ),
        ]


@recorded
class InvitedAllTheSame(models.Model):
    """The decision to invite somebody who must not learn of a child or of its father: who decided, and why.

    ``entries`` are the ids of the entries at that time: a new entry needs a new decision.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="all_the_same")
    entries = ArrayField(models.BigIntegerField())
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "invited all the same"
        constraints = [models.CheckConstraint(name="all_the_same_has_reason", condition=~Q(reason=""))]
