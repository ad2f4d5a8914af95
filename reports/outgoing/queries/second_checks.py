"""Which copies of one conference a second person must check, and why. Nothing here writes.

Docs: docs/decisions/0040-which-copies-a-second-person-checks.md.
"""

from functools import cached_property

from django.utils import timezone

from conferences.convening.queries.list_checks import protection_entries
from conferences.disclosure.choices import InviteeKind
from conferences.separation.queries.presences import presences_of
from conferences.separation.queries.withheld import protect_presences
from cpc.core.documents.check import release_check
from cpc.core.documents.examination import words_of_letter
from cpc.core.documents.protected import Protected
from families.people.models import MustNotMeet
from reports.outgoing.queries.facts import SUPPORTS


class SecondCheckRule:
    """The rule for all copies of one conference: its family’s entries are read once."""

    def __init__(self, conference):
        self.entries = protection_entries(conference.family)

    def why(self, copy) -> str:
        """Why a second person must check this copy; empty if nobody need.

        Where the only entries are of people who must not meet, a professional’s copy is checked only if it holds a time
        or place of somebody who is protected. Every copy for the family, and for somebody who comes with one of them
        (a supporter, a solicitor), is checked: they tell each other.
        """
        entries, reader = self.entries, copy.invitation
        others = entries.protections or entries.must_not_learn
        if others or not entries.must_not_meet or reader.kind == InviteeKind.FAMILY or reader.role in SUPPORTS:
            return entries.why
        return entries.why if self._holds_a_protected_time(copy) else ""

    def _holds_a_protected_time(self, copy) -> bool:
        if not copy.document_id or copy.document.is_file:
            return True
        return bool(self._protected_times) and bool(
            release_check(words_of_letter(copy.document), self._protected_times)
        )

    @cached_property
    def _protected_times(self) -> list[Protected]:
        rows = MustNotMeet.objects.filter(pk__in=self.entries.must_not_meet)
        protected = {pk for row in rows for pk in row.protected_people}
        return protect_presences(presences_of(protected, timezone.now()), [])


def why_second_check(copy) -> str:
    """Why a second person must check this copy; empty if nobody need."""
    return SecondCheckRule(copy.conference).why(copy)
