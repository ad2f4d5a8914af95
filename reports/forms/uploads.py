"""What is asked when a report comes as a file, when a version of it is asked for, and what is taken out of it."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cpc.core.documents.redacting import Mark
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, UploadField, formset
from reports.actions import Given, Taken

MOST_PARTS = 60
AREA, WHOLE = "area", "page"
SIDES = ("left", "top", "width", "height")
KINDS = "A PDF, Word document, PNG or JPEG picture, or plain text, up to 10MB."


def upload_form(children, *, asks_author: bool) -> type[GovForm]:
    """A report as a file, and which of ``children`` it covers."""
    options = [(str(child.pk), child.full_name) for child in children]
    hint = "Only the children who are written about in it. It is kept exactly as you upload it."
    fields = {
        "file": UploadField(label="The report", help_text=KINDS),
        **({"author": forms.CharField(label="Who wrote it?", max_length=200)} if asks_author else {}),
        "children": forms.MultipleChoiceField(
            label="Which children does it cover?", choices=options, widget=Checkboxes, help_text=hint
        ),
    }
    return type("UploadForm", (GovForm,), {**fields, "submit_label": "Upload the report"})


class VersionForm(GovForm):
    """The separate version that was asked for."""

    file = UploadField(label="The separate version", help_text=KINDS)
    submit_label = "Upload the separate version"


class AskForm(GovForm):
    """What the separate version must leave out, and by when it is wanted."""

    why = forms.CharField(
        label="What must it leave out?",
        widget=forms.Textarea,
        max_length=2000,
        help_text="The author reads these words, and which children it may cover, but not for whom it is. Tell them "
        "nothing that they do not know.",
    )
    due_on = DateField(label="When do you need it?")
    submit_label = "Ask the author"


def given(form) -> Given:
    """The uploaded file, as the action takes it."""
    file = form.cleaned_data["file"]
    file.seek(0)
    return Given(file.read(), file.name, file.kind)


class PartForm(GovForm):
    """A page, or an area of one, that is taken out."""

    page = forms.TypedChoiceField(label="Page", coerce=int)
    what = forms.ChoiceField(
        label="What is taken out?",
        choices=[(AREA, "An area of it"), (WHOLE, "The whole page")],
        initial=AREA,
        widget=Radios(reveals={AREA: list(SIDES)}),
    )
    left = forms.FloatField(label="From the left edge, in per cent", min_value=0, max_value=100)
    top = forms.FloatField(label="From the top edge, in per cent", min_value=0, max_value=100)
    width = forms.FloatField(label="Width, in per cent", max_value=100)
    height = forms.FloatField(label="Height, in per cent", max_value=100)
    reason = forms.CharField(label="Why is it taken out?", max_length=500)
    required_when = {
        name: ("what", {AREA}, f"Enter {words}, or draw the area on the page")
        for name, words in (
            ("left", "how far from the left edge it begins"),
            ("top", "how far from the top edge it begins"),
            ("width", "how wide the area is"),
            ("height", "how high the area is"),
        )
    }

    def __init__(self, *args, pages=1, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [("", "Choose a page"), *((n, str(n)) for n in range(1, pages + 1))]
        for name in SIDES:
            self.fields[name].widget.attrs |= {"class": "govuk-input--width-5", "step": "any", "data-side": name}

    def clean(self):
        data = super().clean()
        if data.get("what") == AREA and not self.errors:
            for name in ("width", "height"):
                if (data.get(name) or 0) <= 0:
                    raise ValidationError({name: f"The {name} must be more than 0"})
        return data

    def taken(self) -> Taken:
        """What is taken out, as the action takes it; an area that runs over the edge ends there."""
        data = self.cleaned_data
        if data["what"] == WHOLE:
            return Taken(Mark(data["page"], whole_page=True), data["reason"])
        left, top = data["left"] / 100, data["top"] / 100
        right, bottom = min(1.0, left + data["width"] / 100), min(1.0, top + data["height"] / 100)
        return Taken(Mark(data["page"], left=left, top=top, right=right, bottom=bottom), data["reason"])


def parts_form(data, pages: int):
    """What is taken out of a file with so many pages, part by part; a part without a reason and numbers is left."""
    made = formset(PartForm, each="Part", extra=1, max_num=MOST_PARTS, absolute_max=MOST_PARTS)
    made.submit_label, made.another_label = "Make the redacted version", "Add another part"
    return made(data, prefix="part", form_kwargs={"pages": pages})


def taken_out(parts) -> list[Taken]:
    """Every part that was filled in."""
    return [form.taken() for form in parts.forms if form.has_changed()]


def in_a_week(on: date) -> dict:
    """When a version is wanted, where nobody says."""
    return {"due_on": date.fromordinal(on.toordinal() + 7)}
