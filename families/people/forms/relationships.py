"""What is asked of two people who belong together: relatives and couples."""

from django import forms

from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios
from cpc.core.web.versioned import VersionedForm
from families.people.choices import PartnershipKind, RelationshipKind, ResponsibilitySource

MORE = [("carer", "Mainly cares for them")]
NO, NOT_KNOWN = "", "not_known"
RESPONSIBILITY = [
    (NO, "No, or not known"),
    *((value, f"Yes: {label[:1].lower()}{label[1:]}") for value, label in ResponsibilitySource.choices),
    (NOT_KNOWN, "Yes, but where it comes from is not known yet"),
]


def responsibility_given(answer) -> dict:
    """The answer about parental responsibility as the actions take it."""
    return {
        "parental_responsibility": bool(answer), "responsibility_source": "" if answer == NOT_KNOWN else answer or "",
    }  # fmt: skip


def responsibility_shown(row) -> str:
    """The answer that the row gives."""
    return (row.responsibility_source or NOT_KNOWN) if row.parental_responsibility else NO


def responsibility_field(label, **how):
    """Whether an adult has parental responsibility for a child, and where it comes from."""
    return forms.ChoiceField(label=label, required=False, choices=RESPONSIBILITY, **how)


def people_to_choose(members):
    """Everybody of a family, to be chosen from."""
    return [("", "Choose a person"), *((str(member.person.pk), member.name) for member in members)]


class RelationshipForm(GovForm):
    """What one person is to another. ``name``: the person that the page is about."""

    submit_label = "Save"
    other = forms.ChoiceField(label="Who is the other person?")
    direction = forms.ChoiceField(label="Which of the two are you describing?", widget=Radios())
    kind = forms.ChoiceField(
        label="What are they to the other?", choices=[("", "Choose"), *RelationshipKind.choices],
        help_text="The opposite is recorded automatically, such as daughter, grandson or nephew.",
    )  # fmt: skip
    responsibility = responsibility_field(
        "Parental responsibility",
        help_text="Only for a child of this family. For an unborn child, it begins with the birth.",
    )
    more = forms.MultipleChoiceField(
        label="Do any of these apply?", required=False, choices=MORE, widget=Checkboxes(small=True),
        help_text="Only for a child of this family.",
    )  # fmt: skip
    from_on = DateField(label="From what date?", required=False, not_future=True, help_text="If it began on a day.")

    def __init__(self, *args, name, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = people_to_choose(others)
        self.fields["direction"].choices = [
            ("has", f"What the other person is to {name}, such as the mother of {name}"),
            ("is", f"What {name} is to the other person"),
        ]

    def details(self) -> dict:
        """What the action is given, the two people apart."""
        return tie_details(self.cleaned_data)


class ChangeRelationshipForm(VersionedForm):
    """What an adult is to somebody now."""

    kind = forms.ChoiceField(label="Relationship", choices=RelationshipKind.choices)
    responsibility = responsibility_field("Parental responsibility")
    more = forms.MultipleChoiceField(
        label="Do any of these apply?", required=False, choices=MORE, widget=Checkboxes(small=True)
    )
    from_on = DateField(label="From what date?", required=False, not_future=True)

    def __init__(self, *args, of_a_child, **kwargs):
        super().__init__(*args, **kwargs)
        if not of_a_child:
            del self.fields["more"], self.fields["responsibility"]

    def details(self) -> dict:
        """What the action is given."""
        return tie_details(self.cleaned_data) | {"seen": self.cleaned_data["seen"]}


def tie_details(given) -> dict:
    """The answers about one relationship, as the actions take them."""
    more = given.get("more") or []
    return {
        "kind": given["kind"], "from_on": given["from_on"], "main_carer": "carer" in more,
        **responsibility_given(given.get("responsibility")),
    }  # fmt: skip


class EndRelationshipForm(GovForm):
    """A relationship is over, or never was."""

    submit_label = "Save"
    why = forms.ChoiceField(
        label="Why does it need to end?",
        choices=[("over", "It has ended"), ("mistake", "It was recorded by mistake")],
        widget=Radios(reveals={"over": ["to_on"], "mistake": ["reason"]}),
    )
    to_on = DateField(label="When did it end?", not_future=True)
    reason = forms.CharField(label="What was the mistake?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    required_when = {
        "to_on": ("why", {"over"}, "Enter the day on which it ended"),
        "reason": ("why", {"mistake"}, "Say what the mistake was"),
    }


class PartnershipForm(VersionedForm):
    """Two adults who are or were a couple. ``others``: people to choose from; none if both are known."""

    submit_label = "Save"
    other = forms.ChoiceField(label="Who is the other person?")
    kind = forms.ChoiceField(label="What are they to each other?", choices=PartnershipKind.choices, widget=Radios())
    from_on = DateField(label="From what date?", required=False, not_future=True)
    to_on = DateField(
        label="To what date?", required=False, not_future=True,
        help_text="Leave this empty if it is current. Separated and divorced couples stay on the record.",
    )  # fmt: skip

    def __init__(self, *args, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        if others:
            self.fields["other"].choices = people_to_choose(others)
            del self.fields["to_on"]
        else:
            del self.fields["other"]
