"""Forms for what the family needs to take part in a conference."""

from django import forms

from conferences.convening.choices import ARRANGED, SupportKind
from conferences.convening.choices import SupportState as S
from conferences.convening.queries.support import people_of
from conferences.convening.rules import advocates
from cpc.core.web.forms import DateField, GovForm, Radios


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
        choices=[(one.value, one.label) for one in ARRANGED],
        widget=Radios(reveals={S.BOOKED.value: ["booked_with", "is_outsider"]}),
    )
    booked_with = forms.CharField(
        label="Who is booked?", required=False, max_length=200,
        help_text="The person or the service, and their phone number",
    )  # fmt: skip
    is_outsider = forms.BooleanField(
        label="I have checked that the interpreter is not a relative or friend of the family", required=False
    )
    why_not = forms.CharField(
        label="If it is not booked, why?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    required_when = {
        "booked_with": ("state", {S.BOOKED.value}, "Say who is booked"),
        "why_not": ("state", {S.DECLINED.value, S.NOT_BOOKED.value}, "Say why"),
    }
    submit_label = "Save"

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != SupportKind.INTERPRETER:
            del self.fields["is_outsider"]


class AdvocateForm(GovForm):
    """How far an advocate is arranged: offered, answered, referred, booked."""

    offered_by = forms.CharField(label="Who offered an advocate?", max_length=200, help_text="Name and role")
    offered_on = DateField(label="When was it offered?", called="the day on which it was offered", not_future=True)
    state = forms.ChoiceField(
        label="What happened then?",
        choices=[(one, S(one).label) for one in advocates.NEEDED],
        widget=Radios(
            reveals={S.REFERRED.value: ["referred_to", "referred_on"], S.BOOKED.value: ["booked_with"]},
            hints={S.DECLINED.value: "They can change their mind at any time"},
        ),
        error_messages={"required": "Choose what happened then"},
    )
    answered_on = DateField(
        label="When did they answer?", called="the day on which they answered", not_future=True,
        help_text="Leave this empty if there is no answer yet",
    )  # fmt: skip
    referred_to = forms.CharField(label="To which service were they referred?", max_length=200)
    referred_on = DateField(label="When?", called="the day of the referral", not_future=True)
    booked_with = forms.CharField(
        label="Who is booked?", max_length=200, help_text="The advocate or the service, and their phone number"
    )
    why_not = forms.CharField(
        label="If nobody is booked, why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if they declined, or nobody could be booked",
    )  # fmt: skip
    required_when = {
        name: ("state", {state for state, needed in advocates.NEEDED.items() if name in needed}, sentence)
        for name, sentence in advocates.SENTENCES.items()
        if name not in advocates.OFFER
    }
    submit_label = "Save"
