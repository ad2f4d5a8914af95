"""Forms of protections, must-not-learn and must-not-meet entries, and warnings."""

from django import forms

from cpc.core.kernel.phrases import capital, possessive
from cpc.core.web.forms import Checkboxes, DateField, GovForm, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm
from families.people.choices import Detail, MustNotLearnWhat, Part, ProtectionSource, WarningKind, WhoIsProtected


def _people(people, empty="Choose a person"):
    return [("", empty), *((str(person.pk), person.full_name) for person in people)]


class EntryForm(VersionedForm):
    """The fields of every entry: source, reason and review date."""

    submit_label = "Save"
    source = forms.ChoiceField(label="Where does this come from?", choices=ProtectionSource.choices, widget=Radios())
    reason = forms.CharField(
        label="Why?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staff of this case read it. It does not appear in any letter.",
    )  # fmt: skip
    review_on = DateField(
        label="When will this be reviewed?", required=False, called="the review date",
        help_text="It stays in force until it is ended. You are reminded on this day, at most a year from now.",
    )  # fmt: skip


class ProtectionForm(EntryForm):
    """An address, phone or e-mail address that is withheld from everyone outside the case, or from some."""

    what = forms.ChoiceField(label="What is protected?")
    whom = forms.ChoiceField(
        label="Who is it withheld from?", initial="everyone",
        choices=[("everyone", "From everyone outside the case"), ("named", "Only from the people I name")],
        widget=Radios(hints={"everyone": "The safest choice. You can also name the people it must be withheld from."}),
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label="Select the people it is withheld from", required=False, widget=Checkboxes(small=True),
        help_text="Even if they once lived at this address.",
    )  # fmt: skip
    told_on = DateField(
        label="When was the person told how it is protected?", required=False, not_future=True,
        help_text="Leave this empty if they have not been told yet.", called="the day they were told",
    )  # fmt: skip
    told_how = forms.CharField(label="How were they told?", required=False, max_length=200)
    same_for = forms.MultipleChoiceField(
        label="Who else at this address is it the same for?", required=False, widget=Checkboxes(small=True),
        help_text="You are asked about each of the others next.",
    )  # fmt: skip
    field_order = ["what", "whom", "people", "source", "reason", "same_for", "told_on", "told_how", "review_on"]

    def __init__(self, *args, what=(), people=(), others=(), **kwargs):
        super().__init__(*args, **kwargs)
        if others:
            self.fields["same_for"].choices = [(str(one.pk), one.person.full_name) for one in others]
        else:
            del self.fields["same_for"]
        if what:
            self.fields["what"].choices = [("", "Choose an address, phone or email"), *what]
        else:
            del self.fields["what"]
        self.fields["people"].choices = [(str(person.pk), person.full_name) for person in people]


class MustNotLearnForm(EntryForm):
    """What one person must not learn of another."""

    reader = forms.ChoiceField(label="Who must not know?")
    about = forms.ChoiceField(label="Who is it about?")
    what = forms.ChoiceField(
        label="What must they not know?", choices=MustNotLearnWhat.choices,
        widget=Radios(
            reveals={"paternity": ["of_child"]},
            hints={
                "existence": "The other person receives nothing that names them, or anyone who would reveal them.",
                "whereabouts": "Addresses, placement, and the schools of the children who live with them.",
                "fact": "Enter the words that would reveal it below.",
            },
        ),
    )  # fmt: skip
    of_child = forms.ChoiceField(label="Whose father?")
    words = forms.CharField(
        label="Words that would reveal it", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One phrase a line, such as the name of a club or a carer. A fact needs them.",
    )  # fmt: skip
    required_when = {"of_child": ("what", {"paternity"}, "Choose whose father")}
    field_order = ["reader", "about", "what", "of_child", "words", "source", "reason", "review_on"]

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        if members:
            people = [one.person for one in members]
            self.fields["reader"].choices = _people([one for one in people if not one.is_unborn])
            self.fields["about"].choices = _people(people)
            self.fields["of_child"].choices = _people([m.person for m in members if m.part == Part.CHILD], "Choose")
        else:
            for name in ("reader", "about", "what", "of_child"):
                del self.fields[name]
            self.required_when = {}


class MustNotMeetForm(EntryForm):
    """Two people who must not be in the same place at the same time, and which of them is protected."""

    one = forms.ChoiceField(label="First person")
    other = forms.ChoiceField(label="Second person")
    protects = forms.ChoiceField(
        label="Who is protected?", choices=WhoIsProtected.choices, initial=WhoIsProtected.BOTH, widget=Radios(),
        help_text=(
            "The protected person chooses first how they attend. Nothing tells the other person when or where they "
            "will be."
        ),
    )  # fmt: skip
    field_order = ["one", "other", "protects", "source", "reason", "review_on"]

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What people who plan meetings must know"
        if people:
            self.fields["one"].choices = self.fields["other"].choices = _people(people)
        else:
            del self.fields["one"], self.fields["other"]


class WarningForm(EntryForm):
    """What people who work with the family must know first."""

    person = forms.ChoiceField(label="Who is it about?", required=False)
    kind = forms.ChoiceField(label="What is the warning?", choices=WarningKind.choices, widget=Radios())
    warns_professionals = YesNoField(
        label="Should professionals of other agencies be warned too?",
        help_text=(
            "If yes, those who are invited to a conference about this family read it on their pages after signing in. "
            "If no, only staff of this authority read it: tell anybody else who is at risk yourself."
        ),
    )  # fmt: skip
    field_order = ["person", "kind", "source", "reason", "warns_professionals", "review_on"]

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What must workers know?"
        self.fields[
            "reason"
        ].help_text = "Shown at the top of every page of this family. Begin with what workers must not do."
        if people:
            self.fields["person"].choices = _people(people, "The whole family")
        else:
            del self.fields["person"]


class AgreeForm(VersionedForm):
    """A manager agrees to what the page shows."""

    submit_label = "Agree"


class ReviewEntryForm(GovForm):
    """A review: the entry stays in force."""

    submit_label = "Save"
    review_on = DateField(label="It remains in force. When will it be reviewed next?", called="the review date")
    note = forms.CharField(label="Why is it still needed?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(GovForm):
    """The end of an entry."""

    submit_label = "End it"
    submit_tone = "warning"
    ended_on = DateField(label="When did it end?", not_future=True, called="the day")
    reason = forms.CharField(
        label="Why is it no longer needed?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def details_to_protect(reached, protected) -> list[tuple[str, str]]:
    """(value, label) of every address, phone and e-mail address of these people that nothing protects yet."""
    found = []
    for one in reached:
        name = one.member.person.full_name
        for address in (*one.addresses, *one.past_addresses):
            if not address.is_protected:
                found.append((f"address:{address.pk}", f"{capital(possessive(name, 'address', 'of'))}: {address}"))
        for detail in (Detail.PHONE, Detail.EMAIL):
            value = getattr(one.contact, detail, "") if one.contact else ""
            if value and (one.member.person.pk, detail) not in protected:
                what = capital(possessive(name, detail.label.lower(), "of"))
                found.append((f"{detail}:{one.member.person.pk}", f"{what}: {value}"))
    return found
