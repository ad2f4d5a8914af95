"""The list of things to do, wherever it is shown."""

from django import template
from django.utils import timezone

register = template.Library()


@register.inclusion_tag("work/duty_list.html", takes_context=True)
def duty_list(context, duties, family="", task=""):
    """One line a duty: what, where it is done, by when. Under the name of a ``family`` no line repeats the name, and
    under a ``task`` none repeats the task.
    """
    rows = [(duty, duty.says.removesuffix(f": {family}").removeprefix(f"{task}: ")) for duty in duties]
    return {"rows": rows, "family": family, "task": task, "today": context.get("today") or timezone.localdate()}


@register.inclusion_tag("work/family_work_list.html", takes_context=True)
def family_work_list(context, family):
    """What is to be done for one family, under its name."""
    return {"family": family, "today": context.get("today")}
