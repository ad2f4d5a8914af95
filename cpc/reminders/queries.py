"""Everything that falls due, gathered from the apps; and which of it concerns one person."""

from conferences.convening import deadlines as convening
from conferences.convening.models import Dispute, Invitation
from conferences.plans import deadlines as plans
from cpc.core.accounts import deadlines as accounts
from cpc.core.accounts.models import AccountCheck, TeamCover, User
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.accounts.queries import roles_read_once
from cpc.core.documents import deadlines as documents
from cpc.core.documents.models import DataIncident
from cpc.core.kernel.duties import Asked
from cpc.core.policy.asked_together import asked_together
from cpc.reminders import deadlines as reminders
from cpc.reminders.deadlines import UNSENT
from cpc.reminders.models import UnsentReminder
from families.access import deadlines as access
from families.cases import deadlines as cases
from families.cases.models import AccessGrant, EmergencyAccess, Family, FamilyAccess, SaidConflict
from families.finding import deadlines as finding
from families.people import deadlines as people
from families.people.models import PossibleDuplicate
from families.protections import deadlines as protections
from reports.incoming.models import VersionRequest
from reports.outgoing import deadlines as outgoing

REPORT = "hand_in_report"
# Duties that do not depend on seeing the family, and the record that must be seen instead: an invited person sees no
# family, and those who manage access to one may not see it themselves.
KNOWN_BY = {
    REPORT: Invitation,
    "reply_to_answer": Dispute,
    "send_version": VersionRequest,
    "access_ends": AccessGrant,
    "allocate_family": FamilyAccess,
    "review_emergency": EmergencyAccess,
    "settle_conflict": SaidConflict,
    "settle_difference": FamilyAccess,
    "likely_duplicate": PossibleDuplicate,
    UNSENT: UnsentReminder,
    "name_cover": TeamCover,
    "check_account": AccountCheck,
    "vouch_for_account": User,
    "settle_incident": DataIncident,
}


def duties(asked: Asked | None = None) -> list:
    """What everybody must do, the most serious harm first, then the soonest due; or what is ``asked`` of it.

    A fixed number of queries at most: see ``asked_together``.
    """
    with roles_read_once(), asked_together(asked):
        gathered = [
            *cases.duties(asked), *access.duties(asked), *protections.duties(asked), *finding.duties(asked),
            *people.duties(asked),
            *convening.duties(asked), *plans.duties(asked), *outgoing.duties(asked),
            *reminders.duties(), *accounts.duties(), *documents.duties(),
        ]  # fmt: skip
    return sorted(gathered, key=_place)


def every_duty(viewer: Viewer) -> list:
    """All duties that are the viewer's to do or to know, the most serious harm first, then the soonest due."""
    return duties_of(viewer, duties(Asked(frozenset({viewer.id, *viewer.stands_in_for}), viewer.on)))


def first_duties(viewer: Viewer, wanted: int) -> tuple[list, bool]:
    """At least the ``wanted`` duties of the viewer's that come first, in order, and whether there are more.

    Of each kind only the soonest are read: more where too many of them turn out to be others’ to do. A kind
    that is read in part has one harm, so its soonest duties are also its first ones on the list.
    """
    whose, first = frozenset({viewer.id, *viewer.stands_in_for}), wanted + 1
    while True:
        asked = Asked(whose, viewer.on, first)
        found = duties(asked)
        mine = duties_of(viewer, found)
        if not asked.cut:
            return mine, False
        # Beyond the last that was read of a kind, another of that kind may come next.
        read_to = min(max(_place(duty) for duty in found if duty.kind == kind) for kind in asked.cut)
        known = [duty for duty in mine if _place(duty) <= read_to]
        if len(known) > wanted:
            return known, True
        first *= 4


def _place(duty):
    return duty.harm, duty.due_on, duty.kind, duty.statutory_on or duty.due_on, duty.id


def duties_of(viewer: Viewer, all_duties) -> list:
    """Those of ``all_duties`` that are for the viewer, or for a manager they cover for, and are about something the
    viewer may see. A query for the families, and one for each kind known by its record."""
    stands_for = (viewer.id, *viewer.stands_in_for)
    mine = [duty for duty in all_duties if any(duty.is_for(one, viewer.on) for one in stands_for)]
    if not mine:
        return mine
    by_family = [duty for duty in mine if duty.kind == REPORT or duty.kind not in KNOWN_BY]
    families = few_seen_by(viewer, Family).filter(pk__in={duty.family_id for duty in by_family})
    may_see = set(families.values_list("pk", flat=True)) if by_family else set()
    seen = {(duty.kind, duty.id) for duty in by_family if duty.family_id in may_see}
    for kind, model in KNOWN_BY.items():
        if asked := {duty.id for duty in mine if duty.kind == kind}:
            found = few_seen_by(viewer, model).filter(pk__in=asked).values_list("pk", flat=True)
            seen |= {(kind, pk) for pk in found}
    return [duty for duty in mine if (duty.kind, duty.id) in seen]
