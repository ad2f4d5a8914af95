"""What is asked of whoever changes the rules."""

from django import forms

from cpc.core.kernel.deadlines import BEFORE
from cpc.core.policy import rulebook as books
from cpc.core.policy.choices import Counting, Unit
from cpc.core.web.forms import DateField, GovForm, Radios


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
    name = forms.CharField(label="Name", max_length=80)

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
        help_text="What starts on this day or later has the new limit. Dates already set stay as they are.",
    )

    field_order = ["key", "amount", "unit", "counting", "from_on", "reason"]


class WithdrawLimitForm(ReasonForm):
    """Why this service's own value is withdrawn."""

    submit_label = "Withdraw this value"
    submit_tone = "warning"
