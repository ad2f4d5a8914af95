"""What falls due about who may not know what: a manager’s agreement, another look. A few queries in all."""

from django.db.models import F, Q
from django.urls import reverse

from cpc.core.kernel.duties import Asked, Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due
from families.cases.models import Family
from families.people.models import MustNotLearn, MustNotMeet, Protection, WarningMarker
from families.protections.queries.entries import MUST_NOT_LEARN, MUST_NOT_MEET, PROTECTION, WARNING

# How each sort of entry leads to the families that everybody it is about belongs to.
FAMILY = {
    Protection: ({}, "person__memberships__family"),
    MustNotLearn: ({"reader__memberships__family": F("about__memberships__family")}, "about__memberships__family"),
    MustNotMeet: ({"one__memberships__family": F("other__memberships__family")}, "other__memberships__family"),
    WarningMarker: ({}, "family"),
}
# What an entry of each sort is called, and where it is on the page of the family.
CALLED = {
    Protection: ("a protected address, phone or email", PROTECTION),
    MustNotLearn: ("what somebody must not learn", MUST_NOT_LEARN),
    MustNotMeet: ("who must not meet", MUST_NOT_MEET),
    WarningMarker: ("a warning", WARNING),
}


@one_kind
def duties(asked: Asked | None = None) -> list[Duty]:
    """What waits for somebody about who may not know what, in no order: all, or that of the families asked for."""
    entries = [(model, row) for model in FAMILY for row in _once_a_home(_live(model, asked))]
    families = Family.objects.select_related("team").in_bulk({row["of_family"] for _, row in entries})
    return [duty for model, row in entries for duty in _of(model, row, families[row["of_family"]])]


def _live(model, asked):
    same, path = FAMILY[model]
    found = model.objects.live().filter(**same).annotate(of_family=F(path))
    if asked:
        theirs = Q(social_worker__in=asked.whose) | Q(team__manager__in=asked.whose)
        found = found.filter(of_family__in=Family.objects.filter(theirs).order_by().values("pk"))
    fields = ["pk", "of_family", "agreed_by", "recorded_on", "review_on"]
    fields += ["address__house_key"] if model is Protection else []
    return list(found.filter(of_family__isnull=False).order_by("pk", "of_family").values(*fields).distinct())


def _once_a_home(rows) -> list[dict]:
    """The protections of everybody at one address are looked at, and agreed to, at once."""
    found = {}
    for row in rows:
        house = row.get("address__house_key") or row["pk"]
        waits = (row["of_family"], house, row["agreed_by"] is None, row["recorded_on"], row["review_on"])
        found.setdefault(waits, row)
    return list(found.values())


def _of(model, row, family):
    manager, worker = ids(family.team.manager_id), ids(family.social_worker_id)
    called, place = CALLED[model]
    path = f"{reverse('families:protections', args=[family.pk])}#{place}"
    told = {"id": row["pk"], "path": path, "family_id": family.pk, "harm": Harm.SAFETY}
    if row["agreed_by"] is None:
        yield Duty(
            kind=f"agree_{model._meta.model_name}", due_on=due("protection_agreed", row["recorded_on"]).on,
            says=f"Agree to {called}: {family}", owners=manager, rule="protection_agreed", **told,
        )  # fmt: skip
    elif row["review_on"]:
        yield Duty(
            kind=f"review_{model._meta.model_name}", due_on=row["review_on"],
            says=f"Review {called}: {family}", owners=worker, then=manager,
            rule="protection_review", **told,
        )  # fmt: skip
