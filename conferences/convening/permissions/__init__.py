"""The conferences that a viewer may see, and what else an act on one of them requires."""

from django.db.models import Exists, F, Q

from conferences.convening.choices import ConferenceState, StageRole
from conferences.convening.models import (
    ActingChair,
    ChairTalk,
    ChildPart,
    Companion,
    Conference,
    ConferenceChild,
    DateChange,
    DiaryFeed,
    DiscussionAction,
    DiscussionAgency,
    Dispute,
    DisputeStage,
    Enquiry,
    Exclusion,
    FamilyGroupMeeting,
    FamilyGroupOffer,
    GroupPlanFile,
    Invitation,
    PostHeld,
    Room,
    SafetyPlan,
    SafetyPlanPerson,
    SafetyPlanStep,
    SpokenNews,
    StrategyDiscussion,
    Support,
)
from conferences.convening.permissions.independence import why_chair_knows
from conferences.disclosure.choices import BY_NAME, Audience
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, Viewer, about_no_family, requires, sees
from cpc.core.kernel.refusals import NotPermitted
from cpc.core.web.guards import get_or_404
from families.cases.models import Family
from families.cases.permissions import SERVICE, access_routes, any_route, not_restricted_or_conflicted
from families.cases.permissions import visible as visible_families

about_no_family(Room, DiaryFeed, PostHeld)


@sees(Conference)
def visible(viewer: Viewer) -> Q:
    """The conferences that ``viewer`` may see today: the service's, their families', or those they are invited to."""
    barred = not_restricted_or_conflicted(viewer, family="family_id")
    if viewer.holds(*SERVICE):
        return barred
    invited = []
    if viewer.holds(Role.PROFESSIONAL):
        invited.append(open_invitations(viewer).order_by().values(pk=F("conference_id")))
        invited.append(declined_for_a_child_known_to(viewer))
    # Filtered by family, because all their families' conferences may be many thousands.
    return (any_route(access_routes(viewer), "family") | any_route(invited)) & barred


def open_invitations(viewer: Viewer):
    """A professional's invitations that give access today: sent, not withdrawn, not ended."""
    return Invitation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.on),
        user=viewer.id,
        sent_at__isnull=False,
        withdrawn_at__isnull=True,
    )


def declined_for_a_child_known_to(viewer: Viewer):
    """The declined requests about a child that the professional works with today, so that they can dispute them."""
    today = Q(child__involvements__to_on__isnull=True) | Q(child__involvements__to_on__gte=viewer.on)
    known = ConferenceChild.objects.filter(
        today, included=True, child__involvements__professional=viewer.id, child__involvements__from_on__lte=viewer.on
    )
    declined = Conference.objects.filter(state=ConferenceState.DECLINED)
    # Not a join to many: two known children of one conference would count it twice.
    return declined.filter(pk__in=known.order_by().values("conference_id")).order_by().values("pk")


@sees(StrategyDiscussion, Enquiry)
def visible_enquiries(viewer: Viewer) -> Q:
    """Enquiries and strategy discussions of the families that ``viewer`` may see. An invitation gives no access."""
    return Q(family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(SafetyPlan, FamilyGroupMeeting)
def visible_safety_plans(viewer: Viewer) -> Q:
    """Interim safety plans and family group meetings of the families that ``viewer`` may see."""
    return Q(family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(SafetyPlanPerson, SafetyPlanStep)
def visible_parts_of_safety_plans(viewer: Viewer) -> Q:
    """The people and steps of the plans that ``viewer`` may see."""
    return Q(plan__family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(FamilyGroupOffer, GroupPlanFile)
def visible_group_offers(viewer: Viewer) -> Q:
    """The offers and plans of the family group meetings that ``viewer`` may see."""
    return Q(meeting__family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(DateChange, DiscussionAction)
def visible_date_changes(viewer: Viewer) -> Q:
    """The actions and changes of date of strategy discussions of the families that ``viewer`` may see."""
    return Q(discussion__family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(DiscussionAgency)
def visible_shares(viewer: Viewer) -> Q:
    """What agencies shared at the strategy discussions of families that ``viewer`` may see. What was restricted is for
    those who hold the case, its author, and the chair and administrator of a conference of the family.
    """
    families = Family.objects.filter(visible_families(viewer)).order_by().values("pk")
    found = Q(audience=Audience.PROFESSIONALS) | Q(discussion__recorded_by=viewer.id)
    their_own = Q(chair=viewer.id) | Q(administrator=viewer.id)
    if viewer.holds(Role.CHAIR):
        their_own |= Q(chair__in=sorted(viewer.stands_in_for))
        their_own |= Q(pk__in=acting_chairs(viewer).order_by().values("conference"))
    held = Conference.objects.exclude(state__in=[ConferenceState.DECLINED, ConferenceState.CANCELLED])
    found |= Q(discussion__family__in=held.filter(their_own).order_by().values("family"))
    if viewer.holds(Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
        for route in access_routes(viewer):
            found |= Q(discussion__family__in=route)
    return Q(discussion__family__in=families) & found


@sees(Invitation)
def visible_invitations(viewer: Viewer) -> Q:
    """The invitations to conferences that ``viewer`` may see; for a professional only their own."""
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    return seen & Q(user=viewer.id) if viewer.holds(Role.PROFESSIONAL) else seen


@sees(ChairTalk)
def visible_talks(viewer: Viewer) -> Q:
    """The chair's talks with the family before conferences that ``viewer`` may see, for staff of the authority. A talk
    for the chair alone is only for that chair.
    """
    if viewer.roles <= {Role.PROFESSIONAL}:
        return Q(pk__in=[])
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    return seen & readable_by(viewer, None, conference="conference", author="recorded_by")


def _of_conferences_for_staff(viewer: Viewer, conference="conference") -> Q:
    if viewer.roles <= {Role.PROFESSIONAL}:
        return Q(pk__in=[])
    return Q(**{f"{conference}__in": Conference.objects.filter(visible(viewer)).order_by().values("pk")})


@sees(Support, Companion, ChildPart)
def visible_taking_part(viewer: Viewer) -> Q:
    """What the family needs, who comes with a parent and how children take part in conferences that ``viewer`` may see,
    for staff of the authority.
    """
    return _of_conferences_for_staff(viewer)


@sees(SpokenNews)
def visible_spoken_news(viewer: Viewer) -> Q:
    """Who was told what by phone of conferences that ``viewer`` may see, for staff of the authority."""
    return _of_conferences_for_staff(viewer, "invitation__conference")


@sees(Dispute)
def visible_disputes(viewer: Viewer) -> Q:
    """The disputes about conferences that ``viewer`` may see; for a professional only their own."""
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    return seen & Q(raised_by=viewer.id) if viewer.roles <= {Role.PROFESSIONAL} else seen


@sees(DisputeStage)
def visible_dispute_stages(viewer: Viewer) -> Q:
    """The stages of the disputes that ``viewer`` may see."""
    return Q(dispute__in=Dispute.objects.filter(visible_disputes(viewer)).order_by().values("pk"))


@sees(Exclusion)
def visible_exclusions(viewer: Viewer) -> Q:
    """Exclusions from conferences that ``viewer`` may see, for staff of the authority."""
    return _of_conferences_for_staff(viewer)


IN_CONFIDENCE = (Audience.POLICE, Audience.THIRD_PARTY)


def readable_by(viewer: Viewer, named, *, conference: str, author: str, audience: str = "audience") -> Q:
    """The rows with an audience that includes ``viewer``, the same on every page, list, poll and copy. Access to the
    conference is checked separately. ``named`` are the rows of the named readers, outer-referenced; the other arguments
    are paths. conferences/disclosure/rules/audience.py defines each audience.
    """
    if viewer.id is None:
        return Q(**{audience: Audience.EVERYONE})
    found = Q(**{f"{audience}__in": (Audience.EVERYONE, Audience.PROFESSIONALS)})
    found |= chaired_or_written_by(viewer, conference=conference, author=author)
    found |= Q(**{f"{audience}__in": (Audience.FAMILY, *IN_CONFIDENCE), f"{conference}__administrator": viewer.id})
    if named is not None:
        found |= Q(**{f"{audience}__in": BY_NAME}) & Exists(named)
    if viewer.holds(Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
        for route in access_routes(viewer):
            found |= Q(**{f"{audience}__in": IN_CONFIDENCE, f"{conference}__family__in": route})
    return found


def chaired_or_written_by(viewer: Viewer, *, conference: str, author: str) -> Q:
    """The rows that the viewer wrote, or that are of a conference that they chair, also for somebody else; the
    arguments are paths.
    """
    found = Q(**{f"{conference}__chair": viewer.id}) | Q(**{author: viewer.id})
    if viewer.holds(Role.CHAIR):
        found |= Q(**{f"{conference}__chair__in": sorted(viewer.stands_in_for)})
        found |= Q(**{f"{conference}__in": acting_chairs(viewer).order_by().values("conference")})
    return found


@requires(Conference, Permission.DISPUTE_DECISION, Permission.ANSWER_DISPUTE, Permission.UPHOLD_DISPUTE)
def is_not_their_own_decision(by, conference) -> bool:
    """The person who declined can neither dispute the decision nor answer a dispute about it."""
    return conference.declined_by_id != by.id


@requires(Conference, Permission.ANSWER_DISPUTE, Permission.UPHOLD_DISPUTE)
def answers_the_stage(by, conference) -> bool:
    """A service manager answers any stage, or records what somebody answered; the family’s social worker and the
    manager of its team only a stage that waits for them.
    """
    if by.holds(Role.SERVICE_MANAGER):
        return True
    roles = answers_as(by, conference)
    waiting = DisputeStage.objects.filter(dispute__conference=conference, dispute__closed_at=None, answered_at=None)
    return bool(roles) and waiting.filter(role__in=roles).exclude(dispute__raised_by=by.id).exists()


@requires(Conference, Permission.UPHOLD_DISPUTE)
def answers_as_a_manager(by, conference) -> bool:
    """The conference is held after all only by the team’s manager or a service manager."""
    return StageRole.MANAGER in answers_as(by, conference)


def answers_as(by, conference) -> set[StageRole]:
    """The stages of a dispute about this conference that they answer: by their part in the family’s work."""
    if by.holds(Role.SERVICE_MANAGER):
        return set(StageRole)
    roles = set()
    if by.holds(Role.SOCIAL_WORKER) and conference.family.social_worker_id in {by.id, *by.stands_in_for}:
        roles.add(StageRole.WORKER)
    if by.holds(Role.TEAM_MANAGER) and conference.family.team_id in by.teams_run:
        roles.add(StageRole.MANAGER)
    return roles


@requires(
    Conference,
    Permission.HOLD_CONFERENCE,
    Permission.DECIDE,
    Permission.APPROVE_RECORD,
    Permission.RECORD_CHAIR_TALK,
    Permission.DECIDE_EXCLUSION,
    Permission.DECIDE_TAKING_PART,
    Permission.DECLARE_INDEPENDENCE,
)
def is_its_chair(by, conference) -> bool:
    """Only the conference's own chair holds it, decides in it, excludes people, approves its record, records talks and
    declares whether they are independent; or somebody who was named to act for the chair.
    """
    if conference.chair_id == by.id:
        return True
    if by.holds(Role.CHAIR) and conference.chair_id in by.stands_in_for:
        return not why_chair_knows(conference, by.id)
    return by.holds(Role.CHAIR) and acting_chairs(by).filter(conference=conference.pk).exists()


def chaired_conference_or_404(viewer: Viewer, pk, *, to_write=True) -> Conference:
    """The conference, for its own chair. With ``to_write`` False, the administrators may also read it. Raises Http404,
    or NotPermitted for somebody who may see it and does not chair it.
    """
    found = Conference.objects.select_related("family", "chair", "administrator", "room", "previous")
    conference = get_or_404(found, viewer, pk)
    if viewer.can(Permission.HOLD_CONFERENCE) and is_its_chair(viewer, conference):
        return conference
    if not to_write and viewer.can(Permission.BOOK_CONFERENCE):
        return conference
    raise NotPermitted("Only the chair of this conference can open this page.")


@requires(Conference, Permission.RECORD_STAYS_AWAY, Permission.RECORD_TAKING_PART)
def works_with_the_family_or_chairs_it(by, conference) -> bool:
    """Staff record it for the families that they see, a chair for the conferences that they chair."""
    return by.holds(Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR) or is_its_chair(by, conference)


def acting_chairs(viewer: Viewer):
    """The rows that let ``viewer`` act for the chair of a conference today."""
    return ActingChair.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=viewer.on), user=viewer.id, ended_at__isnull=True
    )


@requires(Conference, Permission.NAME_ACTING_CHAIR)
def does_not_chair_it(by, conference) -> bool:
    """Nobody names who acts for themselves."""
    return conference.chair_id != by.id


@requires(Conference, Permission.AGREE_CONFERENCE)
def runs_the_team(by, conference) -> bool:
    """Only the manager of the family's team agrees or declines."""
    return conference.family.team_id in by.teams_run


@requires(Enquiry, Permission.SIGN_OFF_ENQUIRY)
def signs_off_what_another_wrote(by, enquiry) -> bool:
    """The manager of the team signs off, never the author; a service manager does where that manager is the author."""
    return _is_the_other_manager(by, enquiry.family.team, enquiry.written_by_id)


@requires(SafetyPlan, Permission.SIGN_OFF_ENQUIRY)
def runs_the_team_of_the_plan(by, plan) -> bool:
    """Only the manager of the family's team ends a plan before the conference; a service manager where it has none."""
    team = plan.family.team
    return team.pk in by.teams_run or (by.holds(Role.SERVICE_MANAGER) and team.manager_id is None)


@requires(DateChange, Permission.SIGN_OFF_ENQUIRY)
def answers_what_another_asked(by, change) -> bool:
    """The manager of the team answers, never the one who asked; then a service manager does."""
    return _is_the_other_manager(by, change.discussion.family.team, change.asked_by_id)


def _is_the_other_manager(by, team, author_id) -> bool:
    if by.id == author_id:
        return False
    return team.pk in by.teams_run or (by.holds(Role.SERVICE_MANAGER) and team.manager_id in (None, author_id))


@requires(Invitation, Permission.ANSWER_INVITATION)
def is_their_own_invitation(by, invitation) -> bool:
    """Only the invited person answers their own invitation, while it is sent and not withdrawn."""
    return open_invitations(by).filter(pk=invitation.pk).exists()
