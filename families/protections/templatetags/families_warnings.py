"""What the layout of every page says of the families that the page is about: in its title, and what workers must know
first.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cpc.core.accounts.permissions import Permission
from families.protections.queries.warnings import families_about, warnings_for

register = template.Library()


@register.simple_block_tag(takes_context=True)
def page_title(context, content):
    """The title that the page gives itself. A page about one family has its name too, so that two tabs can be told
    apart.
    """
    title, families = mark_safe(" ".join(content.split())), _families(context)
    if len(families) != 1 or families[0].name in title:
        return title
    return format_html("{}{} {}", title, "" if title.endswith("?") else ":", families[0])


@register.inclusion_tag("families/warnings_banner.html", takes_context=True)
def warnings_banner(context):
    """The live warnings and must-not-meet pairs of the families that the page is about.

    ``web.guards.is_about`` says which. Viewers without the permission see nothing.
    """
    viewer, request = context.get("viewer"), context.get("request")
    return {
        "warned": warnings_for(viewer, _families(context)) if viewer is not None else [],
        "here": request.path if request else "",
        "may_open": viewer is not None and viewer.can(Permission.READ_PROTECTIONS),
    }


def _families(context):
    """The families that the page is about, read once for each page."""
    viewer = context.get("viewer")
    if viewer is None:
        return []
    if "families_about" not in context.render_context:
        context.render_context["families_about"] = families_about(viewer, viewer.found)
    return context.render_context["families_about"]
