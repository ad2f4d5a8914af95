"""What is typed in the meeting: saved with its version, in its own place, for its own readers."""

import pytest

from conferences.convening.choices import Outcome, Section
from conferences.disclosure.choices import Audience
from conferences.meeting.actions import attendance, notes
from conferences.meeting.models import LiveNote
from conferences.meeting.queries.board import NotePlace
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, decide
from cpc.core.accounts.tests.builders import last_event
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState

pytestmark = pytest.mark.django_db
WORRIED = NotePlace(Section.WORRIED)


def note(sitting, text, version=0, place=WORRIED, audience=""):
    return notes.save_note(
        by=sitting.chair, conference=sitting.conference, place=place, text=text, version=version, audience=audience
    )


def test_a_note_is_saved_with_its_version_and_an_act():
    sitting = an_open_sitting()
    assert note(sitting, "Bruises").version == 1
    assert note(sitting, "Bruises on the arm", 1).version == 2
    event = last_event()
    assert (event.act, event.about_id) == ("hold a conference", sitting.conference.pk)
    assert event.details == {"section": "worried"}


def test_a_save_on_an_old_version_returns_both_texts_and_changes_nothing():
    sitting = an_open_sitting()
    note(sitting, "Bruises")
    acts = Event.objects.count()
    with pytest.raises(Stale) as stale:
        note(sitting, "Hunger")
    assert (stale.value.mine, stale.value.theirs, stale.value.version) == ("Hunger", "Bruises", 1)
    assert LiveNote.objects.get().text == "Bruises"
    assert Event.objects.count() == acts


def test_the_same_save_arriving_twice_is_saved_once():
    sitting = an_open_sitting()
    note(sitting, "Bruises")
    assert note(sitting, "Bruises").version == 1


def test_saving_all_keeps_what_can_be_kept_and_refuses_the_rest():
    sitting = an_open_sitting()
    note(sitting, "Bruises")
    typed = [notes.TypedNote(WORRIED, "Hunger"), notes.TypedNote(NotePlace(Section.REASON), "School called")]
    saved, refused = notes.save_notes(by=sitting.chair, conference=sitting.conference, typed=typed)
    assert [each.text for each in saved] == ["School called"]
    assert list(refused) == [WORRIED]


def test_an_empty_note_is_no_note():
    sitting = an_open_sitting()
    assert note(sitting, "  ") is None
    assert not LiveNote.objects.exists()


@pytest.mark.parametrize(
    "place",
    [
        NotePlace("worried", 999999),
        NotePlace("parent_views", None, 999999),
        NotePlace("plan_progress"),
        NotePlace("nonsense"),
    ],
)
def test_nothing_is_written_about_anybody_else(place):
    sitting = an_open_sitting()
    with pytest.raises(Invalid, match="This page has changed"):
        note(sitting, "x", place=place)


def test_what_is_for_professionals_only_is_never_for_everyone():
    sitting = an_open_sitting()
    place = NotePlace(Section.CONFIDENTIAL)
    with pytest.raises(Invalid):
        note(sitting, "Police intelligence", place=place, audience=Audience.EVERYONE)
    assert note(sitting, "Police intelligence", place=place).audience == Audience.PROFESSIONALS


def test_a_note_too_long_or_with_a_null_character_is_answered_in_words():
    sitting = an_open_sitting()
    with pytest.raises(Invalid, match="20,000 characters"):
        note(sitting, "x" * 20_001)
    assert note(sitting, "a\x00b").text == "ab"


def test_nobody_else_writes_a_note_and_nobody_in_a_held_conference():
    sitting = a_quorate_sitting()
    note(sitting, "Bruises")
    for name in ("other_chair", "administrator", "school"):
        with pytest.raises(NotPermitted):
            notes.save_note(
                by=sitting.council.by(name), conference=sitting.conference, place=WORRIED, text="x", version=1
            )
    decide(sitting, outcome=Outcome.NO_PLAN)
    attendance.close(by=sitting.chair, conference=sitting.conference)
    with pytest.raises(WrongState, match="is held"):
        note(sitting, "After", 1)
    with pytest.raises(WrongState):
        note(sitting, "After", place=NotePlace(Section.REASON))


def test_saving_by_itself_and_by_the_button_at_once_is_no_conflict():
    sitting = an_open_sitting()
    by, typed = sitting.chair, notes.TypedNote(NotePlace(Section.REASON), "Fights", 0, Audience.EVERYONE)
    first = notes.save_note(by=by, conference=sitting.conference, place=typed.place, text=typed.text)
    # The button's save had looked before the other was there, as one of two at once does.
    again = notes._create_note(by, sitting.conference, typed, first.saved_at)
    assert (again.pk, again.version) == (first.pk, first.version)
