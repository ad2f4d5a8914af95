"""Dates and times as people type them. Pure: no form, no clock."""

import re
from datetime import date, time

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class NotADate(ValueError):
    """What was typed is no date; ``parts`` are the boxes to mend, ``sentence`` ends "The date …"."""

    def __init__(self, sentence: str, parts: tuple = ("day", "month", "year")):
        super().__init__(sentence)
        self.sentence, self.parts = sentence, parts


def split(text: str) -> dict:
    """A date typed in one piece, as its three parts (2026-03-31, 31/3/2026, 31 March 2026)."""
    text = text.strip()
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = iso.groups()
        return {"day": day, "month": month, "year": year}
    parts = [part for part in re.split(r"[\s/.,-]+", text) if part]
    return dict(zip(("day", "month", "year"), parts + [""] * 3, strict=False))


def month_number(text: str) -> int | None:
    """The month from "3", "03", "Mar" or "March"; nothing when it is no month."""
    if re.fullmatch("[0-9]+", text):
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    name = text.strip(" .").lower()
    found = [number for number, month in enumerate(MONTHS, 1) if len(name) >= 3 and month.startswith(name)]
    if name == "sept":
        return 9
    return found[0] if found else None


def read_date(typed: dict) -> date:
    """The date of the three boxes; raises NotADate with what is missing or wrong, for the reader to mend."""
    typed = {part: str(typed.get(part) or "").strip() for part in ("day", "month", "year")}
    missing = tuple(part for part in ("day", "month", "year") if not typed[part])
    if missing:
        words = " and ".join(missing) if len(missing) < 3 else "day, month and year"
        raise NotADate(f"must include a {words}", missing)
    day, month, year = typed["day"], month_number(typed["month"]), typed["year"]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise NotADate("must have a year of 4 numbers, like 2026", ("year",))
    if month is None:
        raise NotADate("must have a month between 1 and 12", ("month",))
    if not (day.isascii() and day.isdigit() and len(day) <= 2):
        raise NotADate("must be a real date", ("day",))
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise NotADate("must be a real date", ("day",)) from None


def read_time(text: str) -> time:
    """The time of day from "14:30", "2.30pm", "2pm", "1430", "noon"; raises ValueError when it is none."""
    text = re.sub(r"\s+", "", text.strip().lower()).replace("a.m.", "am").replace("p.m.", "pm")
    if text in ("noon", "midday", "12noon"):
        return time(12, 0)
    if text == "midnight":
        return time(0, 0)
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?", text)
    if not found or (found[2] is None and found[3] is None):
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)
