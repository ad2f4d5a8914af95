"""Everything of one conference that its record and letters are made from, read once for all the copies."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from conferences.choices import Attendance, ConferenceState, InviteeKind, InviteeRole
from conferences.models import Conference, Decision, Invitation
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, PlanAction, ProtectionPlan
from cpc.core.documents.check import release_check
from cpc.core.documents.protected import Kind
from cpc.core.kernel.phrases import listed
from families.choices import PARENTS
from families.models import Person, Relationship
from families.queries import Kept, call_as_papers_may, kept_from, ties_that_papers_may_say
from reports.choices import ReportState
from reports.models import ConferenceRecord, Paragraph, Report
from reports.rules import Invited, Reader, Tie, Written

# What names somebody or a place: a surname or first name alone counts too, where it says who does something.
NAMES_SOMEBODY = (Kind.FULL_NAME, Kind.SURNAME, Kind.FIRST_NAME, Kind.SCHOOL, Kind.PHRASE, Kind.FACT)
SUPPORTS = (InviteeRole.SUPPORTER, InviteeRole.INTERPRETER)


@dataclass(frozen=True)
class Facts:
    """What is known of the conference. ``covers`` are the children of each invitation; all ids are of people."""

    record: ConferenceRecord
    conference: Conference
    children: tuple[Person, ...]
    ties: tuple[Tie, ...]
    relationships: tuple[Relationship, ...]
    invitations: tuple[Invitation, ...]
    covers: dict[int, frozenset[int]]
    reports: tuple[Report, ...]
    paragraphs: tuple[Paragraph, ...]
    decisions: dict[int, Decision]
    plans: dict[int, ProtectionPlan]
    ended: frozenset[int]
    continued: frozenset[int]
    actions: tuple[tuple[PlanAction, frozenset[int]], ...]
    members: tuple[CoreGroupMember, ...]
    first_core_group_at: datetime | None
    review_at: datetime | None

    @property
    def included(self) -> frozenset[int]:
        """The ids of the children of the conference."""
        return frozenset(child.pk for child in self.children)

    def children_of_person(self, person_id: int) -> frozenset[int]:
        """The children of the conference to whom this person belongs, or failing any, to whom they are related."""
        if person_id in self.included:
            return frozenset({person_id})
        ties = [tie for tie in self.ties if tie.adult == person_id]
        own = frozenset(tie.child for tie in ties if tie.belongs) & self.included
        return own or frozenset(tie.child for tie in ties) & self.included

    def tie_words(self, person_id: int, children, kept_ties=frozenset()) -> str:
        """What this person is, to those of ``children`` whom they belong to: "mother of Rosa and Theo"."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for one in self.relationships:
            if (person_id, one.child_id) in kept_ties:
                continue
            if one.adult_id == person_id and one.child_id in children:
                kinds[one.get_kind_display().lower()].append(first_name(one.child))
        return "; ".join(f"{kind} of {listed(names)}" for kind, names in kinds.items())

    def children_of_user(self, user_id) -> frozenset[int]:
        """The children for whom a professional was invited."""
        return frozenset().union(
            *(self.covers.get(one.pk, frozenset()) for one in self.invitations if user_id and one.user_id == user_id)
        )


def first_name(person: Person) -> str:
    """The name by which a letter calls a child: the first name, or "Unborn Marlow"."""
    return person.known_as or person.first_name or person.full_name


def invited_people(conference) -> list[Invitation]:
    """Whoever was invited or came, and was not taken off the list again."""
    found = list(conference.invitations.filter(withdrawn_at__isnull=True).select_related("person", "user", "agency"))
    call_as_papers_may(conference.family_id, [(one, "person") for one in found])
    return [one for one in found if one.sent_at or one.attendance != Attendance.UNKNOWN]


def ties_to(family_id, children) -> tuple[tuple[Tie, ...], tuple[Relationship, ...]]:
    """What every adult is to these children, as the rule and as the letters of this family need it; nothing that only
    another, restricted family says."""
    live = Relationship.objects.live().filter(child__in=children).select_related("child", "adult")
    relationships = tuple(ties_that_papers_may_say(family_id, live.order_by("child_id", "adult_id")))
    ties = tuple(
        Tie(
            adult=one.adult_id,
            child=one.child_id,
            parental_responsibility=one.parental_responsibility,
            main_carer=one.main_carer,
            parent=one.kind in PARENTS,
        )
        for one in relationships
    )
    return ties, relationships


def as_invited(invitation: Invitation, covers: frozenset[int], children: frozenset[int]) -> Invited:
    """The invited person as the rule needs to know them."""
    person = invitation.person
    return Invited(
        professional=invitation.kind == InviteeKind.PROFESSIONAL,
        invited_for=covers,
        person=invitation.person_id,
        is_child=invitation.person_id in children or invitation.role == InviteeRole.CHILD,
        excluded=invitation.attendance == Attendance.EXCLUDED,
        died=bool(person and person.stands_for.died_on),
        supports=invitation.role in SUPPORTS,
    )


def as_written(paragraph) -> Written:
    """The paragraph as the rule sees it."""
    return Written(
        audience=paragraph.audience,
        named=frozenset(one.invitation_id for one in paragraph.readers.all()),
        child=paragraph.child_id,
        person=paragraph.person_id,
        procedural=paragraph.procedural,
    )


def reader_of(copy, knowing=None) -> Reader:
    """The reader of a copy as the rule needs to know them, with what is kept from them (a fixed number of queries).

    Whatever was covered, a child of whom they must not learn is not. ``knowing`` is what ``secrets_of`` the family
    said, where many readers are asked about.
    """
    person = copy.invitation.person_id
    kept = Kept()
    if person:
        kept = knowing.kept_from(person) if knowing else kept_from(copy.record.conference.family_id, person)
    return Reader(
        children=frozenset(one.child_id for one in copy.children.all()) - kept.people,
        professional=copy.invitation.kind == InviteeKind.PROFESSIONAL,
        person=person,
        invitation=copy.invitation_id,
        kept=kept.people,
        kept_ties=kept.ties,
        kept_agencies=kept.agencies,
        unsaid=tuple(one for one in kept.protected if one.kind in NAMES_SOMEBODY),
        knows=tuple(kept.known),
    )


def would_name(reader: Reader, words: str) -> bool:
    """Whether these words name somebody, or a place, of whom the reader must not learn."""
    return bool(reader.unsaid) and bool(release_check(words, reader.unsaid, reader.knows))


def facts_of(record: ConferenceRecord) -> Facts:
    """What the record and letters of this conference are made from (a fixed number of queries)."""
    conference = Conference.objects.select_related("family", "chair", "closed_by", "previous").get(
        pk=record.conference_id
    )
    rows = list(conference.children.filter(included=True).select_related("child", "decision__decided_by"))
    ties, relationships = ties_to(conference.family_id, [row.child_id for row in rows])
    invitations = list(
        conference.invitations.filter(withdrawn_at__isnull=True)
        .select_related("person", "user", "agency")
        .prefetch_related("children")
    )
    paragraphs = list(record.paragraphs.select_related("child", "person").prefetch_related("readers"))
    members = list(
        CoreGroupMember.objects.filter(family=conference.family_id, to_on__isnull=True)
        .select_related("user", "person", "agency")
        .order_by("pk")
    )
    named = [(rows, ["child"]), (relationships, ["child", "adult"]), (invitations, ["person"]), (members, ["person"])]
    named.append((paragraphs, ["child", "person"]))
    call_as_papers_may(conference.family_id, [(one, name) for found, names in named for one in found for name in names])
    children = tuple(sorted((row.child for row in rows), key=lambda child: (child.born_on or date.max, child.pk)))
    ids = [child.pk for child in children]
    plans = list(ProtectionPlan.objects.filter(child__in=ids).select_related("lead_social_worker"))
    meeting = (
        CoreGroupMeeting.objects.filter(family=conference.family_id, is_first=True)
        .exclude(state=MeetingState.CANCELLED)
        .filter(starts_at__gt=conference.starts_at)
        .order_by("starts_at")
        .first()
    )
    review = conference.later.filter(state=ConferenceState.BOOKED).order_by("starts_at").first()
    return Facts(
        record=record,
        conference=conference,
        children=children,
        ties=ties,
        relationships=relationships,
        invitations=tuple(one for one in invitations if one.sent_at or one.attendance != Attendance.UNKNOWN),
        covers={one.pk: frozenset(row.child_id for row in one.children.all()) for one in invitations},
        reports=tuple(
            Report.objects.filter(conference=conference, state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
            .select_related("agency")
            .prefetch_related("children", "sharings__parent")
            .order_by("kind", "pk")
        ),
        paragraphs=tuple(paragraphs),
        decisions={row.child_id: row.decision for row in rows if hasattr(row, "decision")},
        plans={plan.child_id: plan for plan in plans if plan.state == "open"},
        ended=frozenset(plan.child_id for plan in plans if plan.ended_by_conference_id == conference.pk),
        continued=frozenset(
            plan.child_id for plan in plans if plan.state == "open" and plan.opened_by_conference_id != conference.pk
        ),
        actions=tuple(
            (action, frozenset(row.child_id for row in action.children.all()))
            for action in PlanAction.objects.filter(conference=conference).prefetch_related("children")
        ),
        members=tuple(members),
        first_core_group_at=meeting.starts_at if meeting else None,
        review_at=review.starts_at if review else None,
    )
