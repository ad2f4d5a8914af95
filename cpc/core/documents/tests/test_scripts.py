"""Letters print every script of the published list in letters, and refuse the rest; nothing that is printed is lost."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from weasyprint import HTML

from cpc.core.documents import pdf as printing
from cpc.core.documents.letters import Addressee, render_html, render_pdf
from cpc.core.documents.scripts import CJK, LETTER_SANS, PUBLISHED, SCRIPTS, needed_for, ready_to_print
from cpc.core.documents.tests.drawn import is_drawn_in_letters
from cpc.core.documents.tests.sample import Decision, sample
from cpc.core.documents.text import from_html, text_of
from cpc.core.kernel.refusals import Invalid

NAMES = {
    "Latin, Greek and Cyrillic with all their marks": (
        "Łucja Bąk-Żółć",
        "Nguyễn Thị Hồng",
        "Ọ̀ṣun Adébáyọ̀",
        "Ἀθηνᾶ",
        "Ђорђе",
    ),
    "Arabic": ("محمد الأمين", "عائشہ بی بی", "پښتو"),
    "Hebrew": ("רבקה כהן",),
    "Bengali": ("শ্রীমতী রহিমা খাতুন",),
    "Devanagari": ("प्रिया शर्मा",),
    "Gujarati": ("કૃષ્ણા પટેલ",),
    "Gurmukhi": ("ਹਰਪ੍ਰੀਤ ਕੌਰ",),
    "Kannada": ("ಶ್ರೀಮತಿ ಲಕ್ಷ್ಮಿ",),
    "Malayalam": ("ശ്രീക്കുട്ടി",),
    "Odia": ("ଶ୍ରୀମତୀ",),
    "Sinhala": ("ශ්‍රී ලංකා",),
    "Tamil": ("கிருஷ்ணன்",),
    "Telugu": ("కృష్ణ",),
    "Chinese, Japanese and Korean": ("李小明", "さくら", "김민준"),
}


def of(name):
    """A letter with the name in the window, the text, a table and a bold heading."""
    decision = Decision(child=name, outcome=f"A plan for {name}, 5 years old.", reasons=(f"{name} was hurt.",))
    return sample(reader=name, addressee=Addressee(name=name), decisions=(decision,))


def families_in(body: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(body)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        return {str(font.DescendantFonts[0].FontDescriptor.FontName).partition("+")[2] for font in fonts}


def test_the_published_list_has_a_name_to_try_for_each_script():
    assert list(NAMES) == [script.name for script in SCRIPTS]
    assert all(name in PUBLISHED for name in NAMES)


@pytest.mark.parametrize("name", [name for names in NAMES.values() for name in names])
def test_a_name_of_every_script_is_drawn_in_letters_of_our_own_fonts(name):
    body = render_pdf(of(name))
    ours = {script.family.replace(" ", "-") for script in (LETTER_SANS, *SCRIPTS)}
    assert all(any(family.startswith(one) for one in ours) for family in families_in(body))
    assert is_drawn_in_letters(body, name)


def test_boxes_would_be_noticed():
    """A script that is in no font of ours, printed without asking: every letter is the same empty box."""
    html = render_html(of("JAVANESE")).replace("JAVANESE", "ꦗꦮꦤꦏ")
    body = HTML(string=html, url_fetcher=printing._bundled_files_only()).write_pdf(
        stylesheets=[printing._print_style.sheet], font_config=printing._print_style.fonts
    )
    assert not is_drawn_in_letters(body, "ꦗꦮꦤꦏ")
    assert is_drawn_in_letters(body, "Harrowmere")


@pytest.mark.parametrize("word", ["สมชาย", "ꦗꦮꦤ", "🙂", "Joy🎉", "\ue000x", "Mu\ufffdoz", "ᚠᚢᚦ", "a\x07b"])
def test_what_no_font_has_is_refused_in_a_sentence_that_names_it_and_the_list(word):
    with pytest.raises(Invalid) as refused:
        render_pdf(of(f"Anna {word}"))
    assert PUBLISHED in refused.value.sentence and "Anna" not in refused.value.sentence
    assert "“" in refused.value.sentence


def test_a_letter_in_english_reads_no_other_font_and_is_what_it_was(no_kept_pdfs):
    assert needed_for(from_html(render_html(sample()))) == ()
    before = render_pdf(sample())
    for name in ("محمد", "李小明"):
        render_pdf(of(name))
    assert render_pdf(sample()) == before


def test_only_the_font_that_is_needed_is_read():
    assert [script.name for script in needed_for("Anna শ্রী")] == ["Bengali"]
    assert needed_for("李") == (CJK,)


LINK = "https://www.example.org/" + "a1b2c3d4e5" * 13
COLUMNS = ("outcome", "action", "who", "by when", "measure")


def a_table(*cells, style="") -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in COLUMNS)
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return ready_to_print(
        f"<html lang='en-GB'><head><title>T</title></head><body><h1>Plan</h1><table style='{style}'><thead>"
        f"<tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table></body></html>"
    )


@pytest.mark.parametrize(
    "word", [LINK, "x" * 150, "firstname.surname@" + "a-very-long-part." * 8 + "example.org", "&" * 60]
)
@pytest.mark.parametrize("at", range(5))
def test_a_long_word_in_any_column_of_the_plan_wraps_and_every_column_is_on_the_page(word, at):
    cells = ["Rosa is at school", "Walk her there", "Ms O’Dell, mother", "13 April 2026", "The register shows it"]
    cells[at] = word.replace("&", "&amp;")
    printed = "".join(text_of(printing.to_pdf(a_table(*cells))).split())
    for cell in [*COLUMNS, *cells]:
        assert "".join(cell.replace("&amp;", "&").split()) in printed or all(
            char in printed for char in cell if char != " "
        )
    assert printed.count("x") >= word.count("x")


def lines_of_a_paragraph(paragraph: str) -> list[str]:
    html = f"<html lang='en-GB' class='large'><head><title>T</title></head><body><h1>A</h1>{paragraph}</body></html>"
    page = pypdfium2.PdfDocument(printing.to_pdf(ready_to_print(html)))[0].get_textpage().get_text_range()
    return [line.strip() for line in page.splitlines()[1:] if line.strip()]


def test_a_name_with_a_hyphen_breaks_at_its_hyphen_and_nowhere_else():
    name = "Maximilian Papadopoulou-Featherstonehaugh"
    for words in range(3, 9):
        lines = lines_of_a_paragraph(f"<p>{'about ' * words}{name}</p>")
        assert not [line for line in lines if line.startswith(("haugh", "stonehaugh", "erstone"))], lines
        assert "Featherstonehaugh" in " ".join(lines)


def test_a_space_at_the_end_of_a_paragraph_never_ends_a_line_too_early():
    words = "Priya Nandra will tell you where the meetings are and how to get there. Ask Priya Nandra about anything in"
    said = f"{words} this letter that is not clear."
    assert lines_of_a_paragraph(f"<p>\n  {said}\n</p>") == lines_of_a_paragraph(f"<p>{said}</p>")


@pytest.mark.parametrize("style", ["white-space: nowrap", "width: 900mm", "margin-left: -60mm"])
def test_what_would_fall_off_the_page_is_refused_and_never_printed_without_it(style):
    cells = ["Rosa is at school on every day of the week"] * 5
    with pytest.raises(Invalid, match="Not all of this fits"):
        printing.to_pdf(a_table(*cells, style=style))


def test_a_word_that_is_not_printed_at_all_is_noticed():
    head = "<html lang='en-GB'><head><title>T</title></head>"
    html = f"{head}<body><h1>A</h1><p style='display: none'>hidden</p></body></html>"
    with pytest.raises(Invalid, match="“hidden”"):
        printing.to_pdf(html)


@pytest.mark.parametrize("name", ["محمد الأمين", "רבקה כהן"])
def test_what_follows_a_name_written_from_right_to_left_stays_behind_it(name):
    body = render_pdf(replace(of(name), signed_by=f"{name}, 5"))
    page = pypdfium2.PdfDocument(body)[0].get_textpage()
    found = page.get_text_range()
    at = found.index("years")
    line = page.get_charbox(at)[1]
    letters = [
        page.get_charbox(place)[2]
        for place, char in enumerate(found)
        if char in name and char != " " and abs(page.get_charbox(place)[1] - line) < 8
    ]
    assert letters and max(letters) <= page.get_charbox(at)[0]


@pytest.mark.parametrize("turned", ["Ev\u202ea", "Eva\u202c", "\u2066Eva\u2069", "E\u200fva", "E\u061cva"])
def test_a_character_that_turns_a_line_round_never_reaches_paper(turned):
    html = render_html(of(turned))
    assert "Eva" in html and not set("\u202e\u202c\u2066\u200f\u061c") & set(html)


def test_names_that_run_from_right_to_left_are_set_apart_in_the_text():
    assert ready_to_print("<p>For علي بن, 5</p>") == "<p>For \u2068علي بن\u2069, 5</p>"
    assert ready_to_print(ready_to_print("<p>علي</p>")) == ready_to_print("<p>علي</p>")
    assert ready_to_print('<p class="x">Rosa</p>') == '<p class="x">Rosa</p>'


def test_a_chinese_name_stays_on_one_line_and_a_sentence_may_break():
    sentence = "李小明的妈妈是王女士"
    assert ready_to_print(f"<title>李小明</title></head><p>{sentence}</p>") == (
        f"<title>李小明</title></head><p>{sentence}</p>"
    )
    lines = "".join(f"<p>{'a' * length} {'and ' * 17}李小明 and more words after it.</p>" for length in range(12))
    page = pypdfium2.PdfDocument(printing.to_pdf(ready_to_print(lines)))[0].get_textpage()
    found = page.get_text_range()
    names = [at for at, char in enumerate(found) if char == "李"]
    assert len(names) == 12
    for at in names:
        last = found.index("明", at)
        assert abs(page.get_charbox(at)[1] - page.get_charbox(last)[1]) < 8, found[at - 40 : last + 1]
