"""Duty and cover: somebody works for a team that is not theirs, for a limited time."""

from datetime import timedelta

from cpc.core.accounts.choices import CAN_COVER, CoverKind
from cpc.core.accounts.models import RoleHeld, Team, TeamCover
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import setting
from families.permissions import teams_arranged


def give_cover(*, by, user, team, kind, from_on, until_on, reason) -> TeamCover:
    """The user sees the families of the team from ``from_on`` until ``until_on``, in the roles that they hold."""
    with acting(by, Permission.ARRANGE_COVER, user=user.pk, team=team.pk, reason=reason):
        if not Team.objects.filter(teams_arranged(by), pk=team.pk).exists():
            raise Invalid("Choose a team that you run", "team")
        _check_user(by, user, team)
        if kind not in CoverKind.values:
            raise Invalid("Choose what they do for the team", "kind")
        if not reason.strip():
            raise Invalid("Say why they work for the team", "reason")
        if from_on < by.on:
            raise Invalid("The first day must be today or in the future", "from_on")
        if until_on < from_on:
            raise Invalid("The last day cannot be before the first", "until_on")
        last = from_on + timedelta(days=setting("cover_days") - 1)
        if until_on > last:
            raise Invalid(f"The last day can be {in_words(last)} at the latest. Give cover again then", "until_on")
        overlapping = TeamCover.objects.filter(
            user=user, team=team, ended_on__isnull=True, from_on__lte=until_on, until_on__gte=from_on
        )
        if overlapping.exists():
            raise Invalid(f"{user} already covers {team} on some of these days. End that first", "user")
        return TeamCover.objects.create(
            user=user, team=team, kind=kind, from_on=from_on, until_on=until_on, reason=reason.strip(),
            granted_by_id=by.id,
        )  # fmt: skip


def end_cover(*, by, cover) -> TeamCover:
    """The user does not see the families of the team by this cover from now on."""
    with acting(by, Permission.ARRANGE_COVER, on=cover):
        if cover.ended_on or cover.until_on < by.on:
            raise WrongState("This cover is over already.")
        cover.ended_on = by.on
        cover.save()
        return cover


def _check_user(by, user, team) -> None:
    if user.pk == by.id:
        raise Invalid("You cannot give cover to yourself. Ask another manager", "user")
    if not user.is_active or not RoleHeld.objects.filter(user=user, role__in=CAN_COVER).exists():
        raise Invalid(f"{user} is not a social worker or team manager. Choose somebody who is", "user")
    if user.team_id == team.pk:
        raise Invalid(f"{user} is in {team} already", "user")
