"""The words of each e-mail as its reader meets them. After a wanted change: WRITE_GOLDEN=1, and read the diff."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from cpc.core.documents.emails import email, fixed_words

GOLDEN = Path(__file__).parent / "golden_emails"
PARTS = {"how_to_answer", "no_names", "what_changed"}
US = {"service": "Conference Service", "phone": "020 7946 0100"}
LINK = "https://cpc.example.org/somewhere/"
MEETING = {
    **US, "when": "Wednesday 2 December 2026 at 10am", "ends": "midday", "place": "Room 4, Civic Centre", "was": "",
    "link": LINK, "changed": (), "writes_only": False,
}  # fmt: skip
EMAILS = {
    "meeting_invitation": ("meeting_invitation", MEETING),
    "meeting_invitation_agency": ("meeting_invitation", MEETING | {"link": "", "place": ""}),
    "meeting_invitation_again": (
        "meeting_invitation",
        MEETING | {"changed": ("time", "way"), "was": "Friday 27 November 2026 at 9am"},
    ),
    "meeting_invitation_report": ("meeting_invitation", MEETING | {"writes_only": True}),
    "meeting_moved_report": ("meeting_moved", MEETING | {"changed": ("time",), "writes_only": True}),
    "meeting_moved": (
        "meeting_moved",
        MEETING | {"changed": ("time", "place"), "was": "Friday 27 November 2026 at 9am"},
    ),
    "meeting_moved_chair": ("meeting_moved", MEETING | {"changed": ("chair",)}),
    "meeting_cancelled": ("meeting_cancelled", MEETING),
    "meeting_cancelled_no_day": ("meeting_cancelled", MEETING | {"when": ""}),
    "meeting_withdrawn": ("meeting_withdrawn", MEETING),
    "meeting_exclusion": ("meeting_exclusion", MEETING | {"agency_asked": True}),
    "send_somebody_else": ("send_somebody_else", US),
    "meeting_chair_changed": ("meeting_chair_changed", MEETING),
    "plan_ended": ("plan_ended", US | {"when": "Friday 20 November 2026", "link": LINK}),
    "plan_ended_by_phone": ("plan_ended", US | {"when": "", "link": ""}),
    "plan_goes_on": ("plan_goes_on", US | {"link": LINK}),
    "plan_goes_on_by_phone": ("plan_goes_on", US | {"link": ""}),
    "core_group_joined": ("core_group_member", US | {"joined": True}),
    **{
        f"core_group_date{name}": (
            "core_group_date",
            US | {"off": False, "moved": False, "was": "", "when": "Friday 4 December 2026 at 2pm"} | given,
        )
        for name, given in {
            "": {},
            "_moved": {"moved": True, "was": "Tuesday 1 December 2026 at 9am"},
            "_place": {"moved": True},
            "_off": {"off": True, "was": "Friday 4 December 2026 at 2pm"},
        }.items()
    },
    "core_group_left": ("core_group_member", US | {"joined": False}),
    "letter_to_collect": ("letter_to_collect", US | {"authority": "Harrowmere Council", "worker": ""}),
    "letter_to_collect_by_hand": ("letter_to_collect", US | {"authority": "Harrowmere Council", "worker": "Sam"}),
    "document_to_read": ("document_to_read", US | {"name": "Gwen O’Hara", "link": LINK}),
    "dispute_answered": ("dispute_answered", US | {"first_name": "Sam", "upheld": False, "link": LINK}),
    "dispute_upheld": ("dispute_answered", US | {"first_name": "Sam", "upheld": True, "link": LINK}),
    "opened_in_emergency": ("opened_in_emergency", {"first_name": "Tess", "link": LINK}),
    "opened_without_agreement": ("opened_without_agreement", {"first_name": "Tess", "link": LINK}),
    "agreed_to_emergency": ("agreed_to_emergency", {"first_name": "Tess", "link": LINK}),
    "series_of_emergencies": ("series_of_emergencies", {"first_name": "Tess", "link": LINK}),
    "address_changed": ("address_changed", US),
    "set_aside": ("set_aside", {"first_name": "Tess", "link": LINK}),
    "reminder_late": (
        "reminder",
        {"first_name": "Sam", "late": 1, "work": [("Late: was due by Monday", LINK), ("Due today, Tuesday", LINK)]},
    ),
    "reminder_soon": ("reminder", {"first_name": "Sam", "late": 0, "work": [("Due by Friday", LINK)]}),
}


@pytest.mark.parametrize("golden", EMAILS)
def test_each_email_says_what_its_golden_text_says(golden):
    name, values = EMAILS[golden]
    found = email(name, **values)
    text, path = f"Subject: {found.subject}\n\n{found.body}", GOLDEN / f"{golden}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def test_every_text_of_an_email_has_a_golden_text():
    texts = {path.stem for path in (settings.BASE_DIR / "templates" / "emails").iterdir()}
    assert texts == {name for name, _ in EMAILS.values()} | PARTS


def test_a_value_that_was_not_given_stops_the_email():
    with pytest.raises(KeyError, match="document_to_read"):
        email("document_to_read", name="Gwen", **US)


def test_what_somebody_is_called_is_text_and_never_a_template():
    found = email("document_to_read", name="{{ phone }} & <b>O’Hara</b>", link=LINK, **US)
    assert "Dear {{ phone }} & <b>O’Hara</b>\n" in found.body


def test_the_fixed_words_of_an_email_hold_none_of_its_values():
    assert {"hello", "questions", "cancelled"} <= fixed_words("meeting_cancelled")
    assert not {"{{", "phone", "service"} & fixed_words("meeting_cancelled")
