"""Duty and cover: somebody works for a team that is not theirs, for a limited time."""

from datetime import timedelta

from cpc.core.accounts.choices import CAN_COVER, CoverKind
from cpc.core.accounts.models import RoleHeld, Team, TeamCover
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import setting
from families.access.queries.cover import is_chair, people_who_may_be_away, who_covers_for
from families.cases.permissions import teams_with_managed_cover
from families.cases.states import COVER, ENDED


def give_cover(*, by, user, team, kind, from_on, until_on, reason) -> TeamCover:
    """Let the user see the team's families from ``from_on`` until ``until_on``, in the roles that they hold."""
    with acting(by, Permission.ARRANGE_COVER, user=user.pk, team=team.pk, reason=reason):
        if not Team.objects.filter(teams_with_managed_cover(by), pk=team.pk).exists():
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
            user=user,
            team=team,
            absent__isnull=True,
            ended_on__isnull=True,
            from_on__lte=until_on,
            until_on__gte=from_on,
        )
        if overlapping.exists():
            raise Invalid(f"{user} already covers {team} on some of these days. End that first", "user")
        return TeamCover.objects.create(
            user=user, team=team, kind=kind, from_on=from_on, until_on=until_on, reason=reason.strip(),
            granted_by_id=by.id,
        )  # fmt: skip


def name_cover(*, by, absent, from_on, until_on, user=None, reason="") -> TeamCover:
    """Let ``user`` cover for ``absent``, a colleague of one team, from ``from_on`` until ``until_on``: what the absent
    must do is on the list of ``user`` too, with its reminders. Everybody names this for themselves, and managers for
    their people. For a chair only the service manager does, because the one who covers decides and signs for the chair.

    Without ``user`` the absent, a chair, is only away: nobody runs their conferences, and none is booked then.
    """
    with acting(by, Permission.NAME_COVER, absent=absent.pk, user=user and user.pk, reason=reason):
        if absent not in people_who_may_be_away(by):
            raise Invalid("Choose yourself, or someone you manage", "absent")
        _refuse_cover(by, absent, user)
        if from_on < by.on:
            raise Invalid("The first day must be today or in the future", "from_on")
        if until_on < from_on:
            raise Invalid("The last day cannot be before the first", "until_on")
        same = TeamCover.objects.filter(
            absent=absent, user=user, ended_on__isnull=True, from_on__lte=until_on, until_on__gte=from_on
        )
        if same.exists():
            said = f"{user} already covers for {absent}" if user else f"{absent} is already away"
            raise Invalid(f"{said} on some of these days. End that first", "user" if user else "from_on")
        return TeamCover.objects.create(
            user=user, team_id=absent.team_id, absent=absent, kind=CoverKind.COVER, from_on=from_on,
            until_on=until_on, reason=reason.strip(), granted_by_id=by.id,
        )  # fmt: skip


def _refuse_cover(by, absent, user) -> None:
    if user is None:
        if not is_chair(absent):
            raise Invalid(f"Choose who covers for {absent}", "user")
        return
    if user not in who_covers_for(absent):
        raise Invalid(f"{user} does not have the same role in {absent}’s team. Choose someone who does", "user")
    if is_chair(absent) and not is_chair(user):
        raise Invalid(f"{user} does not chair conferences. Choose somebody who does", "user")
    if is_chair(absent) and not by.can(Permission.NAME_ACTING_CHAIR):
        raise Invalid("Ask the conference service manager to name who will act for you while you are away", "user")


def end_own_cover(*, by, cover) -> TeamCover:
    """End a cover for the user themselves, or for somebody they manage, before its last day."""
    with acting(by, Permission.NAME_COVER, on=cover):
        if cover.ended_on or cover.until_on < by.on:
            raise WrongState(f"This cover has already ended. {_way(cover)}")
        cover.ended_on = by.on
        cover.save()
        return cover


def end_cover(*, by, cover) -> TeamCover:
    """End the cover: it no longer shows the user the team's families."""
    with acting(by, Permission.ARRANGE_COVER, on=cover):
        if cover.ended_on or cover.until_on < by.on:
            raise WrongState(f"This cover has already ended. {_way(cover)}")
        cover.ended_on = by.on
        cover.save()
        return cover


def _check_user(by, user, team) -> None:
    if user.pk == by.id:
        raise Invalid("You cannot give cover to yourself. Ask another manager", "user")
    if not user.is_active or not RoleHeld.objects.filter(user=user, role__in=CAN_COVER).exists():
        raise Invalid(f"{user} is not a social worker or team manager. Choose somebody who is", "user")
    if user.team_id == team.pk:
        raise Invalid(f"{user} is already in {team}", "user")


def _way(cover) -> str:
    return COVER.way(COVER.now(cover) if cover.ended_on else ENDED)
