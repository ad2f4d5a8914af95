"""The published template: its sheets, their columns, and how a cell is read. Pure: no database, no clock, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import Category
from conferences.plans.choices import EarlierKind
from cpc.imports.rules import reading
from cpc.imports.rules.reading import Read
from families.people.choices import (
    Disability,
    Ethnicity,
    NoUPN,
    Part,
    RelationshipKind,
    ResponsibilitySource,
    SafeContact,
    Sex,
)


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds, how a cell is read, and whether it must be filled."""

    name: str
    says: str
    read: Read
    needed: bool = False
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of the template, and what identifies a row (the same twice is a fault)."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    @property
    def needed_key(self) -> list[str]:
        """The columns without which nobody can say what a row is about."""
        return [column.name for column in self.columns if column.needed and column.name in self.key]


C, words, name = Column, reading.words, reading.name
A_MEETING = (("review", "Review conference"), ("core_group", "Core group"))

PEOPLE = Sheet(
    "people",
    "One row for each person: every child, and the adults around them. An adult of two families has a row in each.",
    (
        C("family_number", "The family’s case number. The same for everybody of one family.", words(40), True, "F1001"),
        C("family_name", "The name the family is known by.", name(120), True, "Marlow"),
        C("team", "The team that holds the case, as it is called here.", words(120), True, "North team"),
        C("social_worker_email", "The social worker who holds the case.", reading.email, False, "sam@example.org"),
        C("opened_on", "The day the case was opened.", reading.day, True, "02/06/2026"),
        C("person_id", "The person’s own number in your case system. It makes a second import safe.",
          reading.identifier, True, "P5001"),
        C("part", "child, parent, grandparent, partner, relative, other.", reading.one_of(Part.choices), True, "child"),
        C("first_name", "Empty for an unborn child. Here too: an only name.", name(80), False, "Rosa"),
        C("last_name", "Empty for somebody with one name.", name(80), False, "Marlow"),
        C("known_as", "", name(80), False, "Rosie"),
        C("date_of_birth", "A child has this or the expected date.", reading.day, False, "14/05/2018"),
        C("expected_on", "For an unborn child: the day the baby is expected.", reading.day),
        C("died_on", "", reading.day),
        C("sex", "M, F or U.", reading.one_of(Sex.choices), False, "F"),
        C("ethnicity", "The code of the children in need census.", reading.one_of(Ethnicity.choices), False, "WBRI"),
        C("disabilities", "The census codes, with semicolons between them.", reading.some_of(Disability.choices)),
        C("upn", "The unique pupil number.", reading.upn),
        C("no_upn", "Why there is none: UN1 to UN7.", reading.one_of(NoUPN.choices)),
        C("nhs_number", "", reading.nhs_number),
        C("first_language", "", words(60), False, "English"),
        C("interpreter_needed", "yes or no.", reading.yes_or_no),
        C("in_household", "yes or no: lives in the home this case is about. Empty means yes.", reading.yes_or_no,
          False, "yes"),
        C("relationship", "What an adult is to the children named next.", reading.one_of(RelationshipKind.choices)),
        C("relationship_to", "The children’s person_id, with semicolons between them.", reading.numbers),
        C("parental_responsibility", "yes or no, for those children.", reading.yes_or_no),
        C("responsibility_source", "Where it comes from, if it is known.",
          reading.one_of(ResponsibilitySource.choices)),
        C("main_carer", "yes or no, for those children.", reading.yes_or_no),
        C("address", "Without the postcode, with commas between the lines.", reading.lines),
        C("postcode", "", reading.postcode),
        C("country", "Only for an address abroad, which has its postcode in the address.", words(60)),
        C("address_protected", "yes keeps the address from everyone outside the case.", reading.yes_or_no),
        C("safe_contact", "post, hand, phone, text or email. Empty means not known: then nothing is sent digitally.",
          reading.one_of(SafeContact.choices)),
        C("phone", "As text, with the 0 or + at its beginning.", reading.phone),
        C("email", "", reading.email),
    ),
    ("person_id", "family_number"),
)  # fmt: skip
PLANS = Sheet(
    "plans",
    "One row for each child with an open child protection plan.",
    (
        C("person_id", "The child.", reading.identifier, True, "P5001"),
        C("started_on", "The day of the conference that made the plan.", reading.day, True, "15/06/2026"),
        C("initial_category", "NEG, PHY, SAB, EMO or MUL.", reading.one_of(Category.choices), True, "NEG"),
        C("category", "The latest category.", reading.one_of(Category.choices), True, "EMO"),
        C("lead_social_worker_email", "", reading.email, False, "sam@example.org"),
        C("aim", "What must change for the child to be safe without a plan.", words(4000)),
        C("contingency", "What happens if the plan does not work.", words(4000)),
    ),
    ("person_id",),
)
EVENTS = Sheet(
    "events",
    "What has happened since a plan began: at least the last visit, core group and review; and changes of category.",
    (
        C("person_id", "The child.", reading.identifier, True, "P5001"),
        C("kind", "visit, core_group, review or category.", reading.one_of(EarlierKind.choices), True, "visit"),
        C("happened_on", "", reading.day, True, "12/11/2026"),
        C("category", "For a change of category: the category from that day.", reading.one_of(Category.choices)),
        C("seen_alone", "For a visit: yes or no.", reading.yes_or_no, False, "yes"),
        C("note", "", words(2000)),
    ),
    ("person_id", "kind", "happened_on"),
)
MEETINGS = Sheet(
    "meetings",
    "Review conferences and core groups that are already booked.",
    (
        C("family_number", "", words(40), True, "F1001"),
        C("kind", "review or core_group.", reading.one_of(A_MEETING), True, "review"),
        C("on", "The day.", reading.day, True, "08/12/2026"),
        C("starts", "", reading.clock, True, "10:00"),
        C("ends", "Needed for a review.", reading.clock, False, "11:30"),
        C("place", "A review: a room as it is called here. A core group: anywhere.", words(200), True, "Room 4"),
        C("chair_email", "Needed for a review.", reading.email, False, "cora@example.org"),
    ),
    ("family_number", "kind", "on"),
)
SHEETS = (PEOPLE, PLANS, EVENTS, MEETINGS)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def sheet_of(headings: list[str], sheets: Sequence[Sheet] = SHEETS) -> Sheet | None:
    """The sheet that these headings belong to: they hold all its needed columns. Of several, the one with the most."""
    given = set(headings)
    fits = [sheet for sheet in sheets if {one.name for one in sheet.columns if one.needed} <= given]
    return max(fits, key=lambda sheet: len(given & set(sheet.headings)), default=None)


def as_written(column: Column, kept: str) -> str:
    """What was kept of a cell as text, as the template has it written: 02/06/2026, 10:00, yes."""
    if column.read is reading.yes_or_no:
        return "yes" if kept == "True" else "no"
    if column.read is reading.day:
        return date.fromisoformat(kept).strftime("%d/%m/%Y")
    return kept[:5] if column.read is reading.clock else kept
