"""Forms about people who must not meet."""

from django import forms

from conferences.separation.choices import Shared
from cpc.core.web.fields import YesNoField
from cpc.core.web.forms import GovForm, Radios

WHY = forms.Textarea(attrs={"rows": 4})


class AskToShareForm(GovForm):
    """The chair's reason why two people who must not meet may share something."""

    submit_label = "Save the reason"
    pair = forms.ChoiceField(label="Which two people?", widget=Radios())
    shared = forms.ChoiceField(label="What may they do?", choices=Shared.choices, widget=Radios())
    reason = forms.CharField(
        label="Why?", widget=WHY, max_length=2000,
        help_text="Say what the protected person wants and how they are kept safe. It is kept with your name",
    )  # fmt: skip

    def __init__(self, *args, pairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pair"].choices = [
            (f"{one.pair.one}-{one.pair.other}", f"{one.one} and {one.other}") for one in pairs
        ]

    def clean_pair(self):
        """The ids of the two people."""
        return tuple(int(pk) for pk in self.cleaned_data["pair"].split("-"))


class AnswerToShareForm(GovForm):
    """The answer of a second person."""

    submit_label = "Save your decision"
    agreed = YesNoField(label="Do you agree?")
    reason = forms.CharField(label="Why?", widget=WHY, max_length=2000)
