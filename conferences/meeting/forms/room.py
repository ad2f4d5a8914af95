"""The form in which the chair lets the room's screen show what the check asks about."""

from collections.abc import Iterable

from django import forms

from conferences.meeting.queries.room import LeftOut
from cpc.core.web.forms import Checkboxes, GovForm


def room_form(asked: Iterable[LeftOut]) -> type[GovForm]:
    """A box for each of these notes, with what was found and which person might learn it, and the reason."""
    fields = {
        "notes": forms.MultipleChoiceField(
            label="What may the screen show?",
            choices=[(one.key, _in_words(one)) for one in asked],
            widget=Checkboxes,
            error_messages={
                "invalid_choice": "A note or who is in the room has changed since you opened this page. Read it again."
            },
        ),
        "reason": forms.CharField(
            label="Why does it tell them nothing that they must not learn?",
            max_length=500,
            help_text="Kept with your name, for these sentences and these people only.",
        ),
    }
    return type("RoomScreenForm", (GovForm,), {**fields, "submit_label": "Show it"})


def _in_words(one: LeftOut) -> str:
    found = "; ".join(
        f"{finding.reason}, for {listener.name}" for listener, findings in one.questions for finding in findings
    )
    return f"{one.title}: “{one.text}” ({found})"
