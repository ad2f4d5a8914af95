"""What falls due on the way to a conference. Each function is one query, whatever the number of conferences.

``administrators`` and ``service`` are the ids of those who hold these roles, asked for once.
"""

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.urls import reverse

from conferences.choices import ConferenceState as S
from conferences.models import ChairApproval, Conference, Dispute, Enquiry, Invitation, InvitationEvent
from conferences.queries.convene import limit_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.audit.models import Event
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.queries import due
from families.queries.standing import where_something_is_kept


def duties(whose=None, on=None) -> list[Duty]:
    """Everything about enquiries and conferences that is still to be done, in no order; of ``whose`` (ids) alone, and
    little else, where they are given (on that day)."""
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    return [
        *outcomes(whose),
        *to_agree(service, whose),
        *disputes(service),
        *to_book(administrators, service, whose),
        *chairs_to_agree(service),
        *to_invite(administrators, service, whose),
        *lists_to_check(whose),
        *to_hold(service, whose, on),
    ]


def _of_team(whose, family="family") -> Q:
    """Of a family whose social worker or whose team’s manager is among ``whose``."""
    return Q(**{f"{family}__social_worker__in": whose}) | Q(**{f"{family}__team__manager__in": whose})


def _page(conference_id: int) -> str:
    return reverse("conferences:conference", args=[conference_id])


def _named(verb: str, conference) -> str:
    return f"{verb}: {conference.family}, {conference.get_kind_display().lower()}"


def outcomes(whose=None):
    """Enquiries without an outcome: their social worker, then the team manager."""
    found = (
        Enquiry.objects.filter(outcome="")
        .select_related("strategy_discussion", "family__team")
        .defer("family__found_by")
    )
    if whose is not None:
        found = found.filter(_of_team(whose))
    for enquiry in found:
        # The enquiry has no limit of its own: it must be known in time for a conference on the last of the 15 days.
        yield Duty(
            kind="enquiry_outcome",
            id=enquiry.pk,
            due_on=due("icpc", enquiry.strategy_discussion.held_on).on,
            says=f"Record the outcome of the section 47 enquiry: {enquiry.family}",
            path=reverse("conferences:record_outcome", args=[enquiry.pk]),
            family_id=enquiry.family_id,
            owners=ids(enquiry.family.social_worker_id),
            then=ids(enquiry.family.team.manager_id),
            rule="icpc",
        )


def to_agree(service, whose=None):
    """Conferences asked for: the manager of the team."""
    found = Conference.objects.filter(state=S.REQUESTED).select_related("family__team").defer("family__found_by")
    if whose is not None and not service & whose:
        found = found.filter(_of_team(whose))
    for conference in found:
        yield Duty(
            kind="agree_conference",
            id=conference.pk,
            due_on=conference.due_on,
            says=_named("Agree or decline the request", conference),
            path=reverse("conferences:answer_request", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.team.manager_id),
            then=service,
            rule=limit_key(conference),
        )


def disputes(service):
    """Decisions not to hold a conference that somebody disputes: the manager of the team."""
    found = Dispute.objects.filter(answered_at__isnull=True).select_related("conference__family__team")
    for dispute in found:
        conference = dispute.conference
        yield Duty(
            kind="answer_dispute",
            id=dispute.pk,
            due_on=conference.due_on,
            says=f"Answer the dispute about not holding a conference: {conference.family}",
            path=reverse("conferences:answer_dispute", args=[dispute.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.team.manager_id),
            then=service,
        )


def to_book(administrators, service, whose=None):
    """Conferences agreed and not booked: the administrators; a review's last chair and the social worker as well."""
    found = (
        Conference.objects.filter(state=S.AGREED).select_related("family__team", "previous").defer("family__found_by")
    )
    if whose is not None and not (administrators | service) & whose:
        found = found.filter(Q(previous__chair__in=whose) | Q(family__social_worker__in=whose))
    for conference in found:
        owners = administrators
        if conference.is_review:
            owners |= ids(conference.previous and conference.previous.chair_id, conference.family.social_worker_id)
        yield Duty(
            kind="book_conference",
            id=conference.pk,
            due_on=conference.due_on,
            says=_named("Book", conference),
            path=_page(conference.pk),
            family_id=conference.family_id,
            owners=owners,
            then=service,
            rule=limit_key(conference),
        )


def chairs_to_agree(service):
    """Chairs who know the case, waiting for the service manager's reason."""
    found = ChairApproval.objects.filter(agreed_at__isnull=True, conference__state=S.AGREED)
    for approval in found.select_related("conference__family", "chair"):
        yield Duty(
            kind="agree_chair",
            id=approval.pk,
            due_on=approval.conference.due_on,
            says=f"Say why {approval.chair} may chair, who knows the case: {approval.conference.family}",
            path=_page(approval.conference_id),
            family_id=approval.conference.family_id,
            owners=service,
        )


def to_invite(administrators, service, whose=None):
    """Booked conferences from which no invitation has gone out yet: the administrators."""
    sent = Exists(Invitation.objects.filter(conference=OuterRef("pk"), sent_at__isnull=False))
    found = Conference.objects.filter(~sent, state=S.BOOKED).select_related("family").defer("family__found_by")
    if whose is not None and not service & whose:
        anybody = Q(administrator=None) if administrators & whose else Q(pk__in=[])
        found = found.filter(Q(administrator__in=whose) | anybody)
    for conference in found:
        notice = "invitation_review" if conference.is_review else "invitation_initial"
        yield Duty(
            kind="invite",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            says=_named("Send the invitations", conference),
            path=_page(conference.pk),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule=notice,
        )


def lists_to_check(whose=None):
    """Lists of people to invite that a second person must look through, and nobody has since they last changed: the
    family’s social worker, then the team manager. Five queries."""
    by_another = Q(administrator=None) | ~Q(list_checks__checked_by=F("administrator"))  # who sends does not count
    acts = InvitationEvent.objects.filter(conference=OuterRef(OuterRef("pk")), person__isnull=False)
    changed = Event.objects.filter(pk__in=acts.order_by().values("pgh_context_id")).order_by("-at")
    found = Conference.objects.filter(state=S.BOOKED, invitations__person__isnull=False).distinct()
    if whose is not None:
        found = found.filter(_of_team(whose))
    found = found.annotate(
        sent=Exists(Invitation.objects.filter(conference=OuterRef("pk"), sent_at__isnull=False)),
        checked_at=Max("list_checks__checked_at", filter=by_another),
        changed_at=Subquery(changed.values("at")[:1]),
    )
    waiting = Q(checked_at=None) | Q(checked_at__lt=F("changed_at"))
    found = list(found.filter(waiting, sent=False).select_related("family__team").defer("family__found_by"))
    kept = where_something_is_kept({conference.family_id for conference in found}) if found else set()
    for conference in found:
        if conference.family_id not in kept:
            continue
        notice = "invitation_review" if conference.is_review else "invitation_initial"
        yield Duty(
            kind="check_list",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            says=_named("Look through the list of people to invite, as a second person", conference),
            path=reverse("conferences:check_invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.social_worker_id),
            then=ids(conference.family.team.manager_id),
            rule=notice,
        )


def to_hold(service, whose=None, on=None):
    """Booked or opened conferences: their chair, on the day."""
    found = Conference.objects.filter(state__in=[S.BOOKED, S.OPEN])
    found = found.select_related("family").defer("family__found_by")
    if whose is not None:
        late = Q(starts_at__date__lt=on) if service & whose else Q(pk__in=[])
        found = found.filter(Q(chair__in=whose) | late)
    for conference in found:
        yield Duty(
            kind="hold_conference",
            id=conference.pk,
            due_on=conference.held_on,
            says=_named("Close" if conference.state == S.OPEN else "Chair", conference),
            path=_page(conference.pk),
            family_id=conference.family_id,
            owners=ids(conference.chair_id),
            then=service,
        )
