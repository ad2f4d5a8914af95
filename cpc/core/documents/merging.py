"""Merge tagged PDF files into one that is still tagged: pikepdf copies pages without their structure tree."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (595.28, 841.89)


def merged(parts: list[bytes], title: str) -> bytes:
    """The files in this order as one file, each starting on the front of a sheet. PDF/UA-1 if each of them is."""
    whole = pikepdf.new()
    root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(), ParentTree=Dictionary(Nums=Array())))
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            if len(whole.pages) % 2:
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
