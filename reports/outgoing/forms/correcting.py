"""Forms to correct what was entered wrongly at a conference that was held."""

from django import forms

from conferences.convening.choices import Outcome
from conferences.meeting.forms.attendance import AttendanceForm, NewcomerForm
from conferences.meeting.forms.decisions import DecisionForm
from conferences.meeting.queries.board import included
from conferences.plans.choices import AT_A_REVIEW
from conferences.plans.forms import moment, plan_fields, reason_fields, reasons_given
from conferences.plans.rules import PLAN_TEXTS
from cpc.core.web.forms import DateField, GovForm, Radios, TimeField
from cpc.core.web.sentences import set_error_messages

NEWCOMER = ("newcomer_name", "newcomer_role", "newcomer_agency", "newcomer_children")
SHOW, CONFIRM = "Show what will change", "Confirm the correction"


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Why are you correcting it?",
        help_text="What was wrong, and how you know. It is kept with your name.",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Say what was wrong and how you know"},
    )


class Confirmed:
    """A form that first shows what will change. ``seen`` identifies what was shown; confirming sends it back."""

    submit_label = SHOW

    def ask_to_confirm(self, mark: str) -> None:
        """Carry the mark of what is shown, so that the next submission confirms exactly that."""
        self.data = self.data.copy()
        self.data["seen"] = mark
        self.submit_label = CONFIRM

    def _ask_why(self) -> None:
        self.fields["reason"] = _reason()
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)


class CorrectDecisionForm(Confirmed, DecisionForm):
    """The decision for one child, as it should have been entered. A plan that it begins is asked for too."""

    def __init__(self, *args, conference, row, begins_plan, ends_plan, workers, people, now, priorities, **kwargs):
        self.workers = {str(worker.pk): worker for worker in workers}
        self.now, self.priorities = now, priorities
        self.people = {str(person.pk): person for person in people}
        self.plan_names, self.names = [], [row.child.short_name]
        super().__init__(*args, conference=conference, rows=[row], **kwargs)
        del self.fields["children"]
        if begins_plan:
            self._ask_plan()
        if ends_plan:
            self.fields["end_reason"] = forms.ChoiceField(
                label="If the plan ends, why does it end?",
                choices=[(one.value, one.label) for one in AT_A_REVIEW],
                widget=Radios(small=True),
                required=False,
            )
        self._ask_why()
        for name in (*self.plan_names, "end_reason", "reason"):
            if name in self.fields:
                set_error_messages(self.fields[name])
        if not self.is_bound:
            self._put_back()

    def _ask_plan(self):
        fields = plan_fields(self.workers, self.people, self.names, self.now)
        self.plan_names = list(fields)
        outcome = self.fields["outcome"].widget
        needs_plan = Outcome.PROTECTION_PLAN.value
        outcome.reveals = {**outcome.reveals, needs_plan: [*outcome.reveals[needs_plan], *fields]}
        self.required_when = dict(self.required_when)
        for name, field in fields.items():
            if field.required:
                self.required_when[name] = ("outcome", {Outcome.PROTECTION_PLAN}, field.error_messages["required"])
            field.required, field.conditional = False, True
            self.fields[name] = field
        # Not only where a plan begins: one that was ended goes on with its core group where nothing is decided.
        self.fields |= reason_fields(self.priorities)

    def corrected(self) -> dict:
        """The decision as the action takes it."""
        typed = self.cleaned_data
        given = {name: typed[name] or "" for name in DecisionForm.base_fields if name in typed}
        del given["is_restricted"]
        given["restricted_audience"] = given.pop("audience")
        given["is_multiple"] = "yes" in given["is_multiple"]
        given["new_date_on"] = typed["new_date_on"] or None
        if self.plan_names:
            given |= {name: typed[name] or "" for name in PLAN_TEXTS}
            given["lead_social_worker"] = self.workers.get(typed["lead_social_worker"])
            given["members"] = [self.people[id_] for id_ in typed["members"] or []]
            given["gap_reasons"] = reasons_given(self.priorities, typed)
        return given | {"end_reason": typed.get("end_reason") or "", "reason": typed["reason"]}


class CorrectPlanForm(Confirmed, GovForm):
    """The lead and the words of one child’s plan, as they should have been entered."""

    def __init__(self, *args, child, workers, **kwargs):
        self.workers = {str(worker.pk): worker for worker in workers}
        super().__init__(*args, **kwargs)
        fields = plan_fields(self.workers, {}, [child.short_name])
        self.fields |= {name: field for name, field in fields.items() if name != "members"}
        self._ask_why()
        for name in self.fields:
            set_error_messages(self.fields[name])
        if not self.is_bound:
            self._put_back()

    def corrected(self) -> dict:
        """The plan as the action takes it."""
        typed = self.cleaned_data
        texts = {name: typed[name] or "" for name in PLAN_TEXTS}
        lead = self.workers.get(typed["lead_social_worker"])
        return texts | {"lead_social_worker": lead, "reason": typed["reason"]}


class CorrectDateForm(Confirmed, GovForm):
    """When the conference was held, as it should have been entered."""

    starts_time = TimeField(label="It started at", called="the time at which it started")
    ends_time = TimeField(label="It ended at", called="the time at which it ended")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        day = DateField(label="It was held on", called="the day on which it was held", not_future=True, today=today)
        self.fields = {"held_on": day, **self.fields}
        self._ask_why()
        for name in ("held_on", "reason"):
            set_error_messages(self.fields[name])
        if not self.is_bound:
            self._put_back()

    def held(self) -> dict:
        """When it was held and why that is corrected, as the action takes it."""
        typed = self.cleaned_data
        starts_at = moment(typed["held_on"], typed["starts_time"])
        ends_at = moment(typed["held_on"], typed["ends_time"])
        return {"starts_at": starts_at, "ends_at": ends_at, "reason": typed["reason"]}


class CorrectAttendanceForm(Confirmed, AttendanceForm):
    """Who attended, as it should have been entered: one group for each person."""

    def __init__(self, *args, conference, people, **kwargs):
        super().__init__(*args, conference=conference, people=people, **kwargs)
        self.groups = []
        for person in people:
            self.fields[f"mark_{person.pk}"].label = "Attendance"
            names = [f"{name}_{person.pk}" for name in ("mark", "came", "left", "note")]
            self.groups.append((f"{person.name} ({person.get_role_display()})", names))
            for name in names:  # one of them is corrected, seldom all: no "(optional)" four times for each person
                self.fields[name].conditional = True
        self.fields["quorum_reason"] = forms.CharField(
            label="If it was not quorate, why do its decisions still count?",
            help_text="Only where the correction changes this. Every copy of the record says it.",
            widget=forms.Textarea(attrs={"rows": "3"}),
            max_length=2000,
            required=False,
        )
        self._ask_newcomer([row.child for row in included(conference)])
        self._ask_why()
        self.groups.append(("The correction", ["quorum_reason", "reason"]))
        for name in (*NEWCOMER, "quorum_reason", "reason"):
            set_error_messages(self.fields[name])
        if not self.is_bound:
            self._put_back()

    def _ask_newcomer(self, children):
        asked = NewcomerForm(children=children)
        self.known = asked.known
        for name in NEWCOMER:
            field = self.fields[name] = asked.fields[name.removeprefix("newcomer_")]
            field.required = False
        self.groups.append(("Somebody who came and is not in the list", list(NEWCOMER)))

    def clean(self):
        """The role is needed with a name, and a name with anything else about the newcomer."""
        super().clean()
        typed = self.cleaned_data
        given = {name for name in NEWCOMER if typed.get(name)}
        if given and not typed.get("newcomer_name"):
            self.add_error("newcomer_name", "Enter the name of the person")
        if given and not typed.get("newcomer_role"):
            self.add_error("newcomer_role", "Choose their role")
        return typed

    def newcomer(self) -> dict | None:
        """Who came and was not recorded, as the action takes them; None where nobody is typed."""
        typed = {name.removeprefix("newcomer_"): self.cleaned_data[name] for name in NEWCOMER}
        if not typed["name"]:
            return None
        return typed | {"children": [self.known[id_] for id_ in typed["children"]]}
