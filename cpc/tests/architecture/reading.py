"""What is wrong on any page: links that end in a refusal, numbers that do not fit their word, words said twice.

They run with the tests of the grid, on the pages that its people opened.
"""

import html
import re

from django.urls import Resolver404, resolve

from cpc.tests.examples import is_thorough

ONE_OF_MANY = re.compile(
    r"\b(?:1|one) (children|people|days|weeks|months|reports|copies|letters|records|entries|families|adults|agencies"
    r"|conferences|messages|replies|files|pages|results|invitations|plans|actions|reviews)\b", re.IGNORECASE
)  # fmt: skip
TWICE = re.compile(r"\b([A-Za-z]{3,}) \1\b")
MAY_BE_TWICE = {"that"}


class Reading:
    """Tests that read the pages of the grid. ``TestTheGrid`` inherits them."""

    def test_no_link_ends_in_a_refusal(self):
        from cpc.tests.architecture import test_grid as grid

        lines, tried = [], 0
        for who in grid.WORKERS:
            answers = {said.path: said.status for said in grid.round_of_their_own(who) if said.method == "get"}
            seen = set()
            for said in grid.round_of_their_own(who):
                if said.method == "post" or said.status != 200:
                    continue
                for link in links(said.text):
                    path, mark, query = link.partition("?")
                    name, parameters = name_of(path), mark + query
                    if name is None or (not is_thorough() and (said.name, name) in seen):
                        continue
                    seen.add((said.name, name))
                    if answers.get(path, 404) in grid.SHUT:  # perhaps only without the parameters of the link
                        answers[path] = grid.visitor(who).open(name, path + parameters).status
                    tried += 1
                    if answers[path] in grid.SHUT:
                        lines.append(f"{said}: its link to {path} ends in {answers[path]}")
        assert tried > 500, "too few links: this looks in the wrong place"
        grid.wrong(lines)

    def test_no_page_has_a_number_that_does_not_fit_its_word_or_a_word_twice(self):
        from cpc.tests.architecture import test_grid as grid

        lines = []
        for who in grid.WORKERS:
            for said in grid.round_of_their_own(who):
                for found in wrong_words(said.text):
                    lines.append(f"{said}: {found}")
        grid.wrong(lines)

    def test_every_link_back_names_the_page_it_leads_to(self):
        from cpc.tests.architecture import test_grid as grid

        lines, seen = [], 0
        for who in grid.WORKERS:
            for said in grid.round_of_their_own(who):
                for name in re.findall(r'class="govuk-back-link">([^<]*)<', said.text if said.status == 200 else ""):
                    seen += 1
                    lines += [f"{said}: its link back says “{name}”"] if name.strip() in ("", "Back") else []
        assert seen > 100, "too few links back: this looks in the wrong place"
        grid.wrong(lines)


def links(text) -> list[str]:
    """The addresses of ours that the links of a page lead to."""
    found = re.findall(r'<a\b[^>]*\bhref="(/[^"#]*)', text.partition("<main")[2])
    return list(dict.fromkeys(html.unescape(one) for one in found))


def name_of(path):
    """The name of the page of ours at this address; None for what is no page of ours."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.view_name if hasattr(found.func, "guarded_by") else None


def wrong_words(text) -> list[str]:
    """Where a page says "1 children", or one word twice, in one run of text."""
    found = []
    for run in re.split(r"<[^>]+>", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", text.partition("<main")[2])):
        run = " ".join(html.unescape(run).split())
        found += [one.group() for one in ONE_OF_MANY.finditer(run)]
        found += [one.group() for one in TWICE.finditer(run) if one[1].lower() not in MAY_BE_TWICE]
    return found
