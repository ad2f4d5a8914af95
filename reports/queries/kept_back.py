"""Why one of the family was not meant to have a report, so that nothing of it slips by as a file: the chair sends them
no copy, or one that does not cover the child, or its author did not share it with them. Nothing here writes."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.choices import InviteeKind
from cpc.core.kernel.phrases import listed
from families.models import Person
from families.queries import everyone_who_are, that_papers_may_say_of
from reports.models import Copy, GivenAllTheSame, ReportSharing


@dataclass(frozen=True)
class KeptBack:
    """What stands against giving a file to one reader, a sentence each, and the chair’s word that they get it all the
    same, where it was given despite all of it."""

    why: tuple[str, ...]
    decided: GivenAllTheSame | None = None

    @property
    def waits(self) -> bool:
        """Whether the chair has not said yet that they get it."""
        return self.decided is None


def kept_back(file) -> dict[int, KeptBack]:
    """What stands against giving the file to each of the family, by the invitation; whoever nothing stands against is
    left out (a fixed number of queries)."""
    children = Person.objects.filter(pk__in=file.children.values("child"))
    covered = {child.pk: child for child in that_papers_may_say_of(file.conference.family_id, children)}
    why = defaultdict(list)
    copies = Copy.objects.filter(record__conference=file.conference_id, invitation__kind=InviteeKind.FAMILY)
    for copy in copies.prefetch_related("children").order_by("-kind"):
        what, theirs = copy.get_kind_display().lower(), {one.child_id for one in copy.children.all()}
        if copy.withheld_reason:
            why[copy.invitation_id].append(f"They are sent no {what}: {copy.withheld_reason}")
        elif without := [child.full_name for pk, child in covered.items() if pk not in theirs]:
            why[copy.invitation_id].append(f"Their {what} does not cover {listed(without)}.")
    unshared = ReportSharing.objects.filter(report__invitation=file.invitation_id, shared_on__isnull=True)
    invited = dict(file.conference.invitations.filter(person__isnull=False).values_list("person", "pk"))
    same = everyone_who_are(invited)  # who was asked about may stand in another record than the one that is invited
    for one in unshared.order_by("pk"):
        for pk in (pk for person, pk in invited.items() if one.parent_id in same[person]):
            why[pk].append(f"The report was not shared with them: {one.not_shared_reason}")
    decided = defaultdict(list)
    for one in GivenAllTheSame.objects.filter(file=file, reader__in=why).select_related("decided_by").order_by("-pk"):
        decided[one.reader_id].append(one)
    return {
        pk: KeptBack(tuple(said), next((one for one in decided[pk] if set(said) <= set(one.despite)), None))
        for pk, said in why.items()
    }


def why_it_waits(file, reader) -> str:
    """Why only the chair can let the file go to this reader, in a sentence; empty where nothing stands against it or
    the chair has said that they get it all the same."""
    found = kept_back(file).get(reader.pk)
    if found is None or not found.waits:
        return ""
    chair = file.conference.chair or "The chair"
    return f"{' '.join(found.why)} {chair} must say first that {reader.name} gets it all the same."
