"""Only what protects somebody follows the link between the records of one human being, and every row has its circle."""

import ast
from pathlib import Path

from django.apps import apps

from families.people.actions import circles as moving
from families.people.circles import ROWS
from families.people.models import (
    Address,
    ContactDetails,
    Involvement,
    Merge,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PersonName,
    PossibleDuplicate,
    ProtectedFrom,
    Protection,
    Relationship,
)

ROOT = Path(__file__).resolve().parents[3]
FOLLOWS = "families.people.queries.identity"
# What may follow the link, and what for.
MAY_FOLLOW = {
    "families/protections/queries/withheld.py": "what is kept from a reader, and the facts of the release check",
    "families/protections/queries/entries.py": "whether a second person looks at what leaves",
    "families/people/queries/contact.py": "the way to reach somebody, and who must not meet",
    "families/people/queries/adults.py": "parental responsibility",
    "families/people/queries/duplicates.py": "records that are linked already are no likely duplicates",
    "families/access/queries/circles.py": "what the manager of a restricted family settles with the open ones",
    "families/people/actions/circles.py": "a circle changes, a death, what must be checked again, a confirmed conflict",
    "families/people/actions/same_names.py": "a name that gives no hint of a child who is withheld from somebody",
    "families/people/actions/people.py": "which record the circle holds of somebody who joins, and whose a number is",
    "families/finding/actions.py": "records of two circles are linked",
    "conferences/separation/queries/decisions.py": "who could meet",
    "conferences/separation/queries/pairs.py": "who could meet",
    "conferences/separation/queries/presences.py": "who could meet",
    "conferences/convening/queries/list_checks.py": "whether a second person looks through a list",
    "conferences/convening/queries/uninformed.py": "who must not learn of a child by being invited",
    "cpc/imports/queries.py": "what waits of people whom a restricted family has a record of too",
    "conferences/convening/queries/letter_context.py": "nothing is sent to the dead",
    "conferences/convening/queries/last_told.py": "what somebody was told, and what waits for them",
    "conferences/convening/queries/to_phone.py": "whether a letter told somebody in time",
}
# Facts of a person, which are parted by who wrote them, and what is about two records as such.
PARTED = {
    *(model for model, _ in (*moving.OF_ONE, *moving.OF_SEVERAL)), Protection, ProtectedFrom, Merge, PossibleDuplicate,
    Person,
}  # fmt: skip


def importers():
    for path in ROOT.glob("*/**/*.py"):
        name = path.relative_to(ROOT).as_posix()
        if "/tests/" in name or name.startswith((".", "families/people/queries/identity")) or "/migrations/" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == FOLLOWS:
                yield name
                break


def test_only_the_modules_on_the_list_follow_the_link_between_records():
    assert set(importers()) == set(MAY_FOLLOW)


def test_nobody_reads_the_identity_of_a_person_but_the_module_that_links():
    reads = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("*/**/*.py")
        if "/tests/" not in path.as_posix() and "/migrations/" not in path.as_posix()
        if "identity_id" in path.read_text() or "identity__" in path.read_text()
    ]
    assert set(reads) <= {
        "families/people/actions/circles.py", "families/people/queries/identity.py",
        "families/people/queries/written.py",
    }  # fmt: skip


def test_every_row_that_names_a_person_follows_the_family_or_is_parted_by_who_wrote_it():
    named = {(rows.model, field) for rows in ROWS for field in rows.people}
    for model in apps.get_models():
        if model._meta.proxy or model.__name__.endswith("Event"):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Person and model not in PARTED:
                assert (model, field.name) in named, f"{model.__name__}.{field.name}"
    facts = {Address, ContactDetails, PersonName, Involvement, Relationship, Partnership, MustNotLearn, MustNotMeet}
    assert facts <= PARTED
