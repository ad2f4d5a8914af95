"""What inviting reads: the list, the proposals, what stops the sending, and a professional's own invitations."""

from collections import defaultdict

from django.db.models import Prefetch, Q
from django.utils import timezone

from conferences.convening.choices import OCCASIONS, Attendance, ConferenceState, PartForChild
from conferences.convening.choices.enquiries import MedicalExamination
from conferences.convening.models import Conference, DiscussionChild, Invitation, InvitationChild, NotInvited
from conferences.convening.permissions import open_invitations
from conferences.convening.queries.acting import runs_it, why_not_chaired_yet
from conferences.convening.queries.companions import companions_to_end
from conferences.convening.queries.enquiries import discussions_of, led_to_it, linked_with
from conferences.convening.queries.last_told import messages_to
from conferences.convening.queries.proposed_again import proposed_again
from conferences.convening.queries.uninformed import children_withheld_from, uninformed_awaiting_decision
from conferences.convening.rules import invitations as invitations_rules
from conferences.disclosure.choices import InviteeKind
from conferences.separation.choices import AttendMode
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import (
    clashes,
    has_reason_for_building,
    met_elsewhere,
    presences_at,
    shared_buildings,
)
from conferences.separation.rules import share_a_door
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.accounts.models import Agency, AgencyClosure, RoleHeld, User
from cpc.core.accounts.permissions import Viewer, few_seen_by, seen_by
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import due, setting
from families.people.choices import Part
from families.people.models import Involvement, Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import eldest_first, living_in
from families.people.queries.merged_records import all_records_of, parts_in
from families.people.rules.short_names import name_among, tell_apart

COMES = (PartForChild.ALL, PartForChild.SOME)
COVERED = Prefetch("children", InvitationChild.objects.select_related("child").order_by(*eldest_first("child")))


def invitations_of(conference) -> list[Invitation]:
    """Everybody on the list with their children, withdrawn invitations last."""
    rows = conference.invitations.select_related("person__contact_details__hand_by", "user__agency", "agency", "room")
    found = list(rows.prefetch_related(COVERED).order_by("withdrawn_at", "kind", "role", "pk"))
    return found


def attend_with_the_others(invitations) -> list[Invitation]:
    """Those on the list who come to the same place at the same time as everybody, so nobody who attends separately."""
    there = (one for one in invitations if not one.withdrawn_at and one.attendance != Attendance.EXCLUDED)
    return [one for one in there if not one.apart and not (one.person and one.person.died_on)]


def sent_to(viewer: Viewer, invitation):
    """The invitation of one reader and what followed about time and place, as far as the viewer may see it, latest
    first. Copies of the record have readers of their own.
    """
    mine = messages_to(invitation).filter(purpose__in=OCCASIONS)
    found = seen_by(viewer, Outgoing).filter(pk__in=mine.values("pk"))
    return found.select_related("document", "incident").defer("document__body", "document__values").order_by("-pk")


def sent_invitations(conference):
    """The invitations that were sent and not withdrawn."""
    return conference.invitations.filter(sent_at__isnull=False, withdrawn_at__isnull=True)


def included_children(conference) -> list[Person]:
    """The children that the conference is about, eldest first and the unborn last."""
    rows = conference.children.filter(included=True).select_related("child")
    rows = rows.order_by(*eldest_first("child"))
    return tell_apart([row.child for row in rows])


def report_due_on(conference):
    """The last day to share a report for this conference with the family."""
    key = "report_to_family_review" if conference.is_review else "report_to_family_initial"
    return due(key, conference.held_on).on


def proposals(conference) -> list[invitations_rules.Proposal]:
    """The people to invite with the reasons, and the gaps, worked out from what is recorded now. Nobody is asked about
    a child who has died.
    """
    children = [child for child in included_children(conference) if not child.died_on]
    on = conference.held_on or conference.due_on
    return invitations_rules.propose(
        [
            invitations_rules.Child(
                child.pk,
                child.full_name,
                child.born_on,
                child.expected_on,
                name_among(child, children),
            )
            for child in children
        ],
        _adults(conference, children),
        _knows(children),
        on,
        _practice(conference),
        proposed_again(conference, children),
    )


def _adults(conference, children) -> list[invitations_rules.Adult]:
    ties = defaultdict(list)
    people = {}
    found = adults_of([child.pk for child in children])
    for one in sorted(found, key=lambda row: row.adult_id):
        people[one.adult_id] = one.adult
        ties[one.adult_id].append(tie_of(one))
    home = living_in(conference.family)
    children_withheld = children_withheld_from(people, [child.pk for child in children])
    return [
        invitations_rules.Adult(
            pk, person.full_name, tuple(ties[pk]), pk in home, person.died_on, person.is_unknown, children_withheld[pk]
        )
        for pk, person in people.items()
    ]


def _knows(children) -> list[invitations_rules.AgencyInvolvement]:
    found = Involvement.objects.filter(child__in=[child.pk for child in children], agency__is_active=True)
    found = found.select_related("agency", "professional").order_by("pk")
    return [
        invitations_rules.AgencyInvolvement(
            one.child_id,
            one.agency_id,
            one.agency.name,
            one.agency.kind,
            one.professional_id if _works_there(one) else None,
            str(one.professional) if _works_there(one) else "",
            one.from_on,
            one.to_on,
        )
        for one in found
    ]


def _works_there(involvement) -> bool:
    """Whether the professional who knew the child has an account, and still works for the agency."""
    known = involvement.professional
    return bool(known and known.is_active and known.agency_id == involvement.agency_id)


def _practice(conference) -> invitations_rules.Practice:
    family = conference.family
    police = Agency.objects.filter(is_active=True, kind=AgencyKind.POLICE).order_by("pk").first()
    worker, manager = (one if one and one.is_active else None for one in (family.social_worker, family.team.manager))
    officer = police.people.filter(is_active=True).order_by("pk").first() if police else None
    return invitations_rules.Practice(
        child_invite_age=setting("child_invite_age"),
        police=invitations_rules.AgencyInvolvement(
            None, police.pk, police.name, police.kind, officer.pk if officer else None, str(officer) if officer else ""
        )
        if police
        else None,
        social_worker=invitations_rules.Worker(worker.pk, str(worker)) if worker else None,
        team_manager=invitations_rules.Worker(manager.pk, str(manager)) if manager else None,
        **_medical_examinations(conference),
        welcome=frozenset(conference.child_parts.filter(part__in=COMES).values_list("child", flat=True)),
    )


def _medical_examinations(conference) -> dict[str, frozenset[int]]:
    """The children of the discussions of this conference's enquiries for which a medical examination was made, and
    those for which one is needed, as ``Practice`` takes them.
    """
    starts = [one.strategy_discussion for one in led_to_it(conference)]
    if not starts:
        return {}
    every = discussions_of(conference.family)
    of_enquiry = [one for start in starts for one in (start, *linked_with(start, every))]
    said = {one.pk: one.medical for one in of_enquiry}
    found: dict[str, set[int]] = {MedicalExamination.DONE: set(), MedicalExamination.NEEDED: set()}
    for discussion, child in DiscussionChild.objects.filter(discussion__in=said).values_list("discussion", "child"):
        if said[discussion] in found:
            found[said[discussion]].add(child)
    return {
        "examined": frozenset(found[MedicalExamination.DONE]),
        "to_examine": frozenset(found[MedicalExamination.NEEDED]),
    }


def is_on_the_list(proposal, invitations, not_invited) -> bool:
    """Whether a proposed person is already invited, or somebody has given a reason not to."""
    for one in (*invitations, *not_invited):
        if proposal.person and one.person_id and proposal.person in (one.person_id, one.person.merged_into_id):
            return True
        if proposal.user and one.user_id == proposal.user:
            return True
        if proposal.agency and not proposal.user and one.agency_id == proposal.agency:
            return True
    return False


def gaps_of(conference, found=None) -> list[invitations_rules.Proposal]:
    """The agencies that should be there, have nobody on the list, and have no reason recorded."""
    invited = list(conference.invitations.filter(withdrawn_at__isnull=True).prefetch_related("children"))
    said = list(conference.not_invited.all())
    return [gap for gap in (found or proposals(conference)) if gap.gap and not _filled(gap, invited, said)]


def _filled(gap, invited, said) -> bool:
    wanted = set(gap.children)
    for one in invited:
        if one.role == gap.role and wanted & {covered.child_id for covered in one.children.all()}:
            return True
    return any(one.role == gap.role and (one.child_id in wanted or one.child_id is None) for one in said)


def reasons_of_last_time(conference) -> dict[tuple[str, int | None], str]:
    """Why nobody of a kind was invited to the family's conferences before, by role and child: the latest reason."""
    before = NotInvited.objects.filter(conference__family=conference.family_id, person=None, user=None, agency=None)
    before = before.exclude(conference=conference.pk).order_by("said_at", "pk")
    return {(role, child): why for role, child, why in before.values_list("role", "child", "reason")}


def not_invited(conference):
    """The people and agencies that are not invited, with the reasons."""
    return NotInvited.objects.filter(conference=conference).select_related("child", "said_by").order_by("pk")


def family_members_to_add(conference):
    """The living people of the family who are not on the list, except children left out of this conference."""
    there = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True)
    on_the_list = all_records_of(there.values_list("person_id", flat=True))  # nobody is invited under two records
    included = all_records_of(conference.children.filter(included=True).values_list("child_id", flat=True))
    parts = parts_in(conference.family_id)
    members = [pk for pk, part in parts.items() if part != Part.CHILD or pk in included]
    people = Person.objects.filter(pk__in=members, died_on__isnull=True, is_unknown=False, merged_into__isnull=True)
    born = Q(born_on__isnull=False) | Q(expected_on__isnull=True)
    return people.filter(born).exclude(pk__in=on_the_list).order_by("last_name", "first_name", "pk")


def what_stops(conference, invitations=None) -> list[str]:
    """Why the invitations cannot be sent yet, one sentence each; empty if they can."""
    if conference.state != ConferenceState.BOOKED:
        return ["Book the conference first: an invitation needs its date and place."]
    rows = list(invitations_of(conference) if invitations is None else invitations)
    # The letter tells the family who chairs, and who agreed where the chair is not independent.
    found = [sentence for sentence in [why_not_chaired_yet(conference)] if sentence]
    found += who_would_meet(conference, rows)
    found += companions_to_end(conference)
    found += [one.reason_not_to_send for one in uninformed_awaiting_decision(conference, rows)]
    chair = runs_it(conference)
    if not chair.is_active or not RoleHeld.objects.filter(user=chair, role=Role.CHAIR).exists():
        found.append(f"{chair} no longer chairs conferences. Choose another chair before inviting anyone.")
    for one in rows:
        if one.sent_at or one.withdrawn_at or one.kind != InviteeKind.PROFESSIONAL:
            continue
        if one.user_id and not one.user.is_active:
            found.append(f"The account of {one.name} is closed. Remove them from the list, and add somebody else.")
        if not one.user_id and not (one.agency and one.agency.email):
            found.append(f"There is no email address for {one.name}. Add a named professional, or an agency address.")
        if one.agency_id and not one.agency.is_active:
            found.append(f"{one.agency} is no longer in use. Remove it from the list, and add another agency.")
    return found


def closed_agencies(conference, invitations) -> list[str]:
    """Which agencies on the list are closed on the day of the conference, or when their report is due: a sentence each.
    One query.
    """
    day = timezone.localdate(conference.starts_at) if conference.starts_at else None
    asked = {}
    for one in invitations:
        if agency := one.agency_id or (one.user.agency_id if one.user_id else None):
            asked.setdefault(agency, set()).add(one.report_due_on if one.report_asked else None)
    found = []
    for closure in AgencyClosure.objects.filter(agency__in=asked).select_related("agency"):
        days = f"from {in_words(closure.from_on)} to {in_words(closure.until_on)}"
        said = f"{closure.agency} is closed {days} ({closure.why})."
        late = [on for on in asked[closure.agency_id] if on and closure.from_on <= on <= closure.until_on]
        if day and closure.from_on <= day <= closure.until_on:
            found.append(f"{said} The conference is on one of these days.")
        elif late:
            found.append(f"{said} Its report is due on {in_words(min(late))}. Ask for it before they close.")
    return found


def who_would_meet(conference, invitations) -> list[str]:
    """Why the list puts people together who must not meet, one sentence each; empty if it does not."""
    presences = presences_at(conference, invitations)
    pairs = pairs_to_separate([one.person for one in presences])
    found = _would_attend_together(conference, presences, pairs)
    two_times = shared_buildings(conference, presences, pairs)
    found += [_one_building(a, b) for a, b in two_times if not has_reason_for_building(conference, a, b)]
    found += [_one_door(a, b) for a, b in two_times if share_a_door(a, b)]
    return found + [_met_elsewhere(one) for one in met_elsewhere(presences)]


def who_would_attend_together(conference) -> list[str]:
    """The sentences of ``who_would_meet`` which say that two people would attend this conference together."""
    presences = presences_at(conference)
    pairs = pairs_to_separate([one.person for one in presences])
    return _would_attend_together(conference, presences, pairs)


def _would_attend_together(conference, presences, pairs) -> list[str]:
    return [_would_meet(a, b) for a, b in clashes(conference, presences, pairs)]


def _would_meet(a, b) -> str:
    if a.mode == b.mode == AttendMode.PHONE:
        return (
            f"{a.name} and {b.name} must not meet, and would be in one phone call. Give each a start and an end of "
            "their own, so that they are called one after the other, or have one of them attend in another way."
        )
    if AttendMode.VIDEO in (a.mode, b.mode):
        same = "at the same video link" if a.mode == b.mode else "in the room and on its screen"
        return (
            f"{a.name} and {b.name} must not meet, and would be {same} at the same time. "
            "Give one of them another time or a link of their own, and each an end."
        )
    return (
        f"{a.name} and {b.name} must not meet, and would be in the same building at the same time. Have one of them "
        f"come by video or on another day, or give both a start and an end with {setting('separation_gap_minutes')} "
        "minutes between them."
    )


def _one_building(a, b) -> str:
    return (
        f"{a.name} and {b.name} must not meet, and would come to one building at different times. Have one of them "
        "come by video or on another day, or ask the chair to give the reason on the page “People who must not meet”."
    )


def _one_door(a, b) -> str:
    return (
        f"{a.name} and {b.name} must not meet, and would come to one building without a door of their own each. Have "
        "both attend separately, and enter a different door for each."
    )


def _met_elsewhere(one) -> str:
    return (
        f"{one.name} must not come at this time: somebody that they must not meet is expected in the same building, "
        "or in the same phone call, then. Choose another time or building, or have them come by video."
    )


def own_invitation(viewer: Viewer, pk):
    """The viewer's own open invitation with everything that its page shows; None if it is not theirs."""
    found = open_invitations(viewer).filter(
        pk=pk, conference__in=few_seen_by(viewer, Conference).order_by().values("pk")
    )
    shown = ("conference__chair", "conference__room", "conference__family", "agency", "room", "user")
    return found.select_related(*shown).prefetch_related(COVERED).first()


def own_invitation_to(viewer: Viewer, conference) -> Invitation | None:
    """The viewer's open invitation to this conference, if they have one."""
    return open_invitations(viewer).filter(conference=conference).first()


def professionals_to_add(conference):
    """The active professionals and social care staff who are not on the list, by name."""
    there = conference.invitations.filter(user__isnull=False, withdrawn_at__isnull=True).values("user_id")
    roles = [Role.PROFESSIONAL, Role.SOCIAL_WORKER, Role.TEAM_MANAGER]
    people = User.objects.filter(is_active=True, pk__in=RoleHeld.objects.filter(role__in=roles).values("user_id"))
    return people.exclude(pk__in=there).select_related("agency").order_by("last_name", "first_name", "pk")
