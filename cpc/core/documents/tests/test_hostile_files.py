"""A folder of files that carry an address past a reader of words: each is found, or somebody is asked to look."""

import pypdfium2
import pytest
from weasyprint import HTML

from cpc.core.documents.check import check_parts
from cpc.core.documents.protected import protect_address
from cpc.core.documents.reading import read_trusted_file
from cpc.core.documents.redacting.pages import redraw_pages
from cpc.core.documents.tests import hostile, hostile_unseen
from cpc.core.documents.text import text_of

HERE = protect_address(hostile.STREET, postcode=hostile.POSTCODE)


MADE_BY_HAND = [*hostile.MADE_BY_HAND, *hostile_unseen.MADE_BY_HAND]


@pytest.mark.parametrize("make", MADE_BY_HAND, ids=[make.__name__ for make in MADE_BY_HAND])
def test_a_file_made_by_hand_is_found_or_somebody_must_look(make):
    read = read_trusted_file(make(), "report.pdf")
    assert read.unreadable or check_parts(read.parts, HERE)


def test_an_address_behind_a_link_is_read_also_where_it_is_written_for_a_machine():
    link = hostile.an_action("URI", URI=hostile.String("https://maps.example.org/?q=14%20Pennywort%20Lane"))
    assert check_parts(read_trusted_file(link()).parts, HERE)


ORDINARY = """<h1>Report for the conference</h1><p>Rosa (4) is well – “she’s happy”, says Ms Łęcka;
3/4 of days at school.</p><ul><li>Attendance: 96%</li><li>Office: first floor</li></ul><hr>
<table border=1 style='border-collapse: collapse'><tr><th style='background: #dde'>When</th><th>What</th></tr>
<tr><td>1 May 2026</td><td>She saw the <u>nurse</u>,
<b>twice</b>, and <a href='https://example.org'>the page</a></td></tr></table><div style='background: #234;
color: white; padding: 8pt'><h2>In short</h2><p><i>Nothing worries us.</i></p></div>"""


@pytest.mark.parametrize("font", ["Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif"])
def test_an_ordinary_report_needs_nobody_to_look(font):
    body = HTML(string=f"<body style='font: 11pt {font}'>{ORDINARY}").write_pdf()
    assert read_trusted_file(body).unreadable == ()


def test_one_bullet_in_many_places_needs_nobody_to_look():
    items = "".join(f"<p>\u2756 Item {number}</p>" for number in range(9))
    body = HTML(string=f"<body style='font: 11pt DejaVu Sans'>{items}").write_pdf()
    assert read_trusted_file(body).unreadable == ()


def test_what_is_drawn_again_has_the_words_that_are_seen_and_no_others():
    unseen = "<p style='color: white'>Larchwood</p><p style='position: absolute; left: 3000px'>Larkspur</p>"
    made = redraw_pages(HTML(string=f"{ORDINARY}{unseen}").write_pdf())
    said = " ".join(text_of(made).split())
    assert "Ms Łęcka" in said and "Nothing worries us." in said and "office" in said.lower()
    assert "Larchwood" not in said and "Larkspur" not in said


def test_a_page_that_lies_on_its_side_is_drawn_again_with_its_words():
    def turn(pdf):
        pdf.pages[0].obj.Rotate = 90

    assert "Rosa is well." in " ".join(text_of(redraw_pages(hostile.changed(hostile.a_page(), turn))).split())


def drawn(body: bytes) -> list[bytes]:
    """The pages of a file as pictures."""
    with pypdfium2.PdfDocument(body) as pdf:
        return [page.render(scale=1).to_pil().tobytes() for page in pdf]


@pytest.mark.parametrize("make", hostile_unseen.NOT_SHOWN, ids=[make.__name__ for make in hostile_unseen.NOT_SHOWN])
def test_what_no_page_shows_is_in_nothing_that_is_carried(make):
    hostile_file, plain = make()
    made, without = redraw_pages(hostile_file), redraw_pages(plain)
    assert drawn(made) == drawn(without) and text_of(made) == text_of(without)
    assert "Pennywort" not in text_of(made) and b"Pennywort" not in made
