"""Imports: every planted fault is reported, a load is whole or nothing, twice is once, and what differs is left."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from conferences.convening.models import Conference, Room
from conferences.plans.models import CoreGroupMeeting, EarlierEvent, ProtectionPlan
from cpc.core.accounts.models import Team
from cpc.core.accounts.tests.builders import TODAY, a_council, setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.core.policy.queries import due, review_due
from cpc.imports import actions, files
from cpc.imports.actions.bringing import start_loading
from cpc.imports.choices import ImportState
from cpc.imports.rules.columns import BY_NAME
from cpc.imports.tasks import work
from cpc.imports.tests.made import as_csv, families, spreadsheet, with_faults
from families.cases.models import Family
from families.people.models import Address, Household, HouseholdMember, Membership, Person, Protection, Relationship

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def council():
    return a_council()


def bring(council, rows, name="old.xlsx"):
    """The rows are brought in and checked."""
    body = rows if isinstance(rows, bytes) else spreadsheet(rows)
    run = actions.bring_in(by=viewer(council.users.system_administrator), file_name=name, body=body)
    work()
    run.refresh_from_db()
    return run


def load(council, run):
    start_loading(by=viewer(council.users.system_administrator), run=run)
    work()
    run.refresh_from_db()
    return run


def everything():
    tables = (Family, Person, Membership, Relationship, Address, Household, HouseholdMember, ProtectionPlan,
              EarlierEvent, CoreGroupMeeting, Conference)  # fmt: skip
    return {table.__name__: table.objects.count() for table in tables}


def test_two_hundred_planted_faults_are_all_reported_each_on_its_row_and_nothing_is_written(council):
    before = everything()
    rows, planted = with_faults(200)
    run = bring(council, rows)
    assert run.state == ImportState.FAULTY
    said = {}
    for sheet, row, column, _typed, says in run.faults:
        said.setdefault((sheet, row), []).append((column, says))
    missing = [
        (sheet, row, column, says)
        for sheet, row, column, says in planted
        if not any(says in sentence for _, sentence in said.get((sheet, row), []))
    ]
    assert missing == []
    assert everything() == before
    assert run.body is None


def test_faults_are_listed_in_the_order_of_the_file(council):
    rows, _ = with_faults(40)
    sheets = list(rows)
    places = [(sheets.index(sheet), row) for sheet, row, *_ in bring(council, rows).faults]
    assert len(places) >= 40 and places == sorted(places)


def test_rows_without_a_fault_of_their_own_are_not_reported(council):
    rows = families(30)
    rows["people"][4]["sex"] = "X"
    [fault] = bring(council, rows).faults
    assert fault[:3] == ["people", 6, "sex"]


def test_a_file_without_faults_is_loaded_whole(council):
    run = load(council, bring(council, families(3)))
    assert (run.state, run.body, run.wrote_nothing) == (ImportState.LOADED, None, False)
    assert run.counted[:3] == ["3 new families", "9 new people", "6 new relationships"]
    family = Family.objects.get(case_number="IM00000")
    assert family.memberships.count() == 3
    child = Person.objects.get(case_system_id="C000000")
    assert (child.full_name, child.born_on, child.ethnicity) == ("Ada Ashdown", date(2011, 1, 1), "WBRI")
    tie = Relationship.objects.get(child=child)
    assert (tie.kind, tie.parental_responsibility, tie.main_carer) == ("mother", True, True)
    assert tie.responsibility_source == "birth"
    assert tie.adult.addresses.get().is_protected
    kept = Protection.objects.get(person=tie.adult)
    assert (kept.agreed_by, kept.review_on) == (None, due("protection_review", kept.recorded_on).on)
    plan = ProtectionPlan.objects.get(child=child)
    assert (plan.started_on, plan.initial_category, plan.category) == (date(2026, 3, 2), "NEG", "EMO")
    assert plan.review_due_on == review_due(date(2026, 6, 1), first=False).on
    assert EarlierEvent.objects.filter(child=child).count() == 4
    assert CoreGroupMeeting.objects.filter(family=family).count() == 1
    assert Household.objects.get(family=family).members.count() == 3


def test_the_same_file_twice_writes_nothing_the_second_time(council):
    rows = families(3)
    load(council, bring(council, rows))
    before = everything()
    run = load(council, bring(council, rows))
    assert run.state == ImportState.LOADED
    assert everything() == before
    assert not any(run.counts.get(name) for name in ("people", "families", "plans", "events", "meetings"))
    assert run.wrote_nothing and run.counted == []


def test_what_is_empty_is_filled_in_and_what_differs_is_named_and_left(council):
    rows = families(1, children=1)
    load(council, bring(council, rows))
    rows["people"][0] |= {"known_as": "Addie", "last_name": "Ashdowne"}
    run = load(council, bring(council, rows))
    child = Person.objects.get(case_system_id="C000000")
    assert (child.known_as, child.last_name) == ("Addie", "Ashdown")
    [note] = run.notes
    assert note[2] == "last_name"
    assert "Ashdown" not in note[3]  # who brings records in may not see this family


def test_one_sheet_at_a_time_as_csv(council):
    rows = families(2)
    for name in ("people", "plans", "events", "meetings"):
        run = load(council, bring(council, as_csv(BY_NAME[name], rows[name]), f"{name}.csv"))
        assert run.state == ImportState.LOADED, (name, run.faults, run.why_failed)
    assert ProtectionPlan.objects.count() == 4
    assert EarlierEvent.objects.count() == 16


def test_a_booked_review_has_its_chair_room_and_children_and_a_chair_who_is_taken_is_a_fault(council):
    with setting_up():
        Room.objects.create(name="Room 4")
    chair = council.users.chair.email
    rows = families(2)
    review = {"kind": "review", "on": "01/12/2026", "starts": "10:00", "ends": "11:30", "place": "Room 4",
              "chair_email": chair}  # fmt: skip
    rows["meetings"] = [review | {"family_number": "IM00000"}]
    load(council, bring(council, rows))
    conference = Conference.objects.get()
    assert (conference.state, conference.chair, conference.children.count()) == ("booked", council.users.chair, 2)
    rows["meetings"] = [review | {"family_number": "IM00001", "starts": "11:00", "ends": "12:00"}]
    said = bring(council, rows).faults
    assert [fault[2] for fault in said] == ["chair_email", "place"]


def test_a_meeting_that_is_booked_for_a_bank_holiday_is_brought_in_with_why_and_one_on_a_sunday_is_a_fault(council):
    with setting_up():
        Room.objects.create(name="Room 4")
    rows, boxing_day = families(2), "28/12/2026"
    of = {"family_number": "IM00000", "on": boxing_day, "starts": "10:00", "place": "Room 4"}
    review = of | {"kind": "review", "ends": "11:30", "chair_email": council.users.chair.email}
    rows["meetings"] = [review, of | {"kind": "core_group"}]
    load(council, bring(council, rows))
    for one in (Conference.objects.get(), CoreGroupMeeting.objects.get()):
        assert one.day_reason.startswith("It was booked for this day")
    rows["meetings"] = [review | {"family_number": "IM00001", "on": "27/12/2026"}]
    assert "Sunday 27 December 2026 is not a working day" in str(bring(council, rows).faults)


def test_what_changed_between_the_check_and_the_load_stops_all_of_it(council):
    run = bring(council, families(2))
    with setting_up():
        Team.objects.filter(name="North team").update(name="Former north team")
    before = everything()
    run = load(council, run)
    assert run.state == ImportState.FAULTY
    assert "no team of this name" in run.faults[0][4]
    assert everything() == before


def test_a_worker_that_died_half_way_is_followed_by_one_that_loads_all(council):
    run = bring(council, families(2))
    start_loading(by=viewer(council.users.system_administrator), run=run)
    # The first worker's transaction was rolled back with it: the import still says that it is being loaded.
    work()
    run.refresh_from_db()
    assert run.state == ImportState.LOADED
    before = everything()
    work()
    assert everything() == before


@pytest.mark.parametrize(
    "body, says",
    [
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"a,b\n1,2\n", "headings of one sheet"),
        (b"<Message><Header/></Message>", "Collection is not CIN"),
        (b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Message>&e;</Message>", "not"),
        (b"<Message", "cannot be read as XML"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(council, body, says):
    run = bring(council, body, "file.csv")
    assert (run.state, run.body) == (ImportState.FAILED, None)
    assert says in run.why_failed


def test_bytes_that_are_no_file_of_ours_are_refused_at_once(council):
    with pytest.raises(Invalid, match="Choose the spreadsheet"):
        bring(council, b"\x00\x01\x02", "x.bin")


def test_only_who_may_bring_records_in_does_and_the_trail_names_them(council):
    for role in ("social_worker", "team_manager", "chair", "administrator", "service_manager", "professional"):
        user = getattr(council.users, role, None) or council.professionals.school
        with pytest.raises(NotPermitted):
            actions.bring_in(by=viewer(user), file_name="x.xlsx", body=spreadsheet(families(1)))
    run = load(council, bring(council, families(1)))
    acts = Event.objects.filter(act="import records from another system", by_id=council.users.system_administrator.pk)
    assert {event.details["step"] for event in acts} == {"bring in", "load"}
    assert run.loaded_by == council.users.system_administrator


def test_the_faults_file_holds_nothing_that_a_spreadsheet_would_run():
    said = files.faults_csv([("people", 2, "last_name", "=HYPERLINK(1)", "wrong")])
    assert "'=HYPERLINK" in said


def test_the_template_that_we_publish_is_read_back_without_a_fault_in_its_headings(council):
    run = bring(council, files.template())
    assert (run.state, run.why_failed[:28]) == (ImportState.FAILED, "There is no row in the file.")


def test_a_fault_says_nothing_of_the_record_that_the_file_does_not_say_itself(council):
    """The importer sees no family, restricted or not: rows about a number tell them no fact of it."""
    load(council, bring(council, families(1, children=1)))
    with setting_up():
        Person.objects.filter(case_system_id="C000000").update(died_on=date(2026, 11, 10))
    probe = {
        "plans": [{"person_id": "C000000", "started_on": "12/11/2026", "initial_category": "NEG", "category": "NEG"}],
        "events": [{"person_id": "C000000", "kind": "visit", "happened_on": "01/02/2026"}],
    }
    said = " ".join(fault[4] for fault in bring(council, probe).faults)
    probe["plans"] = []
    said += " ".join(fault[4] for fault in bring(council, probe).faults)
    assert "another day" in said and "after the child’s death" in said
    for fact in ("Ada", "Ashdown", "2 March 2026", "10 November 2026"):
        assert fact not in said, fact
    # Of a restricted family not even that something differs is said.
    with setting_up():
        Family.objects.update(restricted=True)
    said = " ".join(fault[4] for fault in bring(council, probe).faults)
    probe["plans"] = [
        {"person_id": "C000000", "started_on": "12/11/2026", "initial_category": "NEG", "category": "NEG"}
    ]
    said += " ".join(fault[4] for fault in bring(council, probe).faults)
    assert "another day" not in said and "death" not in said


def test_a_number_that_two_people_have_is_said_and_neither_is_written(council):
    load(council, bring(council, families(2, children=1)))
    with setting_up():
        Person.objects.filter(case_system_id="C000010").update(case_system_id="C000000")
    before = everything()
    rows = {"events": [{"person_id": "C000000", "kind": "visit", "happened_on": "17/11/2026"}]}
    [fault] = bring(council, rows).faults
    assert fault[2] == "person_id" and "More than one person" in fault[4]
    assert everything() == before


def test_the_page_says_when_no_worker_takes_an_import_up_and_stops_saying_it_when_one_does(council, client):
    client.force_login(council.users.system_administrator)
    by = viewer(council.users.system_administrator)
    run = actions.bring_in(by=by, file_name="old.xlsx", body=spreadsheet(families(1)))
    address = f"/imports/{run.pk}/how-far/"
    assert "a few seconds" in " ".join(client.get(address).content.decode().split())
    with time_machine.travel(datetime.combine(TODAY, time(9, 2), tzinfo=UTC), tick=True):
        assert "This has not started yet" in " ".join(client.get(address).content.decode().split())
        work()
        assert "not started yet" not in " ".join(client.get(address).content.decode().split())
