"""What falls due about the people of a family: to ask about a baby who was expected."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cpc.core.kernel.duties import Asked, Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due
from families.people.choices import Part
from families.people.models import Membership


@one_kind
def duties(asked: Asked | None = None) -> list[Duty]:
    """One for each unborn child from the expected day on: for the social worker, then the team manager. One query."""
    on = asked.on if asked else timezone.localdate()
    found = Membership.objects.filter(
        part=Part.CHILD, person__born_on=None, person__expected_on__lte=on, person__died_on=None,
        person__merged_into=None,
    )  # fmt: skip
    if asked:
        found = found.filter(Q(family__social_worker__in=asked.whose) | Q(family__team__manager__in=asked.whose))
    rows = found.select_related("person", "family__team").defer("family__search_index").order_by("pk")
    return [
        Duty(
            kind="ask_about_birth",
            harm=Harm.SAFETY,
            id=row.person_id,
            due_on=due("birth_asked_about", row.person.expected_on).on,
            says=f"Find out whether the expected baby has been born, and record the birth: {row.family}",
            path=reverse("families:birth", args=[row.family_id, row.person_id]),
            family_id=row.family_id,
            owners=ids(row.family.social_worker_id) or ids(row.family.team.manager_id),
            then=ids(row.family.team.manager_id),
            rule="birth_asked_about",
        )
        for row in rows
    ]
