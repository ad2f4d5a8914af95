"""What is asked of a family: who has the case, who knows the children, who must not meet."""

from django import forms

from cpc.core.accounts.choices import TeamKind
from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Viewer
from cpc.core.accounts.queries import agencies_in_use
from cpc.core.accounts.staff_names import StaffChoice
from cpc.core.web.forms import Checkboxes, DateField, NameField
from cpc.core.web.versioned import VersionedForm
from families.people.queries.household import called
from families.people.queries.lists import professionals, social_workers, teams_for

SHORT = {"class": "govuk-input--width-20"}


class FamilyForm(VersionedForm):
    """The family, and who has its case."""

    name = NameField(
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
    social_worker = StaffChoice(
        label="Social worker", queryset=Team.objects.none(), required=False, empty_label="Not allocated yet"
    )
    # Said only where a family is changed: a new one has nothing to take over.
    TAKES_OVER = (
        "They also take over what the former social worker, or the team manager, holds for this family: plans that "
        "they lead, their place in the core group, and their invitation and report for conferences to come."
    )

    field_order = ["name", "case_number", "opened_on", "team", "social_worker"]

    def __init__(self, *args, viewer: Viewer, family=None, **kwargs):
        super().__init__(*args, **kwargs)
        own = teams_for(viewer)
        teams = own if family is None else Team.objects.filter(kind=TeamKind.SOCIAL_WORK).order_by("name")
        self.fields["team"].queryset = teams
        self.fields["social_worker"].queryset = social_workers(teams)
        self.fields["team"].empty_label = "Choose a team"
        if family is not None:
            self.fields["social_worker"].help_text = self.TAKES_OVER
        if family is None and not self.is_bound and len(teams) == 1:
            self.initial.setdefault("team", teams[0].pk)


class InvolvementForm(VersionedForm):
    """An agency that knows one or more of the children."""

    children = forms.MultipleChoiceField(label="Which children do they work with?", widget=Checkboxes())
    agency = forms.ModelChoiceField(label="Agency", queryset=Team.objects.none(), empty_label="Choose an agency")
    professional = StaffChoice(
        label="Named professional", queryset=Team.objects.none(), required=False, empty_label="No named worker yet",
        help_text="Someone who works at that agency and has an account.",
    )  # fmt: skip
    from_on = DateField(label="Involved from", called="the first day they were involved", not_future=True)
    to_on = DateField(
        label="Involved until", called="the last day they were involved", required=False,
        help_text="Leave this empty if they are involved now.",
    )  # fmt: skip

    def __init__(self, *args, children=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_in_use()
        self.fields["professional"].queryset = professionals()
        if children:
            self.fields["children"].choices = [(str(child.pk), called(child)) for child in children]
        else:
            del self.fields["children"]


def plausible_search(text: str) -> str:
    """What was typed into the search box, without the characters a database cannot hold."""
    return text.replace("\x00", "").strip()[:100]
