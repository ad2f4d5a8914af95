"""How much of our own code one click runs: the files of the product in which a function is called."""

import inspect
import sys
from pathlib import Path

from django.urls import resolve

from cpc.tests.architecture.places import ROOT

PRODUCT = ("cpc", "families", "conferences", "reports")


def files_reached(client, address, values) -> tuple[list[str], list[str]]:
    """(by the view of ``address``, by all of the request) when ``values`` are posted to it.

    A file counts if a function, method or property of it is called; tests and migrations do not. What every request
    passes (middleware, the guard of the page) is in the second list alone.
    """
    view = inspect.unwrap(resolve(address).func).__code__
    whole, within, inside = set(), set(), False

    def note(frame, event, _):
        nonlocal inside
        code = frame.f_code
        if event == "call" and code.co_name != "<module>":
            inside = inside or code is view
            whole.add(code.co_filename)
            if inside:
                within.add(code.co_filename)
        elif event == "return" and code is view:
            inside = False

    sys.setprofile(note)
    try:
        answer = client.post(address, values)
    finally:
        sys.setprofile(None)
    assert answer.status_code in (200, 302), answer.content.decode()
    return _ours(within), _ours(whole)


def _ours(names) -> list[str]:
    return sorted(path for path in map(_of_product, names) if path)


def _of_product(name) -> str:
    path = Path(name)
    if not path.is_relative_to(ROOT):
        return ""
    path = path.relative_to(ROOT)
    apart = {"tests", "migrations"} & set(path.parts)
    return str(path) if path.parts[0] in PRODUCT and not apart else ""
