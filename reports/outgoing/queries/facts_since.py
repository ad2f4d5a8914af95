"""Whether a copy still tells who its children are: births, deaths and names recorded since the chair approved it."""

from cpc.core.audit.models import Event
from families.people.models import PersonEvent
from reports.outgoing.choices import WrittenKind
from reports.outgoing.models import Copy

FACTS = ("first_name", "last_name", "known_as", "born_on", "died_on")


def has_changed_since_approval(copy: Copy) -> bool:
    """Whether one of the copy’s children was born, died or got another name after the chair approved it or, after a
    correction, approved the record again. Three queries.
    """
    approved_at = _approved_at(copy)
    children = list(copy.children.values_list("child_id", flat=True))
    if approved_at is None or not children:
        return False
    rows = list(
        PersonEvent.objects.filter(pgh_obj__in=children)
        .order_by("pgh_id")
        .values_list("pgh_obj", "pgh_context_id", *FACTS)
    )
    acts = {act for _, act, *_ in rows}
    later = set(Event.objects.filter(pk__in=acts, at__gt=approved_at).values_list("pk", flat=True))
    then = {pk: facts for pk, act, *facts in rows if act not in later}
    now = {pk: facts for pk, _, *facts in rows}
    return any(now[pk] != facts for pk, facts in then.items())


def _approved_at(copy: Copy):
    record = copy.record
    again = record.letters_approved_at if copy.kind == WrittenKind.DECISION_LETTER else record.approved_at
    return max((moment for moment in (copy.document.approved_at, again) if moment), default=None)
