"""One entry of who may not know what, with what the viewer may do about it."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from families.protections.queries.entries import MUST_NOT_LEARN, MUST_NOT_MEET, PROTECTION, WARNING

register = template.Library()
ADD = {
    PROTECTION: "Protect an address, phone or email", MUST_NOT_LEARN: "Record information to withhold",
    MUST_NOT_MEET: "Add two people who must not meet", WARNING: "Add a warning",
}  # fmt: skip


@register.inclusion_tag("families/standing_entry.html")
def standing_entry(entry, family, may_record, may_agree, on):
    """The entry as a sentence, where it comes from, who agreed, when it is looked at again, and what may be done."""
    record = entry.record
    alone = [("Change", "change"), ("End", "end")] if may_record else []
    acts = [("Agree", "agree")] if may_agree and not record.agreed_by_id else []
    acts += [("Record a review", "look_again")] if may_record and record.agreed_by_id else []
    acts += [] if entry.others else alone
    stand = entry.everyone if entry.others and alone else ()
    return {
        "entry": entry,
        "record": record,
        "overdue": record.review_on is not None and record.review_on <= on,
        "untold": entry.sort == PROTECTION and not record.told_on,
        "words": record.words.splitlines() if entry.sort == MUST_NOT_LEARN else [],
        "links": _links(acts, entry, family),
        "each": [(one, _links(alone, one, family)) for one in stand],
    }


def _links(acts, entry, family):
    names = [(label, f"families:{act}_{entry.sort}") for label, act in acts]
    return [(label, reverse(name, args=[family.pk, entry.record.pk])) for label, name in names]


@register.simple_tag
def add_link(sort, family):
    """The link to record another entry of this sort."""
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse(f"families:add_{sort}", args=[family.pk]), ADD[sort]
    )
