"""The reason for meeting on a bank holiday, as every form that books a meeting asks for it."""

from django import forms


def day_reason_field() -> forms.CharField:
    """A field that is needed only where the day is a bank holiday; the action says so."""
    return forms.CharField(
        label="If it is a bank holiday, why must it be that day?", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": "2"}), help_text="Meetings are never on a Saturday or Sunday.",
    )  # fmt: skip
