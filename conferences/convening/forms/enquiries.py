"""Forms of the strategy discussion, the outcome of an enquiry, its sign-off, and another date."""

from django import forms

from conferences.convening.actions.discussions import AskedAgency, ChildDecision, Discussed, PlannedAction
from conferences.convening.actions.enquiries import ChildOutcome
from conferences.convening.choices.enquiries import (
    ActionState,
    DiscussedAgency,
    DiscussionDecision,
    EnquiryOutcome,
    MedicalExamination,
    ShareAudience,
)
from conferences.convening.rules.enquiries import ALWAYS_ASKED
from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm
from families.people.queries.household import called

LONG = {"rows": 6}
SHORT = {"rows": 3}
IN_SENTENCES = {
    DiscussedAgency.SOCIAL_CARE: "children’s social care",
    DiscussedAgency.POLICE: "the police",
    DiscussedAgency.HEALTH: "health",
    DiscussedAgency.EDUCATION: "education",
    DiscussedAgency.OTHER: "another agency",
}
NOT_ASKED, NOT_DISCUSSED = "not_asked", "not_discussed"
TOOK_PART = [("yes", "Yes"), ("no", "No")]
FIRST_ACTIONS = 3


class DiscussionForm(VersionedForm):
    """A strategy discussion: who was there, what each agency shared, and what was decided for each child.

    For a new one, ``children`` are the family's. To correct one, ``decided`` are its rows: the decisions stay, and
    only their reasons are asked. ``earlier`` are the discussions that it may follow. ``is_dated``: its date is fixed.
    """

    held_on = DateField(
        label="Date of the strategy discussion",
        help_text="If it decides on a section 47 enquiry, the 15 working days count from the first working day after "
        "it. For example, 27 3 2026",
        not_future=True,
    )
    chaired_by = forms.CharField(
        label="Who chaired it?", max_length=200, error_messages={"required": "Enter who chaired the discussion"}
    )
    continues = forms.ChoiceField(
        label="Does it follow an earlier strategy discussion?", required=False, widget=Radios(small=True)
    )
    concerns = forms.CharField(
        label="What are the concerns?",
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": "Say what the concerns are"},
    )
    medical = forms.ChoiceField(
        label="Is a medical examination needed?",
        choices=MedicalExamination.choices,
        widget=Radios(),
        error_messages={"required": "Say whether a medical examination is needed"},
    )
    medical_on = DateField(
        label="When was the examination, or when will it be?", called="the date of the examination", required=False
    )
    medical_result = forms.CharField(
        label="What was its result?",
        help_text="Leave this empty until it is known.",
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )
    submit_label = "Save the strategy discussion"

    def __init__(self, *args, children=(), decided=(), earlier=(), is_dated=False, action_rows=0, **kwargs):
        self.children, self.decided = list(children), list(decided)
        self.action_rows = max(FIRST_ACTIONS, action_rows + 2)
        fields, self.required_when, self.groups = {}, {}, [("The discussion", ["held_on", "chaired_by", "continues"])]
        for agency in DiscussedAgency:
            fields |= self._of_agency(agency)
        self.groups.append(("The concerns", ["concerns"]))
        for child in self.children:
            fields |= self._of_child(child)
        for row in self.decided:
            name = f"reason_{row.child_id}"
            fields[name] = _why(row.child)
            self.groups.append((f"{called(row.child)}: {row.get_decision_display().lower()}", [name]))
        self.groups.append(("Medical examination", ["medical", "medical_on", "medical_result"]))
        for number in range(1, self.action_rows + 1):
            fields |= self._of_action(number)
        self.folded = frozenset(f"Action {number}" for number in range(2, self.action_rows + 1))
        plain = ("_shared", "_what", "_owner", "_due_on")
        self.unmarked = frozenset(name for name in fields if name.endswith(plain)) | {
            "continues", "medical_on", "medical_result",
        }  # fmt: skip
        self.base_fields = self.base_fields | fields
        super().__init__(*args, **kwargs)
        if is_dated:
            del self.fields["held_on"]
        if earlier and not decided:
            self.fields["continues"].choices = [
                ("", "No, it is about a new concern"), *((str(one.pk), _dated(one)) for one in earlier)
            ]  # fmt: skip
            self.earlier = {str(one.pk): one for one in earlier}
        else:
            del self.fields["continues"]
            self.earlier = {}

    def _of_agency(self, agency) -> dict:
        name, part = IN_SENTENCES[agency], f"{agency}_part"
        people, why_not = f"{agency}_people", f"{agency}_why_not"
        shared, audience = f"{agency}_shared", f"{agency}_audience"
        always = agency in ALWAYS_ASKED
        options = TOOK_PART if always else [*TOOK_PART, (NOT_ASKED, "Not asked")]
        self.required_when[people] = (part, {"yes"}, f"Enter who took part for {name}")
        self.required_when[why_not] = (part, {"no"}, f"Give the reason why nobody took part for {name}")
        self.groups.append((agency.label, [part, people, why_not, shared, audience]))
        first = ShareAudience.POLICE if agency == DiscussedAgency.POLICE else ShareAudience.PROFESSIONALS
        return {
            part: forms.ChoiceField(
                label=f"Did {name} take part?",
                choices=options,
                initial=None if always else NOT_ASKED,
                widget=Radios(reveals={"yes": [people], "no": [why_not]}),
                error_messages={"required": f"Say whether {name} took part"},
            ),
            people: forms.CharField(
                label=f"Who took part for {name}?",
                help_text="Names and roles",
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            why_not: forms.CharField(
                label=f"Why did nobody take part for {name}?", widget=forms.Textarea(attrs={"rows": 2})
            ),
            shared: forms.CharField(
                label=f"What did {name} share, there or in writing?",
                required=False,
                widget=forms.Textarea(attrs=SHORT),
            ),
            audience: forms.ChoiceField(
                label=f"Who may read what {name} shared?",
                help_text="It is never in the family’s copies",
                choices=ShareAudience.choices,
                initial=first,
            ),
        }

    def _of_child(self, child) -> dict:
        decision, reason = f"decision_{child.pk}", f"reason_{child.pk}"
        self.required_when[reason] = (
            decision, set(DiscussionDecision.values), f"Say why this was decided for {child.full_name}"
        )  # fmt: skip
        self.groups.append((called(child), [decision, reason]))
        return {
            decision: forms.ChoiceField(
                label=f"What was decided for {child.full_name}?",
                choices=[*DiscussionDecision.choices, (NOT_DISCUSSED, "Not discussed")],
                widget=Radios(),
                error_messages={"required": f"Choose what was decided for {child.full_name}"},
            ),
            reason: _why(child),
        }

    def _of_action(self, number) -> dict:
        names = [f"action_{number}_{part}" for part in ("what", "owner", "due_on")]
        self.groups.append((f"Action {number}", names))
        return {
            names[0]: forms.CharField(
                label="What is to be done?", required=False, widget=forms.Textarea(attrs={"rows": 2})
            ),
            names[1]: forms.CharField(label="Who does it?", required=False, max_length=200),
            names[2]: DateField(label="By when?", called=f"the date of action {number}", required=False),
        }

    def clean(self):
        given = super().clean()
        for number in range(1, self.action_rows + 1):
            names = {part: f"action_{number}_{part}" for part in ("what", "owner", "due_on")}
            if not any(given.get(name) or name in self.errors for name in names.values()):
                continue
            for part, sentence in (
                ("what", f"Say what is to be done in action {number}"),
                ("owner", f"Enter who does action {number}"),
                ("due_on", f"Enter the date by which action {number} is done"),
            ):
                if not given.get(names[part]) and names[part] not in self.errors:
                    self.add_error(names[part], sentence)
        for agency in DiscussedAgency:
            if given.get(f"{agency}_part") == NOT_ASKED and given.get(f"{agency}_shared"):
                self.add_error(f"{agency}_part", f"Say whether {IN_SENTENCES[agency]} took part")
        undated = given.get("medical") == MedicalExamination.DONE and not given.get("medical_on")
        if undated and "medical_on" not in self.errors:
            self.add_error("medical_on", "Enter the date of the medical examination")
        return given

    def discussed(self) -> Discussed:
        """What was said, as the action takes it."""
        given = self.cleaned_data
        return Discussed(
            chaired_by=given["chaired_by"],
            concerns=given["concerns"],
            medical=given["medical"],
            medical_on=given["medical_on"],
            medical_result=given["medical_result"],
            agencies=tuple(
                AskedAgency(
                    agency,
                    given[f"{agency}_part"] == "yes",
                    *(given[f"{agency}_{part}"] or "" for part in ("people", "why_not", "shared", "audience")),
                )
                for agency in DiscussedAgency
                if given[f"{agency}_part"] != NOT_ASKED
            ),
            actions=tuple(
                PlannedAction(*(given[f"action_{number}_{part}"] for part in ("what", "owner", "due_on")))
                for number in range(1, self.action_rows + 1)
                if given[f"action_{number}_what"]
            ),
        )

    def decisions(self) -> list[ChildDecision]:
        """What was decided for each child that was discussed."""
        given = self.cleaned_data
        return [
            ChildDecision(child, given[f"decision_{child.pk}"], given[f"reason_{child.pk}"])
            for child in self.children
            if given[f"decision_{child.pk}"] != NOT_DISCUSSED
        ]

    def reasons(self) -> dict[int, str]:
        """The reasons of the decisions that are recorded, by child."""
        return {row.child_id: self.cleaned_data[f"reason_{row.child_id}"] for row in self.decided}

    def followed(self):
        """The earlier discussion that this one follows, or None."""
        return self.earlier.get(self.cleaned_data.get("continues") or "")


def _why(child):
    return forms.CharField(
        label=f"Why was this decided for {child.full_name}?",
        widget=forms.Textarea(attrs=SHORT),
        error_messages={"required": f"Say why this was decided for {child.full_name}"},
    )


def _dated(discussion) -> str:
    started = " (it started the section 47 enquiry)" if hasattr(discussion, "enquiry") else ""
    return f"Yes, the one on {discussion.held_on.day} {discussion.held_on:%B %Y}{started}"


def answers_of(discussion, agencies, children, actions) -> dict:
    """The answers of the form as the discussion is recorded."""
    names = ("held_on", "chaired_by", "concerns", "medical", "medical_on", "medical_result")
    found = {name: getattr(discussion, name) for name in names}
    for row in agencies:
        found[f"{row.agency}_part"] = "yes" if row.took_part else "no"
        found |= {f"{row.agency}_{part}": getattr(row, part) for part in ("people", "why_not", "shared", "audience")}
    found |= {f"reason_{row.child_id}": row.reason for row in children}
    for number, row in enumerate(actions, start=1):
        found |= {f"action_{number}_{part}": getattr(row, part) for part in ("what", "owner", "due_on")}
    return found


class MarkActionForm(GovForm):
    """What became of an action of a strategy discussion."""

    submit_label = "Save"
    state = forms.ChoiceField(
        label="What became of it?", widget=Radios(), error_messages={"required": "Say what became of it"}
    )
    note = forms.CharField(
        label="What was done or found, or why it will not be done", required=False, widget=forms.Textarea(attrs=SHORT)
    )
    unmarked = frozenset({"note"})
    CHOICES = {
        ActionState.DONE: "It is done",
        ActionState.NOT_DONE: "It will not be done",
        ActionState.TO_DO: "It is still to be done",
    }

    def __init__(self, *args, possible, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [one for one in self.CHOICES.items() if one[0] in possible]

    def clean(self):
        given = super().clean()
        if given.get("state") == ActionState.NOT_DONE and not given.get("note"):
            self.add_error("note", "Say why it will not be done")
        return given


class OutcomeForm(VersionedForm):
    """How a section 47 enquiry ended for each child."""

    submit_label = "Send for sign-off"
    outcome_on = DateField(label="Date of the outcome", not_future=True)

    def __init__(self, *args, rows, **kwargs):
        self.rows = rows
        fields, self.groups = {}, []
        for row in rows:
            name, pk = row.child.full_name, row.child_id
            names = [f"outcome_{pk}", f"findings_{pk}", f"follows_{pk}"]
            fields[names[0]] = forms.ChoiceField(
                label=f"What is the outcome for {name}?",
                choices=EnquiryOutcome.choices,
                widget=Radios(),
                error_messages={"required": f"Choose the outcome for {name}"},
            )
            fields[names[1]] = forms.CharField(
                label=f"What did the enquiry find about {name}?",
                widget=forms.Textarea(attrs=LONG),
                error_messages={"required": f"Say what the enquiry found about {name}"},
            )
            fields[names[2]] = forms.CharField(
                label=f"What follows for {name}?",
                help_text="Where a conference follows, you can leave this empty.",
                required=False,
                widget=forms.Textarea(attrs=SHORT),
            )
            self.groups.append((called(row.child), names))
        self.unmarked = frozenset(name for name in fields if name.startswith("follows_"))
        self.base_fields = self.base_fields | fields
        super().__init__(*args, **kwargs)

    def clean(self):
        given = super().clean()
        for row in self.rows:
            outcome, follows = given.get(f"outcome_{row.child_id}"), f"follows_{row.child_id}"
            if outcome and outcome != EnquiryOutcome.CONFERENCE and not given.get(follows):
                self.add_error(follows, f"Say what follows for {row.child.full_name}")
        return given

    def outcomes(self) -> list[ChildOutcome]:
        """The outcome for each child, as the action takes it."""
        return [
            ChildOutcome(
                row.child,
                *(self.cleaned_data.get(f"{part}_{row.child_id}") or "" for part in ("outcome", "findings", "follows")),
            )
            for row in self.rows
        ]


class SignOffForm(VersionedForm):
    """The manager signs off the outcome for each child, or returns it."""

    submit_label = "Save your decision"
    signed_off = YesNoField(
        label="Do you sign off the outcome?",
        widget=Radios(reveals={"no": ["reason"]}),
        error_messages={"required": "Say whether you sign off the outcome"},
    )
    reason = forms.CharField(label="What must be changed first?", widget=forms.Textarea(attrs=LONG))
    required_when = {"reason": ("signed_off", {"no"}, "Say what must be changed before you can sign it off")}


class AskDateForm(GovForm):
    """Another date of the discussion from which the 15 working days count."""

    submit_label = "Ask your manager"
    to_on = DateField(label="When was the discussion really held?", called="the date", not_future=True)
    reason = forms.CharField(
        label="Why is the recorded date wrong?",
        help_text="Your reason is kept with both dates.",
        widget=forms.Textarea(attrs=SHORT),
    )


class AnswerDateForm(GovForm):
    """The manager agrees another date, or declines it."""

    submit_label = "Save your decision"
    agreed = YesNoField(
        label="Do you agree to change the date?",
        widget=Radios(reveals={"no": ["answer"]}),
        error_messages={"required": "Say whether you agree to change the date"},
    )
    answer = forms.CharField(label="Your reason for not changing it", widget=forms.Textarea(attrs=SHORT))
    required_when = {"answer": ("agreed", {"no"}, "Give your reason for not changing the date")}
