"""Forms for what the family needs to take part in a conference."""

from django import forms

from conferences.convening.choices import SupportKind, SupportState
from conferences.convening.queries.support import people_of
from cpc.core.web.forms import GovForm, Radios


class AddSupportForm(GovForm):
    """Something else that somebody needs."""

    person = forms.ModelChoiceField(queryset=None, label="Who needs it?", empty_label="Choose a person")
    kind = forms.ChoiceField(label="What do they need?", choices=SupportKind.choices, widget=Radios())
    what = forms.CharField(
        label="Details", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example the language, or how many children need care",
    )  # fmt: skip
    submit_label = "Save"

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(conference)
        self.fields["person"].label_from_instance = lambda person: person.full_name


class SupportForm(GovForm):
    """What was arranged."""

    state = forms.ChoiceField(
        label="What was arranged?",
        choices=[one for one in SupportState.choices if one[0] != SupportState.NEEDED],
        widget=Radios(reveals={SupportState.BOOKED.value: ["booked_with"]}),
    )
    booked_with = forms.CharField(
        label="Who is booked?", required=False, max_length=200,
        help_text="The person or the service, and their phone number. An interpreter is never one of the family",
    )  # fmt: skip
    why_not = forms.CharField(
        label="If it is not booked, why?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    required_when = {
        "booked_with": ("state", {SupportState.BOOKED.value}, "Say who is booked"),
        "why_not": ("state", {SupportState.DECLINED.value, SupportState.NOT_BOOKED.value}, "Say why"),
    }
    submit_label = "Save"
