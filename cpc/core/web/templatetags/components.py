"""The components of every page: one tag each. Words given to a tag are text and are escaped; blocks are templates."""

import itertools
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cpc.core.kernel import phrases
from cpc.core.kernel.dates import time_in_words
from cpc.core.policy.queries import calendar
from cpc.core.web.columns import with_names_of_columns
from cpc.core.web.distance import how_far
from cpc.core.web.navigation import page_name

register = template.Library()
register.filter(phrases.possessive)

_TONES = {
    "blue": "",
    "info": "",
    "": "grey",
    "grey": "grey",
    "plain": "grey",
    "green": "green",
    "good": "green",
    "done": "green",
    "red": "red",
    "bad": "red",
    "late": "red",
    "orange": "orange",
    "soon": "orange",
    "yellow": "yellow",
    "waiting": "yellow",
    "purple": "purple",
    "turquoise": "teal",
    "teal": "teal",
    "light-blue": "teal",
    "magenta": "magenta",
    "pink": "magenta",
}
_counter = itertools.count(1)


@register.simple_tag
def tag(text, tone=""):
    """A state in a word or two. ``text`` may be a choice that knows its own label and tone."""
    return _tag(str(getattr(text, "label", text)), str(tone or getattr(text, "tone", "")))


@lru_cache(maxsize=500, typed=True)  # the same words may be escaped already
def _tag(label: str, tone: str):
    modifier = _TONES.get(tone, "grey")
    css = f"govuk-tag govuk-tag--{modifier}" if modifier else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', css, label)


@register.simple_tag
def summary_list(rows, title="", actions=()):
    """What is known, as question and answer. A row: (key, value), (key, value, href, what) to change it, or a dict
    {"key", "value", "actions": [(href, text, hidden)], "typed": True to keep line breaks}."""
    drawn = [_row(row) for row in rows]
    return render_to_string(
        "components/summary_list.html",
        {
            "rows": drawn,
            "title": title,
            "actions": actions,
            "any_actions": any(row["actions"] for row in drawn),
        },
    )


def _row(row):
    if isinstance(row, dict):
        return {"typed": False, "actions": [], **row}
    key, value, *change = row
    actions = [(change[0], "Change", change[1] if len(change) > 1 else str(key).lower())] if change else []
    return {"key": key, "value": value, "actions": actions, "typed": False}


@register.simple_block_tag
def panel(content, title):
    """What has just been done, large. {% panel "Conference booked" %}…{% endpanel %}"""
    return render_to_string("components/panel.html", {"title": title, "content": content})


@register.simple_block_tag
def inset(content):
    """Words set apart from the rest."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content):
    """Something that must not be missed."""
    return render_to_string("components/warning.html", {"content": content})


@register.simple_block_tag
def details(content, summary, open=False):
    """More for who wants it. {% details "How this date is worked out" %}…{% enddetails %}"""
    return render_to_string("components/details.html", {"content": content, "summary": summary, "open": open})


@register.simple_block_tag
def card(content, title="", level=2, id=""):
    """A box around what belongs together, with its heading."""
    return render_to_string("components/card.html", {"content": content, "title": title, "level": level, "id": id})


@register.simple_block_tag
def empty_state(content):
    """In place of a list with nothing in it: says so, and what to do."""
    return format_html('<div class="cpc-empty">{}</div>', content)


@register.simple_block_tag
def table(content, caption, *columns, shown="", stack=False, numbers="", widths=""):
    """A table in a box that scrolls by itself on a phone. Its rows are ``row`` tags.

    ``caption`` names it, and can be seen if ``shown`` is a size ("s" or "m"). A column without a name is left out:
    ``may_change|yesno:"Change,"``. ``numbers`` names the columns that hold numbers ("People, Late"), ``widths`` how
    wide the first columns are ("one-third one-quarter"). With ``stack`` the cells are below one another on a phone,
    each with the name of its column. A column may be a list of names.
    """
    columns = [name for one in columns for name in (one if isinstance(one, list) else [one]) if name]
    content = with_names_of_columns(content, columns) if stack else content
    names = [(name, name in numbers.split(", ")) for name in columns]
    return render_to_string(
        "components/table.html",
        {
            "content": content,
            "caption": caption,
            "shown": shown,
            "stack": stack,
            "columns": [(*name, width) for name, width in itertools.zip_longest(names, widths.split(), fillvalue="")],
        },
    )


@register.simple_block_tag
def row(content, id="", screen_only=False):
    """A row of a ``table``: a ``row_head`` and its ``cell`` tags. ``screen_only`` leaves it out when printed."""
    anchor = format_html(' id="{}"', id) if id else ""
    css = " cpc-not-printed" if screen_only else ""
    return format_html('<tr class="govuk-table__row{}"{}>{}</tr>', css, anchor, content)


@register.simple_block_tag
def row_head(content):
    """The cell that says what its row is about."""
    return format_html('<th scope="row" class="govuk-table__header">{}</th>', content)


@register.simple_block_tag
def cell(content, typed=False, number=False):
    """A cell of a ``row``. ``typed`` keeps the line breaks that somebody typed; ``number`` aligns to the right."""
    css = f"{' cpc-typed' if typed else ''}{' govuk-table__cell--numeric' if number else ''}"
    return format_html('<td class="govuk-table__cell{}">{}</td>', css, content)


class _Around(template.Node):
    """An element around what is between two tags."""

    def __init__(self, nodelist, before, after):
        self.nodelist, self.before, self.after = nodelist, before, after

    def render(self, context):
        return mark_safe("".join((self.before, self.nodelist.render(context), self.after)))


def _quick(block_tag) -> None:
    """Draws a block tag without arguments as the same element each time: a list has hundreds of them."""
    name, here = block_tag.__name__, "\0"
    with_arguments = register.tags[name]
    before, after = block_tag(here).split(here)

    def compiled(parser, token):
        if token.split_contents() != [name]:
            return with_arguments(parser, token)
        nodelist = parser.parse((f"end{name}",))
        parser.delete_first_token()
        return _Around(nodelist, before, after)

    register.tag(name, compiled)


for each in (row, row_head, cell):
    _quick(each)


@register.simple_tag
def data_table(head, rows, caption, numbers=(), empty="There is nothing here yet."):
    """A table of ``head`` (names) and ``rows`` (lists of cells, the first of them names its row).

    ``numbers`` are the columns (from 0) that hold numbers; ``empty`` is the sentence in place of a table without rows.
    """
    return render_to_string(
        "components/data_table.html",
        {
            "head": [(name, index in numbers, "") for index, name in enumerate(head)],
            "rows": [[(each, index in numbers) for index, each in enumerate(one)] for one in rows],
            "caption": caption,
            "empty": empty,
        },
    )


_NO_ACTIONS = " govuk-summary-list__row--no-actions"
_ACTIONS = '</dd><dd class="govuk-summary-list__actions">'


@register.simple_block_tag
def facts(content, wide=False):
    """What is known, as question and answer: ``fact`` tags. ``wide`` leaves more room to the answers."""
    if _ACTIONS not in content:
        content = mark_safe(content.replace(_NO_ACTIONS, ""))
    return format_html('<dl class="govuk-summary-list{}">{}</dl>', " cpc-wide-list" if wide else "", content)


@register.simple_block_tag
def fact(content, question, small="", typed=False):
    """One answer in ``facts``. ``small`` is written below the question; ``typed`` keeps line breaks."""
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}{}</dt>'
        '<dd class="govuk-summary-list__value{}">{}</dd></div>',
        "" if _ACTIONS in content else _NO_ACTIONS,
        question,
        format_html('<br><span class="govuk-!-font-weight-regular">{}</span>', small) if small else "",
        " cpc-typed" if typed else "",
        content,
    )


@register.simple_block_tag
def actions(content):
    """The links beside an answer, at the end of a ``fact``; nothing if there are none."""
    return format_html("{}{}", mark_safe(_ACTIONS), content) if content.strip() else ""


@register.simple_tag
def button(text, href="", tone="", name="", value="", id=""):
    """A link that looks like a button, or (no ``href``) the form's own button. ``tone``: secondary, warning."""
    return render_to_string("components/button.html", locals())


@register.simple_tag(takes_context=True)
def post_button(context, text, url, tone="", look="button", hidden="", **values):
    """A button that does one thing by POST, tokens and all; ``values`` go with it. ``look="link"`` for lists;
    ``hidden`` says for screen readers of what ("for Sam Example")."""
    return render_to_string(
        "components/post_button.html",
        {"text": text, "url": url, "tone": tone, "look": look, "hidden": hidden, "values": values.items()},
        request=context.get("request"),
    )


@register.simple_tag
def task_list(rows):
    """Things to do. A row: {"title", "href" (none: cannot start yet), "hint", "status", "tone" (a tag) or no tone}."""
    return render_to_string("components/task_list.html", {"rows": list(rows), "list": next(_counter)})


@register.simple_tag
def timeline(events):
    """What happened, in the order given. An event: {"title", "at" or "on", "by", "text", "href", "tag", "tone"}."""
    return render_to_string("components/timeline.html", {"events": list(events)})


@register.simple_tag(takes_context=True)
def pagination(context, page, label="Pages", parameter="page"):
    """Earlier and later pages of a Paginator's ``page``; the rest of the address stays as it is."""
    if page.paginator.num_pages < 2:
        return ""
    request = context.get("request")

    def link(number):
        query = request.GET.copy() if request else {}
        query[parameter] = number
        return "?" + (query.urlencode() if request else f"{parameter}={number}")

    spread = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return render_to_string(
        "components/pagination.html",
        {
            "page": page,
            "label": label,
            "previous": link(page.previous_page_number()) if page.has_previous() else "",
            "next": link(page.next_page_number()) if page.has_next() else "",
            "numbers": [(n, link(n) if isinstance(n, int) else "", n == page.number) for n in spread],
        },
    )


@register.simple_tag(takes_context=True)
def due(context, due_on, on=None, done_on=None, soon=3, what="", short=False, statutory=False):
    """The date when something is due, and how far that is: "in 3 working days", "2 days late", "done". ``on`` is today
    (default: the page's), ``soon`` the working days that count as soon. A ``statutory`` date that was missed says so.
    """
    if due_on is None:
        return format_html('<span class="cpc-due">{}</span>', "No date yet")
    today = as_day(on or context.get("today") or timezone.localdate())
    due_on, done_on = as_day(getattr(due_on, "on", due_on)), as_day(done_on) if done_on else None
    if statutory and not done_on and due_on < today:
        return format_html("{}<br>{}", (short_day if short else day)(due_on), tag("Last day missed", "red"))
    return _due(due_on, today, done_on, soon, calendar(), str(what), short)


@lru_cache(maxsize=2000)
def _due(due_on: date, today: date, done_on: date | None, soon, days, what: str, short):
    words, tone = how_far(due_on, today, done_on, soon, days)
    return format_html(
        '<span class="cpc-due cpc-due--{}">{}<span class="cpc-due__date">{}</span> '
        '<span class="cpc-due__far">{}</span></span>',
        tone,
        f"{what} " if what else "",
        short_day(due_on) if short else day(due_on),
        words.removeprefix("due ") if what else words,
    )


@register.filter
def in_sentence(label):
    """The label of a choice within a sentence: "social worker", but "GP"."""
    return phrases.in_sentence(str(label))


@register.filter
def about_children(words, children):
    """The words of a heading, with the name of the child instead of “each child” where there is only one. ``children``
    are people, or rows with a person as their ``child``.
    """
    people = [one["child"] if isinstance(one, dict) else getattr(one, "child", one) for one in children]
    return phrases.about_children(words, [person.short_name for person in people])


@register.filter
def full_names(people):
    """The full names of some people in a sentence: "Rosa Marlow and Theo Marlow"."""
    return phrases.listed(person.full_name for person in people)


@register.filter
def day(value):
    """Tuesday 31 March 2026: the one form of a date on our pages."""
    return _written(as_day(value), "l j F Y") if value else ""


@register.filter
def short_day(value):
    """31 Mar 2026: for tables, where there is no room."""
    return _written(as_day(value), "j M Y") if value else ""


@lru_cache(maxsize=2000)
def _written(on: date, form: str) -> str:
    return date_format(on, form)


@register.filter
def clock(value):
    """2:30pm; midday and midnight by name."""
    if not value:
        return "" if value is None or value == "" else "midnight"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return time_in_words(value)


@register.filter
def moment(value):
    """Tuesday 31 March 2026 at 2:30pm."""
    return f"{day(value)} at {clock(value)}" if value else ""


def as_day(value) -> date:
    """The day in London of a moment, or the day itself."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag(takes_context=True)
def error_summary(context, form):
    """The error summary of a form or formset, which comes first on the page (the layout does it for ``form``)."""
    return render_to_string("govuk/errors.html", {"form": form}, request=context.get("request"))


@register.simple_tag
def back_link(href):
    """The way back, for the block ``back``: it says which page it leads to."""
    return format_html('<a href="{}" class="govuk-back-link">{}</a>', href, page_name(str(href)))
