"""What the family needs to take part in a conference: written down, and booked."""

from django.utils import timezone

from conferences.convening.choices import ARRANGED, SupportKind, SupportState
from conferences.convening.models import Support
from conferences.convening.queries.support import needed_by, people_of
from conferences.convening.rules import advocates as rules
from conferences.convening.states import SUPPORT
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.people.queries.merged_records import parts_in
from families.people.queries.names import is_called


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


def record_support(*, by, support, state, booked_with="", why_not="", is_outsider=False) -> Support:
    """Record who was booked, or why nobody was. ``is_outsider`` confirms that an interpreter is neither a relative nor
    a friend of the family. Raises Invalid without it, and where the interpreter has a name of the family.
    """
    booked = state == SupportState.BOOKED
    booked_with, why_not = (booked_with.strip(), "") if booked else ("", why_not.strip())
    if state not in ARRANGED or support.is_advocate:
        raise Invalid("Choose what was arranged.", "state")
    if booked and not booked_with:
        raise Invalid("Say who is booked.", "booked_with")
    if not booked and not why_not:
        raise Invalid("Say why.", "why_not")
    with acting(by, Permission.INVITE, on=support.conference, step="support", support=support.pk, state=str(state)):
        if support.kind == SupportKind.INTERPRETER and booked:
            _refuse_a_relative(support, booked_with, is_outsider)
        SUPPORT.move(support, state)
        support.booked_with, support.why_not = booked_with, why_not
        support.recorded_by_id, support.recorded_at = by.id, timezone.now()
        support.save()
    return support


def record_advocate(
    *, by, support, state, offered_by, offered_on, answered_on=None, referred_to="", referred_on=None, booked_with="",
    why_not="",
) -> Support:  # fmt: skip
    """Record how far an advocate for somebody is arranged: who offered one and when, the answer, to which service they
    were referred, who is booked, or why nobody is. Several steps can be recorded at once.

    Raises Invalid without what the state needs (``rules.advocates``).
    """
    needed = rules.NEEDED.get(state) if support.is_advocate else None
    if needed is None:
        raise Invalid("Choose how far it is arranged.", "state")
    answers = {
        "offered_by": offered_by.strip(), "offered_on": offered_on, "answered_on": answered_on,
        "referred_to": referred_to.strip(), "referred_on": referred_on, "booked_with": booked_with.strip(),
        "why_not": why_not.strip(),
    }  # fmt: skip
    if missing := next((name for name in needed if not answers[name]), None):
        raise Invalid(rules.SENTENCES[missing], missing)
    given = {name: answers[name] for name in needed}
    if state in (SupportState.BOOKED, SupportState.NOT_BOOKED):  # the referral stays as it was recorded
        given |= {"referred_to": support.referred_to, "referred_on": support.referred_on}
    _refuse_days_out_of_order(given, by.on)
    with acting(by, Permission.RECORD_TAKING_PART, on=support.conference, step="advocate", state=str(state)):
        SUPPORT.move(support, state)
        for name in answers:
            setattr(support, name, given.get(name, None if name.endswith("_on") else ""))
        support.recorded_by_id, support.recorded_at = by.id, timezone.now()
        support.save()
    return support


def _refuse_days_out_of_order(given, on) -> None:
    """Raises Invalid at the first day that is in the future, or earlier than what goes before it."""
    before, what = None, ""
    for name, called in (("offered_on", "offer"), ("answered_on", "answer"), ("referred_on", "referral")):
        day = given.get(name)
        if not day:
            continue
        if day > on:
            raise Invalid(f"The day of the {called} cannot be in the future.", name)
        if before and day < before:
            raise Invalid(f"The day of the {called} cannot be before the day of the {what}.", name)
        before, what = day, called


def _refuse_a_relative(support, booked_with, is_outsider) -> None:
    if is_called(parts_in(support.conference.family_id), booked_with):
        raise Invalid("Nobody of the family may interpret. Book somebody else.", "booked_with")
    if not is_outsider:
        raise Invalid("Confirm that the interpreter is not a relative or friend of the family.", "is_outsider")
