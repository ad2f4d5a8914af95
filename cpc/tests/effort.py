"""How much work something is, as a number that is the same on every machine and however busy it is."""

import sys


def calls(do) -> int:
    """The number of function calls that ``do()`` makes, those of built-in functions included."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return counted
