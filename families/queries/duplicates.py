"""Records that may be one person's: looked for before a new one is made, and afterwards by those who may see both."""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cpc.core.accounts.permissions import seen_by
from families.models import Person, PersonName, PossibleDuplicate
from families.queries.search import Hit, findable, hits_of
from families.queries.shut import as_open_families_wrote
from families.queries.shut_people import people_shown
from families.rules import plain_nhs_number, plain_upn
from families.rules import search as rules

MOST_ROWS, MOST = 200, 10
AROUND = timedelta(days=60)


def likely_duplicates(viewer, **details) -> list[Hit]:
    """The people whom the viewer may see and who may be the one that is about to be recorded, likeliest first.

    ``details`` are as for ``add_person``: first_name, last_name, known_as, born_on, expected_on, nhs_number, upn.
    """
    about = _about(**details)
    rows = _candidates(about)
    if rows is None:
        return []
    found = _alike(about, rows.filter(findable(viewer))[:MOST_ROWS], viewer)
    return hits_of(viewer, found, rules.asked_of(about["names"], about["born_on"]))[:MOST]


def records_like(person) -> list[Person]:
    """Every record, whoever may see it, that may be this person's. For the actions: no page shows it."""
    about = _about(
        person.first_name, person.last_name, person.known_as, person.born_on, person.expected_on, person.nhs_number,
        person.upn,
    )  # fmt: skip
    rows = _candidates(about)
    if rows is None:
        return []
    me = person.merged_into_id or person.pk
    return _alike(about, rows.exclude(pk=person.pk).exclude(pk=me).exclude(merged_into=me)[:MOST_ROWS])


def possible_duplicates(viewer):
    """The pairs that may be one person's, not yet looked at, that the viewer may see both of; the latest first."""
    found = seen_by(viewer, PossibleDuplicate).filter(settled_at__isnull=True)
    found = found.annotate(is_one=Coalesce("one__merged_into", "one"), is_other=Coalesce("other__merged_into", "other"))
    found = found.exclude(is_one=F("is_other"))
    return found.select_related("one", "other").order_by("-noticed_on", "-id")


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
    marks = rules.marks_to_find(about["names"])
    firsts, lasts = rules.marks_to_find(about["firsts"]), rules.marks_to_find(about["lasts"])
    if marks and about["born_on"]:
        meant |= Q(found_by__overlap=marks, born_on__in=rules.days_near(about["born_on"]))
    if lasts and (day := about["born_on"] or about["expected_on"]):
        around = (day - AROUND, day + AROUND)
        meant |= Q(found_by__overlap=lasts, expected_on__range=around)
        if about["expected_on"]:
            meant |= Q(found_by__overlap=lasts, born_on__range=around)
    if firsts and lasts:
        both = Q(found_by__overlap=firsts) & Q(found_by__overlap=lasts)
        meant |= both & Q(born_on=None) if about["born_on"] else both
    if meant == Q(pk__in=[]):
        return None
    return Person.objects.filter(meant).order_by("-pk").defer("found_by")


def _alike(about, rows, viewer=None) -> list[Person]:
    """Those that are like it, by the names that the viewer is shown; without a viewer, by all."""
    rows = list(rows) if viewer is None else people_shown(viewer, rows)
    others: dict[int, list[PersonName]] = {}
    names = PersonName.objects.filter(person__in=[row.pk for row in rows])
    for name in as_open_families_wrote(viewer, names) if viewer is not None else names:
        others.setdefault(name.person_id, []).append(name)
    return [row for row in rows if rules.is_likely_duplicate(about, _as_details(row, others.get(row.pk, ())))]


def _as_details(row, others) -> dict:
    firsts = [name for name in (row.first_name, row.known_as, *(other.first_name for other in others)) if name]
    lasts = [name for name in (row.last_name, *(other.last_name for other in others)) if name]
    return {
        "firsts": firsts, "names": [*firsts, *lasts], "born_on": row.born_on, "expected_on": row.expected_on,
        "nhs_number": row.nhs_number, "upn": row.upn,
    }  # fmt: skip
