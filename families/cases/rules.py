"""For how long somebody may be named for a restricted family, what an emergency needs, and how a viewer came here."""

from datetime import date, datetime, timedelta

from cpc.core.kernel.dates import add_months, in_words

MONTHS = 6
FEWEST_WORDS = 5
NUMBERS_AN_HOUR = 5  # right or wrong, agreed or not: nobody finds a family by trying
MINUTES_BETWEEN, MINUTES_IF_AGREED = 10, 2  # between two numbers of a person, once there were so many in an hour


def last_day_of_access(on: date) -> date:
    """The last day until which somebody may be named on the day ``on``: six calendar months on."""
    return add_months(on, MONTHS)


def what_is_wrong_with_access(on: date, until_on: date) -> str:
    """Why nobody can be named until that day, in a sentence without its full stop; nothing when they can."""
    if until_on < on:
        return "The last day must be today or in the future"
    last = last_day_of_access(on)
    if until_on > last:
        return f"The last day can be {in_words(last)} at the latest, six months from now. Name them again then"
    return ""


def what_is_wrong_with_reason(reason: str) -> str:
    """Why these words do not do as the reason of an emergency; nothing when they do."""
    if len([word for word in reason.split() if any(char.isalpha() for char in word)]) < FEWEST_WORDS:
        return f"Say in {FEWEST_WORDS} words or more what has happened and why it cannot wait"
    return ""


def opens_only_warnings(
    *, restricted: bool, agreed: bool, tried: int, most: int, in_hour: int, was_ended: bool
) -> bool:
    """Whether an emergency opens the warnings and plans of a family and no more: nobody agreed where somebody must.

    Somebody must agree for a restricted family; after ``most`` numbers in a day (the user tried ``tried`` before this
    one); and where a review ended what the same user had opened of this family. After too many in an hour (they tried
    ``in_hour``) no more is opened, also where somebody agreed.
    """
    return in_hour >= NUMBERS_AN_HOUR or (not agreed and (restricted or was_ended or tried >= most))


def next_number_at(last: datetime | None, *, in_hour: int, agreed: bool) -> datetime | None:
    """When the next number of a user is taken, who tried the ``last`` one then and ``in_hour`` within the hour; None if
    at once. A duty manager who agreed makes it sooner.
    """
    if last is None or in_hour < NUMBERS_AN_HOUR:
        return None
    return last + timedelta(minutes=MINUTES_IF_AGREED if agreed else MINUTES_BETWEEN)


def basis_in_words(
    *,
    own: bool,
    runs: bool,
    team: bool,
    cover: bool,
    service: bool,
    named: bool,
    restricted: bool,
    emergency: str | None,
) -> str:
    """How a viewer came to a family, as the trail says it; nothing if no access route opens it.

    Each of the arguments but the last is whether it is so; ``emergency`` is the reason, where they opened it in one.
    The ordinary route comes first; an emergency only if no other route opened the family.
    """
    routes = (
        (own, "Own case"), (runs, "Runs the team"), (team, "Own team’s case"), (cover, "Duty or cover for the team"),
        (service, "Conference service"),
    )  # fmt: skip
    route = next((said for holds, said in routes if holds), "")
    if named and restricted:
        return f"{route}, named for this restricted family" if route else "Named for this restricted family"
    if route and not restricted:
        return route
    return f"Emergency: {emergency}" if emergency else ""
