"""When two records may be one person, and which record is kept. Pure: no database, no clock, no Django."""

NUMBERS = (("nhs_number", "NHS number"), ("upn", "unique pupil number"), ("case_system_id", "case system number"))
SHOWN = (
    ("first_name", "First name"), ("last_name", "Last name"), ("known_as", "Known as"), ("born_on", "Date of birth"),
    ("expected_on", "Expected date of birth"), ("died_on", "Date of death"), ("sex", "Sex"), *NUMBERS,
    ("ethnicity", "Ethnicity"), ("religion", "Religion"), ("first_language", "First language"),
    ("interpreter_needed", "Needs an interpreter"), ("pronouns", "Pronouns"),
)  # fmt: skip


def contradictions(one: object, other: object) -> list[str]:
    """The numbers that one person has once and that these two records have differently."""
    return [label for name, label in NUMBERS if (a := getattr(one, name)) and (b := getattr(other, name)) and a != b]


def differences(one: object, other: object) -> list[tuple[str, object, object, bool]]:
    """What the two records say, line by line: label, the one, the other, whether they contradict each other."""
    rows = []
    for name, label in SHOWN:
        a, b = _said(one, name), _said(other, name)
        if a or b:
            rows.append((label, a, b, bool(a and b and a != b)))
    return rows


def _said(person: object, name: str) -> object:
    said = getattr(person, f"get_{name}_display", None)
    value = said() if said else getattr(person, name)
    return ("Yes" if value else "No") if isinstance(value, bool) else value


def end_of(pk: int, steps: dict[int, int]) -> int:
    """The kept record at the end of the chain from ``pk``. ``steps`` leads from each merged record to the next."""
    seen = set()
    while pk in steps and pk not in seen:
        seen.add(pk)
        pk = steps[pk]
    return pk
