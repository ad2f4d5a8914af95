"""Who on a list must not learn of a child of the conference, or whose child it is; and who decided all the same."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from conferences.models import InvitedAllTheSame
from families.choices import MustNotLearnWhat
from families.models import MustNotLearn, Relationship
from families.queries import that_papers_may_say
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
    found = list(found.select_related("about", "of_child").order_by("pk"))
    told = _that_may_be_told(conference, found)
    entries = defaultdict(list)
    for entry in found:
        entries[readers[entry.reader_id]].append(entry)
    decisions = defaultdict(list)
    for made in InvitedAllTheSame.objects.filter(invitation__in=rows).select_related("decided_by").order_by("-pk"):
        decisions[made.invitation_id].append(made)
    answer = []
    for one in rows:
        if theirs := entries.get(one.person_id):
            ids = {entry.pk for entry in theirs}
            decided = next((made for made in decisions[one.pk] if ids <= set(made.entries)), None)
            what = tuple(dict.fromkeys(_what(entry, told) for entry in theirs))
            answer.append(Unknowing(one, tuple(theirs), decided, what))
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
    rows = list(rows.select_related("reader__merged_into", "about").order_by("pk").distinct())
    ties = Relationship.objects.filter(child__in=about, adult__in={entry.reader_id for entry in rows})
    related = {tie.adult_id for tie in that_papers_may_say(conference.family_id, ties, "child_id", "adult_id")}
    told = _that_may_be_told(conference, rows)
    there = {one.person_id for one in invitations if not one.withdrawn_at}
    found = {}
    for entry in rows:
        reader = entry.reader.merged_into or entry.reader
        if reader.pk not in there and entry.reader_id in related:
            found.setdefault((reader.pk, entry.about_id), HeldBack(reader, _what(entry, told)))
    return list(found.values())


def _that_may_be_told(conference, entries) -> set[int]:
    """The ids of those of the entries that no other, restricted family recorded: of what the others keep, staff are
    told that it is kept and nothing more."""
    rows = that_papers_may_say(conference.family_id, entries, "reader_id", "about_id", "of_child_id")
    return {entry.pk for entry in rows}


def _what(entry, told) -> str:
    if entry.pk not in told:
        return "something that is not told here"
    if entry.what == MustNotLearnWhat.PATERNITY:
        return f"that {entry.about.full_name} is the father of {entry.of_child.full_name}"
    return f"that {entry.about.full_name} exists"
