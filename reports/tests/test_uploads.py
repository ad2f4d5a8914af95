"""Reports that come as files: kept as they came, who may have them, versions for one reader, and who sees what."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, connection, transaction
from django.urls import reverse
from PIL import Image

from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.permissions import few_seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.redacting import Mark
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import a_child, a_family, restrict
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.choices import MadeHow
from reports.incoming.models import Redaction, Report, UploadedFile, VersionRequest
from reports.incoming.queries.sources import told_by_word_of_mouth
from reports.incoming.queries.uploads import body_of
from reports.outgoing.actions.file_copies import prepare_file
from reports.outgoing.actions.versions import RedactedPart, ask_for_version, redact_file, send_version
from reports.outgoing.choices import FileOutcome
from reports.outgoing.deadlines import duties
from reports.outgoing.queries.file_copies import may_be_shared_with
from reports.tests.builders import a_pdf, a_report, ask_for_reports, submit_report
from reports.tests.test_pages import INSIDE, allowed, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10)))


def upload(sitting, *pages, who="gp", children=("rosa", "theo"), body=None, kind="pdf"):
    """A file by an invited professional."""
    invitation = sitting.invitations[who]
    upload = FileUpload(body or a_pdf(*(pages or ("Both children are well.",))), f"Report on {who}.{kind}", kind)
    ids = [getattr(sitting.marlows, name).pk for name in children]
    by = viewer(invitation.user)
    return upload_file(by=by, invitation=invitation, upload=upload, author="", children=ids)


def outcomes(file):
    return {row.invitation.person_id: row for row in may_be_shared_with(file)}


def redact(sitting, file, reader, *redacted, by="administrator"):
    redacted = [RedactedPart(mark, "It is about somebody else.") for mark in redacted]
    return redact_file(by=sitting.council.by(by), file=file, reader=sitting.invitations[reader], redacted=redacted)


def test_a_file_is_kept_as_it_came_with_what_could_be_read_in_it(sitting):
    body = a_pdf("Theo has asthma.", "He sees the nurse.")
    file = upload(sitting, body=body)
    assert body_of(file) == body and file.sha256 == hashlib.sha256(body).hexdigest()
    assert file.pages == 2 and file.unreadable == [] and file.author == sitting.invitations["gp"].name
    assert any("asthma" in text for _, text, _ in file.reading)
    assert "Report" not in file.name and "gp" not in file.name


@pytest.mark.parametrize("change", ["given_name = 'x'", "body = ''::bytea", "author = 'somebody else'"])
def test_what_came_cannot_be_changed_or_deleted_even_past_the_actions(sitting, change):
    file = upload(sitting)
    for sql in (f"UPDATE incoming_uploadedfile SET {change}", "DELETE FROM incoming_uploadedfile"):
        with pytest.raises(InternalError, match="kept as it came"), setting_up(), transaction.atomic():
            connection.cursor().execute(f"{sql} WHERE id = %s", [file.pk])
    assert UploadedFile.objects.filter(pk=file.pk).exists()


def test_a_scan_says_that_it_could_not_be_read_and_nobody_of_the_family_gets_it_unseen(sitting):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    file = upload(sitting, body=out.getvalue(), kind="png", children=("rosa",))
    assert file.unreadable and file.pages == 1
    assert outcomes(file)[sitting.marlows.mother.pk].outcome == FileOutcome.LOOK


@pytest.mark.parametrize(
    "body", [b"words with a \x01 control sign", "half a pair: \ud800".encode("utf-8", "surrogatepass")]
)
def test_any_text_in_a_file_can_be_stored(sitting, body):
    assert upload(sitting, body=body, kind="txt").size == len(body)


def test_a_file_covers_at_least_one_child_and_only_those_its_author_was_invited_for(sitting):
    for children in ((), ("theo",)):
        with pytest.raises(Invalid, match="Select the children"):
            upload(sitting, who="school", children=children)
    assert upload(sitting, who="school", children=("rosa",)).children.count() == 1


def test_nobody_uploads_for_an_invitation_that_is_not_theirs(sitting):
    invitation, upload = sitting.invitations["school"], FileUpload(a_pdf("x"), "x.pdf", "pdf")
    for who in ("gp", "social_worker", "chair", "other_worker"):
        by = viewer(getattr(sitting.council.users, who, None) or getattr(sitting.council.professionals, who))
        with pytest.raises(NotPermitted):
            upload_file(by=by, invitation=invitation, upload=upload, author="x", children=[sitting.marlows.rosa.pk])
    assert not UploadedFile.objects.exists()


def test_each_of_the_family_may_have_what_is_about_their_own_children_alone(sitting):
    marlows = sitting.marlows
    both, rosa = upload(sitting), upload(sitting, "Rosa is well.", who="school", children=("rosa",))
    assert outcomes(both)[marlows.mother.pk].outcome == FileOutcome.AS_IT_IS
    his = outcomes(both)[marlows.rosas_father.pk]
    assert his.outcome == FileOutcome.SEPARATE and any("Theo" in line for line in his.why)
    assert outcomes(rosa)[marlows.rosas_father.pk].outcome == FileOutcome.AS_IT_IS
    assert outcomes(rosa)[marlows.theos_father.pk].outcome == FileOutcome.NOTHING


def test_a_word_that_a_reader_must_not_learn_makes_it_need_a_separate_version(sitting):
    theo = sitting.marlows.theo
    file = upload(sitting, f"Rosa plays with {theo.first_name} {theo.last_name}.", who="school", children=("rosa",))
    row = outcomes(file)[sitting.marlows.rosas_father.pk]
    assert row.outcome == FileOutcome.SEPARATE and any("page 1" in line for line in row.why), row.why
    assert outcomes(file)[sitting.marlows.mother.pk].outcome == FileOutcome.AS_IT_IS


def test_a_separate_version_is_asked_for_is_due_and_comes(sitting):
    file, father = upload(sitting), sitting.invitations["rosas_father"]
    asked = ask_for_version(
        by=sitting.council.by("administrator"), file=file, reader=father, why="About Rosa alone.", due_on=TODAY
    )
    (duty,) = [one for one in duties() if one.kind == "send_version"]
    gp = sitting.council.professionals.gp
    assert duty.owners == (gp.pk,) or set(duty.owners) == {gp.pk}
    with pytest.raises(Invalid, match="same file as before"):
        send_version(by=viewer(gp), request=asked, upload=FileUpload(body_of(file), "again.pdf", "pdf"))
    version = send_version(by=viewer(gp), request=asked, upload=FileUpload(a_pdf("Rosa is well."), "r.pdf", "pdf"))
    assert (version.made, version.version_of, version.made_for) == (MadeHow.SEPARATE, file, father)
    assert [row.child for row in version.children.all()] == [sitting.marlows.rosa]
    assert not [one for one in duties() if one.kind == "send_version"]
    (row,) = may_be_shared_with(version)
    assert row.invitation == father and row.outcome == FileOutcome.AS_IT_IS


def test_a_redacted_version_is_another_file_with_its_reasons_and_the_original_stays(sitting):
    body = a_pdf("Rosa is well.", "Theo Larchwood has asthma.")
    file = upload(sitting, body=body)
    made = redact(
        sitting, file, "rosas_father", Mark(2, whole_page=True), Mark(1, left=0.5, top=0, right=1, bottom=0.1)
    )
    new = body_of(made)
    assert b"Larchwood" not in new and not any("asthma" in text for _, text, _ in made.reading)
    with pikepdf.open(io.BytesIO(new)) as pdf:
        assert len(pdf.pages) == 1
    assert made.made == MadeHow.REDACTED and made.version_of == file and made.given_name == "redacted.pdf"
    assert [one.reason for one in made.redactions.all()] == ["It is about somebody else."] * 2
    assert [row.child for row in made.children.all()] == [sitting.marlows.rosa]
    assert body_of(file) == body and UploadedFile.objects.get(pk=file.pk).sha256 == hashlib.sha256(body).hexdigest()


def test_a_redaction_answers_the_request_that_was_open(sitting):
    file, father = upload(sitting, "One", "Two"), sitting.invitations["rosas_father"]
    ask_for_version(
        by=sitting.council.by("administrator"), file=file, reader=father, why="About Rosa alone.", due_on=TODAY
    )
    made = redact(sitting, file, "rosas_father", Mark(2, whole_page=True))
    assert VersionRequest.objects.get().answered_with == made


def test_the_reasons_of_a_redaction_cannot_be_changed(sitting):
    redact(sitting, upload(sitting, "One", "Two"), "rosas_father", Mark(2, whole_page=True))
    with pytest.raises(InternalError, match="kept with it"), setting_up(), transaction.atomic():
        Redaction.objects.update(reason="another")


def test_only_an_administrator_and_the_chair_of_the_conference_redact(sitting):
    file = upload(sitting, "One", "Two")
    for by in ("social_worker", "team_manager", "service_manager", "other_chair", "other_worker"):
        with pytest.raises(NotPermitted):
            redact(sitting, file, "rosas_father", Mark(2, whole_page=True), by=by)
    assert redact(sitting, file, "rosas_father", Mark(2, whole_page=True), by="chair").pk


def test_a_word_file_is_not_redacted_and_what_was_redacted_is_not_redacted_again(sitting):
    with pytest.raises(WrongState, match="Ask its author for a PDF"):
        redact(sitting, upload(sitting, body=b"words", kind="txt"), "rosas_father", Mark(1, whole_page=True))
    made = redact(sitting, upload(sitting, "One", "Two"), "rosas_father", Mark(2, whole_page=True))
    with pytest.raises(WrongState, match="redacted here"):
        redact(sitting, made, "rosas_father", Mark(1, left=0, top=0, right=0.5, bottom=0.5))


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        (Mark(3, whole_page=True), "no page 3"),
        (Mark(1, left=0.5, right=0.5), "lie on the page"),
        (Mark(1, left=-0.1), "lie on the page"),
    ],
)
def test_an_area_lies_on_a_page_that_there_is(sitting, mark, says):
    with pytest.raises(Invalid, match=says):
        redact(sitting, upload(sitting, "One", "Two"), "rosas_father", mark)


def test_nobody_gets_a_version_of_what_covers_no_child_of_theirs(sitting):
    file = upload(sitting, "One", "Two", who="school", children=("rosa",))
    with pytest.raises(Invalid, match="no child of theirs"):
        redact(sitting, file, "theos_father", Mark(2, whole_page=True))


def test_a_file_is_seen_inside_the_authority_and_by_who_uploaded_it_alone(client, sitting):
    file = upload(sitting)  # it covers Rosa too, and the school is invited for her
    for name in ("file", "download_file"):
        found = statuses(client, sitting.council, reverse(f"reports:{name}", args=[file.pk]))
        assert allowed(found) == INSIDE | {"gp"}, name
        assert found["school"] == 404 and found["other_worker"] == 404


def test_the_pages_of_redacting_are_for_the_administrator_and_the_chair(client, sitting):
    file, father = upload(sitting), sitting.invitations["rosas_father"]
    for name, args in (("redact", [file.pk, father.pk]), ("ask_version", [file.pk, father.pk])):
        found = statuses(client, sitting.council, reverse(f"reports:{name}", args=args))
        assert allowed(found) == {"administrator", "chair"}, name
        assert found["gp"] == 403 and found["other_chair"] == 404
    picture = reverse("reports:page_picture", args=[file.pk, 1])
    found = statuses(client, sitting.council, picture, who=("administrator", "gp", "social_worker", "other_chair"))
    assert allowed(found) == {"administrator"}


def test_its_author_does_not_see_who_may_have_it_nor_what_was_redacted(client, sitting):
    file = upload(sitting, "One", "Two")
    made = redact(sitting, file, "rosas_father", Mark(2, whole_page=True))
    client.force_login(sitting.council.professionals.gp)
    page = client.get(reverse("reports:file", args=[file.pk])).content.decode()
    assert sitting.marlows.rosas_father.last_name not in page and "may have it" not in page
    assert client.get(reverse("reports:file", args=[made.pk])).status_code == 404


def test_a_download_is_an_attachment_under_a_name_that_reveals_nothing(client, sitting):
    file = upload(sitting)
    client.force_login(sitting.council.users.administrator)
    answer = client.get(reverse("reports:download_file", args=[file.pk]))
    assert answer.content == body_of(file)
    assert answer["Content-Disposition"] == f'attachment; filename="{file.file_name}.pdf"'
    assert answer["Cache-Control"] == "no-store, private" and answer["X-Content-Type-Options"] == "nosniff"


def test_a_professional_uploads_in_the_browser_and_a_program_called_pdf_is_refused(client, sitting):
    client.force_login(sitting.council.professionals.school)
    url = reverse("reports:upload", args=[sitting.invitations["school"].pk])
    page = client.get(url).content.decode()
    assert sitting.marlows.rosa.full_name in page and sitting.marlows.theo.first_name not in page
    sent = {"children": [str(sitting.marlows.rosa.pk)]}
    bad = client.post(url, {**sent, "file": SimpleUploadedFile("report.pdf", b"MZ\x00\x00 program")})
    assert bad.status_code == 200 and "The file must be a" in bad.content.decode()
    good = client.post(url, {**sent, "file": SimpleUploadedFile("report.pdf", a_pdf("Rosa is well."))})
    assert reverse("reports:write", args=[sitting.invitations["school"].pk]) in client.get(good.url).content.decode()
    assert good.status_code == 302 and UploadedFile.objects.get().uploaded_by == sitting.council.professionals.school


def test_an_administrator_redacts_in_the_browser_and_nothing_typed_is_lost(client, sitting):
    file, father = upload(sitting, "One", "Two"), sitting.invitations["rosas_father"]
    client.force_login(sitting.council.users.administrator)
    url = reverse("reports:redact", args=[file.pk, father.pk])
    counts = {"part-TOTAL_FORMS": "2", "part-INITIAL_FORMS": "0"}
    area = {"part-0-page": "1", "part-0-what": "area", "part-0-left": "10", "part-0-top": "10", "part-0-width": "90"}
    first = client.post(url, {**counts, **area, "part-0-height": "20", "part-1-page": "", "part-1-what": "area"})
    assert first.status_code == 200 and 'value="90"' in first.content.decode()  # the reason is wanting
    more = client.post(url, {**counts, **area, "another": "yes"}).content.decode()
    assert "part-2-page" in more and 'value="90"' in more
    wide = client.post(url, {**counts, **area, "part-0-width": "95", "part-0-height": "20", "part-0-reason": "Wide."})
    assert "The area would run over the right edge: enter 90 or less" in wide.content.decode()
    stays = {"part-2-page": "1", "part-2-what": "area", "part-2-reason": "", "part-2-stays": "on"}
    counts["part-TOTAL_FORMS"] = "3"
    done = client.post(
        url,
        {**counts, **stays, **area, "part-0-height": "20", "part-0-reason": "Where she lives.",
         "part-1-page": "2", "part-1-what": "page", "part-1-reason": "About Theo."},
    )  # fmt: skip
    assert done.status_code == 302
    one, two = Redaction.objects.all()
    assert (one.page, one.left, one.right, one.whole_page) == (1, 0.1, 1.0, False)
    assert (two.page, two.whole_page, two.reason) == (2, True, "About Theo.")


def test_a_file_that_names_a_child_of_another_family_is_asked_about_before_it_is_stored(sitting, client):
    a_child(a_family(sitting.council, name="Nowak"), "Ola")
    gp, users = sitting.invitations["gp"], sitting.council.users
    url = reverse("reports:upload", args=[gp.pk])

    def send(**more):
        body = SimpleUploadedFile("report.pdf", a_pdf("Ola Nowak has asthma."), "application/pdf")
        return client.post(url, {"file": body, "author": "Dr Lake", "children": [sitting.marlows.rosa.pk], **more})

    client.force_login(users.administrator)
    page = send().content.decode()
    assert "Is this about the right child?" in page and "“Ola Nowak”" in page and 'name="right_child"' in page
    assert "Ola Nowak" in send(right_child=" ").content.decode() and not UploadedFile.objects.exists()
    assert send(right_child="Rosa’s classmate has that name.").status_code == 302
    assert "Is this about the right child?" in client.get(send(right_child="A classmate.")["Location"]).content.decode()
    # An agency must not find out from the question which children are known here.
    client.force_login(gp.user)
    assert "right child" not in client.get(send()["Location"]).content.decode()


def test_no_question_before_a_file_is_stored_tells_of_a_child_of_a_restricted_family(sitting, client):
    nowaks = a_family(sitting.council, name="Nowak")
    a_child(nowaks, "Ola")
    url = reverse("reports:upload", args=[sitting.invitations["gp"].pk])
    client.force_login(sitting.council.users.administrator)

    def send():
        said = f"Ola Nowak has asthma. Case {nowaks.case_number}."
        body = SimpleUploadedFile("report.pdf", a_pdf(said), "application/pdf")
        return client.post(url, {"file": body, "author": "Dr Lake", "children": [sitting.marlows.rosa.pk]})

    assert "right child" in send().content.decode()
    restrict(nowaks)
    stored = send()
    assert stored.status_code == 302 and UploadedFile.objects.count() == 1
    # The file is on the trail with the name of who uploaded it. Now staff must know that it may be the wrong one.
    assert "Is this about the right child?" in client.get(stored["Location"]).content.decode()


def test_a_report_that_is_only_told_is_not_uploaded_as_a_file_that_everybody_inside_could_open(sitting, client):
    with pytest.raises(WrongState, match="only shared verbally"):
        upload(sitting, who="police")
    assert not UploadedFile.objects.exists()
    invitation = sitting.invitations["police"]
    client.force_login(invitation.user)
    address = reverse("reports:upload", args=[invitation.pk])
    page = client.get(reverse("conferences:invitation", args=[invitation.pk])).content.decode()
    assert reverse("reports:write", args=[invitation.pk]) in page and address not in page
    assert "only shared verbally" in client.get(address, follow=True).content.decode()
    assert upload(sitting, who="gp").pk


def test_what_the_police_uploaded_before_it_was_only_told_is_for_the_chair_from_then_on(sitting, settings, client):
    settings.CPC_PRESET = "bexley"
    file = upload(sitting, who="police")
    invitation = sitting.invitations["police"]
    submit_report(a_report(sitting, "police"))
    people = ("social_worker", "team_manager", "administrator", "service_manager", "chair")

    def readers():
        seen = {name for name in people if few_seen_by(sitting.council.by(name), UploadedFile).exists()}
        mine = few_seen_by(viewer(invitation.user), UploadedFile).exists()
        return seen, {name for name in people if few_seen_by(sitting.council.by(name), Report).exists()}, mine

    assert readers() == (set(people), set(people), True)
    settings.CPC_PRESET = "haringey"
    assert readers() == ({"chair"}, {"chair"}, True)
    client.force_login(sitting.council.users.administrator)
    assert client.get(reverse("reports:file", args=[file.pk])).status_code == 404
    told = told_by_word_of_mouth(sitting.marlows.family.pk, sitting.council.by("administrator"))
    assert [one.seen for one in told] == [False]
    with pytest.raises(WrongState, match="only shared verbally"):
        prepare_file(by=sitting.council.by("chair"), file=file, reader=sitting.invitations["mother"])


def test_the_police_upload_their_report_where_it_is_not_only_told(sitting, settings):
    settings.CPC_PRESET = "bexley"
    assert upload(sitting, who="police").author == sitting.invitations["police"].name
