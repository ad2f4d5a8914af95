"""What a service needs before its first conference, in the order in which it is set up, and what is there already."""

from dataclasses import dataclass

from django.urls import reverse

from conferences.convening.models import Room
from cpc.core.accounts.choices import AgencyKind, Role, TeamKind
from cpc.core.accounts.models import Agency, RoleRequirement, Team, User
from cpc.core.accounts.queries import ids_holding, to_vouch_for
from cpc.core.policy.models import LocalWord

# Every child is known to these, so nobody is invited before they are there.
NEEDED = (
    AgencyKind.POLICE, AgencyKind.SCHOOL, AgencyKind.HEALTH_VISITING, AgencyKind.SCHOOL_NURSING, AgencyKind.GP,
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing to set up: what, why, the page where it is done, and whether it is done."""

    what: str
    why: str
    path: str
    is_done: bool


def steps() -> list[Step]:
    """Every step, in order. A fixed number of queries."""
    people, teams = reverse("accounts:add_user"), Team.objects.filter(kind=TeamKind.SOCIAL_WORK)
    agencies = set(Agency.objects.filter(is_active=True).order_by().values_list("kind", flat=True).distinct())
    missing = [kind.label for kind in NEEDED if kind not in agencies]
    holders = {role: ids_holding(role) for role in Role}
    with_team = User.objects.filter(is_active=True, team__kind=TeamKind.SOCIAL_WORK).exists()
    return [
        Step(
            "The council’s name, addresses and phone numbers",
            "Letters print them. Those that come with the software are invented.",
            reverse("policy:words"),
            LocalWord.objects.exists(),
        ),
        Step(
            "A second system administrator",
            "Some changes to accounts need two.",
            people,
            len(holders[Role.SYSTEM_ADMINISTRATOR]) > 1,
        ),
        Step(
            "Two-step sign-in",
            "Choose the roles that must use a code from their phone.",
            reverse("accounts:second_factor"),
            RoleRequirement.objects.filter(second_factor=True).exists(),
        ),
        Step(
            "The conference service’s team",
            "Chairs and conference administrators belong to it.",
            reverse("accounts:add_team"),
            Team.objects.filter(kind=TeamKind.CONFERENCE_SERVICE).exists(),
        ),
        Step(
            "A conference service manager",
            "They review emergencies and look at accounts with wide rights. Somebody outside vouches for the first.",
            people if not holders[Role.SERVICE_MANAGER] else reverse("accounts:users"),
            bool(holders[Role.SERVICE_MANAGER] - {one.pk for one in to_vouch_for()}),
        ),
        Step("A chair", "Somebody holds the conferences.", people, bool(holders[Role.CHAIR])),
        Step(
            "A conference administrator",
            "Somebody books rooms and sends invitations.",
            people,
            bool(holders[Role.ADMINISTRATOR]),
        ),
        Step("The social work teams", "Each family belongs to one.", reverse("accounts:add_team"), teams.exists()),
        Step(
            "A manager for each social work team",
            "They agree requests. Add the person first, then open the team.",
            reverse("accounts:teams"),
            teams.exists() and not teams.filter(manager__isnull=True).exists(),
        ),
        Step("Social workers", "Each with their team.", people, with_team and bool(holders[Role.SOCIAL_WORKER])),
        Step(
            "Agencies",
            f"Still missing: {', '.join(missing)}." if missing else "Each kind that knows most children.",
            reverse("accounts:agencies"),
            not missing,
        ),
        Step(
            "Rooms",
            "A conference administrator enters where conferences are held.",
            reverse("conferences:rooms"),
            Room.objects.exists(),
        ),
        Step(
            "Limits and bank holidays",
            "Read what this service starts with, and change what is different here.",
            reverse("policy:timescales"),
            True,
        ),
    ]
