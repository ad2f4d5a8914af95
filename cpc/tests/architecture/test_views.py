"""Every view of ours says who may open it; the few that anybody may open are this list."""

from cpc.core.web.guards import ANYBODY
from cpc.tests.architecture.addresses import Address, addresses

OPEN_TO_ANYBODY = {
    "/about-conferences/": "what a conference is, in general: families and professionals read it before they come",
    "/session/left/": "says that the session has ended, to somebody whose session has ended",
    "/conferences/diary/a.ics": "a chair's diary without names, for who has its secret address",
    "/account/signup/": "kept shut: nobody makes an account for themselves",
    "/account/email/": "kept shut: an administrator changes an address",
    "/account/confirm-email/": "kept shut: the same",
}


def unguarded(found):
    return sorted(address.path for address in found if address.is_ours and not hasattr(address.view, "guarded_by"))


def test_every_view_is_guarded():
    found = [address for address in addresses() if address.is_ours]
    assert len(found) > 10, "too few addresses were found: this test looks in the wrong place"
    assert unguarded(found) == []


def test_the_views_open_to_anybody_are_these_and_no_others():
    opened = {a.path for a in addresses() if a.is_ours and getattr(a.view, "guarded_by", None) == ANYBODY}
    assert opened == set(OPEN_TO_ANYBODY)


def test_a_view_without_a_guard_is_named():
    def bare(request):
        """No guard."""

    bare.__module__ = "families.views"
    assert unguarded([Address("/bare/", "families:bare", bare)]) == ["/bare/"]
