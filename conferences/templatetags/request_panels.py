"""What other apps' pages show of enquiries and requests."""

from django import template

from conferences.queries.request import conferences_of_family, enquiries_of
from cpc.core.accounts.permissions import Permission

register = template.Library()


@register.inclusion_tag("conferences/request_panel_family.html")
def family_work(viewer, family, has_children=True):
    """The family's enquiries and conferences, and what comes next; for a page whose viewer may see the family."""
    return {
        "family": family,
        "has_children": has_children,
        "enquiries": enquiries_of(family),
        "conferences": list(conferences_of_family(viewer, family)),
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, family),
        "may_ask": viewer.may(Permission.REQUEST_CONFERENCE, family),
    }
