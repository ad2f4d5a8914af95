"""A session that ends after idleness, and never loses what was typed."""

import re
import time

import pytest
from django.test import Client

from cpc.core.web import idempotency, unsent_forms
from cpc.core.web.middleware import LAST_SEEN
from cpc.core.web.tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
GALLERY = "/components/"
TYPED = {
    "name": "Sam Example",
    "born_on_day": "31",
    "born_on_month": "3",
    "born_on_year": "",
    "invited": ["gp", "school"],
    "worries": "A long account\nof what people fear",
    "consent": "no",
    "checked": "on",
    "password": "do not keep",
}


def age_session(client, seconds):
    session = client.session
    session[LAST_SEEN] = time.time() - seconds
    session.save()


def tokens(client, url=GALLERY):
    html = client.get(url).content.decode()
    names = ("csrfmiddlewaretoken", idempotency.FIELD)
    return {name: re.search(rf'name="{name}" value="([^"]+)"', html).group(1) for name in names}


def sign_in(client, user, to):
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD, "next": to})


@pytest.fixture(autouse=True)
def thirty(settings, practice):
    settings.CPC_IDLE_MINUTES = 30


def test_a_session_lives_while_a_person_acts_and_ends_after_idleness(client, worker):
    client.force_login(worker)
    assert client.get(GALLERY).status_code == 200
    age_session(client, 29 * 60)
    assert client.get(GALLERY).status_code == 200
    assert client.get("/session/left/").json()["seconds"] > 29 * 60
    age_session(client, 32 * 60)
    answer = client.get(GALLERY)
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={GALLERY}"
    assert client.get("/session/left/").json() == {"seconds": 0, "owner": ""}


def test_last_seen_moves_at_most_once_a_minute(client, worker):
    client.force_login(worker)
    client.get(GALLERY)
    age_session(client, 30)
    before = client.session[LAST_SEEN]
    client.get(GALLERY)
    assert client.session[LAST_SEEN] == before


def test_a_poll_never_keeps_a_session_alive_and_is_told_when_it_is_over(client, worker):
    client.force_login(worker)
    client.get(GALLERY)
    age_session(client, 10 * 60)
    before = client.session[LAST_SEEN]
    assert client.get(GALLERY, headers={"X-Poll": "1"}).status_code == 200
    assert client.session[LAST_SEEN] == before
    age_session(client, 32 * 60)
    assert client.get(GALLERY, headers={"X-Poll": "1"}).status_code == 401


def test_a_live_field_saved_after_the_session_ended_is_told_and_not_led_elsewhere(client, worker):
    assert client.post(GALLERY, {}, headers={"X-Part": "1"}).status_code == 401


def test_typing_keeps_the_session_alive(client, worker):
    client.force_login(worker)
    age_session(client, 20 * 60)
    assert client.post("/session/stay/").json()["seconds"] > 29 * 60
    assert time.time() - client.session[LAST_SEEN] < 5


def test_what_was_typed_when_the_session_had_ended_is_shown_again_to_its_owner_unsent(client, worker):
    client.force_login(worker)
    given = tokens(client)
    age_session(client, 2 * 3600)
    answer = client.post(GALLERY, TYPED | given)
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=%2Fcomponents%2F&kept=yes"
    assert "You were signed out before this was saved" in client.get(answer["Location"]).content.decode()
    assert sign_in(client, worker, GALLERY)["Location"] == GALLERY
    html = client.get(GALLERY).content.decode()
    assert "You were signed out before this was saved" in html
    assert 'value="Sam Example"' in html
    assert 'name="born_on_day" type="text" inputmode="numeric" value="31"' in " ".join(html.split())
    assert "A long account\nof what people fear" in html
    assert html.count("checked>") == 4  # two invited, one no, one tick
    assert "do not keep" not in html
    assert "There is a problem" not in html  # not sent, so not judged
    assert "You were signed out" not in client.get("/session/left/").content.decode()


def test_what_was_kept_is_gone_once_it_was_sent(client, worker):
    test_what_was_typed_when_the_session_had_ended_is_shown_again_to_its_owner_unsent(client, worker)
    complete = (
        TYPED
        | {
            "born_on_year": "2019",
            "postcode": "AB1 2CD",
            "children": "2",
            "starts_at": "2pm",
            "room": "1",
            "outcome": "agreed",
        }
        | tokens(client)
    )
    answer = client.post(GALLERY, complete)
    assert answer.status_code == 302, answer.context["form"].errors
    assert 'value="Sam Example"' not in client.get(GALLERY).content.decode()
    assert unsent_forms.COOKIE not in client.cookies or not client.cookies[unsent_forms.COOKIE].value


def test_what_was_kept_can_be_thrown_away(client, worker):
    test_what_was_typed_when_the_session_had_ended_is_shown_again_to_its_owner_unsent(client, worker)
    assert client.post("/session/discard/", {"page": GALLERY})["Location"] == GALLERY
    html = client.get(GALLERY).content.decode()
    assert "has been discarded" in html
    assert "A long account" not in html


def test_what_one_person_typed_is_never_shown_to_the_next_at_the_same_desk(client, worker, other):
    client.force_login(worker)
    given = tokens(client)
    age_session(client, 2 * 3600)
    client.post(GALLERY, TYPED | given)
    sign_in(client, other, GALLERY)
    html = client.get(GALLERY).content.decode()
    assert "A long account" not in html
    assert "You were signed out" not in html


def test_words_with_a_token_that_is_not_ours_are_not_kept(client, worker):
    answer = client.post(GALLERY, TYPED | {idempotency.FIELD: "1.forged:abc"})
    assert answer["Location"].endswith("kept=no")
    assert unsent_forms.COOKIE not in client.cookies


def test_what_is_kept_is_not_legible_in_the_cache(client, worker):
    from django.core.cache import cache

    client.force_login(worker)
    given = tokens(client)
    age_session(client, 2 * 3600)
    client.post(GALLERY, TYPED | given)
    held = cache.get(unsent_forms._place(client.cookies[unsent_forms.COOKIE].value))
    assert held and b"Sam" not in held


def test_a_form_whose_token_is_stale_is_shown_again_with_what_was_typed(worker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    given = tokens(client)
    answer = client.post(GALLERY, TYPED | given | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 302
    assert answer["Location"] == GALLERY
    html = client.get(GALLERY).content.decode()
    assert "A long account" in html


def test_a_form_from_elsewhere_is_refused_with_a_sentence(worker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    answer = client.post(GALLERY, TYPED)
    assert answer.status_code == 403
    assert "This form could not be sent" in answer.content.decode()


def test_sign_in_with_a_stale_token_gets_a_sentence_and_no_error_of_ours(db):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "alex@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert "This form could not be sent" in answer.content.decode()


def test_a_form_posted_from_another_page_comes_back_to_that_page(client, worker):
    client.force_login(worker)
    given = tokens(client)
    client.logout()
    answer = client.post("/session/discard/", given, headers={"Referer": f"http://testserver{GALLERY}?page=2"})
    assert "next=%2Fcomponents%2F%3Fpage%3D2" in answer["Location"]
    answer = client.post("/session/discard/", given, headers={"Referer": "https://elsewhere.example.org/x"})
    assert "next=%2Fsession%2Fdiscard%2F" in answer["Location"]


def test_pages_are_fetched_again_and_signing_out_empties_the_browsers_memory(client, worker):
    client.force_login(worker)
    assert client.get(GALLERY)["Cache-Control"] == "private, no-cache"
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache"'


def test_a_page_knows_whose_session_it_is_and_hears_whose_it_is_now(client, worker, other):
    client.force_login(worker)
    mine = re.search(r'data-owner="(\w+)"', client.get(GALLERY).content.decode()).group(1)
    assert client.get("/session/left/").json()["owner"] == client.post("/session/stay/").json()["owner"] == mine
    client.force_login(other)
    assert client.get("/session/left/").json()["owner"] not in ("", mine)
    client.force_login(worker)
    assert client.get("/session/left/").json()["owner"] == mine, "the same person in a new session"


@pytest.mark.parametrize("path", [GALLERY, "/session/left/", "/"])
def test_a_session_that_ends_by_idleness_empties_the_browsers_memory_too(client, worker, path):
    client.force_login(worker)
    client.get(GALLERY)
    age_session(client, 32 * 60)
    assert client.get(path)["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get(path)


def test_a_session_that_was_ended_elsewhere_empties_the_browsers_memory_too(client, worker):
    client.force_login(worker)
    client.get(GALLERY)
    worker.set_password("another-password-of-theirs")
    worker.save()
    assert client.get(GALLERY)["Clear-Site-Data"] == '"cache"'
