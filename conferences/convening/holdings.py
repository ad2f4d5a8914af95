"""What a user holds of conferences: those they chair, act for a chair in or administer, and their invitations."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conferences.convening.actions.acting import chair_was_replaced, let_act, withdraw_messages
from conferences.convening.choices import COMING, ConferenceState, InviteeRole
from conferences.convening.models import (
    ActingChair,
    BookingChange,
    ChairTalk,
    ChildPart,
    Companion,
    Conference,
    DateChange,
    DiaryFeed,
    DiscussionAction,
    Dispute,
    DisputeStage,
    Enquiry,
    Exclusion,
    FamilyGroupMeeting,
    GroupPlanFile,
    Invitation,
    InvitedAllTheSame,
    NotInvited,
    PostHeld,
    SafetyPlan,
    SafetyPlanReview,
    SpokenNews,
    StrategyDiscussion,
    Support,
)
from conferences.convening.queries.acting import acting_id, is_free, why_may_not_act
from conferences.convening.queries.booking import chairs
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.permissions import Permission, Viewer, can_see
from cpc.core.accounts.queries import holding
from families.cases.holdings import manager_of
from families.cases.models import DeclaredConflict
from families.people.holdings import colleagues

S = ConferenceState


def _conferences(**whose):
    found = Conference.objects.filter(**whose).select_related("family__team__manager", "chair", "room")
    return found.defer("family__search_index").order_by("starts_at", "pk")


def _unfinished() -> Q:
    """Booked or in progress, or held with a record that nobody has drafted. ``reports`` knows of those drafted."""
    return Q(state__in=COMING) | Q(state=S.HELD, to_write_up=True)


def not_acted_for(conferences):
    """Those of ``conferences`` that their chair still holds: of those that have begun, without anybody who acts."""
    return conferences.annotate(acting_id=acting_id()).filter(Q(state=S.BOOKED) | Q(acting_id__isnull=True))


def _can_chair(conference, user, viewer: Viewer) -> bool:
    if why_may_not_act(conference, user, viewer.on):
        return False
    return conference.state != S.BOOKED or is_free(conference, user)


def give_chair(by, conference, to) -> None:
    """A booked conference has another chair. Of one that has begun, somebody acts for its chair. Where
    nobody is chosen, the service manager must name somebody: it is a duty of theirs at once.
    """
    if to is None:
        return
    if conference.state != S.BOOKED:
        let_act(by, conference, to, f"{conference.chair} no longer chairs.")
        return
    former, conference.chair = conference.chair, to
    conference.save(update_fields=["chair"])
    chair_was_replaced(by, conference, former)


def _act_instead(by, row, to):
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    if to is not None:
        let_act(by, row.conference, to, f"{row.user} no longer acts as chair.")


def _administer(by, conference, to):
    conference.administrator = to
    conference.save(update_fields=["administrator"])


def _invitations_of(user, on):
    live = Invitation.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user=user, withdrawn_at=None)
    live = live.exclude(conference__state__in=[S.CANCELLED, S.DECLINED])
    return live.select_related("conference__family__team__manager", "agency").order_by("pk")


def _is_not_invited(invitation, user, viewer: Viewer) -> bool:
    conference = invitation.conference
    if Invitation.objects.filter(conference=conference, user=user).exists():
        return False
    if user.agency_id:
        return not DeclaredConflict.objects.live().filter(user=user, family=conference.family_id).exists()
    return can_see(viewer, conference)


def _goes_with_the_family(invitation) -> bool:
    """Whether the family’s social worker is asked, and the conference is to come."""
    to_come = invitation.conference.state in (S.AGREED, S.BOOKED)
    return to_come and invitation.agency_id is None and invitation.role == InviteeRole.SOCIAL_WORKER


def _invite_instead(by, invitation, to):
    """To come: the other is on the list, to be invited by the administrator, because the list is checked before
    anything is sent. Held: the other may read what the conference decided; the name of who came stays.
    """
    conference, before = invitation.conference, invitation.user
    withdraw_messages(conference, before)
    if conference.state not in (S.AGREED, S.BOOKED):
        invitation.user = to or invitation.user
        invitation.ends_on = None if to else by.on - timedelta(days=1)
        invitation.save(update_fields=["user", "ends_on"])
        return
    if to is None and invitation.agency_id is None:
        manager = manager_of(conference.family)
        to = manager if manager and not Invitation.objects.filter(conference=conference, user=manager) else None
    if to is None and invitation.agency_id is None:
        invitation.withdrawn_at, invitation.ends_on = timezone.now(), by.on - timedelta(days=1)
        invitation.withdrawn_reason = f"{before} no longer works here."
        invitation.save(update_fields=["withdrawn_at", "withdrawn_reason", "ends_on"])
        return
    invitation.user, invitation.name = to, str(to or invitation.agency)
    invitation.sent_at = invitation.sent_by = invitation.report_due_on = None
    invitation.clear_reply()
    invitation.save()


def _says_invitation(invitation):
    return f"{invitation.conference}, as {InviteeRole(invitation.role).label.lower()}"


register(
    Kind(
        key="chairs",
        heading="Conferences they chair",
        model=Conference,
        field="chair",
        held=lambda user, on: not_acted_for(_conferences(chair=user).filter(_unfinished())),
        says=str,
        give=give_chair,
        roles=frozenset({Role.CHAIR}),
        who=lambda user: chairs(),
        may_take=_can_chair,
        needs=Permission.NAME_ACTING_CHAIR,
        nobody="The conference service manager, who must name an acting chair",
    ),
    Kind(
        key="acting_chairs",
        heading="Conferences where they act as chair",
        model=ActingChair,
        field="user",
        held=lambda user, on: ActingChair.objects.filter(user=user, ended_at=None).select_related(
            "conference__family__team__manager", "user"
        ),
        says=lambda row: str(row.conference),
        give=_act_instead,
        about=lambda row: row.conference.family,
        roles=frozenset({Role.CHAIR}),
        who=lambda user: chairs(),
        may_take=lambda row, user, viewer: (
            user.pk != row.conference.chair_id and _can_chair(row.conference, user, viewer)
        ),
        needs=Permission.NAME_ACTING_CHAIR,
        nobody="Back to the chair",
    ),
    Kind(
        key="administers",
        heading="Conferences they administer",
        model=Conference,
        field="administrator",
        held=lambda user, on: _conferences(administrator=user).filter(_unfinished()),
        says=str,
        give=_administer,
        roles=frozenset({Role.ADMINISTRATOR}),
        who=lambda user: holding(Role.ADMINISTRATOR),
        may_take=lambda conference, user, viewer: can_see(viewer, conference),
        nobody="All conference administrators",
    ),
    Kind(
        key="invitations",
        heading="Invitations, and the reports requested with them",
        model=Invitation,
        field="user",
        held=_invitations_of,
        says=_says_invitation,
        give=_invite_instead,
        about=lambda invitation: invitation.conference.family,
        by_team=True,
        by_agency=True,
        who=colleagues,
        may_take=_is_not_invited,
        follows=_goes_with_the_family,
        nobody="Their agency, or the manager of the family’s team",
    ),
    Kind(
        key="diary_feeds",
        heading="The link to their diary (this ends)",
        model=DiaryFeed,
        field="user",
        held=lambda user, on: DiaryFeed.objects.filter(user=user),
        says=lambda row: "A calendar link",
        give=lambda by, row, to: row.delete(),
        about=lambda row: None,
        by_sign_in=True,
        roles=frozenset({Role.CHAIR}),
    ),
)
history(
    Conference, "requested_by", "agreed_by", "declined_by", "opened_by", "closed_by", "cancelled_by", "chair_agreed_by"
)
history(ActingChair, "named_by")
history(BookingChange, "was_chair", "made_by")
history(PostHeld, "user")
history(ChairTalk, "recorded_by")
history(ChildPart, "recorded_by", "decided_by")
history(Companion, "recorded_by", "decided_by")
history(DateChange, "asked_by", "answered_by")
history(DiscussionAction, "marked_by")
history(Dispute, "raised_by", "closed_by")
history(DisputeStage, "recorded_by")
history(Enquiry, "written_by", "returned_by", "signed_off_by", "no_plan_by")
history(Exclusion, "user", "requested_by", "decided_by", "ended_by")
history(FamilyGroupMeeting, "recorded_by")
history(GroupPlanFile, "uploaded_by")
history(Invitation, "sent_by")
history(InvitedAllTheSame, "decided_by")
history(NotInvited, "user", "said_by")
history(SafetyPlan, "written_by", "ended_by")
history(SafetyPlanReview, "recorded_by")
history(SpokenNews, "recorded_by")
history(StrategyDiscussion, "recorded_by")
history(Support, "recorded_by")
