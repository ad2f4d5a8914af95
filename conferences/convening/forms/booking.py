"""Forms to book, move or cancel a conference, to declare and approve a chair, and for the rooms."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.choices import CancelReason, LatenessReason
from conferences.convening.forms.days import day_reason_field
from conferences.convening.queries.booking import chairs, rooms
from cpc.core.accounts.staff_names import NameChoice
from cpc.core.web.forms import DateField, GovForm, NameField, Radios, TimeField, YesNoField

WIDE = {"class": "govuk-input--width-20"}


class BookForm(GovForm):
    """Date, time, place, chair; after the last day also the reason and who agreed."""

    held_on = DateField(label="Date of the conference", help_text="A working day, for example 27 3 2026")
    starts = TimeField(label="Start time", help_text="For example, 10am or 14:30")
    ends = TimeField(label="End time")
    day_reason = day_reason_field()
    room = forms.ModelChoiceField(queryset=None, label="Room", required=False, empty_label="No room: by video only")
    video_link = forms.URLField(
        label="Video link",
        required=False,
        assume_scheme="https",
        help_text="Give a room, a video link, or both",
        error_messages={"invalid": "Enter the whole link, like https://video.example.org/room"},
    )
    chair = NameChoice(
        queryset=None, label="Chair", empty_label="Choose a chair",
        help_text="The chair must declare whether they are independent before anyone is invited",
    )  # fmt: skip
    lateness_reason = forms.ChoiceField(
        label="Why is it after the last day?", required=False, choices=[("", "Not late"), *LatenessReason.choices]
    )
    lateness_note = forms.CharField(label="More details", required=False, widget=forms.Textarea, max_length=2000)
    lateness_agreed_by = forms.CharField(
        label="Who agreed to the later date?", required=False, max_length=200, widget=forms.TextInput(attrs=WIDE),
        help_text="Name and job, for example the team manager and the chair",
    )  # fmt: skip
    groups = [
        ("When", ["held_on", "starts", "ends"]),
        ("Where", ["room", "video_link"]),
        ("Chair", ["chair"]),
        ("If the date is a bank holiday", ["day_reason"]),
        ("If the date is after the last day", ["lateness_reason", "lateness_note", "lateness_agreed_by"]),
    ]
    folded = frozenset({"If the date is a bank holiday", "If the date is after the last day"})
    submit_label = "Book the conference"

    def __init__(self, *args, conference=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms()
        self.fields["chair"].queryset = chairs(conference)
        self.fields["room"].label_from_instance = str

    def clean(self):
        cleaned = super().clean()
        for name in ("starts", "ends"):
            if cleaned.get("held_on") and cleaned.get(name) is not None:
                moment = timezone.make_aware(datetime.combine(cleaned["held_on"], cleaned[name]))
                cleaned[f"{name}_at"] = moment
        return cleaned

    def booking(self) -> dict:
        """The booking as the action takes it."""
        names = ("starts_at", "ends_at", "day_reason", "room", "video_link", "chair")
        late = ("lateness_reason", "lateness_note", "lateness_agreed_by")
        return {name: self.cleaned_data[name] for name in (*names, *late)}


class MoveForm(BookForm):
    """A booking, and why it is moved."""

    why = forms.CharField(
        label="Why is the conference being moved?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    submit_label = "Move the conference and notify everyone"


class CancelForm(GovForm):
    """Why the conference is cancelled."""

    reason = forms.ChoiceField(
        label="Why is the conference being cancelled?", choices=CancelReason.choices, widget=Radios()
    )
    note = forms.CharField(
        label="More details", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="For the record. It is not sent to anyone",
    )  # fmt: skip
    submit_label = "Cancel the conference and notify everyone"
    submit_tone = "warning"


class DeclareIndependenceForm(GovForm):
    """Ask the chair whether they are independent. Yes needs how; no needs why they should still chair."""

    independent = forms.ChoiceField(
        label="Are you independent of this family, of the case and of its line management?",
        choices=[("yes", "Yes, I am independent"), ("no", "No, I am not")],
        widget=Radios(reveals={"yes": ["how"], "no": ["why_not"]}),
        error_messages={"required": "Say whether you are independent"},
    )
    how = forms.CharField(
        label="How are you independent?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: you have not worked with the family, and neither manage nor are managed by anybody who "
        "has",
    )  # fmt: skip
    why_not = forms.CharField(
        label="Why are you not independent, and why should you still chair?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The conference service manager decides whether you may chair. The family will be told that you are "
        "not independent, and who agreed",
    )  # fmt: skip
    required_when = {
        "how": ("independent", {"yes"}, "Say how you are independent"),
        "why_not": ("independent", {"no"}, "Say why you are not independent, and why you should still chair"),
    }
    submit_label = "Declare"

    def declaration(self) -> dict:
        """The declaration as the action takes it."""
        is_independent = self.cleaned_data["independent"] == "yes"
        return {
            "independent": is_independent, "statement": self.cleaned_data["how" if is_independent else "why_not"],
        }  # fmt: skip


class AgreeChairForm(GovForm):
    """Why somebody who is not independent may chair."""

    reason = forms.CharField(
        label="Why should this person chair?", widget=forms.Textarea, max_length=2000,
        help_text="This is kept in the record of the conference. The family will be told that you agreed",
    )  # fmt: skip
    submit_label = "Approve as chair"


class RoomForm(GovForm):
    """A room and where it is."""

    name = NameField(label="Name of the room", max_length=120, widget=forms.TextInput(attrs=WIDE))
    address = forms.CharField(
        label="Address", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=500,
        help_text="One line each. It is printed in letters",
    )  # fmt: skip
    is_active = YesNoField(label="Can it be booked?", initial=True)
    submit_label = "Save"
