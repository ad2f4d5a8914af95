"""The words of one report as its pages and papers show them: each question with its statements. Nothing here writes."""

from dataclasses import dataclass

from reports.incoming.queries.outcomes import answers_for
from reports.incoming.queries.requested import first_name
from reports.incoming.queries.uploads import came_as_file
from reports.incoming.rules.marks import Statement, statements
from reports.incoming.rules.sections import questions_about, questions_of


@dataclass(frozen=True)
class Answer:
    """A question and what was written below it. ``child`` is the child (id) that it is about alone."""

    label: str
    statements: tuple[Statement, ...]
    child: int | None = None


def words_of(report, children=None, names=None) -> list[Answer]:
    """What the report says, in order, without its confidential part; or that it was uploaded as a file. ``children``
    (ids): only what is about the family as a whole and about these children alone. ``names``, by id, are what this
    reader calls a child, where that is not the first name.
    """
    is_review = report.conference.is_review
    found = [
        Answer(asked.label, tuple(statements(report.sections[name])))
        for name, asked in questions_of(report.kind, is_review=is_review).items()
    ]
    for one in answers_for(report, children):
        reached = [Statement(f"{one.get_progress_display()}.")] if one.progress else []
        found.append(Answer(f"Outcome of the plan: {one.outcome}", (*reached, *statements(one.said))))
    for row in report.children.select_related("child").order_by("pk"):
        if children is None or row.child_id in children:
            name = (names or {}).get(row.child_id) or first_name(row.child)
            asked_about = questions_about(report.kind, name, is_unborn=row.child.is_unborn, is_review=is_review)
            found += [
                Answer(asked.label, tuple(statements(row.sections[name])), row.child_id)
                for name, asked in asked_about.items()
            ]
    written = [one for one in found if one.statements]
    if not written and (said := came_as_file(report)):
        return [Answer("The report", (Statement(said),))]
    return written
