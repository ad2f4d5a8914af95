"""What is asked about accounts."""

from django import forms

from cpc.core.accounts import queries
from cpc.core.accounts.choices import AgencyKind, ContactRole, Role, TeamKind
from cpc.core.accounts.models import Agency, Team, User
from cpc.core.accounts.staff_names import NameChoice, told_apart
from cpc.core.web.forms import (
    Checkboxes,
    DateField,
    EmailField,
    GovForm,
    NameField,
    PhoneField,
    Radios,
    YesNoField,
)
from cpc.core.web.sentences import set_error_messages
from cpc.core.web.versioned import ComparedForm

SHORT = {"class": "govuk-input--width-20"}


class UserForm(GovForm):
    """An account, the roles it holds, and the team or agency it belongs to."""

    submit_label = "Save"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    first_name = NameField(label="First name", max_length=80, widget=forms.TextInput(attrs=SHORT))
    last_name = NameField(label="Last name", max_length=80, widget=forms.TextInput(attrs=SHORT))
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
        help_text="Needed for a social worker or team manager. A social worker sees the families of their team.",
    )
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.order_by("name"),
        required=False,
        empty_label="No agency",
        help_text="Needed for a practitioner of another agency, and only for them.",
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False, widget=forms.TextInput(attrs=SHORT))
    phone = PhoneField(label="Phone", max_length=30, required=False)
    is_active = YesNoField(
        label="Can they sign in?",
        initial=True,
        help_text="“No” closes the account immediately. What they did stays on record.",
    )
    why_second = forms.CharField(
        label="Why a second account?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text="Only if someone with this name or email has an account. Another system administrator must agree.",
    )

    def __init__(self, *args, is_new=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("team", "agency", "why_second"):
            self.fields[name].conditional = True  # needed with some roles: none of them is “optional”
        if is_new:
            del self.fields["is_active"]


MANAGER, STAYS = "manager", "stays"


class HandOverForm(GovForm):
    """Who takes over what somebody holds, kind by kind. ``carried`` is the form of the account, sent again with it.

    Without ``carried`` the account stays as it is, and so can what it holds.
    """

    submit_label = "Hand over"

    def __init__(self, *args, user, holdings, carried=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.holdings = {one.kind.key: one for one in holdings if one.kind.is_chosen}
        for key, one in self.holdings.items():
            people = [(str(pk), called) for pk, called in told_apart(one.who).items()]
            manager = [] if one.kind.must_name else [(MANAGER, one.kind.nobody)]
            stays = [] if carried else [(STAYS, f"Stays with {user}")]
            self.fields[f"to_{key}"] = forms.ChoiceField(
                label=f"{one.kind.heading} ({len(one.rows)})",
                choices=[("", "Choose who takes over"), *people, *manager, *stays],
                error_messages={
                    "required": f"Choose who takes over: {one.kind.heading[:1].lower()}{one.kind.heading[1:]}"
                },
            )
        for name, values in (carried or {}).items():
            self.fields[name] = forms.Field(required=False, widget=forms.MultipleHiddenInput, initial=values)
            self.initial[name] = values
        for field in self.fields.values():
            set_error_messages(field)

    def chosen(self) -> dict[str, User | None]:
        """The person for each kind (its key), or None for the manager; nothing for what stays."""
        given = {key: self.cleaned_data[f"to_{key}"] for key in self.holdings}
        return {
            key: next((one for one in self.holdings[key].who if str(one.pk) == value), None)
            for key, value in given.items()
            if value != STAYS
        }


class AccountCheckForm(GovForm):
    """What somebody else finds when they look at an account."""

    submit_label = "Save"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_right = YesNoField(label="Is this account correct?", help_text="If you choose “No”, it is closed immediately.")


class TeamForm(ComparedForm):
    """A team and who runs it."""

    submit_label = "Save"
    name = NameField(label="Name of the team", max_length=120, widget=forms.TextInput(attrs=SHORT))
    kind = forms.ChoiceField(label="What kind of team?", choices=TeamKind.choices, widget=Radios())
    manager = NameChoice(label="Manager", queryset=User.objects.none(), required=False, empty_label="None yet")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = queries.managers()


class AgencyForm(ComparedForm):
    """An agency that takes part."""

    submit_label = "Save"
    name = NameField(label="Name of the agency", max_length=200)
    kind = forms.ChoiceField(label="What kind of agency?", choices=[("", "Choose a kind"), *AgencyKind.choices])
    reference = forms.CharField(
        label="Reference number", max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="A school’s URN or a GP practice’s ODS code.",
    )  # fmt: skip
    email = EmailField(
        label="Shared work email address",
        required=False,
        help_text="Used where no named professional is known. It is never told who a conference is about.",
    )
    email_is_secure = YesNoField(label="Is this a secure email address?", initial=False)
    phone = PhoneField(label="Phone", max_length=30, required=False)
    address = forms.CharField(
        label="Postal address", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_active = YesNoField(
        label="Does this agency still exist?", initial=True,
        help_text="If you choose “No”, it can no longer be chosen or invited. What it did stays on record.",
    )  # fmt: skip


class ContactForm(ComparedForm):
    """Somebody to phone at an agency."""

    submit_label = "Save"
    name = NameField(label="Name", max_length=120, widget=forms.TextInput(attrs=SHORT))
    role = forms.ChoiceField(
        label="What should you contact them about?", choices=[("", "Choose"), *ContactRole.choices]
    )
    phone = PhoneField(label="Phone", max_length=30, required=False)
    email = EmailField(label="Work email address", required=False)


class ClosureForm(GovForm):
    """Days on which an agency is closed."""

    submit_label = "Save"
    from_on = DateField(label="First closed day")
    until_on = DateField(label="Last closed day", help_text="For one day, enter the same date")
    why = forms.CharField(
        label="Why is it closed?", max_length=120, widget=forms.TextInput(attrs=SHORT),
        help_text="For example, Christmas holidays.",
    )  # fmt: skip


class SecondFactorForm(GovForm):
    """Which roles must use a second factor."""

    submit_label = "Save"
    roles = forms.MultipleChoiceField(
        label="Which roles must use two-step sign-in?",
        required=False,
        choices=Role.choices,
        widget=Checkboxes(),
        help_text="A code from an app on their phone, asked at sign-in.",
    )
