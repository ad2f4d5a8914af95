"""Nobody who typed words of a copy, or made a list, is its second person; and what was taken back stays back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions.invitations import change_invitee, check_list
from conferences.convening.deadlines import duties as conference_duties
from conferences.convening.queries.invitations import invitations_of
from conferences.convening.queries.list_checks import list_check
from conferences.meeting.models import LiveNote
from conferences.plans.models import PlanAction
from conferences.separation.choices import AttendMode
from conferences.tests.builders import a_booked_conference
from conferences.tests.test_exclusions import exclude
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event, Look
from cpc.core.documents.actions import settle_incident, take_back
from cpc.core.documents.deadlines import duties
from cpc.core.documents.examination import writers_of
from cpc.core.documents.models import Outgoing
from cpc.core.documents.queries import incidents, mark_readable
from cpc.core.documents.redacting import Mark
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import MustNotMeet
from families.tests.builders import a_child, a_family, restrict
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.models import GivenAllTheSame
from reports.outgoing.actions import releasing
from reports.outgoing.actions.drafting import edit_paragraph
from reports.outgoing.actions.file_copies import override_withholding, prepare_file
from reports.outgoing.actions.versions import RedactedPart, redact_file
from reports.outgoing.deadlines import copies_to_check
from reports.outgoing.models import Paragraph
from reports.outgoing.queries.facts import reader_of
from reports.outgoing.rules.copies import ParagraphScope, Reader, appears_in
from reports.tests.builders import a_drafted_record, a_pdf, approve_record, copy_for
from reports.tests.test_file_copies import ready, release, sitting, upload  # noqa: F401  (a fixture)
from reports.tests.test_taking_back import approved, sent_to  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def typed(record, by, child, text="Typed by somebody."):
    """One paragraph about the child, for every reader, is typed by this user."""
    one = Paragraph.objects.filter(record=record, child=child, audience="everyone").first()
    with setting_up():
        one.written_by_id, one.text = by.id, text
        one.save()
    return one


# --- Copies -------------------------------------------------------------------------------------------------------


def test_the_writer_of_a_paragraph_of_the_copy_cannot_check_it_and_may_check_one_without_it():
    meeting, record = a_drafted_record()
    worker = meeting.council.by("social_worker")
    typed(record, worker, meeting.marlows.theo)
    approve_record(by=meeting.chair, record=record)
    his, other = copy_for(meeting, record, "theos_father"), copy_for(meeting, record, "rosas_father")
    assert worker.id in writers_of(his.document) and worker.id not in writers_of(other.document)
    releasing.open_copy(by=worker, copy=his)
    with pytest.raises(Invalid):
        releasing.record_check(by=worker, copy=his, said="It is right.")
    releasing.open_copy(by=worker, copy=other)
    releasing.record_check(by=worker, copy=other, said="It is right.")


def test_the_writer_of_an_earlier_version_counts_too_and_a_new_draft_reads_it_again():
    meeting, record = a_drafted_record()
    worker = meeting.council.by("social_worker")
    one = typed(record, worker, meeting.marlows.theo)
    edit_paragraph(
        by=meeting.chair, paragraph=one, version=one.version, heading=one.heading, text="As the chair put it.",
        audience=one.audience, child=one.child,
    )  # fmt: skip
    approve_record(by=meeting.chair, record=record)
    assert worker.id in writers_of(copy_for(meeting, record, "theos_father").document)


def test_where_the_worker_and_the_manager_typed_the_check_is_a_duty_of_the_service_managers():
    meeting, record = a_drafted_record()
    for name, child in (("social_worker", "theo"), ("team_manager", "rosa")):
        typed(record, meeting.council.by(name), getattr(meeting.marlows, child))
    with setting_up():
        record.paragraphs.filter(procedural=True).update(written_by=meeting.council.users.social_worker)
        record.paragraphs.filter(child=meeting.marlows.theo).update(written_by=meeting.council.users.team_manager)
    approve_record(by=meeting.chair, record=record)
    managers = {meeting.council.users.service_manager.pk}
    found = copies_to_check(managers)
    assert any(duty.owners == managers for duty in found)


def test_who_chaired_in_between_and_typed_a_note_counts_for_the_copies_about_that_child():
    meeting, record = a_drafted_record()
    users = meeting.council.users
    with setting_up():
        note = LiveNote.objects.filter(conference=meeting.conference).exclude(text="").first()
        note.child = meeting.marlows.theo
        for user in (users.other_chair, users.chair):
            note.saved_by = user
            note.save()
    approve_record(by=meeting.chair, record=record)
    his, other = copy_for(meeting, record, "theos_father"), copy_for(meeting, record, "rosas_father")
    assert users.other_chair.pk in writers_of(his.document) and users.other_chair.pk not in writers_of(other.document)


def test_who_wrote_an_action_of_a_childs_plan_counts_for_the_copies_about_that_child():
    meeting, record = a_drafted_record()
    other = meeting.council.by("other_chair")
    with acting(other, Permission.READ_CONFERENCE):  # while they acted for the chair
        action = PlanAction.objects.create(
            family=meeting.conference.family, conference=meeting.conference, outcome="Safe", action="See Rosa"
        )
        action.children.create(child=meeting.marlows.rosa)
    approve_record(by=meeting.chair, record=record)
    his, other_copy = copy_for(meeting, record, "rosas_father"), copy_for(meeting, record, "theos_father")
    assert other.id in writers_of(his.document) and other.id not in writers_of(other_copy.document)


# --- Files --------------------------------------------------------------------------------------------------------


def test_who_had_a_part_in_a_file_does_not_look_at_it_as_its_second_person(sitting):  # noqa: F811
    users, reader = sitting.council.users, sitting.invitations["rosas_father"]
    administrator, invitation = sitting.council.by("administrator"), sitting.invitations["social_worker"]
    body = FileUpload(a_pdf("Rosa is well."), "report.pdf", "pdf")
    file = upload_file(
        by=administrator, invitation=invitation, upload=body, author="", children=[sitting.marlows.rosa.pk]
    )
    made = {users.administrator.pk, users.social_worker.pk}  # the uploader and the author of the report
    assert made <= writers_of(prepare_file(by=administrator, file=file, reader=reader).document)
    mark = RedactedPart(Mark(1, left=0.1, top=0.1, right=0.5, bottom=0.2), "It is about somebody else.")
    version = redact_file(by=sitting.council.by("chair"), file=file, reader=reader, redacted=[mark])
    school = upload(sitting)
    with setting_up():
        GivenAllTheSame.objects.create(
            file=school, reader=reader, despite=["x"], reason="He asked.", decided_by=users.team_manager,
            decided_at=timezone.now(),
        )  # fmt: skip
    for one, makers in ((version, {*made, users.chair.pk}), (school, {users.team_manager.pk})):
        document = prepare_file(by=administrator, file=one, reader=reader).document
        assert makers <= writers_of(document)


# --- Lists --------------------------------------------------------------------------------------------------------


def test_the_person_who_changed_the_list_cannot_check_it():
    convened = a_booked_conference()
    administrator = convened.by("administrator")
    mine = convened.invitation(convened.marlows.rosas_father)
    children = [one.child for one in mine.children.all()]
    change_invitee(by=administrator, invitation=mine, children=children, mode=AttendMode.PHONE)
    fingerprint = list_check(convened.conference, invitations_of(convened.conference)).fingerprint
    with pytest.raises(NotPermitted, match="You made part of this list"):
        check_list(by=administrator, conference=convened.conference, fingerprint=fingerprint)
    assert check_list(by=convened.by("social_worker"), conference=convened.conference, fingerprint=fingerprint)


@pytest.mark.parametrize("what", ["the worry", "who comes with a parent", "who is invited all the same"])
def test_the_writer_or_decider_of_something_for_the_letters_cannot_check_the_list_and_the_next_is_asked(what):
    convened = a_booked_conference()
    conference, worker = convened.conference, convened.by("social_worker")
    assert owners_of_check(convened) == {worker.id}
    act, step = {
        "the worry": (Permission.RECORD_TAKING_PART, "worry"),
        "who comes with a parent": (Permission.RECORD_TAKING_PART, "name companion"),
        "who is invited all the same": (Permission.INVITE_ALL_THE_SAME, ""),
    }[what]
    with setting_up():
        Event.objects.create(
            act=act.value, by_kind="user", by_id=worker.id, by_name=worker.name, details={"step": step},
            on_kind="convening.conference", on_id=conference.pk,
        )  # fmt: skip
    fingerprint = list_check(conference, invitations_of(conference)).fingerprint
    with pytest.raises(NotPermitted, match="You made part of this list"):
        check_list(by=worker, conference=conference, fingerprint=fingerprint)
    assert owners_of_check(convened) == {convened.council.users.team_manager.pk}
    assert check_list(by=convened.by("team_manager"), conference=conference, fingerprint=fingerprint)


def owners_of_check(convened):
    [duty] = [one for one in conference_duties() if one.kind == "check_list"]
    return duty.owners


def test_the_chair_who_wrote_the_letter_about_an_exclusion_cannot_check_the_list():
    convened = a_booked_conference()
    exclude(convened)
    fingerprint = list_check(convened.conference, invitations_of(convened.conference)).fingerprint
    with pytest.raises(NotPermitted, match="You made part of this list"):
        check_list(by=convened.by("chair"), conference=convened.conference, fingerprint=fingerprint)


# --- What was taken back ------------------------------------------------------------------------------------------


def test_a_file_that_was_taken_back_goes_to_the_same_reader_only_when_the_chair_says_so(sitting):  # noqa: F811
    file = upload(sitting)
    copy = release(sitting, ready(sitting, file))
    sent, administrator = Outgoing.objects.get(document=copy.document), sitting.council.by("administrator")
    take_back(administrator, outgoing=sent, reason="It was for another family.")
    with pytest.raises(WrongState, match="It was taken back from them"):
        prepare_file(by=administrator, file=file, reader=sitting.invitations["rosas_father"])
    mother = sitting.invitations["mother"]
    assert prepare_file(by=administrator, file=file, reader=mother)
    reader = sitting.invitations["rosas_father"]
    override_withholding(by=sitting.council.by("chair"), file=file, reader=reader, reason="It was right after all.")
    assert prepare_file(by=administrator, file=file, reader=reader)


def test_an_unsettled_incident_is_on_the_work_list_and_only_who_may_see_it_settles_it(approved):  # noqa: F811
    meeting, record = approved
    sent = sent_to(meeting, record, "mother", "decision_letter")
    manager = meeting.council.by("service_manager")
    assert not duties()
    incident = take_back(meeting.council.by("administrator"), outgoing=sent, reason="For another family.")
    assert [duty.owners for duty in duties()] == [{manager.id}]
    with pytest.raises(NotPermitted):
        settle_incident(meeting.council.by("system_administrator"), incident=incident, outcome="Nothing left.")
    restrict(meeting.marlows.family)
    with pytest.raises(NotPermitted):
        settle_incident(manager, incident=incident, outcome="Nothing left.")
    assert [duty.owners for duty in duties()] == [{manager.id}]  # to have somebody named for the family is theirs
    restrict(meeting.marlows.family, to=[meeting.council.users.team_manager])
    by = meeting.council.by("team_manager")
    assert [duty.owners for duty in duties()] == [{by.id}]
    for reader, may in ((by, True), (manager, False)):
        mark_readable(reader, rows := incidents(reader))
        assert [one.may_settle for one in rows] == [may]
    assert not incidents(meeting.council.by("other_manager"))
    restrict(meeting.marlows.family, to=[meeting.council.users.service_manager])
    assert [duty.owners for duty in duties()] == [{manager.id}]
    settle_incident(manager, incident=incident, outcome="Nothing left.")
    assert not duties()


# --- Supporters ---------------------------------------------------------------------------------------------------


def test_a_protected_persons_own_words_are_in_no_copy_of_somebody_who_comes_with_another():
    said = ParagraphScope(child=1, person=2, speaker=2)
    supporter = Reader(children=frozenset({1}), professional=True, never_heard=frozenset({2}))
    for is_included in (False, True):
        assert not appears_in(ParagraphScope(child=1, person=2, speaker=2, is_included=is_included), supporter)
    assert appears_in(said, Reader(children=frozenset({1}), professional=True))


def test_the_copy_that_the_chair_gives_a_supporter_has_no_words_of_the_protected_parent():
    meeting, record = a_drafted_record()
    marlows = meeting.marlows
    with setting_up():
        MustNotMeet.objects.create(
            one=marlows.mother, other=marlows.theos_father, protects="one", source="injunction", reason="He hit her."
        )
    copy = copy_for(meeting, record, "gp")
    assert reader_of(copy).never_heard == frozenset()
    copy.invitation.role = "supporter"
    assert marlows.mother.pk in reader_of(copy).never_heard
    assert marlows.grandmother.pk not in reader_of(copy).never_heard


# --- Is this about the right child? -------------------------------------------------------------------------------


def test_who_answered_whether_it_is_the_right_child_and_what_was_named_is_on_the_trail(sitting, client):  # noqa: F811
    a_child(a_family(sitting.council, name="Nowak"), "Ola")
    url = reverse("reports:upload", args=[sitting.invitations["gp"].pk])
    client.force_login(sitting.council.users.administrator)

    def send(**more):
        body = SimpleUploadedFile("report.pdf", a_pdf("Ola Nowak has asthma."), "application/pdf")
        return client.post(url, {"file": body, "author": "Dr Lake", "children": [sitting.marlows.rosa.pk], **more})

    assert send().status_code == 200
    assert Look.objects.filter(page__contains="right child", child_id=sitting.marlows.rosa.pk).exists()
    assert send(right_child="A classmate has that name.").status_code == 302
    event = Event.objects.get(reason="A classmate has that name.")
    assert event.details["right_child"] == ["Ola Nowak"]
    assert event.by_id == sitting.council.users.administrator.pk
