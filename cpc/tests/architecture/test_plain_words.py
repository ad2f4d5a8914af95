"""Docstrings, comments, names, pages and policy are read once: none has a word that turns a sentence round."""

import ast
import io
import re
import tokenize

from cpc.tests.architecture.places import ROOT, our_files

WORDS = re.compile(
    r"\b(whom|whose|whoever|of which|by which|nought|anew|thereof|(?<!decision )stands?(?! for)|stood)\b", re.IGNORECASE
)
ON_PAGES = re.compile(
    r"\b((?<!\.)whom|whoever|nought|anew|thereof|of which|by which|this software|hand(?:ed)? in|second look|look again"
    r"|grown-ups?|being held|who is here now|take off)\b",
    re.IGNORECASE,
)
IN_NAMES = re.compile(r"(?:^|_)(whom|whoever|of_which|by_which|nought|anew|stands(?!_for)|stood)(?:_|$)")
# In a drawing, people stand at a place; here, the words are looked for.
DRAWING, HERE = "families/overview/rules/genogram", "test_plain_words"


def turned_words(source):
    """The words of ``WORDS`` in the docstrings and comments of a module."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    texts += [token.string for token in tokens if token.type == tokenize.COMMENT]
    return [word for text in texts for word in WORDS.findall(text)]


def turned_names(source):
    """The names of functions and classes of a module with a word of ``IN_NAMES``."""
    named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, named)]
    return [name for name in names if IN_NAMES.search(name)]


def test_no_docstring_comment_or_name_has_one_of_them():
    written = [path for path in our_files() if "migrations" not in path.parts and path.stem != HERE]
    assert len(written) > 1000
    sources = {str(path): path.read_text() for path in written if DRAWING not in str(path)}
    found = {path: words for path, source in sources.items() if (words := turned_words(source) + turned_names(source))}
    assert found == {}, "say it in words that are read once"


def test_words_are_found_in_docstrings_and_comments_and_nowhere_else():
    assert turned_words('"""For whom."""\nsaid = "whose"  # by which\nwhose = 1\n') == ["whom", "by which"]
    assert turned_words('"""The row as it stands. The decision stands."""') == ["stands"]
    assert turned_names("def as_it_stands(): ...\nclass Row:\n    def stands_for(self): ...\n") == ["as_it_stands"]


def test_no_page_letter_email_or_limit_has_a_word_that_a_professional_would_not_say():
    texts = [
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("templates/**/*.txt"),
        ROOT / "cpc/core/policy/national.toml",
    ]
    assert len(texts) > 300
    found = {
        str(path.relative_to(ROOT)): words for path in texts if (words := ON_PAGES.findall(_shown(path.read_text())))
    }
    assert found == {}, "say it as a professional would"


def _shown(text):
    """The text without its comments."""
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|^#.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
