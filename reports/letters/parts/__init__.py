"""The parts from which the record and the letters are put together. Plain values only; each part asks the rule."""

from reports.letters.parts.decisions import Decided, decided, outcome_sentence, outcome_told_to
from reports.letters.parts.people import Attended, Received, Subject, attended, names_of, received, subjects
from reports.letters.parts.plan import Aim, Next, Step, aims, steps, what_next
from reports.letters.parts.said import (
    Disagree,
    Para,
    disagree,
    dissent_words,
    is_part_only,
    kind_words,
    lines_of,
    long_date,
    long_day,
    moment,
    paragraphs,
    replaces,
)

__all__ = [
    "Aim",
    "Attended",
    "Decided",
    "Disagree",
    "Next",
    "Para",
    "Received",
    "Step",
    "Subject",
    "aims",
    "attended",
    "decided",
    "disagree",
    "dissent_words",
    "is_part_only",
    "kind_words",
    "lines_of",
    "long_date",
    "long_day",
    "moment",
    "names_of",
    "outcome_sentence",
    "outcome_told_to",
    "paragraphs",
    "received",
    "replaces",
    "steps",
    "subjects",
    "what_next",
]
