"""The findings of the release check: each once, where it is, which passages are judged, and in other scripts."""

import random

import pytest

from cpc.core.documents.check import check_parts, outstanding, release_check
from cpc.core.documents.protected import (
    Kind,
    protect_address,
    protect_person,
    protect_phone,
)
from cpc.core.documents.reading import TextPart

ROSE = protect_person("Rose", "Patel")
HUSSAIN = protect_person("Amir", "Hussain")


def test_each_value_is_asked_about_once_in_its_sentence_with_its_count():
    (finding,) = release_check("It was late. Then Rose ran home! Rose slept. Rose woke.", ROSE)
    assert (finding.sentence, finding.found, finding.count) == ("Then Rose ran home!", "Rose", 3)
    assert finding.whose == "Rose Patel"


def test_a_name_inside_a_stopped_name_is_not_asked_about_again():
    findings = release_check("Rose Patel came. Mr Patel did not.", ROSE)
    assert [(finding.kind, finding.count) for finding in findings] == [(Kind.FULL_NAME, 1), (Kind.SURNAME, 1)]


def test_a_passage_judged_harmless_is_silent_and_another_sentence_or_a_stop_is_not():
    text = "Rose was at school on Monday morning. Rose Patel came."
    findings = release_check(text, ROSE)
    harmless = frozenset((finding.key, passage.hash) for finding in findings for passage in finding.passages)
    assert [finding.kind for finding in outstanding(findings, harmless)] == [Kind.FULL_NAME]
    again = release_check("The chair spoke.\n\n Rose  was at school on\nMonday morning. She left.", ROSE)
    assert outstanding(again, harmless) == []
    changed = release_check("Rose was at school on Tuesday morning.", ROSE)
    assert len(outstanding(changed, harmless)) == 1


def test_a_short_line_includes_its_neighbours_so_that_a_name_alone_is_not_harmless_everywhere():
    (hymn,) = release_check("They sang three hymns.\n\nRose\n\nAfter that they left.", ROSE)
    (listed,) = release_check("Those who live there now.\n\nRose\n\nShe is four.", ROSE)
    assert hymn.passages[0].hash != listed.passages[0].hash


def test_a_stop_that_a_second_person_overrode_does_not_block():
    findings = release_check("Rose Patel came.", ROSE)
    assert outstanding(findings) and not outstanding(findings, overridden=frozenset({findings[0].key}))


def test_each_finding_says_where_with_its_words_marked():
    parts = [TextPart("Page 1", "Nothing here."), TextPart("Page 2", "It was late. Then Rose ran home!"),
             TextPart("A bookmark", "Rose and the school")]  # fmt: skip
    (finding,) = check_parts(parts, ROSE)
    assert finding.where == ("Page 2", "A bookmark")
    assert (finding.passages[0].before, finding.passages[0].found) == ("Then ", "Rose")
    assert finding.passages[0].after.strip() == "ran home!"


def test_a_name_cut_by_the_end_of_a_page_is_found_and_one_made_of_two_bookmarks_is_not():
    assert (
        check_parts([TextPart("Page 1", "Then Rose"), TextPart("Page 2", "Patel came.")], ROSE)[0].kind
        == Kind.FULL_NAME
    )
    bookmarks = check_parts([TextPart("A bookmark", "Rose"), TextPart("A bookmark", "Patel")], ROSE)
    assert {finding.kind for finding in bookmarks} == {Kind.FIRST_NAME, Kind.SURNAME}


def test_the_same_sentence_on_its_page_and_in_the_flow_is_one_passage():
    said = "It was late. Then Rose ran home! Rose slept well that night."
    (finding,) = check_parts([TextPart("Page 4", said.replace(" ran", "\nran")), TextPart("", said)], ROSE)
    assert (finding.count, finding.where, len(finding.passages)) == (2, ("Page 4",), 2)


def test_a_person_with_two_names_is_asked_about_once_under_the_name_in_the_text():
    both = protect_person("Theodore", "Vosper", whose="Theo Vosper", also=["Theo", "Teddy"])
    assert [one.value for one in release_check("Here Theo likes football.", both)] == ["Theo"]
    assert release_check("Here Ted likes football.", both)


def test_the_key_of_a_finding_does_not_depend_on_its_spelling_in_the_text():
    one, two = (release_check(text, HUSSAIN)[0] for text in ("Mr Hussain", "Mr HUSSEIN"))
    assert one.key == two.key


def test_one_name_among_184_strings_is_found_in_60_pages_and_nothing_else_stops():
    chance = random.Random(7)
    letters = "abcdefghijklmnoprstuvwy"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(4000)]
    pages = " ".join(word.title() if chance.random() < 0.2 else word for word in chance.choices(vocabulary, k=60 * 450))
    protected = []
    for number in range(23):
        first, last = ("".join(chance.choices(letters, k=8)).title() for _ in range(2))
        protected += protect_person(first, last) + protect_phone(f"07700 900{number:03}")
        protected += protect_address(f"{number + 1} {last} Road", postcode=f"ZZ{number} 9ZZ")
    assert len(protected) >= 160
    found = release_check(pages + " Rose Patel", [*protected, *ROSE])
    assert [finding.kind for finding in found if finding.stops] == [Kind.FULL_NAME]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("小明", "李", "Her son 李小明 was here"),
        ("小明", "李", "李小明今天没来"),
        ("小明", "李", "the boy 小明 said"),
        ("小明", "李", "李 小明"),
        ("민준", "김", "김민준이 왔다"),
        ("さくら", "佐藤", "佐藤さくらさん"),
        ("محمد", "الأمين", "ومحمد هنا"),
        ("রহিমা", "খাতুন", "রহিমাকে দেখেছি"),
    ],
)
def test_a_name_in_a_script_without_capitals_is_found_inside_a_run_of_letters(first, last, text):
    assert release_check(text, protect_person(first, last))


@pytest.mark.parametrize("text", ["李老师来了", "王小红", "مرحبا"])
def test_another_word_of_that_script_is_not(text):
    found = release_check(text, [*protect_person("小明", "李"), *protect_person("محمد", "الأمين")])
    assert not found


def test_a_name_that_its_reader_knows_is_not_found_in_that_script_either():
    assert not release_check("李小明今天没来", protect_person("小明", "李"), protect_person("小明", "李"))
