"""Records the households of a family, and people moving in and out."""

from django.db import IntegrityError, transaction

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Household, HouseholdMember
from families.people.queries.merged_records import records_in_family, records_of_person

MAIN = "Main home"
NAME_IN_USE = "There is already a home of this name. Choose another name"


def add_household(*, by, family, name, is_main=False) -> Household:
    """Add a household to the family. If it is the main one, the former main household no longer is."""
    with acting(by, Permission.RECORD_FAMILY, on=family):
        name = _named(family, None, name)
        if is_main:
            _no_main(family)
        return Household.objects.create(family=family, name=name, is_main=is_main)


def change_household(*, by, family, household, name, is_main) -> Household:
    """Change the household's name, and whether it is the main one.

    A family keeps its main household until another is made the main one.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, household=household.pk):
        household = _own(family, household)
        name = _named(family, household, name)
        if household.is_main and not is_main:
            raise Invalid("Open the other home and make it the main home", "is_main")
        if is_main and not household.is_main:
            _no_main(family)
        household.name, household.is_main = name, is_main
        household.save()
        return household


def move_in(*, by, family, household, people, from_on=None, leaving=()) -> list[HouseholdMember]:
    """Move ``people`` into the household on ``from_on`` (None: not known).

    Their stays in the households ``leaving`` end on that day.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, household=household.pk):
        household, people = _own(family, household), list(people)
        if not people:
            raise Invalid("Choose who lives there", "people")
        if not {one.pk for one in people} <= records_in_family(family):
            raise Invalid("Choose people of this family. Reload the page to see who is in it", "people")
        if from_on and from_on > by.on:
            raise Invalid("The day must be today or in the past", "from_on")
        if leaving and not from_on:
            raise Invalid("Enter the day on which they moved", "from_on")
        made = []
        for person in people:
            records = records_of_person(person)
            for stay in HouseholdMember.objects.filter(household__in=leaving, person__in=records, to_on__isnull=True):
                if stay.household_id != household.pk:
                    _end(stay, from_on)
            if HouseholdMember.objects.filter(household=household, person__in=records, to_on__isnull=True).exists():
                raise Invalid(f"{person.full_name} is already recorded as living there", "people")
            before = HouseholdMember.objects.filter(household=household, person__in=records, to_on__gt=from_on or by.on)
            if before.exists():
                raise Invalid(f"{person.full_name} is recorded as living there until a later day", "from_on")
            try:
                with transaction.atomic():
                    made.append(HouseholdMember.objects.create(household=household, person=person, from_on=from_on))
            except IntegrityError:
                raise Invalid(f"{person.full_name} is already recorded as living there", "people") from None
        return made


def move_out(*, by, family, stay, to_on) -> HouseholdMember:
    """End the stay on ``to_on``. It stays on the record."""
    with acting(by, Permission.RECORD_FAMILY, on=family, stay=stay.pk):
        _own(family, stay.household)
        stay.refresh_from_db()
        if stay.to_on:
            raise WrongState("Somebody has already recorded that they moved out.")
        if to_on > by.on:
            raise Invalid("The day must be today or in the past", "to_on")
        _end(stay, to_on, "to_on")
        return stay


def put_at_home(by, family, person, lives_there, on) -> None:
    """Move the person into or out of the main household on ``on`` (None: not known). Call inside ``acting()``."""
    stay = HouseholdMember.objects.filter(household__family=family, household__is_main=True, to_on=None)
    stay = stay.filter(person__in=records_of_person(person))
    if lives_there and not stay.exists():
        home, _ = Household.objects.get_or_create(family=family, is_main=True, defaults={"name": _free_name(family)})
        HouseholdMember.objects.create(household=home, person=person, from_on=on)
    if not lives_there:
        for row in stay:
            _end(row, max(on, row.from_on) if row.from_on else on)


def _end(stay, on, field="from_on") -> None:
    if stay.from_on and on < stay.from_on:
        raise Invalid(f"{stay.person.full_name} moved into {stay.household} after that day. Check the dates", field)
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
