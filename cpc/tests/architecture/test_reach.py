"""How far one click reaches: a change of one thing is understood by reading few files."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import Section
from conferences.disclosure.choices import Audience
from conferences.meeting.forms.notes import digest
from conferences.meeting.queries.board import NotePlace
from conferences.plans.tests.closing import TYPED_PLAN, write_outline
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.documents.choices import DocumentState
from cpc.tests.reach import files_reached
from reports.tests.builders import an_approved_record, copy_for, looked_at

pytestmark = pytest.mark.django_db

# (files that the view reaches, files that the whole request reaches), at most. They may fall; what they are made of is
# in docs/decisions/0042.
RELEASE, CLOSE, SAVE = (75, 83), (70, 77), (15, 24)


def refuse_more(what, reached, at_most):
    for which, files, most in zip(("view", "request"), reached, at_most, strict=True):
        assert len(files) <= most, f"{what}: the {which} reaches {len(files)} files:\n" + "\n".join(files)


def test_releasing_a_copy_reaches_few_files(client):
    sitting, record = an_approved_record()
    client.force_login(sitting.council.users.administrator)
    for who in ("rosas_father", "mother"):  # what the first release keeps for the next is not counted
        copy = looked_at(sitting, copy_for(sitting, record, who))
        client.get(reverse("reports:copy", args=[copy.pk]))
        reached = files_reached(client, reverse("reports:release", args=[copy.document_id]), {})
        copy.refresh_from_db()
        assert copy.document.state == DocumentState.RELEASED
    refuse_more("Releasing a copy", reached, RELEASE)


def test_closing_a_conference_reaches_few_files(client):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    client.force_login(sitting.conference.chair)
    page = reverse("plans:close", args=[sitting.conference.pk])
    client.get(page)
    reached = files_reached(client, page, what_closing_asks(sitting))
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == "held"
    refuse_more("Closing a conference", reached, CLOSE)


def what_closing_asks(sitting) -> dict:
    """What the chair types on the page."""
    day = sitting.conference.held_on + timedelta(days=7)
    return {
        "lead_social_worker": sitting.council.users.social_worker.pk, "aim": "The children are safe at home.",
        "contingency": "Legal advice.", **TYPED_PLAN,
        "members": [sitting.invitations[who].pk for who in ("mother", "social_worker")],
        "core_group_on_day": day.day, "core_group_on_month": day.month, "core_group_on_year": day.year,
        "core_group_time": "10am", "core_group_place": "Alder Lane Primary School",
        "gap_reason": "It could not be had on the day.",
    }  # fmt: skip


def test_saving_a_note_reaches_few_files(client):
    sitting = a_quorate_sitting()
    client.force_login(sitting.conference.chair)
    page = reverse("conferences:meet_note", args=[sitting.conference.pk])
    key = NotePlace(Section.REASON).key

    def typed(text, version):
        was = digest("", Audience.EVERYONE)
        boxes = {"key": key, f"note-{key}": text, f"audience-{key}": "everyone", f"version-{key}": version}
        return {**boxes, f"was-{key}": was}

    assert client.post(page, typed("We meet because of the police.", 0)).json()["version"] == 1
    reached = files_reached(client, page, typed("We meet because of the school.", 1))
    refuse_more("Saving a note", reached, SAVE)
