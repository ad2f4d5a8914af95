"""Whether a PDF can be read by everybody: PDF/UA-1, as a validator sees it."""

import page

from cpc.core.documents.letters import render_pdf


def assert_pdf_ua(letter) -> None:
    """The letter, with all that it says, is PDF/UA-1."""
    assert_pdf_ua_file(render_pdf(letter))


def assert_pdf_ua_file(pdf: bytes) -> None:
    """The file is PDF/UA-1."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant
