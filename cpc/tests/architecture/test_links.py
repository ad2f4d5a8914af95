"""Every address of ours is one that a page, a message or a duty leads to."""

import re
from pathlib import Path

from django.conf import settings

from cpc.tests.architecture.addresses import addresses

WITHOUT_A_LINK = {"web:components": "shows the components to those who make pages"}
# The four sorts of entries have addresses alike, which are put together: "families:" + act + sort.
PUT_TOGETHER = re.compile(
    r"families:(add|change|agree|look_again|end)_(protection|must_not_learn|must_not_meet|warning)"
)
PLACES = ("templates", "families", "conferences", "reports", "cpc")


def unlinked(names, texts):
    """The names that no text mentions: in full, or without their app in quotation marks, as helpers take them."""
    found = []
    for name in names:
        short = name.partition(":")[2]
        if not any(name in text or re.search(rf"[\"']{re.escape(short)}[\"']", text) for text in texts):
            found.append(name)
    return found


def _texts():
    for place in PLACES:
        for path in (Path(settings.BASE_DIR) / place).rglob("*"):
            if path.suffix in (".html", ".py") and not {"tests", "urls"} & set(path.parts) and path.name != "urls.py":
                yield path.read_text()


def test_every_address_is_linked_from_somewhere():
    names = {address.name for address in addresses() if address.is_ours and ":" in address.name}
    assert len(names) > 200, "too few addresses were found: this test looks in the wrong place"
    left = {name for name in unlinked(names, list(_texts())) if not PUT_TOGETHER.fullmatch(name)}
    assert left == set(WITHOUT_A_LINK)


def test_an_address_that_nothing_mentions_is_named():
    texts = ['{% url "plans:end" plan.pk %}', 'link(viewer, "book")']
    assert unlinked(["plans:end", "conferences:book", "plans:lost"], texts) == ["plans:lost"]
