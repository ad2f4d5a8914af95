"""Forms about who comes with a parent, how a child takes part, and the worry in the family's letter."""

from django import forms

from conferences.convening.actions.worry import LONGEST
from conferences.convening.choices import ChildAnswer, CompanionKind, PartForChild
from conferences.convening.queries.companions import may_bring_somebody, relatives_to_choose
from conferences.convening.queries.taking_part import WAYS
from cpc.core.web.forms import DateField, GovForm, NameField, Radios, YesNoField

SHORT = {"rows": 2}
WORRY_HINT = (
    "Two short sentences in plain English. Every parent and carer will read them, but no other relative. For example: "
    "“Alfie has come to school hungry and cold. He misses a lot of school.” Do not name anyone except the children. "
    "Do not write what a child told you."
)


class NameCompanionForm(GovForm):
    """Somebody who would come with a parent or carer."""

    person = forms.ModelChoiceField(
        queryset=None, label="Who would they come with?", empty_label="Choose a person",
        error_messages={"required": "Select who they would come with"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Are they a supporter or a solicitor?", choices=CompanionKind.choices,
        widget=Radios(hints={CompanionKind.SOLICITOR.value: "A solicitor listens and advises, and does not speak."}),
        error_messages={"required": "Choose whether they are a supporter or a solicitor"},
    )  # fmt: skip
    relative = forms.ModelChoiceField(
        queryset=None, label="If they are on the family’s record, who are they?", required=False,
        empty_label="Not on the family’s record",
    )  # fmt: skip
    name = NameField(label="Their name", max_length=200, required=False, help_text="If they are not on the record")
    is_namesake = forms.BooleanField(
        label="I have checked that this is not the person with the same name on the family’s record", required=False,
        help_text="Only if somebody on the record has the same name. The chair sees that you confirmed it",
    )  # fmt: skip
    relation = forms.CharField(
        label="Who are they to this person, or what is the firm?", max_length=200,
        help_text="For example: a friend, her sister, Hill and Moss Solicitors",
        error_messages={"required": "Enter who they are to this person, or the name of the firm"},
    )  # fmt: skip
    contact = forms.CharField(
        label="Phone or email", required=False, max_length=200,
        help_text="Leave this empty if you were given none. Nothing is sent to them",
    )  # fmt: skip
    asked_by = forms.CharField(label="Who asked that they come?", max_length=200)
    submit_label = "Send to the chair"

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, **kwargs)
        for name, people in (("person", may_bring_somebody(conference)), ("relative", relatives_to_choose(conference))):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = lambda person: person.full_name
        if not self.fields["relative"].queryset.exists():  # nobody to choose: only a name is asked for
            del self.fields["relative"]
            self.fields["name"].required, self.fields["name"].help_text = True, ""


class DecideCompanionForm(GovForm):
    """The chair's answer."""

    agreed = YesNoField(
        label="Do you agree to them coming?", widget=Radios(reveals={"no": ["reason"]}),
        error_messages={"required": "Say whether you agree"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why not?", max_length=1000, widget=forms.Textarea(attrs=SHORT),
        help_text="Staff can read this. The letter says only that you did not agree",
    )  # fmt: skip
    required_when = {"reason": ("agreed", {"no"}, "Say why you do not agree")}
    submit_label = "Save"


class EndCompanionForm(GovForm):
    """Why somebody does not come any more."""

    reason = forms.CharField(label="Why are they not coming?", max_length=1000, widget=forms.Textarea(attrs=SHORT))
    submit_label = "Save"


class WayForm(GovForm):
    """How an adult of the family takes part best."""

    talked_by = forms.CharField(label="Who talked with them about it?", max_length=200)
    talked_on = DateField(label="When?", called="the day on which somebody talked with them", not_future=True)
    wanted_mode = forms.ChoiceField(
        label="How do they want to take part?", choices=[(one.value, one.label) for one in WAYS], widget=Radios(),
        error_messages={"required": "Choose how they want to take part"},
    )  # fmt: skip
    what_helps = forms.CharField(
        label="What would help them to take part and to say what they think?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example: to speak first, a break, or someone who reads the reports with them. Staff can read "
        "this. It is in no letter",
    )  # fmt: skip
    submit_label = "Save"


class ChildAskedForm(GovForm):
    """Whether a child wants to come."""

    answer = forms.ChoiceField(
        label="What did the child say?", choices=ChildAnswer.choices, widget=Radios(),
        error_messages={"required": "Choose what the child said"},
    )  # fmt: skip
    asked_by = forms.CharField(label="Who asked the child?", max_length=200)
    asked_on = DateField(label="When?", called="the day on which the child was asked", not_future=True)
    submit_label = "Save"


class ChildPartForm(GovForm):
    """The chair's decision about how a child takes part."""

    part = forms.ChoiceField(
        label="What is in the child’s interest?", choices=PartForChild.choices, widget=Radios(),
        error_messages={"required": "Choose how the child takes part"},
    )  # fmt: skip
    how = forms.CharField(
        label="Which part, or which other way?", required=False, max_length=500, widget=forms.Textarea(attrs=SHORT),
        help_text="Write to the child and name nobody else. For example: “You can come for the first half hour.”",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why is this in the child’s interest?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staff can read this. It is in no letter",
    )  # fmt: skip
    required_when = {
        "how": ("part", {PartForChild.SOME.value, PartForChild.ANOTHER.value}, "Say which part, or which other way")
    }
    submit_label = "Save your decision"


class WorryForm(GovForm):
    """The worry in two plain lines."""

    worry = forms.CharField(
        label="What are you worried about?", required=False, max_length=LONGEST, help_text=WORRY_HINT,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    submit_label = "Save"
