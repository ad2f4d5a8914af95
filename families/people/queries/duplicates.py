"""Records that may be one person's: looked for before a new one is made, and afterwards by those who may see both."""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cpc.core.accounts.permissions import Viewer, seen_by
from families.people.choices import Part
from families.people.models import Membership, Person, PersonName, PossibleDuplicate
from families.people.queries.identity import linked_records_of_person
from families.people.queries.search import PersonFound, findable, has_words, hits_of
from families.people.queries.spellings import spellings_of
from families.people.rules import search as rules
from families.people.rules.people import plain_nhs_number, plain_upn

MOST_ROWS, MOST = 200, 10
AROUND = timedelta(days=60)


def likely_duplicates(viewer: Viewer, **details) -> list[PersonFound]:
    """People the viewer may see who may be the person about to be recorded, likeliest first.

    ``details`` are as for ``add_person``: first_name, last_name, known_as, born_on, expected_on, nhs_number, upn.
    """
    about = _about(**details)
    rows = _candidates(about)
    if rows is None:
        return []
    found = _alike(about, rows.filter(findable(viewer))[:MOST_ROWS])
    return hits_of(viewer, found, rules.asked_of(about["names"], about["born_on"]))[:MOST]


def records_like(person) -> list[Person]:
    """Every record that may be the same person, visible to the viewer or not. For actions: no page shows it.

    Two children of one family are two if one of them is not born yet: their worker was asked as the second was added.
    """
    about = _about(
        person.first_name, person.last_name, person.known_as, person.born_on, person.expected_on, person.nhs_number,
        person.upn,
    )  # fmt: skip
    rows = _candidates(about)
    if rows is None:
        return []
    me = person.merged_into_id or person.pk
    rows = rows.exclude(pk__in=linked_records_of_person(me))
    families = Membership.objects.filter(person=person).order_by().values("family")
    siblings = Membership.objects.filter(family__in=families, part=Part.CHILD).order_by().values("person")
    unborn = {} if person.is_unborn else {"born_on": None, "expected_on__isnull": False}
    return _alike(about, rows.exclude(pk__in=siblings, **unborn)[:MOST_ROWS])


def possible_duplicates(viewer: Viewer):
    """The pairs that may be one person's, not yet looked at, that the viewer may see both of; the latest first."""
    found = seen_by(viewer, PossibleDuplicate).filter(settled_at__isnull=True)
    found = found.annotate(is_one=Coalesce("one__merged_into", "one"), is_other=Coalesce("other__merged_into", "other"))
    found = found.exclude(is_one=F("is_other"))
    return found.select_related("one", "other").order_by("-noticed_on", "-id")


def why_alike(pairs) -> dict[int, str]:
    """For each of these pairs why they may be one person’s, in words, by the details of the records now; empty where
    they are not alike any more. One query.
    """
    people = {one.pk: one for pair in pairs for one in (pair.one, pair.other)}
    others: dict[int, list[PersonName]] = {}
    for name in PersonName.objects.filter(person__in=people):
        others.setdefault(name.person_id, []).append(name)
    said = {pk: _as_details(one, others.get(pk, ())) for pk, one in people.items()}
    return {pair.pk: rules.why_likely(said[pair.one_id], said[pair.other_id]) for pair in pairs}


def _about(
    first_name="", last_name="", known_as="", born_on=None, expected_on=None, nhs_number="", upn="", **_
) -> dict:
    firsts = [name for name in (first_name, known_as) if _is_said(name)]
    names = [*firsts, *([last_name] if _is_said(last_name) else [])]
    return {
        "firsts": firsts, "lasts": [last_name] if _is_said(last_name) else [], "names": names, "born_on": born_on,
        "expected_on": expected_on, "nhs_number": plain_nhs_number(nhs_number), "upn": plain_upn(upn),
    }  # fmt: skip


def _is_said(name) -> bool:
    return name.strip().casefold() not in ("", "not known", "unknown", "unborn", "baby")


def _candidates(about):
    """The records that an index finds for these details; None where there is nothing to look for."""
    meant = Q(pk__in=[])
    if about["nhs_number"]:
        meant |= Q(nhs_number=about["nhs_number"])
    if about["upn"]:
        meant |= Q(upn=about["upn"])
    names, firsts, lasts = _words_like(about["names"], about["firsts"], about["lasts"])
    if names and about["born_on"]:
        meant |= has_words(names) & Q(born_on__in=rules.days_near(about["born_on"]))
    if lasts and (day := about["born_on"] or about["expected_on"]):
        around = (day - AROUND, day + AROUND)
        meant |= has_words(lasts) & Q(expected_on__range=around)
        if about["expected_on"]:
            meant |= has_words(lasts) & Q(born_on__range=around)
    if firsts and lasts:
        both = has_words(firsts) & has_words(lasts)
        meant |= both & Q(born_on=None) if about["born_on"] else both
    if meant == Q(pk__in=[]):
        return None
    return Person.objects.filter(meant).order_by("-pk").defer("search_index")


def _words_like(*groups) -> list[str]:
    """For each group of names the tsquery of the words that are like theirs; empty where it has none. One query."""
    groups = [[word for name in names for word in rules.words_of(name)] for names in groups]
    spellings = spellings_of({word for words in groups for word in words})
    return [
        " | ".join(rules.word_asked(word, spellings.get(word, ()), begins=False).query for word in words)
        for words in groups
    ]


def _alike(about, rows) -> list[Person]:
    """Those that are like it, by all their names."""
    rows = list(rows)
    others: dict[int, list[PersonName]] = {}
    for name in PersonName.objects.filter(person__in=[row.pk for row in rows]):
        others.setdefault(name.person_id, []).append(name)
    return [row for row in rows if rules.is_likely_duplicate(about, _as_details(row, others.get(row.pk, ())))]


def _as_details(row, others) -> dict:
    firsts = [name for name in (row.first_name, row.known_as, *(other.first_name for other in others)) if name]
    lasts = [name for name in (row.last_name, *(other.last_name for other in others)) if name]
    return {
        "firsts": firsts, "names": [*firsts, *lasts], "born_on": row.born_on, "expected_on": row.expected_on,
        "nhs_number": row.nhs_number, "upn": row.upn,
    }  # fmt: skip
