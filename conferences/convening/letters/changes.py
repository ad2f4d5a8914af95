"""What a message says has changed since the last one that left for its reader."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.queries.attending import told_now
from conferences.convening.queries.last_told import reader_key
from conferences.convening.rules.told import Change, Told, what_changed
from cpc.core.kernel.dates import in_words

SENTENCES = {
    Change.TIME: "The date or time.",
    Change.ARRIVAL: "The time at which you are asked to come.",
    Change.END: "The time at which it ends for you.",
    Change.PLACE: "The place.",
    Change.WAY: "How you take part.",
    Change.CHAIR: "Who runs the meeting.",
    Change.CHILDREN: "Which children it is about: a child has been added.",
    Change.BESIDE: "Who may come with you.",
    Change.PART: "Which part of the meeting you can come to.",
}


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What has changed for one reader: ``was_on`` and ``was_at`` are the day and hour that they were told, if the hour
    changed and they may learn it; ``listed`` is everything else in words.
    """

    what: tuple[Change, ...] = ()
    was_on: date | None = None
    was_at: str = ""

    @property
    def listed(self) -> tuple[str, ...]:
        """A phrase for each change that the earlier day and hour do not say."""
        return tuple(SENTENCES[one] for one in self.what if not (one == Change.TIME and self.was_on))

    @property
    def in_full(self) -> tuple[str, ...]:
        """A phrase for each change, with the earlier day and hour."""
        was = f"The date or time. We told you {in_words(self.was_on)} at {self.was_at}." if self.was_on else ""
        return tuple(was if one == Change.TIME and was else SENTENCES[one] for one in self.what)


def changes_for(context, invitation) -> Changes:
    """What has changed since the reader of this invitation was last told; nothing if they were never told."""
    return changes_since(context, invitation, context.told.get(reader_key(invitation)))


def changes_since(context, invitation, told: Told | None) -> Changes:
    """What has changed since ``told``. The earlier hour is left out where the reader would learn from it when somebody
    else is somewhere.
    """
    if told is None:
        return Changes()
    what = what_changed(told, told_now(context, invitation))
    was_on, was_at = day_told(context, invitation, told) if Change.TIME in what else (None, "")
    return Changes(what=what, was_on=was_on if was_at else None, was_at=was_at)


def day_told(context, invitation, told: Told | None) -> tuple[date | None, str]:
    """The day and hour that this reader was last told, if they were and may still learn it; perhaps the day alone."""
    if told is None or context.tells(invitation, in_words(told.day)):
        return None, ""
    is_safe = not context.tells(invitation, f"{in_words(told.day)} at {told.begins}")
    return told.day, told.begins if is_safe else ""
