"""Copying words of a restricted text to a wider audience needs permission. The audit trail records who gave it.

Each action that saves a text makes a Disclosure: the text before, the text now and its audience. It gives all of one
save to ``require_permission_to_share`` before it opens its act.
"""

from dataclasses import dataclass

from conferences.disclosure.choices import BY_NAME, Audience
from conferences.disclosure.queries import key_of, readers_of, restricted_words, sources_of
from conferences.disclosure.rules.audience import CHAIR, IN_CONFIDENCE, Readers, is_within, narrowest
from conferences.disclosure.rules.shared_passages import SharedPassage, Source, folded_letters, passages_from
from cpc.core.kernel.refusals import Invalid

LONGEST_SHOWN = 160
LONGEST_REASON = 2000


class RestrictedTextCopied(Invalid):
    """The text holds passages that fewer people may read. ``narrower`` is an audience that could read it without
    consent.
    """

    def __init__(self, sentence, field, findings, narrower):
        super().__init__(sentence, field)
        self.findings, self.narrower = findings, narrower


EVERYBODY = Readers()


@dataclass(frozen=True)
class Before:
    """The earlier text of a field, and who could read it."""

    text: str
    readers: Readers = EVERYBODY


@dataclass(frozen=True)
class Disclosure:
    """A text to be saved: its words by field, who may read them, and the earlier texts.

    ``row`` is the key of the row that holds it (``key_of``). ``label`` is the label of a part with its own audience:
    its words are restricted for the other texts of the same save.
    """

    texts: dict[str, str]
    readers: Readers = EVERYBODY
    before: tuple[Before, ...] = ()
    row: str = ""
    label: str = ""

    @property
    def already_shared(self) -> str:
        """The earlier texts that had at least these readers. Repeating them shares nothing new."""
        return "\n".join(one.text for one in self.before if is_within(self.readers, one.readers))

    @property
    def left_out(self) -> str:
        """The row to leave out of the sources: the text's own row, unless it was given in confidence and is now
        widened.
        """
        was = [one.readers for one in self.before if one.readers.audience in IN_CONFIDENCE]
        return self.row if all(is_within(self.readers, one) for one in was) else ""

    def as_sources(self) -> list[Source]:
        """The words of this part as a restricted text for the other texts of the same save."""
        if not self.label:
            return []
        return [Source(self.row or self.label, self.label, self.readers, "\n".join(self.texts.values()))]


def require_permission_to_share(by, family_id, *disclosures: Disclosure, consent: str = "") -> dict:
    """The audit details of a save: the consent, and the rows that passages come from. Empty if there are none.

    Raises RestrictedTextCopied for the first text that holds a restricted passage, if ``consent`` is empty.
    """
    found = []
    for one in disclosures:
        also = [source for other in disclosures if other is not one for source in other.as_sources()]
        findings = restricted_passages(by, family_id, one, also)
        if findings and not consent.strip():
            holds = [name for name, text in one.texts.items() if any(each.passage in text for each in findings)]
            raise RestrictedTextCopied(in_words(findings), holds[0], findings, narrower_for(one.readers, findings))
        found += findings
    return audit_details(found, consent) if found else {}


def restricted_passages(by, family_id, disclosure: Disclosure, also=()) -> list[SharedPassage]:
    """The passages of ``disclosure`` that come from a text with fewer readers. ``also`` are sources not saved yet."""
    texts = [text for text in disclosure.texts.values() if text.strip()]
    if not texts:
        return []
    already, left_out = disclosure.already_shared, disclosure.left_out

    def passages(sources):
        return [one for text in texts for one in passages_from(text, disclosure.readers, sources, already=already)]

    if not passages([*restricted_words(family_id, but=left_out), *also]):
        return []
    return passages([*sources_of(family_id, by, but=left_out), *also])


def audit_details(findings, consent: str) -> dict:
    """The consent and the source rows for the event, without the passage itself. Raises Invalid if the consent is too
    long.
    """
    reason = consent.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            f"Say in at most {LONGEST_REASON:,} characters who gave permission; this has {len(reason):,}.", "consent"
        )
    return {"reason": reason, "from_restricted": sorted({one.source.key for one in findings})}


def narrower_for(readers: Readers, findings) -> Readers:
    """An audience within the chosen one and within every source of ``findings``. If a source may not be revealed, the
    chair alone.
    """
    if not all(finding.source.seen for finding in findings):
        # Its audience would reveal what it is.
        return Readers(CHAIR)
    return narrowest([readers, *(finding.source.readers for finding in findings)])


def in_words(findings) -> str:
    """One sentence with each source and its passage, and what can be done."""
    said, told = [], set()
    for one in findings:
        passage = folded_letters(one.passage)
        if one.source.key not in told and passage not in told and len(said) < 3:
            told |= {one.source.key, passage}
            said.append(f"{one.source.label}: “{shortened(one.passage)}”")
    return (
        f"Fewer people may read where this comes from. From {'; and from '.join(said)}. Take it out, choose fewer "
        "readers, or say who gave permission to share it."
    )


def shortened(passage: str) -> str:
    """A passage for a warning: its beginning, on one line."""
    passage = " ".join(passage.split())
    return passage if len(passage) <= LONGEST_SHOWN else f"{passage[:LONGEST_SHOWN].rstrip()}…"


@dataclass(frozen=True)
class HeldNote:
    """A note saved for fewer readers than were chosen: the passages, the saved audience and the chosen one."""

    findings: tuple[SharedPassage, ...]
    saved_for: str
    chosen_for: str

    @property
    def sources(self) -> list[tuple[str, str]]:
        """(the source in words, the passage) of the first few."""
        found = {
            folded_letters(one.passage): (one.source.label, shortened(one.passage)) for one in reversed(self.findings)
        }
        return list(found.values())[::-1][:3]


def hold_reason(by, note) -> HeldNote | None:
    """Why the note is saved for fewer readers than were chosen; None if it is not."""
    if not note.wanted_audience:
        return None
    typed = Disclosure({"text": note.text}, Readers(note.wanted_audience), row=key_of(note))
    findings = restricted_passages(by, note.conference.family_id, typed)
    return HeldNote(tuple(findings), str(Audience(note.audience).label), str(Audience(note.wanted_audience).label))


def named_readers(conference, audience: str, named) -> Readers:
    """The readers of an audience with the invitations ``named`` for it. Raises Invalid if somebody is not invited."""
    ids = frozenset(named) if audience in BY_NAME else frozenset()
    found = list(conference.invitations.filter(pk__in=ids, withdrawn_at__isnull=True)) if ids else []
    if len(found) != len(ids):
        raise Invalid("Someone named here is no longer invited. Reload the page and choose again.", "audience")
    return readers_of(audience, found)


def set_named_readers(record, rows, named) -> None:
    """Make exactly the invitations ``named`` the named readers of ``record``. Call inside an act."""
    existing = set(rows.values_list("invitation_id", flat=True))
    rows.exclude(invitation__in=named).delete()
    rows.model.objects.bulk_create(
        rows.model(invitation_id=one, **{rows.field.name: record}) for one in sorted(set(named) - existing)
    )
