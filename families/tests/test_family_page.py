"""The family page, genogram, whiteboard sheet, timeline and who looked: what each says, and what each must not say."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.looks import looked
from cpc.core.audit.models import Look
from families.overview.queries.timeline import timeline_of
from families.overview.queries.whiteboard import sheet_for
from families.people.actions.contact import record_address
from families.people.choices import MustNotLearnWhat, ProtectionSource
from families.people.models import Household, HouseholdMember, Involvement, MustNotLearn, Person
from families.people.queries import household as household_queries
from families.tests.builders import a_child, a_family, the_marlows
from families.tests.builders_large import the_larges

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


def open_as(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"families:{name}", args=args), query)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def today_in_the_database():
    """The day by the clock that dates every row of history; no test sets it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return timezone.localdate(cursor.fetchone()[0])


def must_not_learn(reader, about, what, of_child=None, words=""):
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, of_child=of_child, words=words, reason="It is not safe",
            source=ProtectionSource.JUDGEMENT,
        )  # fmt: skip


# --- The family page ---------------------------------------------------------------------------------------------


def test_the_family_page_puts_the_children_first_then_the_genogram_the_people_the_agencies(client, marlows):
    page = open_as(client, marlows.worker, "family", marlows.family.pk).content.decode()
    places = [page.index(f'id="{part}"') for part in ("warnings", "children", "genogram", "people", "agencies", "next")]
    assert places == sorted(places)
    assert page.index('id="children"') < page.index("Timeline<span") < page.index('id="genogram"')


def test_an_empty_family_says_what_to_do(client, marlows):
    empty = a_family(marlows.council, name="Quill")
    page = text(open_as(client, marlows.worker, "family", empty.pk))
    assert "No children have been recorded yet. Add each child" in page
    assert "There is nobody to show yet" in page
    assert "Nobody is recorded in this family yet" in text(open_as(client, marlows.worker, "genogram", empty.pk))


def test_one_agency_and_professional_are_in_one_line_however_many_children_they_know(client, marlows):
    page = open_as(client, marlows.worker, "family", marlows.family.pk).content.decode()
    agencies = page[page.index('id="agencies"') : page.index('id="next"')]
    gp = marlows.council.agencies.gp
    assert agencies.count(f'<th scope="row" class="govuk-table__header">{gp}') == 1
    assert "Rosa Marlow" in agencies and "Theo Marlow" in agencies


# --- The genogram ------------------------------------------------------------------------------------------------


def test_the_genogram_and_its_table_say_the_same_of_everybody(client):
    larges = the_larges()
    page = open_as(client, larges.council.users.social_worker, "genogram", larges.family.pk)
    svg = re.search(r"<svg class=\"cpc-genogram\".*?</svg>", page.content.decode(), re.S)[0]
    assert svg.count('class="cpc-genogram__person"') == 40
    assert svg.count("cpc-genogram__inner") == 12  # each child of the case has a double line
    assert svg.count("cpc-genogram__cross") == 2 and svg.count("cpc-genogram__bars") == 1
    assert 'role="img"' in svg and "<desc" in svg
    table = page.content.decode().split('id="genogram-desc"')[1].split("</svg>")[-1]
    for person in Person.objects.filter(memberships__family=larges.family, is_unknown=False):
        assert person.full_name in table
    assert "Father of Ivy" in text(page)  # nobody knows who he is


def test_the_genogram_has_no_inline_style_or_script(client, marlows):
    for name in ("family", "genogram", "whiteboard"):
        page = open_as(client, marlows.worker, name, marlows.family.pk)
        assert "style=" not in page.content.decode() and "<style" not in page.content.decode()
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    page = open_as(client, marlows.worker, "timeline", marlows.family.pk, marlows.rosa.pk)
    assert "style=" not in page.content.decode()


def test_a_name_with_a_sign_in_it_is_text_in_the_drawing(client, marlows):
    with setting_up():
        Person.objects.filter(pk=marlows.rosa.pk).update(first_name="<b>R&a")
    page = open_as(client, marlows.worker, "genogram", marlows.family.pk).content.decode()
    assert "<b>R" not in page and "&lt;b&gt;R&amp;a" in page


# --- The whiteboard sheet ----------------------------------------------------------------------------------------


def sheet(client, marlows, *present):
    page = open_as(
        client, marlows.council.users.chair, "whiteboard", marlows.family.pk, **{"with": [one.pk for one in present]}
    ).content.decode()
    return page[page.index('<div class="cpc-sheet">') :] if '<div class="cpc-sheet">' in page else ""


def test_the_sheet_says_that_it_is_not_for_copying_and_has_no_address(client, marlows):
    for present in ((), (marlows.mother,)):
        said = sheet(client, marlows, *present)
        assert "For this room only. Do not copy" in said
        assert not any(word in said for word in ("14 Alder Lane", "Quarry Street", "ZZ1 1AA", "07700", "Mill Close"))
    assert "Staff only" in sheet(client, marlows)
    assert "Staff only" not in sheet(client, marlows, marlows.mother)


def test_the_sheet_names_nobody_that_somebody_in_the_room_must_not_learn_of(client, marlows):
    must_not_learn(marlows.theos_father, marlows.rosas_father, MustNotLearnWhat.EXISTENCE)
    assert "Dan Pryce" in sheet(client, marlows)
    assert "Dan Pryce" in sheet(client, marlows, marlows.mother)
    said = sheet(client, marlows, marlows.mother, marlows.theos_father)
    assert said and "Pryce" not in said and "Dan" not in said
    assert "Lewis Hart" in said and "not recorded" not in said


def test_the_sheet_says_nothing_of_a_paternity_that_somebody_in_the_room_must_not_learn(marlows):
    must_not_learn(marlows.mother, marlows.theos_father, MustNotLearnWhat.PATERNITY, of_child=marlows.theo)
    household = household_queries.household(marlows.family, viewer(marlows.worker))
    present, by = (household.member(marlows.mother.pk),), viewer(marlows.worker)
    shown = sheet_for(household, by, present)
    assert not any(
        tie.child_id == marlows.theo.pk and tie.adult_id == marlows.theos_father.pk
        for tie in shown.household.relationships
    )
    assert (marlows.theo.pk, marlows.theos_father.pk) in {
        tie for line in sheet_for(household, by).picture.drawing.lines for tie in line.ties
    }
    assert (marlows.theo.pk, marlows.theos_father.pk) not in {
        tie for line in shown.picture.drawing.lines for tie in line.ties
    }


def test_the_family_sheet_outlines_no_home_that_is_withheld_from_somebody_in_the_room(client, marlows):
    with setting_up():
        flat = Household.objects.create(family=marlows.family, name="The flat by the canal")
        HouseholdMember.objects.create(household=flat, person=marlows.rosas_father)
    assert "The flat by the canal" in sheet(client, marlows)  # his address is protected
    assert "The flat by the canal" not in sheet(client, marlows, marlows.theos_father)


def test_no_sheet_is_made_when_a_name_on_it_would_give_something_away(client, marlows):
    must_not_learn(marlows.theos_father, marlows.rosas_father, MustNotLearnWhat.EXISTENCE)
    with setting_up():
        Household.objects.filter(family=marlows.family, is_main=True).update(name="Home that Dan Pryce left")
    page = text(
        open_as(
            client, marlows.council.users.chair, "whiteboard", marlows.family.pk, **{"with": marlows.theos_father.pk}
        )
    )
    assert sheet(client, marlows, marlows.theos_father) == ""
    assert "No sheet can be made for this room" in page


def test_custody_and_needs_are_on_no_sheet_for_the_family():
    larges = the_larges()
    by = viewer(larges.family.social_worker)
    household = household_queries.household(larges.family, by)
    assert "In custody" in str(sheet_for(household, by).picture.facts)
    assert "In custody" not in str(sheet_for(household, by, (household.member(larges["anna"].pk),)).picture.facts)


# --- The timeline ------------------------------------------------------------------------------------------------


def test_the_timeline_has_each_event_by_its_true_date(marlows):
    household = household_queries.household(marlows.family, viewer(marlows.worker))
    events = timeline_of(viewer(marlows.worker), household, marlows.rosa)
    said = {(event.on, event.what) for event in events}
    assert (date(2018, 5, 14), "Born") in said
    assert (date(2024, 2, 9), "Theo Marlow was born") in said
    assert (marlows.family.opened_on, "Case opened") in said
    assert any("became involved" in what for _, what in said)
    assert [event.on for event in events] == sorted(event.on for event in events)


def test_what_was_entered_later_says_when_and_what_was_entered_at_once_does_not(marlows):
    with setting_up():
        late = Involvement.objects.create(
            child=marlows.rosa, agency=marlows.council.agencies.nursery, from_on=TODAY - timedelta(days=300)
        )
        today = today_in_the_database()
        at_once = Involvement.objects.create(child=marlows.rosa, agency=marlows.council.agencies.police, from_on=today)
    by = viewer(marlows.worker, today)
    events = timeline_of(by, household_queries.household(marlows.family, by), marlows.rosa)
    by_agency = {event.what: event for event in events if event.lane == "agencies"}
    assert by_agency[f"{late.agency} became involved"].entered_on == today
    assert by_agency[f"{at_once.agency} became involved"].entered_on is None


def test_addresses_are_on_the_timeline_only_for_who_may_read_them_and_are_not_printed(client, marlows):
    record_address(
        by=viewer(marlows.worker), family=marlows.family, person=marlows.rosa, lines="5 Fern Row\nNorthwick",
        postcode="ZZ3 3CC", from_on=TODAY - timedelta(days=40),
    )  # fmt: skip
    args = ("timeline", marlows.family.pk, marlows.rosa.pk)
    page = open_as(client, marlows.worker, *args).content.decode()
    row = next(row for row in page.split("<tr") if "Fern Row" in row)
    assert "cpc-not-printed" in row.split(">")[0]
    assert "Fern Row" not in open_as(client, marlows.council.users.chair, *args).content.decode()


def test_the_timeline_can_be_narrowed_and_turned_round(client, marlows):
    args = ("timeline", marlows.family.pk, marlows.rosa.pk)
    everything = text(open_as(client, marlows.worker, *args))
    assert "became involved" in everything and everything.index("Case opened") > everything.index("Born")
    only_home = text(open_as(client, marlows.worker, *args, about="home", order="latest"))
    assert "became involved" not in only_home
    assert only_home.index("Theo Marlow was born") < only_home.index(" Born ", only_home.index("What happened"))


def test_an_adult_has_no_timeline_and_a_stranger_none_through_this_family(client, marlows):
    stranger = a_child(a_family(marlows.council, name="Stone"), "Otto")
    for person in (marlows.mother, stranger):
        assert open_as(client, marlows.worker, "timeline", marlows.family.pk, person.pk).status_code == 404


# --- Who looked --------------------------------------------------------------------------------------------------


def test_who_looked_is_one_line_a_person_and_day_with_the_basis_and_the_pages(client, marlows):
    chair = viewer(marlows.council.users.chair)
    for page in ("family", "family", "timeline"):
        looked(chair, children=[marlows.rosa], page=page, basis="Conference service")
    page = text(
        open_as(client, marlows.council.users.team_manager, "looks", marlows.family.pk, marlows.rosa.pk, who=chair.name)
    )
    assert "1 line" in page and "Conference service" in page and "Family, timeline (3 times)" in page


def test_an_emergency_is_prominent_with_its_reason_and_can_be_asked_for(client, marlows):
    with setting_up():
        Look.objects.create(
            who_kind="user", who_id=9, who_name="Bo Night", child_id=marlows.rosa.pk, page="family",
            basis="Emergency: the police asked at night",
        )  # fmt: skip
    looked(viewer(marlows.worker), children=[marlows.rosa], page="family", basis="Own case")
    manager = marlows.council.users.team_manager
    page = text(open_as(client, manager, "looks", marlows.family.pk, marlows.rosa.pk, basis="emergency"))
    assert "Bo Night" in page and "the police asked at night" in page
    assert str(marlows.worker.get_full_name()) not in page.split("Basis for access")[-1]
    assert open_as(client, marlows.worker, "looks", marlows.family.pk, marlows.rosa.pk).status_code == 403


@pytest.mark.parametrize(
    "query", [{"since": "x"}, {"since": "2026-13-40"}, {"who": "\x00"}, {"basis": "x"}, {"page": "9"}]
)
def test_what_nobody_would_type_in_the_filter_is_no_fault(client, marlows, query):
    manager = marlows.council.users.team_manager
    assert open_as(client, manager, "looks", marlows.family.pk, marlows.rosa.pk, **query).status_code == 200


# --- Large families ----------------------------------------------------------------------------------------------


def test_the_pages_of_forty_people_ask_no_more_questions_than_those_of_seven(client):
    small = the_marlows()
    large = the_larges(small.council)
    asked = {}
    for who, family, child in (("small", small.family, small.rosa), ("large", large.family, large["rosa"])):
        for name in ("family", "genogram", "whiteboard", "timeline"):
            args = [family.pk, child.pk] if name == "timeline" else [family.pk]
            open_as(client, small.worker, name, *args)  # signs in, and what is read once
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(f"families:{name}", args=args)).status_code == 200
            asked[who, name] = len(captured)
    for name in ("family", "genogram", "whiteboard", "timeline"):
        assert asked["large", name] <= asked["small", name], asked
    assert asked["large", "family"] < 70, asked
