"""What people have judged of what one reader gets. Nothing judged for one reader is ever read for another."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from cpc.core.documents.models import FileLook, HarmlessPassage, Override, SecondLook
from cpc.core.documents.readers import Recipient, reference_to


@dataclass(frozen=True)
class Judged:
    """What holds for one reader and one text: passages judged harmless, and stops that a second person overrode."""

    harmless: dict[tuple[str, str], HarmlessPassage]
    overrides: dict[str, Override]

    def overridden(self, not_by: frozenset[int] = frozenset()) -> frozenset[str]:
        """The stops that were overridden by anybody but these."""
        return frozenset(key for key, one in self.overrides.items() if one.agreed and one.by_id not in not_by)


def of_reader(recipient: Recipient) -> dict:
    """The reader as the judgements keep them. Who has no number of their own is told by their name."""
    found = {"recipient_kind": recipient.kind, "recipient_id": recipient.id}
    return found if recipient.id is not None else {**found, "recipient_name": recipient.name}


def whole_reader(recipient: Recipient) -> dict:
    """The reader's columns of a new judgement."""
    return {"recipient_kind": recipient.kind, "recipient_id": recipient.id, "recipient_name": recipient.name}


def judged_for(recipient: Recipient, text_hash: str) -> Judged:
    """Everything judged for this reader: passages in whatever document, overrides of exactly this text (2 queries)."""
    reader = of_reader(recipient)
    return Judged(
        {(one.finding_key, one.passage_hash): one for one in HarmlessPassage.objects.filter(**reader).order_by("pk")},
        {one.finding_key: one for one in Override.objects.filter(text_hash=text_hash, **reader).order_by("pk")},
    )


class JudgedForMany:
    """What holds for each of many readers, read at once (2 queries)."""

    def __init__(self, recipients):
        kinds = {one.kind for one in recipients}
        ids = {one.id for one in recipients}
        names = {one.name for one in recipients}
        some = Q(recipient_id__in=ids - {None}) | Q(recipient_id__isnull=True, recipient_name__in=names)
        self.harmless, self.overrides = defaultdict(dict), defaultdict(dict)
        for one in HarmlessPassage.objects.filter(some, recipient_kind__in=kinds).order_by("pk"):
            self.harmless[reader_key(one)][one.finding_key, one.passage_hash] = one
        for one in Override.objects.filter(some, recipient_kind__in=kinds).order_by("pk"):
            self.overrides[reader_key(one), one.text_hash][one.finding_key] = one

    def __call__(self, recipient: Recipient, text_hash: str) -> Judged:
        """The same as ``judged_for``, without a query."""
        key = (recipient.kind, recipient.id, recipient.name if recipient.id is None else "")
        return Judged(self.harmless[key], self.overrides[key, text_hash])


def reader_key(one) -> tuple:
    """Whose a judgement is, or a document: the same for both where they are about the same reader."""
    return one.recipient_kind, one.recipient_id, one.recipient_name if one.recipient_id is None else ""


def second_looks_at(about, recipient: Recipient, text_hash: str, kept: frozenset[str]) -> list[SecondLook]:
    """Everybody's looks at exactly this text for this reader, opened or checked, who knew of everything that is
    ``kept`` from them now."""
    about = about if isinstance(about, dict) else reference_to(about)
    looks = SecondLook.objects.filter(text_hash=text_hash, **about, **of_reader(recipient))
    return [one for one in looks.order_by("pk") if one.knew_of(kept)]


def look_at(sha256: str, recipient: Recipient, kept: frozenset[str]) -> FileLook | None:
    """The last look of anybody at this file for this reader, who knew of everything that is ``kept`` from them now."""
    looks = FileLook.objects.filter(sha256=sha256, **of_reader(recipient)).order_by("-pk")
    return next((one for one in looks if one.knew_of(kept)), None)
