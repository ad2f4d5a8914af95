"""What the request pages read."""

from dataclasses import dataclass

from django.db.models import Q

from conferences.convening.models import Conference, ConferenceChild
from conferences.convening.queries.booking import limit_key
from conferences.separation.queries.pairs import NOT_SAID, pairs_to_separate
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.people.models import Involvement, Person


def conferences_of_family(viewer: Viewer, family):
    """The family's conferences that the viewer may see, latest first."""
    return (
        few_seen_by(viewer, Conference).filter(family=family).select_related("chair").order_by("-requested_at", "-pk")
    )


def due_of(conference) -> Due:
    """The last day of the conference's limit, with its working. The column ``due_on`` is the binding date."""
    return due(limit_key(conference), conference.anchor_on)


def children_considered(conference, viewer: Viewer) -> list[ConferenceChild]:
    """The children considered, included ones first; a professional sees only those they work with."""
    rows = conference.children.select_related("child").order_by("-included", "child__born_on", "pk")
    if only_their_own(viewer):
        known = Involvement.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=viewer.on), professional=viewer.id, from_on__lte=viewer.on
        )
        rows = rows.filter(included=True, child__in=known.order_by().values("child"))
    return list(rows)


@dataclass(frozen=True)
class PairToSeparate:
    """Two people of the family who must not meet, why, and who of them is protected."""

    one: str
    other: str
    why: str
    protected: list[str]


def people_to_separate(family) -> list[PairToSeparate]:
    """The people of the family who must be kept separate. A fixed number of queries."""
    people = {person.pk: person for person in _people_of(family)}
    return [
        PairToSeparate(
            people[pair.one].full_name, people[pair.other].full_name, pair.why,
            # Where only a record that is closed to the reader says why, it does not say either who is protected.
            [people[pk].full_name for pk in (pair.one, pair.other) if pk in pair.protected and pair.why != NOT_SAID],
        )
        for pair in pairs_to_separate(people)
    ]  # fmt: skip


def people_with_needs(family) -> list[Person]:
    """The people of the family who speak another language first, or need something to take part. One query."""
    found = _people_of(family).filter(
        ~Q(first_language__in=["", "English"]) | Q(interpreter_needed=True) | ~Q(communication_needs="")
        | ~Q(access_needs="")
    )  # fmt: skip
    return list(found.filter(died_on=None))


def _people_of(family):
    return Person.objects.filter(memberships__family=family).distinct().order_by("born_on", "pk")


def only_their_own(viewer: Viewer) -> bool:
    """Whether working with a child is the viewer's only access."""
    return viewer.roles == frozenset([Role.PROFESSIONAL])
