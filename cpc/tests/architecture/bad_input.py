"""No page answers 500, whatever is sent to it, and what was typed beside it is still there: every form of every page,
filled in as a person would, with what nobody should type into one field. They run with the tests of the grid.
"""

import html
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from urllib.parse import quote_plus

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tinyhtml5.parser import HTMLParser

from cpc.core.accounts.tests.builders import TODAY
from cpc.core.web.idempotency import FIELD
from cpc.tests.architecture.places import ROOT, our_files
from cpc.tests.examples import is_thorough

HUGE = "9" * 5000
UNSEEN = ["\x00", "bell\x07 and escape\x1b[2J", "\ud800", "a\u202eb\u2066c", "\ufeff"]
TEXTS = ["", "x" * 70_000, "<b>\"'&{{ x }}", "-1", "²", *UNSEEN]
CHOICES = ["", HUGE, "-1", "0", "abc", "\x00", "1\u0661", "\ud800"]
DATES = [("", "", ""), ("0", "0", "0"), ("31", "12", "9999"), ("31", "2", "2026"), ("1", "1", "1"), (HUGE, "1", "2026"),
         ("\x00", "²", "\ud800"), ("1", "1", "1e3"), ("-1", "-1", "-1")]  # fmt: skip
COUNTS = [None, "", "-1", "abc", HUGE, "1000000", "\x00"]
FILES = [
    ("a.pdf", b""), ("a.pdf", b"Not a PDF"), ("a.exe", b"MZ\x90\x00"), ("a\x00\u202e.pdf", b"%PDF-1.7\n%%EOF"),
    ("a.docx", b"PK\x03\x04"), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.csv", b"\xff\xfe\x00"), ("a.xml", b"<a><b>"),
]  # fmt: skip
URLENCODED = "application/x-www-form-urlencoded"
SHOWN_AGAIN = {200, 422}
REFUSALS = {*SHOWN_AGAIN, 400, 409}
ANOTHER = "another"  # the button that only adds empty boxes
ASKS_FIRST = "/corrections/"  # shows what a correction changes, and is sent again to do it
QUERIES = ["", "0", "-1", "abc", HUGE, "\x00", "\ud800", "0000-00-00", "9999-12-31", "2026-02-31T25:61", "a\u202eb"]


@dataclass
class Field:
    """One name of a form, with what a browser would send, and the bad values of its kind."""

    name: str
    kind: str
    values: list = field(default_factory=list)

    @property
    def bad(self):
        if self.name.endswith("_FORMS"):
            return COUNTS
        if self.kind == "date":
            return DATES
        if self.kind == "file":
            return FILES
        return CHOICES if self.kind in ("radio", "checkbox", "select", "hidden") else TEXTS


@dataclass
class PageForm:
    """A form that is posted: where to, and its fields by name."""

    action: str
    fields: dict

    @property
    def shape(self):
        """What makes it the same form as on another page."""
        return re.sub(r"\d+", "", self.action), tuple(sorted({re.sub(r"\d+", "", name) for name in self.fields}))

    def data(self, bad=None, value=None, *, only_hidden=False):
        """What is sent: [(name, value)]. ``bad`` is the field that holds ``value`` instead of what is plausible."""
        sent = [("csrfmiddlewaretoken", "any")]
        for each in self.fields.values():
            if each is bad:
                sent += _instead(each, value)
            elif each.kind != "file" and (not only_hidden or each.kind == "hidden"):
                sent += [(name, one) for name, one in each.values]
        return sent

    def typed(self, bad=None):
        """The words of our own in the fields in which somebody types freely, but for ``bad``."""
        fields = [each for each in self.fields.values() if each is not bad]
        return {one for each in fields for _, one in each.values if one.startswith("Typed words ")}


def _instead(each, value):
    if each.kind == "date":
        return [(f"{each.name}_{part}", one) for part, one in zip(("day", "month", "year"), value, strict=True)]
    if value is None or each.kind == "file":
        return []
    return [(each.values[0][0] if each.values else each.name, value)]


def posted_forms(text, path) -> list[PageForm]:
    """The forms of a page that are posted, without those of every page, such as signing out."""
    main = text.partition("<main")[2]
    if 'method="post"' not in main.lower():
        return []
    tree = HTMLParser(namespace_html_elements=False).parse(f"<!DOCTYPE html><title>x</title><main{main}")
    return [
        PageForm(form.get("action") or path, _fields(form))
        for form in tree.iter("form")
        if (form.get("method") or "").lower() == "post"
    ]


def _fields(form):
    found, number = {}, count(1)
    for each in form.iter():
        name = each.get("name") if each.tag in ("input", "select", "textarea", "button") else None
        kind = each.get("type", "submit" if each.tag == "button" else "text")
        kind = kind if each.tag in ("input", "button") else each.tag
        if not name or name in ("csrfmiddlewaretoken", FIELD, ANOTHER) or kind == "button":
            continue
        if name.rpartition("_")[2] in ("day", "month", "year") and kind == "text":
            whole, _, part = name.rpartition("_")
            day = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}[part]
            date = found.setdefault(whole, Field(whole, "date"))
            date.values.append((name, each.get("value") or str(day)))
        elif kind in ("radio", "checkbox"):
            known = found.setdefault(name, Field(name, kind, [(name, each.get("value") or "on")]))
            if each.get("checked") is not None:
                known.values = [(name, each.get("value") or "on")]
        elif kind == "select":
            options = [one for one in each.iter("option") if one.get("value")]
            chosen = [one for one in options if one.get("selected") is not None] or options
            found[name] = Field(name, kind, [(name, one.get("value")) for one in chosen[:1]])
        elif kind == "submit":  # pressed only where no other button sends the form
            if all(one.get("name") for one in form.iter("button")):
                found.setdefault("", Field("", "hidden", [(name, each.get("value") or "")]))
        else:
            found[name] = Field(name, kind, [(name, _plausible(each, kind, name, number))] if kind != "file" else [])
    return found


def _plausible(each, kind, name, number):
    given = each.get("value") or ("".join(each.itertext()).strip() if each.tag == "textarea" else "")
    if given or kind == "hidden":
        return given
    for part, value in (("email", "ann@example.org"), ("postcode", "ZZ1 1AA"), ("phone", "020 7946 0000"),
                        ("time", "10am"), ("_at", "10am"), ("minutes", "30"), ("number", "12")):  # fmt: skip
        if part in name or kind == part:
            return value
    return f"Typed words {next(number)}, five or more of them"


def encoded(pairs) -> bytes:
    """As a browser sends a form, with a lone half of a character as its three bytes."""
    return "&".join(f"{quote_plus(n)}={quote_plus(v, errors='surrogatepass')}" for n, v in pairs).encode()


@cache
def query_names():
    """Every name that a view of ours reads from the address."""
    found = set()
    for path in our_files():
        if "tests" not in path.parts:
            found |= set(re.findall(r"GET(?:\.get\(|\.getlist\(|\[)\s*\"(\w+)\"", (ROOT / path).read_text()))
    return sorted(found | {"chair", "room"})


def lost(form, bad, text) -> list[str]:
    """The words of ``form`` that the answer does not show again."""
    shown = html.unescape(text)
    return sorted(words for words in form.typed(bad) if words not in shown)


class BadInput:
    """Tests that send bad input to the pages of the grid. ``TestTheGrid`` inherits them."""

    def test_no_form_breaks_and_what_was_typed_beside_a_bad_answer_is_still_there(self):
        from cpc.tests.architecture import test_grid as grid

        turn, seen, lines = count(), set(), []
        for who, page in self._pages():
            for form in posted_forms(page.text, page.path):
                if form.shape in seen:
                    continue
                seen.add(form.shape)
                lines.append(_answer(who, form, encoded(form.data(only_hidden=True))))
                fields = list(form.fields.values())
                turns = 3 * len(fields) if is_thorough() else min(2, len(fields))
                for _ in range(turns):
                    number = next(turn)
                    bad = fields[number % len(fields)]
                    lines.append(_sent_with(who, form, bad, bad.bad[number // len(fields) % len(bad.bad)]))
        assert len(seen) > 100, "too few forms: this looks in the wrong place"
        grid.wrong(lines)

    def test_no_page_breaks_on_what_its_address_asks_for(self):
        from cpc.tests.architecture import test_grid as grid

        turn, lines = count(), []
        for who, page in self._pages():
            for value in QUERIES if is_thorough() else [QUERIES[next(turn) % len(QUERIES)]]:
                asked = encoded([(name, value) for name in query_names()]).decode()
                lines.append(_answer(who, None, None, f"{page.path}?{asked}"))
        assert len(lines) > 150, "too few pages: this looks in the wrong place"
        grid.wrong(lines)

    def _pages(self):
        """(who, what they were answered) of each page of the grid, once, for the first who may open it."""
        from cpc.tests.architecture import test_grid as grid

        seen = set()
        for who in (*grid.WORKERS, "system_administrator"):
            for said in grid.round_of_their_own(who):
                if said.method == "get" and said.status == 200 and "<main" in said.text and said.name not in seen:
                    seen.add(said.name)
                    yield grid.visitor(who), said


def _sent_with(who, form, bad, value):
    """The line about a form with one bad answer, if there is one."""
    if bad.kind != "file":
        return _answer(who, form, encoded(form.data(bad, value)), bad=bad, value=value)
    sent = dict(form.data(bad)) | {bad.name: SimpleUploadedFile(*value)}
    return _answer(who, form, encode_multipart(BOUNDARY, sent), kind=MULTIPART_CONTENT, bad=bad, value=value)


def _answer(who, form, body, path="", kind=URLENCODED, bad=None, value=""):
    """A line for the report where a page broke, said nothing of what is wrong, or lost what was typed."""
    who.client.raise_request_exception = False
    with transaction.atomic():
        if form is None:
            answer = who.client.get(path)
        else:
            answer = who.client.generic("POST", form.action, body, content_type=kind)
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    where = (
        f"{who.who}: {path[:90] or form.action} {bad.name if bad else 'nothing'}={value!r:.40}: {answer.status_code}"
    )
    if answer.status_code >= 500:
        return f"{where} {answer.exc_info[1]!r:.200}" if getattr(answer, "exc_info", None) else where
    if bad is None or answer.status_code not in REFUSALS:
        return ""
    is_said = "There is a problem" in text or ASKS_FIRST in form.action or bad.name.endswith("_FORMS")
    if answer.status_code == 200 and not is_said:
        return f"{where}: no sentence says what is wrong"
    gone = lost(form, bad, text) if answer.status_code in SHOWN_AGAIN else []
    return f"{where}: lost {gone}" if gone else ""
