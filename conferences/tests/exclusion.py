"""An exclusion from a conference: what is asked for, decided and written to Dan Pryce."""

from dataclasses import replace

from conferences.convening.actions import exclusions, notify
from conferences.convening.actions.exclusions import ExclusionDecision
from conferences.tests.builders import (
    HELD_ON,
    at,
)
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.documents.models import Document
from cpc.core.documents.text import text_of

CASE = {"asked_by": "The school", "ground": "violence", "evidence": "He threatened the head teacher on 12 November."}
WORDS = {
    "how_heard": "Priya Nandra will visit you on Monday and write down what you want to say about Rosa.",
    "letter_words": "The meeting must be a place where everybody can speak freely.",
    "record_words": "The chair decided that Dan Pryce would not be at the meeting. He gave his views in writing.",
}
WHOLE = ExclusionDecision(meeting="none", no_documents=False, from_on=TODAY, is_safe=True, **WORDS)
PART = replace(WHOLE, meeting="some", arrives_at=at(HELD_ON, 10), leaves_at=at(HELD_ON, 11))
PAPERS = replace(WHOLE, meeting="all", no_documents=True)


def dans(convened):
    return convened.invitation(convened.marlows.rosas_father)


def exclude(convened, decision=WHOLE, by="chair", **case):
    return exclusions.decide_exclusion(
        by=convened.by(by), invitation=dans(convened), **{**CASE, **case}, decision=decision
    )  # fmt: skip


def send(convened):
    return notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)


def letters_to(person):
    return list(Document.objects.filter(recipient_id=person.pk, recipient_kind="person").order_by("pk"))


def words_to(person, kind="exclusion_family"):
    body = Document.objects.defer(None).get(kind=kind, recipient_id=person.pk).body
    return " ".join(text_of(bytes(body)).split())
