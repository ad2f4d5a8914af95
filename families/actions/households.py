"""Who lives with whom: households of a family, and people who move in and out of them."""

from django.db import IntegrityError, transaction

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.models import Household, HouseholdMember
from families.queries.same_person import everyone_in, everyone_who_is
from families.queries.shut_people import name_shown

MAIN = "Main home"
NAME_IN_USE = "There is already a home of this name. Choose another name"


def add_household(*, by, family, name, is_main=False) -> Household:
    """The family has a further household; the one that was the main one is so no more when this one is."""
    with acting(by, Permission.RECORD_FAMILY, on=family):
        name = _named(family, None, name)
        if is_main:
            _no_main(family)
        return Household.objects.create(family=family, name=name, is_main=is_main)


def change_household(*, by, family, household, name, is_main) -> Household:
    """The household is called ``name``, and is the one that the case is about or not.

    A family that has a main household keeps one: it is changed by making another the main one.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, household=household.pk):
        household = _own(family, household)
        name = _named(family, household, name)
        if household.is_main and not is_main:
            raise Invalid("Open the other home and make that one the main home", "is_main")
        if is_main and not household.is_main:
            _no_main(family)
        household.name, household.is_main = name, is_main
        household.save()
        return household


def move_in(*, by, family, household, people, from_on=None, leaving=()) -> list[HouseholdMember]:
    """Each of ``people`` lives in the household from ``from_on`` (None: nobody knows since when).

    They live no longer, from that day, in the households ``leaving``.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, household=household.pk):
        household, people = _own(family, household), list(people)
        if not people:
            raise Invalid("Choose who lives there", "people")
        if not {one.pk for one in people} <= everyone_in(family):
            raise Invalid("Choose people of this family. Reload the page to see who is in it", "people")
        if from_on and from_on > by.on:
            raise Invalid("The day must be today or in the past", "from_on")
        if leaving and not from_on:
            raise Invalid("Enter the day on which they moved", "from_on")
        made = []
        for person in people:
            records = everyone_who_is(person)
            for stay in HouseholdMember.objects.filter(household__in=leaving, person__in=records, to_on__isnull=True):
                if stay.household_id != household.pk:
                    _end(by, stay, from_on)
            if HouseholdMember.objects.filter(household=household, person__in=records, to_on__isnull=True).exists():
                raise Invalid(f"{name_shown(by, person, family)} is already recorded as living there", "people")
            before = HouseholdMember.objects.filter(household=household, person__in=records, to_on__gt=from_on or by.on)
            if before.exists():
                raise Invalid(
                    f"{name_shown(by, person, family)} is recorded as living there until a later day", "from_on"
                )
            try:
                with transaction.atomic():
                    made.append(HouseholdMember.objects.create(household=household, person=person, from_on=from_on))
            except IntegrityError:
                raise Invalid(
                    f"{name_shown(by, person, family)} is already recorded as living there", "people"
                ) from None
        return made


def move_out(*, by, family, stay, to_on) -> HouseholdMember:
    """The person lives there no longer, from ``to_on``; that they did stays on the record."""
    with acting(by, Permission.RECORD_FAMILY, on=family, stay=stay.pk):
        _own(family, stay.household)
        stay.refresh_from_db()
        if stay.to_on:
            raise WrongState("Somebody has already recorded that they moved out.")
        if to_on > by.on:
            raise Invalid("The day must be today or in the past", "to_on")
        _end(by, stay, to_on, "to_on")
        return stay


def put_at_home(by, family, person, lives_there, on) -> None:
    """The person lives in the main household, or no longer, from ``on`` (None: since nobody knows when). In an act."""
    stay = HouseholdMember.objects.filter(household__family=family, household__is_main=True, to_on=None)
    stay = stay.filter(person__in=everyone_who_is(person))
    if lives_there and not stay.exists():
        home, _ = Household.objects.get_or_create(family=family, is_main=True, defaults={"name": _free_name(family)})
        HouseholdMember.objects.create(household=home, person=person, from_on=on)
    if not lives_there:
        for row in stay:
            _end(by, row, max(on, row.from_on) if row.from_on else on)


def _end(by, stay, on, field="from_on") -> None:
    if stay.from_on and on < stay.from_on:
        name = name_shown(by, stay.person, stay.household.family)
        raise Invalid(f"{name} moved into {stay.household} after that day. Check the dates", field)
    stay.to_on = on
    stay.save()


def _own(family, household) -> Household:
    found = Household.objects.select_for_update().filter(family=family, pk=household.pk).first()
    if found is None:
        raise Invalid("This home is not one of this family’s. Reload the page to see which are")
    return found


def _named(family, household, name) -> str:
    name = name.strip()
    if not name:
        raise Invalid("Enter a name for the home, such as “Mum’s home”", "name")
    taken = Household.objects.filter(family=family, name__iexact=name)
    if taken.exclude(pk=getattr(household, "pk", None)).exists():
        raise Invalid(NAME_IN_USE, "name")
    return name


def _free_name(family) -> str:
    taken = Household.objects.filter(family=family, name__iexact=MAIN).exists()
    return f"{MAIN} of the {family}" if taken else MAIN


def _no_main(family) -> None:
    for household in Household.objects.filter(family=family, is_main=True):
        household.is_main = False
        household.save()
