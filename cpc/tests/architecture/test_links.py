"""Some page leads to every page of ours: a page that nothing links to is found by nobody."""

import re

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from cpc.tests.architecture.places import ROOT

# Reached otherwise than by a link of ours.
NO_LINK = {
    "web:components": "the list of components, for developers",
}
# The pages of an entry: their links are made from the sort of entry, by protection_links.py.
MADE_FROM = ("families:add_", "families:agree_", "families:change_", "families:end_", "families:look_again_")
SORTS = ("must_not_learn", "must_not_meet", "protection", "warning")


def our_addresses(resolver, namespace=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from our_addresses(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif one.name and namespace:
            yield namespace + one.name


def product_text():
    files = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.txt"), *ROOT.glob("*/**/*.py")]
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith((".", "demo/")) or "/tests/" in name or "/migrations/" in name or "urls" in name:
            continue
        yield path.read_text()


def test_something_leads_to_every_page_of_ours():
    text, names = "\n".join(product_text()), set(our_addresses(get_resolver()))
    assert len(names) > 200 and NO_LINK.keys() <= names
    unlinked = {one for one in names if f'"{one}"' not in text and f"'{one}'" not in text}
    made = {f"{start}{sort}" for start in MADE_FROM for sort in SORTS}
    assert unlinked - made - NO_LINK.keys() == set()


def templates():
    return {path.relative_to(ROOT / "templates").as_posix(): path.read_text() for path in ROOT.glob("templates/**/*.*")}


def test_every_address_that_a_template_names_is_there():
    names = set(our_addresses(get_resolver()))
    named = {name for text in templates().values() for name in re.findall(r"{% url ['\"](\w+:\w+)['\"]", text)}
    assert len(named) > 150 and named - names == set()


def test_every_address_that_the_code_names_is_there():
    names = set(our_addresses(get_resolver()))
    called = re.compile(r"(?:reverse|redirect)\(\s*['\"](\w+:\w+)['\"]")
    named = {name for text in product_text() for name in called.findall(text)}
    assert len(named) > 100 and named - names == set()


def test_every_link_to_a_part_of_a_page_has_a_part_to_go_to():
    text = "\n".join(templates().values()) + "\n".join(product_text())
    wanted = set(re.findall(r'href="#([\w\-]+)"', text))
    parts = set(re.findall(r"""\bid=["']([\w\-]+)["']""", text)) | set(re.findall(r"heading_id=['\"]([\w\-]+)", text))
    assert len(wanted) > 10 and wanted - parts == set()


def test_what_is_said_to_have_no_link_is_still_there():
    names = set(our_addresses(get_resolver()))
    assert NO_LINK.keys() <= names
    assert [start for start in MADE_FROM if not any(f"{start}{sort}" in names for sort in SORTS)] == []
