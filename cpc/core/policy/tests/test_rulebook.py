"""The files that ship, value by value, and the files that are refused."""

import re
from dataclasses import replace
from datetime import date

import pytest

from cpc.core.kernel.deadlines import DEFAULT, NATIONAL, PRESET, compute
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.bank_holidays import shipped, shipped_calendar
from cpc.core.policy.rulebook import (
    AUTHORITIES,
    LocalRow,
    national,
    presets,
    read_authority,
    read_national,
    refuse_loosening,
    rulebook,
    with_local_row,
)
from cpc.core.policy.schema import PolicyFileError

NATIONAL_CONSTANTS = {
    "icpc": (15, "working days"),
    "first_core_group": (10, "working days"),
    "transfer_in_conference": (15, "working days"),
    "assessment": (45, "working days"),
    "first_review": (3, "months"),
    "next_review": (6, "months"),
}
REQUIRED = {
    "icpc", "first_core_group", "next_core_group", "first_review", "next_review", "transfer_in_conference", "record",
    "decision_letter", "report_to_family_initial", "report_to_family_review", "contribution_form", "supporter_notice",
    "visit", "child_in_need_minimum",
}  # fmt: skip


def test_the_five_presets_ship():
    assert presets() == ("bexley", "general", "haringey", "hips", "isle-of-wight")


def test_every_limit_that_must_be_there_is_there():
    assert set(national().limits) >= REQUIRED


def test_only_the_national_constants_are_called_national():
    called = {key: limit for key, limit in national().limits.items() if limit.standing == NATIONAL}
    assert {key: (limit.amount, limit.unit) for key, limit in called.items()} == NATIONAL_CONSTANTS
    assert all(limit.source for limit in national().limits.values())


@pytest.mark.parametrize("key", [key for key, limit in national().limits.items() if limit.standing == DEFAULT])
def test_a_default_says_that_there_is_no_national_or_english_rule(key):
    limit = national().limits[key]
    assert re.match(r"No national period|No English value found", limit.source)
    assert limit.standing_in_words == "a default, to be set by the service"


def test_nothing_that_ships_is_called_law():
    for file in (*AUTHORITIES.glob("*.toml"), AUTHORITIES.parent / "national.toml"):
        assert not re.search(r"\b(lawful|unlawful|the law)\b", file.read_text(), re.IGNORECASE), file.name


@pytest.mark.parametrize(
    ("preset", "key", "amount", "unit"),
    [
        ("general", "first_core_group", 10, "working days"),
        ("general", "next_core_group", 6, "weeks"),
        ("bexley", "report_to_family_initial", 2, "days"),
        ("bexley", "report_to_family_review", 5, "days"),
        ("bexley", "record", 15, "working days"),
        ("isle-of-wight", "child_in_need_minimum", 3, "months"),
        ("haringey", "report_to_family_initial", 2, "working days"),
        ("haringey", "report_to_family_review", 5, "working days"),
        ("haringey", "contribution_form", 2, "working days"),
        ("haringey", "supporter_notice", 2, "days"),
        ("haringey", "record", 1, "working days"),
        ("haringey", "outline_plan", 1, "working days"),
        ("haringey", "conference_papers", 1, "working days"),
        ("haringey", "visit", 2, "weeks"),
        ("hips", "first_review", 3, "months"),
        ("hips", "next_review", 6, "months"),
    ],
)
def test_each_preset_has_the_values_of_its_seed(preset, key, amount, unit):
    book = rulebook(preset)
    limit = book.limits[key]
    assert (limit.amount, limit.unit) == (amount, unit)
    assert key in book.stated
    assert limit.standing == (NATIONAL if key in NATIONAL_CONSTANTS else PRESET)


def test_each_preset_has_the_settings_of_its_seed():
    haringey, isle_of_wight, general = rulebook("haringey"), rulebook("isle-of-wight"), rulebook("general")
    assert isle_of_wight.setting("child_invite_age") == haringey.setting("child_invite_age") == 10
    assert haringey.setting("seen_alone") == "every visit"
    assert haringey.setting("uses_danger_statement") is True and haringey.setting("uses_scale") is True
    assert general.setting("uses_danger_statement") is False and general.setting("uses_scale") is False
    assert haringey.setting("police_report_verbal") is True
    assert isle_of_wight.word("service_name") == "Independent Reviewing and Child Protection Service"
    assert rulebook("bexley").word("service_name") == "Safeguarding Children Service"


@pytest.mark.parametrize("name", presets())
def test_no_contact_that_ships_can_reach_anybody_but_a_national_service(name):
    nationwide = ("independent_advice", "child_helpline", "ombudsman")
    words = {key: value for key, value in rulebook(name).words.items() if key not in nationwide}
    assert all(value.endswith("@example.org") for value in words.values() if "@" in value)
    assert all(re.fullmatch(r"020 7946 0\d{3}", value) for key, value in words.items() if key.endswith("phone"))
    assert not any(re.search(r"\b(020 [38]|0800|[A-Z]{1,2}\d+ \d[A-Z]{2})", value) for value in words.values())


@pytest.mark.parametrize("name", presets())
@pytest.mark.parametrize("key", sorted(national().limits))
def test_every_limit_of_every_preset_can_be_counted_and_explained(name, key):
    due = compute(rulebook(name).limit(key), date(2026, 3, 10), shipped_calendar())
    assert due.working[0].startswith("Rule: ") and due.sentence


@pytest.mark.parametrize("name", presets())
def test_no_preset_ends_later_than_a_national_limit(name):
    for key in NATIONAL_CONSTANTS:
        refuse_loosening(rulebook(name).limits[key], national().limits[key], shipped_calendar())


@pytest.mark.parametrize(
    ("preset", "conference_on", "due_on"),
    [
        ("haringey", date(2026, 3, 16), date(2026, 3, 12)),  # 2 working days before a Monday: Thursday
        ("bexley", date(2026, 3, 16), date(2026, 3, 13)),  # 2 days before a Monday: Saturday, so Friday
        ("haringey", date(2026, 4, 7), date(2026, 4, 1)),  # over Easter
        ("bexley", date(2026, 4, 7), date(2026, 4, 2)),  # Easter Sunday, so Thursday
    ],
)
def test_reports_reach_the_family_by_each_councils_own_count(preset, conference_on, due_on):
    limit = rulebook(preset).limit("report_to_family_initial")
    assert compute(limit, conference_on, shipped_calendar()).on == due_on


def test_an_unknown_preset_limit_setting_or_word_is_refused_in_a_sentence():
    for ask, sentence in (
        (lambda: rulebook("nowhere"), "The presets are: bexley"),
        (lambda: rulebook("../national"), "There is no preset"),
        (lambda: rulebook("hips").limit("nothing"), "no limit called “nothing”"),
        (lambda: rulebook("hips").setting("nothing"), "no setting called"),
        (lambda: rulebook("hips").word("nothing"), "no local word"),
    ):
        with pytest.raises(Invalid, match=sentence):
            ask()


HEAD = '[preset]\nname = "test"\nlabel = "Test"\nsource = "A test"\n'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[preset", "test.toml: "),
        ("", "preset: this must be a table"),
        ('[preset]\nname = "other"\nlabel = "x"\nsource = "x"', "must be the file’s own name"),
        (HEAD + "[limit]", "unknown limit"),
        (HEAD + "[limits.icpcs]\namount = 1\nunit = 'days'", "limits: unknown icpcs"),
        (HEAD + "[limits.record]\nunit = 'days'", "record: amount is missing"),
        (HEAD + "[limits.record]\namount = 1", "record: unit is missing"),
        (HEAD + "[limits.record]\namount = 1\nunit = 'working day'", "must be one of: working days"),
        (HEAD + "[limits.record]\namount = '1'\nunit = 'days'", "amount must be a whole number"),
        (HEAD + "[limits.record]\namount = true\nunit = 'days'", "amount must be a whole number"),
        (HEAD + "[limits.record]\namount = 0\nunit = 'days'", "amount is 0, and must be from 1 to 366"),
        (HEAD + "[limits.record]\namount = 99\nunit = 'months'", "must be from 1 to 12"),
        (HEAD + "[limits.record]\namount = 1\nunit = 'days'\ndays = 3", "unknown days"),
        (HEAD + "[limits.record]\namount = 1\nunit = 'days'\ndirection = 'before'", "unknown direction"),
        (HEAD + "[limits.record]\namount = 1\nunit = 'days'\ncounting = 'clear'", "clear days are only for"),
        (HEAD + "[settings]\nchild_age = 10", "settings: unknown child_age"),
        (HEAD + "[settings]\nchild_invite_age = '10'", "child_invite_age must be a whole number"),
        (HEAD + "[settings]\nuses_scale = 1", "uses_scale must be true or false"),
        (HEAD + "[settings]\nseen_alone = 'never'", "seen_alone must be one of"),
        (HEAD + "[settings]\nchild_invite_age = -1", "must not be below 0"),
        (HEAD + "[words]\nservice = 'x'", "words: unknown service"),
        (HEAD + "[words]\nservice_name = ''", "service_name must be a text"),
        (HEAD + "[limits.icpc]\namount = 16\nunit = 'working days'", "never longer"),
        (HEAD + "[limits.first_review]\namount = 4\nunit = 'months'", "never longer"),
        (HEAD + "[limits.next_review]\namount = 27\nunit = 'weeks'", "never longer"),
        (HEAD + "[limits.first_core_group]\namount = 15\nunit = 'days'", "never longer"),
        (HEAD + "[limits.transfer_in_conference]\namount = 1\nunit = 'months'", "never longer"),
    ],
)
def test_a_preset_file_that_says_what_cannot_be_is_refused_with_its_place(tmp_path, text, error):
    path = tmp_path / "test.toml"
    path.write_text(text)
    with pytest.raises(PolicyFileError, match=error) as refused:
        read_authority(path, national(), shipped_calendar())
    assert str(refused.value).startswith("test.toml")


def test_a_preset_may_make_a_national_limit_shorter_and_it_is_named(tmp_path):
    path = tmp_path / "test.toml"
    path.write_text(HEAD + "[limits.icpc]\namount = 10\nunit = 'working days'")
    limit = read_authority(path, national(), shipped_calendar()).limits["icpc"]
    assert (limit.amount, limit.standing, limit.standing_in_words) == (10, PRESET, "preset: Test")


def test_a_national_file_with_a_stray_word_is_refused(tmp_path):
    path = tmp_path / "national.toml"
    path.write_text((AUTHORITIES.parent / "national.toml").read_text().replace("amount = 45", "amounts = 45"))
    with pytest.raises(PolicyFileError, match="limits, assessment: amount is missing"):
        read_national(path)


def test_the_latest_local_row_by_the_start_holds_and_none_before_its_day():
    rows = (
        LocalRow("record", 10, "working days", "ordinary", date(2026, 4, 1), "agreed"),
        LocalRow("record", 5, "working days", "ordinary", date(2026, 9, 1), "agreed again"),
        LocalRow("visit", 1, "weeks", "ordinary", date(2026, 1, 1), "agreed"),
    )
    book = rulebook("bexley")
    assert with_local_row(book, "record", rows, date(2026, 3, 31)) == book.limits["record"]
    assert with_local_row(book, "record", rows, date(2026, 4, 1)).amount == 10
    later = with_local_row(book, "record", rows, date(2026, 12, 1))
    assert (later.amount, later.standing_in_words) == (5, "set by this service")


def test_loosening_names_the_national_limit():
    icpc = national().limits["icpc"]
    with pytest.raises(Invalid, match="can end later than the national limit of 15 working days") as refused:
        refuse_loosening(replace(icpc, amount=20), icpc, shipped_calendar())
    assert refused.value.field == "amount"


OFFICIAL_COUNTS = {2015: 8, 2016: 8, 2017: 8, 2018: 8, 2019: 8, 2020: 8, 2021: 8, 2022: 10, 2023: 9, 2024: 8, 2025: 8}


def test_the_bank_holidays_that_ship_are_those_of_gov_uk():
    counts = {year: sum(day.year == year for day in shipped()) for year in OFFICIAL_COUNTS}
    assert counts == OFFICIAL_COUNTS
    moved = (date(2020, 5, 8), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
    assert all(day in shipped() for day in moved)
    assert date(2020, 5, 4) not in shipped() and date(2022, 5, 30) not in shipped()
    assert shipped()[date(2021, 12, 28)] == "Boxing Day (substitute day)"
    assert all(sum(day.year == year for day in shipped()) == 8 for year in range(2028, 2036))
    assert all(day.weekday() < 5 for day in shipped())


def test_a_councils_closure_day_is_a_working_day():
    # 29 December 2025: between the holidays many offices are closed, and the limit runs on.
    assert shipped_calendar().is_working_day(date(2025, 12, 29))
