"""What is asked for each child: how they took part, what each agency thinks, and what is decided."""

from django import forms

from conferences.actions.decide import RESTRICTED_AUDIENCES, VIEW_AUDIENCES, View
from conferences.choices import AgencyViewKind, Audience, Category, NotDecidedReason, Outcome, Participation
from conferences.forms.leave import audience_fields
from conferences.queries.meet import gives_a_view
from cpc.core.policy.queries import setting
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios
from cpc.core.web.sentences import speak

IN_REVIEW = {
    Outcome.PROTECTION_PLAN: "The child protection plan continues",
    Outcome.CHILD_IN_NEED: "The plan ends, and a child in need plan begins with the family’s consent",
    Outcome.NO_PLAN: "The plan ends, and no plan follows",
    Outcome.NOT_DECIDED: "Not decided: the conference was inquorate or adjourned",
}


def outcome_words(conference, outcome) -> str:
    """The outcome as this kind of conference puts it: a review continues a plan or ends it."""
    return IN_REVIEW[outcome] if conference.is_review else Outcome(outcome).label


class ChildViewsForm(GovForm):
    """One child: how they took part, then each person who knows them."""

    submit_label = "Save"
    participation = forms.ChoiceField(
        label="How the child took part",
        choices=[("", "Not said yet"), *((code, f"{label} ({code})") for code, label in Participation.choices)],
        required=False,
    )

    def __init__(self, *args, row, people, views, scores, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.groups = people, []
        self.initial.setdefault("participation", row.participation)
        for person in people:
            names = [self._ask_score(person, scores.get(person.pk))] if setting("uses_scale") else []
            if gives_a_view(person):
                names = [*self._ask_view(person, views.get(person.pk)), *names]
            if names:
                self.groups.append((self._called(person), names))
        for field in self.fields.values():
            speak(field)
            field.conditional = True  # who is asked is for the chair to say: “optional” on each would be noise
        if not self.is_bound:
            self._put_back()

    @staticmethod
    def _called(person) -> str:
        where = f", {person.agency.name}" if person.agency else ""
        here = "" if person.attendance == "present" else " – not here"
        return f"{person.name} ({person.get_role_display()}{where}){here}"

    def _ask_view(self, person, kept):
        id_ = person.pk
        names = [f"view_{id_}", f"reason_{id_}", f"dissents_{id_}"]
        self.fields[names[0]] = forms.ChoiceField(
            label="View", choices=AgencyViewKind.choices, required=False, initial=getattr(kept, "view", None),
            widget=Radios(inline=True, small=True),
        )  # fmt: skip
        self.fields[names[1]] = forms.CharField(
            label="Reason for this view", required=False, initial=getattr(kept, "reason", ""),
            widget=forms.Textarea(attrs={"rows": "2"}),
        )  # fmt: skip
        self.fields[f"audience_{id_}"] = forms.ChoiceField(
            label="Who may read it?", choices=[(one.value, one.label) for one in VIEW_AUDIENCES], required=False,
            initial=getattr(kept, "audience", Audience.EVERYONE),
        )  # fmt: skip
        names.insert(2, f"audience_{id_}")
        dissent = f"dissent_reason_{id_}"
        self.fields[f"dissents_{id_}"] = forms.MultipleChoiceField(
            label="Once the chair has decided", choices=[("yes", "Dissents from the decision")], required=False,
            initial=["yes"] if getattr(kept, "dissents", False) else [],
            widget=Checkboxes(small=True, reveals={"yes": [dissent]}),
        )  # fmt: skip
        self.fields[dissent] = forms.CharField(
            label="Reason for the dissent", required=False, initial=getattr(kept, "dissent_reason", ""),
            widget=forms.Textarea(attrs={"rows": "2"}),
        )  # fmt: skip
        return names

    def _ask_score(self, person, score):
        low, high = setting("scale_low_label"), setting("scale_high_label")
        name = f"score_{person.pk}"
        self.fields[name] = forms.TypedChoiceField(
            label=f"On the scale: 0 is “{low}”, 10 is “{high}”",
            choices=[("", "Not asked"), *((str(n), str(n)) for n in range(11))],
            coerce=int, empty_value=None, required=False, initial="" if score is None else str(score),
        )  # fmt: skip
        return name

    def views(self) -> list[View]:
        """What each person said."""
        given = self.cleaned_data
        return [
            View(
                invitation_id=person.pk,
                view=given.get(f"view_{person.pk}") or "",
                reason=given.get(f"reason_{person.pk}") or "",
                dissents="yes" in (given.get(f"dissents_{person.pk}") or []),
                dissent_reason=given.get(f"dissent_reason_{person.pk}") or "",
                score=given.get(f"score_{person.pk}"),
                audience=given.get(f"audience_{person.pk}") or self.fields[f"audience_{person.pk}"].initial
                if f"audience_{person.pk}" in self.fields
                else Audience.EVERYONE,
            )
            for person in self.people
        ]


class DecisionForm(GovForm):
    """What is decided: for one child, or the same for several, with every possible outcome in sight."""

    submit_label = "Save the decision"
    children = forms.MultipleChoiceField(
        label="For whom is this decided?",
        help_text="Each child has a decision of their own, also where it is the same.",
        widget=Checkboxes(),
        error_messages={"required": "Choose the children for whom this is decided"},
    )
    outcome = forms.ChoiceField(
        label="What is decided?",
        widget=Radios(
            reveals={
                Outcome.PROTECTION_PLAN.value: ["category"],
                Outcome.CHILD_IN_NEED.value: ["consent_by"],
                Outcome.NOT_DECIDED.value: ["not_decided_reason", "interim_plan", "new_date_on"],
            },
            hints={
                Outcome.PROTECTION_PLAN.value: "The child is suffering, or likely to suffer, significant harm.",
                Outcome.NOT_DECIDED.value: "Needs a reason, an interim plan and a new date.",
            },
        ),
        error_messages={"required": "Choose what is decided"},
    )
    category = forms.ChoiceField(label="Category", choices=Category.choices, widget=Radios(small=True))
    consent_by = forms.CharField(label="Who consented?", max_length=200)
    not_decided_reason = forms.ChoiceField(
        label="Why is nothing decided?", choices=NotDecidedReason.choices, widget=Radios(small=True, inline=True)
    )
    interim_plan = forms.CharField(
        label="Interim plan that keeps the child safe until then", widget=forms.Textarea(attrs={"rows": "4"})
    )
    new_date_on = DateField(label="New date", called="the new date")
    reasons = forms.CharField(
        label="The chair’s reasons",
        help_text="In words that the family can follow.",
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": "Give the reasons for the decision"},
    )
    is_restricted = forms.MultipleChoiceField(
        label="Are there reasons that not everybody may read?",
        choices=[("yes", "Add reasons that only some may read")],
        required=False,
        widget=Checkboxes(small=True, reveals={"yes": ["restricted", "audience"]}),
    )
    restricted = forms.CharField(
        label="Reasons that only some may read",
        help_text="They stand apart: in the copies of those whom you choose, and in no other.",
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    audience = audience_fields(RESTRICTED_AUDIENCES, ())[0]["audience"]
    required_when = {
        "restricted": ("is_restricted", {"yes"}, "Write the reasons that only some may read"),
        "audience": ("is_restricted", {"yes"}, "Choose who may read these reasons"),
        "category": ("outcome", {Outcome.PROTECTION_PLAN}, "Choose the category"),
        "consent_by": ("outcome", {Outcome.CHILD_IN_NEED}, "Say who consented to the child in need plan"),
        "not_decided_reason": ("outcome", {Outcome.NOT_DECIDED}, "Choose why nothing is decided"),
        "interim_plan": ("outcome", {Outcome.NOT_DECIDED}, "Write the interim plan"),
        "new_date_on": ("outcome", {Outcome.NOT_DECIDED}, "Enter the date on which the conference is held again"),
    }

    def __init__(self, *args, conference, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["children"].choices = [(id_, row.child.full_name) for id_, row in self.rows.items()]
        self.fields["outcome"].choices = [(each.value, outcome_words(conference, each)) for each in Outcome]

    def decided(self) -> dict:
        """The decision as the action takes it."""
        given = {name: value or "" for name, value in self.cleaned_data.items() if name != "new_date_on"}
        del given["is_restricted"]  # what it does not reveal is empty
        given["restricted_audience"] = given.pop("audience")
        return given | {
            "children": [self.rows[id_] for id_ in self.cleaned_data["children"]],
            "new_date_on": self.cleaned_data["new_date_on"] or None,
        }
