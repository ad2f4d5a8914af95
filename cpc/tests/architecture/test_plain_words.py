"""Docstrings and comments are read once: none has a word that turns a sentence round."""

import ast
import io
import re
import tokenize

from cpc.tests.architecture.places import our_files

WORDS = re.compile(r"\b(whom|whose|whoever|of which|by which|nought|anew|thereof)\b", re.IGNORECASE)


def turned_words(source):
    """The words of ``WORDS`` in the docstrings and comments of a module."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(source)) if isinstance(node, documented)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    texts += [token.string for token in tokens if token.type == tokenize.COMMENT]
    return [word for text in texts for word in WORDS.findall(text)]


def test_no_docstring_or_comment_has_one_of_them():
    production = [path for path in our_files() if not {"tests", "migrations"} & set(path.parts)]
    found = {str(path): words for path in production if (words := turned_words(path.read_text()))}
    assert found == {}, "say it in words that are read once"


def test_words_are_found_in_docstrings_and_comments_and_nowhere_else():
    assert turned_words('"""For whom."""\nsaid = "whose"  # by which\nwhose = 1\n') == ["whom", "by which"]
