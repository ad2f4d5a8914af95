"""Who is told that a plan has ended without a conference, and what each invited professional may read of it."""

from dataclasses import dataclass

from django.db.models import Q

from conferences.convening.choices import Attendance
from conferences.convening.models import Invitation
from conferences.disclosure.choices import InviteeKind
from conferences.plans.choices import PlanState
from conferences.plans.models import CoreGroupMember, ProtectionPlan
from families.cases.models import DeclaredConflict


@dataclass(frozen=True)
class AgencyToTell:
    """One professional or agency, with the e-mail address; ``invitation_id`` is that of a page they can still open."""

    kind: str
    id: int
    name: str
    part: str
    address: str
    invitation_id: int | None = None


def agencies_to_tell(plan, conference, on) -> list[AgencyToTell]:
    """Each professional and agency invited to ``conference`` for this child, then each other member of the core group
    on the plan's last day, once. Without anybody who has a conflict, a closed account or no e-mail address.
    """
    found: dict[tuple[str, int], AgencyToTell] = {}
    if conference is not None:
        invited = conference.invitations.filter(
            kind=InviteeKind.PROFESSIONAL, withdrawn_at__isnull=True, children__child=plan.child_id
        ).exclude(attendance=Attendance.EXCLUDED)
        for one in invited.select_related("user", "agency").order_by("pk"):
            is_open = bool(one.user_id and one.sent_at and (one.ends_on is None or one.ends_on >= on))
            _add(found, one.user, one.agency, one.reader_name, one.get_role_display(), one.pk if is_open else None)
    members = CoreGroupMember.objects.filter(family=plan.family_id, person__isnull=True, from_on__lte=plan.ended_on)
    members = members.filter(Q(plans__isnull=True) | Q(plans__plan=plan)).exclude(to_on__lt=plan.ended_on)
    members = members.select_related("user", "agency").order_by("pk").distinct()
    for one in members:
        _add(found, one.user, one.agency, one.name, one.part, None)
    barred = set(DeclaredConflict.objects.live().filter(family=plan.family_id).values_list("user", flat=True))
    return [one for one in found.values() if one.kind != "user" or one.id not in barred]


def _add(found, user, agency, name, part, invitation_id) -> None:
    if user is not None:
        if user.is_active and user.email:
            found.setdefault(("user", user.pk), AgencyToTell("user", user.pk, name, part, user.email, invitation_id))
    elif agency is not None and agency.email:
        found.setdefault(("agency", agency.pk), AgencyToTell("agency", agency.pk, name, part, agency.email))


def family_to_tell(context, plan) -> list[Invitation]:
    """The members of the family who had a part in the conference of ``context`` for this child, who may know of the
    child, and who live. Who was excluded from that conference is told too.
    """
    return [
        one
        for one in context.invitations
        if one.person_id and one.had_a_part and not one.withdrawn_at and not one.person.stands_for.died_on
        if plan.child_id in {child.pk for child in context.children_for(one)}
    ]


def ended_plans_for(invitation) -> list[ProtectionPlan]:
    """The plans that ended without a conference since this invitation's conference, of the children that it covers."""
    held_on = invitation.conference.held_on
    if held_on is None:
        return []
    children = [row.child_id for row in invitation.children.all()]
    ended = ProtectionPlan.objects.filter(
        family=invitation.conference.family_id, child__in=children, state=PlanState.ENDED, ending__isnull=False,
        ended_on__gte=held_on,
    )  # fmt: skip
    return list(ended.select_related("child").order_by("pk"))
