"""What each act on the trail did, in words: who or what was added, changed or removed, as the history has it."""

from collections import defaultdict

from django.apps import apps
from django.db.models import CharField, Value

from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.audit.models import Event
from families.people.models import Membership, Person
from families.people.queries.household import called

VERBS = {"insert": "added", "update": "changed", "delete": "removed"}
PACKAGES = ("families", "conferences", "reports")
DEEPEST = 4  # acts within acts


def say_what(viewer: Viewer, events) -> None:
    """Give each event ``did``: what was done, such as “Added: Rosa Marlow, relationship”.

    It tells the kind of each row that was written, and a person's name if the viewer may see the person, and no more.
    At most six queries, for any number of events.
    """
    events = list(events)
    of = _parts(events)
    written = defaultdict(dict)
    for act, verb, kind, pk in _rows(of):
        written[of[act]].setdefault((verb, kind), set()).add(pk)
    people = {pk for rows in written.values() for (_, kind), found in rows.items() if kind == _PERSON for pk in found}
    names = {person.pk: called(person) for person in few_seen_by(viewer, Person).filter(pk__in=people)}
    for event in events:
        event.did = event.details.get("did") or _in_words(written[event.pk], names)


_PERSON, _MEMBERSHIP = Person._meta.verbose_name, Membership._meta.verbose_name  # a person says as much as the second


def _parts(events) -> dict:
    """The id of each event and of each act within it, with the id of the event."""
    of = {event.pk: event.pk for event in events}
    newest = list(of)
    for _ in range(DEEPEST):
        found = dict(Event.objects.filter(part_of__in=newest).values_list("pk", "part_of"))
        of |= {pk: of[part_of] for pk, part_of in found.items()}
        newest = list(found)
    return of


def _rows(acts):
    """(act, "insert", "person", id) for each row of the history that these acts wrote. One query."""
    queries = [
        kind.objects.filter(pgh_context_id__in=list(acts))
        .annotate(written=Value(str(kind.pgh_tracked_model._meta.verbose_name), CharField()))
        .order_by()
        .values_list("pgh_context_id", "pgh_label", "written", "pgh_obj_id")
        for kind in apps.get_models()
        if kind.__module__.partition(".")[0] in PACKAGES and hasattr(kind, "pgh_tracked_model")
    ]
    return queries[0].union(*queries[1:], all=True)


def _in_words(rows, names) -> str:
    """“Added: Rosa Marlow, 2 relationships. Changed: family”."""
    said = []
    for label, verb in VERBS.items():
        kinds = [(kind, found) for (its, kind), found in rows.items() if its == label and kind != _MEMBERSHIP]
        kinds.sort(key=lambda one: (one[0] != _PERSON, one[0]))
        things = []
        for kind, found in kinds:
            known = sorted(names[pk] for pk in found if pk in names) if kind == _PERSON else []
            others = len(found) - len(known)
            things += known + ([f"{others} × {kind}" if others > 1 else kind] if others else [])
        if things:
            said.append(f"{verb.capitalize()}: {', '.join(things)}")
    return ". ".join(said)
