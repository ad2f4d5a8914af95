"""When and where a protected person will be, as something that the other person must not learn.

The letters leave it out. This is the net below them: what the release check looks for in what somebody typed.
"""

from collections import defaultdict

from django.utils import timezone

from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import clock, presences_of_each
from conferences.separation.rules import Pair, Presence
from cpc.core.documents.letterhead import lines_of_address
from cpc.core.documents.protected import Kind, Protected, own_name
from cpc.core.policy.queries import words


def presences_withheld(readers, people, pairs=None) -> tuple[dict, dict]:
    """For each of ``readers`` (ids) what is coming: the presences of those among ``people`` (ids) who are protected
    from them, and their own.

    A fixed number of queries. ``pairs`` are the pairs among all of them to keep separate, where they were read already.
    """
    everyone = {*readers, *people}
    if pairs is None:
        pairs = pairs_to_separate(everyone) if everyone else []
    protected = {pk for pair in pairs for pk in pair.protected}
    asked = {*readers, *protected}
    coming = presences_of_each(asked, timezone.now()) if asked else []
    withheld, own = defaultdict(list), defaultdict(list)
    for reader in readers:
        against = {pair.protects_from(reader) for pair in pairs}
        withheld[reader] = [one for one in coming if one.person in against]
        own[reader] = [one for one in coming if one.person == reader]
    return withheld, own


def people_protected_from(reader: int, pairs: list[Pair]) -> frozenset[int]:
    """The people that this reader must not learn the times and places of."""
    return frozenset(found for pair in pairs if (found := pair.protects_from(reader)) is not None)


def protect_presences(withheld: list[Presence], own: list[Presence], named=()) -> list[Protected]:
    """What the release check looks for: the day and hour of each presence stop, its day or place alone is asked about.

    What the reader's own presences tell them is not withheld: they know the day on which they come themselves. Nor is
    the council's own address, which is at the head of every letter. ``named`` are places that the reader's copy may
    name for another reason, such as a school.
    """
    known_days = {timezone.localdate(one.starts_at) for one in own if one.starts_at}
    printed = lines_of_address(words("contact_address")) + lines_of_address(words("return_address"))
    known = [line.strip() for one in own for line in one.where] + [*named, *printed]
    known_places = {place.casefold() for place in known}
    own_moments = {one.starts_at for one in own}
    found = []
    for one in withheld:
        if one.starts_at is None:
            continue
        whose = f"when {one.name} has a meeting"
        day = timezone.localdate(one.starts_at)
        if one.starts_at not in own_moments:
            found += [Protected(Kind.FACT, said, whose) for said in _moments(day, clock(one.starts_at))]
            found.append(Protected(Kind.DAY, f"{day:%A} at {clock(one.starts_at)}", whose))
        if day not in known_days:
            found += [Protected(Kind.DAY, said, whose) for said in (f"{day:%-d %B}", f"{day:%B} {day:%-d}")]
        places = [place for line in one.where if (place := line.strip()) and place.casefold() not in known_places]
        places += [f"the {own}" for place in places if (own := own_name(place))]
        found += [Protected(Kind.PLACE, place, f"where {one.name} has a meeting") for place in places]
    return list(dict.fromkeys(found))


def _moments(day, hour) -> list[str]:
    """The day and hour as people write them together."""
    dates = (f"{day:%-d %B %Y}", f"{day:%-d %B}", f"{day:%d/%m/%Y}", f"{day:%-d/%-m/%Y}", f"{day:%d/%m}")
    return [said for one in dates for said in (f"{one} at {hour}", f"{one} {hour}", f"{hour} on {one}")] + [
        f"{hour} on {day:%A} {day:%-d %B}"
    ]
