"""Who is in the core group of a plan: chosen at a conference, and changed between conferences."""

from collections import defaultdict

from conferences.disclosure.choices import InviteeKind
from conferences.plans.actions.core_groups import refuse_people_who_must_not_meet
from conferences.plans.actions.date_notices import tell_of_date
from conferences.plans.actions.member_notices import tell_of_membership
from conferences.plans.choices import MeetingState, PlanState
from conferences.plans.models import CoreGroupMember, CoreGroupPlan
from conferences.plans.queries import core_group, open_plans
from conferences.plans.queries.core_groups import meetings
from conferences.plans.queries.gaps import priorities_between_conferences
from conferences.plans.queries.members import members_with_plans, people_to_add
from conferences.plans.rules import gaps_of_core_group
from conferences.plans.states import CORE_GROUP, MEMBER
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import listed, says_nothing
from cpc.core.kernel.refusals import Invalid
from families.protections.queries.withheld import withheld_from


def choose_at_conference(conference, chosen, plans) -> None:
    """Make the people ``chosen`` (invitations) the core group of ``plans`` from the day of the conference, each for the
    children that they were invited for. The core groups of the family's other plans stay as they are. Call inside an
    act. Raises Invalid if people who must not meet would be together, or one would learn what is withheld from them.
    """
    held_on, existing = conference.held_on, {_key(each): each for each in _current(conference.family_id)}
    ours = {plan.child_id for plan in plans}
    others = [plan for pk, plan in open_plans(conference.family_id).items() if pk not in ours]
    wanted = {_key(each): each for each in chosen}
    for key, member in existing.items():
        if key not in wanted:
            _take_off(member, plans, others, held_on)
    for key, invitation in wanted.items():
        if invitation.conference_id != conference.pk:
            raise Invalid("Choose the core group from the people of this conference.", "members")
        theirs = {row.child_id for row in invitation.children.all()}
        mine = [plan for plan in plans if plan.child_id in theirs] or plans
        member = existing.get(key)
        if member is None:
            member = _join(conference.family_id, invitation, _part_of(invitation), held_on)
        elif not member.plans.exists():
            mine = [*mine, *others]  # was there for every plan
        else:
            member.plans.filter(plan__in=plans).exclude(plan__in=mine).delete()
        _link(member, mine)
    refuse_unsafe_core_group(conference.family, held_on)


def refuse_unsafe_core_group(family, on) -> None:
    """Raises Invalid if people who must not meet are together in the core group as it is now, or one would learn what
    is withheld from them.
    """
    staying = _current(family.pk)
    refuse_people_who_must_not_meet(family, staying, field="members")
    for meeting in meetings(family).filter(state=MeetingState.PLANNED):
        refuse_people_who_must_not_meet(family, staying, meeting, "core_group_on")
    _refuse_who_must_not_learn(family, on, "members")


def add_member(*, by, family, who, children, gap_reasons=None) -> CoreGroupMember:
    """Add somebody to the core groups of these children’s plans between conferences, and tell them. ``who`` is the key
    of a person in ``people_to_add``. ``gap_reasons`` says, by the key of a ``Gap``, why somebody who comes first is
    left out. Raises Invalid if they must not meet somebody in the group, or such a reason is missing.
    """
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=family, who=who, **reasons_as_said(gap_reasons)):
        found = {one.key: one for one in people_to_add(family, by.on)}.get(who)
        if found is None:
            raise Invalid("Choose a person from the list.", "who")
        plans = _plans_of(family, children)
        member = _join(family.pk, found, found.part[:120], by.on)
        _link(member, plans)
        members = core_group(family, by.on)
        refuse_people_who_must_not_meet(family, members, field="who")
        for meeting in meetings(family).filter(state=MeetingState.PLANNED):
            refuse_people_who_must_not_meet(family, members, meeting, "who")
        _refuse_who_must_not_learn(family, by.on)
        _ask_who_comes_first(family, by.on, member, gap_reasons)
        tell_of_membership(by, member, joined=True)
        _tell_of_dates(by, family, {member.name})
    return member


def change_member(*, by, member, children, gap_reasons=None) -> CoreGroupMember:
    """Change which children’s plans a member works on. ``gap_reasons`` are those of ``add_member``: somebody who comes
    first may be left out of the core group of one plan.
    """
    family = member.family
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=member, about=family, **reasons_as_said(gap_reasons)):
        _refuse_former(member)
        plans, before = _plans_of(family, children), left_out_by_child(family, by.on)
        member.plans.exclude(plan__in=plans).filter(plan__state=PlanState.OPEN).delete()
        _link(member, plans)
        _refuse_who_must_not_learn(family, by.on, "children")
        refuse_unexplained((gap for _, gap in left_out_by_child(family, by.on) - before), gap_reasons)
    return member


def remove_member(*, by, member, reason, gap_reasons=None) -> CoreGroupMember:
    """Take a member off the core group from today, with the reason, and tell them. ``gap_reasons`` are those of
    ``add_member``: somebody who comes first may leave while the other one stays.
    """
    if not reason.strip():
        raise Invalid("Say why they are leaving the core group.", "reason")
    said = {"reason": reason.strip(), **reasons_as_said(gap_reasons)}
    with acting(by, Permission.ARRANGE_CORE_GROUP, on=member, about=member.family, **said):
        _refuse_former(member)
        leave(member, by.on)
        _ask_who_comes_first(member.family, by.on, member, gap_reasons)
        tell_of_membership(by, member, joined=False)
        _tell_of_dates(by, member.family, set())
    return member


def reasons_as_said(gap_reasons) -> dict:
    """The reasons as the trail keeps them."""
    said = "\n".join(words.strip() for words in (gap_reasons or {}).values() if not says_nothing(words))
    return {"left_out_because": said} if said else {}


def _ask_who_comes_first(family, on, member, gap_reasons) -> None:
    """Raises Invalid if the member joined or left so that only one of two people who must not meet is in the core
    group, not the one who comes first, and no reason is given for it.
    """
    found = [one for one in priorities_between_conferences(family, on) if member.person_id in (one.first, one.other)]
    refuse_unexplained(gaps_of_core_group(found, {each.person_id for each in core_group(family, on)}), gap_reasons)


def left_out_by_child(family, on) -> set:
    """Each child (id) with the gap of somebody who comes first and is not in the core group of that child’s plan."""
    found, there = priorities_between_conferences(family, on), defaultdict(set)
    for member, children in members_with_plans(family, on):
        for child in children:
            there[child.pk].add(member.person_id)
    return {(child, gap) for child, people in there.items() for gap in gaps_of_core_group(found, people)}


def refuse_unexplained(gaps, gap_reasons) -> None:
    """Raises Invalid for the first of the ``gaps`` without a reason."""
    for gap in gaps:
        if says_nothing((gap_reasons or {}).get(gap.key, "")):
            raise Invalid(f"Say why: {gap.sentence}", gap.field)


def _tell_of_dates(by, family, joined) -> None:
    """Tell who ``joined`` (names) when the core group meets, and who left that they need not come."""
    for meeting in meetings(family).filter(state=MeetingState.PLANNED):
        tell_of_date(by, meeting, Permission.ARRANGE_CORE_GROUP, only=joined)


def end_members_of_ended_plans(family_id, on) -> None:
    """Let each member leave who has no open plan left. Call inside an act."""
    for member in _current(family_id):
        if member.plans.exists() and not member.plans.filter(plan__state=PlanState.OPEN).exists():
            leave(member, on)


def leave(member, on) -> None:
    """End the membership on that day."""
    member.to_on = max(on, member.from_on)
    member.save()


def _refuse_who_must_not_learn(family, on, field="who") -> None:
    """Raises Invalid if a member of the family would learn of a child or another member that is withheld from them. The
    sentence names both, and does not say which must not learn of the other.
    """
    rows = members_with_plans(family, on)
    people = {member.person_id: member.name for member, _ in rows if member.person_id}
    for member, children in rows:
        met = people | {child.pk: child.full_name for child in children}
        if member.person_id is None:
            continue
        hidden = (met.keys() - {member.person_id}) & withheld_from(family.pk, member.person_id).people
        if hidden:
            names = listed(sorted({member.name, *(met[pk] for pk in hidden)}))
            raise Invalid(
                f"{names} cannot be in one core group, or in the core group for the other’s plan. See the family’s "
                "information to withhold.",
                field,
            )


def _refuse_former(member):
    CORE_GROUP.must_be(member, MEMBER, to="changed")


def _plans_of(family, children) -> list:
    plans = open_plans(family)
    if not children:
        raise Invalid("Choose at least one child.", "children")
    if not {child.pk for child in children} <= plans.keys():
        raise Invalid("One of these children no longer has an open plan. Reload the page.", "children")
    return [plans[child.pk] for child in children]


def _current(family_id) -> list[CoreGroupMember]:
    found = CoreGroupMember.objects.filter(family=family_id, to_on__isnull=True)
    return list(found.select_related("agency").order_by("pk"))


def _take_off(member, plans, others, on) -> None:
    """Take a member off ``plans``. Somebody who has no other plan left in the family leaves."""
    if not member.plans.exists():
        _link(member, others)  # was there for every plan
    else:
        member.plans.filter(plan__in=plans).delete()
    if not member.plans.filter(plan__in=others).exists():
        leave(member, on)


def _key(each):
    return (each.user_id, each.person_id, each.name)


def _join(family_id, one, part, on) -> CoreGroupMember:
    return CoreGroupMember.objects.create(
        family_id=family_id, user_id=one.user_id, person_id=one.person_id, agency_id=one.agency_id, name=one.name,
        part=part, from_on=on,
    )  # fmt: skip


def _link(member, plans) -> None:
    for plan in plans:
        CoreGroupPlan.objects.get_or_create(member=member, plan=plan)


def _part_of(invitation) -> str:
    if invitation.kind == InviteeKind.FAMILY:
        return invitation.get_role_display()
    return invitation.role_at_agency[:120]
