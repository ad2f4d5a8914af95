"""The list of things to do, wherever it is shown."""

from django import template

register = template.Library()


@register.inclusion_tag("work/duty_list.html", takes_context=True)
def duty_list(context, duties):
    """One line a duty: what, where it is done, by when."""
    return {"duties": duties, "today": context.get("today")}
