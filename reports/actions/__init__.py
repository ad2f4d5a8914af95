"""What people do with everything written. The only writer of these tables."""

from reports.actions.approving import approve_letters, approve_record, reopen
from reports.actions.carrying import give_all_the_same, make_ready, take_back
from reports.actions.checking import answer, ask_for_override, decide_override, look_at_file, opened, say_checked
from reports.actions.contributing import record_chair_talk, record_contribution
from reports.actions.copies import include, narrow, widen, withhold
from reports.actions.drafting import add_paragraph, draft_record, edit_paragraph, remove_paragraph
from reports.actions.releasing import refresh, release, release_all
from reports.actions.uploads import (
    CAN_BE_REDACTED,
    Given,
    Taken,
    ask_for_version,
    read_again,
    redact_file,
    send_version,
    upload_file,
)
from reports.actions.writing import (
    Restricted,
    Shared,
    approve_report,
    hand_in,
    record_sharing,
    return_report,
    save_report,
)

__all__ = [
    "CAN_BE_REDACTED",
    "Given",
    "Restricted",
    "Shared",
    "Taken",
    "add_paragraph",
    "answer",
    "approve_letters",
    "approve_record",
    "approve_report",
    "ask_for_override",
    "ask_for_version",
    "decide_override",
    "draft_record",
    "edit_paragraph",
    "give_all_the_same",
    "hand_in",
    "include",
    "look_at_file",
    "make_ready",
    "narrow",
    "opened",
    "read_again",
    "record_chair_talk",
    "record_contribution",
    "record_sharing",
    "redact_file",
    "refresh",
    "release",
    "release_all",
    "remove_paragraph",
    "reopen",
    "return_report",
    "save_report",
    "say_checked",
    "send_version",
    "take_back",
    "upload_file",
    "widen",
    "withhold",
]  # fmt: skip
