"""The people around a child: who they are to each other, where they live, who may know what of them."""

from families.people.models.contact import (
    Address,
    AddressManager,
    ContactDetails,
    HouseKeyField,
    ProtectedFrom,
    Protection,
)
from families.people.models.people import (
    Identity,
    Involvement,
    Membership,
    Merge,
    NameWord,
    Person,
    PersonName,
    PossibleDuplicate,
)
from families.people.models.protections import MustNotLearn, MustNotMeet, WarningMarker
from families.people.models.relationships import (
    Household,
    HouseholdMember,
    Partnership,
    Relationship,
    RelationshipQuerySet,
)
from families.people.models.reviewed import ProtectionEntry

__all__ = [
    "Address",
    "AddressManager",
    "ContactDetails",
    "HouseKeyField",
    "Household",
    "HouseholdMember",
    "Identity",
    "Involvement",
    "Membership",
    "Merge",
    "MustNotLearn",
    "MustNotMeet",
    "NameWord",
    "Partnership",
    "Person",
    "PersonName",
    "PossibleDuplicate",
    "ProtectedFrom",
    "Protection",
    "ProtectionEntry",
    "Relationship",
    "RelationshipQuerySet",
    "WarningMarker",
]
