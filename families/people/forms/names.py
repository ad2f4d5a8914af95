"""The fields of a person's name, and how somebody with one name says so."""

from django import forms

from cpc.core.web.forms import NameField

SHORT = {"class": "govuk-input--width-20"}


def name_field(label: str, **more) -> NameField:
    """A field for one part of a name."""
    return NameField(label=label, max_length=80, required=False, widget=forms.TextInput(attrs=SHORT), **more)


class OneNameForm(forms.Form):
    """Asks for a first and a last name, or for the word that a person has only one. It is stored as the first name."""

    first_name = name_field("First name")
    last_name = name_field("Last name")
    proposes_last_name = True  # what the form filled in is no last name that somebody gave
    has_one_name = forms.BooleanField(
        label="They have only one name", required=False, help_text="Write it as the first name. Leave the last empty."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "has_one_name"):
            self.fields[name].conditional = True  # no “(optional)”: one or the other is needed

    def clean(self):
        """The names, with an only name in its place."""
        given = super().clean()
        first, last = given.get("first_name", ""), given.get("last_name", "")
        if given.pop("has_one_name", False):
            if first and self.proposes_last_name and last == self.initial.get("last_name"):
                last = ""
            if first and last:
                self.add_error("has_one_name", "Clear the last name, or the tick: there are two names")
            given["first_name"], given["last_name"] = first or last, ""
        elif not last and not given.get("is_unknown") and "last_name" not in self.errors:
            self.add_error("last_name", "Enter the last name, or tick that they have only one name")
        return given
