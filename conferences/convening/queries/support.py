"""What the family needs to take part in a conference, as it follows from what is recorded of each person."""

from django.utils import timezone

from conferences.convening.choices import PARENT_ROLES, SupportKind, SupportState
from conferences.convening.models import Support
from conferences.convening.queries.invitations import included_children
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.kernel.dates import age_on
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting, words
from families.people.choices import Disability
from families.people.models import Person


def support_for(viewer: Viewer, conference) -> list[Support]:
    """What the family needs at this conference, of what the viewer may see."""
    found = seen_by(viewer, Support).filter(conference=conference).with_moves()
    return list(found.select_related("person", "recorded_by").order_by("pk"))


def who_accepted_an_advocate(conference) -> frozenset[int]:
    """The people (ids) who said yes to an advocate, whether or not one is booked already. One query."""
    yes = (SupportState.ACCEPTED, SupportState.REFERRED, SupportState.BOOKED)
    found = conference.support.filter(kind=SupportKind.ADVOCATE, state__in=yes)
    return frozenset(found.values_list("person", flat=True))


def people_of(conference):
    """The living people who may need support: the family members on the list, and the children."""
    invited = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True).values("person")
    children = conference.children.filter(included=True, child__born_on__isnull=False).values("child")
    people = Person.objects.filter(pk__in=invited.union(children), died_on__isnull=True)
    return people.order_by("last_name", "first_name", "pk")


def _to_ask(person) -> str:
    """What to ask somebody with a disability if nobody has recorded what they need; "" for anybody else."""
    disabilities = [Disability(one).label.lower() for one in person.disabilities if one != Disability.NONE]
    if not disabilities or person.access_needs or person.communication_needs:
        return ""
    return f"Ask what would help. Recorded as a disability: {listed(disabilities)}."


def needed_by(conference) -> list[tuple[Person, SupportKind, str]]:
    """What the records of the people say they need: the person, the kind, and what exactly. An advocate is offered to
    each child from the age that the service sets, and to each parent and carer where the service names who helps them.
    """
    on = conference.held_on or timezone.localdate()
    found, people = [], list(people_of(conference))
    for person in people:
        if person.interpreter_needed:
            found.append((person, SupportKind.INTERPRETER, person.first_language))
        if needs := "\n".join(filter(None, (person.access_needs, person.communication_needs, _to_ask(person)))):
            found.append((person, SupportKind.ACCESS, needs))
    children = {child.pk for child in included_children(conference)}
    if words("parent_advocacy"):
        invited = conference.invitations.filter(role__in=PARENT_ROLES, withdrawn_at__isnull=True)
        parents = set(invited.values_list("person", flat=True))
        found += [(person, SupportKind.ADVOCATE, "") for person in people if person.pk in parents - children]
    for person in people:
        if person.pk in children and age_on(person.born_on, on) >= setting("advocacy_age"):
            found.append((person, SupportKind.ADVOCATE, ""))
    return found
