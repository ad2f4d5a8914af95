"""The questions for a text with a restricted passage: fewer readers, or who gave permission."""

from django import forms

from conferences.disclosure.actions import LONGEST_REASON, RestrictedTextCopied
from conferences.disclosure.choices import BY_NAME, Audience, InviteeKind
from cpc.core.kernel.phrases import in_sentence
from cpc.core.web.forms import Checkboxes, Radios, attempt
from cpc.core.web.sentences import set_error_messages

HINTS = {
    Audience.FAMILY: "Appears in the family’s copies only.",
    Audience.PROFESSIONALS: "Appears in professionals’ copies only.",
    Audience.CHAIR: "Appears in no copy.",
    Audience.NAMED: "Appears only in the copies of the people you name.",
    Audience.POLICE: "Appears in no copy unless you name its reader. On the screen: the chair, the administrator of "
    "the conference and the workers who hold the case.",
    Audience.THIRD_PARTY: "The same, for what someone else said in confidence.",
}
# For pages where nobody can be named yet.
HINTS_UNNAMED = HINTS | {
    Audience.POLICE: "Appears in no copy unless its reader is named later, in the record. On the screen: the chair, "
    "the administrator of the conference and the workers who hold the case.",
}


def attempt_or_ask_consent(request, form, do, *, audiences=(), now=None) -> bool:
    """Whether the form is valid and ``do(shared)`` succeeded. ``shared`` holds the arguments besides the form's fields:
    the ``consent`` that was typed.

    If a restricted passage stops it, the form asks for consent and offers an audience from ``audiences`` that could
    read the text. If that is chosen, ``shared`` holds it instead. A typed consent stays on the form after any refusal.

    With ``now`` (what the form would begin with now), a ``ComparedForm`` also refuses what was saved meanwhile.
    """

    def act():
        try:
            return do({"consent": request.POST.get("consent", "")})
        except RestrictedTextCopied as found:
            can = found.narrower.audience in audiences
            if can and "narrow" in request.POST:
                named = {"named": found.narrower.named} if found.narrower.audience in BY_NAME else {}
                return do({"audience": found.narrower.audience, **named})
            _ask(form, Audience(found.narrower.audience).label if can else "", beside=found.field)
            raise

    done = form.is_valid() and (form.attempt(lambda given: act(), now) if now else attempt(form, act))
    if not done and request.POST.get("consent") and "consent" not in form.fields:
        texts = [name for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)]
        _ask(form, "", beside=next((name for name in texts if form[name].value()), ""))
    return done


def _ask(form, narrower: str, *, beside: str) -> None:
    """Add the question about consent, right below the text that it is about."""
    field = forms.CharField(
        label="Who gave permission to share it, and what may be shared?",
        help_text="Only if you decide to share it. This is recorded with your name.",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    set_error_messages(field)
    field.conditional = True
    form.fields["consent"] = field
    form.groups = [(legend, _followed(names, beside)) for legend, names in form.groups]
    form.order_fields(_followed([name for name in form.fields if name != "consent"], beside))
    if narrower:
        form.other_submits = [*form.other_submits, ("narrow", f"Save it for: {narrower}")]


def _followed(names, beside) -> list[str]:
    """The names, with the consent question after the field that it is about."""
    return [one for name in names for one in ((name, "consent") if name == beside else (name,))]


def audience_fields(audiences, people, *, label="Who may read it?") -> tuple[dict, dict]:
    """(fields, required_when): the question about the audience, and one about named readers for each audience that has
    them.
    """
    audiences = [Audience(one) for one in audiences]
    names = [(str(one.pk), f"{one.name} ({in_sentence(one.get_role_display())})") for one in people]
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
            label="Who is named?" if one == Audience.NAMED else "Whose copies may it appear in?",
            choices=names,
            required=False,
            widget=Checkboxes(small=True),
        )
    when = (
        {"named_named": ("audience", {Audience.NAMED}, "Choose who may read it")} if Audience.NAMED in by_name else {}
    )
    return fields, when


def named_in(form) -> frozenset[int]:
    """The ids of the invitations named for the chosen audience."""
    chosen = form.cleaned_data.get(f"named_{form.cleaned_data.get('audience')}") or []
    return frozenset(int(one) for one in chosen)


def as_named(audience: str, ids) -> dict:
    """The named readers as initial values of the form."""
    return {f"named_{audience}": [str(one) for one in sorted(ids)]} if audience in BY_NAME else {}


def family_first(invitations) -> list:
    """The invited people who may be named, family first."""
    found = [one for one in invitations if one.withdrawn_at is None]
    return sorted(found, key=lambda one: (one.kind != InviteeKind.FAMILY, one.pk))
