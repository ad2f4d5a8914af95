"""What inviting reads: the list, what the rule proposes, what stops the sending, a professional's own invitations."""

from collections import defaultdict

from django.db.models import Prefetch, Q

from conferences.choices import AttendMode, ConferenceState, InviteeKind
from conferences.models import Conference, Invitation, InvitationChild, NotInvited
from conferences.permissions import open_invitations
from conferences.queries.apart import who_would_meet
from conferences.queries.unknowing import children_kept_from, invited_unknowing
from conferences.rules import invite as rules
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.accounts.models import Agency, RoleHeld, User
from cpc.core.accounts.permissions import seen_by
from cpc.core.policy.queries import due, setting
from families.choices import Part
from families.models import Involvement, Person, Relationship
from families.queries import (
    all_records_of,
    call_as_papers_may,
    living_in,
    parts_in,
    that_papers_may_say,
    that_papers_may_say_of,
    ties_that_papers_may_say,
)

COVERED = Prefetch("children", InvitationChild.objects.select_related("child").order_by("child__born_on", "child_id"))


def invitations_of(conference) -> list[Invitation]:
    """Everybody on the list, those withdrawn last, each with who they are and the children whom they cover, called as
    the papers of this family may call them."""
    rows = conference.invitations.select_related("person__contact_details__hand_by", "user__agency", "agency", "room")
    found = list(rows.prefetch_related(COVERED).order_by("withdrawn_at", "kind", "role", "pk"))
    covered = [(child, "child") for one in found for child in one.children.all()]
    call_as_papers_may(conference.family_id, [*covered, *((one, "person") for one in found)])
    return found


def told(conference):
    """Those who were invited and still are."""
    return conference.invitations.filter(sent_at__isnull=False, withdrawn_at__isnull=True)


def included_children(conference) -> list[Person]:
    """The children whom the conference is about, eldest first and the unborn last, as its papers may call them."""
    rows = conference.children.filter(included=True).select_related("child")
    rows = rows.order_by("child__born_on", "child__expected_on", "child_id")
    return that_papers_may_say_of(conference.family_id, [row.child for row in rows])


def report_due_on(conference):
    """The last day on which a report for this conference is shared with the family."""
    key = "report_to_family_review" if conference.is_review else "report_to_family_initial"
    return due(key, conference.held_on).on


def proposals(conference) -> list[rules.Proposal]:
    """Who ought to be invited and why, and the gaps, by the rule and what is recorded now."""
    children = included_children(conference)
    on = conference.held_on or conference.due_on
    return rules.propose(
        [
            rules.Child(
                child.pk,
                child.full_name,
                child.born_on,
                child.expected_on,
                child.known_as or child.first_name or ("the unborn baby" if child.is_unborn else ""),
            )
            for child in children
        ],
        _adults(conference, children),
        _knows(conference, children),
        on,
        _practice(conference),
    )


def _adults(conference, children) -> list[rules.Adult]:
    ties = defaultdict(list)
    people = {}
    found = Relationship.objects.live().filter(child__in=[child.pk for child in children])
    found = found.select_related("adult__merged_into").order_by("adult_id", "pk")
    for one in ties_that_papers_may_say(conference.family_id, found):
        # Two records of one person stand for one, who is invited once.
        adult = one.adult.merged_into or one.adult
        people[adult.pk] = adult
        ties[adult.pk].append(rules.Tie(one.child_id, one.kind, one.parental_responsibility, one.main_carer))
    people = {person.pk: person for person in that_papers_may_say_of(conference.family_id, people.values())}
    home = living_in(conference.family)
    unknowing = children_kept_from(people, [child.pk for child in children])
    return [
        rules.Adult(pk, person.full_name, tuple(ties[pk]), pk in home, person.died_on, person.is_unknown, unknowing[pk])
        for pk, person in people.items()
    ]


def _knows(conference, children) -> list[rules.Knows]:
    found = Involvement.objects.filter(child__in=[child.pk for child in children])
    found = found.select_related("agency", "professional").order_by("pk")
    return [
        rules.Knows(
            one.child_id,
            one.agency_id,
            one.agency.name,
            one.agency.kind,
            one.professional_id,
            str(one.professional) if one.professional else "",
            one.from_on,
            one.to_on,
        )
        for one in that_papers_may_say(conference.family_id, found, "child_id")
    ]


def _practice(conference) -> rules.Practice:
    family = conference.family
    police = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").first()
    worker, manager = family.social_worker, family.team.manager
    officer = police.people.filter(is_active=True).order_by("pk").first() if police else None
    return rules.Practice(
        child_invite_age=setting("child_invite_age"),
        police=rules.Knows(
            None, police.pk, police.name, police.kind, officer.pk if officer else None, str(officer) if officer else ""
        )
        if police
        else None,
        social_worker=rules.Worker(worker.pk, str(worker)) if worker else None,
        team_manager=rules.Worker(manager.pk, str(manager)) if manager else None,
    )


def is_on_the_list(proposal, invitations, not_invited) -> bool:
    """Whether what the rule proposes is invited already, or somebody has said why not."""
    for one in (*invitations, *not_invited):
        if proposal.person and one.person_id and proposal.person in (one.person_id, one.person.merged_into_id):
            return True
        if proposal.user and one.user_id == proposal.user:
            return True
        if proposal.agency and not proposal.user and one.agency_id == proposal.agency:
            return True
    return False


def gaps_of(conference, found=None) -> list[rules.Proposal]:
    """The agencies that ought to be there, that nobody on the list fills, and of which nobody has said why not."""
    invited = list(conference.invitations.filter(withdrawn_at__isnull=True).prefetch_related("children"))
    said = list(conference.not_invited.all())
    return [gap for gap in (found or proposals(conference)) if gap.gap and not _filled(gap, invited, said)]


def _filled(gap, invited, said) -> bool:
    wanted = set(gap.children)
    for one in invited:
        if one.role == gap.role and wanted & {covered.child_id for covered in one.children.all()}:
            return True
    return any(one.role == gap.role and (one.child_id in wanted or one.child_id is None) for one in said)


def not_invited(conference):
    """Whom nobody invites, and why."""
    return NotInvited.objects.filter(conference=conference).select_related("child", "said_by").order_by("pk")


def family_members_to_add(conference):
    """The people of the family who are alive, not on the list, and not a child left out of this conference."""
    there = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True)
    on_the_list = all_records_of(there.values_list("person_id", flat=True))  # nobody is invited under two records
    included = all_records_of(conference.children.filter(included=True).values_list("child_id", flat=True))
    parts = parts_in(conference.family_id)
    members = [pk for pk, part in parts.items() if part != Part.CHILD or pk in included]
    people = Person.objects.filter(pk__in=members, died_on__isnull=True, is_unknown=False, merged_into__isnull=True)
    born = Q(born_on__isnull=False) | Q(expected_on__isnull=True)
    return people.filter(born).exclude(pk__in=on_the_list).order_by("last_name", "first_name", "pk")


def what_stops(conference, invitations=None) -> list[str]:
    """Why the invitations cannot be sent yet, one sentence each; nothing when they can."""
    if conference.state != ConferenceState.BOOKED:
        return ["Book the conference first: an invitation needs its date and place."]
    rows = list(invitations_of(conference) if invitations is None else invitations)
    found = [_would_meet(a, b) for a, b in who_would_meet(conference, rows)]
    found += [one.stops for one in invited_unknowing(conference, rows)]
    for one in rows:
        if one.sent_at or one.withdrawn_at or one.kind != InviteeKind.PROFESSIONAL:
            continue
        if not one.user_id and not (one.agency and one.agency.email):
            found.append(f"There is no email address for {one.name}. Add a named professional, or an agency address.")
    return found


def _would_meet(a, b) -> str:
    if a.mode == AttendMode.VIDEO:
        return (
            f"{a.name} and {b.name} must not meet, and would be at the same video link at the same time. "
            "Give one of them another time or a link of their own."
        )
    return (
        f"{a.name} and {b.name} must not meet, and would be in the same room at the same time. "
        "Give one of them another time or room, or have one of them come by video or phone."
    )


def own_invitation(viewer, pk):
    """The viewer's own open invitation, with everything that its page shows; nothing when it is not theirs."""
    found = open_invitations(viewer).filter(pk=pk, conference__in=seen_by(viewer, Conference).order_by().values("pk"))
    shown = ("conference__chair", "conference__room", "conference__family", "agency", "room", "user")
    return found.select_related(*shown).prefetch_related(COVERED).first()


def own_invitation_to(viewer, conference) -> Invitation | None:
    """The invitation by which the viewer may see this conference, where that is the road."""
    return open_invitations(viewer).filter(conference=conference).first()


def professionals_to_add(conference):
    """The active people with an account, of agencies or of social care, who are not on the list; by name."""
    there = conference.invitations.filter(user__isnull=False, withdrawn_at__isnull=True).values("user_id")
    roles = [Role.PROFESSIONAL, Role.SOCIAL_WORKER, Role.TEAM_MANAGER]
    people = User.objects.filter(is_active=True, pk__in=RoleHeld.objects.filter(role__in=roles).values("user_id"))
    return people.exclude(pk__in=there).select_related("agency").order_by("last_name", "first_name", "pk")


def agencies_to_add():
    """Every agency, by name."""
    return Agency.objects.order_by("name", "pk")
