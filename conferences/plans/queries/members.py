"""Who is in the core group of each plan, who may be added between conferences, and somebody’s own core groups."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from conferences.convening.choices import ConferenceState, InviteeRole
from conferences.convening.letters.notices import common_words
from conferences.convening.models import HAD_A_PART, Conference, Invitation
from conferences.convening.queries.exclusions import invitations_without_documents
from conferences.meeting.queries.agencies import NO_AGENCY
from conferences.meeting.queries.board import invited
from conferences.plans.choices import MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, ProtectionPlan
from conferences.plans.queries import core_group, lead_social_workers, open_plans
from conferences.plans.queries.child_in_need import memberships_that_may_come
from cpc.core.accounts.permissions import Viewer
from families.cases.models import DeclaredConflict
from families.cases.permissions import not_restricted_or_conflicted
from families.people.choices import Part
from families.people.models import Involvement, Person
from families.protections.queries.entries import families_that_withhold

# They come for one conference, not for the plan.
NOT_IN_A_CORE_GROUP = (*NO_AGENCY, InviteeRole.POLICE)


@dataclass(frozen=True)
class PersonToAdd:
    """Somebody who may join a core group: a family member, a professional, or an agency without a named one."""

    key: str
    name: str
    part: str
    user_id: int | None = None
    person_id: int | None = None
    agency_id: int | None = None


def people_to_add(family, on) -> list[PersonToAdd]:
    """Who works with a child that has an open plan, the team's social workers, and the family, without those who are in
    the core group already, have died, or have a conflict of interest.
    """
    plans, found = open_plans(family), {}
    active = Q(to_on__isnull=True) | Q(to_on__gte=on)
    known = Involvement.objects.filter(active, child__in=plans, from_on__lte=on).select_related(
        "professional", "agency"
    )
    for one in known.order_by("pk"):
        user, agency = one.professional, one.agency
        if user is not None and user.is_active:
            part = f"{user.job_title or agency.get_kind_display()}, {agency.name}"
            _add(found, PersonToAdd(f"user-{user.pk}", user.get_full_name(), part, user.pk, None, agency.pk))
        elif user is None:
            _add(found, PersonToAdd(f"agency-{agency.pk}", agency.name, agency.get_kind_display(), agency_id=agency.pk))
    for user in lead_social_workers(family):
        _add(found, PersonToAdd(f"user-{user.pk}", user.get_full_name(), "Social worker", user.pk))
    for one in memberships_that_may_come(family):
        person, part = one.person, Part(one.part).label
        if one.part != Part.CHILD or person.pk in plans:
            _add(found, PersonToAdd(f"person-{person.pk}", person.full_name, part, person_id=person.pk))
    barred = set(DeclaredConflict.objects.live().filter(family=family).values_list("user", flat=True))
    existing = {_identity(each) for each in core_group(family, on)}
    return [one for one in found.values() if one.user_id not in barred - {None} and _identity(one) not in existing]


def _add(found, one) -> None:
    found.setdefault(one.key, one)


def _identity(one):
    return (one.user_id, one.person_id, None if one.user_id or one.person_id else one.agency_id)


@dataclass(frozen=True)
class OwnCoreGroup:
    """A core group that the viewer belongs to: for which plans, and its next meeting, if one is booked. ``tells_place``
    is whether its place is shown: somebody typed it, and nobody checked it for what must be withheld.
    """

    plans: list[ProtectionPlan]
    meeting: CoreGroupMeeting | None
    tells_place: bool = True

    @property
    def children(self) -> list[Person]:
        """The children that the viewer is there for."""
        return [plan.child for plan in self.plans]


def core_groups_of(viewer: Viewer) -> list[OwnCoreGroup]:
    """The core groups that the viewer belongs to today, the next meeting on top. Nothing of a family that they have a
    conflict with, or that is restricted and not open to them. Nothing that was typed: what the plan says is in their
    own copies, which were checked. Nor the place of a meeting of a family in which anything is withheld. Nine queries.
    """
    mine = CoreGroupMember.objects.filter(user=viewer.id, from_on__lte=viewer.on).exclude(to_on__lte=viewer.on)
    mine = list(mine.filter(not_restricted_or_conflicted(viewer, family="family_id")).prefetch_related("plans"))
    families = {one.family_id for one in mine}
    plans, meetings = defaultdict(list), {}
    running = ProtectionPlan.objects.filter(family__in=families, state=PlanState.OPEN)
    for plan in running.select_related("child", "lead_social_worker").order_by("child__born_on", "pk"):
        plans[plan.family_id].append(plan)
    planned = CoreGroupMeeting.objects.filter(family__in=families, state=MeetingState.PLANNED)
    for meeting in planned.order_by("starts_at"):
        meetings.setdefault(meeting.family_id, meeting)
    found, withholding = [], families_that_withhold(set(meetings)) if meetings else set()
    for one in mine:
        linked = {link.plan_id for link in one.plans.all()}
        theirs = [plan for plan in plans[one.family_id] if not linked or plan.pk in linked]
        if theirs:
            meeting = meetings.get(one.family_id)
            found.append(OwnCoreGroup(theirs, meeting, tells_place=one.family_id not in withholding))
    return sorted(found, key=lambda one: one.meeting.starts_at.timestamp() if one.meeting else float("inf"))


def to_be_told(family_id, on) -> list[str]:
    """The names of parents and carers who get a letter of the family’s last conference and are not in its core group.
    Their letters say that the lead social worker will tell them what it decides.
    """
    held = Conference.objects.filter(family=family_id, state=ConferenceState.HELD).order_by("-starts_at", "-pk").first()
    rows = Invitation.objects.filter(
        HAD_A_PART, conference=held, role__in=(InviteeRole.PARENT, InviteeRole.CARER), person__died_on__isnull=True,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    rows = list(rows.order_by("pk"))
    without = invitations_without_documents(rows)
    members = {one.person_id for one in core_group(family_id, on)}
    return [one.name for one in rows if one.person_id not in members and one.pk not in without]


def could_be_members(conference) -> list[Invitation]:
    """The invited people who could be in the core group: nobody with a closed account."""
    return [
        each
        for each in invited(conference)
        if each.role not in NOT_IN_A_CORE_GROUP and (each.user is None or each.user.is_active)
    ]


def members_now(conference, on) -> dict[str, str]:
    """What a page adds to the names of those of ``could_be_members`` (ids) who are in the core group on that day."""
    known = {(each.user_id, each.person_id, each.name) for each in core_group(conference.family_id, on)}
    return {
        str(each.pk): "in the core group now"
        for each in could_be_members(conference)
        if (each.user_id, each.person_id, each.name) in known
    }


def members_with_plans(family, on) -> list[tuple[CoreGroupMember, list[Person]]]:
    """Each member of the core group on that day, with the children that they are there for. Two queries."""
    plans = open_plans(family)
    found = CoreGroupMember.objects.filter(family=family, from_on__lte=on).exclude(to_on__lte=on)
    rows = []
    for member in found.select_related("agency").prefetch_related("plans").order_by("pk"):
        linked = {link.plan_id for link in member.plans.all()}
        theirs = [plan.child for plan in plans.values() if not linked or plan.pk in linked]
        rows.append((member, theirs))
    return rows


def names_no_email_may_hold(family_id) -> list[str]:
    """Every name of the people of the family, without words that each of our e-mails has anyway."""
    people, ours = Person.objects.filter(memberships__family=family_id), common_words()
    names = {name for person in people for name in (person.first_name, person.last_name, person.known_as) if name}
    return sorted(name for name in names if name.lower() not in ours)
