"""What is asked of one person, one thing a page: their name, who they are, identity, needs, numbers, a birth."""

from django import forms

from cpc.core.accounts.choices import AgencyKind
from cpc.core.accounts.queries import agencies_in_use
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm
from families.people.choices import (
    AuthorityOrder,
    Disability,
    Ethnicity,
    NameKind,
    NoUPN,
    Part,
    Religion,
    ResponsibilitySource,
    Sex,
)
from families.people.forms.names import OneNameForm, name_field
from families.people.forms.relationships import RESPONSIBILITY, responsibility_given

ADULTS = [choice for choice in Part.choices if choice[0] != Part.CHILD]
SHORT = {"class": "govuk-input--width-20"}
NUMBER = {"class": "govuk-input--width-10"}
NOT_RECORDED = ("", "Not recorded")


class NameForm(OneNameForm, VersionedForm):
    """What a person is called, and whether the old name was true until now."""

    proposes_last_name = False
    known_as = name_field("Known as")
    has_changed = YesNoField(
        label="Has their first or last name changed?",
        help_text="“Yes” keeps their former name on the record. Choose “No” if it was only spelt wrongly.",
        widget=Radios(reveals={"yes": ["since"]}),
    )
    since = DateField(label="When did this become their name?", not_future=True)
    required_when = {"since": ("has_changed", {"yes"}, "Enter the day on which this became their name")}

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if person.is_unknown:
            del self.fields["has_changed"], self.fields["since"]
            self.required_when = {}
        self.initial.setdefault("has_one_name", bool(person.first_name and not person.last_name))
        if person.is_unborn:
            self.fields["first_name"].help_text = "Leave it empty until the birth, if the baby has no name yet."


class OtherNameForm(GovForm):
    """Another name of a person."""

    submit_label = "Save"
    kind = forms.ChoiceField(label="What kind of name is it?", choices=NameKind.choices, widget=Radios())
    first_name, last_name = name_field("First name"), name_field("Last name")
    from_on = DateField(label="Used from", required=False, not_future=True)
    to_on = DateField(label="Used until", required=False, help_text="Leave this empty if they use it now.")


class TakeAwayForm(GovForm):
    """Another name was recorded by mistake."""

    submit_label, submit_tone = "Remove this name", "warning"


class WhoForm(VersionedForm):
    """Role in the family, birth, sex and pronouns, death."""

    part = forms.ChoiceField(label="Role in the family", choices=ADULTS, widget=Radios())
    born_on = DateField(label="Date of birth", required=False, not_future=True, help_text="For example, 27 3 2019")
    expected_on = DateField(label="Date the baby is expected", required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=Radios(inline=True))
    pronouns = forms.CharField(
        label="Pronouns", max_length=40, required=False, help_text="How they wish to be spoken of, if you know.",
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    authority_order = forms.ChoiceField(
        label="Does the council have parental responsibility under an order?", required=False,
        choices=[("", "No"), *AuthorityOrder.choices],
    )  # fmt: skip
    died_on = DateField(
        label="Date of death", required=False, not_future=True,
        help_text="No letters or invitations are sent to them after this.",
    )  # fmt: skip

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        if member.is_child:
            self.fields["part"].choices = [(Part.CHILD, Part.CHILD.label)]
            self.fields["part"].widget = forms.HiddenInput()
        if not member.is_child or member.person.is_unborn:
            del self.fields["authority_order"]
        if member.person.is_unborn:  # a birth has a page of its own
            del self.fields["born_on"], self.fields["sex"], self.fields["died_on"]
            self.fields["expected_on"].required = True
        else:
            del self.fields["expected_on"]


class IdentityForm(VersionedForm):
    """Ethnicity and religion, in the sets of the censuses."""

    ethnicity = forms.ChoiceField(
        label="Ethnicity", required=False, choices=[NOT_RECORDED, *Ethnicity.choices],
        help_text="As the person, or for a child a parent, describes it.",
    )  # fmt: skip
    religion = forms.ChoiceField(label="Religion", required=False, choices=[NOT_RECORDED, *Religion.choices])


class NeedsForm(VersionedForm):
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
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, a ramp, a quiet room, breaks, childcare, transport.",
    )  # fmt: skip


class NumbersForm(VersionedForm):
    """The numbers that other services know the person by."""

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


NO_ANSWER = "no"


class BirthForm(OneNameForm, GovForm):
    """A child who was expected is born. ``mothers``: those of ``parents`` (ids) who can have responsibility from
    the birth. ``may_have_visitor``: no health visiting service knows the child yet.
    """

    submit_label = "Record the birth"
    field_order = ["born_on", "first_name", "last_name", "has_one_name", "sex", "nhs_number"]
    born_on = DateField(label="Date of birth", not_future=True)
    first_name = name_field(
        "First name", help_text="If the baby has no name yet, write “Baby”. You can change it later."
    )
    sex = forms.ChoiceField(
        label="Sex", widget=Radios(inline=True), choices=[*Sex.choices[:2], (Sex.UNKNOWN, "Not known yet")]
    )
    nhs_number = forms.CharField(
        label="NHS number", max_length=14, required=False, help_text="10 digits. Leave this empty if unknown.",
        widget=forms.TextInput(attrs={**NUMBER, "inputmode": "numeric"}),
    )  # fmt: skip
    health_visiting = forms.ModelChoiceField(
        queryset=agencies_in_use().filter(kind=AgencyKind.HEALTH_VISITING), required=False,
        label="Which health visiting service works with the baby?", empty_label="Not known yet",
        help_text="They are then proposed for the next conference. You can add the health visitor’s name later.",
    )  # fmt: skip
    has_twin = YesNoField(
        label="Was another baby born at the same birth?", help_text="If so, you will be asked about that baby next.",
        error_messages={"required": "Select yes if another baby was born at the same birth"},
    )  # fmt: skip

    def __init__(self, *args, parents=(), mothers=frozenset(), born_before=(), may_have_visitor=True, **kwargs):
        super().__init__(*args, **kwargs)
        if born_before:
            others = " and ".join(person.full_name for person in born_before)
            self.fields["has_twin"].label = f"Was another baby born, besides {others} and this baby?"
        if not may_have_visitor:
            del self.fields["health_visiting"]
        self.parents = list(parents)
        for person in self.parents:
            answers = [("", "Choose"), (NO_ANSWER, "No, or not known"), *RESPONSIBILITY[1:]]
            if person.pk not in mothers:
                answers = [one for one in answers if one[0] != ResponsibilitySource.BIRTH]
            self.fields[f"pr_{person.pk}"] = forms.ChoiceField(
                label=f"Does {person.full_name} have parental responsibility?", choices=answers,
                help_text="Nobody has it before the birth, so it is asked now.",
                error_messages={
                    "required": f"Say whether {person.full_name} has parental responsibility",
                    "invalid_choice": f"Choose where the parental responsibility of {person.full_name} comes from",
                },
            )  # fmt: skip
        self.order_fields([*self.field_order, *(f"pr_{person.pk}" for person in self.parents)])

    def birth(self) -> dict:
        """The birth as the action takes it."""
        left_out = ("pr_", "has_twin")
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith(left_out)}
        answers = {person.pk: self.cleaned_data[f"pr_{person.pk}"] for person in self.parents}
        said = {
            pk: responsibility_given("" if answer == NO_ANSWER else answer) for pk, answer in answers.items() if answer
        }
        return given | {"responsible": {pk: tuple(one.values()) for pk, one in said.items()}}

    def clean(self):
        """The name too, which every born child has."""
        given = super().clean()
        if not given.get("first_name") and "first_name" not in self.errors:
            self.add_error("first_name", "Enter the first name, or “Baby”")
        return given


class LossForm(OneNameForm, GovForm):
    """A baby who was expected was stillborn, or has died."""

    submit_label = "Save"
    field_order = ["born_on", "died_on", "first_name", "last_name", "has_one_name"]
    born_on = DateField(label="When was the baby born?", called="the date the baby was born", not_future=True)
    died_on = DateField(
        label="When did the baby die?", called="the date the baby died", not_future=True, required=False,
        help_text="Leave this empty for a baby who was stillborn.",
    )  # fmt: skip
    first_name = name_field(
        "The baby’s first name", help_text="Leave this empty if the parents gave no name. You can add it later."
    )
    sex = forms.ChoiceField(
        label="Sex", widget=Radios(inline=True), choices=[*Sex.choices[:2], (Sex.UNKNOWN, "Not known")]
    )

    def loss(self) -> dict:
        """The birth and the death as the action takes them: without a name, “Baby”."""
        given = dict(self.cleaned_data)
        return given | {
            "died_on": given["died_on"] or given["born_on"], "first_name": given["first_name"] or "Baby",
        }  # fmt: skip
