"""What the live conference reads. The number of queries does not grow with children or people."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from conferences.convening.choices import Attendance, InviteeRole, Outcome, Participation, Reply, Section
from conferences.convening.models import Conference, ConferenceChild, Invitation, InvitationChild
from conferences.convening.queries.exclusions import exclusions_in_force, who
from conferences.convening.rules.childs_voice import Voice, how_took_part, voice_of
from conferences.disclosure.choices import Audience, InviteeKind
from conferences.meeting import rules
from conferences.meeting.models import AgencyView, LiveNote, Scaling
from conferences.meeting.queries.agencies import NO_AGENCY, agency_of, gives_a_view, is_our_social_care
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import by_age
from families.people.rules.short_names import tell_apart


@dataclass(frozen=True)
class NotePlace:
    """The place of a note on the page: its heading, and the child or the parent it is about. With neither, it is about
    all the children.
    """

    section: str
    child_id: int | None = None
    person_id: int | None = None

    @classmethod
    def of(cls, note) -> "NotePlace":
        """The place of a note."""
        return cls(note.section, note.child_id, note.person_id)

    @classmethod
    def from_key(cls, key: str) -> "NotePlace | None":
        """The place with this key; None if the key is malformed."""
        found = re.fullmatch(r"([a-z_]{1,20})-(\d{1,18})-(\d{1,18})", key, re.ASCII)
        return cls(found[1], int(found[2]) or None, int(found[3]) or None) if found else None

    @property
    def key(self) -> str:
        """The name of the field on the page."""
        return f"{self.section}-{self.child_id or 0}-{self.person_id or 0}"


def invited(conference):
    """Everybody invited and not withdrawn, family first."""
    found = conference.invitations.filter(withdrawn_at__isnull=True)
    found = found.select_related("agency", "person", "user", "companion__person", "companion__relative")
    family_first = {kind: place for place, kind in enumerate((InviteeKind.FAMILY, InviteeKind.PROFESSIONAL))}
    return sorted(found, key=lambda each: (family_first[each.kind], each.role in NO_AGENCY, each.pk))


def expected(conference) -> list[Invitation]:
    """Everybody who is invited without those that the chair excluded beforehand from all of the meeting."""
    whole = {key for key, one in exclusions_in_force(conference).items() if one.is_whole}
    return [each for each in invited(conference) if who(each) not in whole]


def known_children(conference) -> dict[int, set[int]]:
    """For each invitation, the ids of the children that it covers."""
    found = defaultdict(set)
    rows = InvitationChild.objects.filter(invitation__conference=conference)
    for invitation, child in rows.values_list("invitation_id", "child_id"):
        found[invitation].add(child)
    return found


def included(conference):
    """The children that this conference decides about, eldest first and the unborn last."""
    found = ConferenceChild.objects.filter(conference=conference, included=True).select_related("child", "decision")
    rows = sorted(found, key=lambda row: by_age(row.child))
    tell_apart(row.child for row in rows)
    return rows


def decision_of(row):
    """The decision for one child; None before it is made."""
    return getattr(row, "decision", None)


def moment_of(conference, at) -> datetime:
    """The moment at which the quorum counts: ``at`` on the day of the conference, otherwise the conference’s end."""
    return at if timezone.localdate(at) == conference.held_on else conference.ends_at


def quorum_when_decided(conference, decision, invitations=None, known=None) -> rules.Quorum | None:
    """The quorum at the minute of this decision; None if it was written up later and no minute is known."""
    if timezone.localdate(decision.decided_at) != conference.held_on:
        return None
    return quorum_of(conference, invitations, known, at=decision.decided_at)


def quorum_of(conference, invitations=None, known=None, *, at=None) -> rules.Quorum:
    """The quorum of those who are there at one moment (now, if none is given), from the attendance recorded so far,
    under this service's settings. Who has left, or has not come yet, is not counted.
    """
    at = moment_of(conference, at or timezone.now())
    invitations = invited(conference) if invitations is None else invitations
    known = known_children(conference) if known is None else known
    return _quorum(invitations, known, lambda each: is_here(each, at))


def expected_quorum(invitations, known) -> rules.Quorum:
    """The quorum if everybody comes who said so, and the council's own workers unless they said that they will not."""
    return _quorum(
        invitations,
        known,
        lambda each: each.reply == Reply.COMING or (is_our_social_care(each) and each.reply == Reply.NONE),
    )


def _quorum(invitations, known, is_present) -> rules.Quorum:
    return rules.quorum(
        [_attender(each, known.get(each.pk, set()), is_present(each)) for each in invitations],
        needs_social_care=setting("quorum_needs_social_care"),
        other_agencies=setting("quorum_other_agencies"),
        may_proceed_with=setting("quorum_chair_may_proceed_with"),
    )


def is_here(invitation, at) -> bool:
    """Whether this person is in the conference at that moment."""
    has_come = invitation.came_at is None or invitation.came_at <= at
    has_left = invitation.left_at is not None and invitation.left_at < at
    return invitation.attendance == Attendance.PRESENT and has_come and not has_left


def _attender(invitation, children, is_present) -> rules.Attender:
    agency = invitation.agency
    return rules.Attender(
        # People of one role with no agency in the directory count as one.
        agency=agency_of(invitation) if agency else (None, invitation.role),
        agency_name=agency.name if agency else f"{invitation.name} ({invitation.get_role_display()})",
        is_present=is_present,
        is_social_care=is_our_social_care(invitation),
        is_professional=gives_a_view(invitation),
        has_direct_contact=bool(children),
    )


def was_inquorate(conference) -> bool:
    """Whether the previous conference was held although inquorate."""
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
            (row.pk, row.child.full_name, bool(made), bool(made) and _needs_no_quorum(conference, made))
            for row, made in decided
        ],
    )


def _needs_no_quorum(conference, decision) -> bool:
    """Whether this decision needs no quorum at the end: it decides nothing, or was made while there was one."""
    if decision.outcome == Outcome.NOT_DECIDED:
        return True
    if conference.quorate is not False or conference.quorum_reason:
        return False
    then = quorum_when_decided(conference, decision)
    return then is not None and then.is_quorate


def parents(children, invitations) -> list[tuple[Person, str]]:
    """Each parent of these children, and everybody invited as a parent, each with their children in words. Parents
    recorded only by another, restricted family are left out.
    """
    names = {row.child_id: row.child.short_name for row in children}
    people, words = {}, defaultdict(lambda: defaultdict(list))
    ties = _parental_ties(names)
    for tie in ties:
        people[tie.adult_id] = tie.adult
        words[tie.adult_id][tie.get_kind_display()].append(names[tie.child_id])
    for each in invitations:
        if each.person_id and each.role in (InviteeRole.PARENT, InviteeRole.CARER):
            people.setdefault(each.person_id, each.person)
    said = {id_: "; ".join(f"{kind} of {listed(of)}" for kind, of in words[id_].items()) for id_ in people}
    return [(person, said[id_] or "Invited as a parent") for id_, person in people.items()]


def _parental_ties(children):
    return [row for row in adults_of(children) if tie_of(row).is_parent]


def all_places(conference) -> list[NotePlace]:
    """Every field of this conference's page."""
    children = included(conference)
    return places(conference, children, parents(children, invited(conference)))


def has_place(conference, place) -> bool:
    """Whether the page of this conference has this field. Reads only what this field needs."""
    if place.child_id is None and place.person_id is None:
        return place in _possible_places(conference, [], []) and _is_used(place)
    children = list(ConferenceChild.objects.filter(conference=conference, included=True).select_related("child"))
    if place.person_id is None:
        return place in _possible_places(conference, children, [])
    asked = conference.invitations.filter(
        withdrawn_at__isnull=True, person=place.person_id, role__in=(InviteeRole.PARENT, InviteeRole.CARER)
    )
    ties = _parental_ties([row.child_id for row in children])
    return (
        place.section in (Section.PARENT_VIEWS, Section.WOULD_HELP)
        and place.child_id is None
        and (place.person_id in {tie.adult_id for tie in ties} or asked.exists())
    )


def places(conference, children, people) -> list[NotePlace]:
    """Every field of this conference's page. Nothing else can be written."""
    return [place for place in _possible_places(conference, children, people) if _is_used(place)]


def _is_used(place) -> bool:
    return place.section != Section.DANGER_STATEMENT or setting("uses_danger_statement")


def _possible_places(conference, children, people) -> list[NotePlace]:
    ids = [row.child_id for row in children]
    found = [NotePlace(Section.REASON), NotePlace(Section.DANGER_STATEMENT)]
    if conference.is_review:
        found.append(NotePlace(Section.PLAN_PROGRESS))
    for section in (Section.WORRIED, Section.WORKING_WELL, Section.NEEDS_TO_HAPPEN):
        found += [NotePlace(section)]
        found += [NotePlace(section, child_id=id_) for id_ in ids if len(ids) > 1]
    voices = {row.child_id: voice_of(row.child, conference.held_on) for row in children}
    found += [NotePlace(Section.CHILD_VIEWS, child_id=id_) for id_ in ids if voices[id_] != Voice.UNBORN]
    found += [NotePlace(Section.WOULD_HELP, child_id=id_) for id_ in ids if voices[id_].takes_part]
    for section in (Section.PARENT_VIEWS, Section.WOULD_HELP):
        found += [NotePlace(section, person_id=person.pk) for person, _ in people]
    return [*found, NotePlace(Section.CONFIDENTIAL)]


def usual_audience(section) -> str:
    """Who may read a note unless the chair chooses otherwise."""
    return Audience.PROFESSIONALS if section == Section.CONFIDENTIAL else Audience.EVERYONE


def notes_of(conference) -> dict[NotePlace, LiveNote]:
    """The notes written so far, by place."""
    found = LiveNote.objects.filter(conference=conference).select_related("saved_by").prefetch_related("readers")
    return {NotePlace.of(note): note for note in found}


def note_at(conference, place) -> LiveNote | None:
    """The note at one place, or None."""
    found = LiveNote.objects.filter(
        conference=conference, section=place.section, child=place.child_id, person=place.person_id
    )
    return found.first()


def notes_for(viewer: Viewer, conference) -> list[LiveNote]:
    """Every note of the conference, each with ``may_read``: whether ``viewer`` may read this very text. One query gives
    both, so no save can happen between them.
    """
    readable = Q(pk__in=seen_by(viewer, LiveNote).order_by().values("pk"))
    found = LiveNote.objects.filter(conference=conference).annotate(
        may_read=ExpressionWrapper(readable, output_field=BooleanField())
    )
    return list(found.select_related("saved_by").prefetch_related("readers"))


def said_would_help(viewer: Viewer, conference) -> list[tuple[str, str]]:
    """What members of the family said would help, as far as the viewer may read it: who, and their words."""
    notes = seen_by(viewer, LiveNote).filter(conference=conference, section=Section.WOULD_HELP).exclude(text="")
    return [((one.person or one.child).full_name, one.text) for one in notes.select_related("person", "child")]


def topic_of(conference) -> str:
    """The topic that the pages of a live conference follow (cpc/core/web/polling.py)."""
    return f"conference-{conference.pk}"


@dataclass(frozen=True)
class BoardChild:
    """One child on the page: the decision, how they took part, and each agency's view."""

    row: ConferenceChild
    voice: Voice
    decision: object
    views: list[AgencyView]
    scalings: list[Scaling]
    agencies: int

    @property
    def participation(self) -> str:
        """How the child took part, in words; "" before it is recorded."""
        code = how_took_part(self.voice, self.row.participation)
        return Participation(code).label if code else ""

    @property
    def dissents(self) -> list[AgencyView]:
        """The agencies that disagree with the decision."""
        return [view for view in self.views if view.dissents]


@dataclass(frozen=True)
class Board:
    """Everything on the page of a live conference."""

    conference: Conference
    children: list[BoardChild]
    invitations: list[Invitation]
    parents: list[tuple[Person, str]]
    notes: dict[NotePlace, LiveNote]
    places: list[NotePlace]
    quorum: rules.Quorum
    missing: list[rules.Missing]

    def hide_views(self, seen) -> None:
        """Remove the text of the agency views that are not in ``seen``; the page still shows that they were given."""
        for child in self.children:
            for view in child.views:
                if view.pk not in seen:
                    view.reason, view.dissent_reason, view.is_hidden = "", "", True

    @property
    def here(self) -> list[Invitation]:
        """Who is present."""
        return [each for each in self.invitations if each.attendance == Attendance.PRESENT]


def board(conference) -> Board:
    """Everything on the page. The number of queries does not grow with children or people."""
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
    people = parents(rows, invitations)
    return Board(
        conference=conference,
        children=[
            BoardChild(
                row=row,
                voice=voice_of(row.child, conference.held_on),
                decision=decision_of(row),
                views=views[row.pk],
                scalings=scalings[row.pk],
                agencies=len({agency_of(each) for each in speakers if row.child_id in known.get(each.pk, ())}),
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
