"""Forms for what the family sent in, and for the chair’s talk with them."""

from django import forms

from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from reports.incoming.actions.contributions import AUDIENCES
from reports.incoming.choices import CONTRIBUTION

LONG = 10_000


def contribution_form(is_child: bool, on) -> type[GovForm]:
    """The contribution form, with an adult’s or a child’s version of the questions."""
    fields = {
        "received_on": DateField(label="When was it received?", called="the date it came", not_future=True, today=on)
    }
    for name, (of_an_adult, of_a_child) in CONTRIBUTION.items():
        one_line = name == "supporter"
        fields[name] = forms.CharField(
            label=of_a_child if is_child else of_an_adult,
            required=False,
            max_length=200 if one_line else LONG,
            widget=forms.TextInput() if one_line else forms.Textarea(attrs={"rows": "4"}),
        )
    fields["audience"] = forms.ChoiceField(
        label="Who do they want to be able to read it?",
        choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only the chair")],
        initial=AUDIENCES[0].value,
        widget=Radios(hints={AUDIENCES[1].value: "Only the chair and you, who type it in, see it on screen."}),
    )
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    return type("ContributionForm", (GovForm,), {**fields, "submit_label": "Save what they wrote"})


def chair_talk_form(people, on) -> type[GovForm]:
    """Who the chair talked with, when, and what was said; or why there was no talk."""
    reveals = {"yes": ["held_on", "what_was_said"], "no": ["not_held_reason"]}
    fields = {
        "person": forms.ChoiceField(
            label="Who did you speak with?",
            choices=[(person.pk, person.full_name) for person in people],
            widget=Radios(),
        ),
        "held": YesNoField(label="Did the conversation take place?", widget=Radios(reveals=reveals)),
        "held_on": DateField(label="When", called="the date of the talk", not_future=True, today=on),
        "what_was_said": forms.CharField(
            label="What was said", widget=forms.Textarea(attrs={"rows": "5"}), max_length=LONG
        ),
        "not_held_reason": forms.CharField(
            label="Why there was no conversation", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
        ),
        "audience": forms.ChoiceField(
            label="Who may read it?",
            choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only you")],
            initial=AUDIENCES[0].value,
            widget=Radios(
                hints={
                    AUDIENCES[
                        0
                    ].value: "Those in the authority who work on this conference. It does not appear in any letter.",
                    AUDIENCES[1].value: "Nobody else sees it. You are warned if you copy from it.",
                }
            ),
        ),
    }
    when = {
        "held_on": ("held", {"yes"}, "Enter the date of the conversation"),
        "what_was_said": ("held", {"yes"}, "Say in a few words what was said"),
        "not_held_reason": ("held", {"no"}, "Enter why there was no conversation"),
    }
    return type("ChairTalkForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save"})
