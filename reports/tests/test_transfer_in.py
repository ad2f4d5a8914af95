"""The decision letter and record call a transfer-in conference by its name."""

from types import SimpleNamespace

from conferences.convening.choices import ConferenceKind
from conferences.convening.models import Conference
from reports.outgoing.letters.parts.paragraphs import kind_words


def test_the_record_and_the_decision_letter_call_it_a_conference_after_a_move():
    facts = SimpleNamespace(conference=Conference(kind=ConferenceKind.TRANSFER_IN))
    assert kind_words(facts) == "child protection conference after a move to this area"
