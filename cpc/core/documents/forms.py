"""What the pages of the outbox ask: only ever why."""

from django import forms

from cpc.core.web.forms import GovForm


class ReasonForm(GovForm):
    """Why a message is held back, or came back."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why"},
    )
