"""The restricted texts of one family, from all its conferences. Copying from them to a wider audience needs consent."""

from collections.abc import Callable, Iterable
from functools import cache

from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format

from conferences.disclosure.choices import Audience, InviteeKind
from conferences.disclosure.rules.audience import Readers
from conferences.disclosure.rules.shared_passages import Source
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer, few_seen_by

_TEXTS: list[tuple[Callable, Callable]] = []
UNSEEN = "information on this family’s file that you may not read"


def restricted_texts(rows):
    """Register an app's own restricted texts.

    ``rows(family_id)`` gives the rows, each with ``words`` (its text) and ``readers_are`` (its audience). The decorated
    ``texts(family_id, viewer)`` gives the same rows as Sources, with named readers and a label.
    """

    def register(texts):
        _TEXTS.append((rows, texts))
        return texts

    return register


def joined_text(*fields) -> Concat:
    """The text of several fields, one line each."""
    parts = [part for field in fields for part in (Value("\n"), field)]
    return Concat(*parts[1:], output_field=TextField())


def restricted_words(family_id: int, *, but: str = "") -> list[Source]:
    """Every restricted text of the family, in one query, without labels or named readers.

    Every passage found in ``sources_of`` is also found here. Usually there is none, and the sources need not be read.
    """
    sql, params = _sql_of_every(tuple(rows for rows, _ in _TEXTS))
    with connection.cursor() as cursor:
        cursor.execute(sql, [family_id if one == _FAMILY else one for one in params])
        every = cursor.fetchall()
    return [Source(key, "", Readers(audience), words) for key, words, audience in every if key != but]


_FAMILY = -(2**31)  # is replaced by the family's id in the SQL that is kept


@cache
def _sql_of_every(kinds) -> tuple[str, tuple]:
    """The query and its parameters, made once: making it takes twenty times as long as running it."""
    found = []
    for rows in kinds:
        asked = rows(_FAMILY).order_by()
        key = Concat(Value(f"{asked.model._meta.label_lower}:"), Cast("pk", TextField()), output_field=TextField())
        found.append(asked.annotate(key=key).values_list("key", "words", "readers_are"))
    return found[0].union(*found[1:], all=True).query.sql_with_params()


def sources_of(family_id: int, viewer: Viewer, *, but: str = "") -> list[Source]:
    """Every restricted text of the family that ``viewer`` may be told of, except the row ``but``.

    Outside professionals are told only of texts that they may read: they cannot have copied another one, and a warning
    would reveal that it exists. Staff are told that there is a source, but not what it is.
    """
    is_outside = viewer.kind != "system" and viewer.roles <= {Role.PROFESSIONAL}
    found = [one for _, texts in _TEXTS for one in texts(family_id, viewer) if one.key != but]
    return [one for one in found if one.seen or not is_outside]


def readers_of(audience: str, invitations: Iterable = ()) -> Readers:
    """An audience with its named readers, as the rule takes them."""
    invitations = list(invitations)
    return Readers(
        audience=audience,
        named_family=frozenset(one.pk for one in invitations if one.kind == InviteeKind.FAMILY),
        named_professionals=frozenset(one.pk for one in invitations if one.kind == InviteeKind.PROFESSIONAL),
    )


def ids_seen(viewer: Viewer, rows) -> set[int]:
    """The ids of those of ``rows`` that ``viewer`` may read."""
    model = rows.model
    if viewer.kind == "system":
        return set(rows.values_list("pk", flat=True))
    return set(few_seen_by(viewer, model).filter(pk__in=rows.order_by().values("pk")).values_list("pk", flat=True))


def source(row, text: str, readers: Readers, who: str, on, *, seen) -> Source:
    """A text of ``row`` with the label for a warning: what it is, who wrote it and when."""
    label = f"“{Audience(readers.audience).label}”, {who} on {date_format(on, 'j F Y')}"
    return Source(key_of(row), label if seen else UNSEEN, readers, text, seen=seen)


def key_of(row) -> str:
    """The key of a row in the audit trail: its kind and id."""
    return f"{row._meta.label_lower}:{row.pk}"
