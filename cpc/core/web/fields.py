"""Fields that take what people really type, and say in one sentence what is wrong when they cannot."""

import re
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cpc.core.kernel.characters import called, invisible_in, without_invisible
from cpc.core.kernel.phrases import capital, listed
from cpc.core.web import uploads
from cpc.core.web.dates import NotADate, read_date, read_time, split
from cpc.core.web.widgets import DateBoxes, Radios


class DateField(forms.Field):
    """A day, from three boxes. ``called`` is its name in errors ("the date of birth"; default the label).

    ``not_future`` and ``not_past`` compare with ``today`` (default the day it is in London).
    """

    widget = DateBoxes

    def __init__(
        self,
        *,
        called=None,
        not_future=False,
        not_past=False,
        today=None,
        earliest=date(1900, 1, 1),
        latest=date(2100, 12, 31),
        **kwargs,
    ):
        self.called, self.not_future, self.not_past, self.today = called, not_future, not_past, today
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_date(split(value) if isinstance(value, str) else value)
        except NotADate as wrong:
            raise self._wrong(wrong.sentence, wrong.parts) from None

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        today = self.today or timezone.localdate()
        if self.not_future and value > today:
            raise self._wrong("must be today or in the past")
        if self.not_past and value < today:
            raise self._wrong("must be today or in the future")
        if not self.earliest <= value <= self.latest:
            raise self._wrong(f"must be between {self.earliest.year} and {self.latest.year}", ("year",))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _wrong(self, sentence, parts=("day", "month", "year")):
        name = self.called or named(self)
        return ValidationError(f"{quoted(name)} {sentence}", code="invalid", params={"wrong": parts})


class TimeField(forms.CharField):
    """A time of day, however it is typed: 14:30, 2.30pm, 2pm, noon."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})

    def __init__(self, *, called=None, **kwargs):
        self.called = called
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, time):
            return value
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return read_time(value)
        except ValueError:
            name = quoted(self.called or named(self))
            raise ValidationError(f"{name} must be a time, like 2:30pm or 14:30", code="invalid") from None

    def prepare_value(self, value):
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class NameField(forms.CharField):
    """A name in any script. A character that nobody sees is taken out of it and shown, before anything is saved."""

    def to_python(self, value):
        typed = super().to_python(value)
        if unseen := invisible_in(typed):
            shown = listed([called(char) for char in unseen])
            raise ValidationError(
                f"{quoted(named(self))} had characters that cannot be seen: {shown}. They have been taken out. "
                "Check the name, and save it again",
                code="invalid",
            )
        return without_invisible(typed)

    def bound_data(self, data, initial):
        """What the box shows again: the name without those characters."""
        return without_invisible(data) if isinstance(data, str) else data


class PostcodeField(forms.CharField):
    """A United Kingdom postcode, in capitals with its space."""

    SHAPE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
    widget = forms.TextInput(attrs={"class": "govuk-input--width-10"})

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        found = self.SHAPE.fullmatch(re.sub(r"[^A-Za-z0-9]", "", value).upper())
        if not found:
            raise ValidationError("Enter a full UK postcode, like AB1 2CD", code="invalid")
        return f"{found[1]} {found[2]}"


class EmailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Enter an email address in the correct format, like name@example.org"
        for validator in self.validators:
            if getattr(validator, "code", "") == "invalid":
                validator.message = self.error_messages["invalid"]


class PhoneField(forms.CharField):
    """A telephone number as it is dialled; kept as typed, checked only for being one."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "tel"})

    def to_python(self, value):
        value = super().to_python(value)
        digits = re.sub(r"\D", "", value or "")
        if value and (not 7 <= len(digits) <= 15 or re.search(r"[^0-9+() .\-x#]", value.replace("ext", "x"))):
            raise ValidationError("Enter a phone number, like 020 7946 0000 or 07700 900123", code="invalid")
        return value


class YesNoField(forms.TypedChoiceField):
    """Yes or no, asked and answered: neither is taken for granted."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", Radios(inline=True))
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")], coerce=lambda answer: answer == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class UploadField(forms.FileField):
    """A file that is what its name says: a PDF, Word document, picture or plain text, up to ``megabytes``."""

    widget = forms.FileInput

    def __init__(self, *, kinds=tuple(uploads.KINDS), megabytes=10, **kwargs):
        self.kinds, self.megabytes = kinds, megabytes
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ",".join(f".{kind}" for kind in kinds))
        self.error_messages["empty"] = "The file is empty: choose another"
        self.error_messages["invalid"] = "Choose the file again: it did not arrive"

    def clean(self, data, initial=None):
        given = super().clean(data, initial)
        if not given or given is initial:
            return given
        if given.size > self.megabytes * 1024 * 1024:
            raise ValidationError(f"The file must be smaller than {self.megabytes}MB", code="large")
        given.seek(0)
        kind = uploads.kind_of(given.read())
        given.seek(0)
        ending = given.name.rsplit(".", 1)[-1].lower() if "." in given.name else ""
        ending = uploads.ENDINGS.get(ending, ending)
        allowed = [uploads.KINDS[each][0] for each in self.kinds]
        if kind not in self.kinds:
            raise ValidationError(f"The file must be a {listed(allowed, 'or')}", code="kind")
        if ending != kind:
            said = uploads.KINDS[ending][0] if ending in uploads.KINDS else f"“.{ending}” file" if ending else "file"
            raise ValidationError(
                f"The file is called a {said} but is a {uploads.KINDS[kind][0]}: save it again and choose it",
                code="mismatch",
            )
        given.kind, given.content_type = kind, uploads.KINDS[kind][1]
        return given


def named(field) -> str:
    """What an error calls the field: its ``called``, else its label."""
    return getattr(field, "called", None) or str(field.label or "this answer")


def quoted(name: str) -> str:
    """What an error begins with: "Date of birth", or where it is a question, the question in quotation marks."""
    return f"“{name}”" if name.endswith("?") else capital(name)
