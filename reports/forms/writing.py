"""What is asked of a report's author, and with whom the report was shared."""

from django import forms

from conferences.forms.leave import as_named, audience_fields, named_in
from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from reports.actions.writing import APART, SECTIONS, Restricted, Shared
from reports.choices import ReportKind, SharedHow
from reports.queries.facts import first_name

LONG = 20_000
AGENCY = {
    "involvement": ("How does your agency know the family, and since when?", "What you do with them and how often."),
    "worried": (
        "What are you worried about?",
        "Say what you saw yourself, what you were told and by whom, and what you think.",
    ),
    "working_well": ("What is working well?", "What keeps the children safe now."),
    "needs_to_happen": ("What needs to happen, and what will your agency do?", ""),
    "child_views": ("What have the children said or shown?", "In their own words where you can."),
    "family_views": ("What does the family say?", ""),
    "recommendation": ("What is your view?", "Whether each child needs a child protection plan, and why."),
}
SOCIAL_WORK = {
    "involvement": (
        "What led to this conference, and what has been done?",
        "The enquiry, when each child was seen and with whom, and earlier help.",
    ),
    "worried": (
        "What has happened to the children, and what are you worried will happen?",
        "Say what you saw yourself, what you were told and by whom, and what you think.",
    ),
    "working_well": ("What is working well?", "Strengths of the family, and what keeps the children safe now."),
    "child_views": ("What have the children said or shown?", "In their own words where you can."),
    "family_views": ("What do the parents, carers and wider family say?", ""),
    "analysis": (
        "What do you make of it?",
        "The parents’ care, the children’s needs, and whether each child is suffering or likely to suffer "
        "significant harm.",
    ),
    "needs_to_happen": ("What needs to change, and what should the outline plan hold?", ""),
    "recommendation": ("What do you recommend to the conference?", "For each child."),
}


def report_form(kind: str, children, people=(), *, asks_author: bool, asks_apart=True) -> type[GovForm]:
    """The form of one report: its sections, a box for what is about each child alone, and what stays apart from the
    report that is shared, with who may read it (``people`` can be named).
    """
    questions = SOCIAL_WORK if kind == ReportKind.SOCIAL_WORK else AGENCY
    fields = {}
    if asks_author:
        fields["author"] = forms.CharField(label="Who wrote the report", max_length=200)
    for name, (label, hint) in questions.items():
        fields[name] = _text(label, hint)
    for child in children:
        fields[f"about_{child.pk}"] = _text(f"About {first_name(child)} alone", "")
    groups = [("The family as a whole", list(questions)), ("Each child", [f"about_{child.pk}" for child in children])]
    if asks_apart:
        apart = _apart(people)
        fields |= apart
        groups.append(("What must not be shared with the family", list(apart)))
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    return type("ReportForm", (GovForm,), {**fields, "groups": groups, **_BUTTONS})


def _apart(people) -> dict:
    readers, _ = audience_fields(APART, people)
    for field in readers.values():
        field.required = False
    return {
        "restricted": _text(
            "Is there anything that must stay apart from the report?",
            "Police or third-party information, or what would put somebody at risk. Leave it empty if there is not.",
        ),
        **readers,
        "restricted_reason": forms.CharField(
            label="Why must it stay apart?", required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": "2"}),
        ),
    }  # fmt: skip


def kept_apart(form) -> Restricted | None:
    """What was typed to stay apart; nothing where it was not asked."""
    if "restricted" not in form.fields:
        return None
    given = form.cleaned_data
    return Restricted(
        given.get("restricted") or "", given.get("audience") or "", given.get("restricted_reason") or "", named_in(form)
    )


_BUTTONS = {"submit_label": "Save and go on to hand in", "other_submits": [("later", "Save and come back later")]}


def _text(label, hint):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": "6"}),
    )


def written(form) -> tuple[dict[str, str], dict[int, str]]:
    """What was typed: the sections, and what is about each child."""
    sections = {name: form.cleaned_data.get(name, "") for name in SECTIONS}
    about = {
        int(name.removeprefix("about_")): text for name, text in form.cleaned_data.items() if name.startswith("about_")
    }
    return sections, about


def as_typed(report) -> dict:
    """What a report says, as its form shows it."""
    about = {f"about_{row.child_id}": row.about for row in report.children.all()}
    return (
        {name: getattr(report, name) for name in SECTIONS}
        | about
        | {"author": report.author, "version": report.version}
        | {"restricted": report.restricted, "restricted_reason": report.restricted_reason}
        | {"audience": report.restricted_audience}
        | as_named(report.restricted_audience, [one.invitation_id for one in report.readers.all()])
    )


def sharing_form(parents, on) -> type[GovForm]:
    """For each parent: was the report shared, when and how; or why not."""
    fields, groups, when = {}, [], {}
    for parent, what in parents:
        key, name = f"parent_{parent.pk}", parent.full_name
        fields[key] = YesNoField(
            label=f"Have you shared the report with {name} ({'; '.join(what)})?",
            widget=Radios(reveals={"yes": [f"{key}_on", f"{key}_how"], "no": [f"{key}_reason"]}),
        )
        fields[f"{key}_on"] = DateField(
            label="When", called=f"the date you shared it with {name}", not_future=True, today=on
        )
        fields[f"{key}_how"] = forms.ChoiceField(label="How", choices=SharedHow.choices, widget=Radios())
        fields[f"{key}_reason"] = forms.CharField(
            label="Why not, or when you will", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
        )
        groups.append((name, [key]))
        when |= {
            f"{key}_on": (key, {"yes"}, f"Enter the date you shared the report with {name}"),
            f"{key}_how": (key, {"yes"}, f"Choose how you shared the report with {name}"),
            f"{key}_reason": (key, {"no"}, f"Say why the report was not shared with {name}, or when it will be"),
        }
    return type("SharingForm", (GovForm,), {**fields, "groups": groups, "required_when": when})


def shared_with(form, parents) -> list[Shared]:
    """What was answered for each parent."""
    found = []
    for parent, _ in parents:
        key, data = f"parent_{parent.pk}", form.cleaned_data
        if data[key]:
            found.append(Shared(parent, shared_on=data[f"{key}_on"], how=data[f"{key}_how"]))
        else:
            found.append(Shared(parent, not_shared_reason=data[f"{key}_reason"]))
    return found


def as_shared(report, gone=()) -> dict:
    """What is known of the sharing, as the form shows it; ``gone`` is who was sent the report as a file meanwhile."""
    known = {}
    for one in gone:
        key = f"parent_{one.person.pk}"
        known |= {key: True, f"{key}_on": one.on, f"{key}_how": one.how}
    for one in report.sharings.all():
        key = f"parent_{one.parent_id}"
        if one.shared_on is None and known.get(key):
            continue
        known |= {
            key: one.shared_on is not None,
            f"{key}_on": one.shared_on,
            f"{key}_how": one.how,
            f"{key}_reason": one.not_shared_reason,
        }
    return known


class SendBackForm(GovForm):
    """Why a report goes back to its author."""

    reason = forms.CharField(
        label="What needs to change?", widget=forms.Textarea, max_length=2000, help_text="The author reads this."
    )
    submit_label = "Send it back"
