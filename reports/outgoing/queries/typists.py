"""Who typed the words of a copy: none of them can be the second person who checks it."""

from reports.outgoing.models import ParagraphEvent
from reports.outgoing.queries.facts import Facts, reader_of, scope_of
from reports.outgoing.rules.copies import appears_in


def typists_of(facts: Facts, copy) -> list[int]:
    """The users (ids) who typed any version of a paragraph that appears in this copy. One query, and those of
    ``reader_of``.
    """
    reader = reader_of(copy, facts=facts)
    mine = [one.pk for one in facts.paragraphs if appears_in(scope_of(one), reader)]
    rows = ParagraphEvent.objects.filter(pgh_obj__in=mine, written_by__isnull=False)
    return sorted(set(rows.values_list("written_by", flat=True)))
