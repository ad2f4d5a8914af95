"""Who on a list must not learn of a child of the conference, or whose child it is; and who decided all the same."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from conferences.models import InvitedAllTheSame
from families.choices import MustNotLearnWhat
from families.models import MustNotLearn
from families.queries.same_person import by_record


def children_kept_from(people, children) -> dict[int, frozenset[int]]:
    """For each of ``people`` (ids) those of ``children`` (ids) of whose existence they must not learn."""
    readers, about = by_record(people), by_record(children)
    found = defaultdict(frozenset)
    rows = MustNotLearn.objects.live().filter(what=MustNotLearnWhat.EXISTENCE, reader__in=readers, about__in=about)
    for reader, child in rows.values_list("reader", "about"):
        found[readers[reader]] |= {about[child]}
    return found


@dataclass(frozen=True)
class Unknowing:
    """Somebody on the list who must not learn that a child exists, or whose it is; and what was decided of that."""

    invitation: object
    entries: tuple[MustNotLearn, ...] = ()
    decided: InvitedAllTheSame | None = None
    what: tuple[str, ...] = field(default_factory=tuple)

    @property
    def stops(self) -> str:
        """Why the list cannot be sent while nobody has decided."""
        return (
            f"{self.invitation.name} must not learn {'; nor '.join(self.what)}, and would learn it at this conference. "
            "Take them off the list, or have the team manager or the chair decide and say why."
        )


def unknowing(conference, invitations) -> list[Unknowing]:
    """Everybody of the family on the list who would learn of a child, or of a father, whom they must not learn of."""
    rows = [one for one in invitations if one.person_id and not one.withdrawn_at]
    children = list(conference.children.filter(included=True).values_list("child_id", flat=True))
    readers, about = by_record([one.person_id for one in rows]), by_record(children)
    unknown = Q(what=MustNotLearnWhat.EXISTENCE, about__in=about)
    unknown |= Q(what=MustNotLearnWhat.PATERNITY, of_child__in=about)
    found = MustNotLearn.objects.live().filter(unknown, reader__in=readers)
    entries = defaultdict(list)
    for entry in found.select_related("about", "of_child").order_by("pk"):
        entries[readers[entry.reader_id]].append(entry)
    decisions = defaultdict(list)
    for made in InvitedAllTheSame.objects.filter(invitation__in=rows).select_related("decided_by").order_by("-pk"):
        decisions[made.invitation_id].append(made)
    answer = []
    for one in rows:
        if theirs := entries.get(one.person_id):
            ids = {entry.pk for entry in theirs}
            decided = next((made for made in decisions[one.pk] if ids <= set(made.entries)), None)
            answer.append(Unknowing(one, tuple(theirs), decided, tuple(_what(entry) for entry in theirs)))
    return answer


def invited_unknowing(conference, invitations) -> list[Unknowing]:
    """Those of them who wait for an invitation, and of whom nobody has decided."""
    return [one for one in unknowing(conference, invitations) if not one.decided and not one.invitation.sent_at]


@dataclass(frozen=True)
class HeldBack:
    """Somebody who is something to a child of the conference and is not proposed, and why."""

    person: object
    why: str


def held_back(conference, invitations) -> list[HeldBack]:
    """Whoever is related to a child of the conference and is not proposed because they must not learn of a child."""
    children = list(conference.children.filter(included=True).values_list("child_id", flat=True))
    about = by_record(children)
    rows = MustNotLearn.objects.live().filter(
        what=MustNotLearnWhat.EXISTENCE, about__in=about, reader__relationships_to_children__child__in=about
    )
    rows = rows.select_related("reader__merged_into", "about")
    there = {one.person_id for one in invitations if not one.withdrawn_at}
    found = {}
    for entry in rows.order_by("pk").distinct():
        reader = entry.reader.merged_into or entry.reader
        if reader.pk not in there:
            found.setdefault((reader.pk, entry.about_id), HeldBack(reader, _what(entry)))
    return list(found.values())


def _what(entry) -> str:
    if entry.what == MustNotLearnWhat.PATERNITY:
        return f"that {entry.about.full_name} is the father of {entry.of_child.full_name}"
    return f"that {entry.about.full_name} exists"
