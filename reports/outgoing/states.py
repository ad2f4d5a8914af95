"""Which state of a record may follow which."""

from cpc.core.kernel.states import Machine
from reports.outgoing.choices import RecordState

# An approved record returns to draft for a correction. What was issued stays until the correction supersedes it.
RECORD = Machine({RecordState.DRAFT: {RecordState.APPROVED}, RecordState.APPROVED: {RecordState.DRAFT}}, noun="record")
