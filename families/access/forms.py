"""What is asked about who may see a family: restrictions, conflicts, emergencies, duty and cover."""

from django import forms

from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import Team, User
from cpc.core.accounts.staff_names import StaffChoice, StaffChoices
from cpc.core.kernel.dates import in_words
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios
from families.cases.choices import EmergencyOutcome, RestrictionKind
from families.cases.rules import FEWEST_WORDS, last_day_of_access

REASON = forms.Textarea(attrs={"rows": 3})
SHORT = {"class": "govuk-input--width-20"}
SIX_MONTHS = "At most six months from today. They are told before it ends, and can be named again."


class RestrictForm(GovForm):
    """Why only some people may see a family, and who."""

    submit_label = "Restrict this family"
    kind = forms.ChoiceField(
        label="Why may only some people see this family?", choices=RestrictionKind.choices, widget=Radios()
    )
    reason = forms.CharField(label="What has happened", max_length=1000, widget=REASON)
    named = StaffChoices(
        label="Who may see it?", queryset=User.objects.none(), widget=Checkboxes(small=True),
        help_text="Its social worker and the manager of its team must be among them. You are named as well, and "
        "others can be named afterwards.",
    )  # fmt: skip
    until_on = DateField(label="To what date?", help_text=SIX_MONTHS, not_past=True)

    def __init__(self, *args, who=None, on, cover_ends_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = who
        self.initial.setdefault("until_on", last_day_of_access(on))
        if cover_ends_on:
            self.fields["until_on"].help_text = (
                "For its social worker and the manager of its team. You cover this team until "
                f"{in_words(cover_ends_on)}: for you and anybody else it ends then."
            )


class NameForm(GovForm):
    """Somebody more may see a restricted family."""

    submit_label = "Give access"
    user = StaffChoice(label="Who?", queryset=User.objects.none(), empty_label="Choose a person")
    reason = forms.CharField(label="Why do they need to see this family?", max_length=1000, widget=REASON)
    until_on = DateField(label="To what date?", help_text=SIX_MONTHS, not_past=True)

    def __init__(self, *args, who=None, on, cover_ends_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = who
        self.initial.setdefault("until_on", cover_ends_on or last_day_of_access(on))
        if cover_ends_on:
            self.fields[
                "until_on"
            ].help_text = f"You cover this team until {in_words(cover_ends_on)}. Its manager can name them for longer."


class WhyForm(GovForm):
    """A reason, and nothing else."""

    submit_label = "Save"
    reason = forms.CharField(label="Why?", max_length=1000, widget=REASON)


class GiveBackForm(GovForm):
    """What only a restricted family knows, and the open families may know too."""

    submit_label = "Share it"
    fact = forms.ChoiceField(label="Which fact should the open families see?", widget=Radios())
    reason = forms.CharField(label="Why?", max_length=1000, widget=REASON)

    def __init__(self, *args, facts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [(f"{sort}:{row.pk}", words) for sort, row, words in facts]


class DifferenceForm(GovForm):
    """Two records of one person differ in what must be safe, and one of them is right."""

    submit_label = "Record it for both"
    answer = forms.ChoiceField(label="Which record is right?", widget=Radios())
    reason = forms.CharField(label="How do you know?", max_length=1000, widget=REASON)

    def __init__(self, *args, differences=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [choice for difference in differences for choice in difference.answers()]


class ConfirmConflictForm(GovForm):
    """Somebody who knows one of the people of a restricted family must not see it, nor the families beyond it."""

    submit_label = "Close the families to them"
    user = StaffChoice(label="Who?", queryset=User.objects.none(), empty_label="Choose a person")
    reason = forms.CharField(label="Why?", max_length=1000, widget=REASON)

    def __init__(self, *args, who=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in who])


class OwnConflictForm(GovForm):
    """Somebody says that they know a family."""

    submit_label = "Declare it"
    whom = forms.CharField(
        label="The case number, or who you know", max_length=200,
        help_text="A number closes the record to you at once. With a name alone, your manager finds the family.",
    )  # fmt: skip
    reason = forms.CharField(
        label="How do you know them?", max_length=1000, widget=REASON,
        help_text="Such as: my sister’s family, my neighbours, the family of somebody in my team.",
    )  # fmt: skip


class ConflictForm(GovForm):
    """A manager declares for somebody that they know a family."""

    submit_label = "Declare it"
    user = StaffChoice(
        label="Who must not see the family?", queryset=User.objects.none(), empty_label="Choose a person"
    )
    whom = forms.CharField(
        label="Case number or child’s number", max_length=200, widget=forms.TextInput(attrs=SHORT),
        help_text="Exactly as it is recorded.",
    )  # fmt: skip
    reason = forms.CharField(label="How do they know the family?", max_length=1000, widget=REASON)

    def __init__(self, *args, who=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = who


class SettleForm(GovForm):
    """A manager has found which family somebody meant, or that there is none."""

    submit_label = "Mark as resolved"
    number = forms.CharField(
        label="Case number of the family that they mean", max_length=200, required=False,
        widget=forms.TextInput(attrs=SHORT),
        help_text="Leave it empty where they gave the number themselves, or where no family fits.",
    )  # fmt: skip


class EmergencyForm(GovForm):
    """What is opened in an emergency, and why."""

    submit_label = "Open the record"
    submit_tone = "warning"
    number = forms.CharField(
        label="Case number, or the child’s number", max_length=60, widget=forms.TextInput(attrs=SHORT),
        help_text="Exactly as it is recorded: the case number, the number in the case system, UPN or NHS number.",
    )  # fmt: skip
    reason = forms.CharField(
        label="What has happened, and why can it not wait?", max_length=1000, widget=REASON,
        help_text=f"In {FEWEST_WORDS} words or more. The manager of the team reads this. It is recorded beside every "
        "page you open.",
    )  # fmt: skip
    agreed_by = StaffChoice(
        label="Which duty manager agreed?", queryset=User.objects.none(), required=False, empty_label="Nobody answered",
        help_text="They will be told that you named them.",
    )  # fmt: skip

    def __init__(self, *args, who=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"].queryset = who
        self.fields["agreed_by"].conditional = True  # needed for some records: it is not “optional”


class ReviewForm(GovForm):
    """What a manager says of it afterwards."""

    submit_label = "Save the review"
    outcome = forms.ChoiceField(label="Was it justified?", choices=EmergencyOutcome.choices, widget=Radios())
    note = forms.CharField(
        label="What did you find?", max_length=2000, required=False, widget=REASON,
        help_text="Where it was not justified: why, and what is done about it.",
    )  # fmt: skip


class CoverForm(GovForm):
    """Somebody works for a team that is not theirs."""

    submit_label = "Save"
    user = StaffChoice(label="Who?", queryset=User.objects.none(), empty_label="Choose a person")
    team = forms.ModelChoiceField(label="For which team?", queryset=Team.objects.none(), empty_label="Choose a team")
    kind = forms.ChoiceField(
        label="What do they do?", choices=CoverKind.choices,
        widget=Radios(hints={CoverKind.COVER: "A team manager who covers also agrees requests in the team’s name."}),
    )  # fmt: skip
    from_on = DateField(label="First day", not_past=True)
    until_on = DateField(label="Last day", not_past=True)
    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, who=None, teams=None, on, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset, self.fields["team"].queryset = who, teams
        self.fields["until_on"].help_text = f"At most {most} days, including the first and the last day."
        self.initial.setdefault("from_on", on)
        if len(teams) == 1:
            self.initial.setdefault("team", teams[0].pk)


class AwayForm(GovForm):
    """Who covers for somebody who is away."""

    submit_label = "Save"
    absent = StaffChoice(
        label="Who is away?", queryset=User.objects.none(), empty_label="Choose a person",
        error_messages={"required": "Select who is away"},
    )  # fmt: skip
    user = StaffChoice(
        label="Who covers?", queryset=User.objects.none(), empty_label="Nobody", required=False,
        help_text="A colleague in the same team with the same role. They see what is due and get the reminders. Only "
        "for a chair can you choose nobody: no conference is then booked for them on these days.",
    )  # fmt: skip
    from_on = DateField(label="First day", not_past=True)
    until_on = DateField(label="Last day", not_past=True)
    reason = forms.CharField(
        label="What should the person who covers know?", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, away, who, on, names_cover=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not names_cover:
            del self.fields["user"], self.fields["reason"]  # nobody else is told why a chair is away
        self.fields["absent"].queryset = away
        if names_cover:
            self.fields["user"].queryset = who
        self.initial.setdefault("from_on", on)

    @property
    def absence(self) -> dict:
        """Who is away, on which days, and who covers."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shown"}

    def ask_to_confirm(self) -> bool:
        """Whether these answers must be sent once more, now that their sender is shown what happens on these days."""
        said = self.absence
        covers, days = said.get("user"), f"{said['from_on']} {said['until_on']}"
        key = f"{said['absent'].pk} {covers.pk if covers else 0} {days}"
        if said["until_on"] < said["from_on"] or self.cleaned_data["shown"] == key:
            return False
        self.data = self.data.copy()
        self.data["shown"] = key
        self.submit_label = "Confirm"
        return True
