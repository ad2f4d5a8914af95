"""What somebody excluded by the chair gets of the reports, the record and the letters, and what the record says."""

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.models import Exclusion, Invitation
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.proposed_again import proposed_again
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.ended import family_to_tell
from conferences.plans.queries.members import to_be_told
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.choices import WhoIsProtected
from families.people.models import MustNotMeet
from reports.incoming.actions import writing
from reports.incoming.actions.writing import Shared
from reports.incoming.queries.requested import parents_of
from reports.outgoing.actions.copies import include
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.choices import RecordPart
from reports.outgoing.letters.packs import family_pack
from reports.outgoing.models import Copy
from reports.outgoing.queries.copies import coverage_by_invitation
from reports.outgoing.queries.typed_copies import typed_reports_to_copy
from reports.outgoing.rules.copies import EXCLUDED
from reports.tests.builders import (
    a_held_sitting,
    a_report,
    approve_record,
    ask_for_reports,
    copy_for,
    submit_report,
)

pytestmark = pytest.mark.django_db
SAID = "The chair decided that this parent would not be at the meeting. Their views were read out."


def excluded(sitting, who="rosas_father", *, meeting="none", no_documents=False, invited=True):
    """The decision as it was made before the conference: after they were ``invited``, or before."""
    invitation = sitting.invitations[who]
    with setting_up():
        if not invited:
            Invitation.objects.filter(pk=invitation.pk).update(sent_at=None, sent_by=None)
        invitation.refresh_from_db()
        if meeting == "none":
            invitation.attendance = "excluded"
            invitation.save()
        return Exclusion.objects.create(
            conference=sitting.conference, person=invitation.person, state="in_force", asked_by="The school",
            ground="violence", evidence="He threatened the head teacher.", meeting=meeting, no_documents=no_documents,
            requested_by=sitting.conference.chair, requested_at=timezone.now(), decided_by=sitting.conference.chair,
            decided_at=timezone.now(), from_on=TODAY, how_heard="Priya will visit you.",
            letter_words="Everybody must speak freely.", record_words=SAID,
        )  # fmt: skip


def drafted(sitting):
    return draft_record(by=sitting.chair, conference=sitting.conference)


def said_in(sitting, record, who):
    copy = copy_for(sitting, record, who)
    return str(copy.document.values)


def reasons(sitting, record, who="rosas_father"):
    return set(
        Copy.objects.filter(record=record, invitation=sitting.invitations[who]).values_list(
            "withheld_reason", flat=True
        )
    )


def test_who_gets_no_documents_gets_neither_record_nor_letter_until_the_chair_includes_one():
    sitting = a_held_sitting()
    excluded(sitting, no_documents=True)
    record = drafted(sitting)
    assert reasons(sitting, record) == {EXCLUDED}
    assert reasons(sitting, record, "mother") == {""}
    approve_record(by=sitting.chair, record=record)
    letter = copy_for(sitting, record, "rosas_father", "decision_letter")
    include(by=sitting.chair, copy=letter, reason="He may read what was decided.")
    letter.refresh_from_db()
    assert letter.document and "Rosa needs a child protection plan" in str(letter.document.values)


def test_a_professional_that_the_chair_excluded_gets_neither_record_nor_letter_and_the_record_gives_no_ground():
    sitting = a_held_sitting()
    invitation = sitting.invitations["school"]
    with setting_up():
        invitation.refresh_from_db()
        invitation.attendance = "excluded"
        invitation.save()
        Exclusion.objects.create(
            conference=sitting.conference, user=invitation.user, state="in_force", asked_by="The chair",
            ground="allegation", evidence="The police told us.", meeting="none", no_documents=True,
            requested_by=sitting.conference.chair, requested_at=timezone.now(), decided_by=sitting.conference.chair,
            decided_at=timezone.now(), from_on=TODAY,
        )  # fmt: skip
    record = drafted(sitting)
    assert reasons(sitting, record, "school") == {EXCLUDED}
    assert reasons(sitting, record, "gp") == {""}
    approve_record(by=sitting.chair, record=record)
    for who in ("mother", "gp"):
        said = said_in(sitting, record, who)
        assert "llegation" not in said and "police told us" not in said


def test_somebody_excluded_from_the_meeting_alone_gets_their_copies():
    sitting = a_held_sitting()
    excluded(sitting)
    assert reasons(sitting, drafted(sitting)) == {""}


def test_somebody_who_was_there_and_gets_no_documents_gets_none():
    sitting = a_held_sitting()
    excluded(sitting, meeting="all", no_documents=True)
    assert reasons(sitting, drafted(sitting)) == {EXCLUDED}


def test_the_same_holds_for_files():
    sitting = a_held_sitting()
    excluded(sitting, no_documents=True)
    _, coverage = coverage_by_invitation(sitting.conference)[sitting.invitations["rosas_father"].pk]
    assert coverage.withheld == EXCLUDED


def test_the_record_says_it_in_the_chairs_words_to_those_who_may_know_of_the_person():
    sitting = a_held_sitting()
    excluded(sitting)
    record = drafted(sitting)
    (paragraph,) = record.paragraphs.filter(part=RecordPart.EXCLUSION)
    assert (paragraph.text, paragraph.child_id) == (SAID, sitting.marlows.rosa.pk)
    approve_record(by=sitting.chair, record=record)
    for who in ("mother", "rosas_father", "school"):
        said = said_in(sitting, record, who)
        assert SAID in said and "was asked by the chair not to take part" in said, who
        assert "threatened" not in said and "violence" not in said.lower(), who
    # Lewis is Theo's father and knows nothing of Dan.
    lewis = said_in(sitting, record, "theos_father")
    assert SAID not in lewis and "Dan" not in lewis


def test_a_reader_is_not_told_that_somebody_protected_from_them_was_not_there():
    sitting = a_held_sitting()
    excluded(sitting, "mother")
    with setting_up():
        MustNotMeet.objects.create(
            one=sitting.marlows.mother, other=sitting.marlows.rosas_father, protects=WhoIsProtected.ONE,
            source="judgement", reason="He followed her.",
        )  # fmt: skip
    record = drafted(sitting)
    approve_record(by=sitting.chair, record=record, reason="They are told by their worker.")
    assert SAID not in said_in(sitting, record, "rosas_father")
    assert SAID in said_in(sitting, record, "school")


def test_an_exclusion_that_was_ended_is_in_no_record():
    sitting = a_held_sitting()
    found = excluded(sitting, meeting="some")
    with setting_up():
        found.state, found.ended_by, found.end_reason = "ended", sitting.conference.chair, "He was calm."
        found.ended_at = timezone.now()
        found.save()
    assert not drafted(sitting).paragraphs.filter(part=RecordPart.EXCLUSION).exists()


def test_nobody_is_asked_when_a_report_was_shared_with_somebody_who_gets_no_documents(client):
    sitting = ask_for_reports(a_booked_sitting())
    excluded(sitting, no_documents=True)
    report = a_report(sitting, "school")
    dan = sitting.marlows.rosas_father
    assert dan.pk in [parent.pk for parent, _ in parents_of(report)]
    client.force_login(report.author_user)
    page = client.get(reverse("reports:hand_in", args=[report.pk])).content.decode()
    assert f"parent_{dan.pk}" not in page and "Do not share it with Dan Pryce" in page
    shared = [Shared(parent, shared_on=TODAY, how="by_hand") for parent, _ in parents_of(report) if parent.pk != dan.pk]
    writing.submit_report(by=viewer(report.author_user), report=report, sharings=shared)
    found = report.sharings.get(parent=dan)
    assert found.shared_on is None and "no documents" in found.not_shared_reason


def test_the_page_of_the_copies_says_why_they_get_none(client):
    sitting = a_held_sitting()
    excluded(sitting, no_documents=True)
    drafted(sitting)
    client.force_login(sitting.council.users.chair)
    assert EXCLUDED in client.get(reverse("reports:copies", args=[sitting.conference.pk])).content.decode()


def with_a_report(**decision):
    """A conference to come; the chair excluded Dan, and the school gave its report to him in writing before that."""
    sitting = ask_for_reports(a_booked_sitting())
    submit_report(a_report(sitting, "school", worried="Rosa is tired."))
    excluded(sitting, **decision)
    return sitting, sitting.invitations["rosas_father"]


@pytest.mark.parametrize("invited", [True, False])
def test_who_is_excluded_from_the_meeting_alone_is_given_the_reports(client, invited):
    sitting, dan = with_a_report(invited=invited)
    assert dan in {one.reader for one in typed_reports_to_copy()}
    client.force_login(sitting.council.users.administrator)
    pack = reverse("reports:family_pack", args=[sitting.conference.pk, dan.pk])
    assert pack in client.get(reverse("reports:packs", args=[sitting.conference.pk])).content.decode()
    assert "Sam School" in client.get(pack).content.decode()


@pytest.mark.parametrize("meeting", ["all", "none"])
def test_nobody_is_asked_to_give_reports_to_somebody_who_gets_no_documents(meeting):
    sitting, dan = with_a_report(meeting=meeting, no_documents=True)
    assert {one.reader for one in typed_reports_to_copy()} == {sitting.invitations["mother"]}
    found = family_pack(sitting.council.by("administrator"), dan)
    assert not found.parts and not found.to_check


def test_everybody_with_a_letter_about_the_decision_is_told_of_the_core_group_and_of_the_end_of_the_plan():
    sitting = a_held_sitting()
    excluded(sitting, invited=False)
    plan = ProtectionPlan.objects.get(child=sitting.marlows.rosa)
    assert "Dan Pryce" in to_be_told(sitting.marlows.family.pk, TODAY)
    assert "Dan Pryce" in [one.name for one in family_to_tell(letter_context(sitting.conference), plan)]


def test_nobody_says_that_a_letter_was_sent_to_somebody_who_gets_no_documents():
    sitting = a_held_sitting()
    assert "Dan Pryce" in to_be_told(sitting.marlows.family.pk, TODAY)
    excluded(sitting, meeting="all", no_documents=True)
    assert "Dan Pryce" not in to_be_told(sitting.marlows.family.pk, TODAY)


def test_a_relative_who_was_excluded_is_on_the_next_list_for_the_chair_to_decide_about():
    sitting = a_held_sitting()
    excluded(sitting, invited=False)
    review = sitting.conference.later.get()
    again = {one.person: one.reason for one in proposed_again(review, [row.child for row in sitting.children])}
    dan, lewis = sitting.marlows.rosas_father.pk, sitting.marlows.theos_father.pk
    assert again[dan].startswith("Was excluded from the last conference")
    assert again[lewis].startswith("Was invited to the last conference")
