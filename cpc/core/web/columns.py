"""The names of a table’s columns on its cells: on a phone each row is read downwards, without the head."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe

_CELL = re.compile(r'<(tr|th scope="row"|td)( [^>]*>)(\s*</td>)?')


def with_names_of_columns(rows, columns):
    """``rows`` with the name of its column on each cell, for a phone. An empty cell and one of links need none."""
    opened = {name: format_html('<td data-column="{}"', name) for name in columns}
    names = iter(columns)

    def named(found):
        nonlocal names
        if found[1] == "tr":
            names = iter(columns)
            return found[0]
        name = next(names, "")
        if found[1] != "td" or found[3] or name in ("", "Change"):
            return found[0]
        return opened[name] + found[2]

    return mark_safe(_CELL.sub(named, rows))
