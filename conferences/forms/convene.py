"""What is asked of whoever books, moves or cancels a conference, agrees a chair, or keeps the rooms."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.choices import CancelReason, LatenessReason
from conferences.queries.convene import chairs, rooms
from cpc.core.web.forms import DateField, GovForm, Radios, TimeField, YesNoField

WIDE = {"class": "govuk-input--width-20"}


class BookForm(GovForm):
    """Date, time, place, chair; beyond the limit, why, and who agreed."""

    held_on = DateField(label="Date of the conference", help_text="A working day, like 27 3 2026")
    starts = TimeField(label="Start time", help_text="Like 10am or 14:30")
    ends = TimeField(label="End time")
    room = forms.ModelChoiceField(queryset=None, label="Room", required=False, empty_label="No room: by video only")
    video_link = forms.URLField(
        label="Video link",
        required=False,
        assume_scheme="https",
        help_text="Give a room, a video link, or both",
        error_messages={"invalid": "Enter the whole link, like https://video.example.org/room"},
    )
    chair = forms.ModelChoiceField(queryset=None, label="Chair", empty_label="Choose a chair")
    chair_knows_case = YesNoField(
        label="Did this person manage or investigate the case?",
        help_text="If yes, the conference service manager must first record why they may chair",
    )
    lateness_reason = forms.ChoiceField(
        label="Why is it late?", required=False, choices=[("", "Not late"), *LatenessReason.choices]
    )
    lateness_note = forms.CharField(label="More about why", required=False, widget=forms.Textarea, max_length=2000)
    lateness_agreed_by = forms.CharField(
        label="Who agreed to the later date?", required=False, max_length=200, widget=forms.TextInput(attrs=WIDE),
        help_text="Name and job, for example the team manager and the chair",
    )  # fmt: skip
    groups = [
        ("When", ["held_on", "starts", "ends"]),
        ("Where", ["room", "video_link"]),
        ("Who chairs", ["chair", "chair_knows_case"]),
        ("Only if it is after the last day", ["lateness_reason", "lateness_note", "lateness_agreed_by"]),
    ]
    submit_label = "Book the conference"

    def __init__(self, *args, conference=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms()
        self.fields["chair"].queryset = chairs(conference)
        self.fields["chair"].label_from_instance = self.fields["room"].label_from_instance = str

    def clean(self):
        cleaned = super().clean()
        for name in ("starts", "ends"):
            if cleaned.get("held_on") and cleaned.get(name) is not None:
                moment = timezone.make_aware(datetime.combine(cleaned["held_on"], cleaned[name]))
                cleaned[f"{name}_at"] = moment
        return cleaned

    def booking(self) -> dict:
        """What was filled in, as the action takes it."""
        names = ("starts_at", "ends_at", "room", "video_link", "chair", "chair_knows_case")
        late = ("lateness_reason", "lateness_note", "lateness_agreed_by")
        return {name: self.cleaned_data[name] for name in (*names, *late)}


class MoveForm(BookForm):
    """The same, and why it is moved."""

    why = forms.CharField(label="Why is it moved?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    submit_label = "Move it and tell everyone"


class CancelForm(GovForm):
    """Why the conference is cancelled."""

    reason = forms.ChoiceField(label="Why is it cancelled?", choices=CancelReason.choices, widget=Radios())
    note = forms.CharField(
        label="More about why", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="For the record. It is not sent to anyone",
    )  # fmt: skip
    submit_label = "Cancel the conference and tell everyone"
    submit_tone = "warning"


class AgreeChairForm(GovForm):
    """Why somebody who knows the case may chair."""

    reason = forms.CharField(
        label="Why may this person chair?", widget=forms.Textarea, max_length=2000,
        help_text="It stands in the record of the conference",
    )  # fmt: skip
    submit_label = "Agree that they chair"


class RoomForm(GovForm):
    """A room and where it is."""

    name = forms.CharField(label="Name of the room", max_length=120, widget=forms.TextInput(attrs=WIDE))
    address = forms.CharField(
        label="Address", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=500,
        help_text="One line each. It is printed in letters",
    )  # fmt: skip
    is_active = YesNoField(label="Can it be booked?", initial=True)
    submit_label = "Save"
