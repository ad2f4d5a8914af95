"""Forms to book, move or cancel a conference, to declare and approve a chair, and for the rooms."""

from datetime import datetime

from django import forms
from django.utils import timezone

from conferences.convening.choices import CancelReason, ChairReason, LatenessReason, MoveReason
from conferences.convening.forms.days import day_reason_field
from conferences.convening.queries.booking import chairs, rooms
from cpc.core.accounts.models import User
from cpc.core.accounts.staff_names import NameChoice
from cpc.core.kernel.phrases import listed
from cpc.core.web.forms import Checkboxes, DateField, GovForm, NameField, Radios, TimeField, YesNoField
from cpc.core.web.versioned import ComparedForm

WIDE = {"class": "govuk-input--width-20"}
IF_LATE = "If the date is after the last day"


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
        label="Why is it after the last day?",
        required=False,
        choices=[("", "Not late"), *LatenessReason.choices],
        error_messages={"required": "Choose why it is after the last day"},
    )
    lateness_note = forms.CharField(label="More details", required=False, widget=forms.Textarea, max_length=2000)
    lateness_agreed_by = forms.CharField(
        label="Who agreed to the later date?", required=False, max_length=200, widget=forms.TextInput(attrs=WIDE),
        help_text="Name and job, for example the team manager and the chair",
        error_messages={"required": "Enter who agreed to the later date"},
    )  # fmt: skip
    groups = [
        ("When", ["held_on", "starts", "ends"]),
        ("Where", ["room", "video_link"]),
        ("Chair", ["chair"]),
        ("In one sitting", ["also_book"]),
        ("If the date is a bank holiday", ["day_reason"]),
        (IF_LATE, ["lateness_reason", "lateness_note", "lateness_agreed_by"]),
    ]
    folded = frozenset({"If the date is a bank holiday", IF_LATE})
    unmarked = frozenset({"lateness_reason", "lateness_agreed_by"})  # needed if it is late
    submit_label = "Book the conference"

    def __init__(self, *args, conference=None, also=(), **kwargs):
        """``also``: other conferences of the family that can be booked straight after this one."""
        super().__init__(*args, **kwargs)
        self.also = {str(one.pk): one for one in also}
        if also:
            self.fields["also_book"] = forms.MultipleChoiceField(
                label="Book another conference of this family straight after it?", required=False, widget=Checkboxes(),
                choices=[(one.pk, f"{one}. About {listed(child.full_name for child in one.about)}") for one in also],
                help_text="It begins when this one ends, with the same chair and in the same place.",
            )  # fmt: skip
        self.fields["room"].queryset = rooms()
        self.fields["chair"].queryset = chairs(conference)
        self.fields["room"].label_from_instance = str
        self.is_surely_late = conference is not None and conference.due_on <= timezone.localdate()
        if self.is_surely_late:
            self.fields["lateness_reason"].choices = [("", "Choose a reason"), *LatenessReason.choices]
            for name in self.unmarked:
                self.fields[name].required = True

    @property
    def unfolded(self):
        """Once no day before the last one is left, the fields about lateness are open from the start."""
        return super().unfolded | ({IF_LATE} if self.is_surely_late else set())

    def clean(self):
        cleaned = super().clean()
        for name in ("starts", "ends"):
            if cleaned.get("held_on") and cleaned.get(name) is not None:
                moment = timezone.make_aware(datetime.combine(cleaned["held_on"], cleaned[name]))
                cleaned[f"{name}_at"] = moment
        return cleaned

    @property
    def to_follow(self) -> list:
        """The conferences that were chosen to be booked straight after this one."""
        return [self.also[pk] for pk in self.cleaned_data.get("also_book", ())]

    def booking(self) -> dict:
        """The booking as the action takes it."""
        names = ("starts_at", "ends_at", "day_reason", "room", "video_link", "chair")
        late = ("lateness_reason", "lateness_note", "lateness_agreed_by")
        return {name: self.cleaned_data[name] for name in (*names, *late)}


def _agreed_by() -> forms.CharField:
    return forms.CharField(
        label="Who agreed to it?", max_length=200, widget=forms.TextInput(attrs=WIDE),
        help_text="Name and job, for example the chair or the team manager",
    )  # fmt: skip


class WhyForm(GovForm):
    """Why a booking is changed, as a code that is counted, and who agreed to it."""

    reason = forms.ChoiceField(label="Why?", widget=Radios(small=True))
    note = forms.CharField(
        label="More details", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="Needed for “Another reason”. For the record: it is not sent to anyone",
    )  # fmt: skip
    agreed_by = _agreed_by()

    def why(self) -> dict:
        """The reason and who agreed, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("reason", "note", "agreed_by")}


class MoveForm(BookForm, WhyForm):
    """A booking, why it is moved, and who agreed."""

    groups = [*BookForm.groups, ("Why the conference is moved", ["reason", "note", "agreed_by"])]
    submit_label = "Move the conference and notify everyone"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = MoveReason.choices
        self.fields["reason"].label = "Why is the conference being moved?"


class CancelForm(WhyForm):
    """Why the conference is cancelled, and who agreed."""

    submit_label = "Cancel the conference and notify everyone"
    cancel_label = "Keep the conference"
    submit_tone = "warning"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = CancelReason.choices
        self.fields["reason"].label = "Why is the conference being cancelled?"


def _another_chair() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=None, label="Who will chair it instead?", empty_label=None, widget=Radios(),
        error_messages={"required": "Choose a chair"},
    )  # fmt: skip


def _offer(field, others) -> None:
    """Let one of ``others`` (ChairCompared) be chosen, each with what speaks for or against them."""
    called = {one.chair.user.pk: str(one.chair) for one in others}
    field.queryset = User.objects.filter(pk__in=called)
    field.choices = list(called.items())
    field.widget.hints = {str(one.chair.user.pk): one.hint for one in others}


class ChangeChairForm(WhyForm):
    """Who chairs instead, why, and who agreed."""

    chair = _another_chair()
    field_order = ["chair", "reason", "note", "agreed_by"]
    submit_label = "Change the chair"

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["chair"], others)
        self.fields["reason"].choices = ChairReason.choices
        self.fields["reason"].label = "Why is the chair being changed?"

    def change(self) -> dict:
        """The chair, why and who agreed, as the action takes them."""
        return {"chair": self.cleaned_data["chair"], **self.why()}


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
    """Whether somebody who is not independent may chair, and why; or who chairs instead. ``others`` (ChairCompared) are
    those without a part in the case.
    """

    may_chair = YesNoField(
        label="May this person chair?",
        widget=Radios(reveals={"yes": ["reason"], "no": ["chair", "why_other"]}),
        error_messages={"required": "Say whether this person may chair"},
    )
    reason = forms.CharField(
        label="Why should this person chair?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="This is kept in the record of the conference. The family will be told that you agreed",
    )  # fmt: skip
    chair = _another_chair()
    why_other = forms.CharField(
        label="Why should somebody else chair?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="For the record: it is not sent to anyone",
    )  # fmt: skip
    required_when = {
        "reason": ("may_chair", {"yes"}, "Say why this person should chair"),
        "chair": ("may_chair", {"no"}, "Choose who will chair it instead"),
        "why_other": ("may_chair", {"no"}, "Say why somebody else should chair"),
    }
    submit_label = "Save your decision"

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["chair"], others)
        if not others:
            alone = "Nobody else can chair this conference. To choose “no”, ask the administrator to move it first."
            self.fields["may_chair"].help_text = alone


class RoomForm(ComparedForm):
    """A room and where it is."""

    name = NameField(label="Name of the room", max_length=120, widget=forms.TextInput(attrs=WIDE))
    address = forms.CharField(
        label="Address", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=500,
        help_text="One line each. It is printed in letters",
    )  # fmt: skip
    is_active = YesNoField(label="Can it be booked?", initial=True)
    submit_label = "Save"
