"""People for tests: an invented council with its teams, its agencies and somebody in every role."""

import itertools
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from cpc.core.accounts.choices import AgencyKind, Role, TeamKind
from cpc.core.accounts.models import Agency, RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission, Viewer, system, viewer_of
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.audit.tests.remembering import remembered

TODAY = date(2026, 11, 20)  # a Friday
PASSWORD = "correct horse battery 7"
_numbers = itertools.count(1)


def setting_up(on=TODAY):
    """An act of the system's, for what a test needs to find."""
    return acting(system(on=on), Permission.SET_UP)


def last_event() -> Event:
    """The latest act."""
    return Event.objects.latest("at")


def a_team(name="", kind=TeamKind.SOCIAL_WORK, manager=None) -> Team:
    """A team; the manager's account is told which teams it runs."""
    with setting_up():
        return Team.objects.create(name=name or f"Team {next(_numbers)}", kind=kind, manager=manager)


def an_agency(kind=AgencyKind.SCHOOL, name="") -> Agency:
    """An agency of the kind."""
    with setting_up():
        name = name or f"{AgencyKind(kind).label} {next(_numbers)}"
        return Agency.objects.create(name=name, kind=kind)


def a_user(*roles, team=None, agency=None, first_name="", last_name="", password="", **fields) -> User:
    """An active user who holds ``roles``. Give ``password`` only where the test signs in by the form: it is slow."""
    number = next(_numbers)
    with setting_up():
        user = User(
            email=fields.pop("email", f"user{number}@example.org"),
            first_name=first_name or "Sam",
            last_name=last_name or f"Example{number}",
            team=team,
            agency=agency,
            **fields,
        )
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save()
        for role in roles:
            RoleHeld.objects.create(user=user, role=role)
    return user


def viewer(user, on=TODAY) -> Viewer:
    """The viewer that ``user`` is on the day."""
    return viewer_of(User.objects.get(pk=user.pk), on)


@dataclass
class Council:
    """One team with its worker and manager, another team, the conference service, agencies, a professional each."""

    team: Team
    other_team: Team
    service: Team
    users: SimpleNamespace
    agencies: SimpleNamespace
    professionals: SimpleNamespace

    def by(self, name, on=TODAY) -> Viewer:
        """The viewer for ``users.<name>`` or ``professionals.<name>``."""
        return viewer(getattr(self.users, name, None) or getattr(self.professionals, name), on)


@remembered
def a_council(password="") -> Council:
    """The invented council. ``users`` by role's name, with ``other_worker`` and ``other_manager`` of the other team."""
    team, other, service = a_team("North team"), a_team("South team"), a_team(
        "Conference service", TeamKind.CONFERENCE_SERVICE
    )  # fmt: skip
    make = {"password": password} if password else {}
    users = SimpleNamespace(
        social_worker=a_user(Role.SOCIAL_WORKER, team=team, first_name="Priya", last_name="Nandra", **make),
        team_manager=a_user(Role.TEAM_MANAGER, team=team, first_name="Dele", last_name="Okoro", **make),
        other_worker=a_user(Role.SOCIAL_WORKER, team=other, first_name="Tom", last_name="Hale", **make),
        other_manager=a_user(Role.TEAM_MANAGER, team=other, first_name="Ines", last_name="Prior", **make),
        chair=a_user(Role.CHAIR, team=service, first_name="Gwen", last_name="Ashby", **make),
        other_chair=a_user(Role.CHAIR, team=service, first_name="Kofi", last_name="Lund", **make),
        administrator=a_user(Role.ADMINISTRATOR, team=service, first_name="Mo", last_name="Tran", **make),
        service_manager=a_user(Role.SERVICE_MANAGER, team=service, first_name="Ruth", last_name="Vane", **make),
        system_administrator=a_user(Role.SYSTEM_ADMINISTRATOR, first_name="Lee", last_name="Stone", **make),
    )
    with setting_up():
        for one, manager in ((team, "team_manager"), (other, "other_manager"), (service, "service_manager")):
            one.manager = getattr(users, manager)
            one.save()
    agencies = SimpleNamespace(
        school=an_agency(AgencyKind.SCHOOL, "Alder Lane Primary School"),
        police=an_agency(AgencyKind.POLICE, "Police public protection unit"),
        health_visiting=an_agency(AgencyKind.HEALTH_VISITING, "Northside health visiting"),
        midwifery=an_agency(AgencyKind.MIDWIFERY, "Community midwives"),
        gp=an_agency(AgencyKind.GP, "Mill Road Surgery"),
        nursery=an_agency(AgencyKind.NURSERY, "Little Acorns Nursery"),
    )
    titles = {
        "school": "Designated safeguarding lead", "police": "Detective constable", "health_visiting": "Health visitor",
        "midwifery": "Midwife", "gp": "GP", "nursery": "Nursery manager",
    }  # fmt: skip
    professionals = SimpleNamespace(
        **{
            name: a_user(Role.PROFESSIONAL, agency=agency, job_title=titles[name], last_name=f"{name}".title(), **make)
            for name, agency in vars(agencies).items()
        }
    )
    return Council(team, other, service, users, agencies, professionals)
