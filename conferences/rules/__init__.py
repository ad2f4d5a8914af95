"""What law and practice say about conferences, read as their answer. Pure: no database, no clock, no Django.

One module a journey; the names are here too, so that ``rules.quorum`` reads well.
"""

from conferences.rules.convene import why_late, why_not_independent
from conferences.rules.meet import (
    Attender,
    Missing,
    Quorum,
    may_decide,
    missing_before_closing,
    new_date_refusal,
    quorum,
)
from conferences.rules.request import (
    what_is_wrong_with_kind,
    what_is_wrong_with_outcome_date,
    what_is_wrong_with_strategy_date,
)

__all__ = [
    "Attender", "Missing", "Quorum", "may_decide", "missing_before_closing", "new_date_refusal", "quorum",
    "what_is_wrong_with_kind", "what_is_wrong_with_outcome_date", "what_is_wrong_with_strategy_date",
    "why_late", "why_not_independent",
]  # fmt: skip
