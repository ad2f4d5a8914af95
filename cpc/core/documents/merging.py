"""Merge tagged PDF files into one that is still tagged: pikepdf copies pages without their structure tree."""

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (595.28, 841.89)
FOOT = 10 * 72 / 25.4  # how much of the foot of a page the line of a pack needs, in points
# Where letter.css and tight.css print a page's number, in pixels: right of 140 mm, and below 280 mm, where text ends.
NUMBER_FROM_LEFT, NUMBER_FROM_TOP = 140 * 96 / 25.4, 280 * 96 / 25.4


def merged(parts: list[bytes], title: str, *, on_sheets: bool = True) -> bytes:
    """The files in this order as one file. PDF/UA-1 if each of them is.

    ``on_sheets``: each starts on the front of a sheet, because each is for another reader.
    """
    whole = pikepdf.new()
    root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(), ParentTree=Dictionary(Nums=Array())))
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            if on_sheets and len(whole.pages) % 2:
                whole.add_blank_page(page_size=A4)
            _append(whole, root, opened)
    root.ParentTreeNextKey = len(root.ParentTree.Nums) // 2
    whole.Root.StructTreeRoot = root
    whole.Root.MarkInfo = Dictionary(Marked=True)
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.Root.Lang = "en-GB"
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdfuaid:part"] = "1"
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


def _append(whole, root, opened):
    """Add the pages of a file, then the structure tree that refers to them.

    A file without a tree (pictures of redacted pages) stays without.
    """
    first = len(whole.pages)
    whole.add_pages_from(opened)
    if Name.StructTreeRoot not in opened.Root:
        return
    tree = whole.copy_foreign(opened.Root.StructTreeRoot)
    offset = len(root.ParentTree.Nums) // 2
    for page in list(whole.pages)[first:]:
        for each in (page.obj, *page.obj.get("/Annots", [])):
            for key in ("/StructParents", "/StructParent"):
                if key in each:
                    each[key] = int(each[key]) + offset
    for key, elements in zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True):
        root.ParentTree.Nums.extend([int(key) + offset, elements])
    children = tree.K if isinstance(tree.K, Array) else Array([tree.K])
    for element in children:
        element.P = root
        root.K.append(element)
    if "/RoleMap" in tree:
        root.RoleMap = tree.RoleMap


@dataclass(frozen=True)
class Section:
    """One part of a pack: what its bookmark says, and its file."""

    title: str
    pdf: bytes


def packed(sections: list[Section], title: str, lines: list[str]) -> bytes:
    """The files, all for one reader, as one: a bookmark for each, no empty pages, a line at the foot of each page."""
    from cpc.core.documents.pdf import footers  # WeasyPrint is loaded only when something is made

    lengths = [number_of_pages(one.pdf) for one in sections]
    starts = first_pages(lengths)
    drawn = [is_drawn(one.pdf) for one, pages in zip(sections, lengths, strict=True) for _ in range(pages)]
    with (
        pikepdf.open(io.BytesIO(merged([one.pdf for one in sections], title, on_sheets=False))) as whole,
        pikepdf.open(io.BytesIO(footers(lines))) as under,
    ):
        for page, footer, has_no_foot in zip(whole.pages, under.pages, drawn, strict=True):
            _stamp(whole, page, footer, has_no_foot)
        with whole.open_outline() as outline:
            outline.root.extend(
                pikepdf.OutlineItem(one.title, start - 1) for one, start in zip(sections, starts, strict=True)
            )
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


def without_page_numbers(letter: bytes) -> bytes:
    """The file of a letter without the number at the foot of each page, for a pack that numbers its pages itself."""
    with pikepdf.open(io.BytesIO(letter)) as opened:
        for page in opened.pages:
            page.Contents = opened.make_stream(pikepdf.unparse_content_stream(_without_number(page)))
        out = io.BytesIO()
        opened.save(out, deterministic_id=True)
        return out.getvalue()


def _without_number(page):
    is_number = False
    for instruction in pikepdf.parse_content_stream(page):
        drawn = str(instruction.operator)
        if drawn == "Tm":
            *_, left, top = instruction.operands
            is_number = left > NUMBER_FROM_LEFT and top > NUMBER_FROM_TOP
        if not (is_number and drawn in ("Tj", "TJ")):
            yield instruction


def number_of_pages(pdf: bytes) -> int:
    """How many pages a file has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def is_drawn(pdf: bytes) -> bool:
    """Whether the pages of a file are pictures. Our own letters are always tagged."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return Name.StructTreeRoot not in opened.Root


def first_pages(lengths: list[int]) -> list[int]:
    """The page (from 1) on which each part of a pack begins."""
    return [1 + sum(lengths[:number]) for number in range(len(lengths))]


def _stamp(whole, page, footer, has_no_foot) -> None:
    """Draw the footer in the middle of the foot of the page, as wide as the page at most. A page that ``has_no_foot``
    is made smaller, so that nothing is under the footer. It is no part of the text: a screen reader passes it by.
    """
    drawn = whole.copy_foreign(footer.as_form_xobject())
    name = page.add_resource(drawn, Name.XObject)
    left, bottom, right, top = map(float, page.mediabox)
    width, height = right - left, top - bottom
    narrow = min(1, width / A4[0])
    small = 1 - narrow * FOOT / height if has_no_foot else 1
    page.contents_add(f"q {_placed(small, (1 - small) * (left + width / 2), (1 - small) * top)}".encode(), prepend=True)
    placed = _placed(narrow, left + (width - narrow * A4[0]) / 2, bottom)
    page.contents_add(f"Q /Artifact <</Type /Pagination>> BDC q {placed} {name} Do Q EMC".encode())


def _placed(scale, right, up) -> str:
    return f"{scale:.4f} 0 0 {scale:.4f} {right:.2f} {up:.2f} cm"
