"""The worker who hands over what must not be posted."""

from conferences.convening.models import Conference
from cpc.core.documents.models import Outgoing
from families.people.choices import SafeContact
from families.people.models import Person
from families.people.queries.contact import ways_to


def workers_of(family) -> list:
    """The family's social worker, then the manager of the team, without anybody with a closed account."""
    return [one for one in (family.social_worker, family.team.manager) if one and one.is_active]


def social_worker_of(family):
    """The family's social worker; the manager of the team if the social worker's account is closed; or nobody."""
    return next(iter(workers_of(family)), None)


def worker_who_hands_over(person, way, social_worker):
    """The worker named in the person's contact details, if they are reached by hand; else the social worker."""
    details = getattr(person.stands_for, "contact_details", None)
    named = details.hand_by if details and way == SafeContact.HAND else None
    return named if named and named.is_active else social_worker


def workers_who_hand_over(letters: list[Outgoing]) -> dict[int, str]:
    """The name of the worker for each of these letters (by key) to a member of a conference's family. A fixed number
    of queries.
    """
    kind = Conference._meta.label_lower
    to_family = [one for one in letters if one.recipient_kind == "person" and one.document.about_kind == kind]
    if not to_family:
        return {}
    conferences = Conference.objects.select_related("family__social_worker", "family__team__manager").in_bulk(
        {one.document.about_id for one in to_family}
    )
    people = Person.objects.select_related("contact_details__hand_by", "merged_into__contact_details__hand_by").in_bulk(
        {one.recipient_id for one in to_family}
    )
    ways = ways_to(people)
    found = {}
    for one in to_family:
        person, conference = people.get(one.recipient_id), conferences.get(one.document.about_id)
        if person and conference:
            worker = worker_who_hands_over(person, ways[person.pk], social_worker_of(conference.family))
            found |= {one.pk: str(worker)} if worker else {}
    return found
