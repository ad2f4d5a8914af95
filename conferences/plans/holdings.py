"""What a user holds of plans: those that they lead, and their places in core groups."""

from conferences.convening.choices import InviteeRole
from conferences.plans.actions.member_notices import tell_of_membership
from conferences.plans.choices import PlanState
from conferences.plans.models import (
    ChildInNeedMeeting,
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    CoreGroupPlan,
    Correction,
    EarlierEvent,
    PlanEnding,
    ProtectionPlan,
)
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.permissions import Viewer, can_see
from families.cases.holdings import manager_of, social_workers_beside
from families.cases.models import DeclaredConflict
from families.people.holdings import colleagues


def _lead(by, plan, to):
    plan.lead_social_worker = to or manager_of(plan.family)
    plan.save(update_fields=["lead_social_worker"])


def _may_join(member, user, viewer: Viewer) -> bool:
    if CoreGroupMember.objects.filter(family=member.family_id, user=user, to_on__isnull=True).exists():
        return False
    if user.agency_id:
        return not DeclaredConflict.objects.live().filter(user=user, family=member.family_id).exists()
    return can_see(viewer, member.family)


def _give_place(by, member, to):
    """The other is a member from today. Without one, the agency is, or the manager of the family’s team."""
    member.to_on = by.on
    member.save(update_fields=["to_on"])
    if to is None and member.agency_id is None:
        manager = manager_of(member.family)
        members = CoreGroupMember.objects.filter(family=member.family_id, to_on__isnull=True)
        to = manager if manager and not members.filter(user=manager).exists() else None
        if to is None:
            return
    new = CoreGroupMember.objects.create(
        family=member.family, user=to, agency=member.agency, name=str(to or member.agency), part=member.part,
        from_on=by.on,
    )  # fmt: skip
    for link in member.plans.all():
        CoreGroupPlan.objects.create(member=new, plan_id=link.plan_id)
    tell_of_membership(by, new, joined=True)


def _plans_they_lead(key, heading, model, **is_open) -> Kind:
    return Kind(
        key=key,
        heading=heading,
        model=model,
        field="lead_social_worker",
        held=lambda user, on: (
            model.objects.filter(lead_social_worker=user, **is_open)
            .select_related("family__team__manager")
            .defer("family__search_index")
            .order_by("family__name", "pk")
        ),
        says=lambda plan: str(plan.family),
        give=_lead,
        roles=frozenset({Role.SOCIAL_WORKER}),
        by_team=True,
        who=social_workers_beside,
        may_take=lambda plan, user, viewer: user.team_id == plan.family.team_id and can_see(viewer, plan.family),
        nobody="The team manager, who must name a lead social worker",
        follows=lambda plan: True,
    )


register(
    _plans_they_lead("leads", "Child protection plans they lead", ProtectionPlan, state=PlanState.OPEN),
    _plans_they_lead("need_leads", "Child in need plans they lead", ChildInNeedPlan, ended_on__isnull=True),
    Kind(
        key="core_groups",
        heading="Core groups they belong to",
        model=CoreGroupMember,
        field="user",
        held=lambda user, on: (
            CoreGroupMember.objects.filter(user=user, to_on__isnull=True)
            .select_related("family__team__manager", "agency")
            .order_by("family__name", "pk")
        ),
        says=lambda member: str(member.family),
        give=_give_place,
        by_team=True,
        by_agency=True,
        who=colleagues,
        may_take=_may_join,
        follows=lambda member: member.agency_id is None and member.part == InviteeRole.SOCIAL_WORKER.label,
        nobody="Their agency, or the manager of the family’s team",
    ),
)
history(ChildInNeedMeeting, "booked_by", "recorded_by")
history(ChildInNeedPlan, "ended_by")
history(CoreGroupMeeting, "booked_by", "recorded_by")
history(Correction, "by")
history(EarlierEvent, "entered_by")
history(PlanEnding, "ended_by")
