"""The texts of e-mails: one plain text file each in ``templates/emails``, with the subject on its first line."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template import Context, Engine

_MISSING = "\0"


@dataclass(frozen=True)
class Email:
    """One e-mail: its subject and its body."""

    subject: str
    body: str


def email(name: str, /, **values) -> Email:
    """Make the e-mail ``name`` with these values. Raises KeyError if the text uses a value that was not given."""
    # Plain text: nothing is escaped.
    text = _engine().get_template(f"emails/{name}.txt").render(Context(values, autoescape=False))
    if _MISSING in text:
        raise KeyError(f"the e-mail {name} has a value that was not given")
    subject, _, body = text.partition("\n")
    return Email(subject, re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")


def fixed_words(*names: str) -> set[str]:
    """Every word, in lower case, that these e-mails contain whatever their values are."""
    sources = (_engine().get_template(f"emails/{name}.txt").source for name in names)
    texts = (re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source) for source in sources)
    return {word.strip(".,:").lower() for text in texts for word in text.split()}


@cache
def _engine() -> Engine:
    return Engine(dirs=[settings.BASE_DIR / "templates"], string_if_invalid=_MISSING)
