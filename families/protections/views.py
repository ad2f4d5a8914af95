"""Pages of protections, must-not-learn and must-not-meet entries, and warnings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission as P
from cpc.core.audit.looks import looked
from cpc.core.audit.versions import versions
from cpc.core.policy.queries import due
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.choices import RECORDED_WITH_ADDRESS, Detail
from families.people.models import Address, Protection
from families.people.queries import household as household_queries
from families.people.queries.contact import contact_of
from families.people.views.members import status
from families.protections import forms
from families.protections.actions import entries, no_contact, reviews
from families.protections.actions.entries import MUST_NOT_LEARN_FIELDS, WARNING_FIELDS
from families.protections.actions.no_contact import MUST_NOT_MEET_FIELDS
from families.protections.queries import entries as entries_queries
from families.protections.queries.entries import MODELS, MUST_NOT_LEARN, MUST_NOT_MEET, PROTECTION, WARNING

FOUND = 302
SECTIONS = (
    (PROTECTION, "Protected addresses, phones and emails", "No address, phone or email is recorded as protected."),
    (MUST_NOT_LEARN, "Information to withhold", "No information to withhold is recorded."),
    (MUST_NOT_MEET, "Who must not meet", "No one is recorded who must not meet."),
    (WARNING, "Warnings", "No warnings are recorded."),
)
CHANGES = {
    PROTECTION: entries.change_protection,
    MUST_NOT_LEARN: entries.change_must_not_learn,
    MUST_NOT_MEET: no_contact.change_must_not_meet,
    WARNING: entries.change_warning,
}


@page(P.READ_PROTECTIONS, methods=("GET",))
def protections(request, pk):
    """Confidential information: every entry of the family as a sentence."""
    viewer = request.viewer
    family = get_or_404(Family, viewer, pk)
    may_read_contact = viewer.may(P.READ_CONTACT_DETAILS, family)
    found = entries_queries.entries_of(family, naming_the_address=may_read_contact)
    _looked(request, family)
    context = {
        "family": family,
        "sections": [(sort, heading, none, found.together(sort)) for sort, heading, none in SECTIONS],
        "ended": found.ended,
        "may_record": viewer.may(P.RECORD_PROTECTIONS, family),
        "may_agree": viewer.may(P.AGREE_PROTECTIONS, family),
        "on": viewer.on,
    }
    return render(request, "families/protections.html", context)


@page(P.RECORD_PROTECTIONS)
def add_protection(request, pk):
    """Withhold an address, phone or e-mail address from everyone outside the case, or from some."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    live = Protection.objects.live().filter(person__in=household.people)
    what = forms.details_to_protect(
        contact_of(household, request.viewer), {(one.person_id, one.detail) for one in live}
    )
    form = _form(
        request, forms.ProtectionForm, family, what=what or [("", "No address, phone or email is recorded yet")],
        people=_readers(household),
    )  # fmt: skip

    def do():
        given = _protection_given(form, household)
        detail, _, number = given.pop("what").partition(":")
        address = Address.objects.select_related("person").get(pk=number) if detail == Detail.ADDRESS else None
        person = (address.person.merged_into or address.person) if address else _person(household, number)
        return entries.record_protection(
            by=request.viewer, family=family, person=person, detail=detail, address=address, **given
        )

    return _answer(request, family, form, do, "Protect an address, phone or email")


@page(P.RECORD_PROTECTIONS)
def change_protection(request, pk, entry):
    """A protection is completed or changed."""
    family, found = _found(request, pk, PROTECTION, entry)
    household = household_queries.household(family, request.viewer)

    def now():
        fresh = entries_queries.records_of(family, PROTECTION).get(pk=found.pk)
        answers = {name: getattr(fresh, name) for name in ("source", "reason", "told_on", "told_how", "review_on")}
        answers["reason"] = "" if fresh.reason == RECORDED_WITH_ADDRESS else fresh.reason
        answers |= {"whom": "everyone" if fresh.from_everyone else "named", "people": [str(pk) for pk in fresh.named]}
        return answers, versions(fresh)

    others = entries_queries.to_complete(family, found)
    form = _form(
        request, forms.ProtectionForm, family, now=now, people=_readers(household, found.person_id), others=others
    )

    def do():
        given = _protection_given(form, household)
        same = set(given.pop("same_for", ()))
        entries.change_protection(by=request.viewer, family=family, entry=found, **given)
        given.pop("seen")
        for one in others:
            if str(one.pk) in same:
                readers = [person for person in given["people"] if person.pk != one.person_id]
                entries.change_protection(by=request.viewer, family=family, entry=one, **given | {"people": readers})

    said = entries_queries.describe_entry(PROTECTION, found, naming_the_address=True).sentence
    answer = _answer(request, family, form, do, "Information to withhold", now=now, lead=said)
    if answer.status_code == FOUND and (left := entries_queries.to_complete(family, found)):
        messages.info(request, f"Now record why the address of {left[0].person.full_name} is protected.")
        return redirect("families:change_protection", pk, left[0].pk)
    return answer


@page(P.RECORD_PROTECTIONS)
def add_must_not_learn(request, pk):
    """What one person must not learn of another."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    form = _form(request, forms.MustNotLearnForm, family, members=household.members)

    def do():
        given = _given(form)
        reader, about, of_child = (_person(household, given.pop(name)) for name in ("reader", "about", "of_child"))
        return entries.record_must_not_learn(
            by=request.viewer, family=family, reader=reader, about=about, of_child=of_child, **given
        )

    return _answer(request, family, form, do, "Information to withhold")


@page(P.RECORD_PROTECTIONS)
def change_must_not_learn(request, pk, entry):
    """An entry of what somebody must not learn is changed."""
    return _change(request, pk, MUST_NOT_LEARN, entry, forms.MustNotLearnForm, MUST_NOT_LEARN_FIELDS)


@page(P.RECORD_PROTECTIONS)
def add_must_not_meet(request, pk):
    """Two people who must not be in the same room."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    form = _form(request, forms.MustNotMeetForm, family, people=_readers(household))

    def do():
        given = _given(form)
        one, other = _person(household, given.pop("one")), _person(household, given.pop("other"))
        return no_contact.record_must_not_meet(by=request.viewer, family=family, one=one, other=other, **given)

    return _answer(request, family, form, do, "Two people who must not meet")


@page(P.RECORD_PROTECTIONS)
def change_must_not_meet(request, pk, entry):
    """Why two people must not meet is changed."""
    return _change(request, pk, MUST_NOT_MEET, entry, forms.MustNotMeetForm, MUST_NOT_MEET_FIELDS)


@page(P.RECORD_PROTECTIONS)
def add_warning(request, pk):
    """A warning for people who work with the family."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    form = _form(request, forms.WarningForm, family, people=household.people)

    def do():
        given = _given(form)
        person = _person(household, given.pop("person", ""))
        return entries.record_warning(by=request.viewer, family=family, person=person, **given)

    return _answer(request, family, form, do, "Add a warning")


@page(P.RECORD_PROTECTIONS)
def change_warning(request, pk, entry):
    """A warning is changed."""
    return _change(request, pk, WARNING, entry, forms.WarningForm, WARNING_FIELDS)


@page(P.AGREE_PROTECTIONS)
def agree(request, pk, sort, entry):
    """A manager agrees to an entry; to one of an address, for everybody who lives there at once."""
    family, found = _together(request, pk, sort, entry)
    rows = [one.record for one in found.everyone]

    def now():
        fresh = MODELS[sort].objects.in_bulk([row.pk for row in rows])
        return {}, versions(*(fresh[row.pk] for row in rows))

    form = _form(request, forms.AgreeForm, family, now=now)

    def do():
        return reviews.agree(by=request.viewer, family=family, entries=rows, **_given(form, seen=True))

    lead = f"{_lead(found).rstrip('.')}. If you do not agree, cancel and end this entry instead."
    return _answer(request, family, form, do, "Do you agree?", now=now, lead=lead, done="Agreed")


@page(P.RECORD_PROTECTIONS)
def look_again(request, pk, sort, entry):
    """Record a review of an entry; for an address, of the entries of everybody who lives there."""
    family, found = _together(request, pk, sort, entry)
    rows = [one.record for one in found.everyone]
    form = _form(request, forms.ReviewEntryForm, family, initial={"review_on": _next_review(request)})

    def do():
        return reviews.review_entries(by=request.viewer, family=family, entries=rows, **form.cleaned_data)

    return _answer(request, family, form, do, "Record a review", lead=_lead(found))


@page(P.RECORD_PROTECTIONS)
def end(request, pk, sort, entry):
    """End an entry."""
    family, found = _found(request, pk, sort, entry)
    form = _form(request, forms.EndForm, family, initial={"ended_on": request.viewer.on})

    def do():
        return reviews.end_entry(by=request.viewer, family=family, entry=found, **form.cleaned_data)

    return _answer(
        request,
        family,
        form,
        do,
        "End this entry",
        lead=_lead(entries_queries.describe_entry(sort, found)),
        done="Ended",
    )


def _change(request, pk, sort, entry, form_class, fields):
    family, found = _found(request, pk, sort, entry)

    def now():
        fresh = MODELS[sort].objects.get(pk=found.pk)
        return {name: getattr(fresh, name) for name in fields}, versions(fresh)

    form = _form(request, form_class, family, now=now)

    def do():
        return CHANGES[sort](by=request.viewer, family=family, entry=found, **_given(form, seen=True))

    said = entries_queries.describe_entry(sort, found).sentence
    return _answer(request, family, form, do, "Change this entry", now=now, lead=said)


def _found(request, pk, sort, entry):
    """The family and the one entry."""
    family, found = _together(request, pk, sort, entry)
    return family, next(one.record for one in found.everyone if one.record.pk == entry)


def _together(request, pk, sort, entry):
    """The family and the entry, with the entries grouped with it."""
    family = get_or_404(Family, request.viewer, pk)
    if sort not in MODELS:
        raise Http404
    for found in entries_queries.entries_of(family).together(sort):
        if any(one.record.pk == entry for one in found.everyone):
            return family, found
    raise Http404


def _form(request, form_class, family, *, now=None, initial=None, **kwargs):
    if now is not None:
        answers, seen = now()
        initial = answers | {"seen": seen}
    initial = initial if initial is not None else {"review_on": _next_review(request)}
    back = reverse("families:protections", args=[family.pk])
    return form_class(request.POST or None, initial=initial, cancel_url=back, **kwargs)


def _answer(request, family, form, do, heading, *, now=None, lead="", done="Saved"):
    """The form, or once it was done the page of all entries."""
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, do, now):
        messages.success(request, done)
        return redirect("families:protections", family.pk)
    _looked(request, family)
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url, "lead": lead}
    return render(request, "layouts/form.html", context, status=status(form))


def _given(form, seen=False) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if seen or name != "seen"}


def _protection_given(form, household) -> dict:
    given = _given(form, seen="what" not in form.fields)
    chosen = set(given.pop("people"))
    given["people"] = [person for person in household.people if str(person.pk) in chosen]
    given["from_everyone"] = given.pop("whom") == "everyone"
    return given


def _person(household, number):
    member = household.member(int(number)) if number else None
    return member.person if member else None


def _readers(household, but=None):
    return [person for person in household.people if not person.is_unborn and person.pk != but]


def _next_review(request):
    return due("protection_review", request.viewer.on).on


def _lead(entry) -> str:
    return f"{entry.sentence} {entry.why}: {entry.record.reason}"


def _looked(request, family):
    looked(request.viewer, children=household_queries.children_of(family), page="who may not know what")
