"""Who works with the service: users, the roles they hold, their teams, and the agencies that take part."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from cpc.core.accounts.choices import AgencyKind, CoverKind, Role, TeamKind
from cpc.core.audit.records import recorded


@recorded
class Team(models.Model):
    """A social work team or the conference service; ``manager`` is told when its work is late."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=TeamKind)
    manager = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="teams_run")

    def __str__(self):
        return self.name


@recorded
class Agency(models.Model):
    """An agency that knows children: a school, a GP practice, the police. It may have a shared work e-mail address."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Finds people by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


# Not guarded: signing in writes last_login and the password's new hash without any act of the record's.
@recorded(guarded=False, exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """A person with an account. What they may do follows from the roles they hold (RoleHeld)."""

    email = models.EmailField("email address", unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    job_title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    objects = UserManager()

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}"

    def get_short_name(self):
        return self.first_name


@recorded
class RoleHeld(models.Model):
    """A role that a user holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_row_a_role")]
        indexes = [models.Index(fields=["role"], name="role_held_by")]


@recorded
class RoleRequirement(models.Model):
    """What an administrator asks of everybody who holds a role: a second factor at sign-in."""

    role = models.CharField(max_length=30, choices=Role, unique=True)
    second_factor = models.BooleanField(default=False)


@recorded
class TeamCover(models.Model):
    """A user works for a team that is not theirs, from a day until a day: on duty, or for somebody who is away."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_covers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="covers")
    kind = models.CharField(max_length=10, choices=CoverKind)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day.")
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="Taken back before its time.")

    class Meta:
        indexes = [models.Index(fields=["user", "until_on"], name="cover_user", condition=Q(ended_on__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="cover_ends_after_it_begins")
        ]
