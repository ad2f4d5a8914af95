"""What the live conference reads. The same few questions whatever the number of children and people."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.choices import Attendance, Audience, InviteeKind, InviteeRole, Outcome, Participation, Section
from conferences.models import AgencyView, Conference, ConferenceChild, Invitation, InvitationChild, LiveNote, Scaling
from conferences.rules import meet as rules
from cpc.core.accounts.choices import AgencyKind
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting
from families.choices import PARENTS
from families.models import Person, Relationship
from families.queries import call_as_papers_may, ties_that_papers_may_say

# They come with somebody, or for somebody: they have no view of their own on a plan, and no agency to count.
NO_AGENCY = (InviteeRole.SUPPORTER, InviteeRole.ADVOCATE, InviteeRole.INTERPRETER)
SOCIAL_CARE = (InviteeRole.SOCIAL_WORKER, InviteeRole.TEAM_MANAGER)


@dataclass(frozen=True)
class Place:
    """Where a note stands: under which heading, about which child or whose view; neither is all the children."""

    section: str
    child_id: int | None = None
    person_id: int | None = None

    @property
    def key(self) -> str:
        """The name of its field on the page."""
        return f"{self.section}-{self.child_id or 0}-{self.person_id or 0}"


def invited(conference):
    """Everybody who is asked to the conference and not asked to stay away since: family first; called as the papers of
    this family may call them, like the children."""
    found = list(conference.invitations.filter(withdrawn_at__isnull=True).select_related("agency", "person", "user"))
    call_as_papers_may(conference.family_id, [(one, "person") for one in found])
    family_first = {kind: place for place, kind in enumerate((InviteeKind.FAMILY, InviteeKind.PROFESSIONAL))}
    return sorted(found, key=lambda each: (family_first[each.kind], each.role in NO_AGENCY, each.pk))


def known_children(conference) -> dict[int, set[int]]:
    """For each invitation, the ids of the children whom it covers."""
    found = defaultdict(set)
    rows = InvitationChild.objects.filter(invitation__conference=conference)
    for invitation, child in rows.values_list("invitation_id", "child_id"):
        found[invitation].add(child)
    return found


def included(conference):
    """The children for whom this conference decides, the eldest first and the unborn last."""
    found = list(
        ConferenceChild.objects.filter(conference=conference, included=True).select_related("child", "decision")
    )
    call_as_papers_may(conference.family_id, [(row, "child") for row in found])
    return sorted(found, key=lambda each: (each.child.born_on is None, each.child.born_on, each.pk))


def decision_of(row):
    """The decision for one child; nothing while there is none."""
    return getattr(row, "decision", None)


def gives_a_view(invitation) -> bool:
    """Whether this person speaks for an agency."""
    return invitation.kind == InviteeKind.PROFESSIONAL and invitation.role not in NO_AGENCY


def quorum_of(conference, invitations=None, known=None) -> rules.Quorum:
    """The quorum as attendance now stands, under this service's own settings."""
    invitations = invited(conference) if invitations is None else invitations
    known = known_children(conference) if known is None else known
    return rules.quorum(
        [_attender(each, known.get(each.pk, set())) for each in invitations],
        needs_social_care=setting("quorum_needs_social_care"),
        other_agencies=setting("quorum_other_agencies"),
        may_proceed_with=setting("quorum_chair_may_proceed_with"),
    )


def _attender(invitation, children) -> rules.Attender:
    agency = invitation.agency
    return rules.Attender(
        agency=(invitation.agency_id, invitation.role),
        agency_name=agency.name if agency else f"{invitation.name} ({invitation.get_role_display()})",
        is_present=invitation.attendance == Attendance.PRESENT,
        is_social_care=invitation.role in SOCIAL_CARE or bool(agency and agency.kind == AgencyKind.SOCIAL_CARE),
        is_professional=gives_a_view(invitation),
        has_direct_contact=bool(children),
    )


def was_inquorate(conference) -> bool:
    """Whether the conference before this one was held though it was not quorate."""
    return bool(conference.previous_id) and conference.previous.quorate is False


def missing(conference, children=None, invitations=None) -> list[rules.Missing]:
    """What must be done before the conference can be closed."""
    children = included(conference) if children is None else children
    invitations = invited(conference) if invitations is None else invitations
    decided = [(row, decision_of(row)) for row in children]
    return rules.missing_before_closing(
        unmarked=sum(each.attendance == Attendance.UNKNOWN for each in invitations),
        invited=len(invitations),
        quorate=conference.quorate,
        quorum_reason=conference.quorum_reason,
        children=[
            (row.pk, row.child.full_name, bool(made), bool(made) and made.outcome == Outcome.NOT_DECIDED)
            for row, made in decided
        ],
    )


def parents(conference, children, invitations) -> list[tuple[Person, str]]:
    """Each parent of these children, and whoever is invited as one, with whose parent they are in words; nobody of whom
    only another, restricted family says that they are one."""
    names = {row.child_id: row.child.first_name or row.child.full_name for row in children}
    ties = Relationship.objects.live().filter(child__in=names, kind__in=PARENTS).select_related("adult").order_by("pk")
    people, words = {}, defaultdict(lambda: defaultdict(list))
    ties = ties_that_papers_may_say(conference.family_id, ties)
    call_as_papers_may(conference.family_id, [(tie, "adult") for tie in ties])
    for tie in ties:
        people[tie.adult_id] = tie.adult
        words[tie.adult_id][tie.get_kind_display()].append(names[tie.child_id])
    for each in invitations:
        if each.person_id and each.role in (InviteeRole.PARENT, InviteeRole.CARER):
            people.setdefault(each.person_id, each.person)
    said = {id_: "; ".join(f"{kind} of {listed(of)}" for kind, of in words[id_].items()) for id_ in people}
    return [(person, said[id_] or "Invited as a parent") for id_, person in people.items()]


def places(conference, children, people) -> list[Place]:
    """Every field of this conference's page: what can be written, and nothing else can."""
    ids = [row.child_id for row in children]
    found = [Place(Section.REASON)]
    if setting("uses_danger_statement"):
        found.append(Place(Section.DANGER_STATEMENT))
    if conference.is_review:
        found.append(Place(Section.PLAN_PROGRESS))
    for section in (Section.WORRIED, Section.WORKING_WELL, Section.NEEDS_TO_HAPPEN):
        found += [Place(section)]
        found += [Place(section, child_id=id_) for id_ in ids if len(ids) > 1]
    born = [row.child_id for row in children if not row.child.is_unborn]
    found += [Place(Section.CHILD_VIEWS, child_id=id_) for id_ in born]
    found += [Place(Section.PARENT_VIEWS, person_id=person.pk) for person, _ in people]
    return [*found, Place(Section.CONFIDENTIAL)]


def usual_audience(section) -> str:
    """Who may read a note unless the chair says otherwise."""
    return Audience.PROFESSIONALS if section == Section.CONFIDENTIAL else Audience.EVERYONE


def notes_of(conference) -> dict[Place, LiveNote]:
    """What is written so far, by its place."""
    found = LiveNote.objects.filter(conference=conference).select_related("saved_by").prefetch_related("readers")
    return {Place(note.section, note.child_id, note.person_id): note for note in found}


@dataclass(frozen=True)
class Child:
    """One child on the page: the decision, how they took part, and what each agency that knows them thinks."""

    row: ConferenceChild
    decision: object
    views: list[AgencyView]
    scalings: list[Scaling]
    agencies: int

    @property
    def participation(self) -> str:
        """How the child took part, in words; empty while nobody has said."""
        return Participation(self.row.participation).label if self.row.participation else ""

    @property
    def dissents(self) -> list[AgencyView]:
        """The agencies that disagree with the decision."""
        return [view for view in self.views if view.dissents]


@dataclass(frozen=True)
class Board:
    """Everything on the page of a live conference."""

    conference: Conference
    children: list[Child]
    invitations: list[Invitation]
    parents: list[tuple[Person, str]]
    notes: dict[Place, LiveNote]
    places: list[Place]
    quorum: rules.Quorum
    missing: list[rules.Missing]

    def hide_views(self, seen) -> None:
        """Of an agency's view that may not be read, only that it was given is left."""
        for child in self.children:
            for view in child.views:
                if view.pk not in seen:
                    view.reason, view.dissent_reason, view.is_hidden = "", "", True

    @property
    def here(self) -> list[Invitation]:
        """Who is present."""
        return [each for each in self.invitations if each.attendance == Attendance.PRESENT]


def board(conference) -> Board:
    """Everything on the page, in a number of questions that does not grow with children or people."""
    rows, invitations = included(conference), invited(conference)
    known = known_children(conference)
    views = defaultdict(list)
    thought = AgencyView.objects.filter(conference_child__in=rows).select_related("invitation__agency")
    for view in thought.order_by("pk"):
        views[view.conference_child_id].append(view)
    scalings = defaultdict(list)
    placed = Scaling.objects.filter(conference_child__in=rows).select_related("invitation__agency")
    for scaling in placed.order_by("pk"):
        scalings[scaling.conference_child_id].append(scaling)
    speakers = [each for each in invitations if gives_a_view(each)]
    people = parents(conference, rows, invitations)
    return Board(
        conference=conference,
        children=[
            Child(
                row=row,
                decision=decision_of(row),
                views=views[row.pk],
                scalings=scalings[row.pk],
                agencies=sum(row.child_id in known.get(each.pk, ()) for each in speakers),
            )
            for row in rows
        ],
        invitations=invitations,
        parents=people,
        notes=notes_of(conference),
        places=places(conference, rows, people),
        quorum=quorum_of(conference, invitations, known),
        missing=missing(conference, rows, invitations),
    )


def who_know(conference_child):
    """The invited agencies that know this child: only they are asked for a view on the child."""
    found = conference_child.conference.invitations.filter(
        withdrawn_at__isnull=True, kind=InviteeKind.PROFESSIONAL, children__child=conference_child.child_id
    )
    found = found.exclude(role__in=NO_AGENCY).select_related("agency")
    here_first = {Attendance.PRESENT: 0}
    return sorted(found, key=lambda each: (here_first.get(each.attendance, 1), each.pk))


def who_may_scale(conference_child):
    """Whoever is asked where the child stands on the scale: the agencies and the family of that child."""
    found = conference_child.conference.invitations.filter(
        withdrawn_at__isnull=True, kind=InviteeKind.FAMILY, children__child=conference_child.child_id
    ).select_related("person")
    return [*who_know(conference_child), *sorted(found, key=lambda each: each.pk)]
