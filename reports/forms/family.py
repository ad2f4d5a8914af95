"""What the family sent in, and the chair's talk with them."""

from django import forms

from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from reports.actions.contributing import AUDIENCES

LONG = 10_000
ADULT = {
    "working_well": "What is going well in the family?",
    "worried": "What are they worried about, or what should change?",
    "support_wanted": "What help do they want?",
    "next_steps": "What do they think should happen next?",
    "on_reports": "What do they say about the reports?",
    "supporter": "Who comes with them, if anybody?",
    "needs": "What do they need to take part? Interpreter, access, childcare, transport",
}
CHILD = {
    "working_well": "What is going well for them?",
    "worried": "What are they worried about?",
    "next_steps": "What do they want to change?",
    "support_wanted": "Who or what helps them?",
    "on_reports": "What else do they want the conference to know?",
    "supporter": "Who speaks for them or comes with them, if anybody?",
    "needs": "How do they want to take part? All of it, some of it, or another way",
}


def contribution_form(is_child: bool, on) -> type[GovForm]:
    """The form as it came back, an adult's or a child's version of the questions."""
    fields = {"received_on": DateField(label="When did it come?", called="the date it came", not_future=True, today=on)}
    for name, label in (CHILD if is_child else ADULT).items():
        one_line = name == "supporter"
        fields[name] = forms.CharField(
            label=label,
            required=False,
            max_length=200 if one_line else LONG,
            widget=forms.TextInput() if one_line else forms.Textarea(attrs={"rows": "4"}),
        )
    fields["audience"] = forms.ChoiceField(
        label="Who do they want to read it?",
        choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only the chair")],
        initial=AUDIENCES[0].value,
        widget=Radios(hints={AUDIENCES[1].value: "Nobody else sees it on the screen but you, who type it in."}),
    )
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    return type("ContributionForm", (GovForm,), {**fields, "submit_label": "Save what they wrote"})


def chair_talk_form(people, on) -> type[GovForm]:
    """With whom the chair talked, when, and what was said; or why there was no talk."""
    reveals = {"yes": ["held_on", "what_was_said"], "no": ["not_held_reason"]}
    fields = {
        "person": forms.ChoiceField(
            label="Who did you talk with?",
            choices=[(person.pk, person.full_name) for person in people],
            widget=Radios(),
        ),
        "held": YesNoField(label="Did the talk take place?", widget=Radios(reveals=reveals)),
        "held_on": DateField(label="When", called="the date of the talk", not_future=True, today=on),
        "what_was_said": forms.CharField(
            label="What was said", widget=forms.Textarea(attrs={"rows": "5"}), max_length=LONG
        ),
        "not_held_reason": forms.CharField(
            label="Why there was no talk", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
        ),
        "audience": forms.ChoiceField(
            label="Who may read it?",
            choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only you")],
            initial=AUDIENCES[0].value,
            widget=Radios(
                hints={
                    AUDIENCES[0].value: "Those in the authority who work on this conference. It stands in no letter.",
                    AUDIENCES[1].value: "Nobody else sees it. Whoever copies from it is warned.",
                }
            ),
        ),
    }
    when = {
        "held_on": ("held", {"yes"}, "Enter the date of the talk"),
        "what_was_said": ("held", {"yes"}, "Say in a few words what was said"),
        "not_held_reason": ("held", {"no"}, "Say why there was no talk"),
    }
    return type("ChairTalkForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save"})
