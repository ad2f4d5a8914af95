"""The widgets that Django does not have, or has without what we need. How they look is in templates/govuk."""

from django import forms

from cpc.core.web.dates import NotADate, read_date, split


class _Options:
    """Options with a hint each, and with fields that one option reveals.

    ``hints`` and ``reveals`` are by value: ``reveals={"no": ["reason"]}`` puts the field *reason* under "no".
    ``inline``: side by side. Options that reveal a field are one below the other: the field would part them.
    """

    def __init__(self, attrs=None, choices=(), *, hints=None, reveals=None, inline=False, small=False):
        super().__init__(attrs, choices)
        self.hints, self.reveals = hints or {}, reveals or {}
        self.inline, self.small = inline and not reveals, small


class Radios(_Options, forms.RadioSelect):
    """One of several, all in sight."""


class Checkboxes(_Options, forms.CheckboxSelectMultiple):
    """Any of several, all in sight."""


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year, and the weekday that they make (``frontend/src/weekday.js`` keeps it up to date).

    The value before it is cleaned is a dict of the three, as typed.
    """

    template_name = "govuk/widgets/date.html"
    use_fieldset = True
    PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def value_from_datadict(self, data, files, name):
        typed = {part: (data.get(f"{name}_{part}") or "").strip() for part, _, _ in self.PARTS}
        if any(typed.values()):
            return typed
        return data.get(name) or None  # one box, or a link: 2026-03-31 and 31/3/2026 are read too

    def value_omitted_from_data(self, data, files, name):
        return name not in data and not any(f"{name}_{part}" in data for part, _, _ in self.PARTS)

    def format_value(self, value):
        if isinstance(value, dict):
            return value
        if hasattr(value, "year"):
            return {"day": value.day, "month": value.month, "year": value.year}
        if isinstance(value, str) and value:
            return split(value)
        return {}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed, id_ = self.format_value(value), (attrs or {}).get("id", f"id_{name}")
        wrong = (attrs or {}).get("wrong", ())
        context["boxes"] = [
            {
                "name": f"{name}_{part}",
                "label": label,
                "width": width,
                "value": typed.get(part, ""),
                # the first box carries the bare id, so that a link from the error summary lands in it
                "id": id_ if part == "day" else f"{id_}_{part}",
                "wrong": part in wrong,
                "autocomplete": f"bday-{part}" if self.attrs.get("autocomplete") == "bday" else "",
            }
            for part, label, width in self.PARTS
        ]
        context["ids"] = " ".join(box["id"] for box in context["boxes"])
        context["weekday"] = _weekday(typed)
        return context

    def id_for_label(self, id_):
        return id_


def _weekday(typed: dict) -> str:
    """The weekday of a typed date; nothing where it is no date yet."""
    try:
        return f"{read_date(typed):%A}"
    except NotADate:
        return ""
