"""Who works with the service: users, the roles they hold, their teams, and the agencies that take part."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from cpc.core.accounts.choices import AccountCheckKind, AgencyKind, ContactRole, CoverKind, Role, TeamKind
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
    reference = models.CharField(
        max_length=20,
        blank=True,
        help_text="What others know it by: a school’s URN, a GP practice’s ODS code.",
    )
    email = models.EmailField(blank=True)
    email_is_secure = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)
    address = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="one_agency_a_reference")
        ]

    def __str__(self):
        return self.name


@recorded
class AgencyContact(models.Model):
    """Somebody at an agency to phone about one kind of thing. They need no account."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(max_length=20, choices=ContactRole)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ("role", "name", "pk")

    def __str__(self):
        return self.name


@recorded
class AgencyClosure(models.Model):
    """Days on which nobody at an agency answers or comes: school holidays, a training day."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="closures")
    from_on = models.DateField()
    until_on = models.DateField()
    why = models.CharField(max_length=120)

    class Meta:
        ordering = ("from_on", "pk")
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="closed_from_until")]

    def __str__(self):
        return self.why


class UserManager(BaseUserManager):
    """Finds people by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


# Signing in writes last_login and the password's new hash without any act of the record's.
@recorded(unguarded=("password", "last_login"), exclude=("password", "last_login"))
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
    version = models.PositiveIntegerField(default=1)

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


class TeamCoverQuerySet(models.QuerySet):
    """Covers and absences, narrowed by their days."""

    def live_on(self, day):
        """Those that are in force on that day, a date or an expression."""
        return self.filter(ended_on__isnull=True, from_on__lte=day, until_on__gte=day)


@recorded
class TeamCover(models.Model):
    """A user works for a team that is not theirs, from a day until a day: on duty, or for its manager who is away.

    With ``absent`` they cover for that one user of their own team: the duties of the absent are on their list. Without
    ``user`` nobody covers: the absent is away, and that is all.
    """

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="team_covers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="covers")
    absent = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="covered_by")
    kind = models.CharField(max_length=10, choices=CoverKind)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day.")
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="Taken back before its time.")

    objects = TeamCoverQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "until_on"], name="cover_user", condition=Q(ended_on__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="cover_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(absent__isnull=True) | Q(user__isnull=True) | ~Q(absent=F("user")),
                name="nobody_covers_for_themselves",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(absent__isnull=False), name="cover_names_somebody"
            ),
        ]


@recorded
class AccountCheck(models.Model):
    """Somebody else than who wrote an account looks at it.

    A second account of one person stays closed until another system administrator agrees. An account with wide rights
    is open meanwhile, and is closed if a service manager finds it wrong. Until then it decides about no other account.
    Where no manager can look at it, somebody outside vouches for it: ``vouched_by``, and nobody in ``decided_by``.
    """

    kind = models.CharField(max_length=10, choices=AccountCheckKind)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="checks")
    like = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60, help_text="What was done: a new account, more roles.")
    reason = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_right = models.BooleanField(null=True)
    vouched_by = models.CharField(max_length=200, blank=True, help_text="Who knows the person: a name and a post.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "asked_by"],
                condition=Q(decided_at__isnull=True),
                name="one_open_check_an_account",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_right__isnull=True, vouched_by="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_right__isnull=False, vouched_by="")
                | (
                    Q(decided_by__isnull=True, decided_at__isnull=False, is_right=True)
                    & Q(kind=AccountCheckKind.WIDE)
                    & ~Q(vouched_by="")
                ),
                name="account_check_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user"))),
                name="somebody_else_checks_an_account",
            ),
        ]
