"""Deadlines of what the family needs to take part: support, advocates, and who comes with a parent."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from conferences.convening.choices import CompanionState
from conferences.convening.choices import ConferenceState as S
from conferences.convening.deadlines.names import named, of_administrator, of_team, with_names
from conferences.convening.models import Companion, Conference, Support
from conferences.convening.queries.acting import acting_id
from conferences.convening.queries.clock import notice_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Duty, ids, may_concern
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due


@one_kind
def support_to_arrange(administrators, service, asked=None):
    """Booked conferences to which somebody needs support that is not arranged, or an advocate that they accepted: for
    the administrators.
    """
    if not may_concern(asked, administrators | service):
        return
    needed = Support.objects.to_arrange().filter(conference=OuterRef("pk"))
    found = with_names(Conference.objects.filter(Exists(needed), state=S.BOOKED))
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    for conference in found:
        yield Duty(
            kind="arrange_support",
            id=conference.pk,
            due_on=due("support_arranged", conference.held_on).on,
            **named("Arrange what the family needs to take part in", conference),
            path=f"{reverse('conferences:invitations', args=[conference.pk])}#support",
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule="support_arranged",
        )


@one_kind
def advocates_to_offer(asked=None):
    """Booked conferences to which somebody has still to be offered an advocate, or to answer: for the social worker,
    before the invitations go, then the team manager. One query.
    """
    to_offer = Support.objects.to_offer().filter(conference=OuterRef("pk"))
    found = Conference.objects.filter(Exists(to_offer), state=S.BOOKED)
    if asked:
        found = found.filter(of_team(asked.whose))
    more = ("family__social_worker", "family__team__manager")
    for conference in with_names(found.select_related("family__team"), *more):
        notice = notice_key(conference.is_review)
        yield Duty(
            kind="offer_advocate",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            **named("Offer an advocate, or record the answer, for", conference),
            path=f"{reverse('conferences:taking_part', args=[conference.pk])}#advocates",
            family_id=conference.family_id,
            owners=ids(conference.family.social_worker_id),
            then=ids(conference.family.team.manager_id),
            rule=notice,
        )


@one_kind
def companions_to_decide(asked=None):
    """Booked conferences to which somebody was named to come with a parent, and the chair has not decided: for the
    chair. One query.
    """
    named_to = Companion.objects.filter(conference=OuterRef("pk"), state=CompanionState.NAMED)
    found = with_names(Conference.objects.filter(Exists(named_to), state=S.BOOKED)).annotate(acting_id=acting_id())
    if asked:
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    able = ids_holding(Role.CHAIR)
    for conference in found:
        if not conference.acting_id and conference.chair_id not in able:
            continue  # the service manager names somebody first
        yield Duty(
            kind="decide_companion",
            id=conference.pk,
            due_on=due("supporter_notice", conference.held_on).on,
            **named("Decide who may come with a parent to", conference),
            path=reverse("conferences:taking_part", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
            rule="supporter_notice",
        )
