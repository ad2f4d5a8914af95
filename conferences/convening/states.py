"""What may follow what in the life of a conference."""

from conferences.convening.choices import ConferenceState as S
from cpc.core.kernel.states import Machine

CONFERENCE = Machine(
    {
        S.REQUESTED: {S.AGREED, S.DECLINED},
        S.DECLINED: set(),
        S.AGREED: {S.BOOKED, S.CANCELLED},
        S.BOOKED: {S.BOOKED, S.OPEN, S.CANCELLED},
        S.OPEN: {S.HELD},
        S.HELD: set(),
        S.CANCELLED: set(),
    },
    noun="conference",
)
