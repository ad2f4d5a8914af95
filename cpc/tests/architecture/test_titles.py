"""The title of a page about somebody says who, so that open pages are told apart; the shared screen names nobody."""

import re

from cpc.tests.architecture.places import ROOT

TITLE = re.compile(r"{% block title %}(.*?){% endblock", re.DOTALL)
ABOUT = re.compile(r"\{\{ ?(?:conference|family|record|file|invitation|child|copy|person|plan|meeting)\b")
# Pages that name somebody in a row, and are about many or about the reader.
OF_MANY = {
    "accounts/hand_overs.html", "accounts/users.html", "conferences/posts.html", "families/families_alike.html",
    "families/list.html", "families/search.html", "reports/mine.html", "work/home.html",
}  # fmt: skip
SHARED_SCREEN = "conferences/meet/room.html"


def titles():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        if found := TITLE.search(text):
            yield path.relative_to(ROOT / "templates").as_posix(), found[1], text


def test_the_title_of_a_page_about_somebody_says_who():
    plain = {name for name, title, text in titles() if "{{" not in title and ABOUT.search(text)}
    assert plain == OF_MANY


def test_the_title_of_the_shared_screen_names_nobody():
    [title] = [title for name, title, _ in titles() if name == SHARED_SCREEN]
    assert "{" not in title


def test_every_page_says_first_in_its_title_that_there_is_an_error():
    base = (ROOT / "templates/layouts/base.html").read_text()
    title = base[base.index("<title>") : base.index("</title>")]
    assert "form.errors" in title and title.index("Error:") < title.index("block title")
    # A page with a title of its own beside the one layout would not say so; "plain" has no form.
    own = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if "<title>" in path.read_text()
    }
    assert own == {"layouts/base.html", "layouts/plain.html", "letters/base.html"}


def test_no_two_pages_have_one_plain_title():
    plain = [title.strip() for _, title, _ in titles() if "{{" not in title and title.strip()]
    twice = {title for title in plain if plain.count(title) > 1}
    assert not twice
