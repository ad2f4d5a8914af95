"""Ending a plan without a conference."""

from django import forms

from conferences.plans.choices import WITHOUT_A_CONFERENCE, EndReason
from conferences.plans.forms import reason_fields, reasons_given, words_field
from cpc.core.web.forms import DateField, GovForm, Radios
from cpc.core.web.sentences import set_error_messages


class UndoEndForm(GovForm):
    """Why a plan that was ended without a conference goes on."""

    submit_label = "The plan goes on"
    reason = words_field(
        "Why was it wrong to end it?", max_length=2000, help_text="What was wrong, and how you know.",
        error_messages={"required": "Say what was wrong and how you know"},
    )  # fmt: skip

    def __init__(self, *args, priorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.priorities = priorities
        self.fields |= reason_fields(priorities)

    def undone(self) -> dict:
        """The reasons, as the action takes them."""
        typed = self.cleaned_data
        return {"reason": typed["reason"], "gap_reasons": reasons_given(self.priorities, typed)}


class EndPlanForm(GovForm):
    """Why a plan ends without a conference, how that is known, and the proof of a move."""

    submit_label = "End the plan"
    reason = forms.ChoiceField(
        label="Why does the plan end?", choices=[(one.value, one.label) for one in WITHOUT_A_CONFERENCE],
        widget=Radios(
            hints={
                EndReason.DIED: "It ends on the recorded date of death.",
                EndReason.EIGHTEEN: "It ends on the 18th birthday.",
                EndReason.MOVED: "Only if the other authority has held its conference and accepted responsibility.",
            },
            reveals={
                EndReason.MOVED.value: [
                    "authority", "conference_on", "conference_proof", "accepted_on", "accepted_proof",
                ],
                EndReason.LEFT_UK.value: ["left_on"],
            },
        ),
        error_messages={"required": "Choose why the plan ends"},
    )  # fmt: skip
    authority = forms.CharField(label="Which authority has taken over?", max_length=200)
    conference_proof = words_field("What shows that it held its conference?", rows=2)
    accepted_proof = words_field("What shows that it accepted responsibility?", rows=2)
    known_how = words_field(
        "How do you know?", rows=2, help_text="For example who told you, and which document you have seen.",
        error_messages={"required": "Say how you know"},
    )  # fmt: skip
    consulted = words_field(
        "Which agencies did you consult, and what did they say?", required=False,
        help_text="Not needed after a death.",
    )  # fmt: skip
    _moved = {EndReason.MOVED}
    required_when = {
        "authority": ("reason", _moved, "Enter the name of the authority that has taken over"),
        "conference_on": ("reason", _moved, "Enter the day on which the other authority held its conference"),
        "conference_proof": ("reason", _moved, "Say what shows that the other authority held its conference"),
        "accepted_on": ("reason", _moved, "Enter the day on which the other authority accepted responsibility"),
        "accepted_proof": ("reason", _moved, "Say what shows that the other authority accepted responsibility"),
        "left_on": ("reason", {EndReason.LEFT_UK}, "Enter the day on which the child left the country"),
    }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        days = {
            "conference_on": ("When did it hold its conference?", "the day of its conference"),
            "accepted_on": ("When did it accept responsibility?", "the day of the acceptance"),
            "left_on": ("When did the child leave the country?", "the day the child left"),
        }
        for name, (label, called) in days.items():
            self.fields[name] = DateField(label=label, called=called, not_future=True, today=today)
            set_error_messages(self.fields[name])
        self.order_fields([
            "reason", "authority", "conference_on", "conference_proof", "accepted_on", "accepted_proof", "left_on",
            "known_how", "consulted",
        ])  # fmt: skip
