"""The form of a family group decision-making meeting."""

from django import forms

from conferences.convening.actions.family_groups import Offer, PlanFile
from conferences.convening.choices.enquiries import GroupAnswer
from cpc.core.web.forms import DateField, Radios, UploadField, YesNoField
from cpc.core.web.versioned import VersionedForm

HELD, NOT_HELD, TO_COME = "held", "not_held", "to_come"


class GroupMeetingForm(VersionedForm):
    """Whether the meeting was offered to each parent, and what became of it."""

    submit_label = "Save"
    outcome = forms.ChoiceField(
        label="Was the meeting held?",
        choices=[(HELD, "Yes"), (TO_COME, "Not yet"), (NOT_HELD, "No, and it will not be")],
        widget=Radios(reveals={HELD: ["held_on", "plan", "plan_file"], NOT_HELD: ["why_not"]}),
        error_messages={"required": "Say whether the meeting was held"},
    )
    held_on = DateField(label="When was it held?", called="the day of the meeting", not_future=True)
    plan = forms.CharField(
        label="The family’s plan",
        help_text="In the family’s own words, or attach it below. If they made no plan, say so.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    plan_file = UploadField(
        label="Attach their plan", required=False,
        help_text="A PDF, Word document, PNG or JPEG picture, or plain text, up to 10MB.",
    )  # fmt: skip
    unmarked = frozenset({"plan"})
    why_not = forms.CharField(label="Why not?", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, parents, **kwargs):
        self.parents = parents
        self.required_when = {
            "held_on": ("outcome", {HELD}, "Enter the day of the meeting"),
            "why_not": ("outcome", {NOT_HELD}, "Say why the meeting will not be held"),
        }
        fields, self.groups = {}, []
        for parent in parents:
            fields |= self._of_parent(parent)
        self.base_fields = fields | self.base_fields
        super().__init__(*args, **kwargs)
        self.groups.append(("The meeting", ["outcome", "held_on", "plan", "plan_file", "why_not"]))

    def _of_parent(self, parent) -> dict:
        parts = ("offered", "offered_by", "offered_on", "answer", "why_not")
        offered, by, on, answer, why_not = names = [f"{part}_{parent.pk}" for part in parts]
        name = parent.full_name
        self.groups.append((name, names))
        self.required_when |= {
            by: (offered, {"yes"}, f"Say who offered the meeting to {name}"),
            on: (offered, {"yes"}, f"Enter the day on which the meeting was offered to {name}"),
            answer: (offered, {"yes"}, f"Say what {name} answered"),
            why_not: (offered, {"no"}, f"Say why the meeting was not offered to {name}"),
        }
        return {
            offered: YesNoField(
                label=f"Was the meeting offered to {name}?",
                widget=Radios(reveals={"yes": [by, on, answer], "no": [why_not]}),
                error_messages={"required": f"Say whether the meeting was offered to {name}"},
            ),
            by: forms.CharField(label=f"Who offered it to {name}?", help_text="Name and role.", max_length=200),
            on: DateField(
                label="When was it offered?", called=f"the day on which it was offered to {name}", not_future=True
            ),
            answer: forms.ChoiceField(
                label=f"What did {name} answer?", choices=GroupAnswer.choices, widget=Radios(small=True)
            ),
            why_not: forms.CharField(label="Why was it not offered?", widget=forms.Textarea(attrs={"rows": 2})),
        }

    def given(self) -> dict:
        """The meeting as the action takes it."""
        answers = self.cleaned_data
        outcome = answers["outcome"]
        return {
            "offers": [self._offer(parent) for parent in self.parents],
            "held_on": answers["held_on"] if outcome == HELD else None,
            "plan": answers["plan"] if outcome == HELD else "",
            "plan_file": _given(answers["plan_file"]) if outcome == HELD else None,
            "why_not": answers["why_not"] if outcome == NOT_HELD else "",
            "seen": answers["seen"],
        }

    def _offer(self, parent) -> Offer:
        answers = {part: self.cleaned_data.get(f"{part}_{parent.pk}") for part in (
            "offered", "offered_by", "offered_on", "answer", "why_not")}  # fmt: skip
        if not answers["offered"]:
            return Offer(parent, why_not=answers["why_not"] or "")
        return Offer(parent, answers["offered_by"] or "", answers["offered_on"], answers["answer"] or "")


def _given(file) -> PlanFile | None:
    if not file:
        return None
    file.seek(0)
    return PlanFile(file.read(), file.kind)


def answers_of(meeting) -> dict:
    """The initial answers of the form for a meeting that is recorded."""
    outcome = HELD if meeting.held_on else NOT_HELD if meeting.why_not else TO_COME
    found = {"outcome": outcome, "held_on": meeting.held_on, "plan": meeting.plan, "why_not": meeting.why_not}
    for offer in meeting.offers.all():
        pk = offer.person_id
        found |= {
            f"offered_{pk}": offer.offered_on is not None, f"offered_by_{pk}": offer.offered_by,
            f"offered_on_{pk}": offer.offered_on, f"answer_{pk}": offer.answer, f"why_not_{pk}": offer.why_not,
        }  # fmt: skip
    return found
