"""The list of things to do, wherever it is shown."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from cpc.core.accounts.permissions import Viewer
from cpc.core.policy.queries import calendar
from cpc.core.web.distance import how_far
from cpc.core.web.templatetags.components import as_day
from cpc.work.case_strip import strip_of_conference, strip_of_enquiry, strip_of_family

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


@register.simple_tag(takes_context=True)
def far(context, moment, soon=3):
    """How far a day or moment is that is shown beside it: "in 3 working days", "today". For what happens, not for what
    is due.
    """
    today, on = as_day(context.get("today") or timezone.localdate()), as_day(moment)
    if on == today:
        return format_html('<strong class="cpc-due__far">{}</strong>', "today")
    words, tone = how_far(on, today, None, soon, calendar())
    words = words.removeprefix("due ") if on > today else words.replace(" late", " ago")
    return format_html('<span class="cpc-due cpc-due--{}"><span class="cpc-due__far">{}</span></span>', tone, words)


@register.inclusion_tag("work/case_strip.html", takes_context=True)
def case_strip(context, viewer: Viewer, conference=None, enquiry=None, family=None):
    """How far a case has come: of a conference, an enquiry or a family."""
    if conference is not None:
        stages = strip_of_conference(viewer, conference)
    elif enquiry is not None:
        stages = strip_of_enquiry(viewer, enquiry)
    else:
        stages = strip_of_family(viewer, family)
    return {"stages": stages, "here": context["request"].path if "request" in context else ""}
