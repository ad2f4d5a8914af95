"""The form of the chair’s quality check."""

from django import forms

from cpc.core.kernel.phrases import about_children
from cpc.core.web.forms import GovForm, Radios, YesNoField
from reports.incoming.rules.quality import QUALITY


def quality_form(names) -> type[GovForm]:
    """The ten questions, and whether the report goes back to its author. ``names`` are those of the children that it is
    about.
    """
    fields = {name: YesNoField(label=about_children(question, names)) for name, question in QUALITY.items()}
    fields |= {
        "returned": YesNoField(
            label="Do you return it to its author?", widget=Radios(reveals={"yes": ["return_reason"]})
        ),
        "return_reason": forms.CharField(
            label="What needs to change?", help_text="The author will read this.", max_length=2000,
            widget=forms.Textarea(attrs={"rows": "4"}),
        ),
        "number": forms.IntegerField(widget=forms.HiddenInput),
    }  # fmt: skip
    when = {"return_reason": ("returned", {"yes", True}, "Say what needs to change")}
    return type("QualityForm", (GovForm,), {**fields, "required_when": when, "submit_label": "Save the check"})
