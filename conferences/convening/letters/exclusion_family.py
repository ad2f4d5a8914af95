"""The letter to tell an adult of the family that the chair excluded them from a conference, or from its documents."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.queries.attending import meeting_for
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import lines_of, listed
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ExclusionFamily(Letter):
    """What the chair decided about this reader, and what they can do. Nothing about anybody else.

    ``part`` are the day, the beginning and the end of the part that they may be at. Nothing else says when or where the
    meeting is. ``why`` and ``how_heard`` are the chair's own words.
    """

    title = "The chair’s decision about you and the conference"

    reader: str
    about: str
    called: str
    chair: str
    chair_title: str
    not_at_meeting: bool
    part: tuple[str, str, str] | None
    no_documents: bool
    why: tuple[str, ...]
    how_heard: tuple[str, ...]
    until_on: date | None
    social_worker: str
    complaint_email: str


def exclusion_family(context, invitation, on) -> ExclusionFamily:
    """The letter to one reader."""
    exclusion = context.exclusion_of(invitation)
    meeting = meeting_for(context, invitation)
    return ExclusionFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=invitation.person.full_name,
        about=listed(facts.children_named(context, invitation)),
        called=meeting.called,
        chair=str(exclusion.decided_by),
        chair_title=words("chair_title"),
        not_at_meeting=exclusion.is_whole,
        part=facts.own_part(meeting) if exclusion.is_part else None,
        no_documents=exclusion.no_documents,
        why=lines_of(exclusion.letter_words),
        how_heard=lines_of(exclusion.how_heard),
        until_on=exclusion.until_on,
        social_worker=str(context.social_worker or ""),
        complaint_email=words("complaint_email"),
    )
