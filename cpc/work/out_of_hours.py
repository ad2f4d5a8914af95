"""What somebody on duty at night may know of a child: plan, category, lead worker, warnings. Nothing else.

A restricted family is not found, unless it was opened in an emergency: that a child is known must not be told either.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from conferences.plans.choices import PlanState
from conferences.plans.models import ChildInNeedPlan, ProtectionPlan
from families.choices import Part
from families.models import Family, Membership, Person, PersonName, WarningMarker
from families.permissions import not_barred
from families.queries.same_person import by_record, kept_records
from families.queries.shut import as_open_families_wrote

MOST = 20


@dataclass
class Known:
    """One child in one family, as far as the night may know."""

    child: Person
    family: Family
    plan: ProtectionPlan | None = None
    ended: ProtectionPlan | None = None
    in_need: ChildInNeedPlan | None = None
    warnings: list[WarningMarker] = field(default_factory=list)

    @property
    def lead_worker(self):
        """Whoever leads the plan, or else holds the case."""
        return (self.plan and self.plan.lead_social_worker) or self.family.social_worker


def find(viewer, *, first_name="", last_name="", born_on=None, number="") -> list[Known]:
    """The children of exactly this name and date of birth, or of this number, in families that nothing bars from the
    viewer: by any name of any record of theirs, and under the name of the one that was kept. A fixed number of queries.
    """
    wanted = _numbered(number) if number.strip() else Q(born_on=born_on)
    of = _open_records(viewer, by_record(kept_records(Person.objects.filter(wanted).order_by("pk"))))
    if number.strip():  # a number that only a closed family wrote finds nobody
        meant = Person.objects.filter(wanted, pk__in=of)
        found = {of[pk] for pk in meant.values_list("pk", flat=True)}
    else:
        found = _called(viewer, of, first_name, last_name)
    of = {record: person for record, person in of.items() if person in found}
    people = Person.objects.in_bulk(found)
    families = Family.objects.filter(not_barred(viewer)).order_by().values("pk")
    rows = Membership.objects.filter(person__in=of, part=Part.CHILD, family__in=families)
    places = {}
    for row in rows.select_related("family__team__manager", "family__social_worker").order_by("pk"):
        person = people[of[row.person_id]]
        places.setdefault((person.pk, row.family_id), Known(person, row.family))
    return _with_facts(list(places.values())[:MOST], {record: people[pk] for record, pk in of.items()})


def _open_records(viewer, of) -> dict[int, int]:
    """Those of the records (ids, each with the one that was kept) that stand in a family that nothing bars."""
    families = Family.objects.filter(not_barred(viewer)).order_by().values("pk")
    rows = Membership.objects.filter(person__in=of, family__in=families)
    return {record: of[record] for record in rows.values_list("person", flat=True)}


def _called(viewer, of, first_name, last_name) -> set[int]:
    """The people (ids of kept records) one of whose first names and one of whose last names these are."""
    firsts, lasts = defaultdict(set), defaultdict(set)
    others = as_open_families_wrote(viewer, PersonName.objects.filter(person__in=of))
    for record, row in [*((one.pk, one) for one in Person.objects.filter(pk__in=of)),
                        *((one.person_id, one) for one in others)]:  # fmt: skip
        firsts[of[record]] |= {_plain(row.first_name), _plain(getattr(row, "known_as", ""))}
        lasts[of[record]].add(_plain(row.last_name))
    asked = (_plain(first_name), _plain(last_name))
    return {pk for pk in firsts if all(asked) and asked[0] in firsts[pk] and asked[1] in lasts[pk]}


def _plain(name) -> str:
    return " ".join(name.split()).casefold()


def _with_facts(found, of) -> list[Known]:
    families = {one.family.pk for one in found}
    plans = ProtectionPlan.objects.filter(child__in=of, family__in=families).select_related("lead_social_worker")
    needs = ChildInNeedPlan.objects.filter(child__in=of, family__in=families, ended_on__isnull=True)
    warned = WarningMarker.objects.live().filter(family__in=families).select_related("person")
    by_place = {(one.child.pk, one.family.pk): one for one in found}
    for plan in plans.order_by("started_on", "pk"):
        one = by_place[(of[plan.child_id].pk, plan.family_id)]
        if plan.state == PlanState.OPEN:
            one.plan = plan
        else:
            one.ended = plan
    for need in needs.order_by("started_on", "pk"):
        by_place[(of[need.child_id].pk, need.family_id)].in_need = need
    for warning in warned.order_by("kind", "pk"):
        for one in found:
            if one.family.pk == warning.family_id:
                one.warnings.append(warning)
    return found


def _numbered(number) -> Q:
    number = number.strip()
    plain = "".join(number.split()).replace("-", "")
    return Q(case_system_id=number) | Q(upn=plain.upper()) | Q(nhs_number=plain)
