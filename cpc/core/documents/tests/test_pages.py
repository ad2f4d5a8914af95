import io
import time

import pikepdf
import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cpc.core.accounts import permissions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.documents import actions, sink
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import Recipient
from cpc.core.documents.sending import drain
from cpc.core.documents.tests.compliance import assert_pdf_ua_file
from cpc.core.documents.tests.sample import sample
from cpc.core.documents.text import text_of

pytestmark = pytest.mark.django_db
PAGES = ["outbox", "print_room", "what_was_sent"]


def headings(pdf):
    """How many headings of the first level the tags name, each on a page of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen for page in opened.pages}

        def count(element):
            if not isinstance(element, pikepdf.Dictionary | pikepdf.Array):
                return 0
            if isinstance(element, pikepdf.Array):
                return sum(map(count, element))
            if "/Pg" in element:
                assert element.Pg.objgen in pages
            return (element.get("/S") == "/H1") + count(element.get("/K"))

        return count(opened.Root.StructTreeRoot.K)


@pytest.fixture
def about(by, monkeypatch):
    """A record that everybody may see, and one that nobody may: a team, as this app knows no conference."""
    monkeypatch.setitem(permissions._SEES, Team, lambda viewer: Q(name="Open"))
    with acting(by, Permission.SET_UP):
        Team.objects.create(name="Shut", kind="social_work")
        return Team.objects.create(name="Open", kind="social_work")


@pytest.fixture
def shut(about):
    return Team.objects.get(name="Shut")


@pytest.fixture
def sign_in(by, client):
    def as_role(role):
        with acting(by, Permission.SET_UP):
            user = User.objects.create(email=f"{role}@example.org", first_name="Kerensa", last_name="Pascoe")
            RoleHeld.objects.create(user=user, role=role)
        client.force_login(user)
        return client

    return as_role


@pytest.fixture
def administrator(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def letter_to(by, about, recipient, channel=Channel.PRINT, **changes):
    document = actions.draft(by, letter=sample(**changes), about=about, recipient=recipient)
    actions.approve(by, document=document)
    actions.issue(by, document=document, protected=[])
    return actions.release(by, document=document, channel=channel)


def notice(by, about, number=1, **changes):
    message = {
        "purpose": "notice",
        "channel": Channel.EMAIL,
        "recipient": Recipient(kind="user", id=number, name=f"Person {number}"),
        "to_address": f"person{number}@example.org",
        "subject": f"A meeting has been arranged {number}",
        "body": "Sign in to read about it.",
        "about": about,
    }
    with acting(by, Permission.SET_UP):
        return actions.queue(by, key=f"notice:{number}", **message | changes)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_only_those_who_send_or_run_the_service_see_what_leaves(sign_in, settings, role, name):
    settings.CPC_DEMO = True
    allowed = {Role.ADMINISTRATOR} if name == "print_room" else {Role.ADMINISTRATOR, Role.SERVICE_MANAGER}
    expected = 200 if role in allowed else 403
    assert sign_in(role).get(reverse(f"documents:{name}")).status_code == expected


def test_a_service_manager_reads_and_changes_nothing(by, about, sign_in):
    outgoing = notice(by, about)
    manager = sign_in(Role.SERVICE_MANAGER)
    assert "Hold this back" not in manager.get(reverse("documents:outgoing", args=[outgoing.pk])).content.decode()
    assert manager.post(reverse("documents:retry", args=[outgoing.pk])).status_code == 403


def test_what_is_about_a_record_that_one_may_not_see_is_in_no_list_no_count_and_a_404(
    by, about, shut, reader, administrator
):
    notice(by, about, number=1)
    hidden = notice(by, shut, number=2)
    letter = letter_to(by, shut, reader)
    page = administrator.get(reverse("documents:outbox") + "?show=all").content.decode()
    assert "Person 1" in page and "Person 2" not in page and "All (1)" in page and "Bronagh" not in page
    assert "Bronagh" not in administrator.get(reverse("documents:print_room")).content.decode()
    for name, pk in (("outgoing", hidden.pk), ("print_envelope", letter.pk), ("hold_back", hidden.pk)):
        assert administrator.get(reverse(f"documents:{name}", args=[pk])).status_code == 404
    for name in ("retry", "envelope_gone"):
        assert administrator.post(reverse(f"documents:{name}", args=[letter.pk])).status_code == 404


@pytest.mark.parametrize("name", ["outbox", "print_room"])
def test_a_list_takes_as_many_queries_for_three_as_for_one(by, about, reader, administrator, name):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            administrator.get(reverse(f"documents:{name}") + "?show=all")
        return len(asked)

    letter_to(by, about, reader)
    notice(by, about, number=1)
    queries()
    one = queries()
    for number in (2, 3):
        letter_to(by, about, reader, reader=f"Reader {number}")
        notice(by, about, number=number)
    assert queries() == one


def test_what_failed_is_shown_first_with_its_reason_and_is_sent_again(by, about, administrator, postbox):
    outgoing = notice(by, about)
    postbox.answers = ["550 No such person"]
    drain()
    page = administrator.get(reverse("documents:outbox")).content.decode()
    assert "550 No such person" in page and "Needs attention (1)" in page
    detail = reverse("documents:outgoing", args=[outgoing.pk])
    assert "Send again" in administrator.get(detail).content.decode()
    answer = administrator.post(reverse("documents:retry", args=[outgoing.pk]), follow=True)
    assert "It will be sent again to Person 1" in answer.content.decode()
    assert drain() == 1


def test_sending_again_what_was_sent_is_refused_in_a_sentence(by, about, administrator, postbox):
    outgoing = notice(by, about)
    drain()
    answer = administrator.post(reverse("documents:retry", args=[outgoing.pk]))
    assert answer.status_code == 409 and "cannot be" in answer.content.decode()


def test_holding_back_asks_why(by, about, administrator):
    outgoing = notice(by, about)
    address = reverse("documents:hold_back", args=[outgoing.pk])
    assert "Say why" in administrator.post(address, {"reason": ""}).content.decode()
    administrator.post(address, {"reason": "She is moving today."})
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.why_failed) == (OutgoingState.HELD, "She is moving today.")


def test_one_envelope_holds_everything_for_one_reader_at_one_address_and_nothing_else(by, about, reader, administrator):
    first = letter_to(by, about, reader)
    second = letter_to(by, about, reader, reference="CPC-2")
    elsewhere = sample().addressee.__class__(name="Ms Bronagh O’Dell", lines=("1 Other Street",))
    other = letter_to(by, about, reader, addressee=elsewhere)
    printed = administrator.get(reverse("documents:print_envelope", args=[second.pk]) + "?cover")
    assert printed["Content-Type"] == "application/pdf" and "no-store" in printed["Cache-Control"]
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert len(pdf.pages) == 2 + 2 + 2  # a cover, then two letters of two pages, each on a new sheet
    assert_pdf_ua_file(printed.content)
    assert headings(printed.content) == 3, "each letter and the cover keep their tags"
    text = text_of(printed.content)
    assert "Check before you seal" in text and "1 Other Street" not in text
    cover = text.split("\f")[0]
    assert cover.count(first.document.title) == 2, "the cover lists both letters by the words at their heads"
    assert cover.count("2 pages") == 2 and ".pdf" not in cover
    event = Event.objects.filter(act=Permission.SEND_POST.value).latest("at")
    assert event.by_name == "Kerensa Pascoe" and len(event.details["printed"]) == 2
    page = administrator.get(reverse("documents:print_room")).content.decode()
    assert page.count("Mark as posted") == 2
    administrator.post(reverse("documents:envelope_gone", args=[first.pk]), {"shown": f"{first.pk},{second.pk}"})
    states = [Outgoing.objects.get(pk=one.pk).state for one in (first, second, other)]
    assert states == [OutgoingState.SENT, OutgoingState.SENT, OutgoingState.QUEUED]
    nothing_waits = administrator.get(reverse("documents:print_envelope", args=[first.pk]))
    assert nothing_waits.url == reverse("documents:print_room")


def test_what_is_handed_to_one_reader_is_one_envelope_that_says_who_hands_it_over(by, about, reader, administrator):
    unnamed = sample().addressee.__class__(name="Ms Bronagh O’Dell")
    decision = letter_to(by, about, reader, channel=Channel.HAND, addressee=unnamed)
    by_sam = sample().addressee.__class__(
        name="Ms Bronagh O’Dell", lines=("By hand: Sam Ash",), on_envelope="Ms B. O’Dell"
    )
    letter_to(by, about, reader, channel=Channel.HAND, addressee=by_sam, reference="CPC-2")
    page = administrator.get(reverse("documents:print_room")).content.decode()
    assert page.count("Mark as handed over") == 1 and "By hand: Sam Ash" in page and "in person" not in page
    printed = administrator.get(reverse("documents:print_envelope", args=[decision.pk]) + "?cover")
    cover = text_of(printed.content).split("\f")[0]
    assert "By hand: Sam Ash" in cover and "Ms B. O’Dell" in cover and cover.count("2 pages") == 2


def test_a_letter_by_hand_without_an_address_says_to_give_it_in_person(by, about, reader, administrator):
    nowhere = sample().addressee.__class__(name="Ms Bronagh O’Dell")
    letter_to(by, about, reader, channel=Channel.HAND, addressee=nowhere)
    page = administrator.get(reverse("documents:print_room")).content.decode()
    assert "give it to Ms Bronagh O’Dell in person" in page and "Mark as handed over" in page


def test_what_was_sent_is_shown_in_the_demonstration_only(administrator, settings, tmp_path):
    (tmp_path / "1.eml").write_bytes(
        b"X-Envelope-To: a@example.org\r\nTo: a@example.org\r\nSubject: <b>Meeting</b>\r\n"
        b"Date: Tue, 31 Mar 2026 09:00:00 +0000\r\n\r\nSign in to read.\r\n"
    )
    (tmp_path / ".2.eml").write_bytes(b"half")
    settings.CPC_MAIL_DIR, settings.CPC_DEMO = str(tmp_path), True
    page = administrator.get(reverse("documents:what_was_sent")).content.decode()
    assert "&lt;b&gt;Meeting" in page and "a@example.org" in page and sink.names() == ["1.eml"]
    assert (
        "Sign in to read" in administrator.get(reverse("documents:one_that_was_sent", args=["1.eml"])).content.decode()
    )
    for name in ("..", "2.eml", ".2.eml"):
        assert administrator.get(reverse("documents:one_that_was_sent", args=[name])).status_code == 404
    settings.CPC_DEMO = False
    assert administrator.get(reverse("documents:what_was_sent")).status_code == 404


def test_the_demonstration_with_no_mail_yet_says_so(administrator, settings, tmp_path):
    settings.CPC_MAIL_DIR, settings.CPC_DEMO = str(tmp_path / "none"), True
    assert "No email has been sent yet" in administrator.get(reverse("documents:what_was_sent")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_an_earlier_test_leaves_alone_what_this_one_commits(by, about, request):
    request.getfixturevalue("worker_process")  # as it still runs after a test that asked for it
    outgoing = notice(by, about)
    time.sleep(1)
    outgoing.refresh_from_db()
    assert outgoing.state == OutgoingState.QUEUED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wide", [True, False])
def test_the_pages_can_be_used_by_everybody(
    by, about, reader, administrator, settings, tmp_path, live_server, request, axe, wide
):
    settings.CPC_DEMO, settings.CPC_MAIL_DIR = True, str(tmp_path)
    (tmp_path / "1.eml").write_bytes(b"To: a@example.org\r\nSubject: Meeting\r\n\r\nSign in.\r\n")
    waits, fails = notice(by, about, 1), notice(by, about, 2)
    actions.hold_back(by, outgoing=fails, reason="The mail server refused person2@example.org")
    letter_to(by, about, reader)
    page = request.getfixturevalue("page" if wide else "phone")
    session = administrator.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    for name, args in (
        ("outbox", []),
        ("outgoing", [fails.pk]),
        ("outgoing", [waits.pk]),
        ("hold_back", [waits.pk]),
        ("print_room", []),
        ("what_was_sent", []),
        ("one_that_was_sent", ["1.eml"]),
    ):
        answer = page.goto(live_server.url + reverse(f"documents:{name}", args=args))
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
        axe(page)
