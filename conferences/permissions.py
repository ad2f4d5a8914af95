"""Which conferences a viewer may see, and what else must hold for an act on one of them."""

from django.db.models import Exists, F, OuterRef, Q

from conferences.choices import BY_NAME, Audience, ConferenceState
from conferences.models import (
    AgencyView,
    ChairTalk,
    Conference,
    ConferenceChild,
    Decision,
    Enquiry,
    Invitation,
    LiveNote,
    NoteReader,
    Room,
    StrategyDiscussion,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, about_no_family, requires, sees
from families.models import Family
from families.permissions import SERVICE, either, not_barred, roads
from families.permissions import visible as visible_families

about_no_family(Room)


@sees(Conference)
def visible(viewer) -> Q:
    """The conferences that ``viewer`` may see today: the service's, their families', or those they are invited to."""
    barred = not_barred(viewer, family="family_id")
    if viewer.holds(*SERVICE):
        return barred
    invited = []
    if viewer.holds(Role.PROFESSIONAL):
        invited.append(open_invitations(viewer).order_by().values(pk=F("conference_id")))
        invited.append(declined_for_a_child_known_to(viewer))
    # By the family and not by the conferences of all their families, which may be many thousands.
    return (either(roads(viewer), "family") | either(invited)) & barred


def open_invitations(viewer):
    """The invitations by which a professional may come in today: sent, not withdrawn, not ended."""
    return Invitation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.on),
        user=viewer.id,
        sent_at__isnull=False,
        withdrawn_at__isnull=True,
    )


def declined_for_a_child_known_to(viewer):
    """The declined requests about a child with whom the professional works today, so that they can dispute them."""
    today = Q(child__involvements__to_on__isnull=True) | Q(child__involvements__to_on__gte=viewer.on)
    known = ConferenceChild.objects.filter(
        today, included=True, child__involvements__professional=viewer.id, child__involvements__from_on__lte=viewer.on
    )
    declined = Conference.objects.filter(state=ConferenceState.DECLINED)
    # Never a join to many: two known children of one conference would count it twice.
    return declined.filter(pk__in=known.order_by().values("conference_id")).order_by().values("pk")


@sees(StrategyDiscussion)
@sees(Enquiry)
def visible_enquiries(viewer) -> Q:
    """Enquiries and strategy discussions of the families that ``viewer`` may see; nobody else's, invited or not."""
    return Q(family__in=Family.objects.filter(visible_families(viewer)).order_by().values("pk"))


@sees(Invitation)
def visible_invitations(viewer) -> Q:
    """The invitations to the conferences that ``viewer`` may see; to a professional, only their own."""
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    return seen & Q(user=viewer.id) if viewer.holds(Role.PROFESSIONAL) else seen


@sees(LiveNote)
def visible_notes(viewer) -> Q:
    """What is written in the conferences that ``viewer`` may see, as far as its audience admits them."""
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    named = NoteReader.objects.filter(note=OuterRef("pk"), invitation__in=open_invitations(viewer))
    return seen & read_by(viewer, named, conference="conference", author="saved_by")


@sees(AgencyView)
def visible_agency_views(viewer) -> Q:
    """What agencies think in the conferences that ``viewer`` may see, as far as its audience admits them; their own."""
    conferences = Conference.objects.filter(visible(viewer)).order_by().values("pk")
    return Q(conference_child__conference__in=conferences) & read_by(
        viewer, None, conference="conference_child__conference", author="invitation__user"
    )


@sees(ChairTalk)
def visible_talks(viewer) -> Q:
    """What was said between the chair and the family before the conferences that ``viewer`` may see, inside the
    authority; what is for the chair alone, to that chair.
    """
    if viewer.roles <= {Role.PROFESSIONAL}:
        return Q(pk__in=[])
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    return seen & read_by(viewer, None, conference="conference", author="recorded_by")


@sees(Decision)
def visible_decisions(viewer) -> Q:
    """What was decided in the conferences that ``viewer`` may see."""
    return Q(conference_child__conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))


def may_read_restricted_reasons(viewer) -> Q:
    """The decisions whose restricted reasons ``viewer`` may read, of those that they may see."""
    if viewer.kind == "system":
        return Q()
    return read_by(
        viewer, None, conference="conference_child__conference", author="decided_by", audience="restricted_audience"
    )


IN_CONFIDENCE = (Audience.POLICE, Audience.THIRD_PARTY)


def read_by(viewer, named, *, conference: str, author: str, audience: str = "audience") -> Q:
    """What its audience lets ``viewer`` read on the screen, of rows whose conference they may see (asked apart): the
    same answer for a page, a list, a poll and a copy. ``named`` are the rows of whoever is named, outer-referenced;
    the rest are paths. What each audience means stands in conferences/rules/audience.py.
    """
    if viewer.id is None:
        return Q(**{audience: Audience.EVERYONE})
    found = Q(**{f"{audience}__in": (Audience.EVERYONE, Audience.PROFESSIONALS)})
    found |= Q(**{f"{conference}__chair": viewer.id}) | Q(**{author: viewer.id})
    found |= Q(**{f"{audience}__in": (Audience.FAMILY, *IN_CONFIDENCE), f"{conference}__administrator": viewer.id})
    if named is not None:
        found |= Q(**{f"{audience}__in": BY_NAME}) & Exists(named)
    if viewer.holds(Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
        for road in roads(viewer):
            found |= Q(**{f"{audience}__in": IN_CONFIDENCE, f"{conference}__family__in": road})
    return found


@requires(Conference, Permission.DISPUTE_DECISION)
def is_not_their_own_decision(by, conference) -> bool:
    """Whoever declined does not dispute it; whoever else may see it does."""
    return conference.declined_by_id != by.id


@requires(
    Conference,
    Permission.HOLD_CONFERENCE,
    Permission.DECIDE,
    Permission.APPROVE_RECORD,
    Permission.RECORD_CHAIR_TALK,
)
def is_its_chair(by, conference) -> bool:
    """Only its own chair holds a conference, decides in it, approves its record and records the talk before it."""
    return conference.chair_id == by.id


@requires(Conference, Permission.AGREE_CONFERENCE)
def runs_the_team(by, conference) -> bool:
    """Only the manager of the team that holds the case agrees or declines."""
    return conference.family.team_id in by.teams_run


@requires(Invitation, Permission.ANSWER_INVITATION)
def is_their_own_invitation(by, invitation) -> bool:
    """Only the invited person answers their own invitation, once it is sent and while it stands."""
    return open_invitations(by).filter(pk=invitation.pk).exists()


@requires(LiveNote, Permission.HOLD_CONFERENCE)
def writes_its_notes(by, note) -> bool:
    """Whoever holds the conference writes in it."""
    return is_its_chair(by, note.conference)
