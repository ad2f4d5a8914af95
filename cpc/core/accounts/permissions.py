"""Who may do what, said once: the acts, the roles that may do them, and the viewer who asks.

An app adds what only it knows, at import: which of its records a viewer may see (``sees``), and what else must hold for
one act on one kind of record (``requires``), such as being the chair of *this* conference.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from functools import cache, cached_property, lru_cache, wraps
from threading import local

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from cpc.core.accounts.choices import CAN_COVER, CoverKind, Role
from cpc.core.accounts.compiled_conditions import compiled_once


class Permission(Enum):
    """An act that somebody may do. Names are acts, never pages."""

    # Everybody who works here
    READ_WORK = "read your own work list"
    READ_TIMESCALES = "read the timescales"
    # Families
    READ_FAMILY = "read a family’s record"
    RECORD_FAMILY = "record a family"
    READ_LOOKS = "see who has viewed a record"
    MERGE_PEOPLE = "merge two records of the same person"
    RESTRICT_FAMILY = "restrict a family and name who may see it"
    SETTLE_DIFFERENCES = "resolve differences between two records of a person"
    DECLARE_CONFLICT = "declare that you know a family"
    MANAGE_CONFLICTS = "record or end someone’s conflict of interest"
    OPEN_IN_EMERGENCY = "open a family in an emergency"
    REVIEW_EMERGENCY = "review an emergency access"
    SEARCH_OUT_OF_HOURS = "find a child out of hours"
    READ_CONTACT_DETAILS = "read contact details"
    RECORD_CONTACT_DETAILS = "record contact details"
    READ_PROTECTIONS = "read confidential information"
    RECORD_PROTECTIONS = "record confidential information"
    AGREE_PROTECTIONS = "agree confidential information"
    # Towards a conference
    RECORD_ENQUIRY = "record a strategy discussion or section 47 enquiry"
    SIGN_OFF_ENQUIRY = "sign off an enquiry, or agree another date for it"
    REQUEST_CONFERENCE = "request a conference"
    AGREE_CONFERENCE = "agree or decline a conference"
    DISPUTE_DECISION = "disagree with a decision not to hold a conference"
    ANSWER_DISPUTE = "answer a disagreement about not holding a conference"
    UPHOLD_DISPUTE = "decide, in answer to a disagreement, that a conference is held"
    READ_CONFERENCE = "read a conference"
    BOOK_CONFERENCE = "book, move or cancel a conference"
    DECLARE_INDEPENDENCE = "declare whether you are independent as chair"
    AGREE_CHAIR = "approve a chair who is not independent"
    NAME_ACTING_CHAIR = "name an acting chair"
    CONSIDER_CHILD = "say whether a conference is about an added child"
    INVITE = "invite people to a conference"
    CHECK_INVITATIONS = "check a list of people to invite as a second person"
    INVITE_ALL_THE_SAME = "invite someone although something must be withheld from them"
    ASK_EXCLUSION = "request the exclusion of someone from a conference"
    DECIDE_EXCLUSION = "exclude someone from a conference"
    ANSWER_INVITATION = "reply to your own invitation"
    RECORD_STAYS_AWAY = "record that someone of the family does not want to come"
    RECORD_TAKING_PART = "record who comes with a parent, and what a child wants"
    DECIDE_TAKING_PART = "agree who comes with a parent, and how a child takes part"
    # What is written
    WRITE_REPORT = "write a report"
    ENTER_REPORT = "enter a report for someone else"
    APPROVE_REPORT = "approve a social work report"
    CHECK_REPORT = "check the quality of a report"
    REDACT_REPORT = "redact an uploaded report or ask for another version"
    RECORD_CONTRIBUTION = "enter a family member’s contribution"
    RECORD_CHAIR_TALK = "record the chair’s conversation with the family"
    # The conference
    HOLD_CONFERENCE = "hold a conference"
    DECIDE = "decide for a child"
    CORRECT = "correct what was entered wrongly at a conference"
    # After it
    READ_PLAN = "read a plan"
    ARRANGE_CORE_GROUP = "arrange a core group"
    RUN_CHILD_IN_NEED = "arrange child in need meetings and end the plan"
    NAME_NEED_LEAD = "name the lead worker of a child in need plan"
    END_PLAN = "end a protection plan without a conference"
    ENTER_EARLIER = "add late entries"
    READ_RECORD = "read the record and letters of a conference"
    DRAFT_RECORD = "draft the record and letters"
    APPROVE_RECORD = "approve the record and letters"
    RELEASE_DOCUMENTS = "release documents to their readers"
    READ_OUTBOX = "read what is being sent"
    SEND_POST = "post and hand out letters"
    CHECK_COPY = "check a copy as a second person"
    OVERRIDE_RELEASE_CHECK = "override the release check"
    TAKE_BACK = "take back what went to the wrong reader"
    READ_DATA_INCIDENTS = "read the list of data protection incidents"
    SETTLE_INCIDENT = "settle a data protection incident"
    # The service
    READ_PERFORMANCE = "read performance figures"
    SET_POLICY = "set limits, words and bank holidays"
    MANAGE_ACCOUNTS = "manage accounts"
    KEEP_DIRECTORY = "keep the directory of agencies"
    RUN_SERVICE = "check email and background jobs, and restart email"
    CHECK_ACCOUNTS = "check accounts with wide rights"
    NAME_COVER = "name who covers for you"
    ARRANGE_COVER = "arrange duty and cover for a team"
    HAND_OVER = "hand over someone’s work"
    IMPORT_RECORDS = "import records from another system"
    READ_TRAIL = "read the audit trail"
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
STAFF = {P.READ_WORK, P.READ_TIMESCALES, P.ANSWER_INVITATION, P.DECLARE_CONFLICT, P.NAME_COVER}
CASEWORK = STAFF | {
    P.READ_PROTECTIONS, P.RECORD_PROTECTIONS, P.OPEN_IN_EMERGENCY, P.RECORD_STAYS_AWAY, P.RECORD_TAKING_PART,
    P.ANSWER_DISPUTE,
    P.READ_FAMILY, P.RECORD_FAMILY, P.READ_CONTACT_DETAILS, P.RECORD_CONTACT_DETAILS, P.READ_CONFERENCE,
    P.RECORD_ENQUIRY, P.READ_PLAN, P.READ_RECORD, P.RECORD_CONTRIBUTION, P.DISPUTE_DECISION, P.ENTER_EARLIER,
}  # fmt: skip
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.SOCIAL_WORKER: frozenset(
        CASEWORK | {P.REQUEST_CONFERENCE, P.WRITE_REPORT, P.ARRANGE_CORE_GROUP, P.CHECK_COPY}
        | {P.CHECK_INVITATIONS, P.ASK_EXCLUSION, P.RUN_CHILD_IN_NEED, P.CONSIDER_CHILD}
    ),
    Role.TEAM_MANAGER: frozenset(
        CASEWORK | {P.AGREE_PROTECTIONS, P.UPHOLD_DISPUTE, P.CONSIDER_CHILD, P.SIGN_OFF_ENQUIRY, P.ARRANGE_CORE_GROUP}
        | {P.AGREE_CONFERENCE, P.APPROVE_REPORT, P.READ_LOOKS, P.MERGE_PEOPLE, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK}
        | {P.ARRANGE_COVER, P.HAND_OVER, P.RESTRICT_FAMILY, P.MANAGE_CONFLICTS, P.REVIEW_EMERGENCY, P.NAME_NEED_LEAD}
        | {P.CHECK_INVITATIONS, P.INVITE_ALL_THE_SAME, P.ASK_EXCLUSION, P.END_PLAN, P.RUN_CHILD_IN_NEED, P.TAKE_BACK}
        | {P.SETTLE_INCIDENT}
    ),
    Role.CHAIR: frozenset(STAFF | {
        P.READ_PROTECTIONS, P.RECORD_TAKING_PART, P.DECIDE_TAKING_PART, P.READ_FAMILY, P.READ_CONFERENCE,
        P.RECORD_CHAIR_TALK, P.HOLD_CONFERENCE, P.DECIDE, P.READ_PLAN, P.READ_RECORD, P.DRAFT_RECORD,
        P.APPROVE_RECORD, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK, P.REDACT_REPORT, P.DECLARE_INDEPENDENCE,
        P.OPEN_IN_EMERGENCY, P.CHECK_INVITATIONS, P.INVITE_ALL_THE_SAME, P.DECIDE_EXCLUSION, P.CORRECT, P.TAKE_BACK,
        P.RECORD_STAYS_AWAY, P.CHECK_REPORT,
    }),
    Role.ADMINISTRATOR: frozenset(STAFF | {
        P.READ_PROTECTIONS, P.OPEN_IN_EMERGENCY, P.CHECK_INVITATIONS, P.ASK_EXCLUSION, P.CONSIDER_CHILD,
        P.READ_FAMILY, P.READ_CONTACT_DETAILS, P.READ_CONFERENCE, P.BOOK_CONFERENCE, P.INVITE, P.ENTER_REPORT,
        P.REDACT_REPORT, P.RECORD_CONTRIBUTION, P.READ_PLAN, P.READ_RECORD, P.DRAFT_RECORD, P.KEEP_DIRECTORY,
        P.RELEASE_DOCUMENTS, P.READ_OUTBOX, P.SEND_POST, P.CHECK_COPY, P.RUN_SERVICE, P.TAKE_BACK,
        P.RECORD_TAKING_PART,
    }),
    Role.SERVICE_MANAGER: frozenset(STAFF | {
        P.READ_FAMILY, P.READ_CONFERENCE, P.AGREE_CHAIR, P.READ_PLAN, P.READ_RECORD, P.READ_PERFORMANCE,
        P.READ_OUTBOX, P.READ_TRAIL, P.READ_LOOKS, P.MERGE_PEOPLE, P.CHECK_COPY, P.OVERRIDE_RELEASE_CHECK,
        P.ARRANGE_COVER, P.HAND_OVER, P.RESTRICT_FAMILY, P.MANAGE_CONFLICTS, P.OPEN_IN_EMERGENCY,
        P.REVIEW_EMERGENCY, P.NAME_ACTING_CHAIR, P.END_PLAN, P.TAKE_BACK, P.READ_DATA_INCIDENTS,
        P.SETTLE_INCIDENT,
        P.CHECK_INVITATIONS, P.ANSWER_DISPUTE, P.SETTLE_DIFFERENCES, P.RUN_SERVICE, P.CHECK_ACCOUNTS,
        P.SIGN_OFF_ENQUIRY, P.UPHOLD_DISPUTE,
    }),
    Role.PROFESSIONAL: frozenset(
        {
            P.READ_WORK, P.READ_CONFERENCE, P.ANSWER_INVITATION, P.WRITE_REPORT, P.DISPUTE_DECISION, P.READ_RECORD,
            P.DECLARE_CONFLICT,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        STAFF | {P.SET_POLICY, P.MANAGE_ACCOUNTS, P.HAND_OVER, P.IMPORT_RECORDS, P.MANAGE_CONFLICTS, P.RUN_SERVICE}
        | {P.READ_DATA_INCIDENTS, P.KEEP_DIRECTORY}
    ),
    Role.OUT_OF_HOURS: frozenset(
        {P.READ_WORK, P.READ_TIMESCALES, P.DECLARE_CONFLICT, P.OPEN_IN_EMERGENCY, P.SEARCH_OUT_OF_HOURS}
    ),
}
# What a family opened in an emergency is open for. A user who needs more is allocated, named or given cover.
IN_AN_EMERGENCY = frozenset(
    {P.SEARCH_OUT_OF_HOURS, P.RECORD_ENQUIRY, *(each for each in P if each.name.startswith("READ_"))}
)

# fmt: on

_SEES: dict[type, callable] = {}
_READING: set[type] = set()  # their rule reads the database when it is made: a moment later it may be another
_REQUIRES: dict[tuple[Permission, type], list[callable]] = {}


def sees(*models, reads=False):
    """Registers ``visible(viewer) -> Q`` as what says which records of ``models`` a viewer may see.

    With one model, what it gives back is the rule for a sub-query, as in ``Family.objects.filter(visible(viewer))``:
    compiled to SQL once a viewer, who is new each day. So a rule depends on them and the preset alone; if it ``reads``
    the database it is not compiled. Next to an OR, or row by row, take ``condition``: the database works out a compiled
    sub-query for every record there.
    """

    def register(visible):
        if hasattr(visible, "__wrapped__"):
            raise TypeError("name all models of one rule in one @sees(...): each has its own SQL")
        for model in models:
            _SEES[model] = visible
            if reads:
                _READING.add(model)
        if reads or len(models) > 1:
            return visible
        return wraps(visible)(lambda viewer: _compiled(viewer, models[0]))

    return register


def about_no_family(*models):
    """Registers models that anybody may see who has the permission for the act: rooms, teams, bank holidays."""
    sees(*models)(lambda viewer: Q())


def requires(model, *permissions):
    """Registers ``holds(by, record) -> bool``: what else must hold for these acts on a record of ``model``."""

    def register(holds):
        for permission in permissions:
            _REQUIRES.setdefault((permission, model), []).append(holds)
        return holds

    return register


def condition(viewer: "Viewer", model) -> Q:
    """Which records of ``model`` the viewer may see, as a condition that the database asks of each row."""
    return _SEES[model](viewer)


def seen_by(viewer: "Viewer", model):
    """The records of ``model`` that ``viewer`` may see: the one road for lists, pages, letters, counts and actions."""
    if model in _READING:
        return model._default_manager.filter(condition(viewer, model))
    return _lists.made_once(_SEES[model], model, settings.CPC_PRESET, *_values_of(viewer)).all()


def few_seen_by(viewer: "Viewer", model):
    """The same as ``seen_by``, but quicker to make: for one record or a few, asked for by id, or for a sub-query."""
    return model._default_manager.filter(_compiled(viewer, model))


def can_see(viewer: "Viewer", record) -> bool:
    """Whether ``viewer`` may see ``record``; the same answer as the lists give."""
    return viewer.kind == "system" or few_seen_by(viewer, type(record)).filter(pk=record.pk).exists()


def _compiled(viewer: "Viewer", model) -> Q:
    """``condition`` compiled to SQL, once for each different viewer, for all their requests."""
    if model in _READING:
        return condition(viewer, model)
    return _compiled_once(_SEES[model], model, settings.CPC_PRESET, *_values_of(viewer))


@lru_cache(maxsize=1000)
def _compiled_once(visible, model, preset, *values) -> Q:
    return _to_sql(model, visible(_made_of(values)))


class _Lists(local):
    """The lists of one thread. Django changes a query for a moment while it compiles it, so threads share none."""

    def __init__(self):
        self.made_once = lru_cache(maxsize=60)(_list)


def _list(visible, model, preset, *values):
    return compiled_once(model._default_manager.filter(visible(_made_of(values))))


_lists = _Lists()


def _values_of(viewer: "Viewer") -> tuple:
    return tuple(getattr(viewer, name) for name in _DIFFER_BY)


def _made_of(values) -> "Viewer":
    # Made again from plain values: a kept viewer would keep the request and what its page has found.
    return Viewer(**dict(zip(_DIFFER_BY, values, strict=True)))


def _to_sql(model, asked: Q) -> Q:
    if not asked:
        return asked  # everything: no sub-query is needed
    try:
        sql, params = model._base_manager.filter(asked).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return Q(pk__in=[])
    return Q(pk__in=RawSQL(sql, params))


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
        """Every team that the viewer works for today: their own, those they run, those they cover."""
        return frozenset({*self.teams_run, *self.covers, *([self.team_id] if self.team_id else ())})

    def without_emergencies(self) -> "Viewer":
        """The same viewer, without what was only opened to them in an emergency."""
        return self._without_emergencies if self.in_emergency else self

    @cached_property
    def _without_emergencies(self) -> "Viewer":
        return replace(self, in_emergency=False)

    def can(self, permission: Permission) -> bool:
        """Whether any role of the viewer's grants the act at all, before any record is looked at."""
        return self.kind == "system" or any(permission in GRANTS[role] for role in self.roles)

    def may(self, permission: Permission, record=None) -> bool:
        """Whether the viewer may do the act on ``record``: what decides if a button is shown."""
        return permission.allows(self, record)

    def may_which(self, record, *permissions: Permission) -> frozenset[Permission]:
        """Those of ``permissions`` that let the viewer act on ``record``. Whether they see it is asked once."""
        sight = cache(can_see)
        return frozenset(one for one in permissions if one.allows(self, record, sight=sight))

    def holds(self, *roles: Role) -> bool:
        """Whether the viewer holds any of ``roles``."""
        return not self.roles.isdisjoint(roles)


_DIFFER_BY = tuple(one.name for one in fields(Viewer) if one.compare)  # the fields that make two viewers different


def viewer_of(user, on: date) -> Viewer:
    """The viewer that an active user is on that day (one small query; nobody at all when not signed in).

    A team manager who covers for the manager of another team runs that team until the cover ends. A user who
    covers for one colleague does that colleague’s work.
    """
    if not user.is_authenticated or not user.is_active:
        return Viewer(id=None, name="", roles=frozenset(), on=on, kind="nobody")
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_TEAMS_AND_COVERS, {"user": user.pk, "on": on})
        found = cursor.fetchall()
    roles = frozenset(Role(word) for what, word, *_ in found if what == "role")
    live = [row[1:] for row in found if row[0] == "cover"]
    teams = [(kind, team, manager) for kind, team, absent, manager in live if absent is None and roles & CAN_COVER]
    as_manager = [row for row in teams if row[0] == CoverKind.COVER and Role.TEAM_MANAGER in roles]
    away = {absent for _, _, absent, _ in live if absent}
    return Viewer(
        id=user.pk,
        name=user.get_full_name(),
        roles=roles,
        on=on,
        team_id=user.team_id,
        teams_run=frozenset({row[2] for row in found if row[0] == "runs"} | {team for _, team, _ in as_manager}),
        covers=frozenset(team for _, team, _ in teams),
        stands_in_for=frozenset(away | {manager for *_, manager in as_manager if manager}),
    )


# Written once: every request and every act asks it, and Django takes ten times as long to make it as to ask it.
_ROLES_TEAMS_AND_COVERS = """
    SELECT 'role', role, NULL::bigint, NULL::bigint, NULL::bigint FROM accounts_roleheld WHERE user_id = %(user)s
    UNION ALL
    SELECT 'runs', '', id, NULL, NULL FROM accounts_team WHERE manager_id = %(user)s
    UNION ALL
    SELECT 'cover', cover.kind, cover.team_id, cover.absent_id, team.manager_id
    FROM accounts_teamcover cover JOIN accounts_team team ON team.id = cover.team_id
    WHERE cover.user_id = %(user)s AND cover.ended_on IS NULL AND %(on)s BETWEEN cover.from_on AND cover.until_on
"""


def system(on: date) -> Viewer:
    """The viewer for jobs, migrations and set-up. It may do everything, and the trail says that it was the system."""
    return Viewer(id=None, name="The system", roles=frozenset(), on=on, kind="system")
