"""The case of the rule’s tests, in plain values: Dana fled, and Lewis must not learn where she lives."""

from dataclasses import replace

from families.protections.rules.records import (
    AddressRow,
    ContactNumbers,
    FamilyRecord,
    PersonNames,
    Relation,
    School,
    WithheldFact,
)

DANA, LEWIS, ROSA, THEO, KARIM, ZOE, JEAN = range(1, 8)
NAMES = {
    DANA: ("Dana", "Marlow"), LEWIS: ("Lewis", "Hart"), ROSA: ("Rosa", "Marlow"), THEO: ("Theo", "Hart"),
    KARIM: ("Karim", "Osei"), ZOE: ("Zoe", "Marlow"), JEAN: ("Jean", "Marlow"),
}  # fmt: skip


def the_case(**more) -> FamilyRecord:
    """Dana fled with Rosa and Theo (Lewis's son) to a refuge; she has Zoe with Karim. Jean is her mother."""
    old = [AddressRow(pk, ("14 Alder Lane", "Northwick"), "ZZ1 1AA", pk, now=pk == LEWIS) for pk in (DANA, LEWIS, THEO)]
    new = [AddressRow(pk, ("6 Hidden Row", "Eastwick"), "ZZ7 7HR", 10 + pk) for pk in (DANA, ROSA, THEO)]
    return replace(
        FamilyRecord(
            people=tuple(PersonNames(pk, " ".join(name), (name,)) for pk, name in NAMES.items()),
            addresses=(*old, *new, AddressRow(JEAN, ("2 Mill Close", "Northwick"), "ZZ1 2BB", 30)),
            contact_numbers=(
                ContactNumbers(DANA, "07700 900111", "dana@example.org"), ContactNumbers(LEWIS, "07700 900333"),
            ),
            schools=(
                School(ROSA, 1, "Alder Lane Primary School", "01632 960111"), School(THEO, 2, "Acorns Nursery"),
                School(ZOE, 2, "Acorns Nursery"),
            ),
            relations=(
                Relation(DANA, ROSA, "mother"), Relation(DANA, THEO, "mother"), Relation(DANA, ZOE, "mother"),
                Relation(LEWIS, THEO, "father"), Relation(KARIM, ZOE, "father"), Relation(JEAN, DANA, "mother"),
            ),
            households=(frozenset({DANA, ROSA, THEO}),),
        ),
        **more,
    )  # fmt: skip


def withheld_facts(*found):
    return tuple(WithheldFact(LEWIS, about, what, why=f"{about} {what}", **more) for about, what, more in found)
