"""Forms of the outbox pages."""

from django import forms

from cpc.core.web.forms import GovForm


class ReasonForm(GovForm):
    """Why a message is held back or was returned."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why"},
    )
