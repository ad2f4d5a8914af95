"""What the ``govuk`` template pack asks of a form and its fields. Only the pack's own templates load this."""

from django import forms, template
from django.template.defaultfilters import force_escape
from django.utils.safestring import mark_safe

from cpc.core.web import idempotency
from cpc.core.web.widgets import Checkboxes, DateBoxes, Radios

register = template.Library()

_KINDS = (
    (DateBoxes, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)
_CLASSES = {
    "text": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
}


@register.filter
def kind(field):
    """Which of the pack's templates draws the field."""
    return next((name for widget, name in _KINDS if isinstance(field.field.widget, widget)), "text")


@register.filter
def template_of(field):
    """The path of that template."""
    return f"govuk/fields/{kind(field)}.html"


@register.filter
def plain(text):
    """Text as text, escaped here even if it was marked safe (a child's name must not be an injection)."""
    return force_escape(str(text)) if text else ""


@register.filter
def optional(field):
    """Whether to say "(optional)" beside the label."""
    conditional = getattr(field.field, "conditional", False)
    return not (field.field.required or conditional or kind(field) == "checkbox")


@register.simple_tag
def box(field):
    """The field's own input, in the pack's clothes."""
    name, widget = kind(field), field.field.widget
    classes = [_CLASSES[name], widget.attrs.get("class", "")]
    if name == "textarea" and counted(field):
        classes.append("govuk-js-character-count")
    if field.errors:
        classes.append(
            {
                "select": "govuk-select--error",
                "textarea": "govuk-textarea--error",
                "file": "govuk-file-upload--error",
            }.get(name, "govuk-input--error")
        )
    # A box that swallows letters loses words: the page says that it is too long, and shows all of it to be shortened.
    attrs = {"class": " ".join(filter(None, classes)), "maxlength": None}
    described = [field.aria_describedby] if getattr(field, "aria_describedby", None) else []
    if name == "textarea":
        attrs["rows"] = widget.attrs["rows"] if widget.attrs.get("rows") not in (None, "10") else "5"
        attrs["cols"] = None
        if counted(field):
            described.append(f"{field.auto_id}-info")
    elif isinstance(field.field, forms.IntegerField):
        widget.input_type = "text"
        attrs.update({"inputmode": "numeric", "min": None, "max": None})
        attrs["class"] += "" if "govuk-input--width" in attrs["class"] else " govuk-input--width-4"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs={name: False if value is None else value for name, value in attrs.items()})


@register.filter
def counted(field):
    """The most characters that the field takes, when it is a long text with a limit."""
    return getattr(field.field, "max_length", None) if isinstance(field.field.widget, forms.Textarea) else None


@register.simple_tag
def date_boxes(field):
    """The three boxes, those marked that are to be mended."""
    return field.as_widget(attrs={"wrong": wrong_parts(field)})


def wrong_parts(field):
    """The parts of a date that its error names; all of them when it names none."""
    for error in field.form.errors.as_data().get(field.name, []):
        return (error.params or {}).get("wrong", ("day", "month", "year"))
    return ()


@register.filter
def error_id(field):
    """The id of the box that a link from the error summary must land in."""
    base = field.auto_id
    if kind(field) == "date":
        parts = wrong_parts(field)
        return base if not parts or "day" in parts else f"{base}_{parts[0]}"
    return base


@register.simple_tag
def options(field):
    """The options of radios or checkboxes; the first has the field's bare id, so that an error link lands in it."""
    widget, rows = field.field.widget, []
    hints = getattr(widget, "hints", {})
    reveals = {str(value): names for value, names in getattr(widget, "reveals", {}).items()}
    chosen = widget.format_value(field.value())
    for group, members, _ in widget.optgroups(field.html_name, chosen, {"id": field.auto_id}):
        for option in members:
            value = str(option["value"])
            if not value and str(option["label"]).startswith("---"):
                continue
            id_ = f"{field.auto_id}_{len(rows)}" if rows else field.auto_id
            rows.append(
                {
                    "id": id_,
                    "name": option["name"],
                    "value": value,
                    "label": option["label"],
                    "checked": option["selected"],
                    "disabled": option["attrs"].get("disabled"),
                    "hint": hints.get(option["value"], hints.get(value, "")),
                    "group": group if option is members[0] else None,
                    "reveals": [field.form[name] for name in reveals.get(value, []) if name in field.form.fields],
                }
            )
    return rows


@register.filter
def modifiers(field):
    """The classes of the whole list of options."""
    widget = field.field.widget
    block = "govuk-radios" if kind(field) == "radios" else "govuk-checkboxes"
    wanted = [f"{block}--inline"] if getattr(widget, "inline", False) else []
    if getattr(widget, "small", False):
        wanted.append(f"{block}--small")
    return " ".join(wanted)


@register.filter
def is_ours(widget):
    """Whether the widget can say what an option reveals."""
    return isinstance(widget, (Radios, Checkboxes))


@register.filter
def drawn(form):
    """(legend, fields) of any form: ours by its groups, another's unchanged."""
    return form.sections() if hasattr(form, "sections") else [("", form.visible_fields())]


@register.filter
def first_box(form):
    """The id of the first box of the form: where an error of no one field leads. Nothing for a form without boxes."""
    return next((field.auto_id for _, fields in drawn(form) for field in fields), "")


@register.simple_tag(takes_context=True)
def once_token(context):
    """The hidden token of a form. It makes a form sent twice be done once, and says who the form was shown to."""
    request = context.get("request")
    if request is None:
        return ""
    given = request.POST.get(idempotency.FIELD, "") if request.method == "POST" else ""
    if idempotency.owner_of(given) != request.user.pk:
        given = idempotency.token(request.user)
    return mark_safe(f'<input type="hidden" name="{idempotency.FIELD}" value="{force_escape(given)}">')


@register.simple_tag(takes_context=True)
def summary_due(context, form):
    """Whether the error summary is still to be drawn: the layout draws it first on the page where it can."""
    if getattr(form, "summary_drawn", False) or not form.is_bound:
        return False
    form.summary_drawn = True
    return bool(form.errors) if not hasattr(form, "management_form") else bool(form.total_error_count())


def _with_revealed(form, field):
    """The field, then those that its options reveal, as the page shows them."""
    yield field
    for names in getattr(field.field.widget, "reveals", {}).values():
        for name in names:
            if name in form.fields:
                yield from _with_revealed(form, form[name])


@register.filter
def summary_rows(form):
    """(id to land in, sentence) for each error of a form or formset, in the order of the page."""
    if hasattr(form, "management_form"):
        rows = [("", sentence) for sentence in form.non_form_errors()]
        for each in form.forms:
            rows += summary_rows(each)
        return rows
    rows = [(first_box(form), sentence) for sentence in form.non_field_errors()]
    order = [shown for _, fields in drawn(form) for field in fields for shown in _with_revealed(form, field)]
    order += [form[name] for name in form.fields if name not in {field.name for field in order}]
    return rows + [("" if f.is_hidden else error_id(f), sentence) for f in order for sentence in f.errors]
