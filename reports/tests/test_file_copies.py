"""A report that came as a file on its way to one of the family: checked, looked at, released, taken back, or never."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from PIL import Image

from conferences.convening.actions.notify import withdraw_invitation
from conferences.convening.models import Invitation
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.actions import mark_envelope_gone, print_envelope
from cpc.core.documents.choices import Channel, DocumentState
from cpc.core.documents.models import Document, Outgoing, SecondCheck
from cpc.core.documents.reading import read_trusted_file
from cpc.core.documents.redacting import Mark
from cpc.core.documents.tests.hostile import changed
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import Address, ContactDetails, MustNotLearn
from families.tests.builders import end_entries
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.models import FileCopy
from reports.outgoing.actions import releasing
from reports.outgoing.actions.file_copies import override_withholding, prepare_file, take_back
from reports.outgoing.actions.versions import RedactedPart, redact_file
from reports.outgoing.choices import FileOutcome
from reports.outgoing.queries.checking import check_of
from reports.outgoing.queries.file_copies import may_be_shared_with
from reports.tests.builders import a_pdf, ask_for_reports, protected_again
from reports.tests.test_pages import INSIDE, allowed, statuses

pytestmark = pytest.mark.django_db
BOTH = ("rosa", "theo")


@pytest.fixture
def sitting():
    """Both fathers and the mother are invited, and nothing in the family is protected."""
    made = ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10)))
    end_entries()
    return made


def upload(sitting, words="Rosa is well.", *, who="school", children=("rosa",), body=None, kind="pdf"):
    invitation = sitting.invitations[who]
    upload = FileUpload(body or a_pdf(words), f"report.{kind}", kind)
    ids = [getattr(sitting.marlows, name).pk for name in children]
    return upload_file(by=viewer(invitation.user), invitation=invitation, upload=upload, author="", children=ids)


def ready(sitting, file, reader="rosas_father", by="administrator") -> FileCopy:
    return prepare_file(by=sitting.council.by(by), file=file, reader=sitting.invitations[reader])


def release(sitting, copy, by="administrator") -> FileCopy:
    copy.refresh_from_db()
    releasing.release(by=sitting.council.by(by), copy=copy)
    copy.refresh_from_db()
    return copy


def body_of_document(copy) -> bytes:
    return bytes(Document.objects.only("body").get(pk=copy.document_id).body)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return out.getvalue()


def test_what_is_released_is_byte_for_byte_what_was_previewed_and_what_is_printed(sitting):
    file = upload(sitting)
    copy = ready(sitting, file)
    seen = releasing.open_copy(by=sitting.council.by("chair"), copy=copy)
    document = release(sitting, copy).document
    assert seen == bytes(document.body) and document.state == DocumentState.RELEASED
    assert document.sha256 == hashlib.sha256(seen).hexdigest()
    (waiting,) = Outgoing.objects.filter(document=document)
    assert waiting.channel in (Channel.PRINT, Channel.HAND)
    administrator = sitting.council.by("administrator")
    assert print_envelope(by=administrator, letters=[waiting], with_cover=False) == seen
    assert len(print_envelope(by=administrator, letters=[waiting], with_cover=True)) > 0
    mark_envelope_gone(by=administrator, letters=[waiting])
    with pytest.raises(InternalError), setting_up(), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(body=b"%PDF-", sha256=hashlib.sha256(b"%PDF-").hexdigest())


def test_the_outside_of_a_file_that_goes_alone_says_no_date_of_birth(sitting):
    file, dan = upload(sitting), sitting.invitations["rosas_father"]
    with setting_up():
        Invitation.objects.filter(pk=dan.pk).update(name=f"{dan.name} (born 3 March 1990)")
    sitting.invitations["rosas_father"].refresh_from_db()
    document = release(sitting, ready(sitting, file)).document
    administrator = sitting.council.by("administrator")
    printed = print_envelope(by=administrator, letters=list(document.outgoing.all()), with_cover=True)
    cover = " ".join(text_of(printed).split("\f")[0].split())
    assert cover.count("(born 3 March 1990)") == 1 and f"is for {dan.name} and nobody" in cover


def test_nothing_of_the_file_is_carried_but_what_its_pages_show(sitting):
    def hide(pdf):
        pdf.docinfo["/Subject"] = "Larchwood"
        pdf.attachments["note.txt"] = b"Larchwood"

    body = changed(a_pdf("Rosa is well."), hide)
    copy = ready(sitting, upload(sitting, body=body))
    carried = body_of_document(copy)
    assert "Larchwood" in read_trusted_file(body).metadata and "Rosa is well." in " ".join(text_of(carried).split())
    with pikepdf.open(io.BytesIO(carried)) as pdf:
        assert not pdf.attachments and "/Info" not in pdf.trailer and set(pdf.Root.keys()) == {"/Type", "/Pages"}
    assert "Larchwood" not in text_of(carried) and check_of(copy).examined.clear


def test_a_word_document_is_never_offered_as_it_is(sitting):
    (row, *_) = [row for row in may_be_shared_with(upload(sitting, body=b"Rosa is well.", kind="txt")) if row.why]
    assert "Ask its author for a PDF" in row.why[0] and not row.may_get_this
    assert row.outcome == FileOutcome.SEPARATE


def test_it_goes_by_the_road_of_their_copies_and_never_to_an_address_that_is_not_safe(sitting):
    father = sitting.marlows.rosas_father
    with setting_up():
        ContactDetails.objects.filter(person=father).update(safe_contact="phone")
    document = release(sitting, ready(sitting, upload(sitting))).document
    assert document.outgoing.get().channel == Channel.HAND and document.recipient_address == []


def test_a_file_about_a_child_who_is_not_theirs_is_never_made_ready_for_them(sitting):
    file = upload(sitting, "Both are well.", who="gp", children=BOTH)
    with pytest.raises(WrongState, match="not theirs to read about"):
        ready(sitting, file)
    assert ready(sitting, file, "mother").document.state == DocumentState.APPROVED


def test_who_gets_nothing_of_it_never_gets_it(sitting):
    with pytest.raises(WrongState, match="gets nothing of it"):
        ready(sitting, upload(sitting), "theos_father")
    with pytest.raises(WrongState, match="not one of the family"):
        ready(sitting, upload(sitting), "gp")
    assert not FileCopy.objects.exists()


def test_a_version_that_was_made_for_one_reader_goes_to_nobody_else(sitting):
    file = upload(sitting, "Both are well.", who="gp", children=BOTH)
    made = redact_file(
        by=sitting.council.by("administrator"), file=file, reader=sitting.invitations["rosas_father"],
        redacted=[RedactedPart(Mark(1, left=0, top=0, right=0.5, bottom=0.1), "About Theo.")],
    )  # fmt: skip
    with pytest.raises(WrongState, match="made for somebody else"):
        ready(sitting, made, "mother")
    assert check_of(ready(sitting, made)).examined.unreadable


def test_the_original_of_what_was_redacted_for_somebody_goes_to_them_only_if_the_chair_says_so(sitting):
    file, dan, chair = upload(sitting), sitting.invitations["rosas_father"], sitting.council.by("chair")
    made = redact_file(
        by=chair, file=file, reader=dan,
        redacted=[RedactedPart(Mark(1, left=0, top=0, right=0.5, bottom=0.1), "Where Anna works.")],
    )  # fmt: skip
    with pytest.raises(WrongState, match="they get the redacted version"):
        ready(sitting, file)
    assert ready(sitting, file, "mother") and ready(sitting, made), "the mother gets all of it, the father a part"
    override_withholding(by=chair, file=file, reader=dan, reason="It says no more than the letter.")
    assert ready(sitting, file)


def test_a_picture_is_put_on_a_page_and_goes_only_after_somebody_has_looked(sitting):
    copy = ready(sitting, upload(sitting, body=a_picture(), kind="png"))
    assert bytes(copy.document.body).startswith(b"%PDF") and copy.document.pages == 1
    with pytest.raises(Invalid, match="must look at what could not be read"):
        release(sitting, copy)
    with pytest.raises(Invalid, match="Say what you looked at"):
        releasing.record_file_check(by=sitting.council.by("team_manager"), copy=copy, said=" ")
    with pytest.raises(Invalid, match="Somebody other than the person who made or prepared"):
        releasing.record_file_check(by=sitting.council.by("administrator"), copy=copy, said="A drawing of a cat.")
    releasing.record_file_check(by=sitting.council.by("team_manager"), copy=copy, said="A drawing of a cat.")
    assert release(sitting, copy).document.state == DocumentState.RELEASED


def test_words_that_no_page_shows_alike_are_not_released(sitting):
    with pytest.raises(WrongState, match="Ask its author for a PDF"):
        ready(sitting, upload(sitting, body=b"Rosa is well.", kind="txt"))


def test_what_they_must_not_learn_goes_only_when_a_second_person_lets_it_go(sitting):
    theo = sitting.marlows.theo
    copy = ready(sitting, upload(sitting, f"Rosa plays with {theo.first_name} {theo.last_name}."))
    administrator, manager = sitting.council.by("administrator"), sitting.council.by("team_manager")
    (row,) = check_of(copy).stops
    with pytest.raises(Invalid, match=theo.last_name):
        release(sitting, copy)
    with pytest.raises(Invalid, match="ask a second person"):
        releasing.mark_harmless(by=administrator, copy=copy, finding_key=row.finding.key, reason="He knows.")
    asked = releasing.ask_for_override(by=administrator, copy=copy, finding_key=row.finding.key, reason="He knows him.")
    with pytest.raises(NotPermitted):
        releasing.decide_override(by=administrator, copy=copy, override=asked, agreed=True, reason="Yes.")
    releasing.decide_override(by=manager, copy=copy, override=asked, agreed=True, reason="They are friends.")
    kept = release(sitting, copy).document.findings
    assert [one["override"]["by_name"] for one in kept] == [manager.name]


def test_an_override_of_a_file_is_for_this_file_and_this_reader_alone(sitting):
    theo, administrator = sitting.marlows.theo, sitting.council.by("administrator")
    said = f"Rosa plays with {theo.first_name} {theo.last_name}."
    one, two = ready(sitting, upload(sitting, said)), ready(sitting, upload(sitting, f"{said} Often."))
    key = check_of(one).stops[0].finding.key
    asked = releasing.ask_for_override(by=administrator, copy=one, finding_key=key, reason="He knows him.")
    releasing.decide_override(
        by=sitting.council.by("team_manager"), copy=one, override=asked, agreed=True, reason="They are friends."
    )
    assert check_of(one).clear and check_of(two).stops


def test_a_name_judged_harmless_in_a_file_is_not_asked_about_again_in_the_next_for_this_reader(sitting):
    theo, administrator = sitting.marlows.theo, sitting.council.by("administrator")
    said = f"Rosa likes the story of the bear called {theo.first_name}."
    copy = ready(sitting, upload(sitting, said))
    (row,) = check_of(copy).asks
    releasing.mark_harmless(by=administrator, copy=copy, finding_key=row.finding.key, reason="A bear.")
    assert check_of(copy).clear and check_of(ready(sitting, upload(sitting, f"{said} She sings."))).clear


def test_where_anything_is_protected_a_second_person_opens_and_checks_it_first(sitting):
    protected_again()
    copy = ready(sitting, upload(sitting))
    with pytest.raises(Invalid, match="second person must check"):
        release(sitting, copy)
    worker = sitting.council.by("social_worker")
    with pytest.raises(Invalid, match="Open the preview"):
        releasing.record_check(by=worker, copy=copy)
    releasing.open_copy(by=worker, copy=copy)
    with pytest.raises(Invalid, match="somebody other"):  # who made it ready is no second pair of eyes
        releasing.record_check(by=sitting.council.by("administrator"), copy=copy)
    releasing.record_check(by=worker, copy=copy, said="Read to the end.")
    assert release(sitting, copy).document.state == DocumentState.RELEASED


def test_only_somebody_who_may_release_makes_a_file_ready_and_releases_it(sitting):
    file = upload(sitting)
    for who in ("social_worker", "team_manager", "chair", "service_manager", "other_worker"):
        with pytest.raises(NotPermitted):
            ready(sitting, file, by=who)
    copy = ready(sitting, file)
    for who in ("social_worker", "team_manager", "chair", "service_manager"):
        with pytest.raises(NotPermitted):
            release(sitting, copy, by=who)


def test_it_is_made_ready_once_and_what_was_taken_back_can_be_made_ready_again(sitting):
    file, administrator = upload(sitting), sitting.council.by("administrator")
    copy = ready(sitting, file)
    with pytest.raises(WrongState, match="already"):
        ready(sitting, file)
    take_back(by=administrator, copy=copy, reason="The wrong report.")
    with pytest.raises(WrongState, match="was recalled"):
        release(sitting, copy)
    assert ready(sitting, file) == copy
    release(sitting, copy)
    take_back(by=administrator, copy=copy, reason="The wrong report.")
    assert Outgoing.objects.get(document=copy.document_id).state == "withdrawn"
    other = ready(sitting, file)
    assert other != copy and other.document_id != copy.document_id


def test_what_has_gone_cannot_be_taken_back(sitting):
    copy = release(sitting, ready(sitting, upload(sitting)))
    administrator = sitting.council.by("administrator")
    mark_envelope_gone(by=administrator, letters=list(copy.document.outgoing.all()))
    with pytest.raises(WrongState, match="has already been sent to Dan Pryce"):
        take_back(by=administrator, copy=copy, reason="Too late.")


def test_who_has_died_was_uninvited_or_must_not_learn_of_the_child_meanwhile_gets_nothing(sitting):
    marlows = sitting.marlows
    copies = {who: ready(sitting, upload(sitting), who) for who in ("rosas_father", "mother")}
    with setting_up():
        marlows.mother.died_on = TODAY
        marlows.mother.save()
        MustNotLearn.objects.create(
            reader=marlows.rosas_father, about=marlows.rosa, what="existence", source="judgement", reason="Danger"
        )
    with pytest.raises(WrongState, match="has died"):
        release(sitting, copies["mother"])
    with pytest.raises(WrongState, match="gets nothing of it"):
        release(sitting, copies["rosas_father"])
    with setting_up():
        MustNotLearn.objects.all().delete()
    withdraw_invitation(
        by=sitting.council.by("administrator"), invitation=sitting.invitations["rosas_father"], reason="Violent"
    )
    with pytest.raises(WrongState, match="not one of the family who was invited"):
        release(sitting, copies["rosas_father"])


def test_a_road_that_has_changed_meanwhile_is_looked_at_again_before_it_goes(sitting):
    father = sitting.marlows.rosas_father
    with setting_up():
        ContactDetails.objects.filter(person=father).update(safe_contact="post")
        assert Address.objects.filter(person=father).update(is_safe_for_post=True)
    copy = ready(sitting, upload(sitting))
    assert copy.document.recipient_address
    with setting_up():
        ContactDetails.objects.filter(person=father).update(safe_contact="hand")
    with pytest.raises(WrongState, match="Recall it"):
        release(sitting, copy)
    take_back(by=sitting.council.by("administrator"), copy=copy, reason="By hand now.")
    copy = ready(sitting, copy.file)
    assert release(sitting, copy).document.outgoing.get().channel == Channel.HAND


def test_the_pages_are_for_those_who_release_or_check_and_the_author_never_sees_them(client, sitting):
    file = upload(sitting)
    copy, father = ready(sitting, file), sitting.invitations["rosas_father"]
    found = statuses(client, sitting.council, reverse("reports:for_reader", args=[file.pk, father.pk]))
    assert allowed(found) == INSIDE
    found = statuses(client, sitting.council, reverse("reports:exactly", args=[copy.document_id]))
    assert allowed(found) == INSIDE
    assert found["school"] in (403, 404) and found["gp"] in (403, 404)


def test_from_the_page_of_the_file_to_the_post_in_the_browser(client, sitting):
    theo = sitting.marlows.theo
    file = upload(sitting, f"Rosa plays with {theo.first_name} {theo.last_name}.")
    father, users = sitting.invitations["rosas_father"], sitting.council.users
    url = reverse("reports:for_reader", args=[file.pk, father.pk])

    def page(who):
        client.force_login(getattr(users, who))
        return client.get(url).content.decode()

    client.force_login(users.administrator)
    assert url in client.get(reverse("reports:file", args=[file.pk])).content.decode()
    assert "Prepare it" in page("administrator") and "Prepare it" not in page("chair")
    client.force_login(users.administrator)
    client.post(reverse("reports:make_ready", args=[file.pk, father.pk]))
    copy = FileCopy.objects.get()
    assert "Blocks the release" in page("administrator") and "Page 1" in page("administrator")
    (row,) = check_of(copy).stops
    client.post(reverse("reports:ask_override", args=[copy.document_id, row.finding.key]), {"reason": "A friend."})
    assert "Decide this" in page("team_manager")
    client.post(
        reverse("reports:decide_override", args=[copy.document_id, row.finding.key]), {"agreed": "yes", "reason": "So."}
    )
    assert SecondCheck.objects.get().state == "agreed" and "Release to this reader" not in page("team_manager")
    assert "Release to this reader" in page("administrator")
    seen = client.get(reverse("reports:exactly", args=[copy.document_id]))
    assert seen.content == body_of_document(copy) and seen["Content-Type"] == "application/pdf"
    client.post(reverse("reports:release", args=[copy.document_id]))
    assert "Released" in page("administrator")
    copy.refresh_from_db()
    client.post(reverse("reports:take_back", args=[copy.document_id]), {"reason": "The wrong report."})
    assert Document.objects.get(pk=copy.document_id).state == DocumentState.RECALLED
    assert "Prepare it" in page("administrator")
