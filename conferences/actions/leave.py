"""A passage of a restricted text enters a wider field only with leave: who gave it, in words, on the trail."""

from dataclasses import dataclass

from conferences.choices import BY_NAME, Audience
from conferences.queries.sources import key_of, readers_of, sources_of
from conferences.rules.audience import CHAIR, IN_CONFIDENCE, Readers, is_within, narrowest
from conferences.rules.provenance import Finding, passages_from, squeeze
from cpc.core.kernel.refusals import Invalid

LONGEST_SHOWN = 160
LONGEST_REASON = 2000


class FromRestricted(Invalid):
    """The text holds passages of texts that fewer people may read; ``narrower`` are readers for whom it could stand."""

    def __init__(self, sentence, field, findings, narrower):
        super().__init__(sentence, field)
        self.findings, self.narrower = findings, narrower


def found_in(by, family_id, texts, readers: Readers, *, already=(), but: str = "", also=()) -> list[Finding]:
    """The passages in any of ``texts`` that fewer than ``readers`` may read where they come from. ``already`` is what
    the same field says as it is saved, for no fewer readers; ``also`` are sources that are only being written.
    """
    if not any(text.strip() for text in texts):
        return []
    sources, stood = [*sources_of(family_id, by, but=but), *also], "\n".join(already)
    return [finding for text in texts for finding in passages_from(text, readers, sources, already=stood)]


def checked(by, family_id, texts, readers: Readers, *, leave="", already=(), but="", also=(), field="text") -> dict:
    """What goes on the trail with the save: the leave, and the rows from which passages come; nothing where there are
    none. Raises FromRestricted where there are, and nobody said whose leave they have. ``texts`` by their fields, where
    they are of several: the first that holds a passage is named; otherwise they are all of ``field``.
    """
    by_field = texts.items() if isinstance(texts, dict) else [(field, text) for text in texts]
    findings = found_in(by, family_id, [text for _, text in by_field], readers, already=already, but=but, also=also)
    if not findings:
        return {}
    if leave.strip():
        return as_trail(findings, leave)
    narrower = narrower_for(readers, findings)
    holds = [name for name, text in by_field if any(one.passage in text for one in findings)]
    raise FromRestricted(in_words(findings), holds[0], findings, narrower)


def as_trail(findings, leave) -> dict:
    """The leave as the event keeps it: never the passage itself."""
    reason = leave.strip()[:LONGEST_REASON]
    return {"reason": reason, "from_restricted": sorted({one.source.key for one in findings})}


def narrower_for(readers: Readers, findings) -> Readers:
    """An audience that is within the one asked for and within every source that may be told of."""
    if not all(finding.source.seen for finding in findings):
        # Its own readers would say what it is.
        return Readers(CHAIR)
    return narrowest([readers, *(finding.source.readers for finding in findings)])


def in_words(findings) -> str:
    """One sentence naming each source with its passage, and what can be done."""
    said, told = [], set()
    for one in findings:
        passage = squeeze(one.passage)
        if one.source.key not in told and passage not in told and len(said) < 3:
            told |= {one.source.key, passage}
            said.append(f"{one.source.label}: “{shortened(one.passage)}”")
    return (
        f"Fewer people may read where this comes from. From {'; and from '.join(said)}. Take it out, choose fewer "
        "readers, or say who gave you leave to share it."
    )


def shortened(passage: str) -> str:
    """A passage as a warning shows it: its beginning, on one line."""
    passage = " ".join(passage.split())
    return passage if len(passage) <= LONGEST_SHOWN else f"{passage[:LONGEST_SHOWN].rstrip()}…"


def stood_before(now: Readers, was: Readers | None, *texts: str) -> tuple[str, ...]:
    """What the field said already, where those who read it now are no more than those who read it then."""
    return texts if was is not None and is_within(now, was) else ()


def is_widened_in_confidence(now: Readers, was: Readers | None) -> bool:
    """Whether what was given in confidence is now for more people than before."""
    return was is not None and was.audience in IN_CONFIDENCE and not is_within(now, was)


@dataclass(frozen=True)
class Held:
    """A note kept for fewer readers than it was typed for: what hinders, and for whom it was typed."""

    findings: tuple[Finding, ...]
    kept_for: str
    typed_for: str

    @property
    def sources(self) -> list[tuple[str, str]]:
        """(the source in words, the passage) of the first few."""
        found = {squeeze(one.passage): (one.source.label, shortened(one.passage)) for one in reversed(self.findings)}
        return list(found.values())[::-1][:3]


def held_back(by, note) -> Held | None:
    """Why the note is kept for fewer than it was typed for; nothing where it is not."""
    if not note.wanted_audience:
        return None
    findings = found_in(by, note.conference.family_id, [note.text], Readers(note.wanted_audience), but=key_of(note))
    return Held(tuple(findings), str(Audience(note.audience).label), str(Audience(note.wanted_audience).label))


def own_words(row_key: str, now: Readers, was: Readers | None) -> str:
    """The row to leave out of the sources: itself, unless it was given in confidence and is widened now."""
    return "" if is_widened_in_confidence(now, was) else row_key


def named_readers(conference, audience: str, named) -> Readers:
    """The readers of an audience with the invitations ``named`` for it; raises Invalid for a stranger."""
    ids = frozenset(named) if audience in BY_NAME else frozenset()
    found = list(conference.invitations.filter(pk__in=ids, withdrawn_at__isnull=True)) if ids else []
    if len(found) != len(ids):
        raise Invalid("Somebody named here is not invited any more. Reload the page and choose again.", "audience")
    return readers_of(audience, found)


def keep_named(record, rows, named) -> None:
    """Inside an act: exactly the invitations ``named`` are the named readers of ``record``."""
    standing = set(rows.values_list("invitation_id", flat=True))
    rows.exclude(invitation__in=named).delete()
    rows.model.objects.bulk_create(
        rows.model(invitation_id=one, **{rows.field.name: record}) for one in sorted(set(named) - standing)
    )
