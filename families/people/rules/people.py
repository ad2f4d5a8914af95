"""What can be true of a person: ages, dates of birth, numbers.

Pure: no database, no clock, no Django."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from cpc.core.kernel.dates import age_on

ADULT_AT = 18
OLDEST = 120
# An expected date further off than a pregnancy lasts, or long past, is a slip of the keyboard (data rule 8530Q).
PREGNANCY = timedelta(days=300)
OVERDUE = timedelta(days=30)
# What a birth may differ from the date that was expected: a very early one, and one that was reckoned wrongly.
EARLIEST_BIRTH = timedelta(days=154)
LATEST_BIRTH = timedelta(days=45)
# Without I, O and S, which are read as digits.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody reaches an age; one born on 29 February does so on 1 March where there is no 29th."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_in_words(born_on: date, on: date) -> str:
    """The age as people say it: 7 years, 14 months, 3 weeks, 2 days."""
    years = age_on(born_on, on)
    if years >= 2:
        return f"{years} years"
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months >= 3:
        return f"{months} months"
    days = (on - born_on).days
    return _counted(days // 7, "week") if days >= 14 else _counted(days, "day")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def what_is_wrong_with_birth(
    *, is_child: bool, born_on: date | None, expected_on: date | None, on: date, is_new: bool
) -> tuple[str, str] | None:
    """The field and the sentence that say why these dates cannot be, or None when they can.

    ``is_new`` is whether the person is being added: a child who has since turned 18 stays on the record.
    """
    if born_on and expected_on:
        return "expected_on", "Give the date of birth, or the date the baby is expected, not both"
    if born_on and born_on > on:
        return "born_on", "The date of birth must be today or in the past. For an unborn child, give the expected date"
    if born_on and age_on(born_on, on) > OLDEST:
        return "born_on", f"The date of birth is more than {OLDEST} years ago. Check the year"
    if expected_on and not is_child:
        return "expected_on", "Only a child can have an expected date of birth. Choose “Child”, or clear the date"
    if is_child and not born_on and not expected_on:
        return "born_on", "Enter the child’s date of birth, or for an unborn child the date the baby is expected"
    if is_child and is_new and born_on and age_on(born_on, on) >= ADULT_AT:
        return "born_on", "This person is 18 or older, so cannot be a child here. Check the year or the part"
    if expected_on and is_new and not on - OVERDUE <= expected_on <= on + PREGNANCY:
        return "expected_on", "The expected date must be within the next 10 months, or no more than 30 days ago"
    return None


def what_is_wrong_with_death(*, born_on: date | None, died_on: date | None, on: date) -> str | None:
    """The sentence that says why the date of death cannot be, or None when it can."""
    if died_on is None:
        return None
    if died_on > on:
        return "The date of death must be today or in the past"
    if born_on and died_on < born_on:
        return "The date of death cannot be before the date of birth"
    return None


def plain_nhs_number(typed: str) -> str:
    """The number without the spaces and dashes that people write in it."""
    return re.sub(r"[\s-]", "", typed)


def is_nhs_number(digits: str) -> bool:
    """Whether the ten digits end in the right check digit (modulus 11)."""
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[-1])


def plain_upn(typed: str) -> str:
    """The pupil number in capitals, without the spaces that people write in it."""
    return re.sub(r"[\s-]", "", typed).upper()


def is_upn(upn: str) -> bool:
    """Whether the thirteen characters begin with the right check letter.

    The rule is the Department for Education's ("Unique pupil numbers: a guide"; rule 1510 of the children in need
    census): characters 2 to 13, each times its place, are added up; the remainder of 23 counts off the letter among 23
    that cannot be misread. The last of a temporary number is such a letter, and counts as its own place.
    """
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", upn):
        return False
    values = [UPN_LETTERS.index(one) if one.isalpha() else int(one) for one in upn[1:]]
    return UPN_LETTERS[sum(value * place for place, value in enumerate(values, 2)) % 23] == upn[0]


def is_case_system_id(text: str) -> bool:
    """Whether the text can be a child's number in the case system: up to 20 letters and digits (rules 1570, 1580)."""
    return bool(re.fullmatch(r"[0-9A-Za-z]{1,20}", text))


def what_is_wrong_with_being_born(
    *, born_on: date, expected_on: date, died_on: date | None, on: date
) -> tuple[str, str] | None:
    """The field and the sentence that say why an unborn child cannot have been born so, or None when they can."""
    if born_on > on:
        return "born_on", "The date of birth must be today or in the past"
    if not expected_on - EARLIEST_BIRTH <= born_on <= expected_on + LATEST_BIRTH:
        return "born_on", "This is too far from the date the baby was expected. Check it, or correct the expected date"
    if wrong := what_is_wrong_with_death(born_on=born_on, died_on=died_on, on=on):
        return "died_on", wrong
    return None


def what_is_wrong_with_disabilities(codes: Collection[str]) -> str | None:
    """The sentence that says why these cannot all be true, or None when they can."""
    if "NONE" in codes and len(set(codes)) > 1:
        return "Choose “No disability” only by itself"
    return None


def is_safe_for_route(route: str, *, email: str, phone: str, has_hand: bool) -> tuple[str, str] | None:
    """The field and sentence for what is missing before a person can be reached by ``route``, or None."""
    if route == "email" and not email:
        return "email", "Enter the email address, or choose another way to reach this person"
    if route in ("phone", "text") and not phone:
        return "phone", "Enter the phone number, or choose another way to reach this person"
    if route == "hand" and not has_hand:
        return "hand_by", "Choose who will hand the letters over"
    return None
