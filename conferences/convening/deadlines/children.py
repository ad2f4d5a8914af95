"""Children who came into a family after its conference was requested: somebody says if the conference is about them."""

from django.urls import reverse
from django.utils import timezone

from conferences.convening.deadlines.names import named, of_team
from conferences.convening.queries.children_to_consider import not_considered
from cpc.core.kernel.duties import Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind


@one_kind
def children_to_consider(asked=None):
    """For the family's social worker, then the team manager, today."""
    for conference, row in not_considered(of=of_team(asked.whose) if asked else None):
        family = conference.family
        worker, manager = ids(family.social_worker_id), ids(family.team.manager_id)
        yield Duty(
            kind="consider_child",
            harm=Harm.SAFETY,
            id=row.pk,
            due_on=timezone.localdate(),
            **named("Say if a child who was added since is part of", conference),
            path=reverse("conferences:consider_child", args=[conference.pk, row.person_id]),
            family_id=conference.family_id,
            owners=worker or manager,
            then=manager,
        )
