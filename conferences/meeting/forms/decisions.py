"""Forms for each child: how they took part, each agency's view, and the decision."""

from django import forms

from conferences.convening.choices import AgencyViewKind, Category, NotDecidedReason, Outcome
from conferences.convening.forms.days import day_reason_field
from conferences.convening.rules.childs_voice import Voice, how_took_part, ways_to_take_part
from conferences.disclosure.choices import Audience
from conferences.disclosure.forms import audience_fields
from conferences.meeting.actions.decisions import RESTRICTED_AUDIENCES, VIEW_AUDIENCES, GivenView
from conferences.meeting.queries.agencies import gives_a_view
from cpc.core.policy.queries import setting
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios
from cpc.core.web.sentences import set_error_messages
from cpc.core.web.versioned import ComparedForm

IN_REVIEW = {
    Outcome.PROTECTION_PLAN: "The child protection plan continues",
    Outcome.CHILD_IN_NEED: "The plan ends, and a child in need plan begins with the family’s consent",
    Outcome.NO_PLAN: "The child protection plan ends; no plan follows",
    Outcome.NOT_DECIDED: "Not decided: the conference was inquorate or adjourned",
}


def outcome_words(conference, outcome) -> str:
    """The outcome in the words of this kind of conference: a review continues a plan or ends it."""
    return IN_REVIEW[outcome] if conference.is_review else Outcome(outcome).label


class ChildViewsForm(ComparedForm):
    """One child: how they took part, if they are old enough, then each person who knows them."""

    submit_label = "Save"
    participation = forms.ChoiceField(
        label="How the child took part",
        choices=[
            ("", "Not recorded yet"),
            *((one.value, f"{one.label} ({one})") for one in ways_to_take_part(Voice.VIEWS)),
        ],
        required=False,
    )

    def __init__(self, *args, row, voice, people, views, scores, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.groups = people, []
        self.initial.setdefault("participation", how_took_part(voice, row.participation))
        if not voice.takes_part:
            del self.fields["participation"]
        for person in people:
            names = [self._ask_score(person, scores.get(person.pk))] if setting("uses_scale") else []
            if gives_a_view(person):
                names = [*self._ask_view(person, views.get(person.pk)), *names]
            if names:
                self.groups.append((self._called(person), names))
        for field in self.fields.values():
            set_error_messages(field)
            field.conditional = True  # the chair chooses who is asked: “optional” on each would be noise
        if not self.is_bound:
            self._put_back()

    @staticmethod
    def _called(person) -> str:
        here = "" if person.attendance == "present" else " – not here"
        return f"{person.name} ({person.role_at_agency}){here}"

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

    def views(self) -> list[GivenView]:
        """What each person gave."""
        given = self.cleaned_data
        return [
            GivenView(
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
    """The decision for one child, or the same decision for several. It shows every possible outcome."""

    submit_label = "Save the decision"
    children = forms.MultipleChoiceField(
        label="Which children is this decision for?",
        help_text="Each child’s decision is recorded separately.",
        widget=Checkboxes(),
        error_messages={"required": "Select the children this decision is for"},
    )
    outcome = forms.ChoiceField(
        label="What is the decision?",
        widget=Radios(
            reveals={
                Outcome.PROTECTION_PLAN.value: ["category", "is_multiple", "category_reason"],
                Outcome.CHILD_IN_NEED.value: ["consent_by"],
                Outcome.NOT_DECIDED.value: ["not_decided_reason", "interim_plan", "new_date_on", "new_date_reason"],
            },
            hints={
                Outcome.PROTECTION_PLAN.value: "The child is suffering, or is likely to suffer, significant harm.",
                Outcome.NOT_DECIDED.value: "Needs a reason, an interim plan and a new date.",
            },
        ),
        error_messages={"required": "Select the decision"},
    )
    category = forms.ChoiceField(
        label="Category: the main kind of harm",
        choices=[(one.value, one.label) for one in Category if one != Category.MULTIPLE],
        widget=Radios(small=True),
    )
    is_multiple = forms.MultipleChoiceField(
        label="Are there other kinds of harm?",
        choices=[("yes", "Yes: this is recorded as “multiple” as well as the main kind")],
        required=False,
        widget=Checkboxes(small=True),
    )
    category_reason = forms.CharField(
        label="Why is this the main kind of harm?", required=False, widget=forms.Textarea(attrs={"rows": "2"})
    )
    consent_by = forms.CharField(
        label="Which parent or carer consents to the plan?",
        help_text="The name as it is recorded in the family. For two people, write “and” between their names.",
        max_length=200,
    )
    not_decided_reason = forms.ChoiceField(
        label="Why was no decision made?", choices=NotDecidedReason.choices, widget=Radios(small=True)
    )
    interim_plan = forms.CharField(
        label="Interim plan to keep the child safe until then", widget=forms.Textarea(attrs={"rows": "4"})
    )
    new_date_on = DateField(label="New date", called="the new date")
    new_date_reason = day_reason_field()
    threshold = forms.CharField(
        label="The threshold in words",
        help_text="Is the child suffering, or likely to suffer, significant harm? Which harm, and how likely?",
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    reasons = forms.CharField(
        label="The chair’s reasons",
        help_text="Use words that the family will understand. If you rely on police information, tell them in "
        "substance what it was.",
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": "Give the reasons for the decision"},
    )
    is_restricted = forms.MultipleChoiceField(
        label="Are there reasons that some readers must not see?",
        choices=[("yes", "Add reasons for some readers only")],
        required=False,
        widget=Checkboxes(small=True, reveals={"yes": ["restricted", "audience"]}),
    )
    restricted = forms.CharField(
        label="Reasons for some readers only",
        help_text="They appear only in the copies of the readers you choose.",
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    audience = audience_fields(RESTRICTED_AUDIENCES, ())[0]["audience"]
    required_when = {
        "restricted": ("is_restricted", {"yes"}, "Enter the reasons for some readers only"),
        "audience": ("is_restricted", {"yes"}, "Choose who may read these reasons"),
        "category": ("outcome", {Outcome.PROTECTION_PLAN}, "Choose the category"),
        "consent_by": ("outcome", {Outcome.CHILD_IN_NEED}, "Enter who consents to the child in need plan"),
        "not_decided_reason": ("outcome", {Outcome.NOT_DECIDED}, "Select why no decision was made"),
        "interim_plan": ("outcome", {Outcome.NOT_DECIDED}, "Write the interim plan"),
        "new_date_on": ("outcome", {Outcome.NOT_DECIDED}, "Enter the date on which the conference will be held again"),
    }

    def __init__(self, *args, conference, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["children"].choices = [(id_, row.child.full_name) for id_, row in self.rows.items()]
        if conference.is_review:
            self.fields["threshold"].help_text += " If the plan ends: why is this no longer so?"
        self.fields["outcome"].choices = [(each.value, outcome_words(conference, each)) for each in Outcome]


class DecideForm(DecisionForm, ComparedForm):
    """The decision as it is made at the conference."""

    def decided(self) -> dict:
        """The decision as the action takes it."""
        given = {name: value or "" for name, value in self.cleaned_data.items() if name != "new_date_on"}
        del given["seen"], given["is_restricted"]  # what the chosen outcome does not reveal is empty
        given["restricted_audience"] = given.pop("audience")
        given["is_multiple"] = "yes" in given["is_multiple"]
        return given | {
            "children": [self.rows[id_] for id_ in self.cleaned_data["children"]],
            "new_date_on": self.cleaned_data["new_date_on"] or None,
        }
