"""People on a list who must not learn of a child or its father, and messages that a declared conflict stops."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from conferences.convening.models import Conference, InvitedAllTheSame
from families.cases.models import DeclaredConflict
from families.people.choices import MustNotLearnWhat
from families.people.models import MustNotLearn, Relationship
from families.people.queries.identity import by_identity
from families.people.queries.merged_records import by_record


def children_withheld_from(people, children) -> dict[int, frozenset[int]]:
    """For every record of ``people`` (ids), the ``children`` (ids) that the person must not learn exist."""
    readers, about = by_identity(people), by_identity(children)
    found = defaultdict(frozenset)
    rows = MustNotLearn.objects.live().filter(what=MustNotLearnWhat.EXISTENCE, reader__in=readers, about__in=about)
    for reader, child in rows.values_list("reader", "about"):
        found[readers[reader]] |= {about[child]}
    return {person: found[readers[person]] for person in readers}


def must_not_learn_something(person, family) -> bool:
    """Whether this person must not learn something about one of the ``family`` (ids), by any of their records."""
    about, reader = by_identity(family), by_identity([person.pk])
    entries = MustNotLearn.objects.live().filter(Q(about__in=about) | Q(of_child__in=about))
    return entries.filter(reader__in=reader).exists()


@dataclass(frozen=True)
class UninformedInvitee:
    """An invited person who must not learn that a child exists, or who its father is, and the decision about that."""

    invitation: object
    entries: tuple[MustNotLearn, ...] = ()
    decided: InvitedAllTheSame | None = None
    what: tuple[str, ...] = field(default_factory=tuple)

    @property
    def reason_not_to_send(self) -> str:
        """Why the list cannot be sent before somebody decides."""
        return (
            f"{self.invitation.name} must not learn {'; nor '.join(self.what)}, and would learn it at this conference. "
            "Take them off the list, or have the team manager or the chair decide and say why."
        )


def uninformed_invitees(conference, invitations) -> list[UninformedInvitee]:
    """The family members on the list who would learn of a child or a father that is withheld from them."""
    rows = [one for one in invitations if one.person_id and not one.withdrawn_at]
    children = list(conference.children.filter(included=True).values_list("child_id", flat=True))
    readers, about = by_identity([one.person_id for one in rows]), by_identity(children)
    ours = by_record(children).keys()
    unknown = Q(what=MustNotLearnWhat.EXISTENCE, about__in=about)
    unknown |= Q(what=MustNotLearnWhat.PATERNITY, of_child__in=about)
    found = MustNotLearn.objects.live().filter(unknown, reader__in=readers)
    found = list(found.select_related("about", "of_child").order_by("pk"))
    entries = defaultdict(list)
    for entry in found:
        entries[readers[entry.reader_id]].append(entry)
    decisions = defaultdict(list)
    for made in InvitedAllTheSame.objects.filter(invitation__in=rows).select_related("decided_by").order_by("-pk"):
        decisions[made.invitation_id].append(made)
    answer = []
    for one in rows:
        if theirs := entries.get(readers[one.person_id]):
            ids = {entry.pk for entry in theirs}
            decided = next((made for made in decisions[one.pk] if ids <= set(made.entries)), None)
            what = tuple(dict.fromkeys(_what(entry, ours) for entry in theirs))
            answer.append(UninformedInvitee(one, tuple(theirs), decided, what))
    return answer


def uninformed_awaiting_decision(conference, invitations) -> list[UninformedInvitee]:
    """The uninformed invitees who have no invitation yet and no decision."""
    return [
        one for one in uninformed_invitees(conference, invitations) if not one.decided and not one.invitation.sent_at
    ]


@dataclass(frozen=True)
class NotProposed:
    """A relative of a child of the conference who is not proposed, and why."""

    person: object
    why: str


def not_proposed(conference, invitations) -> list[NotProposed]:
    """The relatives of a child of the conference who are not proposed because they must not learn of a child."""
    children = list(conference.children.filter(included=True).values_list("child_id", flat=True))
    about, ours = by_identity(children), by_record(children).keys()
    ties = Relationship.objects.filter(child__in=ours).select_related("adult__merged_into").order_by("pk")
    related = {tie.adult_id: tie.adult.merged_into or tie.adult for tie in ties}
    readers = by_identity(related)
    rows = MustNotLearn.objects.live().filter(what=MustNotLearnWhat.EXISTENCE, about__in=about, reader__in=readers)
    there = {one.person_id for one in invitations if not one.withdrawn_at}
    found = {}
    for entry in rows.select_related("about").order_by("pk"):
        reader = related[readers[entry.reader_id]]
        if reader.pk not in there:
            found.setdefault((reader.pk, about[entry.about_id]), NotProposed(reader, _what(entry, ours)))
    return list(found.values())


def _what(entry, ours) -> str:
    """What the reader must not learn. ``ours`` are the children's records in this circle. Of another circle's entry,
    staff learn only that there is one.
    """
    if not {entry.about_id, entry.of_child_id} & ours:
        return "something that is not told here"
    if entry.what == MustNotLearnWhat.PATERNITY:
        return f"that {entry.about.full_name} is the father of {entry.of_child.full_name}"
    return f"that {entry.about.full_name} exists"


STILL_TOLD = ("cancelled", "withdrawn")  # these name nobody, and tell the reader that the time is free again


def conflict_blocks_sending(outgoing) -> str:
    """Why this message to a user is not sent, or "" if it can be. Called at the moment of sending."""
    is_ours = outgoing.about_kind == Conference._meta.label_lower and outgoing.recipient_kind == "user"
    if not is_ours or outgoing.purpose in STILL_TOLD:
        return ""
    family = Conference.objects.filter(pk=outgoing.about_id).values("family")
    conflict = DeclaredConflict.objects.live().filter(user=outgoing.recipient_id, family__in=family)
    return "Its reader must not be told of this conference. Choose somebody else in their place." if conflict else ""
