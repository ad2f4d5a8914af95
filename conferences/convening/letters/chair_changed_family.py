"""The letter to say that somebody else runs a conference, and that its day, hour and place are the same."""

from dataclasses import dataclass

from conferences.convening.letters import facts
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.convening.queries.attending import Meeting, meeting_for
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class ChairChangedFamily(Letter):
    """Who runs the conference now, whether they are independent, and when and where this reader comes, as before."""

    title = "Someone else will run your meeting"

    reader: str
    about: str
    meeting: Meeting
    social_worker: str
    signed_by: str
    social_worker_phone: str = ""
    separated: tuple[str, ...] = ()


def chair_changed_family(context, invitation, on) -> ChairChangedFamily:
    """The letter to one reader."""
    return ChairChangedFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=facts.about(context, invitation),
        meeting=meeting_for(context, invitation),
        social_worker=str(context.social_worker or ""),
        social_worker_phone=facts.phone_of_worker(context),
        signed_by=context.signed_by,
        separated=facts.separated(context, invitation),
    )
