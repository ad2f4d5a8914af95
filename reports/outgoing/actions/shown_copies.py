"""Released copies that hold what is withheld from their reader now: hidden, or held back if they have not gone."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, system
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import SHOWN_ONLINE, Channel, DocumentState, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import why_held
from families.protections.queries.entries import families_with_new_entries
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import BEING_CORRECTED, why_not_shown

# Long enough for jobs that did not run over a weekend. Every opening of a copy checks it by itself.
_DAYS = 4


def hide_unsafe_copies(*, on) -> int:
    """Check the released copies of each family with a new protection, or somebody who must not learn something or meet
    somebody: hide those that are read after signing in, and hold back those that wait for the print room. Returns how
    many. To look at each is a duty of the conference’s administrator (``held_back``).
    """
    families = families_with_new_entries(on - timedelta(days=_DAYS))
    waiting = Outgoing.objects.filter(
        Q(document__copy__record__conference__family__in=families)
        | Q(document__file_copy__file__conference__family__in=families),
        state=OutgoingState.QUEUED,
    )
    held = 0
    for one in waiting.select_related("document").order_by("pk"):
        if why := why_held(one):
            documents.hold_back(system(on=on), outgoing=one, reason=why, permission=Permission.RUN_JOBS)
            held += 1
    shown = Copy.objects.filter(
        record__conference__family__in=families,
        document__state=DocumentState.RELEASED,
        document__outgoing__channel=Channel.PORTAL,
        document__outgoing__state__in=SHOWN_ONLINE,
    )
    found = shown.select_related("document", "invitation", "record__conference").order_by("pk").distinct()
    return held + sum(hide_if_unsafe(copy=one) for one in found)


def hide_if_unsafe(*, copy: Copy) -> bool:
    """Hide the copy if it must not be shown as it is. Returns whether it was hidden now."""
    shown = list(copy.document.outgoing.filter(channel=Channel.PORTAL, state__in=SHOWN_ONLINE))
    why = why_not_shown(copy) if shown else ""
    if not why or why in BEING_CORRECTED:
        return False
    for one in shown:
        documents.stop_showing(system(on=timezone.localdate()), outgoing=one, reason=why)
    return True
