"""The command: one date with its working, a batch, the list, and what is refused with exit code 2."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from cpc.core.policy import listing
from cpc.core.policy.models import BankHoliday, LocalLimit
from cpc.core.policy.rulebook import national, presets


def run(*words, stdin=b""):
    """What the command prints, says on standard error, and ends with."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("due", *words, stdout=out, stderr=err, stdin=io.BytesIO(stdin))
    except SystemExit as ended:
        code = ended.code
    return out.getvalue(), err.getvalue(), code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "start", "preset", "answer"),
    [
        ("icpc", "2026-03-10", "haringey", "2026-03-31"),
        ("icpc", "2025-12-12", "bexley", "2026-01-07"),
        ("icpc", "27/03/2026", "hips", "2026-04-21"),
        ("first_core_group", "2026-03-10", "general", "2026-03-24"),
        ("next_core_group", "2026-03-24", "general", "2026-05-05"),
        ("first_review", "2025-11-30", "hips", "2026-02-27"),
        ("next_review", "2025-11-30", "hips", "2026-05-29"),
        ("transfer_in_conference", "2026-03-10", "general", "2026-03-31"),
        ("record", "2026-03-10", "haringey", "2026-03-11"),
        ("record", "2026-03-10", "bexley", "2026-03-31"),
        ("decision_letter", "2026-03-13", "general", "2026-03-16"),
        ("report_to_family_initial", "2026-03-16", "haringey", "2026-03-12"),
        ("report_to_family_initial", "2026-03-16", "bexley", "2026-03-13"),
        ("report_to_family_review", "2026-03-16", "haringey", "2026-03-09"),
        ("report_to_family_review", "2026-03-16", "bexley", "2026-03-11"),
        ("contribution_form", "2026-03-16", "haringey", "2026-03-12"),
        ("supporter_notice", "2026-03-16", "haringey", "2026-03-13"),
        ("visit", "2026-03-20", "haringey", "2026-04-02"),
        ("dissent", "2027-03-25", "bexley", "2027-03-30"),
        ("complaint", "2026-11-27", "bexley", "2026-12-29"),
        ("complaint_reply", "2026-12-11", "bexley", "2026-12-24"),
        ("child_in_need_minimum", "2026-03-10", "isle-of-wight", "2026-06-10"),
        ("child_in_need_minimum", "2025-11-30", "isle-of-wight", "2026-03-02"),
    ],
)
def test_one_date_is_printed_with_its_working(key, start, preset, answer):
    out, err, code = run(key, "--from", start, "--authority", preset)
    assert (out.split()[0], err, code) == (answer, "", 0)
    assert [line.split(":")[0] for line in out.splitlines()[1:3]] == ["Rule", "Source"]
    assert "Start: " in out and "Counted: " in out and out.rstrip().splitlines()[-1].startswith("Due: ")


@pytest.mark.django_db
def test_without_an_authority_this_installs_preset_and_own_values_count(settings, administrator):
    from cpc.core.policy.actions import set_local_limit

    settings.CPC_PRESET = "bexley"
    set_local_limit(
        by=administrator, key="record", amount=5, unit="working days", from_on=date(2026, 3, 10), reason="Agreed",
        on=date(2026, 3, 10),
    )  # fmt: skip
    out, _, _ = run("record", "--from", "2026-03-10")
    assert out.startswith("2026-03-17") and "set by this service" in out
    assert run("record", "--from", "2026-03-10", "--authority", "bexley")[0].startswith("2026-03-31")
    assert run("--batch", stdin=b"record,2026-03-10")[0] == "record,2026-03-10,bexley,2026-03-17\n"
    assert LocalLimit.objects.count() == 1


@pytest.mark.django_db
def test_a_batch_answers_each_line_under_its_own_preset():
    lines = b"\xef\xbb\xbficpc,2026-03-10\r\n\nrecord, 10/03/2026 ,bexley\nicpc,2026-03-10,\n"
    out, err, code = run("--batch", stdin=lines)
    assert out.splitlines() == [
        "icpc,2026-03-10,haringey,2026-03-31",
        "record,2026-03-10,bexley,2026-03-31",
        "icpc,2026-03-10,haringey,2026-03-31",
    ]
    assert (err, code) == ("", 0)


@pytest.mark.django_db
def test_a_hundred_thousand_lines_ask_the_database_twice(django_assert_num_queries):
    starts = [date.fromordinal(date(2015, 1, 1).toordinal() + k) for k in range(1000)]
    keys = sorted(national().limits)
    lines = [f"{keys[k % len(keys)]},{starts[k % 1000]},{presets()[k % 5]}" for k in range(100_000)]
    with django_assert_num_queries(2):
        out, err, code = run("--batch", stdin="\n".join(lines).encode())
    assert (len(out.splitlines()), err, code) == (100_000, "", 0)


@pytest.mark.django_db
def test_a_batch_names_each_bad_line_answers_the_others_and_ends_with_2():
    lines = b"icpc,2026-03-10\nnothing,2026-03-10\nicpc,2026-02-30\nicpc,2026-03-10,nowhere\nicpc\n\xff\xfe,1\n"
    out, err, code = run("--batch", stdin=lines)
    assert out == "icpc,2026-03-10,haringey,2026-03-31\n"
    assert code == 2
    said = err.splitlines()
    assert [line.split(":")[0] for line in said] == ["Line 2", "Line 3", "Line 4", "Line 5", "Line 6"]
    assert "no limit called “nothing”" in said[0] and "not a date" in said[1] and "no preset" in said[2]


@pytest.mark.django_db
def test_many_bad_lines_are_counted_and_not_all_listed():
    _, err, code = run("--batch", stdin=b"x\n" * 5000)
    assert code == 2 and len(err.splitlines()) == 21 and "4980 more" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing", "--from", "2026-03-10"], "There is no limit called “nothing”"),
        (["icpc", "--from", "2026-13-01"], "is not a date"),
        (["icpc", "--from", "2026-03-10", "--authority", "nowhere"], "There is no preset called “nowhere”"),
        (["icpc"], "Say what and from when"),
        ([], "Say what and from when"),
    ],
)
def test_what_is_unknown_gets_one_line_and_exit_code_2_without_a_database(words, said):
    out, err, code = run(*words)
    assert (out, code, len(err.splitlines())) == ("", 2, 1)
    assert said in err


@pytest.mark.django_db
def test_a_date_whose_bank_holidays_nobody_knows_is_refused():
    out, err, code = run("icpc", "--from", "1890-01-01")
    assert (out, code) == ("", 2)
    assert err == "Enter a date between 2000 and 2050: the bank holidays of 1890 are not known.\n"


def test_the_list_names_every_key_with_unit_standing_source_and_presets():
    out, _, _ = run("--list")
    lines = {line.split(" | ")[0]: line for line in out.splitlines()}
    assert set(lines) == set(national().limits)
    assert "15 working days after the strategy discussion" in lines["icpc"] and "| national |" in lines["icpc"]
    assert "changed by: bexley (2 days)" in lines["report_to_family_initial"]
    assert "changed by: haringey (1 working day)" in lines["record"]
    assert "stated alike by: isle-of-wight" in lines["child_in_need_minimum"]
    assert "a default, to be set by the service" in lines["visit"]
    assert all(" | source: " in line for line in lines.values())


def test_the_page_in_docs_is_in_step_with_the_policy_files(settings):
    page = Path(settings.BASE_DIR) / "docs" / "timescales.md"
    assert page.read_text(encoding="utf-8") == listing.markdown(), f"run: {listing.REGENERATE}"


@pytest.mark.django_db
def test_a_bank_holiday_that_an_administrator_added_is_skipped(administrator):
    from cpc.core.policy.actions import add_bank_holiday

    add_bank_holiday(by=administrator, falls_on=date(2026, 3, 20), name="A royal day", reason="Proclaimed")
    assert BankHoliday.objects.filter(falls_on=date(2026, 3, 20)).exists()
    out, _, _ = run("icpc", "--from", "2026-03-10")
    assert out.startswith("2026-04-01") and "Bank holidays skipped: Friday 20 March 2026 (A royal day)." in out
