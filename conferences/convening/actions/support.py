"""What the family needs to take part in a conference: written down, and booked."""

from django.utils import timezone

from conferences.convening.choices import SupportKind, SupportState
from conferences.convening.models import Support
from conferences.convening.queries.support import needed_by, people_of
from conferences.convening.states import SUPPORT
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.people.models import Person
from families.people.queries.merged_records import parts_in


def write_down_needs(conference) -> None:
    """Write down what the records of the people say they need and is not written down yet. Call inside an act."""
    known = set(conference.support.values_list("person", "kind"))
    for person, kind, what in needed_by(conference):
        if (person.pk, kind) not in known:
            Support.objects.create(conference=conference, person=person, kind=kind, what=what)


def add_support(*, by, conference, person, kind, what="") -> Support:
    """Write down something else that somebody needs."""
    if kind not in SupportKind.values:
        raise Invalid("Choose what they need.", "kind")
    with acting(by, Permission.INVITE, on=conference, step="support", kind=str(kind)):
        if not people_of(conference).filter(pk=person.pk).exists():
            raise Invalid("Choose somebody on the list, or a child of this conference.", "person")
        if conference.support.filter(person=person, kind=kind).exists():
            raise Invalid("This need is already recorded for them.", "kind")
        return Support.objects.create(conference=conference, person=person, kind=kind, what=what.strip())


def record_support(*, by, support, state, booked_with="", why_not="") -> Support:
    """Record who was booked, or why nobody was. Raises Invalid where an interpreter is one of the family."""
    booked = state == SupportState.BOOKED
    booked_with, why_not = (booked_with.strip(), "") if booked else ("", why_not.strip())
    if state not in SupportState.values or state == SupportState.NEEDED:
        raise Invalid("Choose what was arranged.", "state")
    if booked and not booked_with:
        raise Invalid("Say who is booked.", "booked_with")
    if not booked and not why_not:
        raise Invalid("Say why.", "why_not")
    with acting(by, Permission.INVITE, on=support.conference, step="support", support=support.pk, state=str(state)):
        if support.kind == SupportKind.INTERPRETER and booked:
            _refuse_a_relative(support, booked_with)
        SUPPORT.move(support, state)
        support.booked_with, support.why_not = booked_with, why_not
        support.recorded_by_id, support.recorded_at = by.id, timezone.now()
        support.save()
    return support


def _refuse_a_relative(support, booked_with) -> None:
    said = booked_with.casefold()
    family = Person.objects.filter(pk__in=parts_in(support.conference.family_id))
    if any(person.full_name.casefold() in said for person in family):
        raise Invalid("Nobody of the family may interpret. Book somebody else.", "booked_with")
