"""The invented families: who is in each. No real person; the names are rivers, trees and birds."""

import random
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

FAMILY_NAMES = (
    "Marlow", "Thorne", "Wren", "Ashdown", "Fenwick", "Larch", "Tamar", "Heron", "Birch", "Severn", "Rowan", "Kestrel",
    "Medway", "Alder", "Finch", "Derwent", "Hazel", "Plover", "Avon", "Maple", "Swift", "Trent", "Linden", "Teal",
    "Wharfe", "Cedar", "Merlin", "Calder", "Sorrel-Hart", "Nidd", "Aspen", "Lark", "Ribble", "Juniper", "Osprey",
    "Isis", "Swale",
)  # fmt: skip
GIRLS = ("Ada", "Rosa", "Mina", "Freya", "Zoe", "Amara", "Tilly", "Leila", "Esme", "Nora", "Ivy", "Sana")
BOYS = ("Theo", "Kofi", "Rafe", "Jude", "Eli", "Oscar", "Yusuf", "Milo", "Finn", "Arlo", "Tariq", "Ned")
MOTHERS = ("Dawn", "Lucy", "Farah", "Kim", "Paula", "Joanne", "Abena", "Sinead", "Carla", "Tanya", "Ruby", "Hana")
FATHERS = ("Lee", "Marcus", "Imran", "Craig", "Sean", "Dele", "Pavel", "Jason", "Andre", "Wayne", "Ravi", "Karl")
STREETS = ("Mill Lane", "Orchard Road", "Station Row", "Meadow Close", "Chapel Street", "Quarry Hill", "Harbour Walk")


@dataclass(frozen=True)
class Child:
    """A child of an invented family: age in years, or months until birth where ``unborn``."""

    first_name: str
    age: int
    sex: str
    unborn: bool = False


@dataclass(frozen=True)
class InventedFamily:
    """An invented family, as it is on the day that the demonstration is filled."""

    number: int
    name: str
    mother: str
    fathers: tuple[str, ...]
    children: tuple[Child, ...]
    street: str
    protected: bool
    worry: str


WORRIES = (
    "shouting and fights between the adults at home, some of them at night and with the children in the room",
    "missed meals, missed appointments and a home that is cold and unsafe for small children",
    "drinking that leaves nobody able to look after the children in the evenings",
    "bruises that were explained in different ways at school and at the surgery",
    "long days without school, and strangers who stay at the flat",
)


def households() -> list[InventedFamily]:
    """All the invented families, always the same ones; the first is the family of the README's picture."""
    chance = random.Random(2026)
    made = [
        InventedFamily(
            1, "Marlow", "Dawn", ("Lee", "Marcus"),
            (Child("Rosa", 8, "F"), Child("Theo", 3, "M"), Child("", 3, "U", unborn=True)),
            "Mill Lane", True, WORRIES[0],
        )
    ]  # fmt: skip
    for number, name in enumerate(FAMILY_NAMES[1:], start=2):
        ages = sorted((chance.randint(0, 14) for _ in range(chance.choice((1, 1, 2, 2, 3)))), reverse=True)
        children = []
        for age in ages:
            sex = chance.choice("FM")
            used = {child.first_name for child in children}
            names = [one for one in (GIRLS if sex == "F" else BOYS) if one not in used]
            children.append(Child(chance.choice(names), age, sex))
        if number % 9 == 0:
            children.append(Child("", 4, "U", unborn=True))
        fathers = tuple(chance.sample(FATHERS, 2 if number % 4 == 0 and len(children) > 1 else 1))
        made.append(
            InventedFamily(number, name, MOTHERS[number % 12], fathers, tuple(children), STREETS[number % 7],
                      number % 5 == 0, WORRIES[number % 5])
        )  # fmt: skip
    return made


def born_on(child: Child, number: int, today):
    """The date of birth that makes the child its age today; none for an unborn child."""
    return None if child.unborn else today - relativedelta(years=child.age, months=number % 11, days=number % 27)


def expected_on(child: Child, today):
    """The expected date of an unborn child."""
    return today + relativedelta(months=child.age) if child.unborn else None


def adult_born_on(household: InventedFamily, key: str, today):
    """The date of birth of an adult of the family: old enough for their children, and nobody else's."""
    eldest = max(child.age for child in household.children)
    chance = random.Random(f"{household.number} {key}")
    years = eldest + chance.randint(19, 33) + (chance.randint(20, 29) if key == "grandmother" else 0)
    return today - relativedelta(years=years, months=chance.randint(0, 11), days=chance.randint(0, 27))


# Of a few families, in turn: the code of the ethnicity, the religion, the language spoken at home.
HERITAGES = (
    ("WBRI", "", "English"), ("MWBC", "christian", "English"), ("APKN", "muslim", "Urdu"), ("WBRI", "none", "English"),
    ("BAFR", "christian", "English"), ("WOTH", "christian", "Polish"), ("ABAN", "muslim", "Bengali"),
)  # fmt: skip
NICKNAMES = {"Rosa": "Rosie", "Theo": "Teddy", "Freya": "Fey", "Oscar": "Oz"}
NEEDS = {2: ["COMM"], 5: ["AUT", "LD"], 8: ["HEAR"]}


def who_they_are(household: InventedFamily, child: Child) -> dict:
    """What else is known of a child, as the actions take it; of an unborn child next to nothing."""
    ethnicity, religion, _ = HERITAGES[household.number % len(HERITAGES)]
    if child.unborn:
        return {"first_language": ""}
    return {
        "ethnicity": ethnicity, "religion": religion, "known_as": NICKNAMES.get(child.first_name, ""),
        "disabilities": NEEDS.get(child.age, ["NONE"] if household.number % 2 else []),
        "case_system_id": f"LA{household.number:04}{household.children.index(child) + 1}",
        "communication_needs": "Uses Makaton and needs time to answer." if child.age == 2 else "",
    }  # fmt: skip


def language(household: InventedFamily) -> dict:
    """What the mother speaks, and whether she needs an interpreter."""
    ethnicity, religion, spoken = HERITAGES[household.number % len(HERITAGES)]
    return {
        "ethnicity": ethnicity, "religion": religion, "first_language": spoken,
        "interpreter_needed": spoken == "Polish",
    }  # fmt: skip
