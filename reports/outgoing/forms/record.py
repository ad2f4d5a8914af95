"""Forms to edit the record and to decide about a copy."""

from django import forms

from conferences.disclosure.choices import Audience
from conferences.disclosure.forms import as_named, audience_fields, named_in
from cpc.core.web.forms import DateField, GovForm, Radios
from reports.incoming.queries.requested import first_name
from reports.outgoing.actions.telling import HowTold
from reports.outgoing.choices import Telling

EACH, NOBODY = "each", "nobody"


def paragraph_form(children, people=(), *, for_the_chair: bool, is_new: bool) -> type[GovForm]:
    """One paragraph: its words, who may read it (``people`` can be named), and which child it is about. A new one can
    be written for each child at once."""
    audiences = [one for one in Audience if for_the_chair or one != Audience.CHAIR]
    readers, when = audience_fields(audiences, people)
    about = [(str(child.pk), child.full_name) for child in children]
    if is_new and len(about) > 1:
        about.append((EACH, "Each of the children"))
    about.append((NOBODY, "General: how the conference was run"))
    hints = {
        EACH: "Adds a paragraph for each child, which you can then change. Do not name another child in it.",
        NOBODY: "Appears in every copy. Do not name a child here.",
    }
    fields = {
        "heading": forms.CharField(label="Heading", max_length=200),
        "text": forms.CharField(
            label="Text", widget=forms.Textarea(attrs={"rows": "10"}), max_length=20_000,
            help_text="A summary, not every word. Say whose an opinion is. Leave out addresses.",
        ),
        "about": forms.ChoiceField(label="Who is it about?", choices=about, widget=Radios(hints=hints)),
        **readers,
        "version": forms.IntegerField(widget=forms.HiddenInput, required=False),
    }  # fmt: skip
    return type("ParagraphForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save the paragraph"})


def paragraph_target(form, children) -> dict:
    """Who the paragraph is about, as arguments of the action."""
    about = form.cleaned_data["about"]
    child = next((one for one in children if str(one.pk) == about), None)
    return {"child": child, "procedural": about == NOBODY, "named": named_in(form)}


def paragraph_initial(paragraph) -> dict:
    """The form’s initial values for a paragraph."""
    about = NOBODY if paragraph.procedural else str(paragraph.child_id)
    return {
        "heading": paragraph.heading,
        "text": paragraph.text,
        "audience": paragraph.audience,
        "about": about,
        "version": paragraph.version,
        **as_named(paragraph.audience, [one.invitation_id for one in paragraph.readers.all()]),
    }


class ReasonForm(GovForm):
    """Asks for a reason."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args, label="", hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


class TellForm(GovForm):
    """How a child is told what was decided."""

    how = forms.ChoiceField(
        label="How is the child told?",
        choices=Telling.choices,
        widget=Radios(
            reveals={
                Telling.LETTER.value: ["words"],
                Telling.IN_PERSON.value: ["told_by", "told_on"],
                Telling.NOT_NOW.value: ["because"],
            }
        ),
        error_messages={"required": "Choose how the child is told"},
    )
    words = forms.CharField(
        label="Why this was decided, in words for the child",
        help_text="The letter has these words and not the reasons written for adults. Blame nobody, and keep it short.",
        widget=forms.Textarea(attrs={"rows": "6"}),
        max_length=5000,
    )
    told_by = forms.CharField(label="Who tells the child?", max_length=200)
    told_on = DateField(label="On which day?", called="the day on which the child is told")
    because = forms.CharField(label="Why not now?", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000)
    required_when = {
        "words": ("how", {Telling.LETTER}, "Write why this was decided, in words for the child"),
        "told_by": ("how", {Telling.IN_PERSON}, "Name who tells the child"),
        "told_on": ("how", {Telling.IN_PERSON}, "Enter the day on which the child is told"),
        "because": ("how", {Telling.NOT_NOW}, "Say why the child is not told now"),
    }

    def told(self) -> HowTold:
        """What was chosen, as the action takes it."""
        return HowTold(
            **{name: value or "" for name, value in self.cleaned_data.items() if name != "told_on"},
            told_on=self.cleaned_data["told_on"] or None,
        )


class ApproveForm(GovForm):
    """Approves, with a reason if a copy lacks something that its reader needs."""

    def __init__(self, *args, asks_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_reason:
            self.fields["reason"] = forms.CharField(
                label="Why may these copies be sent as they are?",
                widget=forms.Textarea(attrs={"rows": "3"}),
                max_length=2000,
                error_messages={
                    "required": "Say why these copies may be sent as they are, or correct the record first"
                },
            )


class OverrideForm(GovForm):
    """Whether a second person overrides a stop of the release check, and why."""

    submit_label = "Save the decision"

    agreed = forms.ChoiceField(
        label="What do you decide?",
        choices=[("yes", "They may learn it: release it as it is"), ("no", "They may not: it must be corrected")],
        widget=Radios(),
        error_messages={"required": "Say whether they may learn it"},
    )
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": "4"}), max_length=2000,
        help_text="This is kept in the record with your name, for exactly this copy as it stands and this reader.",
        error_messages={"required": "Give your reason"},
    )  # fmt: skip


def child_form(children, *, label: str, reason: str) -> type[GovForm]:
    """Which child, and why."""
    fields = {
        "child": forms.ChoiceField(
            label=label, choices=[(str(child.pk), child.full_name) for child in children], widget=Radios()
        ),
        "reason": forms.CharField(label=reason, widget=forms.Textarea(attrs={"rows": "4"}), max_length=2000),
    }
    return type("ChildForm", (GovForm,), fields)


def named(children) -> str:
    """The children's first names."""
    return ", ".join(first_name(child) for child in children)
