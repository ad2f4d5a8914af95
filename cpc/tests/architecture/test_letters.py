"""One letter, one name, two files: a module that says what it may reveal, and the template that says it."""

import re
import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from importlib import import_module
from typing import Union, get_args, get_origin, get_type_hints

from cpc.core.documents.letters import Addressee, Letter, render_html
from cpc.tests.architecture.places import ROOT, our_files

# What every letter is built on, and the sheet that the ground itself puts on top of an envelope.
NOT_A_LETTER_OF_ITS_OWN = {"base", "base_document", "cover_sheet"}
# Their readers are staff and agencies, who have no sibling of the same name.
NOT_TO_THE_FAMILY = {
    "decision_professional", "paper_set", "reading_pack", "reading_part", "record_professional", "report_blank",
}  # fmt: skip
TWIN = Addressee(name="Jo Marlow (born 4 March 2014)", lines=("1 Market Place",), on_envelope="Jo Marlow")
WINDOW = re.compile(r'<div class="addressee">(.*?)</div>', re.DOTALL)
VALUES = {
    str: "Words",
    int: 3,
    bool: True,
    date: date(2026, 12, 1),
    time: time(10),
    datetime: datetime(2026, 12, 1, tzinfo=UTC),
}


def letters_in(module):
    """The letters that a module makes."""
    return [
        made
        for made in vars(module).values()
        if isinstance(made, type) and issubclass(made, Letter) and made.__module__ == module.__name__
    ]


def unpaired(modules, templates):
    return sorted(modules ^ templates)


def all_letters():
    """Each letter by the name of its module."""
    files = [path for path in our_files("letters/*.py") if path.parts[0] != "cpc"]
    modules = [import_module(".".join(path.with_suffix("").parts)) for path in files]
    return {module.__name__.rpartition(".")[2]: letters_in(module) for module in modules if letters_in(module)}


def made_up(kind):
    """Some value of this type: of a letter with everything in it that it may reveal, once."""
    origin = get_origin(kind)
    if kind is Addressee:
        return TWIN
    if origin in (Union, types.UnionType):
        return made_up(next(one for one in get_args(kind) if one is not type(None)))
    if origin is tuple:
        return tuple(made_up(one) for one in get_args(kind) if one is not Ellipsis)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{one.name: made_up(hints[one.name]) for one in fields(kind)})
    return VALUES[kind]


def test_no_letter_shows_on_its_outside_what_tells_its_reader_from_a_sibling():
    seen = set()
    for name, (letter,) in all_letters().items():
        html = render_html(made_up(letter))
        for window in WINDOW.findall(html):
            seen.add(name)
            assert "Jo Marlow" in window and "2014" not in window, name
    assert {"invitation_child", "decision_child", "decision_family", "safety_plan_page"} < seen


def test_every_letter_to_the_family_says_who_reads_it_by_the_rule_for_envelopes():
    calls = {path.stem for path in our_files("letters/*.py") if "Addressee(" in (ROOT / path).read_text()}
    assert calls - {"facts"} == NOT_TO_THE_FAMILY


def test_every_letter_is_paired_with_its_template():
    letters = all_letters()
    templates = {path.stem for path in (ROOT / "templates" / "letters").glob("*.html")} - NOT_A_LETTER_OF_ITS_OWN
    assert letters, "no letter was found: this test looks in the wrong place"
    assert unpaired(set(letters), templates) == []
    assert [name for name, made in letters.items() if len(made) > 1] == [], "one letter, one module"


def test_a_letter_without_a_template_and_a_template_without_a_letter_are_both_named():
    assert unpaired({"record", "decision"}, {"record", "forgotten"}) == ["decision", "forgotten"]
