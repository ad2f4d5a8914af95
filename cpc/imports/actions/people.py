"""The people of our own template are written, with where they live and what they are to each other. Inside an act.

Rows have been checked; nothing is asked twice. What is on the record already is left as it is: an empty field is filled
in, a different one is named and kept.
"""

from collections import defaultdict
from itertools import chain

from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Viewer
from cpc.imports.progress import in_parts, stretch
from cpc.imports.queries import families_by_number, people_by_number, users_by_email
from cpc.imports.rules.columns import PEOPLE
from families.cases.models import Family
from families.people.actions.circles import extend_conflicts, record_death_in_every_circle
from families.people.actions.reviewing import checked_entry
from families.people.actions.same_names import store_additions
from families.people.actions.search_index import reindex, store_words
from families.people.choices import Detail, ProtectionSource, SafeContact, Sex
from families.people.models import (
    Address,
    ContactDetails,
    Household,
    HouseholdMember,
    Membership,
    Person,
    Protection,
    Relationship,
)
from families.people.rules.search import search_index

# The column of the template that fills each field of a person.
FIELDS = {
    "first_name": "first_name", "last_name": "last_name", "known_as": "known_as", "born_on": "date_of_birth",
    "expected_on": "expected_on", "died_on": "died_on", "sex": "sex", "ethnicity": "ethnicity",
    "disabilities": "disabilities", "upn": "upn", "no_upn": "no_upn", "nhs_number": "nhs_number",
    "first_language": "first_language",
}  # fmt: skip
NOT_KNOWN = {None, "", Sex.UNKNOWN}


def load_people(rows, viewer: Viewer, tell) -> tuple[dict, list]:
    """(how many of each kind are new, what differs from the record and was kept). ``tell`` is given per cents."""
    counts, notes, rows = defaultdict(int), [], list(rows.get(PEOPLE.name, ()))
    families = _families(rows, viewer, counts, stretch(tell, 0, 20))
    ids = _people(rows, viewer, families, counts, notes, stretch(tell, 20, 90))
    _ties(rows, viewer, ids, counts, stretch(tell, 90, 100))
    return dict(counts), notes


def _families(rows, viewer: Viewer, counts, tell) -> dict[str, Family]:
    found = families_by_number({row["family_number"] for row in rows}, viewer)
    teams = {team.name: team for team in Team.objects.all()}
    workers = users_by_email({row["social_worker_email"] for row in rows})
    new = {}
    for row in rows:
        key = row["family_number"].casefold()
        if key not in found and key not in new:
            new[key] = Family(
                name=row["family_name"], case_number=row["family_number"], team=teams[row["team"]],
                social_worker=workers.get(row["social_worker_email"]), opened_on=row["opened_on"],
                search_index=search_index([row["family_name"], row["family_number"]]),
            )  # fmt: skip
    for part in in_parts(new.values(), tell):
        store_words(name for family in part for name in (family.name, family.case_number))
        Family.objects.bulk_create(part)
        Household.objects.bulk_create(Household(family=family, name="Home", is_main=True) for family in part)
    counts["families"] += len(new)
    return found | new


def _people(rows, viewer: Viewer, families, counts, notes, tell) -> dict[str, int]:
    main = dict(Household.objects.filter(is_main=True, family__in=families.values()).values_list("family", "pk"))
    ids: dict[str, int] = {}
    # The second row of somebody in two families adds that family to the person of the first row.
    firsts = {row["person_id"]: row for row in reversed(rows)}
    seconds = [row for row in rows if firsts[row["person_id"]] is not row]
    for part in chain(in_parts(reversed(firsts.values()), tell), in_parts(seconds, tell)):
        here = people_by_number({row["person_id"] for row in part}, viewer)
        standing = Person.objects.in_bulk([each["id"] for each in here.values()])
        new, filled = {}, defaultdict(set)
        for row in part:
            if row["person_id"] in here:
                person = standing[here[row["person_id"]]["id"]]
                ids[row["person_id"]] = person.pk
                filled[person] |= _fill(person, row, notes)
            else:
                given = {field: row[column] for field, column in FIELDS.items() if row[column] not in (None, "")}
                new[row["person_id"]] = Person(
                    case_system_id=row["person_id"],
                    interpreter_needed=bool(row["interpreter_needed"]),
                    **given,
                    search_index=search_index([row["first_name"] or "", row["last_name"] or "", row["known_as"] or ""]),
                )
        counts["filled_in"] += keep_filled({person: fields for person, fields in filled.items() if fields})
        store_words(name for one in new.values() for name in (one.first_name, one.last_name, one.known_as))
        Person.objects.bulk_create(new.values())
        ids |= {number: person.pk for number, person in new.items()}
        added = [row for row in part if row["person_id"] in new]
        _belong(added, families, main, new)
        _contact(added, new, viewer)
        joined = [row for row in part if _joins(row, here.get(row["person_id"]))]
        _belong(joined, families, main, {number: standing[each["id"]] for number, each in here.items()})
        extend_conflicts([ids[row["person_id"]] for row in joined])
        store_additions({person.pk: person for person in (*new.values(), *standing.values())})
        counts["people"] += len(new)
    return ids


def _joins(row, here) -> bool:
    """Whether somebody of another family is in that of the row from now on too."""
    return here is not None and row["family_number"].casefold() not in here["families"]


def _fill(person, row, notes) -> set[str]:
    """What is empty on the person is as the row says; which fields. What differs goes to ``notes``."""
    filled = set()
    for field, column in FIELDS.items():
        given, stands = row[column], getattr(person, field)
        if given in (None, "", []) or given == stands:
            continue
        if stands in NOT_KNOWN or stands == []:
            setattr(person, field, given)
            filled.add(field)
        else:
            notes.append([PEOPLE.name, row.number, column, "The record says something else. It was left as it is"])
    return filled


def keep_filled(filled) -> int:
    """Saves these fields of each person as the object has them; how many people."""
    if filled:
        Person.objects.bulk_update(filled, sorted(set().union(*filled.values())))
        reindex(*filled)
    for person, fields in filled.items():
        if "died_on" in fields:
            record_death_in_every_circle(person)
    return len(filled)


def _belong(rows, families, main, new) -> None:
    Membership.objects.bulk_create(
        Membership(family=families[row["family_number"].casefold()], person=new[row["person_id"]], part=row["part"])
        for row in rows
    )
    at_home = [row for row in rows if row["in_household"] is not False]
    for row in at_home:
        family = families[row["family_number"].casefold()]
        if family.pk not in main:
            main[family.pk] = Household.objects.create(family=family, name="Home", is_main=True).pk
    HouseholdMember.objects.bulk_create(
        HouseholdMember(household_id=main[families[row["family_number"].casefold()].pk], person=new[row["person_id"]])
        for row in at_home
    )


def _contact(rows, new, viewer: Viewer) -> None:
    workers = users_by_email({row["social_worker_email"] for row in rows if row["safe_contact"] == SafeContact.HAND})
    ContactDetails.objects.bulk_create(
        ContactDetails(
            person=new[row["person_id"]], safe_contact=row["safe_contact"] or SafeContact.UNKNOWN,
            phone=row["phone"] or "", email=row["email"] or "",
            hand_by=workers.get(row["social_worker_email"]) if row["safe_contact"] == SafeContact.HAND else None,
        )
        for row in rows
        if row["safe_contact"] or row["phone"] or row["email"]
    )  # fmt: skip
    with_address = [row for row in rows if row["address"]]
    addresses = Address.objects.bulk_create(
        Address(
            person=new[row["person_id"]], postcode=row["postcode"] or "",
            lines="\n".join(filter(None, (row["address"], (row["country"] or "").upper()))),
        )
        for row in with_address
    )  # fmt: skip
    brought = "Brought in as protected from another system"
    given = checked_entry(viewer, source=ProtectionSource.JUDGEMENT, reason=brought, review_on=None)
    Protection.objects.bulk_create(
        Protection(person=address.person, detail=Detail.ADDRESS, address=address, **given)
        for address, row in zip(addresses, with_address, strict=True)
        if row["address_protected"]
    )  # fmt: skip


def _ties(rows, viewer: Viewer, ids, counts, tell) -> None:
    wanted = {}
    for row in rows:
        for number in row["relationship_to"] or ():
            child = ids.get(number.upper())
            wanted[(child or number.upper(), ids[row["person_id"]])] = row
    elsewhere = people_by_number({child for child, _ in wanted if isinstance(child, str)}, viewer)
    wanted = {(elsewhere[c]["id"] if isinstance(c, str) else c, adult): row for (c, adult), row in wanted.items()}
    here = set(Relationship.objects.filter(adult__in={adult for _, adult in wanted}).values_list("child", "adult"))
    new = [
        Relationship(
            child_id=child, adult_id=adult, kind=row["relationship"], main_carer=bool(row["main_carer"]),
            parental_responsibility=bool(row["parental_responsibility"]),
            responsibility_source=row["responsibility_source"] or "",
        )
        for (child, adult), row in wanted.items()
        if (child, adult) not in here
    ]  # fmt: skip
    for part in in_parts(new, tell):
        Relationship.objects.bulk_create(part)
    counts["relationships"] += len(new)
