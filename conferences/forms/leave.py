"""What a page asks when a text holds a passage of one that fewer people may read: fewer readers, or whose leave."""

from django import forms

from conferences.actions.leave import LONGEST_REASON, FromRestricted
from conferences.choices import BY_NAME, Audience, InviteeKind
from cpc.core.web.forms import Checkboxes, Radios, attempt
from cpc.core.web.sentences import speak

HINTS = {
    Audience.FAMILY: "Stands in the family’s copies and in no professional’s.",
    Audience.PROFESSIONALS: "Stands in professionals’ copies and in none of the family’s.",
    Audience.CHAIR: "Stands in nobody’s copy.",
    Audience.NAMED: "Stands in the copies of the people you name, and in no other.",
    Audience.POLICE: "Stands in no copy, unless you name its reader. On the screen: the chair, the administrator of "
    "the conference and the workers who hold the case.",
    Audience.THIRD_PARTY: "The same, for what somebody else told in confidence.",
}
# Where nobody can be named yet.
HINTS_UNNAMED = HINTS | {
    Audience.POLICE: "Stands in no copy, unless its reader is named later, in the record. On the screen: the chair, "
    "the administrator of the conference and the workers who hold the case.",
}


def attempt_with_leave(request, form, do, *, may_narrow=None) -> bool:
    """Whether the form is right and ``do(leave, readers)`` was done. Where it was stopped, the form asks for a reason,
    and offers the readers for whom it could stand, if ``may_narrow`` says that these can be chosen here; ``readers``
    are those, once taken. A reason that was typed stays on the form, whatever else it fails for.
    """

    def act():
        try:
            return do(request.POST.get("leave", ""), None)
        except FromRestricted as found:
            can = may_narrow is not None and may_narrow(found.narrower)
            if can and "narrow" in request.POST:
                return do("", found.narrower)
            _ask(form, Audience(found.narrower.audience).label if can else "", beside=found.field)
            raise

    done = form.is_valid() and attempt(form, act)
    if not done and request.POST.get("leave") and "leave" not in form.fields:
        texts = [name for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)]
        _ask(form, "", beside=next((name for name in texts if form[name].value()), ""))
    return done


def _ask(form, narrower: str, *, beside: str) -> None:
    """The form asks whose leave there is, right below the text that it is about."""
    field = forms.CharField(
        label="Who gave you leave to share it, and what may be shared?",
        help_text="Only where you share it all the same. It stands in the trail with your name.",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    speak(field)
    field.conditional = True
    form.fields["leave"] = field
    form.groups = [(legend, _followed(names, beside)) for legend, names in form.groups]
    form.order_fields(_followed([name for name in form.fields if name != "leave"], beside))
    if narrower:
        form.other_submits = [*form.other_submits, ("narrow", f"Save it for: {narrower}")]


def _followed(names, beside) -> list[str]:
    """The names, with the question about leave behind the one that it is about."""
    return [one for name in names for one in ((name, "leave") if name == beside else (name,))]


def audience_fields(audiences, people, *, label="Who may read it?") -> tuple[dict, dict]:
    """(fields, required_when): who may read a text, and under each audience that goes by name, who is named."""
    audiences = [Audience(one) for one in audiences]
    names = [(str(one.pk), f"{one.name} ({one.get_role_display().lower()})") for one in people]
    by_name = [one for one in audiences if one in BY_NAME and names]
    fields = {
        "audience": forms.ChoiceField(
            label=label,
            choices=[(one.value, one.label) for one in audiences if one != Audience.NAMED or names],
            widget=Radios(
                hints={one.value: hint for one, hint in (HINTS if names else HINTS_UNNAMED).items()},
                reveals={one.value: [f"named_{one.value}"] for one in by_name},
            ),
        )
    }
    for one in by_name:
        fields[f"named_{one.value}"] = forms.MultipleChoiceField(
            label="Who is named?" if one == Audience.NAMED else "Whose copies may it stand in?",
            choices=names,
            required=False,
            widget=Checkboxes(small=True),
        )
    when = (
        {"named_named": ("audience", {Audience.NAMED}, "Choose who may read it")} if Audience.NAMED in by_name else {}
    )
    return fields, when


def named_in(form) -> frozenset[int]:
    """The ids of the invitations that were named for the chosen audience."""
    chosen = form.cleaned_data.get(f"named_{form.cleaned_data.get('audience')}") or []
    return frozenset(int(one) for one in chosen)


def as_named(audience: str, ids) -> dict:
    """Who is named, as the form shows it."""
    return {f"named_{audience}": [str(one) for one in sorted(ids)]} if audience in BY_NAME else {}


def family_first(invitations) -> list:
    """Whoever may be named, the family first."""
    found = [one for one in invitations if one.withdrawn_at is None]
    return sorted(found, key=lambda one: (one.kind != InviteeKind.FAMILY, one.pk))
