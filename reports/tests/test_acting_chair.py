"""Somebody acts for the chair of a conference: they approve its record and letters, and these say who they act for."""

from datetime import timedelta

import pytest

from conferences.convening.actions.acting import end_acting_chair, name_acting_chair
from conferences.convening.models import Conference
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import NotPermitted
from reports.outgoing.actions import approving
from reports.outgoing.models import ConferenceRecord
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import a_drafted_record, copy_for, tell_no_child_now

pytestmark = pytest.mark.django_db


def acted_for(sitting, **how):
    """Kofi Lund, as the viewer who acts for Gwen Ashby."""
    other = sitting.council.users.other_chair
    by = sitting.council.by("service_manager")
    name_acting_chair(by=by, conference=sitting.conference, user=other, reason="Gwen is ill.", **how)
    return viewer(other)


def test_the_letters_say_who_chaired_and_who_signed_for_the_chair():
    sitting, record = a_drafted_record()
    by = acted_for(sitting)
    tell_no_child_now(by, record)
    approving.approve_record(by=by, record=record)
    record.refresh_from_db()
    assert record.approved_by_id == record.letters_approved_by_id == by.id
    for who in ("mother", "school"):
        letter = copy_for(sitting, record, who, kind="decision_letter").document.values
        assert letter["chair"] == "Kofi Lund, for Gwen Ashby"
        written = copy_for(sitting, record, who).document.values
        assert written["approved"] == "Approved by Kofi Lund, for Gwen Ashby, who chaired the conference."
        assert written["people"][0]["name"] == "Gwen Ashby"


def test_the_record_says_who_chaired_for_the_chair_and_who_approves_it():
    sitting, record = a_drafted_record()
    users = sitting.council.users
    with setting_up():
        Conference.objects.filter(pk=sitting.conference.pk).update(closed_by=users.other_chair)
        ConferenceRecord.objects.filter(pk=record.pk).update(approved_by=users.other_chair)
    record = ConferenceRecord.objects.get(pk=record.pk)
    facts = facts_of(record)
    assert facts.chaired_by == "Kofi Lund, for Gwen Ashby"
    assert facts.approved == "Approved by Kofi Lund, who chaired the conference for Gwen Ashby."
    record.approved_by = users.chair
    assert facts_of(record).approved == "Approved by Gwen Ashby. Kofi Lund chaired the conference for Gwen Ashby."


def test_nobody_approves_before_they_are_named_after_it_is_ended_or_after_its_last_day():
    sitting, record = a_drafted_record()
    other = viewer(sitting.council.users.other_chair)
    with pytest.raises(NotPermitted):
        approving.approve_record(by=other, record=record)
    by = acted_for(sitting, until_on=TODAY)
    assert by.may(Permission.APPROVE_RECORD, record)
    assert not viewer(sitting.council.users.other_chair, TODAY + timedelta(days=1)).may(
        Permission.APPROVE_RECORD, record
    )
    end_acting_chair(by=sitting.council.by("service_manager"), conference=sitting.conference)
    with pytest.raises(NotPermitted):
        approving.approve_record(by=by, record=record)
