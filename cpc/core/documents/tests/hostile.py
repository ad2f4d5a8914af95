"""PDF files made by hand to carry an address past a program that reads words. None of them says it in plain text."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from weasyprint import HTML

STREET, POSTCODE = "14 Pennywort Lane", "ZZ9 9OZ"


def changed(body: bytes, change: Callable) -> bytes:
    """The file after ``change(pdf)``."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(body)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def a_page(commands: str = "", words: str = "Rosa is well.", **resources) -> bytes:
    """A page with these words and drawing commands."""
    pdf, out = pikepdf.new(), io.BytesIO()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    said = f"BT /F 12 Tf 60 780 Td ({words}) Tj ET\n{commands}"
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Contents=pdf.make_stream(said.encode()),
        Resources=Dictionary(Font=Dictionary(F=pdf.make_indirect(font))),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    for kind, named in resources.items():
        page.Resources[f"/{kind}"] = Dictionary({f"/{name}": make(pdf) for name, make in named.items()})
    pdf.save(out)
    return out.getvalue()


def the_address(height: int = 40) -> Image.Image:
    """The address as a picture."""
    image = Image.new("L", (320, height), 255)
    ImageDraw.Draw(image).text((4, height // 4), f"{STREET} {POSTCODE}", fill=0)
    return image


def picture_of(image):
    def make(pdf):
        return pdf.make_stream(
            image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip

    return make


def a_picture_in_a_strip() -> bytes:
    return a_page("q 216 0 0 27 60 500 cm /S Do Q", XObject={"S": picture_of(the_address())})


def a_small_picture() -> bytes:
    return a_page("q 90 0 0 11 60 500 cm /S Do Q", XObject={"S": picture_of(the_address())})


def a_scan_in_low_bands() -> bytes:
    image = the_address(40)
    bands = {f"B{at}": picture_of(image.crop((0, at * 4, image.width, at * 4 + 4))) for at in range(10)}
    drawn = "\n".join(f"q 216 0 0 2.7 60 {500 - at * 2.7} cm /B{at} Do Q" for at in range(10))
    return a_page(drawn, XObject=bands)


def an_inline_picture() -> bytes:
    image = the_address(20).resize((80, 10))
    return a_page(f"q 200 0 0 25 60 500 cm BI /W 80 /H 10 /CS /G /BPC 8 /F /AHx ID {image.tobytes().hex()}> EI Q")


def outlines(size: float = 16, step: str = "f") -> str:
    """The address as filled paths: one path for all of it."""
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

    from cpc.core.documents.reading.shapes import _OWN_FONTS

    font = TTFont(_OWN_FONTS / "LiberationSans-Regular.ttf")
    glyphs, names, at, scale = font.getGlyphSet(), font.getBestCmap(), 60.0, size / font["head"].unitsPerEm
    commands: list[str] = []

    class Pen(BasePen):
        def _moveTo(self, point):
            commands.append(f"{at + point[0] * scale:.2f} {500 + point[1] * scale:.2f} m")

        def _lineTo(self, point):
            commands.append(f"{at + point[0] * scale:.2f} {500 + point[1] * scale:.2f} l")

        def _curveToOne(self, one, two, three):
            commands.append(
                " ".join(f"{at + x * scale:.2f} {500 + y * scale:.2f}" for x, y in (one, two, three)) + " c"
            )

        def _closePath(self):
            commands.append("h")

    for letter in STREET:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(Pen(glyphs))
        at += glyph.width * scale
    return " ".join([*commands, step])


def text_as_one_outlined_path() -> bytes:
    return a_page(outlines())


def text_as_outlines_that_are_stroked() -> bytes:
    return a_page(f"0.4 w {outlines(step='S')}")


def text_in_pale_grey() -> bytes:
    return a_page(f"0.93 g {outlines()}")


def letters_of_short_strokes() -> bytes:
    """A one, a four and an L, as a hand would draw them with straight strokes."""
    strokes = [(0, 0, 0, 20), (15, 20, 10, 8), (10, 8, 22, 8), (18, 14, 18, 0), (35, 20, 35, 0), (35, 0, 45, 0)]
    return a_page(" ".join(f"{60 + a} {500 + b} m {60 + c} {500 + d} l S" for a, b, c, d in strokes))


def digits_of_bars() -> bytes:
    """A four as a calculator shows it, of level and upright bars."""
    bars = [(60, 520, 60, 545), (60, 520, 80, 520), (80, 495, 80, 545), (100, 495, 100, 545)]
    return a_page(" ".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in bars))


def a_dotted_word() -> bytes:
    """The address of small squares, as a dot-matrix printer makes it."""
    image = the_address(20).resize((110, 14)).point(lambda value: 255 if value < 160 else 0)
    dots = [(x, y) for y in range(image.height) for x in range(image.width) if image.getpixel((x, y))]
    return a_page(" ".join(f"{60 + x * 2} {520 - y * 2} 1.4 1.4 re f" for x, y in dots))


def a_tiling_pattern() -> bytes:
    def make(pdf):
        return pdf.make_stream(
            outlines(8).encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
            BBox=Array([0, 400, 400, 600]), XStep=400, YStep=200, Resources=Dictionary(),
        )  # fmt: skip

    return a_page("/Pattern cs /P scn 40 300 400 300 re f", Pattern={"P": make})


def text_in_a_tiling_pattern() -> bytes:
    def make(pdf):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        return pdf.make_stream(
            f"BT /F 12 Tf 60 500 Td ({STREET}) Tj ET".encode(), Type=Name.Pattern, PatternType=1, PaintType=1,
            TilingType=1, BBox=Array([0, 400, 400, 600]), XStep=400, YStep=200,
            Resources=Dictionary(Font=Dictionary(F=font)),
        )  # fmt: skip

    return a_page("/Pattern cs /P scn 40 300 400 300 re f", Pattern={"P": make})


def a_shape_cut_out_of_a_shading() -> bytes:
    def make(_pdf):
        function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([0.2]), N=1)
        return Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 595, 0]), Function=function,
            Extend=Array([True, True]),
        )  # fmt: skip

    return a_page(f"q {outlines(step='W n')} /Sh sh Q", Shading={"Sh": make})


def letters_cut_out_of_a_form() -> bytes:
    def make(pdf):
        return pdf.make_stream(
            outlines().encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]),
        )  # fmt: skip

    return a_page("/Fm Do", XObject={"Fm": make})


def an_appearance(kind: str) -> Callable[[], bytes]:
    """A note that has no contents. Its appearance shows the address."""

    def make() -> bytes:
        def change(pdf):
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            shown = pdf.make_stream(
                f"BT /F 12 Tf 2 4 Td ({STREET}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form,
                BBox=Array([0, 0, 200, 20]), Resources=Dictionary(Font=Dictionary(F=font)),
            )  # fmt: skip
            note = Dictionary(
                Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([60, 500, 260, 520]), F=4,
                AP=Dictionary(N=shown),
            )  # fmt: skip
            if kind == "Widget":
                note.FT, note.T = Name.Btn, String("a")
            note = pdf.make_indirect(note)
            pdf.pages[0].obj.Annots = Array([note])
            if kind == "Widget":
                pdf.Root.AcroForm = Dictionary(Fields=Array([note]))

        return changed(a_page(), change)

    make.__name__ = f"the_appearance_of_a_{kind.lower()}"
    return make


def a_thumbnail() -> bytes:
    def change(pdf):
        pdf.pages[0].obj.Thumb = picture_of(the_address())(pdf)

    return changed(a_page(), change)


def a_removed_page_in_private_data() -> bytes:
    def change(pdf):
        kept = pdf.make_stream(outlines().encode())
        pdf.Root.PieceInfo = Dictionary(App=Dictionary(Private=Dictionary(Page=kept)))

    return changed(a_page(), change)


def a_removed_page() -> bytes:
    def change(pdf):
        with pikepdf.open(io.BytesIO(text_as_one_outlined_path())) as other:
            page = pdf.copy_foreign(other.pages[0].obj)
        pdf.Root.Old = pdf.make_indirect(page)

    return changed(a_page(), change)


def a_stream_that_nothing_refers_to() -> bytes:
    def change(pdf):
        pdf.Root.X = pdf.make_stream(outlines().encode())

    return changed(a_page(), change)


def a_lying_character_map(word: str = "Rosa is well tod.") -> bytes:
    """The page shows the street, and the file says that it is another word of the same length."""
    body = HTML(string=f"<p style='font-family: Liberation Sans'>{STREET}</p>").write_pdf()

    def change(pdf):
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/ToUnicode" in one:
                table = one.ToUnicode.read_bytes().decode()
                meant = dict.fromkeys(STREET)
                for shown, said in zip(meant, word, strict=False):
                    table = table.replace(f"<{ord(shown):04x}>\n", f"<{ord(said):04x}>\n").replace(
                        f"<{ord(shown):04X}>\n", f"<{ord(said):04X}>\n"
                    )
                one.ToUnicode = pdf.make_stream(table.encode())

    return changed(body, change)


def letters_that_cover_each_other() -> bytes:
    """The page shows the street in letters that are said to be others, and over each lie two unseen ones."""
    return _said_to_be(
        "Ro sieweltodan",
        lambda letter, at: " ".join(
            [
                f"0 Tr /F 16 Tf ({letter}) Tj",
                *(f"1 0 0 1 {at - 2} 495 Tm 3 Tr /F 24 Tf ({over}) Tj" for over in "HN"),
            ]
        ),
    )


def letters_across_the_edge() -> bytes:
    """The page shows the street at its foot, and the edge of the paper cuts off a little of each letter."""
    return _said_to_be("Ro sieweltodan", lambda letter, _: f"/F 16 Tf ({letter}) Tj", bottom=500.4)


def letters_apart_that_mean_one_sign() -> bytes:
    """Every letter of the street is alone and is said to be one sign that no font is known to draw."""
    return _said_to_be("\u2756" * 20, lambda letter, _: f"/F 16 Tf ({letter}) Tj")


def _said_to_be(word: str, draw: Callable[[str, float], str], bottom: float = 0) -> bytes:
    """The street, as ``draw(letter, left)`` draws each letter, in a font that says that it is ``word``."""
    pdf, out = pikepdf.new(), io.BytesIO()
    meant = dict(zip(dict.fromkeys(STREET), word, strict=False))
    pairs = "\n".join(f"<{ord(shown):02x}> <{ord(said):04x}>" for shown, said in meant.items())
    table = f"begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(meant)} beginbfchar\n{pairs}\n"
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
        ToUnicode=pdf.make_stream(f"{table}endbfchar\nendcmap".encode()),
    )  # fmt: skip
    placed = ((letter, 60 + 22 * at) for at, letter in enumerate(STREET))
    drawn = "\n".join(f"1 0 0 1 {left} 500 Tm {draw(letter, left)}" for letter, left in placed)
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, bottom, 595, 842]), Contents=pdf.make_stream(f"BT {drawn} ET".encode()),
        Resources=Dictionary(Font=Dictionary(F=pdf.make_indirect(font))),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(out)
    return out.getvalue()


def letters_that_mean_bullets() -> bytes:
    """Every letter of the street is said to be a sign that no font is known to draw."""
    return a_lying_character_map("\u2756" * 20)


def unseen_words_over_a_picture() -> bytes:
    """A scan with a text layer that says something harmless."""
    return a_page(
        "BT 3 Tr /F 12 Tf 64 505 Td (Rosa likes her school.) Tj ET q 216 0 0 27 60 500 cm /S Do Q",
        XObject={"S": picture_of(the_address())},
    )


def unseen_words_over_outlines() -> bytes:
    return a_page(f"BT 3 Tr /F 16 Tf 60 500 Td (Rosa plays well on) Tj ET {outlines()}")


def words_inside_a_huge_letter() -> bytes:
    return a_page(f"1 0 0 rg BT /F 900 Tf 20 150 Td (O) Tj ET 0 g {outlines(8)}")


def an_action(kind: str, **more) -> Callable[[], bytes]:
    """A link that does something else than leading to another page."""

    def make() -> bytes:
        def change(pdf):
            action = Dictionary(S=Name(f"/{kind}"), **more)
            link = Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 770, 200, 800]), Border=Array([0, 0, 0]), A=action
            )
            pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])

        return changed(a_page(), change)

    make.__name__ = f"an_action_{kind.lower()}"
    return make


def a_page_of_the_web_that_opens_by_itself() -> bytes:
    def change(pdf):
        pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://example.org/"))

    return changed(a_page(), change)


def a_script_when_a_page_is_opened() -> bytes:
    def change(pdf):
        pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))

    return changed(a_page(), change)


def a_layer_that_is_hidden() -> bytes:
    def make(_pdf):
        return Dictionary(Type=Name.OCG, Name=String("Old"))

    def change(pdf):
        layer = pdf.make_indirect(pdf.pages[0].obj.Resources.Properties.L)
        pdf.pages[0].obj.Resources.Properties.L = layer
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))

    return changed(a_page(f"/OC /L BDC {outlines()} EMC", Properties={"L": make}), change)


MADE_BY_HAND: list[Callable[[], bytes]] = [
    a_picture_in_a_strip, a_small_picture, a_scan_in_low_bands, an_inline_picture, text_as_one_outlined_path,
    text_as_outlines_that_are_stroked, text_in_pale_grey, letters_of_short_strokes, digits_of_bars, a_dotted_word,
    a_tiling_pattern, text_in_a_tiling_pattern, a_shape_cut_out_of_a_shading, letters_cut_out_of_a_form,
    *(an_appearance(kind) for kind in ("FreeText", "Square", "Link", "Stamp", "Highlight", "Widget")),
    a_thumbnail, a_removed_page_in_private_data, a_removed_page, a_stream_that_nothing_refers_to,
    letters_that_cover_each_other, letters_across_the_edge, a_lying_character_map, letters_that_mean_bullets,
    letters_apart_that_mean_one_sign, unseen_words_over_a_picture, unseen_words_over_outlines,
    words_inside_a_huge_letter, an_action("Launch", F=String("x.exe")), an_action("SubmitForm", F=String("x")),
    an_action("GoToR", F=String("other.pdf")), an_action("JavaScript", JS=String("app.alert(1)")),
    a_page_of_the_web_that_opens_by_itself, a_script_when_a_page_is_opened, a_layer_that_is_hidden,
]  # fmt: skip
