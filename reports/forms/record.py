"""What is asked while the record is edited, and before a copy leaves."""

from django import forms

from conferences.choices import Audience
from conferences.forms.leave import as_named, audience_fields, named_in
from cpc.core.web.forms import GovForm, Radios
from reports.queries.facts import first_name

ALL, NOBODY = "all", "nobody"


def paragraph_form(children, people=(), *, for_the_chair: bool) -> type[GovForm]:
    """One paragraph: its words, who may ever read it (``people`` can be named), and which child it is about."""
    audiences = [one for one in Audience if for_the_chair or one != Audience.CHAIR]
    readers, when = audience_fields(audiences, people)
    about = [(str(child.pk), f"{child.full_name} alone") for child in children]
    about.append((ALL, "All the children together" if len(about) > 1 else "The conference as a whole"))
    about.append((NOBODY, "No child: how the conference was run"))
    hints = {ALL: "Stands only in copies that cover every child.", NOBODY: "Stands in every copy. Name no child here."}
    fields = {
        "heading": forms.CharField(label="Heading", max_length=200),
        "text": forms.CharField(
            label="Text", widget=forms.Textarea(attrs={"rows": "10"}), max_length=20_000,
            help_text="A summary, not every word. Mark an opinion as somebody’s opinion. No addresses.",
        ),
        "about": forms.ChoiceField(label="Who is it about?", choices=about, widget=Radios(hints=hints)),
        **readers,
        "version": forms.IntegerField(widget=forms.HiddenInput, required=False),
    }  # fmt: skip
    return type("ParagraphForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save the paragraph"})


def placed(form, children) -> dict:
    """Whom the paragraph is about, as the action takes it."""
    about = form.cleaned_data["about"]
    child = next((one for one in children if str(one.pk) == about), None)
    return {"child": child, "procedural": about == NOBODY, "named": named_in(form)}


def as_placed(paragraph) -> dict:
    """A paragraph as its form shows it."""
    about = NOBODY if paragraph.procedural else str(paragraph.child_id) if paragraph.child_id else ALL
    return {
        "heading": paragraph.heading,
        "text": paragraph.text,
        "audience": paragraph.audience,
        "about": about,
        "version": paragraph.version,
        **as_named(paragraph.audience, [one.invitation_id for one in paragraph.readers.all()]),
    }


class ReasonForm(GovForm):
    """Why."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args, label="", hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


class OverrideForm(GovForm):
    """Whether a second person lets go what the release check stops, and why."""

    submit_label = "Save the decision"

    agreed = forms.ChoiceField(
        label="What do you decide?",
        choices=[("yes", "They may learn it: release it as it is"), ("no", "They may not: it must be corrected")],
        widget=Radios(),
        error_messages={"required": "Say whether they may learn it"},
    )
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": "4"}), max_length=2000,
        help_text="It stands in the record with your name, for exactly this copy as it stands and this reader.",
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
