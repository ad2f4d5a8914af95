"""The letter to tell a child that the chair decided that they are not at the meeting, or at part of it."""

from dataclasses import dataclass

from conferences.convening.letters import facts
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.convening.queries.attending import meeting_for
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import lines_of
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ExclusionChild(Letter):
    """What the chair decided, in words for the child, and how the child’s views will be heard.

    ``part`` is as in the letter to an adult.
    """

    title = "About the meeting"

    reader: str
    chair: str
    not_at_meeting: bool
    part: tuple[str, str, str] | None
    why: tuple[str, ...]
    how_heard: tuple[str, ...]
    social_worker: str
    advocacy_service: str


def exclusion_child(context, invitation, on) -> ExclusionChild:
    """The letter to one child."""
    exclusion = context.exclusion_of(invitation)
    return ExclusionChild(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        chair=str(exclusion.decided_by),
        not_at_meeting=exclusion.is_whole,
        part=facts.own_part(meeting_for(context, invitation)) if exclusion.is_part else None,
        why=lines_of(exclusion.letter_words),
        how_heard=lines_of(exclusion.how_heard),
        social_worker=str(context.social_worker or ""),
        advocacy_service=words("advocacy_service"),
    )
