"""What is asked of homes, and of people who move in and out of them."""

from django import forms

from cpc.core.web.forms import Checkboxes, DateField, GovForm, NameField, Radios, YesNoField


class HouseholdForm(GovForm):
    """A home of the family."""

    submit_label = "Save"
    name = NameField(
        label="What do you call this home?", max_length=120, help_text="For example, Mum’s home, or Grandmother’s.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip
    is_main = YesNoField(
        label="Is this the main household for this case?", initial=False,
        help_text="Who lives there now is “in the household” on every other page.",
    )  # fmt: skip


class MoveInForm(GovForm):
    """Who moves in, when, and whether they leave another home for it."""

    submit_label = "Save"
    people = forms.MultipleChoiceField(label="Who lives here?", widget=Checkboxes(small=True))
    from_on = DateField(
        label="From what date?", required=False, not_future=True, help_text="Leave this empty if nobody knows."
    )
    moves = forms.ChoiceField(
        label="Are they leaving another home?",
        choices=[("no", "No, or they live in both homes"), ("yes", "Yes, they left it on the date above")],
        widget=Radios(),
    )
    required_when = {}

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(member.person.pk), member.name) for member in members]


class MoveOutForm(GovForm):
    """When somebody left a home."""

    submit_label = "Save"
    to_on = DateField(label="When did they leave?", not_future=True)
