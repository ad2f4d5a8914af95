"""Two people save one page: the second sees what the first saved, beside what they typed."""

from cpc.core.kernel.refusals import Stale
from cpc.core.web.forms import attempt


def saved(form, do, now) -> bool:
    """Whether ``do()`` was done. When somebody else saved first, each answer that differs says what they saved.

    ``now()`` answers (the initial answers, the stamp) as they stand in the database.
    """
    try:
        return attempt(form, do)
    except Stale as stale:
        form.tell_of(stale, *now())
        return False


def status(form) -> int:
    """409 where somebody else saved first, else 200."""
    return 409 if getattr(form, "is_stale", False) else 200
