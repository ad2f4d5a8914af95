"""Which family was the last to write a fact. Used only when a family is restricted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from cpc.core.audit.models import Event
from cpc.core.audit.queries import acts_that_made
from families.cases.models import Family
from families.people.models import Membership, Person
from families.people.queries.merged_records import records_of_each
from families.people.rules.short_names import ADDITIONS

OF_A_FAMILY = Family._meta.label_lower
# A death is told to every circle, so it is nobody's alone.
NO_FACTS = ("id", "version", "merged_into_id", "identity_id", "search_index", "died_on", *ADDITIONS)
FACTS = tuple(field.attname for field in Person._meta.concrete_fields if field.attname not in NO_FACTS)


@dataclass(frozen=True)
class Written:
    """Whether one family or others wrote the versions of rows.

    ``own``: records of this family only; ``since``: when the person of each record was added to this family.
    """

    family: int
    own: frozenset[int]
    since: dict[int, datetime]

    def by_others(self, rows, whose) -> dict[int, object]:
        """For each of the rows (of one model, by id): the latest version that another family wrote, or None.

        A version written in no family (an import) counts as the others' if it is older than the person's membership of
        this family and the record is not this family's only. The last argument is the field with the id of the record.
        """
        versions = _versions(rows)
        acts = _acts({one.pgh_context_id for each in versions.values() for one in each})
        found = {}
        for row in rows:
            record, latest_first = getattr(row, whose), reversed(versions[row.pk])
            found[row.pk] = next((one for one in latest_first if self._is_others(acts, one, record)), None)
        return found

    def facts_of_others(self, records) -> dict[int, dict]:
        """For each of the Persons, the personal facts that other families know.

        They are the facts at the time the person was added to another family, with later changes by other families.
        """
        same = {pk: sorted(ids) for pk, ids in records_of_each(records).items()}
        everyone = {pk for ids in same.values() for pk in ids}
        others = list(Membership.objects.filter(person__in=everyone).exclude(family=self.family))
        began = acts_that_made(Membership, [one.pk for one in others])
        versions = _versions([Person(pk=pk) for pk in everyone])
        acts = _acts({*began.values(), *(one.pgh_context_id for each in versions.values() for one in each)})
        joined = defaultdict(list)
        for one in others:
            joined[one.person_id].append(acts.get(began.get(one.pk), (None, None))[1])
        found = {}
        for record in records:
            first = next((pk for pk in (record.pk, *same[record.pk]) if pk in joined), record.pk)
            since = min((at for at in joined[first] if at), default=None)
            facts = self._since(None, versions[first], since, acts, first)
            if first != record.pk:
                facts = self._since(facts, versions[record.pk], None, acts, record.pk)
            found[record.pk] = facts or {}
        return found

    def _is_others(self, acts, version, record) -> bool:
        family, at = acts.get(version.pgh_context_id, (None, None))
        if family is not None:
            return family != self.family
        return record not in self.own and at is not None and (record not in self.since or at < self.since[record])

    def _since(self, facts, versions, joined, acts, record) -> dict | None:
        before = None
        for version in versions:
            said = {name: getattr(version, name) for name in FACTS}
            _, at = acts.get(version.pgh_context_id, (None, None))
            if facts is None or (joined and at and at <= joined):
                facts = said
            elif before is not None and self._is_others(acts, version, record):
                facts = facts | {name: value for name, value in said.items() if value != before[name]}
            before = said
        return facts


def written(family, records) -> Written:
    """Reads who wrote these records (ids), for a family that is being restricted."""
    rows = Membership.objects.filter(person__in=records)
    others = set(rows.exclude(family=family.pk).values_list("person", flat=True))
    ours = dict(rows.filter(family=family.pk).values_list("person", "pk"))
    began = acts_that_made(Membership, ours.values())
    acts = _acts(began.values())
    same = records_of_each(records)
    since = {pk: acts[began[part]][1] for one, part in ours.items() if began.get(part) in acts for pk in same[one]}
    return Written(family.pk, frozenset(set(ours) - others), since)


def _versions(rows) -> dict[int, list]:
    """Every version of each of the rows (of one model), the oldest first."""
    found = defaultdict(list)
    if rows:
        model = type(rows[0])
        history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        for version in history.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).order_by("pgh_id"):
            found[version.pgh_obj_id].append(version)
    return found


def _acts(ids) -> dict:
    """By its id, the family (id) about which each act was, where it was about one, and when."""
    rows = Event.objects.filter(pk__in=ids).values_list("pk", "about_kind", "about_id", "at")
    return {pk: (about if kind == OF_A_FAMILY else None, at) for pk, kind, about, at in rows}
