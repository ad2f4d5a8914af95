"""Panels of enquiries and requests for the pages of other apps."""

from django import template

from conferences.convening.queries.enquiries import discussions_of, enquiries_of, without_an_enquiry
from conferences.convening.queries.request import conferences_of_family
from cpc.core.accounts.permissions import Permission, Viewer

register = template.Library()


@register.inclusion_tag("conferences/request_panel_family.html")
def family_work(viewer: Viewer, family, has_children=True):
    """The family's enquiries and conferences, and the next step. The viewer must be allowed to see the family."""
    discussions = discussions_of(family)
    return {
        "family": family,
        "has_discussions": bool(discussions),
        "discussions": without_an_enquiry(discussions),
        "has_children": has_children,
        "enquiries": enquiries_of(family),
        "conferences": list(conferences_of_family(viewer, family)),
        "today": viewer.on,
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, family),
        "may_ask": viewer.may(Permission.REQUEST_CONFERENCE, family),
    }
