"""Children who came into a family after its conference was requested, while nothing is said of them; and children who
were left out, and who need a conference now, as an enquiry has found."""

from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q

from conferences.convening.choices import FROM_AN_ENQUIRY, TO_COME
from conferences.convening.models import Conference, ConferenceChild, ConferenceChildEvent
from conferences.convening.queries.enquiries import enquiries_to_request
from conferences.convening.states import NEEDED
from cpc.core.audit.models import Event
from families.people.choices import Part
from families.people.models import Membership, MembershipEvent
from families.people.queries.merged_records import records_of_person


def not_considered(conferences=None, of: Q | None = None) -> list[tuple[Conference, Membership]]:
    """Each conference to come with each child of its family who was added after the family's first conference, where no
    conference of the family says whether it is about this child: a twin, an unborn baby, a child who moved in.

    ``conferences`` narrows it to those, ``of`` to some families (a condition on memberships). One query; six if there
    is such a child, and two for each.
    """
    rows = Membership.objects.filter(
        of or Q(), part=Part.CHILD, person__died_on=None, person__merged_into=None,
        family__conferences__state__in=TO_COME,
        **({} if conferences is None else {"family__conferences__in": conferences}),
    ).annotate(conference_id=F("family__conferences__pk"))  # fmt: skip
    considered = ConferenceChild.objects.filter(conference__family=OuterRef("family"))
    rows = rows.filter(~Exists(considered.filter(child=OuterRef("person"))), Exists(considered))
    rows = list(rows.select_related("person").order_by("conference_id", "pk"))
    if not rows:
        return []
    added = _first_acts(MembershipEvent.objects.filter(pgh_obj_id__in=[row.pk for row in rows]), "pgh_obj_id")
    families = {row.family_id for row in rows}
    began = _first_acts(
        ConferenceChildEvent.objects.filter(conference__family__in=families), "conference__family"
    )  # fmt: skip
    rows = [row for row in rows if row.pk in added and added[row.pk] > began[row.family_id]]
    found = Conference.objects.select_related("family__team").defer("family__search_index")
    found = found.in_bulk({row.conference_id for row in rows})
    return [(found[row.conference_id], row) for row in rows if not _considered_before_a_merge(row)]


def left_out_since(family) -> list[ConferenceChild]:
    """The children who were left out of a conference of this family that is still to come, and who an enquiry found to
    need a conference, with none requested. A fixed number of queries.
    """
    waiting = [row for row in enquiries_to_request(family) if row.state == NEEDED]
    if not waiting:
        return []
    found = ConferenceChild.objects.filter(
        conference__family=family, conference__state__in=TO_COME, conference__kind__in=FROM_AN_ENQUIRY, included=False,
        child__in={pk for row in waiting for pk in row.needing_ids},
    )  # fmt: skip
    return list(found.select_related("conference__family", "child").order_by("conference_id", "pk"))


def left_out_of(conference) -> dict[int, ConferenceChild]:
    """Of ``left_out_since``, those who were left out of this conference, by the id of the child."""
    return {one.child_id: one for one in left_out_since(conference.family) if one.conference_id == conference.pk}


def _first_acts(history, by: str) -> dict:
    """When the first act of each was: by the value of that field in their history."""
    acts = defaultdict(set)
    for key, act in history.values_list(by, "pgh_context_id"):
        acts[key].add(act)
    at = dict(Event.objects.filter(pk__in=set().union(*acts.values())).values_list("pk", "at"))
    return {key: min(at[act] for act in theirs if act in at) for key, theirs in acts.items() if theirs & at.keys()}


def _considered_before_a_merge(row) -> bool:
    records = set(records_of_person(row.person)) - {row.person_id}
    return ConferenceChild.objects.filter(conference__family=row.family_id, child__in=records).exists()
