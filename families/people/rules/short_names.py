"""What tells children of one family apart where their short or their full names are the same. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

Child = Any  # a Person, or whatever has its names and dates
Says = Callable[[Child], str]
ADDITIONS = ("short_addition", "full_addition")  # the fields of a person that hold what is added


def tell_apart(children: Iterable[Child], *, ignore_stored: bool = False) -> list[Child]:
    """The children, each knowing what to add to its name: ``short_addition`` and ``full_addition``.

    What is stored with a child is kept where it tells the children of this list apart, so that a child alone on a list
    has the same name as beside its sibling. ``ignore_stored`` ignores it. Otherwise nothing is added to a name that no
    other child of the list has. Two who are known as Jo are Jo (Joanna) and Jo (Joseph); two with every name the same
    are told apart by their date of birth; twins by their order.
    """
    found = list(children)
    for child in found:
        for addition in ADDITIONS:
            setattr(child, addition, "" if ignore_stored else getattr(child, addition, ""))
    _add(found, "short_addition", _short, (lambda child: child.first_name, lambda child: child.last_name, _born))
    _add(found, "full_addition", _full, (lambda child: child.known_as, _born))
    return found


UNBORN = "the unborn baby"


def name_among(child: Child, children: Iterable[Child]) -> str:
    """The name of one of ``children`` in a sentence: the short name, or “the unborn baby” where only one is expected
    and has no name. Twins keep what tells them apart: “Unborn Marlow (1 of 2)”.
    """
    waited_for = [one for one in children if one.is_unborn and not one.first_name]
    return UNBORN if waited_for == [child] else str(child.short_name)


def _short(child: Child) -> str:
    return str(child.known_as or child.first_name or child.last_name)


def _full(child: Child) -> str:
    return f"{child.first_name} {child.last_name}"


def _born(child: Child) -> str:
    day, word = (child.born_on, "born") if child.born_on else (child.expected_on, "expected")
    return f"{word} {day.day} {day:%B %Y}" if day else ""


def _add(children: list[Child], attribute: str, name: Says, ways: tuple[Says, ...]) -> None:
    same = defaultdict(list)
    for child in children:
        same[name(child).casefold()].append(child)
    for group in same.values():
        stored = [getattr(child, attribute) for child in group]
        if len(group) == 1 or (all(stored) and len(set(stored)) == len(stored)):
            continue
        for number, child in enumerate(group, start=1):
            setattr(child, attribute, _told(child, number, group, ways))


def _told(child: Child, number: int, group: list[Child], ways: tuple[Says, ...]) -> str:
    for way in ways:
        said = [way(each).casefold() for each in group]
        if all(said) and len(set(said)) == len(said):
            return f" ({way(child)})"
    return f" ({number} of {len(group)})"
