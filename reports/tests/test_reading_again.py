"""A file that no program could open says so, goes to nobody, and can be tried once more."""

import io

import pikepdf
import pytest
from django.db import InternalError, connection, transaction
from django.urls import reverse

from cpc.core.accounts.tests.builders import setting_up
from cpc.core.kernel.refusals import NotPermitted, WrongState
from reports.incoming.actions.uploads import read_again
from reports.incoming.models import UploadedFile
from reports.outgoing.choices import FileOutcome
from reports.outgoing.queries.file_copies import may_be_shared_with
from reports.tests.builders import a_pdf
from reports.tests.test_file_copies import ready, sitting, upload

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]
TOO_LONG = "Reading it took longer than 60 seconds. Somebody must look at it."


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf("Rosa is well."))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    return out.getvalue()


def damaged() -> bytes:
    return a_pdf("Rosa is well.")[:400] + b"\n%%EOF"


def one_that_took_too_long(sitting) -> UploadedFile:
    """As it is kept when the time was up: nothing is wrong with it."""
    came = upload(sitting, "Rosa lives at her school.")
    with setting_up():
        file = UploadedFile.objects.create(
            conference=came.conference, invitation=came.invitation, agency=came.agency, author=came.author,
            given_name="report.pdf", kind="pdf", body=came.body, sha256=came.sha256, size=came.size, pages=0,
            reading=[], unreadable=[TOO_LONG], uploaded_by=came.uploaded_by, uploaded_at=came.uploaded_at,
        )  # fmt: skip
        file.children.create(child=sitting.marlows.rosa)
    return file


@pytest.mark.parametrize(("body", "said"), [(locked, "locked with a password"), (damaged, "broken")])
def test_a_locked_or_damaged_file_says_so_plainly_and_goes_to_nobody(client, sitting, body, said):
    file = upload(sitting, body=body())
    assert file.did_not_open and any(said in one for one in file.unreadable)
    assert {row.outcome for row in may_be_shared_with(file)} == {FileOutcome.LOOK, FileOutcome.NOTHING}
    client.force_login(sitting.council.users.administrator)
    shown = client.get(reverse("reports:file", args=[file.pk])).content.decode()
    assert "This file could not be opened" in shown and said in shown and "All of it" not in shown
    assert "Redact it" not in shown  # there is nothing to draw
    reader = reverse("reports:for_reader", args=[file.pk, sitting.invitations["rosas_father"].pk])
    shown = client.get(reader).content.decode()
    assert said in shown and "Ask the author for a file that opens" in shown and "Prepare it" not in shown
    with pytest.raises(WrongState, match="No program could open it"):
        ready(sitting, file)


@pytest.mark.parametrize("body", [locked, damaged])
def test_read_again_it_is_as_locked_or_damaged_as_before(client, sitting, body):
    file = upload(sitting, body=body())
    client.force_login(sitting.council.users.administrator)
    answer = client.post(reverse("reports:read_again", args=[file.pk]), follow=True).content.decode()
    assert "The file still could not be opened" in answer
    assert UploadedFile.objects.get(pk=file.pk).unreadable == file.unreadable


def test_what_could_be_read_the_second_time_is_kept_and_checked_like_any_other(client, sitting):
    file = one_that_took_too_long(sitting)
    client.force_login(sitting.council.users.administrator)
    answer = client.post(reverse("reports:read_again", args=[file.pk]), follow=True).content.decode()
    file = UploadedFile.objects.get(pk=file.pk)
    assert "The file has now been opened" in answer and "All of it" in answer
    assert file.pages == 1 and file.unreadable == [] and any("her school" in text for _, text, _ in file.reading)
    assert ready(sitting, file).document.pages == 1


def test_only_who_may_redact_it_has_it_read_again_and_never_one_that_was_read(sitting):
    file = one_that_took_too_long(sitting)
    for who in ("social_worker", "team_manager", "other_chair"):
        with pytest.raises(NotPermitted):
            read_again(by=sitting.council.by(who), file=file)
    read_again(by=sitting.council.by("chair"), file=file)
    with pytest.raises(WrongState, match="was read when it was uploaded"):
        read_again(by=sitting.council.by("chair"), file=file)


def test_the_database_changes_what_was_read_alone_and_only_where_nothing_was(sitting):
    def refused(pk, **values):
        with pytest.raises(InternalError, match=r"kept (as it came|with it)"), setting_up(), transaction.atomic():
            UploadedFile.objects.filter(pk=pk).update(**values)

    failed, good = one_that_took_too_long(sitting), upload(sitting)
    refused(failed.pk, body=b"%PDF-")
    refused(failed.pk, author="Somebody else")
    refused(good.pk, unreadable=[])
    refused(good.pk, reading=[], pages=0)
    refused(upload(sitting, body=b"Rosa is well.", kind="txt").pk, reading=[])
    with pytest.raises(InternalError, match="kept as it came"), setting_up(), transaction.atomic():
        connection.cursor().execute("delete from incoming_uploadedfile where id = %s", [failed.pk])


def test_a_word_file_says_to_ask_its_author_for_a_pdf_with_the_button_beside_it(client, sitting):
    file = upload(sitting, body=b"Rosa is well.", kind="txt")
    client.force_login(sitting.council.users.administrator)
    url = reverse("reports:for_reader", args=[file.pk, sitting.invitations["rosas_father"].pk])
    page = client.get(url).content.decode()
    assert "Ask its author for a PDF" in page and "Prepare it" not in page
    assert reverse("reports:ask_version", args=[file.pk, sitting.invitations["rosas_father"].pk]) in page
