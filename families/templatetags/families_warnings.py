"""What workers must know first, at the top of every page it matters to, for those who may read it."""

from django import template

from cpc.core.accounts.permissions import Permission
from families.queries.standing import warnings_of

register = template.Library()
LONGEST = 120


@register.inclusion_tag("families/warnings_banner.html")
def warnings_banner(family, viewer):
    """The live warnings of the family and who must not meet, shortened; nothing for whoever may not read them."""
    if viewer is None or not viewer.may(Permission.READ_PROTECTIONS, family):
        return {"entries": []}
    return {"entries": warnings_of(family), "family": family, "longest": LONGEST}
