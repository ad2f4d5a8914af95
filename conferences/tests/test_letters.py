"""The letters before a conference, word for word as the reader meets them. ``GOLDEN=write`` writes them anew."""

import os
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from conferences.letters.conference_cancelled_family import ConferenceCancelledFamily
from conferences.letters.conference_moved_family import ConferenceMovedFamily
from conferences.letters.contribution_form import ContributionForm
from conferences.letters.contribution_form_child import ContributionFormChild
from conferences.letters.facts import Meeting
from conferences.letters.invitation_child import InvitationChild
from conferences.letters.invitation_family import InvitationFamily
from conferences.letters.invitation_withdrawn_family import InvitationWithdrawnFamily
from cpc.core.documents.letters import Addressee, Letterhead, flowing_text, rebuild, render_pdf, values

GOLDEN = Path(__file__).parent / "golden"
HEAD = {
    "letterhead": Letterhead(
        authority_name="Harrowmere Council", service_name="Conference Service",
        address_lines=("Harrowmere House", "Harrowmere"), phone="020 7946 0100", email="conferences@example.org",
    ),
    "addressee": Addressee(name="Anna Marlow", lines=("14 Alder Lane", "Northwick", "ZZ1 1AA")),
    "dated_on": date(2026, 11, 20),
}  # fmt: skip
MEETING = Meeting(
    called="initial child protection conference", day=date(2026, 12, 2), begins="10am", ends="midday",
    place=("Room 4", "Civic Centre"), video_link="", how="room", apart=False, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=True,
)  # fmt: skip
BY_VIDEO = Meeting(
    called="review conference", day=date(2027, 3, 1), begins="2:30pm", ends="4pm", place=(),
    video_link="https://video.example.org/abc", how="video", apart=False, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=False,
)  # fmt: skip
APART = Meeting(
    called="initial child protection conference", day=date(2026, 12, 2), begins="1pm", ends="2pm",
    place=("Room 5", "Civic Centre"), video_link="", how="room", apart=True, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=True,
)  # fmt: skip
INVITED = {
    "reader": "Anna Marlow", "about": "Rosa Marlow, Theo Marlow and your unborn baby", "meeting": MEETING,
    "is_review": False, "social_worker": "Priya Nandra",
    "who_comes": ("a health visitor", "somebody from school", "the police"), "chair_talks_first": True,
    "seated_first": True, "reports_by": date(2026, 11, 30), "police_report_verbal": True, "form_by": date(2026, 11, 30),
    "form_name": "contribution form", "supporters_allowed": 1, "supporter_by": date(2026, 11, 30),
    "interpreter": "Polish", "danger_statement": True, "scale_low": "the child is in danger",
    "scale_high": "there is no risk", "record_name": "record", "signed_by": "Mo Tran",
}  # fmt: skip
PLAINER = {
    "meeting": BY_VIDEO, "is_review": True, "social_worker": "", "chair_talks_first": False, "seated_first": False,
    "reports_by": None, "police_report_verbal": False, "form_by": None, "supporter_by": None, "interpreter": "",
    "danger_statement": False, "scale_low": "", "scale_high": "", "supporters_allowed": 2, "record_name": "minutes",
}  # fmt: skip
CHILD = {
    "reader": "Rosa", "meeting": MEETING, "is_review": False, "social_worker": "Priya Nandra",
    "chair_talks_first": True, "advocacy_service": "an independent advocate", "form_by": date(2026, 11, 30),
    "scale_low": "", "scale_high": "", "signed_by": "Mo Tran",
}  # fmt: skip
MOVED = {
    "reader": "Anna Marlow", "about": "Rosa Marlow", "meeting": MEETING, "was_on": date(2026, 11, 27), "was_at": "9am",
    "form_by": date(2026, 11, 30), "form_name": "contribution form", "supporters_allowed": 1,
    "supporter_by": date(2026, 11, 30), "social_worker": "Priya Nandra", "signed_by": "Mo Tran",
}  # fmt: skip
LETTERS = {
    "invitation_family": InvitationFamily(**HEAD, **INVITED),
    "invitation_family_review_by_video": InvitationFamily(**HEAD, **INVITED | PLAINER),
    "invitation_family_apart": InvitationFamily(**HEAD, **INVITED | {"meeting": APART, "about": "Rosa Marlow"}),
    "invitation_child": InvitationChild(**HEAD, **CHILD),
    "contribution_form": ContributionForm(
        **HEAD, about="Rosa Marlow and Theo Marlow", held_on=date(2026, 12, 2), begins="10am",
        return_by=date(2026, 11, 30), social_worker="Priya Nandra", form_name="contribution form",
    ),
    "contribution_form_child": ContributionFormChild(
        **HEAD, reader="Rosa", held_on=date(2026, 12, 2), return_by=date(2026, 11, 30), social_worker="Priya Nandra",
        advocacy_service="an independent advocate",
    ),
    "conference_moved_family": ConferenceMovedFamily(**HEAD, **MOVED),
    "conference_cancelled_family": ConferenceCancelledFamily(
        **HEAD, reader="Anna Marlow", about="Rosa Marlow", called="initial child protection conference",
        was_on=date(2026, 12, 2), was_at="10am", social_worker="Priya Nandra", signed_by="Mo Tran",
    ),
    "invitation_withdrawn_family": InvitationWithdrawnFamily(
        **HEAD, reader="Dan Pryce", held_on=date(2026, 12, 2), social_worker="Priya Nandra", signed_by="Mo Tran",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_says_exactly_this(name):
    text = flowing_text(LETTERS[name]) + "\n"
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text)
    assert text == kept.read_text()


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_can_be_made_again_from_what_is_kept(name):
    letter = LETTERS[name]
    assert rebuild(letter.name, values(letter)) == letter


@pytest.mark.parametrize("name", ["invitation_family", "contribution_form", "contribution_form_child"])
def test_the_letter_is_a_tagged_file_with_a_title_and_a_language(name, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(render_pdf(LETTERS[name]))
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == str(LETTERS[name].title)


def test_a_cancelled_conference_is_never_called_postponed():
    said = flowing_text(LETTERS["conference_cancelled_family"]).lower()
    assert "cancelled" in said and "postponed" not in said and "not been put off" in said
