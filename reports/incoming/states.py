"""Which state of a report may follow which, who moves it on, and how it is put right."""

from cpc.core.accounts.lifecycles import ADMINISTRATOR, CHAIR, INVITED, TEAM_MANAGER, Lifecycle, Move, State
from cpc.core.accounts.permissions import Permission as P
from reports.incoming.choices import ReportState

_SUBMIT = Move("submit it", ReportState.SUBMITTED, INVITED, (P.WRITE_REPORT, P.ENTER_REPORT))
_WRITE = Move("change it", "", INVITED, (P.WRITE_REPORT, P.ENTER_REPORT), undoes=True)

_REVISE = Move("write a new version", ReportState.RETURNED, INVITED, (P.WRITE_REPORT, P.ENTER_REPORT), undoes=True)
_CHECK = Move("return it after a quality check", ReportState.RETURNED, CHAIR, (P.CHECK_REPORT,), undoes=True)

REPORT = Lifecycle(
    "report",
    "incoming.report",
    {
        ReportState.DRAFT: State((_SUBMIT, _WRITE), duties=("hand_in_report",)),
        ReportState.SUBMITTED: State(
            (
                Move("approve it, if it is a social work report", ReportState.APPROVED, TEAM_MANAGER,
                     (P.APPROVE_REPORT,)),
                Move("return it to its author, if it is a social work report", ReportState.RETURNED, TEAM_MANAGER,
                     (P.APPROVE_REPORT,), undoes=True),
                _REVISE,
                _CHECK,
            ),
            duties=("approve_report",),
            ends=True,
        ),
        ReportState.RETURNED: State((_SUBMIT, _WRITE), duties=("hand_in_report",)),
        ReportState.APPROVED: State((_REVISE, _CHECK), ends=True),
    },
)  # fmt: skip

WAITING, CAME = "requested", "received"

VERSION_REQUEST = Lifecycle(
    "request for a separate version",
    "incoming.versionrequest",
    {
        WAITING: State(
            (
                Move("upload the version", CAME, INVITED, (P.WRITE_REPORT, P.ENTER_REPORT), on="file.invitation"),
                Move("redact the file instead", "", ADMINISTRATOR, (P.REDACT_REPORT,), on="file", undoes=True),
            ),
            duties=("send_version",),
        ),
        CAME: State(ends=True, way="Request another version if this is not right.", undone="another request"),
    },
    of=lambda request: CAME if request.answered_with_id else WAITING,
)
