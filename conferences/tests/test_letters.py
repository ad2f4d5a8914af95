"""The letters before a conference, word for word. ``GOLDEN=write`` writes the expected texts again."""

import os
import warnings
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from conferences.convening.letters.chair_changed_family import ChairChangedFamily
from conferences.convening.letters.conference_cancelled_family import ConferenceCancelledFamily
from conferences.convening.letters.conference_moved_family import ConferenceMovedFamily
from conferences.convening.letters.contribution_form import ContributionForm, asked_questions
from conferences.convening.letters.contribution_form_child import ContributionFormChild
from conferences.convening.letters.exclusion_child import ExclusionChild
from conferences.convening.letters.exclusion_family import ExclusionFamily
from conferences.convening.letters.invitation_child import InvitationChild
from conferences.convening.letters.invitation_family import InvitationFamily
from conferences.convening.letters.invitation_withdrawn_family import InvitationWithdrawnFamily
from conferences.convening.letters.page_for_companion import PageForCompanion
from conferences.convening.letters.safety_plan_page import SafetyPlanPage
from conferences.convening.queries.attending import Meeting
from conferences.convening.rules.family_words import FACES, SAFE_NOW
from conferences.plans.letters.meeting_date_family import MeetingDateFamily
from conferences.plans.letters.plan_ended_family import PlanEndedFamily
from conferences.plans.queries.attending import WhenAndWhere
from cpc.core.documents.letterhead import Help
from cpc.core.documents.letters import Addressee, Letterhead, flowing_text, rebuild, render_html, render_pdf, values
from cpc.core.documents.merging import merged
from cpc.core.documents.tests.compliance import assert_pdf_ua, assert_pdf_ua_file

GOLDEN = Path(__file__).parent / "golden"
HEAD = {
    "letterhead": Letterhead(
        authority_name="Harrowmere Council", service_name="Conference Service",
        address_lines=("Harrowmere House", "Harrowmere"), phone="020 7946 0100", email="conferences@example.org",
    ),
    "addressee": Addressee(name="Anna Marlow", lines=("14 Alder Lane", "Northwick", "ZZ1 1AA")),
    "dated_on": date(2026, 11, 20),
}  # fmt: skip
HELP = Help(
    advice="Family Rights Group (frg.org.uk)",
    parent_advocacy="Parents Together, 020 7946 0177",
    leaflet_web="www.example.org/conferences",
    privacy_web="www.example.org/privacy",
)
MEETING = Meeting(
    called="initial child protection conference", day=date(2026, 12, 2), begins="10am", ends="midday",
    place=("Room 4", "Civic Centre"), video_link="", how="room", apart=False, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=True, come_at="9:45am",
    talked="Priya Nandra talked with you on Monday 16 November 2026 about how you would like to take part.",
)  # fmt: skip
BY_VIDEO = Meeting(
    called="review conference", day=date(2027, 3, 1), begins="2:30pm", ends="4pm", place=(),
    video_link="https://video.example.org/abc", how="video", apart=False, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=False, chair_agreed_by="Nadia Wells",
)  # fmt: skip
APART = Meeting(
    called="initial child protection conference", day=date(2026, 12, 2), begins="1pm", ends="2pm",
    place=("Room 5", "Civic Centre"), video_link="", how="room", apart=True, chair="Gwen Ashby",
    chair_title="conference chair", chair_is_independent=True,
)  # fmt: skip
INVITED = {
    "reader": "Anna Marlow", "about": "Rosa Marlow, Theo Marlow and your unborn baby", "meeting": MEETING,
    "is_review": False, "social_worker": "Priya Nandra",
    "who_comes": (
        "Hana Reed, health visitor, who looks after the health of young children",
        "someone from school, who can say how a child is doing there", "Rosa Marlow, who may choose whether to come",
    ),
    "social_worker_phone": "020 7946 0122", "help": HELP, "chair_talks_first": True,
    "seated_first": True, "reports_by": date(2026, 11, 30), "police_report_verbal": True, "form_by": date(2026, 11, 30),
    "form_name": "contribution form", "supporters_allowed": 1, "supporter_by": date(2026, 11, 30),
    "interpreter": "Polish", "danger_statement": True, "scale_low": "the child is in danger",
    "scale_high": "there is no risk", "record_name": "record", "signed_by": "Mo Tran",
}  # fmt: skip
PLAINER = {
    "meeting": BY_VIDEO, "is_review": True, "social_worker": "", "chair_talks_first": False, "seated_first": False,
    "reports_by": None, "police_report_verbal": False, "form_by": None, "supporter_by": None, "interpreter": "",
    "danger_statement": False, "scale_low": "", "scale_high": "", "supporters_allowed": 2, "record_name": "minutes",
    "help": Help(advice="Family Rights Group (frg.org.uk)"), "social_worker_phone": "",
}  # fmt: skip
SAFETY_PLAN = {
    "reader": "Anna Marlow", "made_on": date(2026, 11, 20), "review_on": date(2026, 11, 27),
    "worries": ("Rosa had a bruise on her arm.", "Nobody can say how it came."),
    "own": (("Take Rosa to her grandmother after school.", date(2026, 11, 20)),),
    "others": (("Jean Marlow", "Have Rosa to stay until the meeting.", date(2026, 12, 2)),),
    "social_worker": "Priya Nandra", "social_worker_phone": "020 7946 0122",
}  # fmt: skip
CHILD = {
    "reader": "Rosa", "meeting": MEETING, "is_review": False, "social_worker": "Priya Nandra",
    "chair_talks_first": True, "advocacy_service": "an independent advocate", "form_by": date(2026, 11, 30),
    "scale_low": "I am not safe", "scale_high": "I am safe", "signed_by": "Gwen Ashby", "age_group": "10-12",
    "helpline": "Childline on 0800 1111", "who_comes": ("Hana Reed, health visitor", "Anna Marlow, from your family"),
}  # fmt: skip
MOVED = {
    "reader": "Anna Marlow", "about": "Rosa Marlow", "meeting": MEETING, "was_on": date(2026, 11, 27), "was_at": "9am",
    "form_by": date(2026, 11, 30), "form_name": "contribution form", "supporters_allowed": 1,
    "supporter_by": date(2026, 11, 30), "social_worker": "Priya Nandra", "signed_by": "Mo Tran",
}  # fmt: skip
EXCLUDED = {
    "reader": "Dan Pryce", "about": "Rosa Marlow", "called": "initial child protection conference",
    "chair": "Gwen Ashby", "chair_title": "conference chair", "not_at_meeting": True, "part": None,
    "no_documents": True, "why": ("The meeting must be a place where everybody can speak freely.",),
    "how_heard": ("Priya Nandra will visit you on Monday and write down what you want to say.",), "until_on": None,
    "social_worker": "Priya Nandra",
    "complaint_email": "complaints@example.org",
}  # fmt: skip
PART = ("Wednesday 2 December 2026", "10am", "11am")
ENDED = {
    "reader": "Anna Marlow", "child": "Rosa Marlow", "is_child": False, "ended_on": date(2026, 12, 1), "why": "",
    "social_worker": "Priya Nandra", "signed_by": "Priya Nandra",
}  # fmt: skip
CORE_GROUP_DATE = {
    "reader": "Anna Marlow", "called": "core group",
    "meeting": WhenAndWhere(day=date(2026, 12, 4), begins="2pm", place=("Northwick School", "School Lane")),
    "was_on": None, "was_at": "", "is_moved": False, "social_worker": "Priya Nandra", "signed_by": "Priya Nandra",
}  # fmt: skip

LETTERS = {
    "invitation_family": InvitationFamily(**HEAD, **INVITED),
    "invitation_family_with_supporter": InvitationFamily(
        **HEAD, has_advocate=True, **INVITED | {"worry": "Rosa has come to school hungry and cold.", "meeting": replace(
            MEETING, beside=(
                "The chair has agreed that Jo Bell may come with you as your supporter.",
                "The chair has not agreed to A. Moss coming with you. You can ask the chair why, and you can choose "
                "someone else.",
            ),
        )},
    ),
    "invitation_family_review_by_video": InvitationFamily(**HEAD, **INVITED | PLAINER),
    "invitation_family_apart": InvitationFamily(
        **HEAD, **INVITED | {"meeting": APART, "about": "Rosa Marlow", "each_child": "Rosa Marlow"}
    ),
    "invitation_child": InvitationChild(**HEAD, **CHILD),
    "invitation_child_part": InvitationChild(
        **HEAD, **CHILD | {"meeting": replace(
            MEETING, part="You can come to part of the meeting. Come for the first half hour. You do not have to come."
        )},
    ),
    "invitation_child_13": InvitationChild(
        **HEAD, has_advocate=True, **CHILD | {"age_group": "13-15", "scale_low": ""}
    ),
    "invitation_child_16": InvitationChild(**HEAD, **CHILD | {"age_group": "16-17"}),
    "page_for_companion": PageForCompanion(
        **HEAD | {"addressee": Addressee(name="Jo Bell")}, companion="Jo Bell", comes_with="Anna Marlow",
        is_solicitor=False, meeting=MEETING,
    ),
    "page_for_companion_solicitor": PageForCompanion(
        **HEAD | {"addressee": Addressee(name="A. Moss")}, companion="A. Moss", comes_with="Anna Marlow",
        is_solicitor=True, meeting=BY_VIDEO,
    ),
    "contribution_form": ContributionForm(
        **HEAD, about="Rosa Marlow and Theo Marlow", held_on=date(2026, 12, 2), begins="10am",
        return_by=date(2026, 11, 30), social_worker="Priya Nandra", form_name="contribution form",
        return_lines=("Freepost CONFERENCES",), questions=asked_questions(""), children=("Rosa Marlow", "Theo Marlow"),
    ),
    **{
        f"contribution_form_child_{group}": ContributionFormChild(
            **HEAD, reader="Rosa", held_on=date(2026, 12, 2), return_by=date(2026, 11, 30),
            social_worker="Priya Nandra", advocacy_service="an independent advocate",
            questions=asked_questions(group), faces=tuple((face, file) for _, face, file in FACES), age_group=group,
        )
        for group in ("10-12", "13-15", "16-17")
    },
    "conference_moved_family": ConferenceMovedFamily(**HEAD, reason="The chair could not be there.", **MOVED),
    "conference_moved_family_with_supporter": ConferenceMovedFamily(
        **HEAD, **MOVED | {"was_on": None, "was_at": "", "changed": ("Who may come with you.",), "meeting": replace(
            MEETING, beside=("The chair has agreed that Jo Bell may come with you as your supporter.",)
        )},
    ),
    "conference_moved_family_today": ConferenceMovedFamily(
        **HEAD, **MOVED | {"meeting": replace(MEETING, day=date(2026, 11, 20)), "form_by": None, "supporter_by": None}
    ),
    "conference_moved_family_place": ConferenceMovedFamily(
        **HEAD, **MOVED | {"was_on": None, "was_at": "", "changed": ("The place.", "Who runs the meeting.")}
    ),
    "invitation_family_again": InvitationFamily(
        **HEAD, **INVITED | {"changed": ("The date or time. We told you Friday 27 November 2026 at 9am.",)}
    ),
    "chair_changed_family": ChairChangedFamily(
        **HEAD, reader="Anna Marlow", about="Rosa Marlow", meeting=MEETING, social_worker="Priya Nandra",
        signed_by="Mo Tran",
    ),
    "chair_changed_family_not_independent": ChairChangedFamily(
        **HEAD, reader="Rosa", about="you", meeting=BY_VIDEO, social_worker="", signed_by="Mo Tran",
    ),
    "invitation_family_chair_not_independent": InvitationFamily(
        **HEAD, **INVITED | {"meeting": replace(MEETING, chair_is_independent=False, chair_agreed_by="Ruth Vane")}
    ),
    "conference_cancelled_family": ConferenceCancelledFamily(
        **HEAD, reader="Anna Marlow", about="Rosa Marlow", called="initial child protection conference",
        was_on=date(2026, 12, 2), was_at="10am", social_worker="Priya Nandra", signed_by="Mo Tran",
    ),
    "conference_cancelled_family_no_day": ConferenceCancelledFamily(
        **HEAD, reader="Anna Marlow", about="Rosa Marlow", called="initial child protection conference",
        was_on=None, was_at="", social_worker="Priya Nandra", signed_by="Mo Tran",
    ),
    "invitation_withdrawn_family": InvitationWithdrawnFamily(
        **HEAD, reader="Dan Pryce", held_on=date(2026, 12, 2), social_worker="Priya Nandra", signed_by="Mo Tran",
    ),
    "exclusion_family": ExclusionFamily(**HEAD, **EXCLUDED),
    "exclusion_family_part": ExclusionFamily(
        **HEAD, **EXCLUDED | {"not_at_meeting": False, "part": PART, "no_documents": False}
        | {"until_on": date(2027, 1, 29), "social_worker": ""},
    ),
    "exclusion_child": ExclusionChild(
        **HEAD, reader="Rosa", chair="Gwen Ashby", not_at_meeting=True, part=None,
        why=("It is a long meeting for adults.",), how_heard=("Sam will tell me what you want to say.",),
        social_worker="Priya Nandra", advocacy_service="an independent advocate",
    ),
    "exclusion_child_part": ExclusionChild(
        **HEAD, reader="Rosa", chair="Gwen Ashby", not_at_meeting=False, part=PART,
        why=("It is a long meeting for adults.",), how_heard=("You can tell everybody yourself.",),
        social_worker="", advocacy_service="an independent advocate",
    ),
    "safety_plan_page": SafetyPlanPage(**HEAD, **SAFETY_PLAN),
    "safety_plan_page_plain": SafetyPlanPage(
        **HEAD, kept_safe="the child", **SAFETY_PLAN | {"own": (), "others": (), "social_worker": ""}
    ),
    "plan_ended_family": PlanEndedFamily(**HEAD, **ENDED),
    "plan_ended_family_moved": PlanEndedFamily(**HEAD, **ENDED | {"why": "moved"}),
    "plan_ended_family_left_uk": PlanEndedFamily(**HEAD, **ENDED | {"why": "left_uk"}),
    "meeting_date_family": MeetingDateFamily(**HEAD, **CORE_GROUP_DATE),
    "meeting_date_family_moved": MeetingDateFamily(
        **HEAD, **CORE_GROUP_DATE | {"was_on": date(2026, 12, 1), "was_at": "9am", "is_moved": True}
    ),
    "meeting_date_family_place": MeetingDateFamily(
        **HEAD, **CORE_GROUP_DATE | {"is_moved": True, "called": "child in need meeting", "social_worker": ""}
        | {"meeting": WhenAndWhere(day=date(2026, 12, 4), begins="2pm")}
    ),
    "meeting_date_family_off": MeetingDateFamily(
        **HEAD, **CORE_GROUP_DATE | {"meeting": None, "was_on": date(2026, 12, 4), "was_at": "2pm", "is_moved": True}
    ),
    "plan_ended_family_child": PlanEndedFamily(
        **HEAD, **ENDED | {"reader": "Rosa", "is_child": True, "why": "eighteen", "social_worker": ""}
    ),
}  # fmt: skip


def is_golden(name, letter):
    """Compares the words of the letter with those that were kept; with ``GOLDEN=write`` it keeps them."""
    text, kept = flowing_text(letter) + "\n", GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text)
    assert text == kept.read_text()


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_says_exactly_this(name):
    is_golden(name, LETTERS[name])


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_can_be_made_again_from_what_is_kept(name):
    letter = LETTERS[name]
    assert rebuild(letter.name, values(letter)) == letter


def test_an_email_address_in_a_letter_is_a_link():
    with pikepdf.open(BytesIO(render_pdf(LETTERS["invitation_family"]))) as pdf:
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        assert "mailto:conferences@example.org" in {str(note.A.URI) for note in notes if "/A" in note}


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_can_be_read_by_everybody_and_has_a_title_and_a_language(name, tmp_path):
    assert_pdf_ua(LETTERS[name])
    file = tmp_path / "letter.pdf"
    file.write_bytes(render_pdf(LETTERS[name]))
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == str(LETTERS[name].title)


@pytest.mark.parametrize(
    ("name", "pages"), [("conference_moved_family", 1), ("exclusion_family", 1), ("invitation_family", 3)]
)
def test_a_letter_that_would_end_with_a_nearly_empty_page_is_laid_out_on_one_page_less(name, pages):
    with pikepdf.open(BytesIO(render_pdf(LETTERS[name]))) as pdf:
        assert len(pdf.pages) == pages


@pytest.mark.parametrize("name", ["محمد", "小明", "আয়েশা", "Żaneta"])
def test_the_words_of_a_letter_hold_a_name_in_any_script_as_it_was_typed(name):
    assert f"Dear {name}\n" in flowing_text(replace(LETTERS["invitation_child"], reader=name))


def test_somebody_who_attends_separately_by_video_is_asked_to_join_and_not_to_come():
    by_video = replace(LETTERS["invitation_family_apart"], meeting=replace(BY_VIDEO, apart=True))
    assert "Please join and leave at these times." in flowing_text(by_video)


def test_a_cancelled_conference_is_never_called_postponed():
    said = flowing_text(LETTERS["conference_cancelled_family"]).lower()
    assert "cancelled" in said and "postponed" not in said and "not been put off" in said


def test_a_form_for_the_family_can_be_filled_in_on_a_screen():
    with pikepdf.open(BytesIO(render_pdf(LETTERS["contribution_form"]))) as form:
        fields = [(str(field.get("/T")), str(field.get("/TU"))) for field in form.Root.AcroForm.Fields]
    assert "What worries you?" in dict(fields).values()
    names = [name for name, _ in fields]
    assert len(names) == len(set(names)) > 15, "two fields of one name are filled in together"


def test_the_form_on_paper_asks_of_each_child_what_the_page_asks():
    form = render_html(LETTERS["contribution_form"])
    assert all(SAFE_NOW.replace("{child}", child) in form for child in ("Rosa Marlow", "Theo Marlow"))


FORMS = sorted(name for name in LETTERS if name.startswith("contribution_form"))


@pytest.mark.parametrize("name", FORMS)
def test_each_field_of_a_form_says_what_goes_in_it_and_is_on_a_page(name):
    with pikepdf.open(BytesIO(render_pdf(LETTERS[name]))) as form:
        fields = list(form.Root.AcroForm.Fields)
        drawn = [note for page in form.pages for note in page.obj.get("/Annots", []) if note.Subtype == "/Widget"]
        assert len(fields) == len(drawn) > 3 and all(str(one.get("/TU", "")).strip() for one in fields)
        assert not [one for one in drawn if int(one.get("/F", 0)) & 2], "a field that nobody sees"


def test_the_forms_in_a_print_pack_keep_their_fields_each_with_a_name_of_its_own():
    parts = [
        render_pdf(LETTERS[name]) for name in ("contribution_form", "invitation_child", "contribution_form_child_10-12")
    ]
    # The same form twice, as in the pack of two parents: what is typed into one must not appear in the other.
    pack = merged([*parts, parts[0]], "Letters to print")
    assert_pdf_ua_file(pack)
    with pikepdf.open(BytesIO(pack)) as pdf, warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.Subtype == "/Widget"]
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        pdf.save(BytesIO())
    assert len(drawn) == len(names) == len(set(names)) > 45
