"""What is asked about a child who came into the family after a conference was requested."""

from django import forms

from cpc.core.web.forms import GovForm, Radios, YesNoField

WHY = "Say why this child is left out"


class ConsiderChildForm(GovForm):
    """Whether the conference is about this child too. Of a review, only why it is not."""

    submit_label = "Save"
    included = YesNoField(
        label="Should this child be included?",
        error_messages={"required": "Say whether this child should be included"},
        widget=Radios(reveals={"no": ["reason"]}),
    )
    reason = forms.CharField(
        label="Why is this child left out?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": WHY},
    )  # fmt: skip

    def __init__(self, *args, is_review, **kwargs):
        self.required_when = {} if is_review else {"reason": ("included", {"no"}, WHY)}
        super().__init__(*args, **kwargs)
        if is_review:
            del self.fields["included"]
            self.fields["reason"].label = "Why is this child not part of the review?"
            self.fields[
                "reason"
            ].help_text = "For example, that an enquiry about the child has been started, or why none is needed."
