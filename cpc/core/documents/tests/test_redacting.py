"""What is redacted is removed from the file: from its bytes, streams, words, properties, layers and attached files."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from cpc.core.documents.reading import read_file
from cpc.core.documents.redacting import CannotRedact, Mark, picture, redact
from cpc.core.documents.redacting.marks import MOST_PAGES_KEPT, pixel_box

pytestmark = pytest.mark.usefixtures("no_kept_files")
SECRET = "Larchwood"  # on page 1 in the area, on page 3, and everywhere else where a PDF can hide a word
TOP = Mark(1, left=0.0, top=0.0, right=1.0, bottom=0.3)
PAGE_3 = Mark(3, whole_page=True)


def a_pdf_that_hides() -> bytes:
    """Three pages; the word is on the first and the last, and in all the places that are not on a page."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"{SECRET} layer")))
    shared = Dictionary(Font=Dictionary(F=font), Properties=Dictionary(L=layer))
    words = {
        1: f"BT /F 40 Tf 60 700 Td ({SECRET} Road) Tj ET BT /F 40 Tf 60 300 Td (Rosa at school) Tj ET",
        2: f"BT /F 40 Tf 60 700 Td (Second page) Tj ET /OC /L BDC BT /F 40 Tf 60 60 Td ({SECRET}) Tj ET EMC"
        f" BT 3 Tr /F 40 Tf 60 400 Td (unseen {SECRET}) Tj ET BT 0 Tr /F 20 Tf 60 2000 Td (off {SECRET}) Tj ET",
        3: f"BT /F 40 Tf 60 700 Td (All of {SECRET}) Tj ET",
    }
    for number, drawn in words.items():
        page = Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Resources=shared,
            Contents=pdf.make_stream(drawn.encode()),
            PieceInfo=Dictionary(App=Dictionary(Private=String(f"{SECRET} private"))),
        )  # fmt: skip
        if number == 2:
            note = Dictionary(
                Type=Name.Annot, Subtype=Name.Text, Rect=Array([500, 20, 520, 40]), Contents=String(f"{SECRET} note")
            )
            page.Annots = Array([pdf.make_indirect(note)])
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("who"), V=String(SECRET))]))
    pdf.attachments["note.txt"] = f"{SECRET} attached".encode()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"{SECRET} bookmark", 2))
    with pdf.open_metadata() as properties:
        properties["dc:title"] = f"{SECRET} title"
    pdf.docinfo["/Author"] = f"{SECRET} author"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def made() -> tuple[bytes, bytes]:
    original = a_pdf_that_hides()
    return original, redact(original, [TOP, PAGE_3])


def everything_in(body: bytes) -> bytes:
    """The bytes of the file and of every stream in it, unpacked, with every text and name of every object."""
    found = [body]
    with pikepdf.open(io.BytesIO(body)) as pdf:
        for one in pdf.objects:
            found.append(one.unparse(resolved=False))
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != Name.Image:
                found.append(one.read_bytes())
            if isinstance(one, pikepdf.String):
                found.append(str(one).encode())
        found.append(str(pdf.trailer).encode())
    return b"\n".join(found)


def drawn(body, number):
    page = pypdfium2.PdfDocument(body)[number - 1]
    return page.render(scale=1).to_pil().convert("L")


def test_the_word_can_be_found_in_every_place_before_it_is_removed(made):
    original, _ = made
    read = read_file(original)
    assert SECRET in read.text
    assert all(
        f"{SECRET} {where}" in read.text + read.metadata
        for where in ("note", "attached", "title", "author", "bookmark")
    )
    assert SECRET.encode() in everything_in(original)


def test_what_is_redacted_is_in_no_byte_no_stream_no_text_and_no_property(made):
    _, new = made
    assert SECRET.encode() not in everything_in(new)
    assert SECRET.encode("utf-16-be") not in everything_in(new)
    read = read_file(new)
    assert not read.text.strip() and not read.metadata.strip()


def test_the_new_file_has_pages_and_pictures_and_nothing_else(made):
    _, new = made
    with pikepdf.open(io.BytesIO(new)) as pdf:
        assert len(pdf.pages) == 2
        assert not pdf.attachments and "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        for page in pdf.pages:
            assert set(page.obj.keys()) <= {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
            assert set(page.obj.Resources.keys()) == {"/XObject"}
            (image,) = page.obj.Resources.XObject.values()
            assert set(image.keys()) <= {
                "/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/Length",
            }  # fmt: skip


def test_the_area_is_black_and_the_rest_is_as_it_was(made):
    original, new = made
    before, after = drawn(original, 1), drawn(new, 1)
    width, height = after.size
    assert after.crop((0, 0, width, int(height * 0.3))).getextrema()[1] < 10
    rest = (0, int(height * 0.35), width, height)
    assert before.crop(rest).getextrema()[0] < 100, "something is written below the area"
    assert after.crop(rest).getextrema()[0] < 100, "and it can still be read"
    changed = sum(
        abs(a - b) > 100 for a, b in zip(before.crop(rest).tobytes(), after.crop(rest).tobytes(), strict=True)
    )
    assert changed < 400


def test_what_is_not_seen_on_a_page_is_not_drawn(made):
    """The hidden layer lies at the foot of page 2: it is white in the new file, and the seen words are there."""
    _, new = made
    after = drawn(new, 2)
    width, height = after.size
    assert after.crop((0, int(height * 0.2), 400, height)).getextrema()[0] > 200
    assert after.crop((0, 0, width, int(height * 0.2))).getextrema()[0] < 100


def test_a_page_that_lies_on_its_side_is_redacted_where_it_is_seen():
    with pikepdf.open(io.BytesIO(a_pdf_that_hides())) as pdf:
        pdf.pages[0].obj.Rotate = 90
        out = io.BytesIO()
        pdf.save(out)
    after = drawn(redact(out.getvalue(), [Mark(1, left=0.5, top=0.0, right=1.0, bottom=1.0)]), 1)
    width, height = after.size
    assert width > height
    assert after.crop((width // 2 + 1, 0, width, height)).getextrema()[1] < 10


def test_a_photograph_loses_what_the_camera_wrote_into_it_and_its_area():
    image = Image.new("RGB", (400, 300), "white")
    exif = Image.Exif()
    exif[0x010E] = f"{SECRET} Road"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=SECRET)
    assert SECRET.encode() in out.getvalue()
    new = redact(out.getvalue(), [Mark(1, left=0.25, top=0.25, right=0.75, bottom=0.75)])
    assert SECRET.encode() not in everything_in(new)
    after = drawn(new, 1)
    width, height = after.size
    assert after.getpixel((width // 2, height // 2)) < 10 and after.getpixel((5, 5)) > 245


def test_the_area_is_never_smaller_than_it_was_drawn():
    assert pixel_box(Mark(1, left=0.101, top=0.5, right=0.899, bottom=0.51), 100, 100) == (9, 49, 90, 52)
    assert pixel_box(Mark(1), 100, 100) == (0, 0, 99, 99)


def test_a_page_is_shown_as_a_picture():
    shown = Image.open(io.BytesIO(picture(a_pdf_that_hides(), 2)))
    assert shown.format == "PNG" and shown.size == (662, 936)


@pytest.mark.parametrize(
    ("body", "marks", "says"),
    [
        (b"%PDF-1.7\nnothing\n%%EOF", [], "broken"),
        (b"\x89PNG\r\n\x1a\nnothing", [], "broken"),
        (a_pdf_that_hides(), [Mark(number, whole_page=True) for number in (1, 2, 3)], "At least one page"),
    ],
)
def test_what_cannot_be_made_again_says_why(body, marks, says):
    with pytest.raises(CannotRedact, match=says):
        redact(body, marks)


def test_a_long_file_is_made_again_when_few_enough_pages_stay():
    long, out = pikepdf.new(), io.BytesIO()
    for _ in range(MOST_PAGES_KEPT + 1):
        long.add_blank_page(page_size=(100, 100))
    long.save(out)
    with pytest.raises(CannotRedact, match=f"More than {MOST_PAGES_KEPT} pages would stay"):
        redact(out.getvalue(), [Mark(1, left=0, top=0, right=0.5, bottom=0.5)])
    with pikepdf.open(io.BytesIO(redact(out.getvalue(), [Mark(1, whole_page=True)]))) as made:
        assert len(made.pages) == MOST_PAGES_KEPT


def test_a_locked_file_says_so():
    with pikepdf.open(io.BytesIO(a_pdf_that_hides())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(CannotRedact, match="password"):
        picture(out.getvalue(), 1)
