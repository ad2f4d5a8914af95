"""Who in the family has neither been given a report that came, nor a reason why not. Nothing here writes."""

from collections import defaultdict

from django.utils import timezone

from conferences.convening.models import Exclusion
from cpc.core.kernel.dates import age_on
from cpc.core.policy.queries import setting
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.merged_records import records_of_each
from reports.incoming.choices import MadeHow
from reports.incoming.models import FileCopy, ReportChild, ReportSharing, UploadedFileChild
from reports.incoming.permissions import HANDED_IN


def family_not_told(conferences) -> dict[int, list[Person]]:
    """By invitation, for the reports and files that came for ``conferences`` (by id): the parents and main carers of
    the children they cover, and those children themselves who are old enough to be asked to the conference, if nobody
    shared the report with them or recorded why not. A fixed number of queries.
    """
    covers, day = defaultdict(set), {pk: one.held_on or timezone.localdate() for pk, one in conferences.items()}
    of = {}
    for invitation, conference, child in _covered(conferences):
        covers[invitation].add(child)
        of[invitation] = conference
    family = _family_of({pk for children in covers.values() for pk in children})
    told, without = _told(conferences), _without_documents(conferences)
    same = records_of_each({pk for people in (*told.values(), *without.values()) for pk in people})
    age, found = setting("child_invite_age"), {}
    for invitation, children in covers.items():
        reached = told[invitation] | without[of[invitation]]
        reached = {record for pk in reached for record in same[pk]}
        people = {
            one.pk: one
            for child in sorted(children)
            for one in family[child]
            if one.pk not in children or (one.born_on and age_on(one.born_on, day[of[invitation]]) >= age)
        }
        if left := [one for pk, one in people.items() if pk not in reached]:
            found[invitation] = left
    return found


def _covered(conferences):
    """(invitation, conference, child) of each child that a report or file covers."""
    reports = ReportChild.objects.filter(report__conference__in=conferences, report__state__in=HANDED_IN)
    yield from reports.values_list("report__invitation", "report__conference", "child")
    files = UploadedFileChild.objects.filter(file__conference__in=conferences, file__made=MadeHow.CAME)
    yield from files.values_list("file__invitation", "file__conference", "child")


def _family_of(children: set[int]) -> dict[int, list[Person]]:
    """By child: their living parents and main carers, and the child."""
    found = defaultdict(list)
    for tie in adults_of(children):
        if tie_of(tie).is_own and tie.adult.died_on is None:
            found[tie.child_id].append(tie.adult)
    for child in Person.objects.filter(pk__in=children, died_on__isnull=True):
        found[child.pk].append(child)
    return found


def _told(conferences) -> dict[int, set[int]]:
    """By invitation: who the report was shared with, on paper or as a file, or had a reason recorded why not."""
    found = defaultdict(set)
    shared = ReportSharing.objects.filter(report__conference__in=conferences)
    for invitation, person in shared.values_list("report__invitation", "parent"):
        found[invitation].add(person)
    sent = FileCopy.objects.filter(file__conference__in=conferences, document__outgoing__sent_at__isnull=False)
    for invitation, person in sent.values_list("file__invitation", "invitation__person"):
        found[invitation].add(person)
    return found


def _without_documents(conferences) -> dict[int, set[int]]:
    """By conference: who gets no documents, as the chair decided."""
    found = defaultdict(set)
    decided = Exclusion.objects.filter(conference__in=conferences, no_documents=True, person__isnull=False).in_force()
    for conference, person in decided.values_list("conference", "person"):
        found[conference].add(person)
    return found
