"""What is asked when two records may be one person's."""

from django import forms

from cpc.core.web.forms import GovForm


class MergeForm(GovForm):
    """How it is known that two records are one person's. ``differing``: the numbers that they have differently."""

    submit_label = "Merge the two records"
    reason = forms.CharField(
        label="How do you know that they are the same person?", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, who confirmed it, and from which document.",
    )  # fmt: skip
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, differing=(), **kwargs):
        super().__init__(*args, **kwargs)
        if differing:
            numbers = " and ".join(differing)
            self.fields["confirmed"].label = f"I am sure, although the two records have a different {numbers}"
        else:
            del self.fields["confirmed"]


class ReasonForm(GovForm):
    """Why a merge is undone, or two records are left as they are."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, label, **kwargs):
        self.base_fields["reason"].label = label
        super().__init__(*args, **kwargs)
