"""What a first page says when email or background jobs have stopped."""

from django import template

from cpc.core.accounts.permissions import Permission, Viewer
from cpc.running.queries import notices

register = template.Library()


@register.inclusion_tag("running/notices.html")
def service_notices(viewer: Viewer):
    """One warning, or nothing when all is well."""
    return {"notices": notices(viewer), "may_act": viewer.can(Permission.RUN_SERVICE)}
