"""The people who work with the invented council: one login a role first, then the colleagues who make it look real.

Every address is at example.org, so nothing could ever be delivered; telephone numbers are of the range kept for drama.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from conferences.convening.models import Room
from cpc.core.accounts.choices import AgencyKind, ContactRole, Role, TeamKind
from cpc.core.accounts.models import Agency, RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting

PASSWORD = "practice-makes-perfect"

# (first name, last name, role, job title, team or agency)
LOGINS = (
    ("Sam", "Okafor", Role.SOCIAL_WORKER, "Social worker", "River team"),
    ("Tess", "Lindqvist", Role.TEAM_MANAGER, "Team manager", "River team"),
    ("Cora", "Whitfield", Role.CHAIR, "Conference chair", "Conference service"),
    ("Adele", "Marsh", Role.ADMINISTRATOR, "Conference administrator", "Conference service"),
    ("Piers", "Halloran", Role.PROFESSIONAL, "Designated safeguarding lead", "Larkfield Primary School"),
    ("Helen", "Adeyemi", Role.PROFESSIONAL, "Health visitor", "Health visiting, north"),
    ("Sylvia", "Grant", Role.SERVICE_MANAGER, "Conference service manager", "Conference service"),
    ("Ivo", "Petrov", Role.SYSTEM_ADMINISTRATOR, "System administrator", "Conference service"),
    ("Noor", "Bashir", Role.OUT_OF_HOURS, "Emergency duty social worker", "Out of hours"),
)
COLLEAGUES = (
    ("Nadia", "Rahman", Role.SOCIAL_WORKER, "Social worker", "River team"),
    ("Owen", "Price", Role.SOCIAL_WORKER, "Social worker", "Hill team"),
    ("Grace", "Mbeki", Role.SOCIAL_WORKER, "Social worker", "Hill team"),
    ("Tom", "Varga", Role.TEAM_MANAGER, "Team manager", "Hill team"),
    ("Colm", "Deane", Role.CHAIR, "Conference chair", "Conference service"),
    ("Ruth", "Castell", Role.CHAIR, "Conference chair", "Conference service"),
    ("Bea", "Holt", Role.ADMINISTRATOR, "Conference administrator", "Conference service"),
    ("Nina", "Sorrel", Role.PROFESSIONAL, "School nurse", "School nursing"),
    ("Des", "Arkwright", Role.PROFESSIONAL, "Detective constable", "Police child abuse investigation team"),
    ("Gita", "Rowe", Role.PROFESSIONAL, "GP", "Mill Street Surgery"),
    ("Moira", "Keane", Role.PROFESSIONAL, "Specialist midwife", "Midwifery"),
    ("Lena", "Frost", Role.PROFESSIONAL, "Nursery manager", "Acorn Nursery"),
    ("Hugh", "Tarrant", Role.PROFESSIONAL, "Head of year", "Northgate Academy"),
)
AGENCIES = {
    "Larkfield Primary School": AgencyKind.SCHOOL,
    "Northgate Academy": AgencyKind.SCHOOL,
    "Acorn Nursery": AgencyKind.NURSERY,
    "Health visiting, north": AgencyKind.HEALTH_VISITING,
    "School nursing": AgencyKind.SCHOOL_NURSING,
    "Mill Street Surgery": AgencyKind.GP,
    "Midwifery": AgencyKind.MIDWIFERY,
    "Police child abuse investigation team": AgencyKind.POLICE,
}
TEAMS = {
    "River team": TeamKind.SOCIAL_WORK,
    "Hill team": TeamKind.SOCIAL_WORK,
    "Conference service": TeamKind.CONFERENCE_SERVICE,
}
MANAGERS = {"River team": "tess", "Hill team": "tom", "Conference service": "sylvia"}
ROOMS = ("Oak room", "Elm room", "Ash room")


@dataclass
class Council:
    """Who there is, by e-mail name (``council.users["sam"]``), agency and team."""

    users: dict[str, User] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)

    def with_role(self, role: Role) -> list[User]:
        """The council's people who hold ``role``, in the order of the lists above."""
        return [self.users[first.lower()] for first, last, held, *rest in (*LOGINS, *COLLEAGUES) if held == role]


def make_staff(on) -> Council:
    """The council's teams, agencies, rooms and people exist, and each can sign in with the one password."""
    council = Council()
    # One hash for all: the password is printed on the screen, and twenty hashes would take seconds.
    password = make_password(PASSWORD)
    with acting(system(on), Permission.SET_UP):
        for name, kind in TEAMS.items():
            council.teams[name] = Team.objects.create(name=name, kind=kind)
        for name, kind in AGENCIES.items():
            email = f"{name.split()[0].lower()}@example.org"
            council.agencies[name] = agency = Agency.objects.create(
                name=name, kind=kind, email=email, email_is_secure=kind != AgencyKind.NURSERY, phone="020 7946 0100"
            )
            agency.contacts.create(role=ContactRole.OFFICE, name="Reception", phone="020 7946 0102")
            if kind in (AgencyKind.SCHOOL, AgencyKind.NURSERY):
                first, last = date(on.year, 12, 21), date(on.year + 1, 1, 3)
                agency.closures.create(from_on=first, until_on=last, why="Christmas holidays")
        for first, last, role, title, place in (*LOGINS, *COLLEAGUES):
            user = User.objects.create(
                email=email_of(first), first_name=first, last_name=last, job_title=title, phone="020 7946 0101",
                team=council.teams.get(place), agency=council.agencies.get(place), password=password,
            )  # fmt: skip
            RoleHeld.objects.create(user=user, role=role)
            council.users[first.lower()] = user
        for name, manager in MANAGERS.items():
            team = council.teams[name]
            team.manager = council.users[manager]
            team.save()
        council.rooms = [Room.objects.create(name=name, address="Civic Centre, 1 Example Street") for name in ROOMS]
    return council


def email_of(first_name: str) -> str:
    """The e-mail address with which that person signs in."""
    return f"{first_name.lower()}@example.org"


def login_lines() -> list[str]:
    """One line a role: who, the e-mail address, the password."""
    return [
        f"{role.label:<31} {email_of(first):<22} {PASSWORD}   ({first} {last}, {title})"
        for first, last, role, title, place in LOGINS
    ]


def is_demo() -> bool:
    """Whether this install is a demonstration: only then may it be filled with an invented council."""
    return settings.CPC_DEMO
