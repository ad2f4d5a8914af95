"""Released copies that are read after signing in: hidden once they hold what is withheld from their reader now."""

from datetime import timedelta

from django.utils import timezone

from cpc.core.accounts.permissions import system
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState
from families.protections.queries.entries import families_with_new_entries
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import BEING_CORRECTED, why_not_shown

_SHOWN = (OutgoingState.SENT, OutgoingState.OPENED)
# Long enough for jobs that did not run over a weekend. Every opening of a copy checks it by itself.
_DAYS = 4


def hide_unsafe_copies(*, on) -> int:
    """Check the shown copies of each family with a new protection, or somebody who must not learn something or meet
    somebody. Returns how many are hidden: to look at each is a duty of the conference’s administrator (``held_back``).
    """
    shown = Copy.objects.filter(
        record__conference__family__in=families_with_new_entries(on - timedelta(days=_DAYS)),
        document__state=DocumentState.RELEASED,
        document__outgoing__channel=Channel.PORTAL,
        document__outgoing__state__in=_SHOWN,
    )
    found = shown.select_related("document", "invitation", "record__conference").order_by("pk").distinct()
    return sum(hide_if_unsafe(copy=one) for one in found)


def hide_if_unsafe(*, copy: Copy) -> bool:
    """Hide the copy if it must not be shown as it is. Whether it was hidden now."""
    online = copy.document.outgoing.filter(channel=Channel.PORTAL, state__in=_SHOWN)
    shown = list(online)
    why = why_not_shown(copy) if shown else ""
    if not why or why in BEING_CORRECTED:
        return False
    for one in shown:
        documents.stop_showing(system(on=timezone.localdate()), outgoing=one, reason=why)
    return True
