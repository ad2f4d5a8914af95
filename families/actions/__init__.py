"""What people do about families: the only writer. Whatever stands here may be called by name from families.actions."""

from families.actions.birth import record_birth
from families.actions.contact import confirm_contact, record_address, record_contact
from families.actions.family import change_family, record_family
from families.actions.found_by import find_everybody_again
from families.actions.households import add_household, change_household, move_in, move_out
from families.actions.involvement import change_involvement, record_involvement
from families.actions.kin import (
    change_partnership,
    change_relationship,
    end_relationship,
    record_partnership,
    record_relationship,
    remove_relationship,
)
from families.actions.knowing import (
    change_must_not_learn,
    change_protection,
    change_warning,
    record_must_not_learn,
    record_protection,
    record_warning,
)
from families.actions.known import add_known_person
from families.actions.meeting import change_must_not_meet, record_must_not_meet
from families.actions.merge import merge, settle_duplicate, undo_merge
from families.actions.names import add_name, change_name, remove_name
from families.actions.people import add_person, change_person, remove_person
from families.actions.standing import agree, end_entry, look_again, stamp_of_all
from families.actions.ties import Tie, record_ties

__all__ = [
    "Tie",
    "add_household",
    "add_known_person",
    "add_name",
    "add_person",
    "agree",
    "change_family",
    "change_household",
    "change_involvement",
    "change_must_not_learn",
    "change_must_not_meet",
    "change_name",
    "change_partnership",
    "change_person",
    "change_protection",
    "change_relationship",
    "change_warning",
    "confirm_contact",
    "end_entry",
    "end_relationship",
    "find_everybody_again",
    "look_again",
    "merge",
    "move_in",
    "move_out",
    "record_address",
    "record_birth",
    "record_contact",
    "record_family",
    "record_involvement",
    "record_must_not_learn",
    "record_must_not_meet",
    "record_partnership",
    "record_protection",
    "record_relationship",
    "record_ties",
    "record_warning",
    "remove_name",
    "remove_person",
    "remove_relationship",
    "settle_duplicate",
    "stamp_of_all",
    "undo_merge",
]
