"""A function that takes the person asking takes a ``Viewer``, never a user, and says so."""

import ast

from cpc.tests.architecture.places import our_files

WANTED = {"Viewer", "Viewer | None", "'Viewer'"}


def untyped_viewers(source):
    """The lines at which a parameter called ``viewer`` is not said to be a Viewer."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    parameters = [each for one in functions for each in (*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs)]
    named = [each for each in parameters if each.arg == "viewer"]
    return [each.lineno for each in named if not each.annotation or ast.unparse(each.annotation) not in WANTED]


def test_every_viewer_is_typed():
    found = [(str(path), untyped_viewers(path.read_text())) for path in our_files()]
    assert [(path, lines) for path, lines in found if lines] == [], "write viewer: Viewer"


def test_a_viewer_without_a_type_or_of_another_is_found():
    assert untyped_viewers("def a(viewer):\n    pass\ndef b(*, viewer: int = 0): ...") == [1, 3]
    assert untyped_viewers("def a(viewer: Viewer): ...\ndef b(viewer: 'Viewer'): ...\ndef c(by): ...") == []
