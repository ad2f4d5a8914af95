"""What is asked about accounts."""

from django import forms

from cpc.core.accounts import queries
from cpc.core.accounts.choices import AgencyKind, Role, TeamKind
from cpc.core.accounts.models import Agency, Team, User
from cpc.core.web.forms import Checkboxes, EmailField, GovForm, PhoneField, Radios, YesNoField

SHORT = {"class": "govuk-input--width-20"}


class UserForm(GovForm):
    """An account, the roles it holds, and the team or agency it belongs to."""

    submit_label = "Save"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    first_name = forms.CharField(label="First name", max_length=80, widget=forms.TextInput(attrs=SHORT))
    last_name = forms.CharField(label="Last name", max_length=80, widget=forms.TextInput(attrs=SHORT))
    email = EmailField(label="Work email address", max_length=254, help_text="They sign in with it.")
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=Role.choices,
        widget=Checkboxes(
            hints={
                Role.PROFESSIONAL: "Sees only the conferences they are invited to.",
                Role.SYSTEM_ADMINISTRATOR: "Manages accounts and timescales. Sees no family.",
            }
        ),
    )
    team = forms.ModelChoiceField(
        label="Team",
        queryset=Team.objects.order_by("name"),
        required=False,
        empty_label="No team",
        help_text="A social worker sees the families of their team.",
    )
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.order_by("name"),
        required=False,
        empty_label="No agency",
        help_text="Only for a partner professional.",
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False, widget=forms.TextInput(attrs=SHORT))
    phone = PhoneField(label="Phone", max_length=30, required=False)
    is_active = YesNoField(
        label="Can they sign in?",
        initial=True,
        help_text="No closes the account at once. What they did stays on record.",
    )

    def __init__(self, *args, is_new=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["is_active"]


class TeamForm(GovForm):
    """A team and who runs it."""

    submit_label = "Save"
    name = forms.CharField(label="Name of the team", max_length=120, widget=forms.TextInput(attrs=SHORT))
    kind = forms.ChoiceField(label="What kind of team?", choices=TeamKind.choices, widget=Radios())
    manager = forms.ModelChoiceField(
        label="Manager", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = queries.managers()


class AgencyForm(GovForm):
    """An agency that takes part."""

    submit_label = "Save"
    name = forms.CharField(label="Name of the agency", max_length=200)
    kind = forms.ChoiceField(label="What kind of agency?", choices=AgencyKind.choices)
    email = EmailField(
        label="Shared work email address",
        required=False,
        help_text="Used where no named professional is known. It is never told whom a conference is about.",
    )
    phone = PhoneField(label="Phone", max_length=30, required=False)


class SecondFactorForm(GovForm):
    """Which roles must use a second factor."""

    submit_label = "Save"
    roles = forms.MultipleChoiceField(
        label="Who must use a second factor?",
        required=False,
        choices=Role.choices,
        widget=Checkboxes(),
        help_text="A code from an app on their phone, asked at sign-in.",
    )
