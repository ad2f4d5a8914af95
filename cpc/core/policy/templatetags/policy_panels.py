"""What other apps' pages show of the rules: a due date with its working."""

from django import template

register = template.Library()


@register.inclusion_tag("policy/due_working.html")
def due_working(due, summary="How this date is worked out", open=False):
    """The working of a due date (a ``Due``), folded away under ``summary`` until it is wanted."""
    return {"due": due, "summary": summary, "open": open}
