"""The rules about who may read a text, and about passages copied from a restricted text to a wider audience."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.disclosure.choices import Audience
from conferences.disclosure.rules.audience import BY_NAME, CHAIR, Readers, admits, is_within, narrowest
from conferences.disclosure.rules.shared_passages import Source, passages_from
from cpc.tests.effort import calls

POLICE = Readers("police")
EVERYONE = Readers("everyone")
HEARD = "On 4 October a neighbour told officers that he keeps a machete behind the bedroom door."
WORDS = ("he", "she", "keeps", "a", "machete", "door", "Rosa", "4", "October", "was", "seen", "by")
INTELLIGENCE = Source("note:1", "Police information", POLICE, HEARD)


def found(text, readers=EVERYONE, sources=(INTELLIGENCE,), **how):
    return [one.passage for one in passages_from(text, readers, sources, **how)]


@pytest.mark.parametrize(
    "text, passage",
    [
        (f"Worries: {HEARD} Rosa is afraid.", HEARD.rstrip(".")),
        ("We hear that he keeps a machete behind the bedroom door, says Mum.",
         "that he keeps a machete behind the bedroom door"),
        ("HE KEEPS,\n a Machete; behind   the bedroom", "HE KEEPS,\n a Machete; behind   the bedroom"),
        ("So he keeps a ma-\nchete behind the bedroom door too", "he keeps a ma-\nchete behind the bedroom door"),
    ],
)  # fmt: skip
def test_a_passage_is_found_as_typed_with_any_case_and_punctuation(text, passage):
    assert found(text) == [passage]


@pytest.mark.parametrize(
    "text",
    ["", "He keeps a dog behind the house.", "a machete behind the bedroom", "Rosa likes the machete film."],
)
def test_fewer_than_six_words_and_forty_characters_are_no_passage(text):
    assert found(text) == []


def test_forty_characters_in_few_words_are_a_passage():
    long = Source("note:2", "x", POLICE, "Counterintelligence Superintendent Featherstonehaugh disagreed")
    assert found("Counterintelligence Superintendent Featherstonehaugh agreed", sources=[long]) == [
        "Counterintelligence Superintendent Featherstonehaugh"
    ]


def test_accents_and_quotes_do_not_hide_a_passage():
    source = Source("note:3", "x", POLICE, "José’s café doesn’t open before nine on Sundays")
    assert found("Jose's cafe doesn't open before nine", sources=[source]) == ["Jose's cafe doesn't open before nine"]


@pytest.mark.parametrize(
    "typed",
    [
        "Lukasz Wojcik’s father keeps a knife",
        "Łukаsz Wójсik's fаthеr kееps а knifе",  # Cyrillic letters that look like ours
        "Łu\u00adkasz Wó\u200bjcik’s father keeps a knife",
        "Ｌｕｋａｓｚ Wójcik`s father keeps a knife",
    ],
)
def test_letters_that_look_alike_or_cannot_be_seen_do_not_hide_a_passage(typed):
    source = Source("note:6", "x", POLICE, "Łukasz Wójcik’s father keeps a knife under the bed.")
    assert found(typed, sources=[source]) == [typed]


def test_a_text_for_no_more_readers_than_its_source_is_not_stopped():
    assert found(HEARD, POLICE) == found(HEARD, Readers("chair")) == []
    assert found(HEARD, Readers("professionals")) and found(HEARD, Readers("family"))


def test_text_already_in_the_field_does_not_count_and_anything_more_does():
    assert found(HEARD + " New words.", already=HEARD) == []
    assert found(HEARD, already="he keeps a machete behind the bedroom door")


def test_one_more_named_reader_is_a_wider_audience():
    source = Source("note:4", "x", Readers("police", named_professionals=frozenset({1})), HEARD)
    assert found(HEARD, Readers("police", named_professionals=frozenset({1})), [source]) == []
    assert found(HEARD, Readers("police", named_professionals=frozenset({1, 2})), [source])
    assert found(HEARD, Readers("police", named_family=frozenset({3})), [source])


def test_the_work_of_reading_grows_as_the_sources_do():
    words = [f"word{number}" for number in range(3000)]
    chance = random.Random(1)
    sources = [Source(str(n), "x", POLICE, " ".join(chance.choices(words, k=2000))) for n in range(80)]
    new = " ".join(chance.choices(words, k=1000)) + " " + HEARD

    def reading(how_many):
        return calls(lambda: found(new, sources=[*sources[: how_many - 1], INTELLIGENCE]))

    assert reading(80) < 5 * reading(20)


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_every_six_words_of_the_source_are_found_wherever_they_stand(words):
    text = " ".join(words)
    source = Source("note:5", "x", POLICE, text)
    for place in range(len(words) - 5):
        piece = " ".join(words[place : place + 6])
        assert found(f"Before. {piece}! After", sources=[source])


def every_kind():
    named = [frozenset(), frozenset({1}), frozenset({1, 2})]
    for audience in Audience.values:
        if audience in BY_NAME:
            for family, professionals in itertools.product(named, [frozenset(), frozenset({7})]):
                yield Readers(audience, family, professionals)
        else:
            yield Readers(audience)


def test_a_narrower_audience_allows_no_copy_that_the_wider_one_does_not():
    readers = [(True, None), (False, None), (True, 7), (False, 1), (False, 2), (True, 9)]
    for narrow, wide in itertools.product(every_kind(), repeat=2):
        if is_within(narrow, wide):
            for professional, invitation in readers:
                of = {one: admits(one.audience, professional=professional, is_named=invitation in one.named)
                      for one in (narrow, wide)}  # fmt: skip
                assert of[wide] or not of[narrow], (narrow, wide, professional, invitation)


def test_the_narrowest_is_within_all_and_the_chair_alone_is_always_within():
    for one, other in itertools.product(every_kind(), repeat=2):
        assert is_within(narrowest([one, other]), one) and is_within(narrowest([one, other]), other)
        assert is_within(Readers(CHAIR), one) and is_within(one, EVERYONE)


def test_each_audience_allows_exactly_its_readers():
    assert {
        audience: (
            admits(audience, professional=False),
            admits(audience, professional=True),
            admits(audience, professional=True, is_named=True),
        )
        for audience in Audience.values
    } == {
        "everyone": (True, True, True),
        "family": (True, False, False),
        "professionals": (False, True, True),
        "chair": (False, False, False),
        "named": (False, False, True),
        "police": (False, False, True),
        "third_party": (False, False, True),
    }
    assert not admits("no such audience", professional=True)
