"""A copy is released: stored with its hash, by a safe channel, and only when nothing in it stops it."""

import hashlib

import pytest
from django.urls import reverse
from lxml import html

from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.actions import mark_envelope_gone, print_envelope, take_back
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import ContactDetails
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.drafting import edit_paragraph
from reports.outgoing.actions.releasing import mark_harmless, refresh, release, release_all
from reports.outgoing.choices import WrittenKind
from reports.outgoing.models import Copy, Paragraph
from reports.outgoing.queries.checking import check_of
from reports.tests.builders import (
    a_drafted_record,
    all_looked_at,
    an_approved_record,
    approve_letters,
    approve_record,
    copy_for,
    looked_at,
)

pytestmark = pytest.mark.django_db

ADDRESSES = ("Quarry Street", "ZZ9 4QP", "Mill Close", "ZZ1 2BB", "07700 900")


@pytest.fixture
def approved():
    return an_approved_record()


def text(copy) -> str:
    copy.refresh_from_db()
    document = copy.document
    return flowing_text(rebuild(document.kind, document.values))


def test_what_is_issued_is_kept_with_its_hash_and_the_professional_is_told_by_a_notice_that_names_nobody(approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "gp")
    release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    document = copy.document
    assert document.state == DocumentState.RELEASED
    assert document.sha256 == hashlib.sha256(bytes(document.body)).hexdigest()
    assert bytes(document.body).startswith(b"%PDF") and "Theo" in text_of(bytes(document.body))
    mail = Outgoing.objects.get(channel=Channel.EMAIL, purpose="copy_to_read")
    assert mail.to_address == sitting.invitations["gp"].user.email and mail.document is None
    for name in ("Marlow", "Rosa", "Theo", "Anna", sitting.marlows.family.case_number):
        assert name not in mail.subject + mail.body
    assert Outgoing.objects.get(document=document).channel == Channel.PORTAL


def test_a_reader_of_several_copies_that_are_released_together_is_told_once(approved):
    sitting, record = approved
    all_looked_at(sitting, record)
    outcome = release_all(by=sitting.council.by("administrator"), record=record)
    gp = sitting.invitations["gp"]
    own = [one for one in outcome.released if one.invitation_id == gp.pk]
    assert len(own) > 1
    assert Outgoing.objects.filter(purpose="copy_to_read", recipient_id=gp.user_id).count() == 1
    sent = own[0].document.outgoing.get()
    take_back(sitting.chair, outgoing=sent, reason="It was for another GP.")
    assert Outgoing.objects.get(purpose="copy_to_read", recipient_id=gp.user_id).state == OutgoingState.QUEUED


def test_the_family_gets_paper_by_the_safe_channel(approved):
    sitting, record = approved
    for who, channel in (("mother", Channel.PRINT), ("rosas_father", Channel.HAND), ("theos_father", Channel.HAND)):
        copy = copy_for(sitting, record, who, "decision_letter")
        release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
        assert Outgoing.objects.get(document_id=Copy.objects.get(pk=copy.pk).document_id).channel == channel


def test_the_print_room_and_the_cover_sheet_say_who_hands_over_a_letter_that_names_nobody(approved, client):
    sitting, record = approved
    client.force_login(sitting.council.users.administrator)
    copy = copy_for(sitting, record, "rosas_father", "decision_letter")
    release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    sent = copy_for(sitting, record, "rosas_father", "decision_letter").document.outgoing.get()
    for worker in (sitting.council.users.social_worker, sitting.council.users.other_worker):
        with setting_up():
            ContactDetails.objects.filter(person=sitting.marlows.rosas_father).update(hand_by=worker)
        cover = client.get(reverse("documents:print_envelope", args=[sent.pk]) + "?cover").content
        assert f"By hand: {worker}" in client.get(reverse("documents:print_room")).content.decode()
        assert text_of(cover).count(f"By hand: {worker}") == 1, "on the cover sheet, not on the letter"
    with setting_up():
        User.objects.filter(pk=worker.pk).update(is_active=False)
    assert (
        f"By hand: {sitting.council.users.social_worker}"
        in client.get(reverse("documents:print_room")).content.decode()
    )


def test_a_planted_address_blocks_the_release_until_it_is_removed():
    sitting, record = a_drafted_record()
    paragraph = Paragraph.objects.get(record=record, part="worried", child=sitting.marlows.rosa)
    with setting_up():
        paragraph.text += " Her father took her to 9 Quarry Street, ZZ9 4QP."
        paragraph.save()
    approve_record(by=sitting.chair, record=record)
    administrator = sitting.council.by("administrator")
    copy = copy_for(sitting, record, "mother")
    with pytest.raises(Invalid, match="ZZ9 4QP"):
        release(by=administrator, copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    assert (
        copy.document.state == DocumentState.APPROVED and not Outgoing.objects.filter(document=copy.document).exists()
    )
    all_looked_at(sitting, record)
    outcome = release_all(by=administrator, record=record, kind=WrittenKind.RECORD)
    assert copy.pk in {one.copy.pk for one in outcome.blocked}
    reopen(by=sitting.chair, record=record, reason="An address stands in it.")
    paragraph.refresh_from_db()
    edit_paragraph(
        by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading,
        text="Her father took her home.", audience="everyone", child=sitting.marlows.rosa,
    )  # fmt: skip
    approve_record(by=sitting.chair, record=record)
    release(by=administrator, copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    assert copy.document.state == DocumentState.RELEASED


def test_a_first_name_is_asked_about_and_the_answer_is_kept_with_who_gave_it():
    sitting, record = a_drafted_record()
    paragraph = Paragraph.objects.get(record=record, part="worried", child=sitting.marlows.rosa)
    with setting_up():
        paragraph.text += " She looks after Theo."
        paragraph.save()
    approve_record(by=sitting.chair, record=record)
    copy, administrator = copy_for(sitting, record, "rosas_father"), sitting.council.by("administrator")
    with pytest.raises(Invalid, match="Theo"):
        release(by=administrator, copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    (finding,) = check_of(copy).examined.blocking
    mark_harmless(by=administrator, copy=copy, finding_key=finding.key, reason="He knows his daughter’s brother.")
    release(by=administrator, copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    settled = [one for finding in copy.document.findings for one in finding["harmless"]]
    assert (
        settled == [{"by_name": "Mo Tran", "reason": "He knows his daughter’s brother."}]
        and copy.document.state == DocumentState.RELEASED
    )


def test_a_correction_is_a_new_document_that_supersedes_and_unchanged_copies_stay(approved):
    sitting, record = approved
    administrator = sitting.council.by("administrator")
    changed, same = copy_for(sitting, record, "rosas_father"), copy_for(sitting, record, "theos_father")
    for copy in (changed, same):
        release(by=administrator, copy=looked_at(sitting, copy))
    first, kept = copy_for(sitting, record, "rosas_father").document, copy_for(sitting, record, "theos_father").document
    mark_envelope_gone(administrator, letters=[first.outgoing.get()])
    correct(sitting, record, "Rosa walks to school alone.")
    changed.refresh_from_db()
    same.refresh_from_db()
    assert same.document == kept
    assert changed.document != first and changed.document.supersedes == first
    release(by=administrator, copy=looked_at(sitting, changed))
    first.refresh_from_db()
    assert first.state == DocumentState.SUPERSEDED and "This copy replaces the one of" in text(changed)


def correct(sitting, record, worry):
    """The chair corrects what the record says of the worries about Rosa, and approves it again."""
    reopen(by=sitting.chair, record=record, reason="Rosa was not alone in the dark.")
    paragraph = Paragraph.objects.get(record=record, part="worried", child=sitting.marlows.rosa)
    edit_paragraph(
        by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading, text=worry,
        audience="everyone", child=sitting.marlows.rosa,
    )  # fmt: skip
    approve_record(by=sitting.chair, record=record)


def test_a_corrected_copy_speaks_of_the_last_one_that_left_and_of_none_that_did_not(approved):
    sitting, record = approved
    administrator, hers = sitting.council.by("administrator"), copy_for(sitting, record, "mother")

    def sent_after(worry):
        """What the mother’s copy says after this correction. It is released, and lies in the print room."""
        if worry:
            correct(sitting, record, worry)
        release(by=administrator, copy=looked_at(sitting, hers))
        hers.refresh_from_db()
        return text(hers)

    assert "replaces" not in sent_after("")
    assert "replaces" not in sent_after("Rosa walks to school alone.")  # the first never left
    print_envelope(administrator, letters=[hers.document.outgoing.get()], with_cover=False)
    printed = hers.document
    assert "This copy replaces the one of" in sent_after("Rosa walks alone.")
    said = sent_after("Rosa walks home alone.")
    assert "different in these parts: what was said" in said and hers.document.supersedes.supersedes == printed
    correct(sitting, record, "Rosa walks home alone.")
    assert copy_for(sitting, record, "mother").document == hers.document  # nothing is said again


def test_a_letter_that_joined_an_envelope_since_its_page_was_opened_is_not_marked_as_handed_over(client):
    sitting, record = an_approved_record()
    administrator, kinds = sitting.council.by("administrator"), ("record", "decision_letter")
    client.force_login(sitting.council.users.administrator)
    first, second = (copy_for(sitting, record, "mother", kind) for kind in kinds)
    release(by=administrator, copy=looked_at(sitting, first))
    page = html.fromstring(client.get(reverse("documents:print_room")).content)
    (gone,) = page.xpath("//form[contains(@action, 'gone')]")
    release(by=administrator, copy=looked_at(sitting, second))
    client.post(gone.action, dict(gone.fields))
    assert [one.document.outgoing.get().state for one in (first, second)] == ["sent", "queued"]
    again = client.post(gone.action, {"shown": gone.fields["shown"]}, follow=True)  # somebody else pressed it too
    assert again.status_code == 200 and second.document.outgoing.get().state == "queued"
    mark_envelope_gone(administrator, letters=[second.document.outgoing.get()])
    again = client.post(gone.action, {"shown": gone.fields["shown"]}, follow=True)
    assert "Nothing waits in this envelope any more" in again.content.decode()


def test_nothing_is_released_before_the_chair_has_approved_and_never_twice():
    sitting, record = a_drafted_record()
    administrator, copy = sitting.council.by("administrator"), copy_for(sitting, record, "mother")
    with pytest.raises(WrongState, match="not approved"):
        release(by=administrator, copy=looked_at(sitting, copy))
    approve_letters(by=sitting.chair, record=record)
    with pytest.raises(WrongState, match="not approved"):
        release(by=administrator, copy=looked_at(sitting, copy))
    letter = copy_for(sitting, record, "mother", "decision_letter")
    release(by=administrator, copy=looked_at(sitting, letter))
    with pytest.raises(WrongState, match="already"):
        release(by=administrator, copy=looked_at(sitting, letter))


def test_a_changed_safe_contact_stops_the_release_until_the_chair_looks_again(approved):
    from families.people.choices import SafeContact
    from families.people.models import ContactDetails

    sitting, record = approved
    with setting_up():
        contact = ContactDetails.objects.get(person=sitting.marlows.mother)
        contact.safe_contact = SafeContact.HAND
        contact.save()
    copy, administrator = copy_for(sitting, record, "mother", "decision_letter"), sitting.council.by("administrator")
    with pytest.raises(WrongState, match="has changed"):
        release(by=administrator, copy=looked_at(sitting, copy))
    refresh(by=sitting.chair, copy=copy)
    release(by=administrator, copy=looked_at(sitting, copy))
    assert "14 Alder Lane" not in text(copy)


def test_only_the_service_releases(approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "gp")
    for name in ("chair", "social_worker", "team_manager", "service_manager", "gp"):
        with pytest.raises(NotPermitted):
            release(by=sitting.council.by(name), copy=looked_at(sitting, copy))
    assert Copy.objects.get(pk=copy.pk).document.state == DocumentState.APPROVED
