"""The faults in the HTML of a page: what a parser has to mend, and what a screen reader cannot tell apart."""

import re
from collections import Counter

from tinyhtml5.parser import HTMLParser

# The parser counts as errors what the standard allows or what we cannot write otherwise.
HARMLESS = {"non-void-element-with-trailing-solidus"}
HEADINGS = [f"h{level}" for level in range(1, 7)]
ROLES = {"nav": "navigation", "aside": "complementary", "section": "region"}
AROUND = {"tr", "li", "p", "section", "article", "dd"}
MAIN_ONCE = {"main", "h1"}


def faults(html: str) -> list[str]:
    """One line for each fault of a whole page, in words."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    found = [_in_words(each, html) for each in parser.errors if each[1] not in HARMLESS]
    elements = list(tree.iter())
    found += [f"{count} elements with the id {id_}" for id_, count in _ids(elements).items() if count > 1]
    found += [f"{_counted(elements, tag)} {tag} elements" for tag in MAIN_ONCE if _counted(elements, tag) != 1]
    found += _levels(elements) + _names(elements) + _tables(elements)
    return found


def _in_words(error, html):
    (line, column), code, values = error
    row = html.split("\n")[line - 1]
    return f"{code} {values or ''} … {row[max(0, column - 80) : column + 20]}"


def _ids(elements):
    return Counter(each.get("id") for each in elements if each.get("id"))


def _counted(elements, tag):
    return sum(each.tag == tag for each in elements)


def _levels(elements):
    """Headings that leave a level out."""
    last, found = 0, []
    for each in elements:
        if each.tag in HEADINGS:
            level = int(each.tag[1])
            if level > last + 1 and last:
                found.append(f"a heading of level {level} after one of level {last}: {_text(each)}")
            last = level
    return found


def _names(elements):
    """Landmarks of one kind and name, and links of one name that lead to different pages from the same words.

    In a table the other cells of its row tell a link from the next.
    """
    named = {each.get("id"): _text(each) for each in elements if each.get("id")}
    landmarks, links = Counter(), {}
    parents = {child: parent for parent in elements for child in parent}
    for each in elements:
        label = each.get("aria-label")
        labelled_by = (each.get("aria-labelledby") or "").split()
        name = label or " ".join(named.get(id_, "") for id_ in labelled_by)
        role = each.get("role") or ROLES.get(each.tag)
        if role in ("navigation", "complementary") or (role == "region" and name):
            landmarks[role, name] += 1
        around = _around(each, parents) if each.tag == "a" and each.get("href") else None
        if around is not None and around.tag != "tr":
            links.setdefault((label or _text(each), _text(around)), set()).add(each.get("href"))
    found = [f"{count} landmarks ({role}) called “{name}”" for (role, name), count in landmarks.items() if count > 1]
    return found + [f"links called “{name}” to {sorted(to)}" for (name, _), to in links.items() if len(to) > 1]


def _around(element, parents):
    """The row, list item, paragraph or card that a link is in; at the last the page."""
    while element in parents and element.tag not in AROUND and "cpc-card" not in (element.get("class") or ""):
        element = parents[element]
    return element


def _tables(elements):
    return ["a table without a caption" for each in elements if each.tag == "table" and each.find("caption") is None]


def _text(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
