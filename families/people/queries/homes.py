"""Who lives in which household of a family, and who lived there before."""

from dataclasses import dataclass

from django.db.models import F

from families.people import models
from families.people.models import HouseholdMember


@dataclass(frozen=True)
class Home:
    """One household: who lives there, and who lived there before (each with from and to)."""

    household: models.Household
    now: tuple[HouseholdMember, ...]
    before: tuple[HouseholdMember, ...]


def homes(family) -> list[Home]:
    """The households of the family, the main one first (two queries).

    ``FamilyMembers.member`` says how people are named.
    """
    found = list(family.households.order_by("-is_main", "pk"))
    stays = HouseholdMember.objects.filter(household__in=found).select_related("person", "person__merged_into")
    stays = stays.order_by(F("to_on").desc(nulls_first=True), F("person__born_on").asc(nulls_last=True), "pk")
    stays = _once_each(stays)
    return [
        Home(
            one,
            tuple(stay for stay in stays if stay.household_id == one.pk and stay.to_on is None),
            tuple(stay for stay in stays if stay.household_id == one.pk and stay.to_on is not None),
        )
        for one in found
    ]


def _once_each(stays) -> list[HouseholdMember]:
    found: dict[tuple, HouseholdMember] = {}
    for stay in stays:
        stay.person = stay.person.merged_into or stay.person
        found.setdefault((stay.household_id, stay.person_id, stay.to_on), stay)
    return list(found.values())
