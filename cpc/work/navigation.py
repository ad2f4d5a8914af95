"""The links at the top of each page, by what the viewer may do, and what pages are called in links back to them."""

from functools import cache

from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import Viewer
from cpc.core.web.navigation import Link

# What the menu's entries have below them, besides their own page. My work also has what lies nowhere else: "/".
OF_MY_WORK = (
    "/", "/families/emergency/", "/families/restricted/", "/families/access/", "/families/away/", "/families/cover/",
    "/families/conflicts/", "/people/hand-over/", "/documents/incidents/", "/conferences/chairs/",
    "/imports/set-aside/",
)  # fmt: skip
OF_FAMILIES = (
    "/families/", "/plans/", "/conferences/family/", "/conferences/enquiries/", "/conferences/strategy-discussions/",
    "/conferences/date-changes/", "/conferences/safety-plans/", "/conferences/group-meetings/",
)  # fmt: skip
OF_CONFERENCES = (
    "/conferences/", "/reports/", "/plans/conferences/", "/plans/actions/", "/people/agencies/", "/imports/agencies/",
    "/conferences/chairs/posts/", "/documents/",
)  # fmt: skip
OF_THEIR_LETTERS = ("/reports/copy/",)
OF_POST = ("/documents/outbox/", "/documents/print-room/", "/documents/sent/", "/reports/leaving/")
# (permission, label, the name of its view, what the addresses below it begin with)
LINKS = (
    (P.READ_WORK, "My work", "work:home", OF_MY_WORK),
    (P.READ_FAMILY, "Families", "families:list", OF_FAMILIES),
    (P.SEARCH_OUT_OF_HOURS, "Find a child", "work:out_of_hours", ()),
    (P.READ_CONFERENCE, "Conferences", "work:conferences", OF_CONFERENCES),
    (P.READ_OUTBOX, "Post and email", "documents:outbox", OF_POST),
    (P.READ_PERFORMANCE, "Performance", "work:performance", ("/equality/", "/reports/quality/")),
    (P.READ_TIMESCALES, "Timescales", "policy:timescales", ("/timescales/", "/documents/letterhead/")),
    (P.IMPORT_RECORDS, "Import records", "imports:list", ("/imports/",)),
    (P.MANAGE_ACCOUNTS, "Accounts", "accounts:users", ("/people/",)),
    (P.RUN_SERVICE, "Email and jobs", "running:service", ("/service/",)),
)

# (permission, label, the name of its view): on the first page, who may see what.
ACCESS = (
    (P.OPEN_IN_EMERGENCY, "Open a record in an emergency", "families:emergency"),
    (P.REVIEW_EMERGENCY, "Records opened in an emergency", "families:emergencies"),
    (P.RESTRICT_FAMILY, "Restricted families", "families:restricted"),
    (P.NAME_COVER, "Absence and cover", "families:away"),
    (P.ARRANGE_COVER, "Duty and cover for a team", "families:covers"),
    (P.HAND_OVER, "Hand over someone’s work", "accounts:hand_overs"),
    (P.MANAGE_CONFLICTS, "Conflicts of interest", "families:conflicts"),
    (P.READ_DATA_INCIDENTS, "Data protection incidents", "documents:incidents"),
    (P.DECLARE_CONFLICT, "Declare that you know a family", "families:declare_conflict"),
)

# What a page is called in a link back to it: as in the menu or on the first page, and these.
PAGE_NAMES = {view: label for _, label, view, *_ in (*LINKS, *ACCESS)} | {
    "account_login": "Sign in",
    "mfa_index": "Your account",
    "accounts:agencies": "Agencies",
    "accounts:agency": "The agency",
    "accounts:hand_over": "Hand over",
    "accounts:teams": "Teams",
    "accounts:user": "The account",
    "conferences:chairs_to_agree": "Chairs to approve",
    "conferences:check_invitations": "Check the people to invite",
    "conferences:conference": "The conference",
    "conferences:discussion": "The strategy discussion",
    "conferences:enquiry": "The enquiry",
    "conferences:exclusions": "Exclusions",
    "conferences:group_meetings": "Family group decision-making",
    "conferences:invitation": "The invitation",
    "conferences:invitations": "People to invite",
    "conferences:meet": "The live page",
    "conferences:meet_attendance": "Attendance",
    "conferences:meet_child": "Views",
    "conferences:meet_decide": "The decision",
    "conferences:must_not_meet": "People who must not meet",
    "conferences:posts": "Chairs",
    "conferences:request": "The request",
    "conferences:rooms": "Rooms",
    "conferences:safety_plan": "The interim safety plan",
    "conferences:taking_part": "Who takes part",
    "documents:outgoing": "The message",
    "documents:print_room": "Print room",
    "documents:what_was_sent": "What was sent",
    "families:access": "Who may see this family",
    "families:contact": "Contact details",
    "families:duplicates": "Possible duplicates",
    "families:family": "The family",
    "families:households": "Homes",
    "families:loss": "Record a loss",
    "families:person": "The person",
    "families:protections": "Confidential information",
    "families:search": "Search",
    "plans:family": "The plan",
    "plans:outline": "Outline plan",
    "policy:bank_holidays": "Bank holidays",
    "policy:local_limits": "Local limits",
    "policy:words": "Words in letters",
    "reports:check_copies": "Check copies",
    "reports:copies": "Copies and letters",
    "reports:copy": "The copy",
    "reports:corrections": "Corrections",
    "reports:family_pack": "The reading pack",
    "reports:file": "The file",
    "reports:for_reader": "The file for this reader",
    "reports:mine": "Records and letters for you",
    "reports:packs": "Reading packs",
    "reports:record": "The record",
    "reports:report": "The report",
    "reports:write": "The report",
    "work:diary": "Diary",
    "work:readiness": "Is everything ready?",
}


@cache
def _links() -> tuple[tuple[P, Link], ...]:
    return tuple((permission, Link(label, reverse(view), under)) for permission, label, view, under in LINKS)


def links_for(viewer: Viewer):
    """The links that this viewer can follow."""
    links = [link for permission, link in _links() if viewer.can(permission)]
    if viewer.holds(Role.PROFESSIONAL):
        links.append(Link("Records and letters for me", reverse("reports:mine"), OF_THEIR_LETTERS))
    return links


def access_links(viewer: Viewer):
    """What this viewer can do about who sees what."""
    return [Link(label, reverse(view)) for permission, label, view in ACCESS if viewer.can(permission)]


def page_name(view: str) -> str:
    """What the page with this name of its view is called in a link back to it; "" if it has none."""
    return PAGE_NAMES.get(view, "")
