"""Coming meetings at which two people are expected who must not meet: what changed after they were told to come."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from conferences.separation import rules
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import gap, presences_of
from conferences.separation.rules import Presence
from families.people.models import Membership, MustNotMeet
from families.people.queries.identity import all_linked_records
from families.protections.queries.entries import families_that_withhold


def expected_together(families) -> list[tuple[Presence, Presence]]:
    """Each two people of these families (ids) who must be kept separate, were told to come, and would meet: at one
    meeting, or at two in one building. Also with somebody of another family. What two people decided is not left out.

    One query where nobody of them must be kept separate from anybody, as a rule; otherwise a fixed number.
    """
    families = families_that_withhold(families)
    if not families:
        return []
    people = all_linked_records(Membership.objects.filter(family__in=families).values_list("person", flat=True))
    rows = MustNotMeet.objects.live().filter(Q(one__in=people) | Q(other__in=people))
    people |= {pk for pair in rows.values_list("one", "other") for pk in pair}
    there = defaultdict(list)
    for one in presences_of(people, timezone.now() - gap()):
        if one.told or one.event[0] != "conference":  # a list that is not sent yet is refused when it is
            there[one.person].append(one)
    least = gap()
    return [
        (a, b)
        for pair in pairs_to_separate(list(there))
        for a in there[pair.one]
        for b in there[pair.other]
        if rules.meet(a, b, least)
    ]
