"""The people around a child: who they are to each other, where they live, who may know what of them."""

from families.models.access import AccessGrant, DeclaredConflict, EmergencyAccess, FamilyAccess, SaidConflict
from families.models.contact import Address, ContactDetails, ProtectedFrom, Protection
from families.models.involvement import Involvement
from families.models.knowing import MustNotLearn, MustNotMeet, WarningMarker
from families.models.people import Family, Membership, Merge, Person, PersonName, PossibleDuplicate
from families.models.ties import Household, HouseholdMember, Partnership, Relationship

__all__ = [
    "AccessGrant",
    "Address",
    "ContactDetails",
    "DeclaredConflict",
    "EmergencyAccess",
    "Family",
    "FamilyAccess",
    "Household",
    "HouseholdMember",
    "Involvement",
    "Membership",
    "Merge",
    "MustNotLearn",
    "MustNotMeet",
    "Partnership",
    "Person",
    "PersonName",
    "PossibleDuplicate",
    "ProtectedFrom",
    "Protection",
    "Relationship",
    "SaidConflict",
    "WarningMarker",
]
