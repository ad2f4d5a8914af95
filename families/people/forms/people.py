"""What is asked of a person, and of what adults are to children."""

from django import forms

from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm
from families.people.actions.relationships import NewRelationship
from families.people.choices import Part, RelationshipKind, Sex
from families.people.forms.names import OneNameForm, name_field
from families.people.forms.relationships import responsibility_field, responsibility_given, responsibility_shown
from families.people.queries.household import called

ADULTS = [choice for choice in Part.choices if choice[0] != Part.CHILD]
NEAR = (Part.PARENT, Part.PARTNER, Part.GRANDPARENT)
FEW = 8
SHORT = {"class": "govuk-input--width-20"}


class PersonForm(OneNameForm, VersionedForm):
    """A person of a family. The page also asks how each of ``others`` is related to them."""

    part = forms.ChoiceField(label="Role in the family", choices=ADULTS, widget=Radios())
    known_as = name_field("Known as")
    born_on = DateField(label="Date of birth", required=False, not_future=True, help_text="For example, 27 3 2019")
    expected_on = DateField(
        label="Date the baby is expected",
        required=False,
        help_text="Only for an unborn child, who has no date of birth yet.",
    )
    died_on = DateField(label="Date of death", required=False, not_future=True)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=Radios(inline=True), initial=Sex.UNKNOWN)
    pronouns = forms.CharField(
        label="Pronouns", max_length=40, required=False, help_text="How they wish to be spoken of, if you know.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    nhs_number = forms.CharField(
        label="NHS number", max_length=14, required=False, help_text="10 digits. Leave this empty if unknown.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )  # fmt: skip
    is_unknown = forms.BooleanField(
        label="The identity of this person is not known", required=False,
        help_text="For example, a father who was never named. Leave the name empty.",
    )  # fmt: skip
    in_household = YesNoField(label="Do they live in the household?", initial=True)
    first_language = forms.CharField(
        label="First language", max_length=60, required=False, initial="English", widget=forms.TextInput(attrs=SHORT)
    )
    interpreter_needed = YesNoField(label="Do they need an interpreter?", initial=False)
    access_needs = forms.CharField(
        label="Communication and access needs",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, is_child, others=(), **kwargs):
        initial = dict(kwargs.pop("initial", None) or {})
        self.is_child, self.others = is_child, list(others)
        if is_child:
            initial.setdefault("part", Part.CHILD)
        fields, groups = tie_fields(self.others, is_child)
        self.base_fields = self.base_fields | fields  # before the form is made, so that these are like any other field
        super().__init__(*args, initial=initial, **kwargs)
        no_optional(self, fields)
        if is_child:
            self.fields["part"].choices = [(Part.CHILD, Part.CHILD.label)]
            self.fields["part"].widget = forms.HiddenInput()
            self.fields["first_name"].help_text = "Leave it empty for an unborn child."
            del self.fields["is_unknown"]
        else:
            del self.fields["expected_on"]
            self.fields["sex"].choices = [*Sex.choices[:2], (Sex.UNKNOWN, "Not known")]
            no_optional(self, ["is_unknown"])
            self.fields["first_name"].help_text = "If only the last name is known, write “Not known” here."
        more = "More about this child" if is_child else "More about this person"
        self.folded = frozenset([more])
        self.groups = [
            ("Name", ["first_name", "last_name", "has_one_name", "is_unknown"]),
            ("Birth", ["born_on", "expected_on", "sex"]) if is_child else ("About them", ["born_on", "sex"]),
            ("Living together", ["in_household"]),
            *groups,
            (
                more,
                [
                    "known_as",
                    "nhs_number",
                    "first_language",
                    "interpreter_needed",
                    "access_needs",
                    "pronouns",
                    "died_on",
                ],
            ),
        ]

    def details(self) -> dict:
        """What the action is given, ties apart."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "seen" and not name.startswith("tie_")
        }


def tie_fields(others, person_is_child) -> tuple[dict, list]:
    """The fields for what the adult is to the child, and a group of them for each of ``others`` (Members)."""
    fields, groups = {}, []
    for other in others:
        name = other.name
        child = "this child" if person_is_child else name
        kind, more = f"tie_{other.person.pk}", f"tie_{other.person.pk}_more"
        responsibility = f"tie_{other.person.pk}_pr"
        fields[kind] = forms.ChoiceField(
            label=f"What is {name} to this child?" if person_is_child else f"What are they to {name}?",
            required=False,
            choices=[("", "Not recorded"), *RelationshipKind.choices],
        )
        born = " when born" if not person_is_child and other.person.is_unborn else ""
        fields[responsibility] = responsibility_field(f"Parental responsibility for {child}{born}")
        fields[more] = forms.MultipleChoiceField(
            label="Main carer",
            required=False,
            widget=Checkboxes(small=True),
            choices=[("carer", f"Mainly cares for {child}")],
        )
        legend = f"{other.part_label}: {name}" if person_is_child else called(other.person)
        groups.append((legend, [kind, responsibility, more]))
    return fields, groups


def no_optional(form, names) -> None:
    """The word “(optional)” is not repeated on every line of a grid."""
    for name in names:
        form.fields[name].conditional = True


def ties_given(form, others) -> list[NewRelationship]:
    """The ties that were chosen; adds an error where something else is answered and the kind is not said."""
    ties = []
    for other in others:
        kind = form.cleaned_data.get(f"tie_{other.person.pk}")
        more = form.cleaned_data.get(f"tie_{other.person.pk}_more") or []
        responsibility = form.cleaned_data.get(f"tie_{other.person.pk}_pr")
        if kind:
            ties.append(
                NewRelationship(other.person, kind, main_carer="carer" in more, **responsibility_given(responsibility))
            )
        elif more or responsibility:
            form.add_error(
                f"tie_{other.person.pk}",
                f"Choose what they are: you said something else about {other.person.full_name}",
            )
    return ties


def ties_shown(member) -> dict:
    """The initial answers for the live relationships."""
    shown = {}
    for tie in member.ties:
        other = tie.adult_id if member.is_child else tie.child_id
        shown[f"tie_{other}"] = tie.kind
        shown[f"tie_{other}_pr"] = responsibility_shown(tie)
        shown[f"tie_{other}_more"] = ["carer"] if tie.main_carer else []
    return shown


class TiesForm(VersionedForm):
    """What one person is to each child, or each adult to one child."""

    def __init__(self, *args, member, others, **kwargs):
        fields, self.groups = tie_fields(others, member.is_child)
        self.base_fields = self.base_fields | fields
        super().__init__(*args, **kwargs)
        no_optional(self, fields)


def nearest(member, others) -> list:
    """The people to show first among many: parents and the like, and those with a recorded relationship."""
    if len(others) <= FEW:
        return list(others)
    tied = {tie.adult_id for tie in member.ties} | {tie.child_id for tie in member.ties} if member else set()
    return [other for other in others if other.is_child or other.part in NEAR or other.person.pk in tied]


class RemoveForm(GovForm):
    """Why somebody is taken out of the family."""

    submit_label, submit_tone = "Remove from the family", "warning"
    reason = forms.CharField(
        label="Why are you removing this person?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
