"""Who typed the words of a copy: none of them can be the second person who checks it."""

from django.db.models import Q

from conferences.meeting.models import DecisionEvent, LiveNoteEvent
from conferences.plans.models import PlanActionEvent
from cpc.core.audit.models import Event
from reports.outgoing.models import ParagraphEvent
from reports.outgoing.queries.facts import Facts, reader_of, scope_of
from reports.outgoing.rules.copies import appears_in


def typists_of(facts: Facts, copy) -> list[int]:
    """The users (ids) who typed any version of a paragraph that appears in this copy, of an action of its children’s
    plans, or of a note or a decision about its children that paragraphs were made from. One query, and those of
    ``reader_of``.
    """
    reader = reader_of(copy, facts=facts)
    mine = [one.pk for one in facts.paragraphs if appears_in(scope_of(one), reader)]
    theirs = Q(child__in=reader.children) | Q(child__isnull=True)
    notes = LiveNoteEvent.objects.filter(theirs, conference=facts.conference.pk).exclude(text="")
    decided = {"conference_child__conference": facts.conference.pk, "conference_child__child__in": reader.children}
    found = ParagraphEvent.objects.filter(pgh_obj__in=mine, written_by__isnull=False).values_list("written_by")
    actions = [one.action.pk for one in facts.actions if not reader.children.isdisjoint(one.children)]
    acts = PlanActionEvent.objects.filter(pgh_obj__in=actions).values("pgh_context_id")
    return sorted(
        pk
        for (pk,) in found.union(
            notes.values_list("saved_by"),
            DecisionEvent.objects.filter(**decided).values_list("decided_by"),
            Event.objects.filter(pk__in=acts, by_kind="user").values_list("by_id"),
        )
    )
