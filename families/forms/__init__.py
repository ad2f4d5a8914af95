"""What is asked about families. Thin: what cannot be is refused by the actions."""

from families.forms.contact import AddressForm, ContactForm
from families.forms.family import FamilyForm, InvolvementForm, plausible_search
from families.forms.households import HouseholdForm, MoveInForm, MoveOutForm
from families.forms.kin import ChangeRelationshipForm, EndRelationshipForm, PartnershipForm, RelationshipForm
from families.forms.people import PersonForm, RemoveForm, TiesForm, nearest, ties_given, ties_shown
from families.forms.person import (
    BirthForm,
    IdentityForm,
    NameForm,
    NeedsForm,
    NumbersForm,
    OtherNameForm,
    TakeAwayForm,
    WhoForm,
)
from families.forms.seen import SeenForm

__all__ = [
    "AddressForm",
    "BirthForm",
    "ChangeRelationshipForm",
    "ContactForm",
    "EndRelationshipForm",
    "FamilyForm",
    "HouseholdForm",
    "IdentityForm",
    "InvolvementForm",
    "MoveInForm",
    "MoveOutForm",
    "NameForm",
    "NeedsForm",
    "NumbersForm",
    "OtherNameForm",
    "PartnershipForm",
    "PersonForm",
    "RelationshipForm",
    "RemoveForm",
    "SeenForm",
    "TakeAwayForm",
    "TiesForm",
    "WhoForm",
    "nearest",
    "plausible_search",
    "ties_given",
    "ties_shown",
]
