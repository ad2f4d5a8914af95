"""A person at the service, over HTTP: opens pages, fills forms by their labels, presses buttons by their words.

Nothing here knows an address of a form or a field's name: what a person cannot read on the page cannot be used.
"""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from datetime import date

from lxml import html


class Lost(Exception):
    """The page is not what the person expected; says which page, what was wanted and what is there."""


class Visitor:
    """One person's browser, with its own cookies. ``name`` is for messages."""

    def __init__(self, base_url: str, name: str):
        self.base_url, self.name = base_url.rstrip("/"), name
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.page, self.url, self.status, self.body = None, "", 0, b""

    # --- Going places -----------------------------------------------------------------------------------------
    def open(self, path: str, expect: int = 200) -> "Visitor":
        """Opens ``path``; raises Lost when the answer is not ``expect``."""
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.base_url + "/", path)), expect)

    def refused(self, path: str) -> "Visitor":
        """Raises Lost unless ``path`` is kept from this person (403, or 404 where they may not know of it)."""
        before = self.page, self.url, self.status, self.body
        self._ask(urllib.request.Request(urllib.parse.urljoin(self.base_url + "/", path)), None)
        if self.status not in (403, 404):
            raise Lost(f"{self.name} at {path} got {self.status} and should be refused: {self.words[:800]}")
        self.page, self.url, self.status, self.body = before
        return self

    def download(self, words: str, within: str = "") -> bytes:
        """The file behind the link ``words``; the person stays on the page."""
        link = self._one(self._scope(within).xpath(".//a[@href]"), words, "link")
        return self.opener.open(urllib.parse.urljoin(self.url, link.get("href")), timeout=60).read()

    def download_each(self, words: str) -> list[bytes]:
        """The file behind each link that begins with ``words``; the person stays on the page."""
        links = [link for link in self.page.xpath("//main//a[@href]") if _plain(link).startswith(words)]
        targets = [urllib.parse.urljoin(self.url, link.get("href")) for link in links]
        return [self.opener.open(target, timeout=60).read() for target in targets]

    def ways(self, beginning: str) -> list[str]:
        """The addresses that links of the page lead to and that begin so, each once."""
        found = (link.get("href") for link in self.page.xpath("//main//a[@href]"))
        return list(dict.fromkeys(path for path in found if path.startswith(beginning)))

    def follow(self, words: str, within: str = "") -> "Visitor":
        """Follows the link with a text that is (or holds) ``words``."""
        links = self._scope(within).xpath(".//a[@href]")
        return self.open(self._one(links, words, "link").get("href"))

    def press(self, words: str, within: str = "", expect: int = 200) -> "Visitor":
        """Presses the button ``words``: sends its form with everything in it."""
        buttons = self._scope(within).xpath(".//button[not(@type) or @type='submit']|.//input[@type='submit']")
        button = self._one(buttons, words, "button")
        form = self._form_of(button)
        values = [(name, value) for name, value in form.form_values() if name]
        if button.get("name"):
            values.append((button.get("name"), button.get("value") or ""))
        target = urllib.parse.urljoin(self.url, button.get("formaction") or form.get("action") or self.url)
        if (form.get("method") or "get").lower() == "get":
            return self.open(f"{target.split('?')[0]}?{urllib.parse.urlencode(values)}", expect)
        data, kind = _encoded(values, form.get("enctype"))
        request = urllib.request.Request(target, data=data, headers={"Content-Type": kind, "Referer": self.url})
        return self._ask(request, expect)

    # --- Filling forms ----------------------------------------------------------------------------------------
    def fill(self, label: str, value, within: str = "") -> "Visitor":
        """Puts ``value`` in the field under ``label``: words, a date (three boxes), an option, or True to tick it."""
        if isinstance(value, date):
            for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
                self._field(part, self._group(label, self._scope(within))).set("value", str(number))
            return self
        field = self._field(label, self._scope(within))
        if field.tag == "select":
            option = self._one(field.xpath(".//option"), str(value), f"option of {label}")
            for other in field.xpath(".//option[@selected]"):
                del other.attrib["selected"]
            option.set("selected", "selected")
        elif field.tag == "textarea":
            field.value = str(value)
        elif field.get("type") in ("checkbox", "radio"):
            self._tick(field, value)
        else:
            field.set("value", str(value))
        return self

    def fill_each(self, beginning: str, value) -> "Visitor":
        """Writes ``value`` into every text field with a name that begins so."""
        for field in self.page.xpath(f"//main//textarea[starts-with(@name, '{beginning}')]"):
            field.value = str(value)
        return self

    def tick_each(self, name: str, value: str = "") -> "Visitor":
        """Ticks every box with this name. With ``value``: every box or radio button that has this value."""
        wanted = f"@value='{value}'" if value else "@type='checkbox'"
        for field in self.page.xpath(f"//main//input[@name='{name}'][{wanted}]"):
            self._tick(field, True)
        return self

    def select_each(self, beginning: str, option: str) -> "Visitor":
        """In every list with a name that begins so: the option that holds ``option``, else the first that says one."""
        for field in self.page.xpath(f"//main//select[starts-with(@name, '{beginning}')]"):
            options = field.xpath("./option")
            wanted = next((one for one in options if option in _plain(one)), options[1])
            for one in options:
                one.attrib.pop("selected", None)
            wanted.set("selected", "selected")
        return self

    def choose(self, option: str, within: str = "") -> "Visitor":
        """Takes the option ``option`` (radio or tick box), in the group with the legend ``within`` where given."""
        return self.fill(option, True, within)

    # --- Reading ----------------------------------------------------------------------------------------------
    @property
    def words(self) -> str:
        """What a person reads on the page, in one line: the warnings above it, and the page itself."""
        warnings, main = self.page.xpath("//section[@aria-label='Warnings']"), self.page.xpath("//main")
        return " ".join(map(_plain, [*warnings, *main] if main else [self.page]))

    def sees(self, *texts: str) -> "Visitor":
        """Raises Lost unless every one of ``texts`` is on the page."""
        for text in texts:
            if text not in self.words:
                raise Lost(f"{self.name} at {self.url} does not see “{text}”. The page says: {self.words[:1500]}")
        return self

    def offers(self, button: str, within="") -> bool:
        """Whether there is a button ``button``."""
        return any(_plain(one).startswith(button) for one in self._scope(within).xpath(".//button"))

    def does_not_see(self, *texts: str) -> "Visitor":
        """Raises Lost if any of ``texts`` is anywhere in the answer, hidden or not."""
        # A text may be in an attribute, or be broken into lines in the page.
        body = f"{self.body.decode(errors='replace')} {self.words}"
        for text in texts:
            if (at := body.find(text)) >= 0:
                raise Lost(
                    f"{self.name} at {self.url} sees “{text}”, and must not: {body[max(at - 200, 0) : at + 100]}"
                )
        return self

    # --- Inside -----------------------------------------------------------------------------------------------
    def _ask(self, request, expect):
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        self.status, self.url, self.body = answer.status, answer.url, answer.read()
        is_page = "html" in (answer.headers.get("Content-Type") or "") and self.body.strip()
        self.page = html.fromstring(self.body, base_url=self.url) if is_page else html.fromstring("<main></main>")
        if expect and self.status != expect:
            raise Lost(f"{self.name} at {self.url} got {self.status}, not {expect}: {self.words[:800]}")
        return self

    def _scope(self, within):
        """The part of the page that ``within`` names: a heading, or headings from the outside in."""
        scope = self.page
        for title in (within,) if isinstance(within, str) else within:
            scope = self._group(title, scope) if title else scope
        return scope

    def _group(self, title, scope):
        named = scope.xpath(".//legend|.//h1|.//h2|.//h3|.//h4|.//caption|.//th[@scope='row']")
        heading = self._one(named, title, "heading")
        return next(
            above
            for above in heading.iterancestors()
            if above.tag in ("fieldset", "section", "form", "table", "tr", "main")
            or "govuk-summary-card" in (above.get("class") or "")
        )

    def _field(self, label, scope):
        labels = scope.xpath(".//label[@for]")
        wanted = self._one(labels, label, "field")
        return self.page.get_element_by_id(wanted.get("for"))

    def _tick(self, field, on):
        if field.get("type") == "radio":
            for other in self._form_of(field).xpath(".//input[@type='radio']"):
                if other.get("name") == field.get("name") and "checked" in other.attrib:
                    del other.attrib["checked"]
        if on:
            field.set("checked", "checked")
        elif "checked" in field.attrib:
            del field.attrib["checked"]

    def _form_of(self, element):
        if element.get("form"):
            return self.page.get_element_by_id(element.get("form"))
        return next(above for above in element.iterancestors() if above.tag == "form")

    def _one(self, found, words, kind):
        """The first that says just ``words``; else the first that begins with them, else the first that holds them."""
        texts = [(one, _plain(one) or one.get("value", "")) for one in found]
        for matches in (str.__eq__, str.startswith, str.__contains__):
            for one, text in texts:
                if matches(text, words):
                    return one
        there = "; ".join(text[:60] for one, text in texts if text)
        raise Lost(f"{self.name} at {self.url} finds no {kind} “{words}”. There are: {there[:900]}. {self.words[:600]}")


def _plain(element) -> str:
    return " ".join(element.text_content().split())


def _encoded(values, enctype):
    """The form's values as the browser would send them; files are never part of the main job."""
    if enctype != "multipart/form-data":
        return urllib.parse.urlencode(values).encode(), "application/x-www-form-urlencoded"
    edge = "----a-form-of-the-main-job"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in values]
    return ("".join(parts) + f"--{edge}--\r\n").encode(), f"multipart/form-data; boundary={edge}"
