"""Released copies that hold what is withheld from their reader now: hidden, or held back if they have not gone."""

import functools
import logging
import time
from datetime import timedelta

from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, system
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import SHOWN_ONLINE, Channel, DocumentState, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.policy.queries import rules_read_once
from families.protections.queries.entries import families_with_new_entries
from reports.incoming.queries.requested import invited_people
from reports.outgoing.models import Copy
from reports.outgoing.queries.checking import BEING_CORRECTED, why_not_shown
from reports.outgoing.queries.copies import withholding_rules_for_readers

log = logging.getLogger(__name__)
# Long enough for jobs that did not run over a weekend. Every opening of a copy checks it by itself.
_DAYS = 4
# Seconds. A copy takes a tenth of one, and the worker has other things to do.
_LONGEST = 10
_CHECKED_UP_TO = "released-copies-checked-up-to"
_KEPT_SECONDS = 24 * 3600  # much longer than it takes until the next run, also where the worker is busy


def hide_unsafe_copies(*, on) -> int:
    """Check the released copies of each family with a new protection, or somebody who must not learn something or meet
    somebody: hide those that are read after signing in, and hold back those that wait for the print room. Returns how
    many. To look at each is a duty of the conference’s administrator (``held_back``). What is withheld is read once for
    each conference.
    """
    families = families_with_new_entries(on - timedelta(days=_DAYS))
    waiting = Outgoing.objects.filter(
        Q(document__copy__record__conference__family__in=families)
        | Q(document__file_copy__file__conference__family__in=families),
        state=OutgoingState.QUEUED,
    )
    held = sum(_by_itself(_hold_if_unsafe, one) for one in waiting.select_related("document").order_by("pk"))
    shown = Copy.objects.filter(
        record__conference__family__in=families,
        document__state=DocumentState.RELEASED,
        document__outgoing__channel=Channel.PORTAL,
        document__outgoing__state__in=SHOWN_ONLINE,
    )
    found = shown.select_related("document", "invitation", "record__conference").order_by("pk").distinct()

    @functools.cache
    def rules_for(conference):
        return withholding_rules_for_readers(conference, invited_people(conference))

    def hide(copy) -> bool:
        return hide_if_unsafe(copy=copy, rules=rules_for(copy.record.conference))

    with rules_read_once():
        return held + sum(_by_itself(hide, one) for one in _for_this_run(found))


def _for_this_run(found):
    """Copies until ``_LONGEST`` seconds have passed, at least one. The next run begins after the last of them, and the
    one after it at the beginning again. A copy is also checked when somebody opens it.
    """
    began, last = time.monotonic(), 0
    for one in found.filter(pk__gt=cache.get(_CHECKED_UP_TO, 0)):
        if last and time.monotonic() - began >= _LONGEST:
            cache.set(_CHECKED_UP_TO, last, _KEPT_SECONDS)
            return
        yield one
        last = one.pk
    cache.delete(_CHECKED_UP_TO)


def _by_itself(check, one) -> bool:
    """Check one of many. What cannot be checked keeps no other from being hidden, and its reader cannot open it: that
    checks it too.
    """
    try:
        return check(one)
    except (OperationalError, InterfaceError):
        raise  # the database is away, for all of them
    except Exception:
        log.exception("%s %s could not be checked", one._meta.object_name, one.pk)
        return False


def _hold_if_unsafe(outgoing: Outgoing) -> bool:
    why = why_held(outgoing)
    if why:
        by = system(on=timezone.localdate())
        documents.hold_back(by, outgoing=outgoing, reason=why, permission=Permission.RUN_JOBS)
    return bool(why)


def hide_if_unsafe(*, copy: Copy, rules=None) -> bool:
    """Hide the copy if it must not be shown as it is. Returns whether it was hidden now. ``rules`` is the result of
    ``withholding_rules_for_readers``, if it was already read.
    """
    shown = list(copy.document.outgoing.filter(channel=Channel.PORTAL, state__in=SHOWN_ONLINE))
    why = why_not_shown(copy, rules) if shown else ""
    if not why or why in BEING_CORRECTED:
        return False
    for one in shown:
        documents.stop_showing(system(on=timezone.localdate()), outgoing=one, reason=why)
    return True
