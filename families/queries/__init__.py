"""What pages and letters read about families. Whatever stands here may be read by name from families.queries."""

from families.queries.choosing import agencies, professionals, social_workers, teams_for
from families.queries.contact import Reached, address_for_post, contact_of, envelope_of, involvements_of, must_not_meet
from families.queries.duplicates import likely_duplicates, possible_duplicates
from families.queries.household import (
    Home,
    Household,
    Member,
    born_in_words,
    called,
    called_in,
    children_of,
    homes,
    household,
    living_in,
)
from families.queries.knowing import Kept, Knowing, kept_from, secrets_of
from families.queries.lists import ALL, MINE, TEAM, children_too, families_seen
from families.queries.person import Known, parents_in, person_page
from families.queries.same_person import (
    all_records_of,
    everyone_in,
    everyone_who_are,
    everyone_who_is,
    kept_records,
    memberships_of,
    parts_in,
    same_person,
)
from families.queries.search import Found, Hit, families_called, families_meant, search

__all__ = [
    "ALL",
    "MINE",
    "TEAM",
    "Found",
    "Hit",
    "Home",
    "Household",
    "Kept",
    "Knowing",
    "Known",
    "Member",
    "Reached",
    "address_for_post",
    "agencies",
    "all_records_of",
    "born_in_words",
    "called",
    "called_in",
    "children_of",
    "children_too",
    "contact_of",
    "envelope_of",
    "everyone_in",
    "everyone_who_are",
    "everyone_who_is",
    "families_called",
    "families_meant",
    "families_seen",
    "homes",
    "household",
    "involvements_of",
    "kept_from",
    "kept_records",
    "likely_duplicates",
    "living_in",
    "memberships_of",
    "must_not_meet",
    "parents_in",
    "parts_in",
    "person_page",
    "possible_duplicates",
    "professionals",
    "same_person",
    "search",
    "secrets_of",
    "social_workers",
    "teams_for",
]
