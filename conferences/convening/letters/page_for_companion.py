"""The page for a supporter or solicitor who comes with a parent or carer. It goes with the parent's letter."""

from dataclasses import dataclass, replace

from conferences.convening.choices import CompanionKind
from conferences.convening.letters import facts
from conferences.convening.queries.attending import Meeting, meeting_for
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class PageForCompanion(Letter):
    """What one companion is told: when and where, what they will hear and must keep to themselves, what they may do.

    It names the person they come with, and no child: that person may tell them who it is about.
    """

    companion: str
    comes_with: str
    is_solicitor: bool
    meeting: Meeting

    @property
    def title(self):
        return f"For {self.companion}: coming to a meeting with {self.comes_with}"


def pages_for_companions(context, invitation, on) -> tuple[PageForCompanion, ...]:
    """A page for everybody that the chair agreed to and that this reader may be told of."""
    meeting, envelope = meeting_for(context, invitation), facts.addressee(context, invitation)[0]
    return tuple(
        PageForCompanion(
            letterhead=letterhead(),
            addressee=replace(envelope, name=one.name),
            dated_on=on,
            large_print=facts.wants_large_print(invitation.person),
            companion=one.name,
            comes_with=invitation.person.full_name,
            is_solicitor=one.kind == CompanionKind.SOLICITOR,
            meeting=meeting,
        )
        for one in context.companions_of(invitation)
        if not context.tells(invitation, one.name)
    )
