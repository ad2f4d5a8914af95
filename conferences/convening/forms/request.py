"""Forms of a request for a conference, the answer, and a disagreement with it."""

from django import forms

from conferences.convening.actions.request import ConsideredChild, OtherPlan
from conferences.convening.actions.worry import LONGEST
from conferences.convening.choices import Category, ConferenceKind
from conferences.convening.forms.taking_part import WORRY_HINT
from cpc.core.kernel.phrases import in_sentence
from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from families.people.queries.household import called

LONG = {"rows": 6}
ELSEWHERE = ("authority", "plan_started_on", "category", "last_reviewed_on")


class RequestForm(GovForm):
    """A request for a conference: every child of the family is considered.

    ``found``: what the enquiry found, by child (id), where it did not find that the child needs a conference.
    """

    submit_label = "Request the conference"
    kind = forms.ChoiceField(
        label="What kind of conference?",
        choices=[(kind.value, kind.label) for kind in (ConferenceKind.INITIAL, ConferenceKind.PRE_BIRTH)],
        widget=Radios(),
    )
    told_on = DateField(
        label="When was this authority told that the family has moved here for good?",
        called="the day this authority was told",
        not_future=True,
    )
    authority = forms.CharField(
        label="Which authority has the plan?",
        max_length=200,
        error_messages={"required": "Enter the name of the authority that the family moved from"},
    )
    plan_started_on = DateField(
        label="When did that plan begin?", called="the day on which that plan began", not_future=True
    )
    category = forms.ChoiceField(
        label="What is its category?",
        choices=Category.choices,
        widget=Radios(small=True),
        error_messages={"required": "Choose the category of that plan"},
    )
    last_reviewed_on = DateField(
        label="When was it last reviewed?",
        called="the day of its last review",
        not_future=True,
        required=False,
        help_text="Leave this empty if it has not been reviewed yet.",
    )
    request_reason = forms.CharField(
        label="Why is a conference needed?", widget=forms.Textarea(attrs=LONG),
        error_messages={"required": "Say why a conference is needed"},
    )  # fmt: skip
    worry = forms.CharField(
        label="The worry, for the family’s letter",
        required=False,
        max_length=LONGEST,
        help_text=f"{WORRY_HINT} You can write it later.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, members, transfer_in=False, found=(), **kwargs):
        self.members, found = members, dict(found)
        fields, self.required_when, self.groups = {}, {}, []
        for member in members:
            pk, name = member.person.pk, member.person.full_name
            include, reason = f"include_{pk}", f"reason_{pk}"
            fields[include] = YesNoField(
                label=f"Should {name} be included?",
                help_text=f"The enquiry found: {in_sentence(found[pk])}" if pk in found else "",
                error_messages={"required": f"Say whether {name} should be included"},
                widget=Radios(reveals={"no": [reason]}),
            )
            fields[reason] = forms.CharField(
                label=f"Why is {name} left out?", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.required_when[reason] = (include, {"no"}, f"Say why {name} is left out")
            where = "" if member.in_household else " (does not live in the household)"
            self.groups.append((f"{called(member.person)}{where}", [include, reason]))
        # before the form is made, so that these fields are like any others
        self.base_fields = self.base_fields | fields
        super().__init__(*args, **kwargs)
        for name in ("kind",) if transfer_in else ("told_on", *ELSEWHERE):
            del self.fields[name]
        self.groups.append(("Why", ["request_reason", "worry"]))

    def given(self) -> dict:
        """The request as the action takes it."""
        answers = self.cleaned_data
        children = [
            ConsideredChild(
                member.person, answers[f"include_{member.person.pk}"], answers.get(f"reason_{member.person.pk}") or ""
            )
            for member in self.members
        ]
        plain = ("kind", "told_on", "request_reason", "worry")
        given = {"children": children} | {name: answers[name] for name in plain if name in answers}
        if "authority" in answers:
            given["elsewhere"] = OtherPlan(**{name: answers[name] for name in ELSEWHERE})
        return given


class AnswerForm(GovForm):
    """The team manager agrees, or declines with reasons."""

    submit_label = "Save your decision"
    agreed = YesNoField(
        label="Do you agree to convene a conference?",
        widget=Radios(reveals={"no": ["reason"]}),
        error_messages={"required": "Say whether you agree"},
    )
    reason = forms.CharField(
        label="Your reasons for not holding a conference",
        widget=forms.Textarea(attrs=LONG),
        help_text="The social worker and the professionals who know the children can read these and disagree",
    )
    required_when = {"reason": ("agreed", {"no"}, "Give the reasons for not holding a conference")}


class DisputeForm(GovForm):
    """Somebody disagrees with the decision not to hold a conference."""

    submit_label = "Record that I disagree"
    reason = forms.CharField(label="Why should a conference be held?", widget=forms.Textarea(attrs=LONG))


class AnswerDisputeForm(GovForm):
    """The answer of one stage. Only somebody who may uphold a dispute is asked whether the conference is held."""

    submit_label = "Save the answer"
    answered_by = forms.CharField(
        label="Who answered?",
        help_text="Name and role.",
        max_length=200,
        error_messages={"required": "Enter the name and role of who answered"},
    )
    upheld = YesNoField(
        label="Will the conference be held after all?",
        help_text="If it is, the request is agreed and the conference service books it.",
        error_messages={"required": "Say whether the conference will be held after all"},
    )
    answer = forms.CharField(
        label="The answer",
        help_text="The person who disagreed can read it.",
        widget=forms.Textarea(attrs=LONG),
    )

    def __init__(self, *args, may_uphold, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_uphold:
            del self.fields["upheld"]


class ReplyForm(GovForm):
    """The person who disagreed says whether the answer settles it. At the last stage, who still disagrees says why."""

    submit_label = "Save your reply"
    accepted = YesNoField(
        label="Does this answer settle your disagreement?",
        widget=Radios(reveals={"no": ["note"]}),
        error_messages={"required": "Say whether the answer settles your disagreement"},
    )
    note = forms.CharField(label="What do you still disagree with?", widget=forms.Textarea(attrs=LONG))
    required_when = {"note": ("accepted", {"no"}, "Say what you still disagree with")}

    def __init__(self, *args, next_people, **kwargs):
        if next_people:
            self.required_when = {}
        super().__init__(*args, **kwargs)
        if next_people:
            del self.fields["note"]
            self.fields["accepted"].widget.reveals = {}
            told = f"If not, it is answered next by {next_people}. The decision stands meanwhile."
            self.fields["accepted"].help_text = told
