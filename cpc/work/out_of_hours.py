"""What somebody on duty at night may know of a child: plan, category, lead worker, warnings. Nothing else.

A restricted family is not found, unless it was opened in an emergency: that a child is known must not be told either.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from conferences.plans.choices import PlanState
from conferences.plans.models import ChildInNeedPlan, ProtectionPlan
from families.choices import Part
from families.models import Family, Membership, Person, WarningMarker
from families.permissions import not_barred
from families.queries.same_person import everyone_who_are, kept_records


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
    viewer. A fixed number of queries."""
    wanted = _numbered(number) if number.strip() else _named(first_name.strip(), last_name.strip(), born_on)
    people = kept_records(Person.objects.filter(wanted).order_by("pk").distinct()[:20])
    records = everyone_who_are([person.pk for person in people])
    of = {pk: person for person in people for pk in records[person.pk]}
    families = Family.objects.filter(not_barred(viewer)).order_by().values("pk")
    rows = Membership.objects.filter(person__in=of, part=Part.CHILD, family__in=families)
    found = {}
    for row in rows.select_related("family__team__manager", "family__social_worker").order_by("pk"):
        found.setdefault((of[row.person_id].pk, row.family_id), Known(of[row.person_id], row.family))
    return _with_facts(list(found.values()), of)


def _with_facts(found, of) -> list[Known]:
    families = {one.family.pk for one in found}
    plans = ProtectionPlan.objects.filter(child__in=of, family__in=families).select_related("lead_social_worker")
    needs = ChildInNeedPlan.objects.filter(child__in=of, family__in=families, ended_on__isnull=True)
    warned = WarningMarker.objects.filter(family__in=families, ended_on__isnull=True).select_related("person")
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


def _named(first_name, last_name, born_on) -> Q:
    name = Q(first_name__iexact=first_name, last_name__iexact=last_name)
    known_as = Q(known_as__iexact=first_name, last_name__iexact=last_name)
    other = Q(other_names__first_name__iexact=first_name, other_names__last_name__iexact=last_name)
    return Q(born_on=born_on) & (name | known_as | other)


def _numbered(number) -> Q:
    number = number.strip()
    plain = "".join(number.split()).replace("-", "")
    return Q(case_system_id=number) | Q(upn=plain.upper()) | Q(nhs_number=plain)
