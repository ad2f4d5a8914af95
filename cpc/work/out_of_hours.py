"""What somebody on duty at night may know of a child: plan, category, lead worker, warnings. Nothing else.

A restricted family is not found, unless it was opened in an emergency: that a child is known must not be told either.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from conferences.plans.choices import PlanState
from conferences.plans.models import ChildInNeedPlan, ProtectionPlan
from cpc.core.accounts.permissions import Viewer
from cpc.core.documents.folding import words
from families.access.queries.access import opened_now
from families.cases.models import Family
from families.cases.permissions import not_restricted_or_conflicted
from families.people.choices import Part
from families.people.models import Membership, Person, PersonName, WarningMarker
from families.people.queries.merged_records import by_record, kept_records
from families.people.queries.spellings import spellings_of
from families.people.rules.search import word_asked, words_of

MOST = 20


@dataclass
class ChildFound:
    """One child in one family, as far as the night may know."""

    child: Person
    family: Family
    plan: ProtectionPlan | None = None
    ended: ProtectionPlan | None = None
    in_need: ChildInNeedPlan | None = None
    warnings: list[WarningMarker] = field(default_factory=list)

    @property
    def lead_worker(self):
        """The lead social worker of the plan (of a child in need plan where there is no protection plan), or else the
        social worker of the family, or the manager of its team: the first who has an open account.
        """
        plan = self.plan or self.in_need
        leads = plan.lead_social_worker if plan else None
        could = (leads, self.family.social_worker, self.family.team.manager)
        return next((worker for worker in could if worker and worker.is_active), None)


def find(viewer: Viewer, *, first_name="", last_name="", born_on=None, number="") -> list[ChildFound]:
    """The children of this name and exactly this date of birth, or of this number, in families that nothing bars from
    the viewer: by any name of any record of theirs, and under the name of the one that was kept. A fixed number of
    queries.
    """
    wanted = _numbered(number) if number.strip() else Q(born_on=born_on)
    of = _open_records(viewer, by_record(kept_records(Person.objects.filter(wanted).order_by("pk"))))
    if number.strip():
        meant = Person.objects.filter(wanted, pk__in=of)
        found = {of[pk] for pk in meant.values_list("pk", flat=True)}
    else:
        found = _called(of, first_name, last_name)
    of = {record: person for record, person in of.items() if person in found}
    families = Family.objects.filter(not_restricted_or_conflicted(viewer)).order_by().values("pk")
    return _in_families(of, families)


def opened_without_agreement(viewer: Viewer) -> list[ChildFound]:
    """The children of each family that an emergency opened to the viewer only as far as warnings and plans."""
    families = [one.family_id for one in opened_now(viewer) if one.only_warnings]
    children = Membership.objects.filter(family__in=families, part=Part.CHILD).values_list("person", flat=True)
    return _in_families(by_record(kept_records(Person.objects.filter(pk__in=children))), families)


def _in_families(of, families) -> list[ChildFound]:
    """Each child among the records (ids, each with the one that was kept) in each of these families, at most MOST."""
    people = Person.objects.in_bulk(set(of.values()))
    rows = Membership.objects.filter(person__in=of, part=Part.CHILD, family__in=families)
    places = {}
    for row in rows.select_related("family__team__manager", "family__social_worker").order_by("pk"):
        person = people[of[row.person_id]]
        places.setdefault((person.pk, row.family_id), ChildFound(person, row.family))
    return _with_facts(list(places.values())[:MOST], {record: people[pk] for record, pk in of.items()})


def _open_records(viewer: Viewer, of) -> dict[int, int]:
    """Those of the records (ids, each with the one that was kept) that are in a family that nothing bars."""
    families = Family.objects.filter(not_restricted_or_conflicted(viewer)).order_by().values("pk")
    rows = Membership.objects.filter(person__in=of, family__in=families)
    return {record: of[record] for record in rows.values_list("person", flat=True)}


def _called(of, first_name, last_name) -> set[int]:
    """The people (ids of kept records) who have this first name and this last name among their names.

    As forgiving as search: a pet name, one letter wrong, or a name that sounds the same. One query beside those.
    """
    firsts, lasts = defaultdict(set), defaultdict(set)
    others = PersonName.objects.filter(person__in=of)
    for record, row in [*((one.pk, one) for one in Person.objects.filter(pk__in=of)),
                        *((one.person_id, one) for one in others)]:  # fmt: skip
        firsts[of[record]] |= {*words_of(row.first_name), *words_of(getattr(row, "known_as", ""))}
        lasts[of[record]] |= {*words_of(row.last_name)}
    typed = [word.fold for name in (first_name, last_name) for word in words(name)]
    near = spellings_of(typed)
    asked = [[word_asked(word.fold, near.get(word.fold, ()), begins=False) for word in words(name)]
             for name in (first_name, last_name)]  # fmt: skip
    if not all(asked):
        return set()
    return {
        pk
        for pk in firsts
        if all(word.is_met_by(names[pk]) for names, group in zip((firsts, lasts), asked, strict=True) for word in group)
    }


def _with_facts(found, of) -> list[ChildFound]:
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
    for need in needs.select_related("lead_social_worker").order_by("started_on", "pk"):
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
