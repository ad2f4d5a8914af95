"""What falls due about who may not know what: a manager’s agreement, another look. A few queries in all."""

from django.db.models import F
from django.urls import reverse

from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.queries import due
from families.models import Family, MustNotLearn, MustNotMeet, Protection, WarningMarker

# How each sort of entry leads to the families of which everybody it is about is one.
FAMILY = {
    Protection: ({}, "person__memberships__family"),
    MustNotLearn: ({"reader__memberships__family": F("about__memberships__family")}, "about__memberships__family"),
    MustNotMeet: ({"one__memberships__family": F("other__memberships__family")}, "other__memberships__family"),
    WarningMarker: ({}, "family"),
}


def duties() -> list[Duty]:
    """Everything about who may not know what that waits for somebody, in no order."""
    entries = [(model, row) for model in FAMILY for row in _live(model)]
    families = Family.objects.select_related("team").in_bulk({row["of_family"] for _, row in entries})
    return [duty for model, row in entries for duty in _of(model, row, families[row["of_family"]])]


def _live(model):
    same, path = FAMILY[model]
    found = model.objects.filter(ended_on__isnull=True, **same).annotate(of_family=F(path))
    fields = ("pk", "of_family", "agreed_by", "recorded_on", "review_on")
    return found.filter(of_family__isnull=False).order_by("pk", "of_family").values(*fields).distinct()


def _of(model, row, family):
    manager, worker = ids(family.team.manager_id), ids(family.social_worker_id)
    told = {
        "id": row["pk"], "path": reverse("families:protections", args=[family.pk]), "family_id": family.pk,
    }  # fmt: skip
    if row["agreed_by"] is None:
        yield Duty(
            kind=f"agree_{model._meta.model_name}", due_on=due("protection_agreed", row["recorded_on"]).on,
            says=f"Agree to who may not know what: {family}", owners=manager, rule="protection_agreed", **told,
        )  # fmt: skip
    if row["review_on"]:
        yield Duty(
            kind=f"review_{model._meta.model_name}", due_on=row["review_on"],
            says=f"Look again at who may not know what: {family}", owners=worker, then=manager,
            rule="protection_review", **told,
        )  # fmt: skip
