"""Forms to upload a report file, to request a version of it, and to redact it."""

from django import forms

from cpc.core.web.forms import Checkboxes, GovForm, UploadField
from reports.incoming.actions.uploads import FileUpload

MOST_PARTS = 60
AREA, WHOLE = "area", "page"
SIDES = ("left", "top", "width", "height")
KINDS = (
    "A PDF, Word document, PNG or JPEG picture, or plain text, up to 10MB. Choose a PDF if the family may be given it: "
    "a Word document or plain text cannot be sent to them."
)


def upload_form(children, *, asks_author: bool) -> type[GovForm]:
    """A report file, and which of ``children`` it covers."""
    options = [(str(child.pk), child.full_name) for child in children]
    hint = "Only the children who are written about in it. It is kept exactly as you upload it."
    fields = {
        "file": UploadField(label="The report", help_text=KINDS),
        **({"author": forms.CharField(label="Who wrote it?", max_length=200)} if asks_author else {}),
        "children": forms.MultipleChoiceField(
            label="Which children is it about?", choices=options, widget=Checkboxes, help_text=hint
        ),
    }
    return type("UploadForm", (GovForm,), {**fields, "submit_label": "Upload the report"})


def file_upload(form) -> FileUpload:
    """The uploaded file, as the action takes it."""
    file = form.cleaned_data["file"]
    file.seek(0)
    return FileUpload(file.read(), file.name, file.kind)
