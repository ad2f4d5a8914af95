"""How several people on the list attend, in one step."""

from django import forms

from conferences.separation.choices import AttendMode
from cpc.core.web.forms import Checkboxes, GovForm, Radios


class ModesForm(GovForm):
    """Which people, and how they will attend."""

    people = forms.MultipleChoiceField(label="Who?", widget=Checkboxes(small=True))
    mode = forms.ChoiceField(
        label="How will they attend?", choices=AttendMode.choices,
        widget=Radios(hints={AttendMode.REPORT.value: "Only for professionals who write reports"}),
    )  # fmt: skip
    submit_label = "Change how they attend"

    def __init__(self, *args, invitations, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitations = {str(one.pk): one for one in invitations}
        self.fields["people"].choices = [
            (pk, f"{one.name} ({one.get_role_display()}): {one.get_mode_display().lower()}")
            for pk, one in self.invitations.items()
        ]

    def chosen(self) -> list:
        """The invitations of the people that were ticked."""
        return [self.invitations[pk] for pk in self.cleaned_data["people"]]
