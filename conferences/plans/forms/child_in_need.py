"""Child in need plans: meetings and the end."""

from django import forms

from conferences.convening.forms.days import day_reason_field
from conferences.plans.choices import NeedEnd
from conferences.plans.forms import moment, words_field
from conferences.plans.forms.core_groups import CoreGroupForm
from cpc.core.accounts.staff_names import NameChoice
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, TimeField
from cpc.core.web.sentences import set_error_messages
from families.people.models import Person


def _people_field(family) -> forms.ModelMultipleChoiceField:
    return PeopleField(
        label="Which family members will come?", queryset=Person.objects.filter(pk__in=[one.pk for one in family]),
        required=False, widget=Checkboxes(small=True),
        help_text="Two people who must not meet cannot both come. Nobody is chosen in advance.",
    )  # fmt: skip


class PeopleField(forms.ModelMultipleChoiceField):
    """People of the family, by their whole name."""

    def label_from_instance(self, person):
        return person.full_name


class NeedMeetingForm(CoreGroupForm):
    """When and where a child in need meeting is, and who of the family comes."""

    starts_on = DateField(
        label="Date", called="the date of the meeting", error_messages={"required": "Enter the date of the meeting"}
    )
    place = forms.CharField(
        label="Place", max_length=200, error_messages={"required": "Enter the place of the meeting"}
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = _people_field(family)
        set_error_messages(self.fields["people"])

    def booking(self) -> dict:
        """When, where and who of the family comes, as the action takes it."""
        return super().booking() | {"people": self.cleaned_data["people"]}


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
    next_day_reason = day_reason_field()
    next_is_review = forms.BooleanField(label="The next meeting is the review of the plan", required=False)

    def __init__(self, *args, today, held_on, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"] = DateField(
            label="Date", called="the day on which it was held", not_future=True, today=today, initial=held_on
        )
        self.fields["next_on"] = DateField(label="Date", required=False, called="the date of the next meeting")
        self.fields["next_people"] = _people_field(family)
        for name in ("held_on", "next_on", "next_people"):
            set_error_messages(self.fields[name])
        following = ["next_on", "next_time", "next_place", "next_people", "next_day_reason", "next_is_review"]
        self.order_fields(["held_on", "present", "progress", *following])
        self.groups = [("Next meeting", following)]

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


class NeedLeadForm(GovForm):
    """Who leads a child in need plan from now on, and why."""

    submit_label = "Save"
    lead = NameChoice(
        queryset=None, label="Who leads the plan?", empty_label="Choose a social worker",
        error_messages={"required": "Choose who leads the plan"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=500, error_messages={"required": "Say why someone else will lead the plan"}
    )

    def __init__(self, *args, workers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = workers


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
        set_error_messages(self.fields["ended_on"])
        self.order_fields(["reason", "ended_on", "note"])
