"""This service’s own words: who sets them, from when they apply, what is refused, and the letter that shows them."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.models import User
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.core.policy import queries
from cpc.core.policy.actions import set_local_words
from cpc.core.policy.forms import WordsForm
from cpc.core.policy.models import LocalWord
from cpc.core.policy.rulebook import national

from .conftest import TODAY


@pytest.fixture(autouse=True)
def in_spring(time_machine):
    time_machine.move_to(TODAY, tick=False)


def set_words(by, from_on=TODAY, reason="Agreed by the board", **texts):
    return set_local_words(by=by, texts=texts, from_on=from_on, reason=reason, on=TODAY)


def test_only_what_differs_is_stored_and_the_trail_says_why(administrator):
    rows = set_words(administrator, authority_name="Thistledown Council", contact_email="conferences@example.org")
    assert [(row.key, row.text, row.set_by) for row in rows] == [
        ("authority_name", "Thistledown Council", administrator.name)
    ]
    assert queries.words("authority_name") == "Thistledown Council"
    event = Event.objects.get(by_id=administrator.id)
    assert (event.reason, event.details["from_on"]) == ("Agreed by the board", TODAY.isoformat())


def test_a_word_for_a_later_day_waits_for_it_and_the_old_one_is_kept(administrator, time_machine):
    set_words(administrator, contact_phone="020 7946 0999")
    moved = TODAY + timedelta(days=30)
    set_words(administrator, moved, contact_phone="020 7946 0888")
    assert queries.words("contact_phone") == "020 7946 0999"
    assert queries.words_from(moved)["contact_phone"] == "020 7946 0888"
    time_machine.move_to(moved, tick=False)
    assert queries.words("contact_phone") == "020 7946 0888"
    assert LocalWord.objects.filter(withdrawn_at__isnull=True).count() == 2


def test_a_word_set_twice_for_one_day_replaces_the_first_which_stays_on_the_page(administrator):
    set_words(administrator, authority_name="Thistledwon Council")
    set_words(administrator, authority_name="Thistledown Council", reason="A slip of the finger")
    first, second = LocalWord.objects.order_by("pk")
    assert first.withdrawn_by == administrator.name and second.withdrawn_at is None
    assert queries.words("authority_name") == "Thistledown Council"


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"authority_name": " "}, "authority_name", "Letters need this"),
        ({"reason": " "}, "reason", "Give the reason"),
        ({"from_on": TODAY - timedelta(days=1)}, "from_on", "today’s date or a later one"),
        ({"authority_name": "Harrowmere Council"}, None, "Nothing differs"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(administrator, change, field, said):
    with pytest.raises(Invalid, match=said) as refused:
        set_words(administrator, **{"authority_name": "Thistledown Council"} | change)
    assert refused.value.field == field
    assert not LocalWord.objects.exists()


def test_what_not_every_service_has_may_be_empty(administrator):
    set_words(administrator, leaflet_web="www.example.org/families")
    set_words(administrator, leaflet_web="")
    assert queries.words("leaflet_web") == ""


def test_a_social_worker_does_not_set_them(social_worker):
    with pytest.raises(NotPermitted):
        set_words(social_worker, authority_name="Thistledown Council")


def test_the_form_asks_for_every_address_number_and_service_that_letters_print():
    of_a_preset = {
        "conference_initial", "conference_review", "chair_title", "lead_worker_title", "record_name",
        "contribution_form_name",
    }  # fmt: skip
    assert set(WordsForm.labels()) == set(national().words) - of_a_preset


@pytest.fixture
def browser(client, administrator):
    """A browser in which the system administrator has signed in."""
    client.force_login(User.objects.get(pk=administrator.id))
    return client


def sent(**changes):
    day = timezone.localdate()
    given = queries.words_from(day) | {"reason": "We have moved"} | changes
    return given | {"from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year}


def test_an_administrator_sets_them_on_a_page_and_reads_a_letter_with_them(browser):
    answer = browser.post(
        reverse("policy:set_words"),
        sent(authority_name="Thistledown Council", contact_address="Moor House\r\n2 High Street\r\nThistledown",
             leaflet_web="https://www.example.org/families/"),
        follow=True,
    )  # fmt: skip
    page = answer.content.decode()
    assert "Letters will say this from Tuesday 10 March 2026" in page and "We have moved" in page
    main, foot = page.split("<footer")
    assert "www.example.org/families" in main and "https://www.example.org/families" not in main
    assert 'href="https://www.example.org/families">More about conferences</a>' in foot
    assert "Privacy notice" not in foot, "nothing leads where no address is set"
    letter = browser.get(reverse("documents:letterhead"))
    assert letter["Content-Type"] == "application/pdf"
    from cpc.core.documents.text import text_of

    words = text_of(letter.content)
    assert "Thistledown Council" in words and "Moor House\n2 High Street\nThistledown" in words


def test_a_letter_of_a_later_day_shows_the_words_of_that_day(browser, administrator):
    later = date(2026, 6, 1)
    set_local_words(
        by=administrator, texts={"authority_name": "Thistledown Council"}, from_on=later, reason="Merged", on=TODAY
    )
    from cpc.core.documents.text import text_of

    page = browser.get(reverse("policy:words")).content.decode()
    assert "?on=2026-06-01" in page
    address = reverse("documents:letterhead")
    assert "Thistledown" in text_of(browser.get(address, {"on": "2026-06-01"}).content)
    assert "Thistledown" not in text_of(browser.get(address, {"on": "no day"}).content)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"contact_phone": "ask for Sam"}, "Enter a phone number"),
        ({"contact_email": "conferences"}, "Enter an email address"),
        ({"leaflet_web": "see our site"}, "Enter a web address"),
        ({"accessibility_web": "on request"}, "Enter a web address for the accessibility statement"),
        ({"authority_name": ""}, "Name of the council"),
    ],
)
def test_a_mistake_gets_a_sentence_and_nothing_typed_is_lost(browser, change, said):
    answer = browser.post(reverse("policy:set_words"), sent(ombudsman="Somebody else") | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Somebody else" in page
    assert not LocalWord.objects.exists()


@pytest.mark.django_db
def test_a_database_that_does_not_answer_leaves_the_words_of_the_preset():
    def down(*_):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(down):
        assert queries.words("authority_name") == "Harrowmere Council"
