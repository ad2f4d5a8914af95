"""What is asked when somebody acts for a chair."""

from django import forms

from cpc.core.accounts.models import User
from cpc.core.web.forms import DateField, GovForm


class ActingChairForm(GovForm):
    """Who acts for the chair of one conference, why, and until when."""

    submit_label = "Save"
    user = forms.ModelChoiceField(
        label="Who will act as chair?", queryset=User.objects.none(), empty_label="Choose a chair",
        help_text="They hold the conference, decide and approve the record and letters. Letters say who they act for.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why is an acting chair needed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until_on = DateField(
        label="Last day (optional)",
        required=False,
        not_past=True,
        help_text="If you leave this empty, they act until you end it.",
    )

    def __init__(self, *args, who, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = who
