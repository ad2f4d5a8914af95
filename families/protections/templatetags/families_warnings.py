"""What workers must know first, at the top of every page it matters to, for those who may read it."""

from django import template

from cpc.core.accounts.permissions import Permission
from families.protections.queries.warnings import warnings_for

register = template.Library()


@register.inclusion_tag("families/warnings_banner.html", takes_context=True)
def warnings_banner(context):
    """The live warnings and must-not-meet pairs of the families that the page is about.

    ``web.guards.is_about`` says which. Viewers without the permission see nothing. Used in the layout of every page.
    """
    viewer, request = context.get("viewer"), context.get("request")
    return {
        "warned": warnings_for(viewer, viewer.found) if viewer is not None else [],
        "here": request.path if request else "",
        "may_open": viewer is not None and viewer.can(Permission.READ_PROTECTIONS),
    }
