"""Asking for a conference: what dates and kinds can be right. Pure: no database, no clock, no Django."""

from cpc.core.kernel.dates import in_words


def what_is_wrong_with_strategy_date(*, held_on, opened_on, on) -> str | None:
    """Why the strategy discussion cannot have been on this day, or None (data rule 2889: not before the referral)."""
    if held_on > on:
        return "The strategy discussion must be today or in the past"
    if held_on < opened_on:
        return f"The strategy discussion cannot be before the case was opened, {in_words(opened_on)}"
    return None


def what_is_wrong_with_outcome_date(*, outcome_on, held_on, on) -> str | None:
    """Why the enquiry cannot have ended on this day, or None."""
    if outcome_on > on:
        return "The day of the outcome must be today or in the past"
    if outcome_on < held_on:
        return f"The outcome cannot be before the strategy discussion, {in_words(held_on)}"
    return None


def what_is_wrong_with_kind(*, is_pre_birth: bool, any_unborn: bool, any_born: bool) -> str | None:
    """Why this kind of conference does not fit the children included, or None."""
    if is_pre_birth and not any_unborn:
        return "A pre-birth conference needs an unborn child. Include one, or choose another kind"
    if not is_pre_birth and any_unborn and not any_born:
        return "Every child included is unborn. Choose a pre-birth conference"
    return None
