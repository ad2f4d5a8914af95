"""A person at the service in a real browser: the same few verbs as ``demo.visitor``, and a look at new pages."""

from datetime import date

from demo.visitor import Lost

# Finds by what a person reads: exactly the words, else what begins with them, else what holds them.
FIND = """([kind, words, within]) => {
  const plain = (node) => (node.textContent || node.value || "").replace(/\\s+/g, " ").trim();
  const best = (nodes) => [(t) => t === words, (t) => t.startsWith(words), (t) => t.includes(words)]
    .map((fits) => nodes.find((node) => fits(plain(node)))).find(Boolean);
  const named = "legend, h1, h2, h3, h4, caption, th[scope=row]";
  const group = (scope, title) => {
    const nodes = [...scope.querySelectorAll(named)];
    const heading = [(t) => t === title, (t) => t.startsWith(title), (t) => t.includes(title)]
      .map((fits) => nodes.find((node) => fits(plain(node)))).find(Boolean);
    return heading && heading.closest("fieldset, section, form, tr, table, main, .govuk-summary-card");
  };
  let scope = document;
  for (const title of within) { scope = scope && group(scope, title); }
  if (!scope) return null;
  const button = "button:not([type]), button[type=submit], input[type=submit]";
  const what = { link: "a[href]", button, field: "label[for]" };
  const found = best([...scope.querySelectorAll(what[kind])]);
  return found && kind === "field" ? document.getElementById(found.htmlFor) : found || null;
}"""

UNFOLD = "one => { for (let e = one; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true }"


class Browser:
    """One person's browser window. ``look`` is called with every page that is come to."""

    def __init__(self, page, base_url, name, look=None):
        self.page, self.base_url, self.name, self.look = page, base_url.rstrip("/"), name, look

    # --- Going places -----------------------------------------------------------------------------------------
    def open(self, path, expect=200):
        """Opens ``path``; raises Lost when the answer is not ``expect``."""
        answer = self.page.goto(path if path.startswith("http") else self.base_url + path)
        if answer.status != expect:
            raise Lost(f"{self.name} at {path} got {answer.status}, not {expect}: {self.words[:800]}")
        return self._arrived()

    def refused(self, path):
        """Raises Lost unless ``path`` is kept from this person (403, or 404 where they may not know of it)."""
        answer = self.page.request.get(path if path.startswith("http") else self.base_url + path)
        if answer.status not in (403, 404):
            raise Lost(f"{self.name} at {path} got {answer.status} and should be refused: {answer.text()[:800]}")
        return self

    def download(self, words, within=""):
        """The file behind the link ``words``; the person stays on the page."""
        link = self._find("link", words, within)
        return self.page.request.get(link.evaluate("link => link.href")).body()

    def download_each(self, words):
        """The file behind each link that begins with ``words``; the person stays on the page."""
        links = self.page.locator("main a[href]").filter(has_text=words).evaluate_all("all => all.map(one => one.href)")
        return [self.page.request.get(link).body() for link in links]

    def ways(self, beginning):
        """The addresses that links of the page lead to and that begin so, each once."""
        links = self.page.locator("main a[href]")
        found = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        return list(dict.fromkeys(path for path in found if path.startswith(beginning)))

    def follow(self, words, within=""):
        """Follows the link that reads, or contains, ``words``."""
        return self._go(self._find("link", words, within))

    def press(self, words, within="", expect=200):
        """Presses the button ``words``."""
        return self._go(self._find("button", words, within), expect)

    # --- Filling forms ----------------------------------------------------------------------------------------
    def fill(self, label, value, within=""):
        """Puts ``value`` in the field under ``label``: words, a date (three boxes), an option, or True to tick it."""
        if isinstance(value, date):
            group = (*_titles(within), label)
            for part, number in (("Day", value.day), ("Month", value.month), ("Year", value.year)):
                self._find("field", part, group).fill(str(number))
            return self
        field = self._find("field", label, within)
        self._unfold(field)
        kind = field.evaluate("field => field.type || field.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            field.evaluate("(field, on) => { if (field.checked !== on) field.click() }", bool(value))
        elif kind.startswith("select"):
            options = field.evaluate("field => [...field.options].map(option => option.textContent.trim())")
            field.select_option(label=_best(options, str(value)))
        else:
            field.fill(str(value))
        return self

    def fill_each(self, beginning, value):
        """Writes ``value`` into every text field with a name that begins so."""
        for field in self.page.locator(f"main textarea[name^='{beginning}']").all():
            self._unfold(field)
            field.fill(str(value))
        return self

    def tick_each(self, name, value=""):
        """Ticks every box with this name. With ``value``: every box or radio button that has this value."""
        wanted = f"[value='{value}']" if value else "[type=checkbox]"
        for field in self.page.locator(f"main input[name='{name}']{wanted}").all():
            field.check()
        return self

    def select_each(self, beginning, option):
        """In every list with a name that begins so: the option that holds ``option``, else the first that says one."""
        for field in self.page.locator(f"main select[name^='{beginning}']").all():
            names = field.evaluate("one => [...one.options].map(option => option.textContent.trim())")
            field.select_option(label=next((name for name in names if option in name), names[1]))
        return self

    def choose(self, option, within=""):
        """Takes the option ``option`` (radio or tick box), in the group with the legend ``within`` where given."""
        return self.fill(option, True, within)

    # --- Reading ----------------------------------------------------------------------------------------------
    @property
    def url(self):
        return self.page.url

    @property
    def words(self):
        """What a person reads on the page, in one line: the warnings above it, and the page itself."""
        main = self.page.locator("main")
        read = self.page.locator("section[aria-label=Warnings], main") if main.count() else self.page.locator("body")
        return " ".join(" ".join(read.all_text_contents()).split())

    def sees(self, *texts):
        """Raises Lost unless every one of ``texts`` is on the page."""
        for text in texts:
            if text not in self.words:
                raise Lost(f"{self.name} at {self.url} does not see “{text}”. The page says: {self.words[:1500]}")
        return self

    def offers(self, button, within=""):
        """Whether there is a button ``button``."""
        return self.page.evaluate_handle(FIND, ["button", button, _titles(within)]).as_element() is not None

    def does_not_see(self, *texts):
        """Raises Lost if any of ``texts`` is anywhere in the page, hidden or not."""
        for text in texts:
            if text in self.page.content():
                raise Lost(f"{self.name} at {self.url} sees “{text}”, and must not.")
        return self

    # --- Inside -----------------------------------------------------------------------------------------------
    def _find(self, kind, words, within):
        groups = _titles(within)
        found = self.page.evaluate_handle(FIND, [kind, words, groups]).as_element()
        if found is None:
            raise Lost(f"{self.name} at {self.url} finds no {kind} “{words}” {groups or ''}. {self.words[:1500]}")
        return found

    def _unfold(self, element):
        """What is folded away is opened, as a person would before typing there."""
        element.evaluate(UNFOLD)

    def _go(self, element, expect=200):
        self._unfold(element)
        with self.page.expect_navigation() as navigation:
            element.click()
        answer = navigation.value
        if answer and answer.status != expect:
            raise Lost(f"{self.name} at {self.url} got {answer.status}, not {expect}: {self.words[:800]}")
        return self._arrived()

    def _arrived(self):
        if self.look:
            self.look(self.page)
        return self


def _titles(within):
    return [title for title in ([within] if isinstance(within, str) else within) if title]


def _best(options, words):
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for option in options:
            if fits(option, words):
                return option
    raise Lost(f"There is no option “{words}” among: {'; '.join(options)}")
