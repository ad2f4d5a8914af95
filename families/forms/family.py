"""What is asked of a family: whose case, who knows the children, who must not meet."""

from django import forms

from cpc.core.accounts.choices import TeamKind
from cpc.core.accounts.models import Team
from cpc.core.web.forms import Checkboxes, DateField
from families import queries
from families.forms.seen import SeenForm, WorkerChoice

SHORT = {"class": "govuk-input--width-20"}


class FamilyForm(SeenForm):
    """The family, and whose case it is."""

    name = forms.CharField(
        label="Family name", max_length=120, widget=forms.TextInput(attrs=SHORT),
        help_text="The name you know the family by. Other names can be added to each person.",
    )  # fmt: skip
    case_number = forms.CharField(
        label="Case number", max_length=40, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    opened_on = DateField(
        label="Date the case was opened", help_text="The date of the referral. For example, 27 3 2026", not_future=True
    )
    team = forms.ModelChoiceField(label="Team that holds the case", queryset=Team.objects.none())
    social_worker = WorkerChoice(
        label="Social worker", queryset=Team.objects.none(), required=False, empty_label="Not allocated yet"
    )

    field_order = ["name", "case_number", "opened_on", "team", "social_worker"]

    def __init__(self, *args, viewer, family=None, **kwargs):
        super().__init__(*args, **kwargs)
        own = queries.teams_for(viewer)
        teams = own if family is None else Team.objects.filter(kind=TeamKind.SOCIAL_WORK).order_by("name")
        self.fields["team"].queryset = teams
        self.fields["social_worker"].queryset = queries.social_workers(teams)
        self.fields["team"].empty_label = "Choose a team"
        if family is None and not self.is_bound and len(teams) == 1:
            self.initial.setdefault("team", teams[0].pk)


class InvolvementForm(SeenForm):
    """An agency that knows one or more of the children."""

    children = forms.MultipleChoiceField(label="Which children do they know?", widget=Checkboxes())
    agency = forms.ModelChoiceField(label="Agency", queryset=Team.objects.none(), empty_label="Choose an agency")
    professional = WorkerChoice(
        label="Named professional", queryset=Team.objects.none(), required=False, empty_label="Nobody named yet",
        help_text="Somebody who works at that agency and has an account.",
    )  # fmt: skip
    from_on = DateField(label="Involved from", not_future=True)
    to_on = DateField(label="Involved until", required=False, help_text="Leave it empty if they are involved now.")

    def __init__(self, *args, children=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = queries.agencies()
        self.fields["professional"].queryset = queries.professionals()
        if children:
            self.fields["children"].choices = [(str(child.pk), queries.called(child)) for child in children]
        else:
            del self.fields["children"]


def plausible_search(text: str) -> str:
    """What was typed into the search box, without the characters a database cannot hold."""
    return text.replace("\x00", "").strip()[:100]
