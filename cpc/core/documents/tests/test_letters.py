import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.db.models import TextChoices
from django.utils.safestring import mark_safe
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from cpc.core.documents import letters
from cpc.core.documents.cover_sheet import CoverSheet, Enclosure
from cpc.core.documents.letters import Addressee, Letter, rebuild, render_html, render_pdf, to_pdf, values
from cpc.core.documents.merging import without_page_numbers
from cpc.core.documents.pdf import BundledFilesOnly, _print_style
from cpc.core.documents.reading import read_file
from cpc.core.documents.redacting import picture
from cpc.core.documents.tests.compliance import assert_pdf_ua_file
from cpc.core.documents.tests.sample import Decision, Sample, SampleRecord, sample
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid


class Colour(TextChoices):
    RED = "red", "Red"


@pytest.fixture(scope="module")
def pdf():
    from django.test import override_settings

    from cpc.core.documents.tests.sample import TEMPLATES

    with override_settings(LETTER_TEMPLATE_DIRS=[TEMPLATES]):
        return render_pdf(sample())


@pytest.mark.parametrize("kind", [Sample, SampleRecord])
@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("draft", [False, True])
def test_a_letter_is_pdf_ua_1(kind, large_print, draft):
    assert_pdf_ua_file(render_pdf(sample(kind, large_print=large_print), draft=draft))


def test_a_letter_has_language_title_headings_and_only_embedded_fonts(pdf, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "a.pdf") as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.open_metadata()["dc:title"] == "What the conference decided"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == ["What the conference decided"]
            below = [item.title for item in outline.root[0].children]
        assert below == ["What happens next", "The decision for each child", "The outline plan", "If you disagree"]
        kinds = list(_kinds_of_tags(opened.Root.StructTreeRoot.K))
        assert kinds.count("/H1") == 1 and {"/H2", "/H3", "/Table", "/TH", "/TD", "/LI"} <= set(kinds)
        fonts = {name: font for each in opened.pages for name, font in each.Resources.Font.items()}
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "Letter-Sans" in str(descriptor.FontName)  # our bundled family, and no other
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def _kinds_of_tags(tag):
    if isinstance(tag, pikepdf.Array):
        for one in tag:
            yield from _kinds_of_tags(one)
    elif isinstance(tag, pikepdf.Dictionary) and "/S" in tag:
        yield str(tag.S)
        if "/K" in tag:
            yield from _kinds_of_tags(tag.K)


def test_a_letter_is_read_in_order_with_its_pages_numbered_and_marked(pdf):
    text = text_of(pdf)
    order = [
        "Harrowmere Council",
        "Ms Bronagh O’Dell",
        "ZZ9 9ZZ",
        "31 March 2026",
        "What the conference decided",
        "Dear Ms",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Page 1 of 2" in text and "Page 2 of 2" in text
    pages = text.split("\f")
    assert all("Confidential" in page for page in pages[:2])
    assert "What the conference decided" in pages[-1]  # the title among the metadata, which the release check reads too


def test_the_same_letter_makes_the_same_bytes(pdf, no_kept_pdfs):
    assert render_pdf(sample()) == pdf


def test_what_was_made_before_leaves_no_mark_on_a_letter(pdf, no_kept_pdfs):
    render_pdf(sample(large_print=True, reader="Řehoř Ng"))
    assert render_pdf(sample()) == pdf
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(render_pdf, [sample()] * 4)) == [pdf] * 4


def test_a_thread_still_has_its_fonts_after_a_file_was_read_in_a_process_of_its_own(no_kept_pdfs, no_kept_files):
    with ThreadPoolExecutor(1) as thread:
        fonts = thread.submit(lambda: Path(_print_style.fonts._folder)).result()
        assert read_file(b"Notes", "notes.txt").parts and picture(render_pdf(sample()), 1)
        assert fonts.exists()
        assert thread.submit(render_pdf, sample(reader="Řehoř Ng, Ελένη")).result()


def test_a_draft_says_so_and_is_otherwise_the_same_letter():
    assert "Draft – not to be sent" in text_of(render_pdf(sample(), draft=True))
    assert "Draft" not in render_html(sample())


def test_the_address_is_where_the_envelope_has_its_window(pdf):
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    text = page.get_text_range()
    millimetre = 72 / 25.4
    for words in ("Ms Bronagh", "Flat 2", "14 Pennywort", "Harrowmere\r\nZZ9"):
        at = text.index(words)
        left, bottom, _, top = page.get_charbox(at)
        assert 20 <= left / millimetre <= 100
        assert 297 - top / millimetre >= 57 and 297 - bottom / millimetre <= 83


def test_what_was_typed_is_never_html_nor_a_template():
    typed = "<script>alert(1)</script><img src=file:///etc/passwd> {{ letterhead }} {% now 'Y' %} & so on"
    html = render_html(sample(reader=typed, decisions=(Decision(child="A", outcome=typed),)))
    assert "<script>" not in html and "<img" not in html
    assert "alert(1)" in text_of(render_pdf(sample(reader=typed)))
    assert "{{ letterhead }} {% now &#x27;Y&#x27; %} &amp; so on" in html


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://localhost:5432/",
        "https://example.org/a.css",
        "asset:../../../etc/passwd",
        "asset:fonts/../../../manage.py",
        "ASSET:letter.css",
        "data:text/plain,hello",
        "//example.org/a.css",
    ],
)
def test_the_fetcher_answers_for_nothing_but_the_bundled_files(url):
    with pytest.raises(FatalURLFetchingError):
        BundledFilesOnly().fetch(url)
    if ":" in url.split("/")[0]:
        with pytest.raises(FatalURLFetchingError):
            HTML(string=f'<img src="{url}" alt="">', url_fetcher=BundledFilesOnly()).write_pdf()


def test_the_fetcher_answers_for_the_bundled_files():
    assert BundledFilesOnly().fetch("asset:letter.css").content_type == "text/css"
    assert BundledFilesOnly().fetch("asset:fonts/LiberationSans-Regular.ttf").read()[:4] == b"\0\1\0\0"


@pytest.mark.parametrize(
    "wrong", [mark_safe("<b>x</b>"), Colour.RED, ["a list"], {"a": 1}, {1}, object(), 1.5, b"bytes"]
)
def test_a_letter_holds_plain_values_only(wrong):
    with pytest.raises(TypeError, match="plain values only"):
        sample(reader=wrong)
    with pytest.raises(TypeError, match="plain values only"):
        sample(decisions=(Decision(child="A", outcome="B", reasons=(wrong,)),))


def test_a_letter_refuses_a_record_and_anything_that_can_change():
    from cpc.core.accounts.models import User

    with pytest.raises(TypeError, match=r"Sample\.addressee\.name is User"):
        sample(addressee=Addressee(name=User(email="a@example.org")))

    @dataclass
    class Loose:
        words: str

    with pytest.raises(TypeError, match="frozen"):
        sample(reader=Loose("x"))


@pytest.mark.parametrize("changes", [{}, {"place": None, "decisions": ()}, {"large_print": True, "reference": ""}])
def test_a_letter_is_rebuilt_from_its_stored_values(changes):
    letter = sample(**changes)
    assert rebuild("sample", json.loads(json.dumps(values(letter)))) == letter


def test_a_letter_stored_by_an_older_version_is_rebuilt_without_what_was_dropped_since():
    kept = values(sample()) | {"dropped_since": "x"}
    del kept["place"]
    assert rebuild("sample", kept).place is None


def test_an_unknown_letter_is_refused_in_a_sentence():
    with pytest.raises(Invalid, match="no letter called “nothing”"):
        rebuild("nothing", {})


def test_two_letters_cannot_have_one_name():
    with pytest.raises(TypeError, match="two letters are called sample"):
        type("Other", (Letter,), {"__module__": "elsewhere.sample", "__qualname__": "Other"})


def test_a_word_that_the_letter_does_not_have_stops_it_being_made(tmp_path, settings):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "sample.html").write_text("Dear {{ reeder }}")
    settings.LETTER_TEMPLATE_DIRS = [tmp_path]
    with pytest.raises(LookupError, match="reeder"):
        render_html(sample())


def test_the_version_of_a_template_changes_with_its_base(monkeypatch, tmp_path, settings):
    before = letters.template_version(letters.letter_called("cover_sheet"))
    assert len(before) == 12
    assert before != letters.template_version(Sample)


def test_dates_are_in_the_letters_language_whatever_language_is_active():
    from django.utils import translation

    with translation.override("de"):
        assert "31 March 2026" in render_html(sample(dated_on=date(2026, 3, 31)))


def test_nothing_is_printed_smaller_than_12_points_and_in_large_print_nothing_below_14():
    style = (Path(settings.BASE_DIR) / "static" / "letters" / "letter.css").read_text()
    rules = re.findall(r"([^{}]+){([^{}]*)}", style)
    sizes = [
        (where, float(size)) for where, what in rules for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", what)
    ]
    assert len(sizes) > 10
    assert [(where.strip(), points) for where, points in sizes if points < (14 if "large" in where else 12)] == []


LETTER_STYLES = sorted((Path(settings.BASE_DIR) / "static" / "letters").glob("*.css"))


@pytest.mark.parametrize("path", LETTER_STYLES, ids=lambda path: path.name)
def test_no_style_of_a_letter_makes_words_smaller_than_those_around_them(path):
    sizes = re.findall(r"font(?:-size)?:[^;}]*?(?<![\w.])([\d.]+)(pt|px|em|rem|%|mm)", path.read_text())
    least = {"pt": 12, "px": 16, "em": 1, "rem": 1, "%": 100, "mm": 4.24}
    assert [one for one in sizes if float(one[0]) < least[one[1]]] == []
    assert not re.search(r"font(?:-size)?:[^;}]*(small|scale\()", path.read_text())


def test_no_letter_sets_a_size_of_its_own_beside_the_styles():
    pages = sorted((Path(settings.BASE_DIR) / "templates" / "letters").rglob("*.html"))
    assert len(pages) > 10
    assert [page.name for page in pages if re.search(r"font-size|<small|<su[bp]>|<font|style=", page.read_text())] == []


@pytest.mark.parametrize("margin", [22, 17])
def test_a_pack_takes_nothing_but_the_page_number_out_of_a_letter(margin):
    low = "position: absolute; left: 140mm; bottom: 0"  # the last cell of a table
    html = render_html(sample()).replace("</main>", f'</main><div style="{low}">Last cell</div>')
    pdf = to_pdf(html.replace("</head>", f"<style>@page {{ margin-bottom: {margin}mm }}</style></head>"))
    assert "Page 1 of" in text_of(pdf)
    without = without_page_numbers(pdf)
    assert "Last cell" in text_of(without) and "Page 1 of" not in text_of(without)


def test_a_cover_sheet_says_what_its_golden_text_says():
    enclosures = (
        Enclosure(title="Invitation to a conference", reference="CPC-1", pages=2),
        Enclosure(title="Your views", reference="–", pages=1),
    )
    own = sample()
    sheet = CoverSheet(
        letterhead=own.letterhead, addressee=Addressee(name="Gwen O’Hara", lines=("By hand: Sam Ash",)),
        dated_on=date(2026, 12, 2), channel="by hand", enclosures=enclosures,
    )  # fmt: skip
    text, path = letters.flowing_text(sheet), Path(__file__).parent / "golden_letters" / "cover_sheet.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()
