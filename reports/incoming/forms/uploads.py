"""Forms to upload a report file, to request a version of it, and to redact it."""

from copy import copy

from django import forms

from cpc.core.kernel.refusals import Invalid
from cpc.core.web.forms import Checkboxes, GovForm, UploadField, attempt
from reports.incoming.actions.uploads import FileUpload

MOST_PARTS = 60
AREA, WHOLE = "area", "page"
SIDES = ("left", "top", "width", "height")
KINDS = (
    "A PDF, Word document, PNG or JPEG picture, or plain text, up to 10MB. Choose a PDF if the family may be given it: "
    "a Word document or plain text cannot be sent to them."
)


class FileForm(GovForm):
    """A form with a report file. Why it is about the right child is asked only after the action has asked."""

    right_child = forms.CharField(
        label="Why is it about the right child?", max_length=500, required=False,
        help_text="For example: it names a classmate with the same name. Kept with your name.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "right_child" not in self.data:
            del self.fields["right_child"]

    def attempt(self, do) -> bool:
        """Whether ``do(why)`` was done. ``why`` says that it is about the right child, and is asked for if need be."""

        def ask():
            try:
                return do(self.cleaned_data.get("right_child", ""))
            except Invalid as refused:
                if refused.field == "right_child" and "right_child" not in self.fields:
                    self.fields["right_child"] = copy(self.base_fields["right_child"])
                raise

        return attempt(self, ask)


def upload_form(children, *, asks_author: bool) -> type[FileForm]:
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
    return type("UploadForm", (FileForm,), {**fields, "submit_label": "Upload the report"})


def file_upload(form) -> FileUpload:
    """The uploaded file, as the action takes it."""
    file = form.cleaned_data["file"]
    file.seek(0)
    return FileUpload(file.read(), file.name, file.kind)
