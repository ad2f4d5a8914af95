"""Records and changes protections, must-not-learn entries and warnings.

An entry is in force at once. It is agreed if a manager recorded it, or when a manager agrees. If anybody else changes
it, a manager must agree again.
"""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import lines_of
from cpc.core.kernel.refusals import Invalid
from families.people.actions.concurrency import refuse_if_changed, require_family_members
from families.people.actions.reviewing import agreement_by, checked_entry
from families.people.actions.same_names import store_additions_beside
from families.people.choices import Detail, MustNotLearnWhat, Part
from families.people.models import ContactDetails, MustNotLearn, ProtectedFrom, Protection, WarningMarker
from families.people.queries.merged_records import parts_in, records_of_person
from families.protections.actions.reviews import refuse_ended

RECORD = Permission.RECORD_PROTECTIONS
PROTECTION_FIELDS = ("from_everyone", "named", "source", "reason", "told_on", "told_how", "review_on")
MUST_NOT_LEARN_FIELDS = ("words", "source", "reason", "review_on")
WARNING_FIELDS = ("kind", "source", "reason", "review_on", "warns_professionals")


def record_protection(
    *, by, family, person, detail, source, reason, address=None, from_everyone=True, people=(), told_on=None,
    told_how="", review_on=None,
) -> Protection:  # fmt: skip
    """Withhold the person's address, phone or e-mail address: from everyone outside the case, or from ``people`` only.

    Without ``review_on`` the review date comes from the service's limit.
    """
    with acting(by, RECORD, on=family, person=person.pk, detail=str(detail)):
        require_family_members(family, [person, *people])
        _check_detail(person, detail, address)
        given = checked_entry(by, source=source, reason=reason, review_on=review_on)
        _check_readers(person, from_everyone, people)
        entry = Protection.objects.create(
            person=person, detail=detail, address=address, from_everyone=from_everyone,
            **given, **_told_fields(told_on, told_how, by.on), **agreement_by(by, family),
        )  # fmt: skip
        _set_named_readers(entry, people)
        return entry


def change_protection(
    *, by, family, entry, source, reason, from_everyone=True, people=(), told_on=None, told_how="", review_on=None,
    seen=None,
) -> Protection:  # fmt: skip
    """Change the entry. Raises Stale if somebody else saved first."""
    with acting(by, RECORD, on=family, protection=entry.pk):
        require_family_members(family, [entry.person, *people])
        entry.refresh_from_db()
        refuse_ended(entry)
        _check_readers(entry.person, from_everyone, people)
        given = checked_entry(by, source=source, reason=reason, review_on=review_on, entry=entry)
        given |= {"from_everyone": from_everyone, **_told_fields(told_on, told_how, by.on)}
        refuse_if_changed(entry, PROTECTION_FIELDS, seen, given | {"named": sorted(one.pk for one in people)})
        _save(entry, given | agreement_by(by, family))
        _set_named_readers(entry, people)
        return entry


def record_must_not_learn(
    *, by, family, reader, about, what, source, reason, of_child=None, words="", review_on=None
) -> MustNotLearn:
    """Withhold this about ``about`` from ``reader`` in everything the reader gets."""
    with acting(by, RECORD, on=family, reader=reader.pk, of=about.pk, what=str(what)):
        require_family_members(family, [one for one in (reader, about, of_child) if one is not None])
        of_child = of_child if what == MustNotLearnWhat.PATERNITY else None
        if records_of_person(reader) & records_of_person(about):
            raise Invalid("Choose two different people", "about")
        _check_child(family, about, what, of_child)
        words = "\n".join(lines_of(words))
        if what == MustNotLearnWhat.FACT and not words:
            raise Invalid("Enter the words that would give the fact away, one phrase a line", "words")
        same = MustNotLearn.objects.live().filter(reader=reader, about=about, what=what, of_child=of_child)
        if what != MustNotLearnWhat.FACT and same.exists():
            raise Invalid("This is already recorded. Change that entry instead", "what")
        given = checked_entry(by, source=source, reason=reason, review_on=review_on)
        entry = MustNotLearn.objects.create(
            reader=reader, about=about, what=what, of_child=of_child, words=words, **given, **agreement_by(by, family)
        )
        if what == MustNotLearnWhat.EXISTENCE:
            store_additions_beside(about)
        return entry


def change_must_not_learn(
    *, by, family, entry, source, reason, words="", review_on=None, seen=None
) -> MustNotLearn:  # fmt: skip
    """Change the entry. Raises Stale if somebody else saved first."""
    with acting(by, RECORD, on=family, must_not_learn=entry.pk):
        require_family_members(family, [entry.reader, entry.about])
        entry.refresh_from_db()
        refuse_ended(entry)
        given = checked_entry(by, source=source, reason=reason, review_on=review_on, entry=entry)
        given["words"] = "\n".join(lines_of(words))
        if entry.what == MustNotLearnWhat.FACT and not given["words"]:
            raise Invalid("Enter the words that would give the fact away, one phrase a line", "words")
        refuse_if_changed(entry, MUST_NOT_LEARN_FIELDS, seen, given)
        return _save(entry, given | agreement_by(by, family))


def record_warning(
    *, by, family, kind, source, reason, person=None, review_on=None, warns_professionals=False
) -> WarningMarker:
    """Show a warning at the top of the family's pages: about ``person``, or about the whole family.
    ``warns_professionals``: those who are invited to a conference read it on their pages too.
    """
    with acting(by, RECORD, on=family, kind=str(kind)):
        require_family_members(family, [person] if person is not None else [])
        given = checked_entry(by, source=source, reason=reason, review_on=review_on)
        return WarningMarker.objects.create(
            family=family, person=person, kind=kind, warns_professionals=warns_professionals, **given,
            **agreement_by(by, family),
        )  # fmt: skip


def change_warning(
    *, by, family, entry, kind, source, reason, review_on=None, seen=None, warns_professionals=False
) -> WarningMarker:
    """Change the warning. Raises Stale if somebody else saved first."""
    with acting(by, RECORD, on=family, warning=entry.pk):
        if entry.family_id != family.pk:
            raise Invalid("This warning is not about this family")
        entry.refresh_from_db()
        refuse_ended(entry)
        given = checked_entry(by, source=source, reason=reason, review_on=review_on, entry=entry)
        given |= {"kind": kind, "warns_professionals": warns_professionals}
        refuse_if_changed(entry, WARNING_FIELDS, seen, given)
        return _save(entry, given | agreement_by(by, family))


def _check_detail(person, detail, address) -> None:
    live = Protection.objects.live()
    if detail == Detail.ADDRESS:
        if address is None or address.person_id not in records_of_person(person):
            raise Invalid("Choose whose address is protected", "what")
        if live.filter(address=address).exists():
            raise Invalid("This address is already protected. Change that entry instead", "what")
        return
    if not ContactDetails.objects.filter(person=person).exclude(**{detail: ""}).exists():
        raise Invalid(f"No {Detail(detail).label.lower()} of {person.full_name} is recorded", "what")
    if live.filter(person=person, detail=detail).exists():
        raise Invalid("This is already protected. Change that entry instead", "what")


def _check_readers(person, from_everyone, people) -> None:
    if not from_everyone and not people:
        raise Invalid("Select who it is withheld from", "people")
    if any(one.pk in records_of_person(person) for one in people):
        raise Invalid("A person’s own details cannot be withheld from them", "people")


def _told_fields(told_on, told_how, on) -> dict:
    if told_on and told_on > on:
        raise Invalid("The day they were told must be today or in the past", "told_on")
    if bool(told_on) != bool(told_how.strip()):
        field = "told_how" if told_on else "told_on"
        raise Invalid("Give the day on which they were told and how, or leave both empty", field)
    return {"told_on": told_on, "told_how": told_how.strip()}


def _check_child(family, about, what, of_child) -> None:
    if what != MustNotLearnWhat.PATERNITY:
        return
    if of_child is None or parts_in(family).get(of_child.pk) != Part.CHILD or of_child.pk == about.pk:
        raise Invalid("Choose the child whose father they are", "of_child")


def _set_named_readers(entry, people) -> None:
    wanted = {one.pk for one in people}
    entry.withheld_from.exclude(person__in=wanted).delete()
    for pk in sorted(wanted - set(entry.withheld_from.values_list("person_id", flat=True))):
        ProtectedFrom.objects.create(protection=entry, person_id=pk)


def _save(entry, given):
    for field, value in given.items():
        setattr(entry, field, value)
    entry.save()
    return entry
