"""What a user holds that somebody must take over when they leave. Each app registers its kinds in its ``holdings.py``.

A foreign key to a user belongs to a kind, or it is history: it says who once did something. A test finds any other.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cpc.core.accounts.choices import CAN_COVER, Role
from cpc.core.accounts.models import AccountCheck, RoleHeld, Team, TeamCover, User
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by, viewer_of
from cpc.core.accounts.queries import managers
from cpc.core.kernel.phrases import in_sentence
from cpc.core.kernel.refusals import Invalid

KINDS: dict[str, "Kind"] = {}
HISTORY: set[tuple[type, str]] = set()


@dataclass(frozen=True)
class Kind:
    """One kind of thing that a user holds, in the ``field`` of ``model``, and how it is handed over.

    ``held(user, on)`` are the rows that have not ended. ``give(by, row, to)`` hands one over, inside the caller's act;
    ``to`` is None where nobody was chosen or ``may_take`` refuses them, and ``nobody`` says what happens then. Without
    ``who`` there is nobody to choose: the row ends. ``like`` names another kind that is given to the same person.

    It is handed over when the account closes, and also when the user leaves their team (``by_team``) or agency
    (``by_agency``), has to set another password (``by_sign_in``), or has no role of ``roles`` any more; with
    ``any_role``, one role that goes is enough. Where ``follows`` says so of a row, it goes with the family to another
    social worker. Pages say what a row is (``says``) to viewers who may see the family that it is ``about``, or where
    it is about none. While the account stays as it is, only somebody with the permission ``needs`` hands it over.
    """

    key: str
    heading: str
    model: type
    field: str
    held: Callable[[User, date], Any]
    says: Callable[[Any], str]
    give: Callable[[Viewer, Any, User | None], None]
    about: Callable[[Any], Any] = lambda row: row.family
    roles: frozenset[Role] = frozenset()
    any_role: bool = False
    by_team: bool = False
    by_agency: bool = False
    by_sign_in: bool = False
    who: Callable[[User], Any] | None = None
    may_take: Callable[[Any, User, Viewer], bool] = lambda row, user, viewer: True
    nobody: str = ""
    must_name: bool = False
    like: str = ""
    needs: Permission | None = None
    follows: Callable[[Any], bool] = lambda row: False

    @property
    def is_chosen(self) -> bool:
        """Whether a page asks who takes it over."""
        return self.who is not None and not self.like


@dataclass(frozen=True)
class Change:
    """What changes about a user: their account closes, its password ends, or they leave a team, an agency or roles."""

    closes: bool = False
    team: bool = False
    agency: bool = False
    sign_in: bool = False
    roles: frozenset[Role] = frozenset()
    kept: frozenset[Role] = frozenset()

    def touches(self, kind: Kind) -> bool:
        """Whether the user cannot go on holding what is of that kind."""
        lost = bool(kind.roles & self.roles) and (kind.any_role or not kind.roles & self.kept)
        left = (self.team and kind.by_team) or (self.agency and kind.by_agency)
        return self.closes or lost or left or (self.sign_in and kind.by_sign_in)


def change_of(user: User, *, is_active, team, agency, roles, sign_in=False) -> Change | None:
    """What would change about an open account with these answers; None where its holder keeps all that they hold.
    ``sign_in`` is true where its password ends.
    """
    if not user.is_active:
        return None
    before, after = frozenset(map(Role, user.roles_held.values_list("role", flat=True))), frozenset(map(Role, roles))
    is_partner = Role.PROFESSIONAL in after
    team, agency = (None, agency) if is_partner else (team, None)
    change = Change(
        closes=not is_active,
        team=user.team_id is not None and user.team_id != getattr(team, "pk", None),
        agency=user.agency_id is not None and user.agency_id != getattr(agency, "pk", None),
        sign_in=sign_in,
        roles=before - after,
        kept=after,
    )
    return change if change.closes or change.team or change.agency or change.sign_in or change.roles else None


@dataclass
class Holding:
    """What one user holds of one kind, and the people (``who``) who could take it over."""

    kind: Kind
    rows: list[Any]
    who: list[User] = field(default_factory=list)

    def families(self, viewer: Viewer) -> set[int]:
        """The ids of the families that the viewer reads of here."""
        return {about.pk for row in self.seen_by(viewer) if (about := self.kind.about(row)) is not None}

    def described(self, viewer: Viewer) -> list[str]:
        """What the viewer may read of each row, with a count of those that read alike; and how many they may not."""
        said = Counter(self.kind.says(row) for row in self.seen_by(viewer))
        hidden = len(self.rows) - said.total()
        more = [f"{hidden} (details that you cannot see)"] if hidden else []
        return [*(f"{words} ({count})" if count > 1 else words for words, count in said.items()), *more]

    def seen_by(self, viewer: Viewer) -> list[Any]:
        """The rows about a family that the viewer may see, or about none."""
        abouts = [self.kind.about(row) for row in self.rows]
        kinds = {type(one) for one in abouts if one is not None}
        seen = {
            one.pk for kind in kinds for one in few_seen_by(viewer, kind).filter(pk__in=[a.pk for a in abouts if a])
        }
        return [row for row, about in zip(self.rows, abouts, strict=True) if about is None or about.pk in seen]


def register(*kinds: Kind) -> None:
    """Register kinds of things that users hold."""
    KINDS.update((kind.key, kind) for kind in kinds)


def history(model: type, *fields: str) -> None:
    """Say that these foreign keys of ``model`` only tell who once did something, or who it is about."""
    HISTORY.update((model, name) for name in fields)


def what_is_held(user: User, on: date, change: Change | None = None) -> list[Holding]:
    """What the user holds today; or what of it they could not hold any more after ``change``. Two queries a kind."""
    found = []
    for kind in KINDS.values():
        if (change is None or change.touches(kind)) and (rows := list(kind.held(user, on))):
            people = kind.who(user).exclude(pk=user.pk).filter(is_active=True) if kind.is_chosen else ()
            found.append(Holding(kind, rows, list(people)))
    return found


def what_may_be_handed_over(viewer: Viewer, user: User) -> list[Holding]:
    """What the viewer may hand over while the account stays as it is: nothing that needs a permission they do not have,
    and nothing about a family that is closed to them. An administrator who sees no family hands over all the same.
    """
    holdings = [one for one in what_is_held(user, viewer.on) if one.kind.needs is None or viewer.can(one.kind.needs)]
    if viewer.can(Permission.READ_FAMILY):
        holdings = [replace(one, rows=one.seen_by(viewer)) for one in holdings]
    return [one for one in holdings if one.rows]


def give(by: Viewer, holdings: Iterable[Holding], to: dict[str, User | None]) -> dict[str, int]:
    """Hand over each of ``holdings`` to the person that ``to`` has under the key of its kind; call it inside an act.

    Returns how many of each kind the chosen person could not take, for example because they know the family. Raises
    Invalid where the chosen person was not offered, or nobody was chosen and somebody must be.
    """
    left: dict[str, int] = {}
    for holding in holdings:
        kind = holding.kind
        chosen = to.get(kind.like or kind.key)
        if kind.is_chosen and chosen is not None and chosen not in holding.who:
            raise Invalid(f"{chosen} cannot take this over. Choose somebody from the list", kind.key)
        if kind.must_name and chosen is None:
            raise Invalid(f"Choose who takes over: {in_sentence(kind.heading)}", kind.key)
        viewer = viewer_of(chosen, by.on).without_emergencies() if chosen else None
        for row in holding.rows:
            takes = chosen if chosen and kind.may_take(row, chosen, viewer) else None
            if chosen and takes is None:
                left[kind.key] = left.get(kind.key, 0) + 1
            kind.give(by, row, takes)
    return left


def give_with_family(by: Viewer, family, former: Iterable[User], to: User) -> None:
    """Give ``to``, the family’s social worker, what each of the ``former`` people still holds of it: plans that they
    lead, their part and report at conferences to come. Call it inside an act. Two queries a kind and person.
    """
    for user in former:
        for kind in KINDS.values():
            rows = [row for row in kind.held(user, by.on) if kind.about(row) == family and kind.follows(row)]
            viewer = viewer_of(to, by.on).without_emergencies() if rows else None
            for row in rows:
                if kind.may_take(row, to, viewer):
                    kind.give(by, row, to)


def _run_team(by, team, to):
    team.manager = to
    team.save(update_fields=["manager"])


def _end_cover(by, cover, to):
    cover.ended_on = by.on
    cover.save(update_fields=["ended_on"])


register(
    Kind(
        key="teams",
        heading="Teams they manage",
        model=Team,
        field="manager",
        held=lambda user, on: Team.objects.filter(manager=user).order_by("name"),
        says=str,
        give=_run_team,
        about=lambda row: None,
        roles=frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER}),
        who=lambda user: managers(),
        must_name=True,
    ),
    Kind(
        key="covers",
        heading="Duty and cover (this ends)",
        model=TeamCover,
        field="user",
        held=lambda user, on: TeamCover.objects.filter(
            user=user, ended_on__isnull=True, until_on__gte=on
        ).select_related("team", "absent"),
        says=lambda cover: f"{cover.get_kind_display()}: {cover.absent or cover.team}",
        give=_end_cover,
        about=lambda row: None,
        roles=CAN_COVER,
        any_role=True,  # what a cover opens depends on the role: it must not be wider when the role is given back
    ),
)
history(RoleHeld, "user")
history(TeamCover, "granted_by", "absent")
history(AccountCheck, "user", "like", "asked_by", "decided_by")
