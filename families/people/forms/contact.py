"""What is asked of how people live and may be reached."""

from django import forms

from cpc.core.accounts.models import Team
from cpc.core.accounts.staff_names import StaffChoice
from cpc.core.web.forms import Checkboxes, DateField, EmailField, PhoneField, PostcodeField, Radios, YesNoField
from cpc.core.web.versioned import VersionedForm
from families.people.choices import AddressKind, SafeContact


class ContactForm(VersionedForm):
    """How a person may safely be reached."""

    safe_contact = forms.ChoiceField(
        label="How can this person safely be reached?", choices=SafeContact.choices,
        help_text="If you do not know, nothing is sent to them by email or text.",
        widget=Radios(reveals={"hand": ["hand_by"]}),
    )  # fmt: skip
    hand_by = StaffChoice(
        label="Who will hand letters over?", queryset=Team.objects.none(), empty_label="Choose a worker"
    )
    phone = PhoneField(label="Phone", required=False, max_length=30)
    email = EmailField(label="Email address", required=False)
    note = forms.CharField(
        label="What should anyone who makes contact know?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="For example, when it is not safe to call.",
    )  # fmt: skip
    required_when = {"hand_by": ("safe_contact", {"hand"}, "Choose who hands the letters over")}

    field_order = ["safe_contact", "hand_by", "phone", "email", "note"]

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hand_by"].queryset = family.team.members.filter(is_active=True).select_related("team", "agency")


class AddressForm(VersionedForm):
    """An address of one person, or of several who live together."""

    kind = forms.ChoiceField(
        label="What kind of address is it?", choices=AddressKind.choices, initial=AddressKind.HOME,
        widget=Radios(
            reveals={"custody": ["care_of"]},
            hints={"refuge": "Withheld from everyone who does not live there, and never printed."},
        ),
    )  # fmt: skip
    care_of = forms.CharField(
        label="Post goes care of", max_length=120, help_text="The prison and the prisoner’s number."
    )
    lines = forms.CharField(
        label="Address",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One line each, without the postcode.",
    )
    postcode = PostcodeField(label="Postcode", required=False)
    is_abroad = forms.BooleanField(
        label="This address is outside the United Kingdom", required=False,
        help_text="Write it above as on an envelope, with its postcode, and the country in the last line.",
    )  # fmt: skip
    also_for = forms.MultipleChoiceField(
        label="Who else lives at this address?", required=False, widget=Checkboxes(small=True),
        help_text="If the address is protected, it is withheld from anyone you do not select.",
    )  # fmt: skip
    is_protected = YesNoField(
        label="Is this address protected?", initial=False,
        help_text="Yes: it is withheld from everyone outside the case at once, and you are asked why.",
    )  # fmt: skip
    is_safe_for_post = YesNoField(
        label="Is it safe to send letters there?", initial=True,
        help_text="Choose “No” if someone else might open them.",
    )  # fmt: skip
    from_on = DateField(label="Lives there from", required=False, not_future=True)
    to_on = DateField(label="Lived there until", required=False, help_text="Leave this empty if they live there now.")
    leaving = forms.MultipleChoiceField(
        label="Which addresses have they left?", required=False, widget=Checkboxes(small=True),
        help_text="These addresses end on the day of the move, for everyone who moves. No more letters go there.",
    )  # fmt: skip
    required_when = {"care_of": ("kind", {"custody"}, "Enter the prison and the prisoner’s number")}

    field_order = [
        "kind", "care_of", "lines", "postcode", "is_abroad", "also_for", "is_protected", "is_safe_for_post", "from_on",
        "to_on", "leaving",
    ]  # fmt: skip

    def __init__(self, *args, others=(), left=(), is_new=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["postcode"].conditional = self.fields["is_abroad"].conditional = True
        if left:
            self.fields["leaving"].choices = [(str(address.pk), str(address)) for address in left]
        else:
            del self.fields["leaving"]
        if not is_new:  # who must not learn it has a page of its own
            del self.fields["is_protected"]
        if others:
            self.fields["also_for"].choices = [(str(person.pk), person.full_name) for person in others]
        else:
            del self.fields["also_for"]

    def clean(self):
        """The answers; abroad, the postcode is in the address."""
        given = super().clean()
        if given.get("is_abroad"):
            self.errors.pop("postcode", None)
            given["postcode"] = ""
        elif not given.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Enter the postcode, or tick that the address is outside the United Kingdom")
        return given
