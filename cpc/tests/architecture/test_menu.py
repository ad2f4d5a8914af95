"""Wherever somebody is, the menu shows in which part of the service that is."""

from datetime import date

import pytest

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer
from cpc.core.web.guards import ANYBODY
from cpc.tests.architecture.addresses import addresses
from cpc.work.navigation import links_for

# Pages of nobody's work: they lie in no part of the service.
NOWHERE = {"web", "work:about_conferences"}
# Reached from a task on My work by those who have no other part of the service that they lie in.
FROM_A_TASK = {
    "work:second_checks", "work:opened_without_agreement", "work:set_up", "accounts:hand_over", "accounts:check",
    "conferences:invitation",
}  # fmt: skip


def pages_of(viewer: Viewer):
    """The addresses of ours that a viewer in this role is let in to."""
    for address in addresses():
        allowed = getattr(address.view, "guarded_by", ANYBODY)
        if not address.is_ours or allowed == ANYBODY or NOWHERE & {address.name, address.name.partition(":")[0]}:
            continue
        if not allowed or any(viewer.can(permission) for permission in allowed):
            yield address


@pytest.mark.parametrize("role", Role)
def test_the_menu_shows_where_one_is_on_every_page_that_the_role_may_open(role):
    viewer = Viewer(1, "Sam Example", frozenset({role}), date(2026, 11, 20))
    menu, found = links_for(viewer), list(pages_of(viewer))
    assert len(found) > 7, "too few pages: this looks in the wrong place"
    nowhere = {one.name for one in found if not any(link.nearness(one.path) > 1 for link in menu)}
    assert nowhere <= FROM_A_TASK
    two = [
        one.name
        for one in found
        if [link.nearness(one.path) for link in menu].count(max(link.nearness(one.path) for link in menu)) > 1
    ]
    assert two == []


def test_an_enquiry_is_with_the_family_and_a_record_with_the_conference():
    viewer = Viewer(1, "Sam Example", frozenset({Role.SOCIAL_WORKER}), date(2026, 11, 20))

    def where(path):
        return max(links_for(viewer), key=lambda link: link.nearness(path)).label

    assert (
        where("/conferences/enquiries/4/") == where("/plans/families/4/") == where("/families/4/trail/") == "Families"
    )
    assert where("/reports/conference/4/record/") == where("/plans/conferences/4/close/") == "Conferences"
    assert where("/families/conflicts/") == where("/second-checks/") == "My work"
