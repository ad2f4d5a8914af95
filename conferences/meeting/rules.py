"""Quorum, decisions, and what must be done before a conference closes. Pure: no database, no clock, no Django."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import listed

# --- The outline of a plan -----------------------------------------------------------------------------------------

# What is asked about a plan as the conference closes, on the page and on paper: the question and its hint, by field.
PLAN_QUESTIONS = {
    "aim": ("What must change for each child to be safe without a plan?", ""),
    "contingency": ("What will happen if the plan does not work?", ""),
    "trigger": ("What would make that happen?", ""),
    "visits": ("How often is each child visited, and who visits?", "Say when the child is seen alone."),
    "family_meeting": ("Was a family meeting considered?", "Say what was decided about it, and why."),
    "will_be_told": ("Who will be told about the plan?", "For example health and school. If nobody, say why."),
}

# --- Quorum -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attender:
    """One invited person, as the quorum counts them.

    ``agency`` counts once: a school, a school nurse and a health visitor are three agencies; two teachers of one school
    are one. ``has_direct_contact``: they know at least one of the children.
    """

    agency: Hashable
    agency_name: str
    is_present: bool
    is_social_care: bool = False
    is_professional: bool = True
    has_direct_contact: bool = True


@dataclass(frozen=True)
class Quorum:
    """Whether a conference is quorate, why, and whether the chair may proceed although inquorate, with reasons."""

    is_quorate: bool
    chair_may_proceed: bool
    reasons: tuple[str, ...]


def quorum(
    attenders: Iterable[Attender], *, needs_social_care: bool, other_agencies: int, may_proceed_with: int
) -> Quorum:
    """Whether children's social care and enough other agencies that know the children are present. Parents do not
    count.

    Source: Swindon and Sussex procedures. Each number is the service's own setting.
    """
    here = [each for each in attenders if each.is_present and each.is_professional]
    social_care = any(each.is_social_care for each in here)
    others = {each.agency: each.agency_name for each in here if not each.is_social_care and each.has_direct_contact}
    reasons = []
    if needs_social_care:
        reasons.append(f"Children’s social care is {'present' if social_care else 'not present'}.")
    reasons.append(_others_sentence(sorted(others.values()), other_agencies))
    distant = {each.agency_name for each in here if not each.is_social_care and not each.has_direct_contact}
    if distant:
        reasons.append(f"Not counted, because they know none of the children: {listed(sorted(distant))}.")
    has_social_care = social_care or not needs_social_care
    return Quorum(
        is_quorate=has_social_care and len(others) >= other_agencies,
        chair_may_proceed=has_social_care and len(others) >= may_proceed_with,
        reasons=tuple(reasons),
    )


def _others_sentence(names: list[str], needed: int) -> str:
    if not names:
        return f"No other agency that knows the children is present; {needed} are needed."
    are = "agency that knows the children is" if len(names) == 1 else "agencies that know the children are"
    return f"{len(names)} other {are} present ({listed(names)}); {needed} are needed."


# --- Decisions ----------------------------------------------------------------------------------------------------


def may_decide(quorate: bool | None, reason: str) -> bool:
    """An inquorate conference decides nothing, unless the chair proceeds and says why."""
    return bool(quorate) or (quorate is False and bool(reason))


def new_date_refusal(new_on: date, held_on: date) -> str:
    """Why the conference cannot be held again on ``new_on``; "" if it can."""
    if new_on <= held_on:
        return f"The new date must be after this conference, which is on {in_words(held_on)}."
    return ""


@dataclass(frozen=True)
class Missing:
    """Something needed before a conference closes. ``step`` names where to do it, ``child`` for which child."""

    step: str
    sentence: str
    child: int | None = None


def missing_before_closing(
    *,
    unmarked: int,
    invited: int,
    quorate: bool | None,
    quorum_reason: str,
    children: Iterable[tuple[int, str, bool, bool]],
) -> list[Missing]:
    """What must still be done before the conference closes, in the order in which a chair does it.

    ``children``: for each included child (id, name, has a decision, the decision needs no quorum at the end: it
    decides nothing, or was made while there was one).
    """
    missing = []
    if invited and unmarked == invited:
        missing.append(Missing("attendance", "Mark the attendance."))
    elif unmarked:
        have = "1 person has" if unmarked == 1 else f"{unmarked} people have"
        missing.append(Missing("attendance", f"{have} not been marked as present or absent."))
    if quorate is None:
        missing.append(Missing("quorum", "Confirm whether the conference is quorate."))
    for id_, name, decided, stands in children:
        if not decided:
            missing.append(Missing("decision", f"No decision has been recorded for {name}.", id_))
        elif quorate is not None and not stands and not may_decide(quorate, quorum_reason):
            missing.append(
                Missing("decision", f"The conference is not quorate, so a plan cannot be decided for {name}.", id_)
            )
    return missing
