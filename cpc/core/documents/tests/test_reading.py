"""Everything readable in a file is read, wherever it is; what cannot be read is listed. No database."""

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from weasyprint import HTML

from cpc.core.documents.calendar import calendar_file
from cpc.core.documents.reading import found as limits
from cpc.core.documents.reading import read_file, read_trusted_file
from cpc.core.documents.tests.test_calendar import MEETING

SECRET = "14 Pennywort Lane"


def a_pdf(html="<p>Nothing here.</p>", then=None) -> bytes:
    """A real PDF; ``then(pdf)`` may put something into it."""
    made = HTML(string=html).write_pdf()
    if then is None:
        return made
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        then(pdf)
        pdf.save(out)
    return out.getvalue()


def properties(pdf):
    pdf.docinfo["/Subject"] = SECRET


def xmp(pdf):
    with pdf.open_metadata() as data:
        data["dc:description"] = SECRET


def a_bookmark(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))


def a_note(pdf, **more):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 50, 50]), Contents=String(SECRET), **more)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def a_form_field(pdf):
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("address"), V=String(SECRET),
        Rect=Array([10, 10, 50, 50]),
    )  # fmt: skip
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(field)])


def an_attached_text(pdf):
    pdf.attachments["notes.txt"] = f"They live at {SECRET}.".encode()


def an_attached_pdf(pdf):
    pdf.attachments["inside.pdf"] = a_pdf(f"<p>{SECRET}</p>")


def an_attached_something(pdf):
    pdf.attachments["x.bin"] = b"\x00\x01\x02" * 99


def the_name_of_an_attachment(pdf):
    pdf.attachments[f"{SECRET}.txt"] = b"Nothing."


def something_nothing_points_at(pdf):
    pdf.Root["/PieceInfo"] = pdf.make_indirect(Dictionary(Old=Dictionary(Words=Array([String(SECRET)]))))


def words_for_screen_readers(pdf):
    page = pdf.pages[0]
    page.contents_add(b"/Span <</ActualText (" + SECRET.encode() + b")>> BDC EMC")


HIDDEN = [
    (properties, "The file’s properties"), (xmp, "The file’s properties"), (a_bookmark, "A bookmark"),
    (a_note, "A note on page 1"), (a_form_field, "A form field"),
    (an_attached_text, "Page 1, in the attached file “notes.txt”"),
    (an_attached_pdf, "Page 1, in the attached file “inside.pdf”"),
    (the_name_of_an_attachment, "The name of an attached file"),
    (something_nothing_points_at, "Hidden words of the file"), (words_for_screen_readers, "Hidden words on page 1"),
]  # fmt: skip


@pytest.mark.parametrize(("put", "where"), HIDDEN, ids=[put.__name__ for put, _ in HIDDEN])
def test_a_secret_in_a_pdf_is_read_wherever_it_lies_and_says_where(put, where):
    read = read_trusted_file(a_pdf(then=put))
    assert where in {part.where for part in read.parts if SECRET in part.text}
    assert SECRET not in read_trusted_file(a_pdf()).text + read_trusted_file(a_pdf()).metadata


def test_white_words_and_words_beyond_the_edge_of_the_paper_are_read():
    far = f"<p style='color:white'>{SECRET}</p><p style='position:absolute; left:3000px'>Larkspur</p>"
    read = read_trusted_file(a_pdf(far))
    assert SECRET in read.text and "Larkspur" in read.text


def test_words_in_two_columns_and_across_a_page_end_are_also_read_in_the_order_of_a_reader():
    left, right = (
        "<p>Then she said that Rose</p><p>Patel came home.</p>",
        "<p>Other words stand here.</p><p>More.</p>",
    )
    columns = f"<div style='float:left;width:40%'>{left}</div><div style='float:right;width:40%'>{right}</div>"
    shadows = " ".join(" ".join(part.text.split()) for part in read_trusted_file(a_pdf(columns)).parts if part.shadow)
    assert "Rose Patel came" in shadows
    style = "<style>@page{@top-center{content:'Confidential record'}}</style>"
    pages = f"{style}<p>Then Rose</p><p style='break-before:page'>Patel came.</p>"
    across = next(part.text for part in read_trusted_file(a_pdf(pages)).parts if part.where == "Across pages")
    assert "Rose Patel came" in " ".join(across.split())


def a_picture(kind="PNG", **how) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def a_picture_with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = f"The house at {SECRET}"
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture("JPEG", exif=exif)


def a_scan(words="") -> bytes:
    import base64

    picture = base64.b64encode(a_picture()).decode()
    return a_pdf(f"<img src='data:image/png;base64,{picture}' style='width:15cm'><p>{words}</p>")


def ink(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=Array([10, 10, 50, 50]), InkList=Array([]))
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


UNREADABLE = [
    (a_scan(), "Page 1 has no words that can be read"), (a_scan("Some words."), "Page 1 has a picture"),
    (a_pdf(then=ink), "handwriting"), (locked(), "locked with a password"), (a_pdf()[:400], "broken"),
    (a_picture(), "A picture"), (a_picture_with_exif(), "where it was taken"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "a kind of file that cannot be read"),
    (a_pdf(then=an_attached_something), "in the attached file “x.bin”"),
    (a_pdf() + a_pdf(), "earlier version"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "said"), UNREADABLE, ids=[said for _, said in UNREADABLE])
def test_what_cannot_be_read_is_said_in_a_sentence(body, said):
    assert any(said in sentence for sentence in read_trusted_file(body, "report.pdf").unreadable)


def test_an_ordinary_pdf_needs_nobody_to_look():
    assert (
        read_trusted_file(a_pdf("<h1>A report</h1><p>Words.</p><table><tr><td>One</td></tr></table>")).unreadable == ()
    )


def test_the_words_that_travel_with_a_picture_are_read():
    assert SECRET in read_trusted_file(a_picture_with_exif(), "house.jpg").metadata


WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>14 Penny'
    "</w:t></w:r><w:r><w:t>wort Lane</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>Larkspur Refuge</w:delText></w:r>"
    "</w:del></w:p></w:body></w:document>"
)


def a_word_file(**more) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/document.xml", WORD)
        for name, body in more.items():
            opened.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def test_a_word_file_is_read_with_its_deletions_comments_and_properties():
    comments = '<c xmlns:w="w"><w:comment w:author="Rose Patel"><w:t>Call 07700 900123</w:t></w:comment></c>'
    read = read_trusted_file(
        a_word_file(word__comments_dot_xml=comments, docProps__core_dot_xml="<p><creator>Ada</creator></p>")
    )
    assert SECRET in read.text and "Larkspur Refuge" in read.text
    assert {"07700 900123", "Rose Patel", "Ada"} <= {line for part in read.parts for line in part.text.split("\n")} | {
        part.text.strip().removeprefix("Call ") for part in read.parts
    }


def drawn_in_word(body: str) -> bytes:
    spaces = 'xmlns:w="w" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="a"'
    return a_word_file(word__header1_dot_xml=f"<w:hdr {spaces}>{body}</w:hdr>")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('<v:shape path="m0,0l9,9e"/>', "A drawing in it"),
        ("<a:custGeom><a:pathLst/></a:custGeom>", "A drawing in it"),
        ('<v:polyline points="0,0 9,9"/>', "A drawing in it"),
        ('<w:sym w:font="Wingdings" w:char="F04A"/>', "Letters of a font of signs"),
    ],
)
def test_what_is_drawn_in_a_word_file_must_be_looked_at(body, sentence):
    assert [one[: len(sentence)] for one in read_trusted_file(drawn_in_word(body)).unreadable] == [sentence]


def test_words_of_a_drawing_in_a_word_file_are_read_and_its_outline_alone_is_asked_about():
    read = read_trusted_file(drawn_in_word(f'<v:shape type="#t"><v:textpath string="{SECRET}"/></v:shape>'))
    assert SECRET in read.metadata and read.unreadable == ()


def test_the_comments_of_an_archive_and_letters_that_nobody_sees_are_read():
    out = io.BytesIO(a_word_file())
    with zipfile.ZipFile(out, "a") as opened:
        opened.comment = b"Larkspur Court"
    assert "Larkspur Court" in read_trusted_file(out.getvalue()).metadata
    unseen = "".join(chr(0xE0000 + ord(char)) for char in SECRET)
    for file in (drawn_in_word(f"<w:t>Well{unseen}</w:t>"), f"Well{unseen}".encode()):
        assert any(SECRET in part.text for part in read_trusted_file(file, "a.txt").parts)


def test_a_zip_bomb_gives_a_sentence_and_no_crash():
    bomb = a_word_file(word__big_dot_xml="<a>" + "0" * 80_000_000 + "</a>")
    assert len(bomb) < 200_000
    assert any("unpacks to much more" in sentence for sentence in read_trusted_file(bomb).unreadable)
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    assert "aaaa" not in read_trusted_file(a_word_file(word__e_dot_xml=entities)).text
    pages = a_pdf("<p style='break-after:page'>x</p>" * (limits.MOST_PAGES + 2))
    assert any("pages" in sentence for sentence in read_trusted_file(pages).unreadable)


def test_a_calendar_file_is_read_field_by_field_without_folds_and_escapes():
    text = calendar_file(**MEETING | {"words": f"Bring them from {SECRET}; ask there, and wait" + " long" * 20})
    parts = {part.where: part.text for part in read_trusted_file(text.encode(), "meeting.ics").parts}
    assert SECRET in parts["The calendar entry’s DESCRIPTION"]
    assert "room 4; ask" in parts["The calendar entry’s LOCATION"]
    assert "conferences@example.org" in parts["The calendar entry’s ORGANIZER"]


def test_plain_text_in_any_encoding_is_read():
    for coding in ("utf-8", "utf-16", "cp1252"):
        assert "Siân" in read_trusted_file("Siân came.".encode(coding), "notes.txt").text


def test_a_file_from_outside_is_read_in_a_sandbox_with_the_same_result(no_kept_files):
    body = a_pdf(f"<p>{SECRET}</p>", then=a_bookmark)
    assert read_file(body, "report.pdf") == read_trusted_file(body, "report.pdf")
    assert any("broken" in sentence for sentence in read_file(b"%PDF-1.7 nothing", "x.pdf").unreadable)
