"""A large family for tests, made by the real actions: 12 children, 28 adults, four generations. No real person."""

from dataclasses import dataclass
from datetime import date

from cpc.core.accounts.tests.builders import TODAY, Council, a_council, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from families.cases.models import Family
from families.people.actions.households import add_household, move_in
from families.people.actions.people import add_person
from families.people.actions.relationships import NewRelationship, record_partnership, record_relationship
from families.people.choices import AddressKind, Part, PartnershipKind, RelationshipKind
from families.people.models import Address, Household, Person
from families.tests.builders import OPENED_ON, a_family

K = RelationshipKind
# name: sex, year of birth, mother, father; eldest first
CHILDREN = {
    "Rosa": ("F", 2010, "anna", "dan"), "Nora": ("F", 2011, "beth", "carl"), "Theo": ("M", 2012, "anna", "dan"),
    "Jude": ("M", 2013, "beth", "carl"), "Mina": ("F", 2014, "anna", "dan"), "Kofi": ("M", 2016, "anna", "lewis"),
    "Arlo": ("M", 2017, "beth", "owen"), "Esme": ("F", 2018, "anna", "lewis"), "Finn": ("M", 2020, "anna", "lewis"),
    "Tilly": ("F", 2021, "beth", "owen"), "Ivy": ("F", 2022, "anna", "unknown"),
}  # fmt: skip
# key: first name, last name, sex, year of birth, part
ADULTS = {
    "anna": ("Anna", "", "F", 1988, Part.PARENT), "beth": ("Beth", "", "F", 1990, Part.PARENT),
    "dan": ("Dan", "Pryce", "M", 1986, Part.PARENT), "lewis": ("Lewis", "Hart", "M", 1987, Part.PARENT),
    "carl": ("Carl", "Reed", "M", 1985, Part.PARENT), "owen": ("Owen", "Vale", "M", 1989, Part.PARENT),
    "jean": ("Jean", "", "F", 1958, Part.GRANDPARENT), "arthur": ("Arthur", "", "M", 1955, Part.GRANDPARENT),
    "rita": ("Rita", "Hart", "F", 1960, Part.GRANDPARENT), "victor": ("Victor", "Hart", "M", 1957, Part.GRANDPARENT),
    "moira": ("Moira", "Pryce", "F", 1959, Part.GRANDPARENT),
    "gordon": ("Gordon", "Pryce", "M", 1956, Part.GRANDPARENT),
    "doreen": ("Doreen", "Reed", "F", 1961, Part.GRANDPARENT),
    "edith": ("Edith", "Lark", "F", 1936, Part.RELATIVE), "colin": ("Colin", "Lark", "M", 1960, Part.RELATIVE),
    "sheila": ("Sheila", "Lark", "F", 1962, Part.RELATIVE), "frank": ("Frank", "Dove", "M", 1963, Part.RELATIVE),
    "paul": ("Paul", "Dove", "M", 1993, Part.RELATIVE), "nadia": ("Nadia", "Rowe", "F", 1994, Part.RELATIVE),
    "kate": ("Kate", "Pryce", "F", 1989, Part.RELATIVE), "simon": ("Simon", "Hart", "M", 1984, Part.RELATIVE),
    "gail": ("Gail", "Hart", "F", 1991, Part.RELATIVE), "petra": ("Petra", "Holm", "F", 1992, Part.PARTNER),
    "marge": ("Marge", "Tully", "F", 1970, Part.OTHER), "olive": ("Olive", "Brand", "F", 1965, Part.OTHER),
    "harry": ("Harry", "Lark", "M", 1995, Part.RELATIVE), "wendy": ("Wendy", "Frost", "F", 1975, Part.OTHER),
}  # fmt: skip
# parent, grown child
GROWN = (
    ("edith", "jean"), ("edith", "colin"), ("jean", "anna"), ("arthur", "anna"), ("jean", "beth"), ("arthur", "beth"),
    ("jean", "paul"), ("frank", "paul"), ("rita", "lewis"), ("victor", "lewis"), ("rita", "simon"), ("victor", "simon"),
    ("rita", "gail"), ("moira", "dan"), ("gordon", "dan"), ("moira", "kate"), ("gordon", "kate"), ("doreen", "carl"),
    ("colin", "harry"), ("sheila", "harry"),
)  # fmt: skip
COUPLES = (
    ("jean", "arthur", PartnershipKind.MARRIED), ("jean", "frank", PartnershipKind.SEPARATED),
    ("rita", "victor", PartnershipKind.DIVORCED), ("moira", "gordon", PartnershipKind.MARRIED),
    ("colin", "sheila", PartnershipKind.MARRIED), ("anna", "dan", PartnershipKind.DIVORCED),
    ("anna", "lewis", PartnershipKind.PARTNERS), ("beth", "carl", PartnershipKind.SEPARATED),
    ("owen", "petra", PartnershipKind.PARTNERS), ("paul", "nadia", PartnershipKind.PARTNERS),
)  # fmt: skip


@dataclass
class Larges:
    """A family of 12 children and 28 adults. ``who`` finds everybody by first name in small letters, and "unborn"."""

    council: Council
    family: Family
    who: dict[str, Person]
    children: list[Person]
    adults: list[Person]
    homes: list[Household]

    def __getitem__(self, name) -> Person:
        return self.who[name]

    @property
    def unborn(self) -> Person:
        return self.who["unborn"]

    @property
    def mother(self) -> Person:
        return self.who["anna"]

    @property
    def other_mother(self) -> Person:
        return self.who["beth"]

    @property
    def fathers(self) -> list[Person]:
        return [self.who[name] for name in ("dan", "lewis", "carl", "owen")]

    @property
    def unknown_father(self) -> Person:
        return self.who["unknown"]

    @property
    def grandmother(self) -> Person:
        return self.who["jean"]

    @property
    def grandfather(self) -> Person:
        return self.who["arthur"]


@remembered
def the_larges(council=None, *, name="Penhallow", worker=None, on=TODAY) -> Larges:
    """Anna and Beth, sisters, have 12 children by five fathers, one of them not known; Owen is in prison.

    Mina and the grandfather have died, a child of the unknown father is not born yet. Beth’s children live with Jean.
    """
    council = council or a_council()
    worker = worker or council.users.social_worker
    by = viewer(worker, on)
    family = a_family(council, name=name, worker=worker, on=on, opened_on=min(OPENED_ON, on))
    who = {key: _child(by, family, key, *row) for key, row in CHILDREN.items()}
    who = {key.lower(): person for key, person in who.items()}
    who["unborn"] = add_person(
        by=by, family=family, part=Part.CHILD, last_name=name, expected_on=date(on.year + 1, 2, 3)
    )
    children = list(who.values())
    born = {key.lower(): row for key, row in CHILDREN.items()} | {"unborn": ("U", 0, "anna", "unknown")}
    for key, (first, last, sex, year, part) in ADULTS.items():
        mother_of = [who[child] for child, row in born.items() if row[2] == key]
        father_of = [who[child] for child, row in born.items() if row[3] == key]
        ties = [NewRelationship(child, K.MOTHER, True, True) for child in mother_of]
        ties += [NewRelationship(child, K.FATHER, key in ("dan", "lewis")) for child in father_of]
        ties += [NewRelationship(child, K.GRANDMOTHER) for child in children] if key == "jean" else []
        who[key] = add_person(
            by=by, family=family, part=part, first_name=first, last_name=last or name, sex=sex, ties=ties,
            born_on=date(year, 3, 4), died_on=date(2019, 6, 1) if key == "arthur" else None,
            in_household=key in ("anna", "lewis"),
        )  # fmt: skip
    who["unknown"] = add_person(
        by=by, family=family, part=Part.PARENT, is_unknown=True, in_household=False,
        ties=[NewRelationship(who[child], K.FATHER) for child, row in born.items() if row[3] == "unknown"],
    )  # fmt: skip
    for parent, child in GROWN:
        record_relationship(
            by=by, family=family, adult=who[parent], child=who[child],
            kind=K.MOTHER if who[parent].sex == "F" else K.FATHER,
        )  # fmt: skip
    for one, other, kind in COUPLES:
        record_partnership(by=by, family=family, one=who[one], other=who[other], kind=kind)
    homes = _homes(by, family, who, born)
    with setting_up():
        Address.objects.create(
            person=who["owen"], kind=AddressKind.CUSTODY, care_of="The Governor, HMP Exampleton, A1234AA",
            lines="1 Wall Road\nExampleton", postcode="ZZ7 7HM",
        )  # fmt: skip
    adults = [person for person in who.values() if person not in children]
    return Larges(council, family, who, children, adults, homes)


def _child(by, family, name, sex, year, mother, father) -> Person:
    return add_person(
        by=by, family=family, part=Part.CHILD, first_name=name, last_name=family.name, sex=sex,
        born_on=date(year, 5, 14), died_on=date(2015, 1, 2) if name == "Mina" else None,
        in_household=mother == "anna" and name != "Mina",
    )  # fmt: skip


def _homes(by, family, who, born) -> list[Household]:
    main = family.households.get(is_main=True)
    jeans = add_household(by=by, family=family, name="Jean’s home")
    move_in(by=by, family=family, household=jeans, people=[who["jean"], who["edith"]])
    beths = [who[child] for child, row in born.items() if row[2] == "beth"]
    move_in(by=by, family=family, household=jeans, people=[who["beth"], *beths], from_on=date(2024, 6, 1))
    return [main, jeans]
