"""One letter, one name, two files: a module that says what it may reveal, and the template that says it."""

from importlib import import_module

from cpc.core.documents.letters import Letter
from cpc.tests.architecture.places import ROOT, our_files

# What every letter is built on, and the sheet that the ground itself puts on top of an envelope.
NOT_A_LETTER_OF_ITS_OWN = {"base", "base_document", "cover_sheet"}


def letters_in(module):
    """The letters that a module makes."""
    return [
        made
        for made in vars(module).values()
        if isinstance(made, type) and issubclass(made, Letter) and made.__module__ == module.__name__
    ]


def unpaired(modules, templates):
    return sorted(modules ^ templates)


def test_every_letter_is_paired_with_its_template():
    files = [path for path in our_files("letters/*.py") if path.parts[0] != "cpc"]
    modules = [import_module(".".join(path.with_suffix("").parts)) for path in files]
    letters = {module.__name__.rpartition(".")[2]: letters_in(module) for module in modules if letters_in(module)}
    templates = {path.stem for path in (ROOT / "templates" / "letters").glob("*.html")} - NOT_A_LETTER_OF_ITS_OWN
    assert letters, "no letter was found: this test looks in the wrong place"
    assert unpaired(set(letters), templates) == []
    assert [name for name, made in letters.items() if len(made) > 1] == [], "one letter, one module"


def test_a_letter_without_a_template_and_a_template_without_a_letter_are_both_named():
    assert unpaired({"record", "decision"}, {"record", "forgotten"}) == ["decision", "forgotten"]
