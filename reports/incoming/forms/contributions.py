"""Forms for what the family sent in, and for the chair’s talk with them."""

from django import forms

from conferences.convening.choices import FormInTalk
from conferences.convening.rules.family_words import FACE, FACES, LINE, SAFE_NOW, SCALE, questions_for
from cpc.core.kernel.phrases import about_children
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, TimeField, UploadField, YesNoField
from reports.incoming.actions.contributions import AUDIENCES, NAMES
from reports.incoming.forms.uploads import FileForm
from reports.incoming.queries.contributions import CHILDREN

LONG = 10_000


def contribution_form(group: str, on, children=()) -> type[GovForm]:
    """A form with the questions that are printed for this age group ("" for an adult), and who may read the answers.

    An adult is also asked about each of ``children``.
    """
    fields = {
        "received_on": DateField(label="When was it received?", called="the date it came", not_future=True, today=on)
    }
    names = [child.short_name for child in children]
    asked = [(question, about_children(words, names)) for question, words in questions_for(group)]
    for question, words in asked:
        fields[question.name] = _answer_field(question, words)
    boxes = {}
    for child in children if not group else ():
        name = child.short_name
        boxes[f"about_{child.pk}"] = _long(f"About {name}")
        boxes[f"safe_{child.pk}"] = _number(SAFE_NOW.replace("{child}", name))
    fields |= boxes
    fields["audience"] = forms.ChoiceField(
        label="Who do they want to be able to read it?",
        choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only the chair")],
        initial=AUDIENCES[0].value,
        widget=Radios(hints={AUDIENCES[1].value: "Only the chair and the person typing it in can see it on screen."}),
    )
    may_choose = [(one.name, words) for one, words in asked if not one.chair_alone]
    may_choose += [(CHILDREN, about_children("What they wrote about each child", names))] if boxes else []
    fields["for_chair"] = forms.MultipleChoiceField(
        label="Which answers are only for the chair?",
        help_text="Choose none if they did not ask for it. What must not be talked about, and who must not read this, "
        "is always only for the chair.",
        choices=may_choose, required=False, widget=Checkboxes(small=True),
    )  # fmt: skip
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    unmarked = frozenset([*(one.name for one, _ in asked), *boxes, "for_chair"])
    return type(
        "ContributionForm", (GovForm,), {**fields, "unmarked": unmarked, "submit_label": "Save what they wrote"}
    )


def _answer_field(question, words) -> forms.Field:
    if question.kind == LINE:
        return forms.CharField(label=words, required=False, max_length=200)
    if question.kind == SCALE:
        return _number(words)
    if question.kind == FACE:
        faces = [("", "Not answered"), *((value, name) for value, name, _ in FACES)]
        return forms.ChoiceField(label=words, required=False, choices=faces)
    return _long(words)


def _number(words) -> forms.ChoiceField:
    numbers = [("", "Not answered"), *((str(number), str(number)) for number in range(11))]
    return forms.ChoiceField(label=words, required=False, choices=numbers)


def _long(words) -> forms.CharField:
    return forms.CharField(
        label=words, required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": "4"})
    )  # fmt: skip


def contribution_initial(found) -> dict:
    """The form’s initial values for what was typed in before."""
    boxes = list(found.children.all())
    about = {f"about_{box.child_id}": box.said for box in boxes} | {f"safe_{box.child_id}": box.scale for box in boxes}
    names = (*NAMES, "received_on", "version", "audience", "for_chair")
    return {name: getattr(found, name) for name in names} | about


def contribution_given(form) -> dict:
    """What was typed, as the action takes it."""
    given = dict(form.cleaned_data)

    def of_each(beginning) -> dict:
        names = [name for name in given if name.startswith(beginning)]
        return {int(name.removeprefix(beginning)): given.pop(name) for name in names}

    return given | {"about": of_each("about_"), "safe": of_each("safe_")}


class ScanForm(FileForm):
    """A drawing or a letter that somebody in the family sent in."""

    file = UploadField(label="The drawing or letter", help_text="A PDF, PNG or JPEG picture, up to 10MB.")
    called = forms.CharField(label="What is it?", max_length=200, help_text="For example, a drawing of the house.")
    received_on = DateField(label="When was it received?", called="the date it came")
    audience = forms.ChoiceField(
        label="Who do they want to be able to see it?",
        choices=[(AUDIENCES[0].value, "The conference"), (AUDIENCES[1].value, "Only the chair")],
        widget=Radios(),
    )
    submit_label = "Save it"


def plan_talk_form(people) -> type[GovForm]:
    """Who the chair will speak with, when, and how."""
    fields = {
        "person": forms.ChoiceField(
            label="Who will you speak with?",
            choices=[(person.pk, person.full_name) for person in people],
            widget=Radios(),
        ),
        "on": DateField(label="On which day?", called="the day of the conversation"),
        "time": TimeField(label="At what time?"),
        "how": forms.CharField(
            label="Where, or how?", max_length=200, required=False,
            help_text="For example, by phone, or in the small room half an hour before the conference.",
        ),
    }  # fmt: skip
    return type("PlanTalkForm", (GovForm,), {**fields, "submit_label": "Save"})


def chair_talk_form(people, on) -> type[GovForm]:
    """Who the chair talked with, when, and what was said; or why there was no talk."""
    reveals = {"yes": ["held_on", "what_was_said", "form"], "no": ["not_held_reason"]}
    fields = {
        "person": forms.ChoiceField(
            label="Who did you speak with?",
            choices=[(person.pk, person.full_name) for person in people],
            widget=Radios(),
            error_messages={"required": "Select who you spoke with"},
        ),
        "held": YesNoField(
            label="Did the conversation take place?",
            widget=Radios(reveals=reveals),
            error_messages={"required": "Select yes if the conversation took place"},
        ),
        "held_on": DateField(label="When", called="the date of the talk", not_future=True, today=on),
        "what_was_said": forms.CharField(
            label="What was said", widget=forms.Textarea(attrs={"rows": "5"}), max_length=LONG
        ),
        "form": forms.ChoiceField(
            label="Did you look at what they wrote on their form together?",
            choices=FormInTalk.choices,
            required=False,
            widget=Radios(),
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
        "form": ("held", {"yes"}, "Say whether you looked at their form together"),
        "not_held_reason": ("held", {"no"}, "Enter why there was no conversation"),
    }
    return type("ChairTalkForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save"})
