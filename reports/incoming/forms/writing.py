"""Forms for a report’s author, and for who the report was shared with."""

from django import forms

from conferences.disclosure.forms import as_named, audience_fields, named_in
from cpc.core.web.forms import DateField, GovForm, Radios, YesNoField
from reports.incoming.actions.writing import NOT_SUBMITTED, RESTRICTED_AUDIENCES, OutcomeAnswer, Restricted, Shared
from reports.incoming.choices import OutcomeProgress, SharedHow
from reports.incoming.queries.requested import first_name
from reports.incoming.rules.sections import CHILD_SECTIONS, FAMILY_SECTIONS, questions_about, questions_of

LONG = 20_000


def report_form(
    kind: str, children, people=(), *, asks_author: bool, asks_restricted=True, outcomes=(), is_review=False
) -> type[GovForm]:
    """The form of one report: its sections, the outcomes of the plan at a review, the questions about each child, and
    the restricted part with who may read it (``people`` can be named)."""
    questions = questions_of(kind, [first_name(child) for child in children], is_review=is_review)
    fields = {}
    if asks_author:
        fields["author"] = forms.CharField(label="Who wrote the report", max_length=200)
    for name, asked in questions.items():
        fields[name] = _text(asked.label, asked.hint)
    groups = [("The family as a whole", list(questions))]
    for number, outcome in enumerate(outcomes):
        own = _outcome_fields(number)
        fields |= own
        groups.append((f"Outcome of the plan: {outcome}", list(own)))
    for child in children:
        about = questions_about(kind, first_name(child), is_unborn=child.is_unborn, is_review=is_review)
        own = {f"{name}_{child.pk}": _child_field(name, asked) for name, asked in about.items()}
        fields |= own
        groups.append((first_name(child), list(own)))
    unmarked = frozenset(fields) - {"author"}
    if asks_restricted:
        apart = _restricted_fields(people)
        fields |= apart
        groups.append(("Confidential information (not shared with the family)", list(apart)))
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    return type("ReportForm", (GovForm,), {**fields, "groups": groups, "unmarked": unmarked, **_BUTTONS})


SCALE = [("", "Not answered"), *((str(number), str(number)) for number in range(11))]
_SCALES = frozenset(section.name for section in CHILD_SECTIONS if section.is_scale)


def _child_field(name, asked) -> forms.Field:
    if name in _SCALES:
        return forms.ChoiceField(label=asked.label, help_text=asked.hint, choices=SCALE, required=False)
    return _text(asked.label, asked.hint)


def _outcome_fields(number: int) -> dict:
    return {
        f"progress_{number}": forms.ChoiceField(
            label="How far has it been reached?", choices=OutcomeProgress.choices, widget=Radios(), required=False
        ),
        f"outcome_{number}": _text("What shows it, and what difference has it made for the child?", ""),
    }


def _restricted_fields(people) -> dict:
    readers, _ = audience_fields(RESTRICTED_AUDIENCES, people)
    for field in readers.values():
        field.required = False
    return {
        "restricted": _text(
            "Is there anything that must not be shared with the family?",
            "Police or third-party information, or what would put somebody at risk. Leave this empty if there is not.",
        ),
        **readers,
        "restricted_reason": forms.CharField(
            label="Why is it confidential?", required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": "2"}),
        ),
    }  # fmt: skip


def restricted_part(form) -> Restricted | None:
    """The restricted part that was typed; None if the form does not ask for it."""
    if "restricted" not in form.fields:
        return None
    given = form.cleaned_data
    return Restricted(
        given.get("restricted") or "", given.get("audience") or "", given.get("restricted_reason") or "", named_in(form)
    )


_BUTTONS = {"submit_label": "Save and continue to submit", "other_submits": [("later", "Save and come back later")]}


def _text(label, hint):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": "6"}),
    )


def written(form, children, outcomes) -> dict:
    """What was typed: the sections, the sections about each child, and the answer to each outcome of the plan."""
    given = form.cleaned_data
    return {
        "sections": {section.name: given.get(section.name, "") for section in FAMILY_SECTIONS},
        "about": {
            child.pk: {section.name: given.get(f"{section.name}_{child.pk}", "") for section in CHILD_SECTIONS}
            for child in children
        },
        "outcomes": {
            outcome: OutcomeAnswer(given.get(f"progress_{number}", ""), given.get(f"outcome_{number}", ""))
            for number, outcome in enumerate(outcomes)
        },
    }


def report_initial(report, outcomes=()) -> dict:
    """The form’s initial values for a report. ``outcomes`` are those of the plan that the form asks about."""
    about = {f"{name}_{row.child_id}": text for row in report.children.all() for name, text in row.sections.items()}
    answers = {one.outcome: one for one in report.outcomes.all()}
    answered = {number: answers[outcome] for number, outcome in enumerate(outcomes) if outcome in answers}
    about |= {f"progress_{number}": one.progress for number, one in answered.items()}
    about |= {f"outcome_{number}": one.said for number, one in answered.items()}
    return (
        report.sections
        | about
        | {"author": report.author, "version": report.version}
        | {"restricted": report.restricted, "restricted_reason": report.restricted_reason}
        | {"audience": report.restricted_audience}
        | as_named(report.restricted_audience, [one.invitation_id for one in report.readers.all()])
    )


def sharing_form(parents, on) -> type[GovForm]:
    """For each parent: whether the report was shared, when and how; or why not."""
    fields, groups, when = {}, [], {}
    for parent, what in parents:
        key, name = f"parent_{parent.pk}", parent.full_name
        fields[key] = YesNoField(
            label=f"Have you shared the report with {name} ({'; '.join(what)})?",
            widget=Radios(reveals={"yes": [f"{key}_on", f"{key}_how", f"{key}_by"], "no": [f"{key}_reason"]}),
        )
        fields[f"{key}_on"] = DateField(
            label="When", called=f"the date you shared it with {name}", not_future=True, today=on
        )
        fields[f"{key}_how"] = forms.ChoiceField(label="How", choices=SharedHow.choices, widget=Radios())
        fields[f"{key}_by"] = forms.CharField(label="Who shared it", max_length=200, required=False)
        fields[f"{key}_reason"] = forms.CharField(
            label="Why not, or when will you share it?", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
        )
        groups.append((name, [key]))
        when |= {
            f"{key}_on": (key, {"yes"}, f"Enter the date you shared the report with {name}"),
            f"{key}_how": (key, {"yes"}, f"Choose how you shared the report with {name}"),
            f"{key}_reason": (key, {"no"}, f"Say why the report was not shared with {name}, or when it will be"),
        }
    return type("SharingForm", (GovForm,), {**fields, "groups": groups, "required_when": when})


def shared_with(form, parents) -> list[Shared]:
    """The answers for each parent."""
    found = []
    for parent, _ in parents:
        key, data = f"parent_{parent.pk}", form.cleaned_data
        if data[key]:
            found.append(
                Shared(parent, shared_on=data[f"{key}_on"], how=data[f"{key}_how"], by=data[f"{key}_by"] or "")
            )
        else:
            found.append(Shared(parent, not_shared_reason=data[f"{key}_reason"]))
    return found


def sharing_initial(report, gone=()) -> dict:
    """The form’s initial values for the sharing. ``gone`` are the files that were sent to the family in the
    meantime."""
    known = {}
    for one in gone:
        key = f"parent_{one.person.pk}"
        known |= {key: True, f"{key}_on": one.on, f"{key}_how": one.how}
    # A new version is shared again.
    for one in report.sharings.filter(number=report.number) if report.state not in NOT_SUBMITTED else ():
        key = f"parent_{one.parent_id}"
        if one.shared_on is None and known.get(key):
            continue
        known |= {
            key: one.shared_on is not None,
            f"{key}_on": one.shared_on,
            f"{key}_how": one.how,
            f"{key}_by": one.shared_by,
            f"{key}_reason": one.not_shared_reason,
        }
    return known


class SendBackForm(GovForm):
    """Why a report is returned to its author."""

    reason = forms.CharField(
        label="What needs to change?", widget=forms.Textarea, max_length=2000, help_text="The author will read this."
    )
    submit_label = "Send it back"
