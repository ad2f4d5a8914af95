"""The letter engine: each letter is one frozen dataclass and one template of the same name.

The dataclass lists everything that the letter may reveal, so it holds plain values only. Nothing here depends on a
particular letter, family or conference.
"""

import hashlib
import re
import types
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from cpc.core.documents.scripts import BREAK, END, ISOLATE, ready_to_print
from cpc.core.documents.text import from_html
from cpc.core.kernel.refusals import Invalid

PLAIN = (str, int, bool, date, time, datetime, type(None))


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The sender: the words at the head of every page, all local."""

    authority_name: str
    service_name: str
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    text: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """The reader: the name, and the lines for the envelope’s window (none unless somebody chose them). ``on_envelope``
    is the name in the window, where it says less than the name inside the letter.
    """

    name: str
    lines: tuple[str, ...] = ()
    on_envelope: str = ""

    @property
    def name_in_window(self) -> str:
        """The name that can be read on the outside."""
        return self.on_envelope or self.name


_register: dict[str, type["Letter"]] = {}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What every letter has. A subclass adds the fields that it may reveal; nothing else can reach its template.

    ``name`` and ``template`` come from the module’s name: ``reports/outgoing/letters/decision_family.py`` uses
    ``letters/decision_family.html``. ``title`` is a plain string on the class, or a property.
    """

    name: ClassVar[str] = ""
    template: ClassVar[str] = ""
    title: ClassVar[str] = ""
    language: ClassVar[str] = "en-GB"

    letterhead: Letterhead
    addressee: Addressee
    dated_on: date
    reference: str = ""
    marking: str = "Confidential"
    large_print: bool = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "name" not in cls.__dict__:
            cls.name = cls.__module__.rsplit(".", 1)[-1]
        if "template" not in cls.__dict__:
            cls.template = f"letters/{cls.name}.html"
        other = _register.get(cls.name)
        if other and (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two letters are called {cls.name}: {other.__module__} and {cls.__module__}")
        _register[cls.name] = cls

    def __post_init__(self):
        _check_plain(self, type(self).__name__)


def letter_called(name: str) -> type[Letter]:
    """The letter class with this name. Raises Invalid if this version of the software has none."""
    try:
        return _register[name]
    except KeyError:
        raise Invalid(f"There is no letter called “{name}” in this version of the software.") from None


def values(letter: Letter) -> dict[str, Any]:
    """The letter’s fields as a dict for JSON. ``rebuild`` makes an equal letter from it."""
    _check_plain(letter, type(letter).__name__)
    return _to_json(letter)


def rebuild(name: str, stored: dict[str, Any]) -> Letter:
    """The letter that ``values`` was called with."""
    return _from_json(letter_called(name), stored)


def render_html(letter: Letter, *, draft: bool = False) -> str:
    """The letter as HTML, the source of both the preview and what is sent."""
    _check_plain(letter, type(letter).__name__)
    own = {field.name: getattr(letter, field.name) for field in fields(letter)}
    context = Context(
        {**own, "letter": letter, "title": str(letter.title), "language": letter.language, "draft": draft}
    )
    # Dates are in the letter's language, not in the language of the request.
    with translation.override(letter.language.lower()):
        return ready_to_print(_engine(_folders()).get_template(letter.template).render(context))


def render_pdf(letter: Letter, *, draft: bool = False) -> bytes:
    """The letter as a tagged PDF/UA-1 file. A draft says so on every page."""
    return to_pdf(render_html(letter, draft=draft))


def to_pdf(html: str) -> bytes:
    """The PDF of a letter’s HTML. The same HTML makes the same bytes."""
    from cpc.core.documents import pdf  # WeasyPrint needs Debian's libraries: loaded only when a letter is made

    return pdf.to_pdf(html)


def flowing_text(letter: Letter) -> str:
    """The letter’s words without page ends, which could cut an address in two, and without the signs that end a line
    or set apart a name that is written from right to left.
    """
    return re.sub(f"[{BREAK}{ISOLATE}{END}]", "", from_html(render_html(letter)))


def template_version(letter_class: type[Letter]) -> str:
    """A short hash that changes when the letter’s template, its base or the print style changes."""
    root = Path(settings.BASE_DIR)
    folder = root / "templates" / "letters"
    shared = sorted(folder.glob("base*.html")) + sorted(folder.glob("parts/*.html"))
    digest = hashlib.sha256()
    styles = sorted((root / "static" / "letters").glob("*.css"))
    for path in [root / "templates" / letter_class.template, *shared, *styles]:
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class _MissingVariable(str):
    """Replaces a template variable that the letter does not have: it raises, so it can never be printed."""

    def __contains__(self, part):
        return part == "%s" or super().__contains__(part)

    def __mod__(self, missing):
        raise LookupError(f"the letter's template asks for “{missing}”, which the letter does not have")


def _folders() -> tuple[Path, ...]:
    return (Path(settings.BASE_DIR) / "templates", *map(Path, getattr(settings, "LETTER_TEMPLATE_DIRS", ())))


@cache
def _engine(folders: tuple[Path, ...]) -> Engine:
    # A separate engine: no request, only Django's own tag libraries, and a missing variable is an error.
    return Engine(dirs=folders, autoescape=True, string_if_invalid=_MissingVariable("%s"))


def _check_plain(value: Any, where: str) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        if not type(value).__dataclass_params__.frozen:
            raise TypeError(f"{where} must be a frozen dataclass")
        for field in fields(value):
            _check_plain(getattr(value, field.name), f"{where}.{field.name}")
    elif type(value) is tuple:
        for number, item in enumerate(value):
            _check_plain(item, f"{where}[{number}]")
    elif type(value) not in PLAIN:
        # Exact types: a subclass of str may be "safe" HTML that is not escaped, or a choice that holds more.
        raise TypeError(f"{where} is {type(value).__name__}: a letter holds plain values only")


def _to_json(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value


def _from_json(kind: Any, stored: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if stored is None:
            return None
        kind = next(option for option in get_args(kind) if option is not type(None))
        return _from_json(kind, stored)
    if origin is tuple:
        inside = get_args(kind)
        if inside[-1] is Ellipsis:
            return tuple(_from_json(inside[0], item) for item in stored)
        return tuple(_from_json(each, item) for each, item in zip(inside, stored, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        # A field added in a later version gets its default; a field that was removed is ignored.
        return kind(**{f.name: _from_json(hints[f.name], stored[f.name]) for f in fields(kind) if f.name in stored})
    if kind in (date, time, datetime) and stored is not None:
        return kind.fromisoformat(stored)
    return stored
