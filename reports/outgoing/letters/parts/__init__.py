"""The parts of the record and the letters. Plain values only.

Each part asks ``reports.outgoing.rules.copies`` what the reader may see.
"""

from reports.outgoing.letters.parts.decisions import Decided, decided, outcome_sentence, outcome_sentence_to_child
from reports.outgoing.letters.parts.paragraphs import (
    Disagree,
    LetterParagraph,
    differences,
    disagree,
    dissent_words,
    is_incomplete,
    kind_words,
    long_date,
    long_day,
    moment,
    paragraphs,
    replaces,
    said_would_help,
    with_differences,
)
from reports.outgoing.letters.parts.people import (
    Attended,
    Received,
    Subject,
    attended,
    names_of,
    received,
    subjects,
)
from reports.outgoing.letters.parts.plan import Aim, NextSteps, Step, aims, by_when, steps, what_next

__all__ = [
    "Aim",
    "Attended",
    "Decided",
    "Disagree",
    "LetterParagraph",
    "NextSteps",
    "Received",
    "Step",
    "Subject",
    "aims",
    "attended",
    "by_when",
    "decided",
    "differences",
    "disagree",
    "dissent_words",
    "is_incomplete",
    "kind_words",
    "long_date",
    "long_day",
    "moment",
    "names_of",
    "outcome_sentence",
    "outcome_sentence_to_child",
    "paragraphs",
    "received",
    "replaces",
    "said_would_help",
    "steps",
    "subjects",
    "what_next",
    "with_differences",
]
