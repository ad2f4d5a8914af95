"""What people are called: now, before, and by others. A name that was once true stays on the record."""

from copy import copy

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.actions.merge import found_as_now
from families.actions.people import membership_of, put
from families.actions.stale import refuse_if_changed
from families.choices import NameKind, Part
from families.models import Person, PersonName
from families.queries.shut import as_open_families_wrote
from families.queries.shut_people import person_shown

NAMES = ("first_name", "last_name", "known_as")


def change_name(
    *, by, family, person, first_name, last_name, known_as="", has_changed=False, since=None, seen=None
) -> Person:
    """The person is called so; where the name ``has_changed``, the old one stays as a former name until ``since``.

    Otherwise the old one was a slip, and only the history of the record keeps it. Somebody who was not known is known.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = membership_of(family, person)
        person.refresh_from_db()
        known = person_shown(by, person, family)
        first_name, last_name, known_as = first_name.strip(), last_name.strip(), known_as.strip()
        given = {"first_name": first_name, "last_name": last_name, "known_as": known_as}
        refuse_if_changed(known, NAMES, seen, given)
        if not last_name:
            raise Invalid("Enter the last name", "last_name")
        if not first_name and not (known.is_unborn and membership.part == Part.CHILD):
            raise Invalid("Enter the first name. If nobody knows it, write “Not known”", "first_name")
        before = (known.first_name, known.last_name)
        if has_changed and not known.is_unknown:
            if before == (first_name, last_name):
                raise Invalid("The first and last name are the same as before", "has_changed")
            if since is None:
                raise Invalid("Enter the day since when this is their name", "since")
            _check_days(known, since, None, by.on, "since")
            former = person.other_names.filter(kind=NameKind.FORMER, to_on__isnull=False).order_by("-to_on")
            latest = next((one for one in as_open_families_wrote(by, former) if one.to_on), None)
            PersonName.objects.create(
                person=person, kind=NameKind.FORMER, first_name=before[0], last_name=before[1], to_on=since,
                from_on=latest.to_on if latest and latest.to_on <= since else None,
            )  # fmt: skip
        now = copy(known)
        now.first_name, now.last_name, now.known_as, now.is_unknown = first_name, last_name, known_as, False
        put(person, known, now)
        found_as_now(person, by.on)
        return person


def add_name(*, by, family, person, kind, first_name="", last_name="", from_on=None, to_on=None) -> PersonName:
    """The person has, or had, this other name too."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership_of(family, person)
        first_name, last_name = first_name.strip(), last_name.strip()
        if not first_name and not last_name:
            raise Invalid("Enter a first name, a last name or both", "first_name")
        if kind not in NameKind.values:
            raise Invalid("Choose what kind of name this is", "kind")
        _check_days(person, from_on, to_on, by.on, "from_on")
        same = person.other_names.filter(kind=kind, first_name__iexact=first_name, last_name__iexact=last_name)
        if as_open_families_wrote(by, same):
            raise Invalid("This name is already recorded", "first_name")
        name = PersonName.objects.create(
            person=person, kind=kind, first_name=first_name, last_name=last_name, from_on=from_on, to_on=to_on
        )
        found_as_now(person, by.on)
        return name


def remove_name(*, by, family, name) -> None:
    """The other name, recorded by mistake, stands only in the history of the record."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=name.person_id, removed=str(name)):
        membership_of(family, name.person)
        PersonName.objects.filter(pk=name.pk).delete()
        found_as_now(name.person, by.on)


def _check_days(person, from_on, to_on, on, field) -> None:
    if from_on and from_on > on:
        raise Invalid("The day must be today or in the past", field)
    if from_on and person.born_on and from_on < person.born_on:
        raise Invalid("The day cannot be before the date of birth", field)
    if from_on and to_on and to_on < from_on:
        raise Invalid("The last day cannot be before the first", "to_on")
