"""Dana, who fled, and whoever must not learn where to: the case of the rule’s tests, in plain values."""

from dataclasses import replace

from families.rules.secrets import Bond, Number, Place, School, Secrets, Silence, Somebody

DANA, LEWIS, ROSA, THEO, KARIM, ZOE, JEAN = range(1, 8)
NAMES = {
    DANA: ("Dana", "Marlow"), LEWIS: ("Lewis", "Hart"), ROSA: ("Rosa", "Marlow"), THEO: ("Theo", "Hart"),
    KARIM: ("Karim", "Osei"), ZOE: ("Zoe", "Marlow"), JEAN: ("Jean", "Marlow"),
}  # fmt: skip


def the_case(**more) -> Secrets:
    """Dana fled with Rosa and Theo (Lewis's son) to a refuge; she has Zoe with Karim. Jean is her mother."""
    old = [Place(pk, ("14 Alder Lane", "Northwick"), "ZZ1 1AA", pk, now=pk == LEWIS) for pk in (DANA, LEWIS, THEO)]
    new = [Place(pk, ("6 Hidden Row", "Eastwick"), "ZZ7 7HR", 10 + pk) for pk in (DANA, ROSA, THEO)]
    return replace(
        Secrets(
            people=tuple(Somebody(pk, " ".join(name), (name,)) for pk, name in NAMES.items()),
            places=(*old, *new, Place(JEAN, ("2 Mill Close", "Northwick"), "ZZ1 2BB", 30)),
            numbers=(Number(DANA, "07700 900111", "dana@example.org"), Number(LEWIS, "07700 900333")),
            schools=(
                School(ROSA, 1, "Alder Lane Primary School", "01632 960111"), School(THEO, 2, "Acorns Nursery"),
                School(ZOE, 2, "Acorns Nursery"),
            ),
            bonds=(
                Bond(DANA, ROSA, "mother"), Bond(DANA, THEO, "mother"), Bond(DANA, ZOE, "mother"),
                Bond(LEWIS, THEO, "father"), Bond(KARIM, ZOE, "father"), Bond(JEAN, DANA, "mother"),
            ),
            homes=(frozenset({DANA, ROSA, THEO}),),
        ),
        **more,
    )  # fmt: skip


def silences(*found):
    return tuple(Silence(LEWIS, about, what, why=f"{about} {what}", **more) for about, what, more in found)
