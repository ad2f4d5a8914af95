"""Child in need plans: meetings and the end."""

from django import forms

from conferences.plans.choices import NeedEnd
from conferences.plans.forms import CoreGroupForm, moment, words_field
from cpc.core.web.forms import DateField, GovForm, Radios, TimeField
from cpc.core.web.sentences import speak


class NeedMeetingForm(CoreGroupForm):
    """When and where a child in need meeting is."""

    starts_on = DateField(
        label="Date", called="the date of the meeting", error_messages={"required": "Enter the date of the meeting"}
    )
    place = forms.CharField(
        label="Place", max_length=200, error_messages={"required": "Enter the place of the meeting"}
    )


class BookNeedMeetingForm(NeedMeetingForm):
    """The next child in need meeting, and whether it reviews the plan."""

    is_review = forms.BooleanField(label="This meeting is the review of the plan", required=False)

    def booking(self) -> dict:
        """When, where and what for, as the action takes it."""
        return super().booking() | {"is_review": self.cleaned_data["is_review"]}


class RecordNeedMeetingForm(GovForm):
    """A child in need meeting written up, and the next one."""

    submit_label = "Save the meeting"
    present = words_field("Who attended?", rows=2, error_messages={"required": "Say who attended"})
    progress = words_field("What was discussed and agreed", required=False)
    next_time = TimeField(label="Start time", required=False, called="the start time")
    next_place = forms.CharField(label="Place", required=False, max_length=200)
    next_is_review = forms.BooleanField(label="The next meeting is the review of the plan", required=False)

    def __init__(self, *args, today, held_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"] = DateField(
            label="Date", called="the day on which it was held", not_future=True, today=today, initial=held_on
        )
        self.fields["next_on"] = DateField(label="Date", required=False, called="the date of the next meeting")
        for name in ("held_on", "next_on"):
            speak(self.fields[name])
        self.order_fields(["held_on", "present", "progress", "next_on", "next_time", "next_place", "next_is_review"])
        self.groups = [("Next meeting", ["next_on", "next_time", "next_place", "next_is_review"])]

    def clean(self):
        given = self.cleaned_data
        if bool(given.get("next_on")) != bool(given.get("next_time")) and not self.errors:
            missing = "next_time" if given.get("next_on") else "next_on"
            self.add_error(missing, "Enter both the date and the start time of the next meeting")
        return given

    def written(self) -> dict:
        """The meeting as the action takes it."""
        given = dict(self.cleaned_data)
        return given | {"next_at": moment(given.pop("next_on"), given.pop("next_time"))}


class EndNeedForm(GovForm):
    """Why a child in need plan ends, and when."""

    submit_label = "End the plan"
    reason = forms.ChoiceField(
        label="Why does the plan end?", widget=Radios(),
        choices=[(one.value, one.label) for one in NeedEnd if one != NeedEnd.PROTECTION],
        error_messages={"required": "Choose why the plan ends"},
    )  # fmt: skip
    note = words_field("What was achieved, or why is it ending now?", required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = DateField(
            label="When did it end?", called="the day", not_future=True, today=today, required=False,
            help_text="Leave this empty after a death or 18th birthday. The plan ends on that day.",
        )  # fmt: skip
        speak(self.fields["ended_on"])
        self.order_fields(["reason", "ended_on", "note"])
