"""Everything that falls due, gathered from the apps; and which of it concerns one person."""

import conferences.deadlines
import conferences.plans.deadlines
import families.deadlines
import reports.deadlines
from conferences.models import Invitation
from cpc.core.accounts.permissions import seen_by
from families.models import AccessGrant, EmergencyAccess, Family, PossibleDuplicate, SaidConflict

REPORT = "hand_in_report"
# Duties that are not known by the sight of a family, and the record whose sight it is: an invited person sees no
# family, and whoever arranges who may see one may not see it themselves.
KNOWN_BY = {
    REPORT: Invitation,
    "access_ends": AccessGrant,
    "review_emergency": EmergencyAccess,
    "settle_conflict": SaidConflict,
    "likely_duplicate": PossibleDuplicate,
}


def duties(viewer=None) -> list:
    """What everybody must do, soonest due first. A fixed number of queries, whatever is due.

    For one ``viewer`` what is theirs by ``duties_of`` is among it, and little of what is others’.
    """
    whose, on = (None, None) if viewer is None else (frozenset({viewer.id, *viewer.stands_in_for}), viewer.on)
    gathered = [
        *families.deadlines.duties(), *conferences.deadlines.duties(whose, on),
        *conferences.plans.deadlines.duties(whose), *reports.deadlines.duties(whose, on),
    ]  # fmt: skip
    return sorted(gathered, key=lambda duty: (duty.due_on, duty.kind, duty.id))


def duties_of(viewer, all_duties) -> list:
    """Those of ``all_duties`` that are the viewer's to do or to know (or those of a manager for whom they cover), and
    of which they may see what they are about. A query for the families, and one for each kind known by its record."""
    stands_for = (viewer.id, *viewer.stands_in_for)
    mine = [duty for duty in all_duties if any(duty.is_for(one, viewer.on) for one in stands_for)]
    if not mine:
        return mine
    by_family = [duty for duty in mine if duty.kind == REPORT or duty.kind not in KNOWN_BY]
    families = seen_by(viewer, Family).filter(pk__in={duty.family_id for duty in by_family})
    may_see = set(families.values_list("pk", flat=True)) if by_family else set()
    seen = {(duty.kind, duty.id) for duty in by_family if duty.family_id in may_see}
    for kind, model in KNOWN_BY.items():
        if asked := {duty.id for duty in mine if duty.kind == kind}:
            found = seen_by(viewer, model).filter(pk__in=asked).values_list("pk", flat=True)
            seen |= {(kind, pk) for pk in found}
    return [duty for duty in mine if (duty.kind, duty.id) in seen]
