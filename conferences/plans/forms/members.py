"""Who is in the core group, and for which children."""

from django import forms

from conferences.plans.forms import reason_fields, reasons_given
from cpc.core.web.forms import Checkboxes, GovForm, Radios
from cpc.core.web.sentences import set_error_messages


class ChangeMemberForm(GovForm):
    """The children that a member works with."""

    submit_label = "Save"

    def __init__(self, *args, children, priorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.priorities = priorities
        self.children = {str(child.pk): child for child in children}
        self.fields["children"] = forms.MultipleChoiceField(
            label="For which children are they in the core group?", widget=Checkboxes(small=True),
            choices=[(pk, child.full_name) for pk, child in self.children.items()],
            error_messages={"required": "Choose at least one child"},
        )  # fmt: skip
        set_error_messages(self.fields["children"])
        self.fields |= reason_fields(priorities)

    def clean_children(self):
        return [self.children[pk] for pk in self.cleaned_data["children"]]

    def changed(self) -> dict:
        """The children and the reasons, as the action takes them."""
        typed = self.cleaned_data
        return {"children": typed["children"], "gap_reasons": reasons_given(self.priorities, typed)}


class AddMemberForm(ChangeMemberForm):
    """Who joins the core group."""

    submit_label = "Add to the core group"

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"] = forms.ChoiceField(
            label="Who joins the core group?", widget=Radios(small=True),
            help_text="Family members, social workers in the team, and people who work with a child on a plan.",
            choices=[(one.key, f"{one.name} ({one.part})") for one in people],
            error_messages={"required": "Choose who joins the core group"},
        )  # fmt: skip
        set_error_messages(self.fields["who"])
        self.order_fields(["who", "children"])

    def added(self) -> dict:
        """Who joins, as the action takes it."""
        return {"who": self.cleaned_data["who"], **self.changed()}


class RemoveMemberForm(GovForm):
    """Why a member leaves."""

    submit_label = "Remove from the core group"
    reason = forms.CharField(
        label="Why are they leaving the core group?", max_length=500,
        error_messages={"required": "Say why they are leaving the core group"},
    )  # fmt: skip

    def __init__(self, *args, priorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.priorities = priorities
        self.fields |= reason_fields(priorities)

    def removed(self) -> dict:
        """The reasons, as the action takes them."""
        typed = self.cleaned_data
        return {"reason": typed["reason"], "gap_reasons": reasons_given(self.priorities, typed)}
