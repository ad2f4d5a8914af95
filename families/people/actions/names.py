"""Changes people's names: present, former and other names. A former name stays on the record."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.characters import without_invisible
from cpc.core.kernel.refusals import Invalid
from families.people.actions.circles import hold_pending_in_other_circles
from families.people.actions.concurrency import refuse_if_changed
from families.people.actions.people import membership_of
from families.people.actions.search_index import reindex_search
from families.people.choices import NameKind, Part
from families.people.models import Person, PersonName

NAMES = ("first_name", "last_name", "known_as")


def change_name(
    *, by, family, person, first_name, last_name, known_as="", has_changed=False, since=None, seen=None
) -> Person:
    """Change the person's name. If it ``has_changed``, the old one becomes a former name, used until ``since``.

    Otherwise the old name was a mistake, and only the history keeps it. A person not identified becomes identified.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = membership_of(family, person)
        person.refresh_from_db()
        first_name, last_name, known_as = map(without_invisible, (first_name, last_name, known_as))
        given = {"first_name": first_name, "last_name": last_name, "known_as": known_as}
        refuse_if_changed(person, NAMES, seen, given)
        is_unborn = person.is_unborn and membership.part == Part.CHILD
        if not last_name and (is_unborn or not first_name):
            raise Invalid("Enter the last name", "last_name")
        if not first_name and not is_unborn:
            sentence = "Enter the first name, or their only name. If nobody knows it, write “Not known”"
            raise Invalid(sentence, "first_name")
        before = (person.first_name, person.last_name)
        if has_changed and not person.is_unknown:
            if before == (first_name, last_name):
                raise Invalid("The first and last name are the same as before", "has_changed")
            if since is None:
                raise Invalid("Enter the day on which this became their name", "since")
            _check_days(person, since, None, by.on, "since")
            former = person.other_names.filter(kind=NameKind.FORMER, to_on__isnull=False)
            latest = former.order_by("-to_on").first()
            PersonName.objects.create(
                person=person, kind=NameKind.FORMER, first_name=before[0], last_name=before[1], to_on=since,
                from_on=latest.to_on if latest and latest.to_on <= since else None,
            )  # fmt: skip
        person.first_name, person.last_name, person.known_as, person.is_unknown = first_name, last_name, known_as, False
        person.save()
        hold_pending_in_other_circles(family, person)
        reindex_search(person, by.on)
        return person


def add_name(*, by, family, person, kind, first_name="", last_name="", from_on=None, to_on=None) -> PersonName:
    """Record another name that the person has or had."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership_of(family, person)
        first_name, last_name = without_invisible(first_name), without_invisible(last_name)
        if not first_name and not last_name:
            raise Invalid("Enter a first name, a last name or both", "first_name")
        if kind not in NameKind.values:
            raise Invalid("Choose what kind of name this is", "kind")
        _check_days(person, from_on, to_on, by.on, "from_on")
        same = person.other_names.filter(kind=kind, first_name__iexact=first_name, last_name__iexact=last_name)
        if same.exists():
            raise Invalid("This name is already recorded", "first_name")
        name = PersonName.objects.create(
            person=person, kind=kind, first_name=first_name, last_name=last_name, from_on=from_on, to_on=to_on
        )
        hold_pending_in_other_circles(family, person)
        reindex_search(person, by.on)
        return name


def remove_name(*, by, family, name) -> None:
    """Delete another name that was recorded by mistake. The history keeps it."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=name.person_id, removed=str(name)):
        membership_of(family, name.person)
        PersonName.objects.filter(pk=name.pk).delete()
        reindex_search(name.person, by.on)


def _check_days(person, from_on, to_on, on, field) -> None:
    if from_on and from_on > on:
        raise Invalid("The day must be today or in the past", field)
    if from_on and person.born_on and from_on < person.born_on:
        raise Invalid("The day cannot be before the date of birth", field)
    if from_on and to_on and to_on < from_on:
        raise Invalid("The last day cannot be before the first", "to_on")
