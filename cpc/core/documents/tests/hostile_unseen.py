"""More PDF files made by hand: the address in masks, fonts and sounds, and where no page shows it."""

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageOps

from cpc.core.documents.tests.hostile import STREET, a_page, changed, outlines, picture_of, the_address

IN_A_STRIP = "q 216 0 0 27 60 500 cm /S Do Q"


def a_picture_that_is_a_mask() -> bytes:
    def make(pdf):
        black = picture_of(Image.new("L", (320, 40), 0))(pdf)
        black.SMask = picture_of(ImageOps.invert(the_address()))(pdf)
        return black

    return a_page(IN_A_STRIP, XObject={"S": make})


def a_stencil() -> bytes:
    def make(pdf):
        return pdf.make_stream(
            the_address().convert("1").tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=320, Height=40,
            ImageMask=True, BitsPerComponent=1,
        )  # fmt: skip

    return a_page(IN_A_STRIP, XObject={"S": make})


def another_picture_for_printing() -> bytes:
    def make(pdf):
        blank = picture_of(Image.new("L", (320, 40), 255))(pdf)
        blank.Alternates = Array([Dictionary(Image=picture_of(the_address())(pdf), DefaultForPrinting=True)])
        return blank

    return a_page(IN_A_STRIP, XObject={"S": make})


def a_mask_of_outlines() -> bytes:
    def make(pdf):
        shape = pdf.make_stream(
            outlines().encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        )  # fmt: skip
        return Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Alpha, G=shape))

    return a_page("q /G gs 40 300 400 300 re f Q", ExtGState={"G": make})


def a_letter_that_is_a_whole_address() -> bytes:
    def change(pdf):
        pdf.pages[0].obj.Resources.Font.G = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 800, 800]), FontMatrix=Array([1, 0, 0, 1, 0, 0]),
            CharProcs=Dictionary(a=pdf.make_stream(f"800 0 d0 {outlines()}".encode())), FirstChar=97, LastChar=97,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name("/a")])), Widths=Array([800]),
            Resources=Dictionary(),
        )  # fmt: skip
        pdf.pages[0].contents_add(b"BT /G 1 Tf 0 0 Td (a) Tj ET")

    return changed(a_page(), change)


def a_recording() -> bytes:
    def change(pdf):
        sound = pdf.make_stream(bytes(100), Type=Name.Sound, R=8000)
        note = Dictionary(Type=Name.Annot, Subtype=Name.Sound, Rect=Array([0, 0, 9, 9]), Sound=sound)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return changed(a_page(), change)


def an_earlier_version_before_it() -> bytes:
    return a_page(outlines()) + b"\n" + a_page()


def outlines_too_small_to_see() -> bytes:
    return a_page(outlines(0.8))


MADE_BY_HAND: list[Callable[[], bytes]] = [
    a_picture_that_is_a_mask, a_stencil, another_picture_for_printing, a_mask_of_outlines,
    a_letter_that_is_a_whole_address, a_recording, an_earlier_version_before_it, outlines_too_small_to_see,
]  # fmt: skip


# --- What no page shows: each beside the same page without it -----------------------------------------------------


def _cropped(body: bytes) -> bytes:
    def change(pdf):
        pdf.pages[0].obj.CropBox = Array([0, 600, 595, 842])

    return changed(body, change)


def outside_the_edge_of_the_page() -> tuple[bytes, bytes]:
    return _cropped(a_page(outlines())), _cropped(a_page())


def under_a_black_bar() -> tuple[bytes, bytes]:
    bar = "0 g 40 480 500 60 re f"
    return a_page(f"{outlines()} {bar}"), a_page(bar)


def on_a_layer_for_printing_alone() -> tuple[bytes, bytes]:
    def make(_pdf):
        usage = Dictionary(Print=Dictionary(PrintState=Name.ON), View=Dictionary(ViewState=Name.OFF))
        return Dictionary(Type=Name.OCG, Name=String("P"), Usage=usage)

    def change(pdf):
        layer = pdf.make_indirect(pdf.pages[0].obj.Resources.Properties.L)
        pdf.pages[0].obj.Resources.Properties.L = layer
        shown = Dictionary(Event=Name.View, OCGs=Array([layer]), Category=Array([Name.View]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), AS=Array([shown])))

    return changed(a_page(f"/OC /L BDC {outlines()} EMC", Properties={"L": make}), change), a_page()


def in_the_name_of_a_colour() -> tuple[bytes, bytes]:
    def make(_pdf):
        shades = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
        return Array([Name.Separation, Name("/" + STREET.replace(" ", "#20")), Name.DeviceGray, shades])

    return a_page(ColorSpace={"C": make}), a_page()


NOT_SHOWN: list[Callable[[], tuple[bytes, bytes]]] = [
    outside_the_edge_of_the_page, under_a_black_bar, on_a_layer_for_printing_alone, in_the_name_of_a_colour,
]  # fmt: skip
