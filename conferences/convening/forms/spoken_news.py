"""The form for who was told by phone or in person."""

from django import forms

from conferences.convening.choices import SpokenHow
from cpc.core.web.forms import DateField, GovForm, Radios


class SpokenNewsForm(GovForm):
    """Whether somebody was told, who told them and when; or what was tried."""

    how = forms.ChoiceField(label="Were they told?", choices=SpokenHow.choices, widget=Radios())
    told_by = forms.CharField(label="Who told them, or tried to?", max_length=200)
    told_on = DateField(label="On which day?", called="the day", not_future=True)
    note = forms.CharField(
        label="What did they say, or what was tried?", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Do not write where anybody lives.",
    )  # fmt: skip
    as_of = forms.CharField(widget=forms.HiddenInput)
    required_when = {"note": ("how", {SpokenHow.NOT_REACHED.value}, "Say what was tried")}
    unmarked = frozenset({"note"})
    submit_label = "Save"
