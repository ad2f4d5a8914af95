"""What goes wrong on an ordinary day: a button pressed twice, the back button, a broker that is down."""

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from conferences.convening.choices import ConferenceState
from conferences.tests.builders import a_booked_conference, an_agreed_conference, at, second_checked, with_fathers_apart
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.tasks import drain_outbox
from families.cases.models import Family

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(at(TODAY, 9), tick=True):
        yield


def fill_date(page, name, day):
    for part, number in (("", day.day), ("_month", day.month), ("_year", day.year)):
        page.locator(f"#id_{name}{part}").fill(str(number))


def test_a_form_sent_twice_records_one_family(window):
    convened = an_agreed_conference()
    page = window(convened.council.users.social_worker, reverse("families:add"))
    page.get_by_label("Family name").fill("Larch")
    page.get_by_label("Case number").fill("CP-TWICE")
    fill_date(page, "opened_on", TODAY)
    page.get_by_label("Team that holds the case").select_option(label="North team")
    # Both leave before either is answered, as from an impatient hand and a browser without our scripts.
    page.evaluate("""() => {
        const form = document.querySelector("main form"), body = new URLSearchParams(new FormData(form));
        return Promise.all([1, 2].map(() => fetch(location.href, { method: "POST", body, redirect: "manual" })));
    }""")
    assert Family.objects.filter(case_number="CP-TWICE").count() == 1


def test_the_back_button_after_booking_neither_books_again_nor_shows_an_error_page(window):
    convened = an_agreed_conference()
    path = reverse("conferences:book", args=[convened.conference.pk])
    page = window(convened.council.users.administrator, path)
    fill_date(page, "held_on", at(TODAY).date().replace(month=12, day=2))
    page.get_by_label("Start time").fill("10am")
    page.get_by_label("End time").fill("noon")
    page.get_by_label("Video link").fill("https://video.example.org/1")
    page.get_by_label("Chair", exact=True).select_option(label="Gwen Ashby")
    page.get_by_role("button", name="Book the conference").click()
    page.wait_for_url("**/invitations/")
    page.go_back()
    if page.get_by_role("button", name="Book the conference").count():
        page.get_by_role("button", name="Book the conference").click()
    expect(page.locator("h1")).to_be_visible()
    assert "Server Error" not in page.content()
    convened.conference.refresh_from_db()
    assert (convened.conference.state, convened.conference.sequence) == (ConferenceState.BOOKED, 0)


def test_with_the_broker_down_invitations_wait_and_go_out_when_it_is_back(window, settings):
    convened = second_checked(with_fathers_apart(a_booked_conference()))
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    path = reverse("conferences:preview_invitations", args=[convened.conference.pk])
    page = window(convened.council.users.administrator, path)
    page.get_by_role("button", name="Send all the invitations").click()
    page.wait_for_url(lambda url: "preview" not in url)
    expect(page.locator("main")).to_contain_text("Sent")
    emails = Outgoing.objects.filter(channel=Channel.EMAIL)
    waiting = emails.count()
    assert waiting and set(emails.values_list("state", flat=True)) == {OutgoingState.QUEUED}
    mail.outbox.clear()
    assert drain_outbox() == waiting  # what beat starts once the broker is back
    assert len(mail.outbox) == waiting
    assert not any("Marlow" in one.subject + one.body for one in mail.outbox)
