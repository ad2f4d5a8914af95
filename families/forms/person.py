"""What is asked of one person, one thing a page: their name, who they are, identity, needs, numbers, a birth."""

from django import forms

from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, YesNoField
from families.choices import Disability, Ethnicity, NameKind, NoUPN, Part, Religion, Sex
from families.forms.seen import SeenForm

ADULTS = [choice for choice in Part.choices if choice[0] != Part.CHILD]
SHORT = {"class": "govuk-input--width-20"}
NUMBER = {"class": "govuk-input--width-10"}
NOT_RECORDED = ("", "Not recorded")


class NameForm(SeenForm):
    """What a person is called, and whether the old name was true until now."""

    first_name = forms.CharField(label="First name", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    last_name = forms.CharField(label="Last name", max_length=80, widget=forms.TextInput(attrs=SHORT))
    known_as = forms.CharField(label="Known as", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    has_changed = YesNoField(
        label="Has their first or last name changed?",
        help_text="Yes keeps the name that they had. No if it was written wrongly, or stays as it is.",
        widget=Radios(reveals={"yes": ["since"]}),
    )
    since = DateField(label="Since when is this their name?", not_future=True)
    required_when = {"since": ("has_changed", {"yes"}, "Enter the day since when this is their name")}

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if person.is_unknown:
            del self.fields["has_changed"], self.fields["since"]
            self.required_when = {}
        self.fields["first_name"].conditional = not person.is_unborn  # needed, unless the child is not born yet
        if person.is_unborn:
            self.fields["first_name"].help_text = "Leave it empty until the birth, if the baby has no name yet."


class OtherNameForm(GovForm):
    """Another name of a person."""

    submit_label = "Save"
    kind = forms.ChoiceField(label="What kind of name is it?", choices=NameKind.choices, widget=Radios())
    first_name = forms.CharField(label="First name", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    last_name = forms.CharField(label="Last name", max_length=80, required=False, widget=forms.TextInput(attrs=SHORT))
    from_on = DateField(label="Used from", required=False, not_future=True)
    to_on = DateField(label="Used until", required=False, help_text="Leave it empty if they use it now.")


class TakeAwayForm(GovForm):
    """Another name was recorded by mistake."""

    submit_label, submit_tone = "Take this name away", "warning"


class WhoForm(SeenForm):
    """Part in the family, birth, sex and pronouns, death."""

    part = forms.ChoiceField(label="Part in the family", choices=ADULTS, widget=Radios())
    born_on = DateField(label="Date of birth", required=False, not_future=True, help_text="For example, 27 3 2019")
    expected_on = DateField(label="Date the baby is expected", required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=Radios(inline=True))
    pronouns = forms.CharField(
        label="Pronouns", max_length=40, required=False, help_text="How they wish to be spoken of, if you know.",
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    died_on = DateField(
        label="Date of death", required=False, not_future=True,
        help_text="From then on no letter and no invitation goes to them.",
    )  # fmt: skip

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if member.is_child:
            self.fields["part"].choices = [(Part.CHILD, Part.CHILD.label)]
            self.fields["part"].widget = forms.HiddenInput()
        if member.person.is_unborn:  # a birth has a page of its own
            del self.fields["born_on"], self.fields["sex"], self.fields["died_on"]
            self.fields["expected_on"].required = True
        else:
            del self.fields["expected_on"]


class IdentityForm(SeenForm):
    """Ethnicity and religion, in the sets of the censuses."""

    ethnicity = forms.ChoiceField(
        label="Ethnicity", required=False, choices=[NOT_RECORDED, *Ethnicity.choices],
        help_text="As the person, or for a child a parent, describes it.",
    )  # fmt: skip
    religion = forms.ChoiceField(label="Religion", required=False, choices=[NOT_RECORDED, *Religion.choices])


class NeedsForm(SeenForm):
    """Disability, language, and what helps them to take part."""

    disabilities = forms.MultipleChoiceField(
        label="Disability", required=False, choices=Disability.choices, widget=Checkboxes(small=True),
        help_text="Choose all that apply, or “No disability” by itself. Choose nothing if nobody knows yet.",
    )  # fmt: skip
    first_language = forms.CharField(
        label="First language", max_length=60, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    interpreter_needed = YesNoField(label="Do they need an interpreter?")
    communication_needs = forms.CharField(
        label="What helps them to understand and be understood?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="For example, Makaton, easy read, time to answer.",
    )  # fmt: skip
    access_needs = forms.CharField(
        label="What do they need to come in and take part?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="For example, a ramp, a quiet room, breaks.",
    )  # fmt: skip


class NumbersForm(SeenForm):
    """The numbers by which other services know the person."""

    case_system_id = forms.CharField(
        label="Number in the case system", max_length=40, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Up to 20 letters and digits.",
    )  # fmt: skip
    nhs_number = forms.CharField(
        label="NHS number", max_length=14, required=False, help_text="10 digits.",
        widget=forms.TextInput(attrs={**NUMBER, "inputmode": "numeric"}),
    )  # fmt: skip
    upn = forms.CharField(
        label="Unique pupil number (UPN)", max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="A letter and 12 more characters. The school has it.",
    )  # fmt: skip
    no_upn = forms.ChoiceField(
        label="Why is there no UPN?", required=False, choices=[NOT_RECORDED, *NoUPN.choices],
        help_text="Only where there is none.",
    )  # fmt: skip

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if not member.is_child:
            del self.fields["upn"], self.fields["no_upn"]


class BirthForm(GovForm):
    """A child who was expected is born."""

    submit_label = "Record the birth"
    born_on = DateField(label="Date of birth", not_future=True)
    first_name = forms.CharField(
        label="First name", max_length=80, widget=forms.TextInput(attrs=SHORT),
        help_text="If the baby has no name yet, write “Baby”. You can change it later.",
    )  # fmt: skip
    last_name = forms.CharField(label="Last name", max_length=80, widget=forms.TextInput(attrs=SHORT))
    sex = forms.ChoiceField(
        label="Sex", widget=Radios(inline=True), choices=[*Sex.choices[:2], (Sex.UNKNOWN, "Not known yet")]
    )
    nhs_number = forms.CharField(
        label="NHS number", max_length=14, required=False, help_text="10 digits. Leave it empty if you do not have it.",
        widget=forms.TextInput(attrs={**NUMBER, "inputmode": "numeric"}),
    )  # fmt: skip
    died_on = DateField(
        label="If the baby has died, the date of death", required=False, not_future=True,
        help_text="For a baby who was stillborn, the same day as the birth.",
    )  # fmt: skip
