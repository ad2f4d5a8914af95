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


class TakeBackForm(GovForm):
    """Why something is taken back from its reader, and what they were asked to do if they have it."""

    submit_label = "Take it back"
    submit_tone = "warning"
    reason = forms.CharField(
        label="What went wrong?",
        help_text="For example: it was for another family, or it says what this reader must not know.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say what went wrong"},
    )
    asked = forms.CharField(
        label="What was its reader asked to do?",
        help_text="For example: to delete it and say so in writing, or to give it to their social worker unopened.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say what its reader was asked to do"},
    )

    def __init__(self, *args, reader_has_it: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not reader_has_it:
            del self.fields["asked"]


class SettleForm(GovForm):
    """How an incident was settled."""

    submit_label = "Settle it"
    outcome = forms.CharField(
        label="How was it settled?",
        help_text="Whether it was returned or deleted, who was told, and whether it was reported.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say how it was settled"},
    )
