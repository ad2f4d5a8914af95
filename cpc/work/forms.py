"""What is asked out of hours."""

from django import forms

from cpc.core.web.forms import DateField, GovForm

SHORT = {"class": "govuk-input--width-20", "autocomplete": "off"}


class OutOfHoursForm(GovForm):
    """Which child, and why: the name and the exact date of birth, or a number."""

    submit_label = "Find the child"
    first_name = forms.CharField(label="First name", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    last_name = forms.CharField(label="Last name", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    born_on = DateField(label="Date of birth", required=False, not_future=True)
    number = forms.CharField(
        label="Or a number", max_length=60, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="The child’s number in the case system, UPN or NHS number, exactly.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why are you looking?", max_length=180, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="This is kept in the record of access.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "born_on", "number"):
            self.fields[name].conditional = True  # either of the two ways is asked for: none is “optional”

    def clean(self):
        given = super().clean()
        named = [given.get(name) for name in ("first_name", "last_name", "born_on")]
        if not given.get("number") and not all(named) and not self.errors:
            self.add_error("first_name", "Enter the full name and date of birth, or a number")
        return given
