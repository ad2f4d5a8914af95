"""Everything about one conference that its record and letters need, read once for all the copies."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.utils import timezone

from conferences.convening.choices import ConferenceState, InviteeRole
from conferences.convening.models import Conference, Exclusion, Invitation
from conferences.convening.queries.acting import acting_chair_of
from conferences.convening.queries.exclusions import gets_no_documents
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.models import Decision
from conferences.meeting.queries.earlier_decisions import last_decisions
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, PlanAction, ProtectionPlan
from conferences.plans.queries import agreed_before
from conferences.separation.queries.pairs import pairs_who_must_not_meet
from conferences.separation.rules import Pair
from cpc.core.documents.check import release_check
from cpc.core.documents.protected import Kind
from cpc.core.kernel.phrases import listed
from families.people.choices import RelationshipKind
from families.people.models import Membership, Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import by_age
from families.people.queries.merged_records import records_of_each
from families.people.rules.kin import Tie
from families.people.rules.short_names import UNBORN, name_among, tell_apart
from families.protections.queries.withheld import WithholdingRules, withheld_from, withholding_rules_for
from families.protections.rules.withheld import Withheld
from reports.incoming.models import Report
from reports.incoming.permissions import HANDED_IN
from reports.incoming.queries.requested import first_name
from reports.incoming.rules.shared_texts import may_tell_of_others, names_others
from reports.outgoing.choices import WrittenKind
from reports.outgoing.models import ConferenceRecord, Paragraph
from reports.outgoing.rules.copies import Invited, ParagraphScope, Reader, must_not_learn_of

# Kinds that name a person or place. In words about who does something, a single surname or first name counts too.
NAMES_SOMEBODY = (Kind.FULL_NAME, Kind.SURNAME, Kind.FIRST_NAME, Kind.SCHOOL, Kind.PHRASE, Kind.FACT)
SUPPORTS = (InviteeRole.SUPPORTER, InviteeRole.INTERPRETER, InviteeRole.SOLICITOR, InviteeRole.MINUTE_TAKER)
BRINGING_UP = (InviteeRole.PARENT, InviteeRole.CARER)


@dataclass(frozen=True)
class Agreed:
    """An action of the plan. Its words were written for the children ``agreed_for``; it goes on for ``children`` (ids).
    ``agreed_on`` is the day of the earlier conference that agreed it; None for this one.
    """

    action: PlanAction
    agreed_for: frozenset[int]
    children: frozenset[int]
    agreed_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the record and letters are made from. ``covers`` are the children of each invitation; all ids are of
    people. ``pairs`` must not meet. ``words_for_child`` are the reasons that were written for a child’s own letter.
    ``participation`` is how each child took part.
    """

    record: ConferenceRecord
    conference: Conference
    children: tuple[Person, ...]
    ties: tuple[Tie, ...]
    invitations: tuple[Invitation, ...]
    covers: dict[int, frozenset[int]]
    reports: tuple[Report, ...]
    paragraphs: tuple[Paragraph, ...]
    decisions: dict[int, Decision]
    plans: dict[int, ProtectionPlan]
    ended: frozenset[int]
    continued: frozenset[int]
    category_before: dict[int, str]
    actions: tuple[Agreed, ...]
    members: tuple[CoreGroupMember, ...]
    first_core_group_at: datetime | None
    review_at: datetime | None
    rules: WithholdingRules
    words_for_child: dict[int, str]
    pairs: tuple[Pair, ...] = ()
    participation: dict[int, str] = field(default_factory=dict)
    with_record: frozenset[int] = frozenset()  # the invitations with a copy of the record, not of the letter alone

    @property
    def included(self) -> frozenset[int]:
        """The ids of the children of the conference."""
        return frozenset(child.pk for child in self.children)

    @property
    def chaired_by(self) -> str:
        """Who chaired the conference; somebody who acted for the chair is named with the chair."""
        return named_for(self.conference.closed_by or self.conference.opened_by, self.conference)

    def signed_by(self, approved_by) -> str:
        """Who signs: ``approved_by``, or before approval the person who could approve now."""
        return named_for(approved_by or self._acts, self.conference)

    @cached_property
    def _acts(self):
        acting = acting_chair_of(self.conference, timezone.localdate())
        return acting and acting.user

    @property
    def approved(self) -> str:
        """Who approved the record and who chaired, as a sentence."""
        chair, chaired = self.conference.chair.get_full_name(), self.conference.closed_by or self.conference.chair
        signed = self.signed_by(self.record.approved_by)
        if chaired.pk == self.conference.chair_id:
            return f"Approved by {signed}, who chaired the conference."
        if signed == self.chaired_by:
            return f"Approved by {chaired}, who chaired the conference for {chair}."
        return f"Approved by {signed}. {chaired} chaired the conference for {chair}."

    def children_of_person(self, person_id: int) -> frozenset[int]:
        """The children of the conference that this person belongs to; if none, those they are related to."""
        return children_of_person(person_id, self.ties, self.included)

    def tie_words(self, person_id: int, children, withheld_ties=frozenset()) -> str:
        """The person’s relationship to those of ``children`` they belong to: “mother of Rosa and Theo”."""
        kinds: dict[str, list[str]] = defaultdict(list)
        mine = {tie.child: tie for tie in self.ties if tie.adult == person_id}
        for child in (one for one in self.children if one.pk in children and one.pk in mine):
            if (person_id, child.pk) not in withheld_ties:
                kinds[RelationshipKind(mine[child.pk].kind).label.lower()].append(name_among(child, self.children))
        return "; ".join(f"{kind} of {listed(names)}" for kind, names in kinds.items())

    def children_of_user(self, user_id) -> frozenset[int]:
        """The children that a professional was invited for."""
        return frozenset().union(
            *(self.covers.get(one.pk, frozenset()) for one in self.invitations if user_id and one.user_id == user_id)
        )


def named_for(user, conference) -> str:
    """The chair’s name; or of somebody else who did it, their name and the chair’s: “Kofi Lund, for Gwen Ashby”."""
    chair = conference.chair.get_full_name()
    return chair if user is None or user.pk == conference.chair_id else f"{user.get_full_name()}, for {chair}"


def ties_to(children) -> tuple[Tie, ...]:
    """Every adult’s relationship to these children, under each record of the adult, because an invitation may name any
    of them."""
    found = [tie_of(row) for row in adults_of(children)]
    records = records_of_each({tie.adult for tie in found})
    return tuple(replace(tie, adult=pk) for tie in found for pk in sorted(records[tie.adult]))


def children_of_person(person_id: int, ties, included: frozenset[int]) -> frozenset[int]:
    """The ``included`` children that this person belongs to; if none, those they are related to."""
    if person_id in included:
        return frozenset({person_id})
    ties = [tie for tie in ties if tie.adult == person_id]
    own = frozenset(tie.child for tie in ties if tie.is_own) & included
    return own or frozenset(tie.child for tie in ties) & included


def as_invited(
    invitation: Invitation, covers: frozenset[int], children: frozenset[int], exclusion: Exclusion | None = None
) -> Invited:
    """The invited person in the form that the rule needs. ``exclusion`` is the chair's decision before the conference;
    it says by itself whether they get documents. Somebody excluded without it, at the meeting, gets none.
    """
    person = invitation.person
    excluded = gets_no_documents(invitation, exclusion)
    return Invited(
        professional=invitation.kind == InviteeKind.PROFESSIONAL,
        invited_for=covers,
        person=invitation.person_id,
        brings_up=invitation.role in BRINGING_UP,
        is_child=invitation.person_id in children or invitation.role == InviteeRole.CHILD,
        excluded=excluded,
        died=bool(person and person.stands_for.died_on),
        supports=invitation.role in SUPPORTS,
    )


def scope_of(paragraph) -> ParagraphScope:
    """The paragraph’s scope in the form that the rule needs."""
    return ParagraphScope(
        audience=paragraph.audience,
        named=frozenset(one.invitation_id for one in paragraph.readers.all()),
        child=paragraph.child_id,
        person=paragraph.person_id,
        procedural=paragraph.procedural,
        speaker=paragraph.speaker_id,
        is_included=bool(paragraph.included_reason),
    )


def reader_of(copy, rules=None, facts=None) -> Reader:
    """The reader of a copy in the form that the rule needs, with what is withheld from them (a fixed number of
    queries).

    A child that they must not learn of is never covered. ``rules`` are the family’s withholding rules, if they were
    already read for many readers. With ``facts``, the reader also has the ``other_names``, which letters need.
    """
    person = copy.invitation.person_id
    if rules is None and facts is not None:
        rules = facts.rules
    withheld = Withheld()
    if person:
        withheld = rules.withheld_from(person) if rules else withheld_from(copy.record.conference.family_id, person)
    never_heard = frozenset()
    if copy.invitation.role in SUPPORTS:
        rules = rules or withholding_rules_for(copy.record.conference.family_id)
        never_heard = rules.protected_speakers()
    reader = Reader(
        children=frozenset(one.child_id for one in copy.children.all()) - withheld.people,
        professional=copy.invitation.kind == InviteeKind.PROFESSIONAL,
        person=person,
        user=copy.invitation.user_id,
        agency=copy.invitation.agency_id,
        name=copy.invitation.name,
        invitation=copy.invitation_id,
        withheld_people=withheld.people,
        withheld_ties=withheld.paternities,
        withheld_agencies=withheld.agencies,
        held_speakers=withheld.speakers,
        never_heard=never_heard,
        withheld_names=tuple(one for one in withheld.protected if one.kind in NAMES_SOMEBODY),
        known=tuple(withheld.known),
    )
    if facts is None:
        return reader
    unnamed = must_not_learn_of(reader, facts.ties, facts.included)
    names = facts.rules.withheld_from(person, unnamed=unnamed)
    return replace(
        reader,
        other_names=tuple(one for one in names.protected if one.kind in NAMES_SOMEBODY),
        known=tuple(names.known),
    )


def name_in_copy(facts: Facts, reader: Reader, child) -> str:
    """The name of a child in a sentence of this copy: for a member of the family, a child who is not born yet and has
    no name is “your unborn baby”, or “the unborn baby” if it is not theirs."""
    name = name_among(child, facts.children)
    if name != UNBORN or reader.professional:
        return first_name(child)
    own = any(tie.adult == reader.person and tie.child == child.pk and tie.is_own for tie in facts.ties)
    return "your unborn baby" if own else UNBORN


def would_name(reader: Reader, words: str) -> bool:
    """Whether these words name a person or place that the reader must not learn of."""
    return bool(reader.withheld_names) and bool(release_check(words, reader.withheld_names, reader.known))


def _everyone(conference, invitations, members) -> set[int]:
    """Everybody of the family, everybody invited, and every member of the core group (ids)."""
    family = Membership.objects.filter(family=conference.family_id).values_list("person", flat=True)
    return {*family, *(one.person_id for one in (*invitations, *members) if one.person_id)}


def would_mean_others(reader: Reader, words: str) -> bool:
    """Whether a text that was written for several children may mean somebody that this reader’s copy must not name: by
    their name, or by a word such as “brother”."""
    return bool(reader.other_names) and may_tell_of_others(words, reader.other_names, reader.known)


def would_name_others(reader: Reader, words: str) -> bool:
    """Whether a text that was written for several children names a person that this reader’s copy must not name. A
    first name that they share with somebody the reader knows may mean the other."""
    return bool(reader.other_names) and names_others(words, reader.other_names, reader.known)


def _members(family_id, plans) -> list[CoreGroupMember]:
    """The members of the core groups of these plans (ids) today. One query."""
    found = CoreGroupMember.objects.filter(family=family_id, to_on__isnull=True).exclude(user__is_active=False)
    linked = ArrayAgg("plans__plan", filter=Q(plans__isnull=False), default=Value([]))
    found = found.select_related("user", "person", "agency").annotate(linked=linked).order_by("pk")
    return [member for member in found if not member.linked or plans & set(member.linked)]


def _agreed_here(conference, children: frozenset[int]) -> list[Agreed]:
    """The actions of this conference; one that names no child is for all of its ``children`` (ids)."""
    rows = PlanAction.objects.filter(conference=conference).prefetch_related("children")
    theirs = [(action, action.children_among(children)) for action in rows]
    return [Agreed(action, those, those) for action, those in theirs]


def _agreed_before(conference, continued: dict[int, date]) -> list[Agreed]:
    """The actions of the plans that go on which earlier conferences agreed and which were still to be done when this
    one closed. ``continued`` are the days on which these plans began, by child (id).
    """
    found = []
    for action in agreed_before(conference) if continued else ():
        agreed_on, children = action.conference.held_on, action.children_among(continued)
        running = frozenset(pk for pk, began in continued.items() if began <= agreed_on and pk in children)
        if running:
            found.append(Agreed(action, children, running, agreed_on))
    return found


def facts_of(record: ConferenceRecord) -> Facts:
    """Read what the record and letters of this conference are made from (a fixed number of queries)."""
    conference = Conference.objects.select_related("family", "chair", "closed_by", "previous").get(
        pk=record.conference_id
    )
    rows = list(conference.children.filter(included=True).select_related("child", "decision__decided_by"))
    ties = ties_to([row.child_id for row in rows])
    invitations = list(
        conference.invitations.filter(withdrawn_at__isnull=True)
        .select_related("person", "user", "agency", "companion")
        .prefetch_related("children")
    )
    paragraphs = list(record.paragraphs.select_related("child", "person").prefetch_related("readers"))
    children = tuple(tell_apart(sorted((row.child for row in rows), key=by_age)))
    ids = [child.pk for child in children]
    plans = list(ProtectionPlan.objects.filter(child__in=ids).select_related("lead_social_worker"))
    continued = {
        plan.child_id: plan.started_on
        for plan in plans
        if plan.state == "open" and plan.opened_by_conference_id != conference.pk
    }
    members = _members(conference.family_id, {plan.pk for plan in plans})
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
        invitations=tuple(one for one in invitations if one.had_a_part),
        covers={one.pk: frozenset(row.child_id for row in one.children.all()) for one in invitations},
        reports=tuple(
            Report.objects.filter(conference=conference, state__in=HANDED_IN)
            .select_related("agency")
            .prefetch_related("children", "sharings__parent")
            .order_by("kind", "pk")
        ),
        paragraphs=tuple(paragraphs),
        decisions={row.child_id: row.decision for row in rows if hasattr(row, "decision")},
        plans={plan.child_id: plan for plan in plans if plan.state == "open"},
        ended=frozenset(plan.child_id for plan in plans if plan.ended_by_conference_id == conference.pk),
        continued=frozenset(continued),
        category_before={pk: one.category for pk, one in last_decisions(conference, ids).items()},
        actions=(*_agreed_here(conference, frozenset(ids)), *_agreed_before(conference, continued)),
        members=tuple(members),
        first_core_group_at=meeting.starts_at if meeting else None,
        review_at=review.starts_at if review else None,
        pairs=tuple(pairs_who_must_not_meet(_everyone(conference, invitations, members))),
        participation={row.child_id: row.participation for row in rows},
        words_for_child=dict(record.children_told.values_list("child", "words")),
        rules=withholding_rules_for(conference.family_id, [one.person_id for one in invitations if one.person_id]),
        with_record=frozenset(
            record.copies.filter(kind=WrittenKind.RECORD, withheld_reason="").values_list("invitation", flat=True)
        ),
    )
