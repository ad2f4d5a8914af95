"""What people do with documents and with what leaves. The only writer of both tables."""

from cpc.core.documents.actions.judging import (
    answer,
    ask_for_override,
    decide_override,
    look_at_file,
    open_for_check,
    say_checked,
)
from cpc.core.documents.actions.letters import (
    File,
    approve,
    carry,
    draft,
    issue,
    readdress,
    recall,
    redraft,
    release,
    return_to_draft,
)
from cpc.core.documents.actions.outbox import (
    hold_back,
    mark_collected,
    mark_handed,
    mark_opened,
    mark_posted,
    mark_returned,
    queue,
    retry,
    withdraw,
)
from cpc.core.documents.actions.print_room import hold_what_must_stay, mark_envelope_gone, print_envelope

__all__ = [
    "File", "answer", "approve", "ask_for_override", "carry", "decide_override", "draft", "hold_back",
    "hold_what_must_stay", "issue", "look_at_file", "mark_collected", "mark_envelope_gone", "mark_handed",
    "mark_opened", "mark_posted", "mark_returned", "open_for_check", "print_envelope", "queue", "readdress", "recall",
    "redraft", "release", "retry", "return_to_draft", "say_checked", "withdraw",
]  # fmt: skip
