"""The questions where a core group has only one of two people who must not meet, and not the one who comes first."""

from django import forms


def reason_fields(priorities) -> dict:
    """For each of the ``priorities``, by name, why the one who comes first is left out, if they are."""
    fields = {}
    for each in priorities:
        label = f"If {each.other_name} is in the core group and {each.first_name} is not: why?"
        field = forms.CharField(
            label=label, widget=forms.Textarea(attrs={"rows": "2"}), max_length=1000, required=False
        )
        field.conditional = True
        fields[each.gap.field] = field
    return fields


def reasons_given(priorities, given) -> dict[str, str]:
    """The reasons that were typed, by the key of what is asked."""
    return {each.gap.key: given.get(each.gap.field) or "" for each in priorities}
