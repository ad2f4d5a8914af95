"""The forms for changing the rules."""

import re

from django import forms
from django.core.exceptions import ValidationError

from cpc.core.kernel.deadlines import BEFORE
from cpc.core.policy import rulebook as books
from cpc.core.policy.choices import Counting, Unit
from cpc.core.web.forms import DateField, EmailField, GovForm, NameField, PhoneField, Radios


def _limits():
    for limit in books.national().limits.values():
        yield limit.key, f"{limit.label} ({limit.direction} {limit.anchor})"


class ReasonForm(GovForm):
    """Why the rules change: kept in the trail."""

    reason = forms.CharField(label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class BankHolidayForm(ReasonForm):
    """A bank holiday to add."""

    submit_label = "Add the bank holiday"
    falls_on = DateField(label="Date of the bank holiday", help_text="The weekday on which offices are closed.")
    name = NameField(label="Name", max_length=80)

    field_order = ["falls_on", "name", "reason"]


class RemoveBankHolidayForm(ReasonForm):
    """Why a bank holiday is removed."""

    submit_label = "Remove the bank holiday"
    submit_tone = "warning"


class LocalLimitForm(ReasonForm):
    """This service's own value for a limit, from a day on."""

    submit_label = "Set this limit"
    key = forms.ChoiceField(label="Limit", choices=_limits)
    amount = forms.IntegerField(
        label="How many", min_value=1, max_value=1000, widget=forms.TextInput(attrs={"class": "govuk-input--width-3"})
    )
    unit = forms.ChoiceField(label="Unit", choices=Unit, widget=Radios())
    counting = forms.ChoiceField(
        label="How the ends are counted",
        choices=Counting,
        initial=Counting.ORDINARY,
        widget=Radios(),
        help_text=f"Clear days are only for limits that count back ({BEFORE} something).",
    )
    from_on = DateField(
        label="From",
        called="the first day of the new limit",
        help_text="What starts on this day or later has the new limit. Dates already set stay as they are.",
    )

    field_order = ["key", "amount", "unit", "counting", "from_on", "reason"]


class WithdrawLimitForm(ReasonForm):
    """Why this service's own value is withdrawn."""

    submit_label = "Withdraw this value"
    submit_tone = "warning"


def _line(label, hint="", **how):
    return NameField(label=label, help_text=hint, max_length=200, **how)


def _lines(label, hint="", **how):
    return forms.CharField(label=label, help_text=hint, max_length=600, widget=forms.Textarea(attrs={"rows": 4}), **how)


def _web(label, hint):
    return _line(label, hint, required=False)


class WordsForm(ReasonForm):
    """The names, addresses and numbers that letters print."""

    submit_label = "Save"
    authority_name = _line("Name of the council")
    service_name = _line("Name of the conference service", "It appears at the top of letters and of these pages.")
    partnership_name = _line("Name of the safeguarding children partnership")
    contact_address = _lines("Address of the conference service", "One line for each line of the address.")
    return_address = _lines(
        "Address to send forms back to",
        "A freepost address, if there is one. If it is empty, letters give the address of the service.",
        required=False,
    )
    contact_phone = PhoneField(label="Phone", help_text="Families call this number.")
    contact_text = PhoneField(label="Number for text messages", required=False)
    contact_hours = _line("When somebody answers", "For example: Monday to Friday, 9am to 5pm.", required=False)
    contact_email = EmailField(label="Email")
    advocacy_service = _line("Advocates for children", "As in: You can have “an independent advocate” on your side.")
    parent_advocacy = _line(
        "Advocates for parents", "Who they are and how to reach them. Leave it empty if there are none.", required=False
    )
    independent_advice = _line("Independent advice for families")
    child_helpline = _line("A helpline for children")
    leaflet_web = _web("Web address about conferences", "Where families can read more, for example in other languages.")
    privacy_web = _web("Web address of the privacy notice", "How the council uses what it knows about people.")
    accessibility_web = _web("Web address of the accessibility statement", "The foot of each page leads to it.")
    complaint_route = _lines("How to complain", "Full sentences, as a family reads them.")
    complaint_email = EmailField(label="Email for complaints")
    ombudsman = _line("The ombudsman", "Who looks at complaints that the council has answered.")
    from_on = DateField(
        label="From", help_text="Letters that are made on this day or later say this.", called="the first day"
    )

    groups = [
        ("Names", ["authority_name", "service_name", "partnership_name"]),
        ("How to reach the service", [
            "contact_address", "return_address", "contact_phone", "contact_text", "contact_hours", "contact_email",
        ]),
        ("Independent help", ["advocacy_service", "parent_advocacy", "independent_advice", "child_helpline"]),
        ("Web addresses", ["leaflet_web", "privacy_web", "accessibility_web"]),
        ("Complaints", ["complaint_route", "complaint_email", "ombudsman"]),
        ("This change", ["from_on", "reason"]),
    ]  # fmt: skip

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Each word or contact that can be set here, with its label."""
        own = ("from_on", "reason")
        return {name: str(field.label) for name, field in cls.base_fields.items() if name not in own}

    def clean_leaflet_web(self):
        """A web address as people read it, without https:// in front."""
        return _as_read(self.cleaned_data["leaflet_web"], "leaflet")

    def clean_privacy_web(self):
        """A web address as people read it, without https:// in front."""
        return _as_read(self.cleaned_data["privacy_web"], "privacy notice")

    def clean_accessibility_web(self):
        """A web address as people read it, without https:// in front."""
        return _as_read(self.cleaned_data["accessibility_web"], "accessibility statement")

    def texts(self) -> dict[str, str]:
        """What letters are to say, without the date and the reason."""
        return {name: self.cleaned_data[name] for name in self.labels()}


def _as_read(address: str, what: str) -> str:
    short = re.sub(r"^https?://", "", address.strip()).rstrip("/")
    if short and not re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", short):
        raise ValidationError(f"Enter a web address for the {what}, such as www.example.org/families")
    return short
