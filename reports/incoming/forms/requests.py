"""The form for what was done to get a requested report."""

from django import forms

from cpc.core.web.forms import DateField, GovForm, Radios
from reports.incoming.choices import Step


def step_form(on) -> type[GovForm]:
    """What happened, when, and what was said."""
    hints = {
        Step.CHASED: "You reminded them. The date stays.",
        Step.AGAIN: "You agreed a new date with them.",
        Step.ORALLY: "They will tell the conference, or told you, and send nothing in writing.",
        Step.NOT_GIVEN: "No report will come. Nobody is asked for it any more.",
    }
    fields = {
        "step": forms.ChoiceField(
            label="What happened?", choices=Step.choices, widget=Radios(hints=hints, reveals={Step.AGAIN: ["due_on"]})
        ),
        "due_on": DateField(label="When will you receive it?", called="the date you will receive it"),
        "on": DateField(label="When was this?", called="the date of this", not_future=True, today=on, initial=on),
        "note": forms.CharField(
            label="Who did you speak to, or why is there no report?", required=False, max_length=2000,
            help_text="Only staff of the council read this. Say nothing here about the family.",
            widget=forms.Textarea(attrs={"rows": "3"}),
        ),
    }  # fmt: skip
    when = {"due_on": ("step", {Step.AGAIN}, "Enter the new date to receive it by")}
    return type("StepForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save"})
