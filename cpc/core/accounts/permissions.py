"""Who may do what, said once: the acts, the roles that may do them, and the viewer who asks.

An app adds what only it knows, at import: which of its records a viewer may see (``sees``), and what else must hold for
one act on one kind of record (``requires``), such as being the chair of *this* conference.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cache

from django.db.models import F, Q

from cpc.core.accounts.choices import CAN_COVER, CoverKind, Role


class Permission(Enum):
    """An act that somebody may do. Names are acts, never pages."""

    # Everybody who works here
    READ_WORK = "read one’s own work list"
    READ_TIMESCALES = "read the timescales"
    # Families
    READ_FAMILY = "read a family’s record"
    RECORD_FAMILY = "record a family"
    READ_LOOKS = "see who has looked at a record"
    MERGE_PEOPLE = "merge two records of one person"
    RESTRICT_FAMILY = "restrict a family and name who may see it"
    DECLARE_CONFLICT = "declare that one knows a family"
    MANAGE_CONFLICTS = "record or end somebody’s conflict of interest"
    OPEN_IN_EMERGENCY = "open a family in an emergency"
    REVIEW_EMERGENCY = "review an emergency access"
    SEARCH_OUT_OF_HOURS = "find a child out of hours"
    READ_CONTACT_DETAILS = "read contact details"
    RECORD_CONTACT_DETAILS = "record contact details"
    READ_PROTECTIONS = "read who may not know what, who must not meet, warnings"
    RECORD_PROTECTIONS = "record who may not know what, who must not meet, warnings"
    AGREE_PROTECTIONS = "agree who may not know what, who must not meet, warnings"
    # Towards a conference
    RECORD_ENQUIRY = "record a strategy discussion or section 47 enquiry"
    REQUEST_CONFERENCE = "ask for a conference"
    AGREE_CONFERENCE = "agree or decline a conference"
    DISPUTE_DECISION = "dispute a decision not to hold a conference"
    READ_CONFERENCE = "read a conference"
    BOOK_CONFERENCE = "book, move or cancel a conference"
    AGREE_CHAIR = "agree a chair who knows the case"
    INVITE = "invite people to a conference"
    CHECK_INVITATIONS = "look through a list of people to invite as a second person"
    INVITE_ALL_THE_SAME = "invite somebody all the same who must not learn something"
    ANSWER_INVITATION = "answer one’s own invitation"
    # What is written
    WRITE_REPORT = "write a report"
    ENTER_REPORT = "enter a report for somebody else"
    APPROVE_REPORT = "approve a social work report"
    REDACT_REPORT = "redact an uploaded report or ask for another version"
    RECORD_CONTRIBUTION = "enter a family member’s contribution"
    RECORD_CHAIR_TALK = "record the chair’s talk with the family"
    # The conference
    HOLD_CONFERENCE = "hold a conference"
    DECIDE = "decide for a child"
    # After it
    READ_PLAN = "read a plan"
    ARRANGE_CORE_GROUP = "arrange a core group"
    ENTER_EARLIER = "enter what happened earlier"
    READ_RECORD = "read the record and letters of a conference"
    DRAFT_RECORD = "draft the record and letters"
    APPROVE_RECORD = "approve the record and letters"
    RELEASE_DOCUMENTS = "release documents to their readers"
    READ_OUTBOX = "read what is being sent"
    SEND_POST = "post and hand out letters"
    CHECK_COPY = "check a copy as a second pair of eyes"
    OVERRIDE_RELEASE_CHECK = "override the release check"
    # The service
    READ_TIMELINESS = "read how timely the service is"
    SET_POLICY = "set limits, words and bank holidays"
    MANAGE_ACCOUNTS = "manage accounts"
    ARRANGE_COVER = "arrange duty and cover for a team"
    IMPORT_RECORDS = "bring in records from another system"
    READ_TRAIL = "read the trail"
    # Jobs and set-up, never a person
    SET_UP = "set up the service"
    RUN_JOBS = "run what is due"

    def allows(self, by, record=None, *, sight=None) -> bool:
        """Whether ``by`` may do this act, on ``record`` where there is one: role, sight of it, its own conditions."""
        if by.kind == "system":
            return True
        if not by.can(self):
            return False
        if record is None:
            return True
        if self not in IN_AN_EMERGENCY:
            by = by.without_emergencies()
        if type(record) not in _SEES or not (sight or can_see)(by, record):
            return False  # nobody has said who may see such a record: closed, like everything that is not opened
        return all(holds(by, record) for holds in _REQUIRES.get((self, type(record)), ()))


P = Permission
# fmt: off
STAFF = {P.READ_WORK, P.READ_TIMESCALES, P.ANSWER_INVITATION, P.DECLARE_CONFLICT}
CASEWORK = STAFF | {
    P.READ_PROTECTIONS, P.RECORD_PROTECTIONS,
    P.OPEN_IN_EMERGENCY,
    P.READ_FAMILY, P.RECORD_FAMILY, P.READ_CONTACT_DETAILS, P.RECORD_CONTACT_DETAILS, P.READ_CONFERENCE,
    P.RECORD_ENQUIRY, P.READ_PLAN, P.READ_RECORD, P.RECORD_CONTRIBUTION, P.DISPUTE_DECISION, P.ENTER_EARLIER,
}  # fmt: skip
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.SOCIAL_WORKER: frozenset(
        CASEWORK | {P.REQUEST_CONFERENCE, P.WRITE_REPORT, P.ARRANGE_CORE_GROUP, P.CHECK_COPY}
        | {P.CHECK_INVITATIONS}
    ),
    Role.TEAM_MANAGER: frozenset(
        CASEWORK
        | {P.AGREE_PROTECTIONS}
        | {P.AGREE_CONFERENCE, P.APPROVE_REPORT, P.READ_LOOKS, P.MERGE_PEOPLE, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK}
        | {P.ARRANGE_COVER, P.RESTRICT_FAMILY, P.MANAGE_CONFLICTS, P.REVIEW_EMERGENCY}
        | {P.CHECK_INVITATIONS, P.INVITE_ALL_THE_SAME}
    ),
    Role.CHAIR: frozenset(
        STAFF
        | {
            P.READ_PROTECTIONS,
            P.READ_FAMILY, P.READ_CONFERENCE, P.RECORD_CHAIR_TALK, P.HOLD_CONFERENCE, P.DECIDE, P.READ_PLAN,
            P.READ_RECORD, P.DRAFT_RECORD, P.APPROVE_RECORD, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK, P.REDACT_REPORT,
            P.OPEN_IN_EMERGENCY, P.CHECK_INVITATIONS, P.INVITE_ALL_THE_SAME,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        STAFF
        | {
            P.READ_PROTECTIONS,
            P.READ_FAMILY, P.READ_CONTACT_DETAILS, P.READ_CONFERENCE, P.BOOK_CONFERENCE, P.INVITE, P.ENTER_REPORT,
            P.REDACT_REPORT,
            P.CHECK_INVITATIONS,
            P.OPEN_IN_EMERGENCY,
            P.RECORD_CONTRIBUTION, P.READ_PLAN, P.READ_RECORD, P.DRAFT_RECORD,
            P.RELEASE_DOCUMENTS, P.READ_OUTBOX, P.SEND_POST, P.CHECK_COPY,
        }
    ),
    Role.SERVICE_MANAGER: frozenset(
        STAFF
        | {
            P.READ_FAMILY, P.READ_CONFERENCE, P.AGREE_CHAIR, P.READ_PLAN, P.READ_RECORD, P.READ_TIMELINESS,
            P.READ_OUTBOX, P.READ_TRAIL, P.READ_LOOKS, P.MERGE_PEOPLE, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK,
            P.ARRANGE_COVER, P.RESTRICT_FAMILY, P.MANAGE_CONFLICTS, P.OPEN_IN_EMERGENCY, P.REVIEW_EMERGENCY,
            P.CHECK_INVITATIONS,
        }
    ),
    Role.PROFESSIONAL: frozenset(
        {
            P.READ_WORK, P.READ_CONFERENCE, P.ANSWER_INVITATION, P.WRITE_REPORT, P.DISPUTE_DECISION, P.READ_RECORD,
            P.DECLARE_CONFLICT,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        STAFF | {P.SET_POLICY, P.MANAGE_ACCOUNTS, P.IMPORT_RECORDS, P.MANAGE_CONFLICTS}
    ),
    Role.OUT_OF_HOURS: frozenset(
        {P.READ_WORK, P.READ_TIMESCALES, P.DECLARE_CONFLICT, P.OPEN_IN_EMERGENCY, P.SEARCH_OUT_OF_HOURS}
    ),
}
# What a family opened in an emergency is open for. Whoever needs more is allocated, named or given cover.
IN_AN_EMERGENCY = frozenset(
    {P.SEARCH_OUT_OF_HOURS, P.RECORD_ENQUIRY, *(each for each in P if each.name.startswith("READ_"))}
)

# fmt: on

_SEES: dict[type, callable] = {}
_REQUIRES: dict[tuple[Permission, type], list[callable]] = {}


def sees(model):
    """Registers ``visible(viewer) -> Q`` as what says which records of ``model`` a viewer may see."""

    def register(visible):
        _SEES[model] = visible
        return visible

    return register


def about_no_family(*models):
    """Registers models whose records anybody may see who may do the act at all: rooms, teams, bank holidays."""
    for model in models:
        sees(model)(lambda viewer: Q())


def requires(model, *permissions):
    """Registers ``holds(by, record) -> bool``: what else must hold for these acts on a record of ``model``."""

    def register(holds):
        for permission in permissions:
            _REQUIRES.setdefault((permission, model), []).append(holds)
        return holds

    return register


def seen_by(viewer, model):
    """The records of ``model`` that ``viewer`` may see: the one road for lists, pages, letters, counts and actions."""
    return model._default_manager.filter(_SEES[model](viewer))


def can_see(viewer, record) -> bool:
    """Whether ``viewer`` may see ``record``; the same answer as the lists give."""
    return viewer.kind == "system" or seen_by(viewer, type(record)).filter(pk=record.pk).exists()


@dataclass(frozen=True)
class Viewer:
    """Who asks, in which roles, on which day. Made once a request; ``id`` is the user's."""

    id: int | None
    name: str
    roles: frozenset[Role]
    on: date
    kind: str = "user"
    team_id: int | None = None
    teams_run: frozenset[int] = frozenset()
    covers: frozenset[int] = frozenset()
    stands_in_for: frozenset[int] = frozenset()
    in_emergency: bool = True
    # What the page was asked for and found, in the order of finding: see web/guards.py.
    found: list = field(default_factory=list, compare=False, repr=False)

    @property
    def teams(self) -> frozenset[int]:
        """Every team by which the viewer works today: their own, those they run, those they cover."""
        return frozenset({*self.teams_run, *self.covers, *([self.team_id] if self.team_id else ())})

    def without_emergencies(self) -> "Viewer":
        """The same viewer, to whom nothing is open that was only opened in an emergency."""
        return replace(self, in_emergency=False)

    def can(self, permission: Permission) -> bool:
        """Whether any role of the viewer's grants the act at all, before any record is looked at."""
        return self.kind == "system" or any(permission in GRANTS[role] for role in self.roles)

    def may(self, permission: Permission, record=None) -> bool:
        """Whether the viewer may do the act on ``record``: what decides if a button is shown."""
        return permission.allows(self, record)

    def may_which(self, record, *permissions: Permission) -> frozenset[Permission]:
        """Those of ``permissions`` by which the viewer may act on ``record``: one page asks for sight of it once."""
        sight = cache(can_see)
        return frozenset(one for one in permissions if one.allows(self, record, sight=sight))

    def holds(self, *roles: Role) -> bool:
        """Whether the viewer holds any of ``roles``."""
        return not self.roles.isdisjoint(roles)


def viewer_of(user, on: date) -> Viewer:
    """The viewer that an active user is on that day (four small queries; nobody at all when not signed in).

    Whoever covers for the manager of a team, and is a team manager, runs that team until the cover ends.
    """
    if not user.is_authenticated or not user.is_active:
        return Viewer(id=None, name="", roles=frozenset(), on=on, kind="nobody")
    roles = frozenset(Role(role) for role in user.roles_held.values_list("role", flat=True))
    covers = _covers(user, on) if roles & CAN_COVER else []
    as_manager = [cover for cover in covers if cover.kind == CoverKind.COVER and Role.TEAM_MANAGER in roles]
    return Viewer(
        id=user.pk,
        name=user.get_full_name(),
        roles=roles,
        on=on,
        team_id=user.team_id,
        teams_run=frozenset({*user.teams_run.values_list("pk", flat=True), *(one.team_id for one in as_manager)}),
        covers=frozenset(cover.team_id for cover in covers),
        stands_in_for=frozenset(one.manager for one in as_manager if one.manager),
    )


def _covers(user, on):
    live = user.team_covers.filter(from_on__lte=on, until_on__gte=on, ended_on__isnull=True)
    return list(live.annotate(manager=F("team__manager")).only("team_id", "kind"))


def system(on: date) -> Viewer:
    """The viewer for jobs, migrations and set-up. It may do everything, and the trail says that it was the system."""
    return Viewer(id=None, name="The system", roles=frozenset(), on=on, kind="system")
