"""A school's report comes as a file, and with it, unseen, where the mother fled to: from its upload to the post.

Dan is Rosa's father and must not learn where she and her mother are. The school wrote the report at home on a computer
with the refuge as its owner, and put in a scanned page. In real browsers.
"""

import base64
import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from weasyprint import HTML

from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.reading import read_trusted_file
from cpc.core.documents.tests.test_reading import a_picture
from cpc.tests.journeys.browser import Browser
from cpc.tests.journeys.conftest import PHONE, fits
from families.people.actions.contact import record_address
from families.people.choices import AddressKind
from families.tests.builders import protect
from reports.incoming.models import Redaction, UploadedFile
from reports.incoming.queries.uploads import body_of
from reports.tests.builders import ask_for_reports

pytestmark = pytest.mark.django_db(transaction=True)
HOUSE, POSTCODE = "3 Secret Row", "ZZ7 7ZZ"
DESK = {"viewport": {"width": 1280, "height": 900}}


def a_report(*pages: str, author="") -> bytes:
    """A PDF of these pages, each a paragraph at its top, with its author in its properties."""
    sheets = "".join(f"<div style='break-after: page'>{page}</div>" for page in pages)
    style = "<style>@page { size: A4; margin: 2cm } body { margin: 0; font: 14pt sans-serif }</style>"
    return HTML(string=f"<meta name='author' content='{author}'>{style}{sheets}").write_pdf()


def a_scanned_page() -> str:
    return f"<img src='data:image/png;base64,{base64.b64encode(a_picture()).decode()}' style='width: 15cm'>"


@pytest.fixture
def sitting():
    """A conference to come, and the mother with Rosa and Theo in a refuge."""
    made = ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10)))
    marlows, by = made.marlows, viewer(made.marlows.worker)
    protect(
        record_address(
            by=by, family=marlows.family, person=marlows.mother, lines=f"{HOUSE}\nEastwick", postcode=POSTCODE,
            kind=AddressKind.REFUGE, from_on=TODAY, also_for=[marlows.rosa, marlows.theo],
        )
    )  # fmt: skip
    return made


@pytest.fixture
def person(live_server, new_context):
    """``person(user)``: somebody at their own browser, signed in, with a desk or a phone."""

    def opened(user, **how):
        client = Client()
        client.force_login(user)
        context = new_context(**{**DESK, **how})
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return Browser(context.new_page(), live_server.url, str(user))

    return opened


def upload(browser, sitting, body, who="school") -> UploadedFile:
    """The report is uploaded by who wrote it."""
    browser.open(reverse("reports:upload", args=[sitting.invitations[who].pk]))
    given = {"name": "Report.pdf", "mimeType": "application/pdf", "buffer": body}
    browser.page.set_input_files("input[type=file]", given)
    browser.choose("Rosa Marlow", "Which children is it about?").press("Upload the report").sees("has been uploaded")
    return UploadedFile.objects.latest("pk")


def drag(page, number, left, top, right, bottom):
    """An area of a page (shares of it) is drawn over with the mouse."""
    paper = page.locator(f"[data-page='{number}'] .redact__marks")
    paper.scroll_into_view_if_needed()
    page.locator(f"[data-page='{number}'] img").evaluate("img => img.decode()")  # it is drawn when it is come to
    box = paper.bounding_box()
    page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=6)
    page.mouse.up()


def boxes(page, part) -> list[float]:
    return [
        float(page.locator(f"[name=part-{part}-{name}]").input_value()) for name in ("left", "top", "width", "height")
    ]


def seen_on(body, number, x, y) -> tuple:
    """The colour of a place (shares) of a page as anybody sees it."""
    document = pypdfium2.PdfDocument(body)
    image = document[number - 1].render(scale=1).to_pil().convert("RGB")
    return image.getpixel((int(x * image.width), int(y * image.height)))


def test_what_is_marked_with_the_mouse_with_the_keyboard_and_by_the_page_is_gone_and_the_file_stays(person, sitting):
    body = a_report(f"<p>They live at {HOUSE}.</p><p>Rosa is well.</p>", "<p>Rosa sings.</p>", "<p>All of Theo.</p>")
    file = upload(person(sitting.council.professionals.school), sitting, body)
    father, adele = sitting.invitations["rosas_father"], person(sitting.council.users.administrator)
    adele.open(reverse("reports:redact", args=[file.pk, father.pk]))
    page = adele.page
    drag(page, 1, 0.05, 0.04, 0.95, 0.1)
    left, top, width, height = boxes(page, 0)
    assert abs(left - 5) < 1 and abs(top - 4) < 1 and abs(width - 90) < 1.5 and abs(height - 6) < 1.5
    assert page.locator("[data-page='1'] .redact__marks rect").count() == 1
    page.keyboard.type("Where they live.")  # the reason has the focus already
    # The same without a mouse: the boxes are typed in, and what they say is drawn.
    whole = page.locator("[data-page='3'] [data-whole]")
    whole.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("About Theo.")
    assert page.locator("[data-page='3'] .redact__marks rect").get_attribute("width") == "100%"
    another = page.get_by_role("button", name="Add another part")
    another.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    part = next(n for n in range(6) if not page.locator(f"[name=part-{n}-page]").input_value())
    page.locator(f"[name=part-{part}-page]").select_option("2")
    page.locator(f"[name=part-{part}-what][value=area]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    for value in ("0", "0", "100", "12"):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.type("Not for him.")
    assert page.locator("[data-page='2'] .redact__marks rect").get_attribute("height") == "12%"
    adele.press("Make the redacted version").sees("The redacted version is made")

    made = UploadedFile.objects.get(version_of=file)
    new, read = body_of(made), read_trusted_file(body_of(made))
    assert not read.text.strip() and not read.metadata.strip()
    with pikepdf.open(io.BytesIO(new)) as pdf:
        assert len(pdf.pages) == 2
    assert seen_on(new, 1, 0.5, 0.07) == (0, 0, 0) and seen_on(new, 1, 0.5, 0.5) == (255, 255, 255)
    assert seen_on(new, 2, 0.5, 0.06) == (0, 0, 0) and seen_on(new, 2, 0.5, 0.5) == (255, 255, 255)
    assert {one.reason for one in Redaction.objects.filter(file=made)} == {
        "Where they live.", "About Theo.", "Not for him.",
    }  # fmt: skip
    assert body_of(UploadedFile.objects.get(pk=file.pk)) == body


def test_a_refuge_in_the_properties_and_a_scanned_page_are_found_and_he_gets_what_was_checked(person, sitting):
    users, father = sitting.council.users, sitting.invitations["rosas_father"]
    body = a_report("<p>Rosa is well.</p>", a_scanned_page(), author=f"Larch House, {HOUSE}, {POSTCODE}")
    file = upload(person(sitting.council.professionals.school), sitting, body)
    adele, sam, phone = person(users.administrator), person(users.social_worker), person(users.administrator, **PHONE)

    adele.open(reverse("reports:file", args=[file.pk])).sees("Needs a separate version", "properties")
    adele.follow("Check and release it for Dan").press("Prepare it")
    adele.sees("Blocks the release", POSTCODE, "properties", "Page 2 has no words").does_not_see("Release to this")
    on_a_phone(phone, adele.url)
    adele.follow("Redact it")
    adele.page.locator("[data-page='2'] [data-whole]").click()
    adele.fill("Why is it redacted?", "A drawing by another child.").press("Make the redacted version")

    adele.follow("Check and release it for Dan").press("Prepare it").sees("Nothing has left yet", "to look at")
    on_a_phone(phone, adele.url)
    assert not adele.offers("Look at it and record what you saw")
    sam.open(adele.url).follow("Look at it and record what you saw")
    sam.fill("What did you see", "One page: Rosa is well. Nothing else.").press("I have looked").sees("Looked at")
    adele.open(adele.url).sees("Looked at")
    assert not adele.offers("Release to this reader") and not adele.offers("I have read this copy and compared it")

    sam.open(adele.url).sees("Second check", "Needed")
    seen = sam.download("Open the preview and read it")
    sam.open(adele.url).press("I have read this copy and compared it").sees("Checked")
    assert not sam.offers("Release to this reader")
    adele.open(adele.url).press("Release to this reader").sees("Released")
    on_a_phone(phone, adele.url)

    document = Document.objects.get(kind="report_file", state="released")
    assert document.recipient_name == father.name and bytes(document.body) == seen
    waiting = Outgoing.objects.get(document=document)
    adele.open(reverse("documents:print_room")).sees(father.name, "School or nursery report")
    printed = adele.page.request.get(adele.base_url + reverse("documents:print_envelope", args=[waiting.pk])).body()
    assert printed == seen
    read = read_trusted_file(printed, document.file_name)
    said = f"{printed.decode('latin-1')} {read.text} {read.metadata} {document.file_name} {document.title}"
    for word in (HOUSE, POSTCODE, "Secret", "Larch", "Theo", "Rosa", "Report.pdf"):
        assert word not in said, word
    assert not Document.objects.filter(kind="report_file", issued_at__isnull=False).exclude(pk=document.pk).exists()
    assert body_of(UploadedFile.objects.get(pk=file.pk)) == body
    adele.press("Mark as handed over" if waiting.channel == "hand" else "Mark as posted", father.name)
    adele.open(reverse("reports:for_reader", args=[document.file_copy.file_id, father.pk])).sees("it went on")


def on_a_phone(phone, url):
    """The page fits a narrow screen."""
    phone.open(url)
    fits(phone.page)
