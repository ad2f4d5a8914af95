"""Short ways to restrict a family, to open one in an emergency and to ask who sees it, for tests."""

from datetime import date, timedelta

from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import TODAY, viewer
from families.access.actions import cover, emergency, restrictions
from families.access.queries.access import duty_managers
from families.cases.choices import RestrictionKind
from families.cases.models import FamilyAccess

LATER = date(2027, 3, 1)
WHY = "A neighbour heard screaming tonight and rang us"


def sees(user, family, on=TODAY):
    return can_see(viewer(user, on), family)


def the_access(family):
    return FamilyAccess.objects.get(pk=family.pk)


def restricted(council, family, *more, by=None, until=LATER):
    users = council.users
    return restrictions.restrict_family(
        by=viewer(by or users.team_manager), access=the_access(family), kind=RestrictionKind.STAFF, reason="A relative",
        named=[users.social_worker, users.team_manager, *more], until_on=until,
    )  # fmt: skip


def emergency_of(user, family, reason=WHY, *, agreed=True):
    """What was opened by the case number, where a duty manager agreed or none did; nothing where nothing was."""
    agreed_by = duty_managers(viewer(user)).first() if agreed else None
    opened = emergency.open_in_emergency(by=viewer(user), number=family.case_number, reason=reason, agreed_by=agreed_by)
    return opened[0] if opened else None


def give_cover(council, by=None, **changed):
    given = {
        "user": council.users.other_worker, "team": council.team, "kind": CoverKind.DUTY, "from_on": TODAY,
        "until_on": TODAY + timedelta(days=6), "reason": "Duty week",
    } | changed  # fmt: skip
    return cover.give_cover(by=viewer(by or council.users.team_manager), **given)
