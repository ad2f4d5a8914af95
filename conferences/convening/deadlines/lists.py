"""Deadlines of the list of invited people: sending, second checks, exclusions, and what is held back."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import OCCASIONS, ExclusionState
from conferences.convening.choices import ConferenceState as S
from conferences.convening.deadlines.names import named, of_team, page_of
from conferences.convening.models import Conference, Exclusion, Invitation, InvitationEvent
from conferences.convening.queries.acting import acting_id
from conferences.convening.queries.exclusions import waiting_at
from conferences.convening.queries.list_checks import LIST_HAS_CHANGED
from cpc.core.audit.models import Event
from cpc.core.documents.choices import CheckKind, CheckState, OutgoingState
from cpc.core.documents.models import Outgoing, SecondCheck
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.queries import due
from families.protections.queries.entries import families_that_withhold


def to_invite(administrators, service, asked=None):
    """Booked conferences without any invitation sent: for the administrators."""
    sent = Exists(Invitation.objects.filter(conference=OuterRef("pk"), sent_at__isnull=False))
    found = Conference.objects.filter(~sent, state=S.BOOKED).select_related("family").defer("family__search_index")
    if asked and not service & asked.whose:
        anybody = Q(administrator=None) if administrators & asked.whose else Q(pk__in=[])
        found = found.filter(Q(administrator__in=asked.whose) | anybody)
    for conference in found:
        notice = "invitation_review" if conference.is_review else "invitation_initial"
        yield Duty(
            kind="invite",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            says=named("Send the invitations to", conference),
            path=page_of(conference.pk),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
            rule=notice,
        )


def to_invite_as_well(administrators, service, asked=None):
    """Booked conferences to which others are invited and a professional is not yet, because they came on the list
    later or somebody handed over to them: for the administrators, at once.
    """
    rows = Invitation.objects.filter(conference=OuterRef("pk"), withdrawn_at__isnull=True)
    waits = Exists(rows.filter(sent_at__isnull=True, person__isnull=True))
    found = Conference.objects.filter(Exists(rows.filter(sent_at__isnull=False)), waits, state=S.BOOKED)
    if asked and not service & asked.whose:
        anybody = Q(administrator=None) if administrators & asked.whose else Q(pk__in=[])
        found = found.filter(Q(administrator__in=asked.whose) | anybody)
    for conference in found.select_related("family").defer("family__search_index"):
        yield Duty(
            kind="invite_as_well",
            id=conference.pk,
            due_on=timezone.localdate(),
            says=named("Send the remaining invitations to", conference),
            path=reverse("conferences:invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
            then=service,
        )


def to_be_together():
    """What a chair decided about two people who must not meet, while a second person has not answered: for the team
    manager. Two queries.
    """
    kind = Conference._meta.label_lower
    waiting = list(SecondCheck.objects.filter(kind=CheckKind.TOGETHER, state=CheckState.ASKED, about_kind=kind))
    if not waiting:
        return
    found = Conference.objects.select_related("family__team").defer("family__search_index")
    conferences = found.in_bulk({one.about_id for one in waiting})
    for one in waiting:
        conference = conferences[one.about_id]
        yield Duty(
            is_second_check=True,
            kind="decide_to_share",
            id=one.pk,
            due_on=conference.held_on or conference.due_on,
            says=named("Second check of people who must not meet at", conference),
            path=reverse("conferences:answer_must_not_meet", args=[conference.pk, one.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.team.manager_id) - ids(one.asked_by_id),
        )


def exclusions_to_decide(asked=None):
    """Requests to exclude somebody from a booked conference, and exclusions that are offered again: for its chair. Two
    queries.
    """
    found = Conference.objects.filter(state=S.BOOKED).filter(
        Q(exclusions__state=ExclusionState.REQUESTED)
        | Q(family__conferences__exclusions__state=ExclusionState.IN_FORCE)
    )
    found = found.annotate(acting_id=acting_id())
    if asked:
        found = found.filter(Q(chair__in=asked.whose) | Q(acting_id__in=asked.whose))
    found = list(found.select_related("family").defer("family__search_index").distinct())
    waiting = waiting_at(found)
    for conference in (one for one in found if one.pk in waiting):
        yield Duty(
            kind="decide_exclusion",
            id=conference.pk,
            due_on=due("exclusion_request", conference.held_on).on,
            says=named("Decide on an exclusion request for", conference),
            path=reverse("conferences:exclusions", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.acting_id or conference.chair_id),
        )


def exclusion_letters(administrators, asked=None):
    """Booked conferences where somebody is excluded and the letter about it has not been sent: for the administrators.
    One query.
    """
    found = Conference.objects.filter(state=S.BOOKED).filter(
        exclusions__state=ExclusionState.IN_FORCE, exclusions__letter_sent_at__isnull=True
    )
    if asked:
        anybody = Q(administrator=None) if administrators & asked.whose else Q(pk__in=[])
        found = found.filter(Q(administrator__in=asked.whose) | anybody)
    for conference in found.select_related("family").defer("family__search_index").distinct():
        yield Duty(
            kind="send_exclusion_letter",
            id=conference.pk,
            due_on=due("exclusion_request", conference.held_on).on,
            says=named("Send the exclusion letter for", conference),
            path=reverse("conferences:invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.administrator_id) or administrators,
        )


def lists_to_check(asked=None):
    """Lists that a second person must check and nobody has checked since their last change: for the family’s social
    worker, then the team manager. Five queries.
    """
    checks = SecondCheck.objects.filter(
        kind=CheckKind.LIST, about_kind=Conference._meta.label_lower, about_id=OuterRef("pk")
    )
    by_another = checks.exclude(by_id=Coalesce(OuterRef("administrator"), 0))  # the sender does not count
    acts = InvitationEvent.objects.filter(conference=OuterRef(OuterRef("pk")), person__isnull=False)
    changed = Event.objects.filter(pk__in=acts.order_by().values("pgh_context_id")).order_by("-at")
    found = Conference.objects.filter(state=S.BOOKED, invitations__person__isnull=False).distinct()
    if asked:
        found = found.filter(of_team(asked.whose))
    found = found.annotate(
        sent=Exists(Invitation.objects.filter(conference=OuterRef("pk"), sent_at__isnull=False)),
        excluded=Exists(Exclusion.objects.in_force().filter(conference=OuterRef("pk"), letter_sent_at__isnull=True)),
        checked_at=Subquery(by_another.order_by("-decided_at").values("decided_at")[:1]),
        changed_at=Subquery(changed.values("at")[:1]),
    )
    waiting = Q(checked_at=None) | Q(checked_at__lt=F("changed_at"))
    found = found.filter(waiting, Q(sent=False) | Q(excluded=True))
    found = list(found.select_related("family__team").defer("family__search_index"))
    kept = families_that_withhold({conference.family_id for conference in found}) if found else set()
    for conference in found:
        if conference.family_id not in kept and not conference.excluded:
            continue
        notice = "invitation_review" if conference.is_review else "invitation_initial"
        yield Duty(
            kind="check_list",
            id=conference.pk,
            due_on=due(notice, conference.held_on).on,
            says=named("Second check of the people to invite to", conference),
            path=reverse("conferences:check_invitations", args=[conference.pk]),
            family_id=conference.family_id,
            owners=ids(conference.family.social_worker_id),
            then=ids(conference.family.team.manager_id),
            rule=notice,
            is_second_check=True,
        )


def held_back(administrators, service):
    """What is held back about conferences: for the family’s social worker where a letter waits for the list to
    be checked, otherwise for the administrators. Two queries.
    """
    kind = Conference._meta.label_lower
    rows = Outgoing.objects.filter(state=OutgoingState.HELD, about_kind=kind).order_by("queued_at", "pk")
    held = list(rows.values_list("about_id", "pk", "purpose", "queued_at", "why_failed"))
    if not held:
        return
    found = Conference.objects.select_related("family__team").defer("family__search_index")
    conferences = found.in_bulk({about for about, *_ in held})
    seen = set()
    for about, pk, purpose, queued_at, why in held:
        conference, awaits_check = conferences[about], LIST_HAS_CHANGED in why
        place = "check" if awaits_check else "list" if purpose in OCCASIONS else pk
        if (about, place) in seen:
            continue
        seen.add((about, place))
        if awaits_check:
            yield Duty(
                is_second_check=True,
                kind="check_list_again",
                id=conference.pk,
                due_on=timezone.localdate(queued_at),
                says=named("Letters are waiting. Repeat the second check of the people to invite to", conference),
                path=reverse("conferences:check_invitations", args=[conference.pk]),
                family_id=conference.family_id,
                owners=ids(conference.family.social_worker_id),
                then=ids(conference.family.team.manager_id),
            )
        else:
            about_the_list = place == "list"
            yield Duty(
                kind="held_back",
                id=pk,
                due_on=timezone.localdate(queued_at),
                says=named("Review the letters held back for", conference),
                path=reverse("conferences:invitations", args=[conference.pk])
                if about_the_list
                else reverse("documents:outgoing", args=[pk]),
                family_id=conference.family_id,
                owners=ids(conference.administrator_id) or administrators,
                then=service,
            )
