"""The live page: the queries of a save and of a poll, and what a poll returns."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.convening.choices import Section
from conferences.disclosure.choices import Audience
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace, notes_for, topic_of
from conferences.tests.meeting import an_open_sitting
from cpc.core.accounts.tests.builders import viewer
from cpc.core.web.fallback_cache import FallbackCache
from cpc.core.web.polling import NUMBER, TOKEN, announce

pytestmark = pytest.mark.django_db

WORRIED = NotePlace(Section.WORRIED)


@pytest.fixture
def sitting():
    return an_open_sitting()


@pytest.fixture
def chair(client, sitting):
    client.force_login(sitting.conference.chair)
    return client


def url(sitting, name="meet_since"):
    return reverse(f"conferences:{name}", args=[sitting.conference.pk])


def save(sitting, text, audience=Audience.EVERYONE, version=0, place=WORRIED, at=None):
    """Save a note and announce it, as after the commit."""
    note = save_note(
        by=sitting.chair, conference=sitting.conference, place=place, text=text, audience=audience, version=version,
        at=at,
    )  # fmt: skip
    announce(topic_of(sitting.conference))
    return note


def autosave(client, sitting, text, version, place=WORRIED):
    data = {"key": place.key, f"note-{place.key}": text, f"audience-{place.key}": "everyone"}
    return client.post(url(sitting, "meet_note"), data | {f"version-{place.key}": version})


def token_of(client, sitting):
    return client.get(url(sitting, "meet")).context["poll_token"]


def poll(client, sitting, token, number="", have=""):
    headers = {"X-Poll": "1", TOKEN: token, NUMBER: number}
    return client.get(url(sitting), {"have": have}, headers=headers)


@pytest.mark.parametrize("of", ["all", "child"])
def test_a_save_makes_at_most_twenty_queries(chair, sitting, of):
    place = NotePlace(Section.WORRIED, sitting.marlows.rosa.pk) if of == "child" else WORRIED
    save(
        sitting,
        "Officers told the chair of a loaded pistol in the loft.",
        Audience.CHAIR,
        place=NotePlace(Section.REASON),
    )
    counts = []
    for version in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert autosave(chair, sitting, f"Bruises {version}", version, place).json()["version"] == version + 1
        counts.append(len(asked))
    assert max(counts[1:]) <= 20, counts


def test_a_poll_without_news_asks_the_database_nothing(chair, sitting, django_assert_num_queries):
    token = token_of(chair, sitting)
    number = poll(chair, sitting, token)[NUMBER]
    with django_assert_num_queries(0):
        answer = poll(chair, sitting, token, number)
    assert answer.status_code == 204 and answer[NUMBER] == number
    save(sitting, "Bruises")
    answer = poll(chair, sitting, token, number)
    assert [note["text"] for note in answer.json()["notes"]] == ["Bruises"]
    assert answer[NUMBER] != number


@pytest.mark.parametrize("script", ["live.js", "room.js"])
def test_the_page_and_the_screen_in_the_room_ask_every_two_seconds(script):
    assert "=2e3" in re.search(r"every:\w+[^,}]*", (settings.BASE_DIR / "static/js" / script).read_text())[0]


@pytest.mark.parametrize("forged", ["of another session", "invented", "of no session"])
def test_a_token_counts_for_the_session_alone_that_was_shown_the_page(chair, sitting, forged):
    token = token_of(chair, sitting)
    number = poll(chair, sitting, token)[NUMBER]
    if forged == "of another session":
        chair.force_login(sitting.council.users.social_worker)
        expected = 403
    elif forged == "invented":
        token, expected = f"{topic_of(sitting.conference)}:invented", 204
    else:
        chair.logout()
        expected = 401
    answer = poll(chair, sitting, token, number)
    assert answer.status_code == expected and NUMBER not in answer


def test_while_redis_is_away_the_database_answers(chair, sitting, monkeypatch):
    token = token_of(chair, sitting)
    number = poll(chair, sitting, token)[NUMBER]
    note = save(sitting, "Bruises")
    monkeypatch.setattr(FallbackCache, "away_until", float("inf"))
    answer = poll(chair, sitting, token, number)
    assert [one["text"] for one in answer.json()["notes"]] == ["Bruises"] and NUMBER not in answer
    assert poll(chair, sitting, token, number, f"{WORRIED.key}.{note.version}").status_code == 204


def test_a_later_commit_with_an_earlier_time_is_heard(chair, sitting):
    first = save(sitting, "Bruises")
    late = NotePlace(Section.REASON)
    save(sitting, "Said before that", place=late, at=first.saved_at - timedelta(minutes=5))
    answer = poll(chair, sitting, "", have=f"{WORRIED.key}.{first.version}")
    assert [note["text"] for note in answer.json()["notes"]] == ["Said before that"]


def test_what_became_restricted_goes_from_the_administrators_page_and_tells_nothing_else(client, sitting):
    note = save(sitting, "The kestrel flies.")
    client.force_login(sitting.council.users.administrator)
    token = token_of(client, sitting)
    save(sitting, "The kestrel flies at night.", Audience.CHAIR, note.version)
    answer = poll(client, sitting, token, have=f"{WORRIED.key}.1")
    assert answer.json()["notes"] == [{"key": WORRIED.key, "version": 2, "text": ""}]


def test_whether_it_may_be_read_is_answered_with_the_text_itself(sitting):
    """With two queries, a save could fall between them: an old text with a new audience."""
    save(sitting, "Only for me", Audience.CHAIR)
    administrator = viewer(sitting.council.users.administrator)
    with CaptureQueriesContext(connection) as asked:
        [note] = notes_for(administrator, sitting.conference)
    assert not note.may_read
    assert sum('"meeting_livenote"."text"' in one["sql"] for one in asked) == 1
    assert not any("livenote" in one["sql"] for one in asked.captured_queries[1:] if "notereader" not in one["sql"])


@pytest.mark.parametrize("have", ["rubbish", "worried-0-0", ".,.,", "worried-0-0.x", "\x00", "9" * 900])
def test_versions_that_nobody_has_are_as_none(chair, sitting, have):
    save(sitting, "Bruises")
    assert poll(chair, sitting, "", have=have).json()["notes"][0]["text"] == "Bruises"


def test_a_note_that_a_reader_may_not_read_leaves_an_empty_place_for_what_comes(client, sitting):
    save(sitting, "Only for me", Audience.CHAIR)
    client.force_login(sitting.council.users.administrator)
    text = client.get(url(sitting, "meet")).content.decode()
    assert f'data-read="{WORRIED.key}" data-version="0"' in text and "Only for me" not in text
