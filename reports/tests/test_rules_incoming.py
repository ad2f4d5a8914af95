"""The state of a requested report, and how the words of a report say where they come from: rules alone."""

from datetime import date

import pytest

from reports.incoming.choices import ReportStatus, Step
from reports.incoming.rules.marks import statements, told_by_nobody
from reports.incoming.rules.requests import status_of

DUE, BEFORE, AFTER = date(2026, 11, 30), date(2026, 11, 27), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("last", "today", "received_on", "as_file", "status"),
    [
        ("", BEFORE, None, False, ""),
        ("", AFTER, None, False, ReportStatus.LATE),
        (Step.CHASED, BEFORE, None, False, ReportStatus.CHASED),
        (Step.AGAIN, BEFORE, None, False, ReportStatus.CHASED),
        (Step.ORALLY, AFTER, None, False, ReportStatus.ORALLY),
        (Step.NOT_GIVEN, AFTER, None, False, ReportStatus.NOT_GIVEN),
        (Step.NOT_GIVEN, AFTER, AFTER, False, ReportStatus.RECEIVED_LATE),
        ("", AFTER, BEFORE, True, ReportStatus.AS_FILE),
        ("", AFTER, BEFORE, False, ""),
    ],
)
def test_the_state_of_a_report_follows_what_came_and_what_was_done_last(last, today, received_on, as_file, status):
    assert status_of(last, DUE, today, received_on, as_file) == status


def test_a_mark_is_at_the_start_of_a_line_and_lines_without_one_stay_together():
    found = statements(
        "Seen: a bruise.\nTold by Anna: he fell.\nFound in the kitchen: a cup.\nIt was cold.\n\nAlleged:"
    )
    assert [(one.label, one.text) for one in found] == [
        ("Seen", "a bruise."), ("Told by Anna", "he fell."), ("", "Found in the kitchen: a cup.\nIt was cold."),
        ("Alleged", ""),
    ]  # fmt: skip
    assert told_by_nobody("Told by: he fell.") and not told_by_nobody("Told by Anna: he fell.\nSeen: a cup.")
