"""An import of many families asks the database no oftener than one of a few: what it books, it books in one go."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.convening.models import Conference, ConferenceEvent, Room
from conferences.plans.models import CoreGroupMeeting, CoreGroupMeetingEvent
from cpc.core.accounts.tests.builders import a_council, setting_up
from cpc.core.audit.models import Event
from cpc.imports.choices import ImportState
from cpc.imports.tests.made import census, families
from cpc.imports.tests.test_imports import bring, load

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def council():
    council = a_council()
    with setting_up():
        Room.objects.create(name="Room 4")
    return council


def some(council, first, last):
    """These of the families that a file could hold, each with a core group and a review that are booked."""
    rows, chair = families(last), council.users.chair.email
    for number in range(last):
        day = date(2026, 12, 7) + timedelta(days=number % 4)
        rows["meetings"].append({
            "family_number": f"IM{number:05}", "kind": "review", "on": f"{day:%d/%m/%Y}", "place": "Room 4",
            "starts": f"{9 + number // 4}:00", "ends": f"{9 + number // 4}:45", "chair_email": chair,
        })  # fmt: skip
    of = {f"{number:05}" for number in range(first, last)}
    return {
        name: [row for row in each if row.get("family_number", "")[2:] in of or row.get("person_id", "")[1:6] in of]
        for name, each in rows.items()
    }


def asked(do):
    """How many questions the database is asked."""
    with CaptureQueriesContext(connection) as seen:
        run = do()
    return len(seen), run


def test_eight_families_are_checked_and_loaded_with_as_many_questions_as_two(council):
    few_checked, few = asked(lambda: bring(council, some(council, 0, 2)))
    few_loaded, few = asked(lambda: load(council, few))
    many_checked, many = asked(lambda: bring(council, some(council, 2, 10)))
    many_loaded, many = asked(lambda: load(council, many))
    assert (few.state, many.state) == (ImportState.LOADED, ImportState.LOADED)
    assert (few.counts["meetings"], many.counts["meetings"]) == (4, 16)
    assert (CoreGroupMeeting.objects.count(), Conference.objects.count()) == (10, 10)
    assert (many_checked, many_loaded) == (few_checked, few_loaded)
    # Written many at a time, and still each with its history and the act that made it.
    acts = Event.objects.filter(on_kind="imports.import", details__step="write").values("pk")
    for history in (CoreGroupMeetingEvent, ConferenceEvent):
        assert history.objects.filter(pgh_label="insert", pgh_context_id__in=acts).count() == 10


def test_what_is_filled_in_for_eight_families_takes_as_many_questions_as_for_two(council):
    load(council, bring(council, some(council, 0, 10)))
    counted = []
    for first, last in ((0, 2), (2, 10)):
        rows = some(council, first, last)
        for row in rows["people"]:
            row["known_as"] = "Ali"
        run = bring(council, rows)
        questions, run = asked(lambda run=run: load(council, run))
        assert run.counts["filled_in"] == (last - first) * 3
        counted.append(questions)
    assert counted[0] == counted[1]


def test_a_census_file_of_eight_children_takes_as_many_questions_as_one_of_two(council):
    rows = some(council, 0, 10)
    for row in rows["people"]:
        row.pop("ethnicity", None)
    load(council, bring(council, rows))
    counted = []
    for first, last in ((0, 2), (2, 10)):
        file = census(*(
            {"LAchildID": f"C{n:05}0", "Ethnicity": "WBRI",
             "CPPstartDate": "2026-03-02", "reviews": ["2026-06-01", "2026-11-03", "2026-11-03"]}
            for n in range(first, last)
        ))  # fmt: skip
        checked, run = asked(lambda file=file: bring(council, file, "census.xml"))
        loaded, run = asked(lambda run=run: load(council, run))
        assert run.state == ImportState.LOADED, run.why_failed
        assert run.counts["reviews"] == run.counts["filled_in"] == last - first
        counted.append((checked, loaded))
    assert counted[0] == counted[1]
