"""Forms of the interim safety plan."""

from django import forms

from conferences.convening.actions.safety_plans import InPlan, Step
from conferences.convening.choices.enquiries import PlanAgreement
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm

LONG = {"rows": 6}
SHORT = {"rows": 3}
OTHER = "other"
FIRST_STEPS = 4


class SafetyPlanForm(VersionedForm):
    """What keeps the children safe until the conference: who does what, by when, and who may read it.

    ``members`` are the people of the family who may be in it.
    """

    worries = forms.CharField(
        label="What are you worried about?",
        help_text="Use plain words. Everybody in the plan reads this.",
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": "Say what you are worried about"},
    )
    others = forms.MultipleChoiceField(
        label="Who else must agree to the plan?",
        help_text="Anybody who does something in it gets a page in any case.",
        widget=Checkboxes(small=True),
        required=False,
    )
    review_on = DateField(label="When will the plan be reviewed?", called="the day of the review", not_past=True)
    submit_label = "Save the plan"

    def __init__(self, *args, members, step_rows=0, **kwargs):
        self.members = {str(person.pk): person for person in members}
        self.step_rows = max(FIRST_STEPS, step_rows + 2)
        fields, self.groups, self.required_when = {}, [], {}
        for number in range(1, self.step_rows + 1):
            fields |= self._of_step(number)
        self.groups.append(("People and dates", ["others", "review_on"]))
        self.folded = frozenset(f"Step {number}" for number in range(3, self.step_rows + 1))
        self.unmarked = frozenset(fields)
        self.base_fields = self.base_fields | fields
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(pk, person.full_name) for pk, person in self.members.items()]

    def _of_step(self, number) -> dict:
        what, who, name, due_on, for_all = (
            f"step_{number}_{part}" for part in ("what", "who", "name", "due_on", "for_all")
        )
        self.groups.append((f"Step {number}", [what, who, name, due_on, for_all]))
        people = [(pk, person.full_name) for pk, person in self.members.items()]
        return {
            what: forms.CharField(
                label="What will be done?",
                help_text="Begin with a verb, for example: Ring the school every morning.",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            who: forms.ChoiceField(
                label="Who does it?",
                choices=[("", "Choose"), *people, (OTHER, "A professional")],
                required=False,
            ),
            name: forms.CharField(
                label="Name and role of the professional",
                help_text="Only if a professional does it.",
                required=False,
                max_length=200,
            ),
            due_on: DateField(label="By when?", called=f"the date of step {number}", required=False),
            for_all: YesNoField(
                label="May everybody in the plan read this step?",
                help_text="Choose no if it would tell somebody where or when another person can be found.",
                required=False,
                initial=True,
            ),
        }

    def clean(self):
        given = super().clean()
        for number in range(1, self.step_rows + 1):
            if not self._is_used(number):
                continue
            for part, sentence in (
                ("what", f"Say what will be done in step {number}"), ("who", f"Say who does step {number}"),
                ("due_on", f"Enter the date by which step {number} is done"),
            ):  # fmt: skip
                name = f"step_{number}_{part}"
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            if given.get(f"step_{number}_who") == OTHER and not given.get(f"step_{number}_name"):
                self.add_error(
                    f"step_{number}_name", f"Enter the name and role of the professional who does step {number}"
                )
            if given.get(f"step_{number}_for_all") is None:
                self.add_error(f"step_{number}_for_all", f"Say whether everybody in the plan may read step {number}")
        if not any(self._is_used(number) for number in range(1, self.step_rows + 1)):
            self.add_error("step_1_what", "Say what at least one person will do")
        return given

    def _is_used(self, number) -> bool:
        names = [f"step_{number}_{part}" for part in ("what", "who", "name", "due_on")]
        return any(self.cleaned_data.get(name) or name in self.errors for name in names)

    def given(self) -> dict:
        """The plan as the action takes it."""
        given = self.cleaned_data
        return {
            "worries": given["worries"],
            "review_on": given["review_on"],
            "seen": given["seen"],
            "steps": [self._step(number) for number in range(1, self.step_rows + 1) if self._is_used(number)],
            "others": [InPlan(self.members[pk].full_name, self.members[pk]) for pk in given["others"]],
        }

    def _step(self, number) -> Step:
        what, who, name, due_on, for_all = (
            self.cleaned_data[f"step_{number}_{part}"] for part in ("what", "who", "name", "due_on", "for_all")
        )
        person = self.members.get(who)
        return Step(InPlan(person.full_name if person else name, person), what, due_on, for_all)


def answers_of(plan, people, steps) -> dict:
    """The answers of the form as the plan is recorded."""
    found = {"worries": plan.worries, "review_on": plan.review_on}
    with_steps = {step.who_id for step in steps}
    found["others"] = [str(row.person_id) for row in people if row.person_id and row.pk not in with_steps]
    for number, step in enumerate(steps, start=1):
        person = step.who.person_id
        found |= {f"step_{number}_{part}": getattr(step, part) for part in ("what", "due_on", "for_all")}
        found[f"step_{number}_who"] = str(person) if person else OTHER
        found[f"step_{number}_name"] = "" if person else step.who.name
    return found


class AgreementForm(GovForm):
    """Who agreed to the plan and signed it."""

    submit_label = "Save"

    def __init__(self, *args, people, **kwargs):
        self.people = people
        fields, self.groups = {}, []
        for row in people:
            agreed, agreed_on = f"agreed_{row.pk}", f"agreed_on_{row.pk}"
            fields[agreed] = forms.ChoiceField(
                label=f"Did {row.name} agree?", choices=PlanAgreement.choices, widget=Radios(small=True),
                error_messages={"required": f"Say whether {row.name} agreed"},
            )  # fmt: skip
            fields[agreed_on] = DateField(
                label=f"On which day did {row.name} answer?", called=f"the day on which {row.name} answered",
                required=False, not_future=True,
            )  # fmt: skip
            self.groups.append((row.name, [agreed, agreed_on]))
        self.unmarked = frozenset(name for name in fields if name.startswith("agreed_on_"))
        self.base_fields = self.base_fields | fields
        initial = {f"agreed_{row.pk}": row.agreed for row in people}
        initial |= {f"agreed_on_{row.pk}": row.agreed_on for row in people}
        super().__init__(*args, initial=initial, **kwargs)

    def answers(self) -> dict:
        """The answer and the day of each person, by their row."""
        given = self.cleaned_data
        return {row.pk: (given[f"agreed_{row.pk}"], given[f"agreed_on_{row.pk}"]) for row in self.people}


class PlanReviewForm(GovForm):
    """A review of the plan."""

    submit_label = "Save the review"
    held_on = DateField(label="When was the plan reviewed?", called="the day of the review", not_future=True)
    found = forms.CharField(
        label="Is the plan working, and what was found?",
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": "Say what the review found"},
    )
    next_review_on = DateField(label="When will it be reviewed next?", called="the day of the next review")


class NoPlanForm(GovForm):
    """How the children are safe until the conference without an interim safety plan."""

    reason = forms.CharField(
        label="Why is there no interim safety plan?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text="Say where each child is and who keeps them safe until the conference",
    )  # fmt: skip
    submit_label = "Save"


class EndPlanForm(GovForm):
    """The manager ends the plan before the conference."""

    submit_label = "End the plan"
    submit_tone = "warning"
    reason = forms.CharField(
        label="Why does the plan end?", widget=forms.Textarea(attrs=SHORT),
        error_messages={"required": "Say why the plan ends"},
    )  # fmt: skip
