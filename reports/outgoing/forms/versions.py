"""The forms to ask for a separate version of a file, to hand one in, and to redact."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cpc.core.documents.redacting import Mark
from cpc.core.web.forms import DateField, GovForm, Radios, UploadField, formset
from reports.incoming.forms.uploads import AREA, KINDS, MOST_PARTS, SIDES, WHOLE, FileForm
from reports.outgoing.actions.versions import RedactedPart


class VersionForm(FileForm):
    """The requested separate version."""

    file = UploadField(label="The separate version", help_text=KINDS)
    submit_label = "Upload the separate version"


class AskForm(GovForm):
    """What the separate version must leave out, and by when it is needed."""

    why = forms.CharField(
        label="What must be left out?",
        widget=forms.Textarea,
        max_length=2000,
        help_text="The author reads these words, and which children it may cover, but not who it is for. Tell them "
        "nothing that they do not know.",
    )
    due_on = DateField(label="When do you need it?")
    submit_label = "Ask the author"


class PartForm(GovForm):
    """A page, or an area of one, to redact."""

    page = forms.TypedChoiceField(label="Page", coerce=int)
    what = forms.ChoiceField(
        label="What should be redacted?",
        choices=[(AREA, "An area of it"), (WHOLE, "The whole page")],
        initial=AREA,
        widget=Radios(reveals={AREA: list(SIDES)}),
    )
    left = forms.FloatField(label="From the left edge, in per cent", min_value=0, max_value=100)
    top = forms.FloatField(label="From the top edge, in per cent", min_value=0, max_value=100)
    width = forms.FloatField(label="Width, in per cent", max_value=100)
    height = forms.FloatField(label="Height, in per cent", max_value=100)
    reason = forms.CharField(label="Why is it redacted?", max_length=500)
    stays = forms.BooleanField(label="Leave this part in after all", required=False)
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

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("stays"):
            self._errors.clear()  # nothing else of a part that stays is asked

    def clean(self):
        data = super().clean()
        if data.get("what") == AREA and not self.errors:
            for side, name, edge in (("left", "width", "right"), ("top", "height", "bottom")):
                if (data.get(name) or 0) <= 0:
                    raise ValidationError({name: f"The {name} must be more than 0"})
                if data[side] + data[name] > 100.1:  # drawings are rounded
                    most = f"{100 - data[side]:g}"
                    raise ValidationError({name: f"The area would run over the {edge} edge: enter {most} or less"})
        return data

    def redacted(self) -> RedactedPart:
        """The part to redact, as the action takes it."""
        data = self.cleaned_data
        if data["what"] == WHOLE:
            return RedactedPart(Mark(data["page"], whole_page=True), data["reason"])
        left, top = data["left"] / 100, data["top"] / 100
        right, bottom = min(1.0, left + data["width"] / 100), min(1.0, top + data["height"] / 100)
        return RedactedPart(Mark(data["page"], left=left, top=top, right=right, bottom=bottom), data["reason"])


def parts_form(data, pages: int):
    """The parts to redact in a file with this many pages. A part without a reason and numbers is ignored."""
    made = formset(PartForm, each="Part", extra=1, max_num=MOST_PARTS, absolute_max=MOST_PARTS)
    made.submit_label, made.another_label = "Make the redacted version", "Add another part"
    return made(data, prefix="part", form_kwargs={"pages": pages})


def redacted_parts(parts) -> list[RedactedPart]:
    """Every part that was filled in, without those that stay."""
    return [form.redacted() for form in parts.forms if form.has_changed() and not form.cleaned_data.get("stays")]


def in_a_week(on: date) -> dict:
    """The initial date of a request: in a week."""
    return {"due_on": date.fromordinal(on.toordinal() + 7)}
