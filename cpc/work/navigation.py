"""The links at the top of each page, by what the viewer may do."""

from functools import cache

from django.urls import reverse_lazy

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import Viewer
from cpc.core.web.navigation import Link

# (permission, label, address, what counts as being there)
LINKS = (
    (P.READ_WORK, "My work", reverse_lazy("work:home"), ""),
    (P.READ_FAMILY, "Families", reverse_lazy("families:list"), "/families/"),
    (P.SEARCH_OUT_OF_HOURS, "Find a child", reverse_lazy("work:out_of_hours"), ""),
    (P.READ_CONFERENCE, "Conferences", reverse_lazy("work:conferences"), "/conferences/"),
    (P.READ_OUTBOX, "Post and email", reverse_lazy("documents:outbox"), "/documents/"),
    (P.READ_PERFORMANCE, "Performance", reverse_lazy("work:performance"), ""),
    (P.READ_TIMESCALES, "Timescales", reverse_lazy("policy:timescales"), "/timescales/"),
    (P.IMPORT_RECORDS, "Import records", reverse_lazy("imports:list"), "/imports/"),
    (P.MANAGE_ACCOUNTS, "Accounts", reverse_lazy("accounts:users"), "/people/"),
    (P.RUN_SERVICE, "Email and jobs", reverse_lazy("running:service"), "/service/"),
)

# On the first page: who may see what.
ACCESS = (
    (P.OPEN_IN_EMERGENCY, "Open a record in an emergency", reverse_lazy("families:emergency")),
    (P.REVIEW_EMERGENCY, "Records opened in an emergency", reverse_lazy("families:emergencies")),
    (P.RESTRICT_FAMILY, "Restricted families", reverse_lazy("families:restricted")),
    (P.NAME_COVER, "Absence and cover", reverse_lazy("families:away")),
    (P.ARRANGE_COVER, "Duty and cover for a team", reverse_lazy("families:covers")),
    (P.HAND_OVER, "Hand over someone’s work", reverse_lazy("accounts:hand_overs")),
    (P.MANAGE_CONFLICTS, "Conflicts of interest", reverse_lazy("families:conflicts")),
    (P.READ_DATA_INCIDENTS, "Data protection incidents", reverse_lazy("documents:incidents")),
    (P.DECLARE_CONFLICT, "Declare that you know a family", reverse_lazy("families:declare_conflict")),
)


@cache
def _links() -> tuple[tuple[P, Link], ...]:
    return tuple((permission, Link(label, str(url), under)) for permission, label, url, under in LINKS)


def links_for(viewer: Viewer):
    """The links that this viewer can follow."""
    links = [link for permission, link in _links() if viewer.can(permission)]
    if viewer.holds(Role.PROFESSIONAL):
        links.append(Link("Records and letters for me", str(reverse_lazy("reports:mine"))))
    return links


def access_links(viewer: Viewer):
    """What this viewer can do about who sees what."""
    return [Link(label, str(url)) for permission, label, url in ACCESS if viewer.can(permission)]
