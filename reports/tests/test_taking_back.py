"""What went to the wrong reader is taken back, wherever it lies."""

import pytest
from django.urls import reverse

from conferences.convening.actions.notify import send_again
from conferences.tests.builders import an_invited_conference, everything_leaves, second_checked
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import a_user, viewer
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.actions import mark_posted, print_envelope, settle_incident, take_back, withdraw_waiting
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState, WhereItLay
from cpc.core.documents.models import DataIncident, Outgoing
from cpc.core.documents.queries import for_the_print_room, incidents
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import restrict
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.copies import include
from reports.outgoing.actions.drafting import add_paragraph
from reports.outgoing.actions.releasing import release
from reports.tests.builders import an_approved_record, approve_record, copy_for, looked_at

pytestmark = pytest.mark.django_db
WHY = "It was meant for another family."
ASKED = "To give it to the social worker unread."


@pytest.fixture
def approved():
    return an_approved_record()


def sent_to(sitting, record, who, kind="record"):
    """The message that takes a released copy to its reader."""
    copy = looked_at(sitting, copy_for(sitting, record, who, kind))
    release(by=sitting.council.by("administrator"), copy=copy)
    return copy_for(sitting, record, who, kind).document.outgoing.get()


def test_an_unread_copy_cannot_be_opened_any_more_and_its_reader_gets_no_other(approved, client):
    sitting, record = approved
    sent, gp = sent_to(sitting, record, "gp"), sitting.invitations["gp"].user
    client.force_login(gp)
    url = reverse("reports:download", args=[copy_for(sitting, record, "gp").pk])
    mail = Outgoing.objects.get(purpose="copy_to_read")
    incident = take_back(sitting.council.by("administrator"), outgoing=sent, reason=WHY)
    assert incident.where_it_lay == WhereItLay.UNREAD and incident.asked == ""
    assert client.get(url).status_code == 404 and "PDF" not in client.get(reverse("reports:mine")).content.decode()
    mail.refresh_from_db()
    assert mail.state == OutgoingState.WITHDRAWN
    reopen(by=sitting.chair, record=record, reason="A word was wrong.")
    approve_record(by=sitting.chair, record=record)
    copy = copy_for(sitting, record, "gp")
    assert copy.document.state == DocumentState.RECALLED and copy.withheld_reason == f"Taken back: {WHY}"


def test_a_copy_that_was_read_is_closed_and_says_what_its_reader_was_asked(approved, client):
    sitting, record = approved
    sent = sent_to(sitting, record, "gp")
    client.force_login(sitting.invitations["gp"].user)
    url = reverse("reports:download", args=[copy_for(sitting, record, "gp").pk])
    assert client.get(url).status_code == 200
    sent.refresh_from_db()
    with pytest.raises(Invalid, match="asked to do"):
        take_back(sitting.chair, outgoing=sent, reason=WHY)
    assert client.get(url).status_code == 200
    assert take_back(sitting.chair, outgoing=sent, reason=WHY, asked=ASKED).where_it_lay == WhereItLay.READ
    assert client.get(url).status_code == 404


def test_a_letter_in_the_print_room_is_not_printed(approved):
    sitting, record = approved
    sent, administrator = sent_to(sitting, record, "mother", "decision_letter"), sitting.council.by("administrator")
    assert for_the_print_room(administrator) == [[sent]]
    assert take_back(administrator, outgoing=sent, reason=WHY).where_it_lay == WhereItLay.WAITING
    assert for_the_print_room(administrator) == []
    with pytest.raises(WrongState, match="withdrawn"):
        take_back(administrator, outgoing=sent, reason=WHY)


def test_the_correction_of_a_copy_that_is_taken_back_does_not_go_to_the_same_wrong_reader(approved):
    sitting, record = approved
    sent = sent_to(sitting, record, "gp")
    reopen(by=sitting.chair, record=record, reason="Something was left out.")
    add_paragraph(by=sitting.chair, record=record, heading="Also", text="Rosa moved school.", audience="everyone")
    approve_record(by=sitting.chair, record=record)
    later = copy_for(sitting, record, "gp")
    assert later.document.supersedes_id == sent.document_id and later.withheld_reason == ""
    take_back(sitting.chair, outgoing=sent, reason=WHY)
    with pytest.raises(WrongState, match="not sent"):
        release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, "gp")))
    include(by=sitting.chair, copy=copy_for(sitting, record, "gp"), reason="It was the right reader.")
    assert sent_to(sitting, record, "gp").document.supersedes_id == sent.document_id
    sent.document.refresh_from_db()
    assert sent.document.state == DocumentState.RECALLED


def test_a_letter_that_was_printed_counts_as_with_its_reader_even_if_it_was_withdrawn_since(approved):
    sitting, record = approved
    administrator = sitting.council.by("administrator")
    sent = sent_to(sitting, record, "mother", "decision_letter")
    print_envelope(administrator, letters=[sent], with_cover=False)
    with pytest.raises(Invalid, match="asked to do"):
        take_back(administrator, outgoing=sent, reason=WHY)
    with acting(administrator, Permission.SEND_POST, on=sent):
        withdraw_waiting(Outgoing.objects.filter(pk=sent.pk), "Too late.")
    sent.refresh_from_db()
    assert take_back(administrator, outgoing=sent, reason=WHY, asked=ASKED).where_it_lay == WhereItLay.DELIVERED


def test_a_letter_that_was_posted_is_recalled_with_what_its_reader_was_asked(approved):
    sitting, record = approved
    sent, administrator = sent_to(sitting, record, "mother", "decision_letter"), sitting.council.by("administrator")
    mark_posted(administrator, outgoing=sent)
    incident = take_back(sitting.council.by("service_manager"), outgoing=sent, reason=WHY, asked=ASKED)
    assert (incident.where_it_lay, incident.asked) == (WhereItLay.DELIVERED, ASKED)
    assert copy_for(sitting, record, "mother", "decision_letter").document.state == DocumentState.RECALLED
    with pytest.raises(WrongState, match="already"):
        take_back(administrator, outgoing=sent, reason=WHY, asked=ASKED)
    assert DataIncident.objects.count() == 1


def test_an_email_that_waits_is_not_sent(approved):
    sitting, _ = approved
    administrator = sitting.council.by("administrator")
    with acting(administrator, Permission.RELEASE_DOCUMENTS, about=sitting.conference):
        mail = documents.queue(
            administrator, key="a-notice", purpose="notice", channel=Channel.EMAIL, subject="A meeting", body="Hello.",
            recipient=Recipient(kind="user", id=1, name="A. Reader"), to_address="reader@example.org",
            about=sitting.conference,
        )  # fmt: skip
    take_back(administrator, outgoing=mail, reason=WHY)
    mail.refresh_from_db()
    assert mail.state == OutgoingState.WITHDRAWN


def test_only_who_releases_chairs_or_manages_takes_back_and_only_what_they_may_see(approved):
    sitting, record = approved
    sent = sent_to(sitting, record, "mother", "decision_letter")
    for other in ("social_worker", "system_administrator", "other_manager"):
        with pytest.raises(NotPermitted):
            take_back(sitting.council.by(other), outgoing=sent, reason=WHY)
    sent.refresh_from_db()
    assert sent.state == OutgoingState.QUEUED and not DataIncident.objects.exists()
    assert take_back(sitting.council.by("team_manager"), outgoing=sent, reason=WHY)


def test_the_list_names_nobody_to_who_may_not_see_the_family_and_is_closed_to_others(approved, client):
    sitting, record = approved
    sent = sent_to(sitting, record, "mother", "decision_letter")
    incident = take_back(sitting.council.by("administrator"), outgoing=sent, reason="Meant for Zora Quill.")
    page, settle = reverse("documents:incidents"), reverse("documents:settle_incident", args=[incident.pk])
    manager = sitting.council.users.service_manager
    client.force_login(manager)
    said = client.get(page).content.decode()
    assert "Zora Quill" in said and "Anna Marlow" in said
    for user in (sitting.council.users.system_administrator, a_user(Role.SYSTEM_ADMINISTRATOR)):
        client.force_login(user)
        said = client.get(page).content.decode()
        assert "Not settled" in said and "Zora" not in said and "Marlow" not in said
        assert client.get(settle).status_code == 403
    restrict(sitting.marlows.family)
    client.force_login(manager)
    said = client.get(page).content.decode()
    assert "Not settled" in said and "Zora" not in said and "Marlow" not in said
    for other in ("social_worker", "chair", "administrator"):
        client.force_login(getattr(sitting.council.users, other))
        assert client.get(page).status_code == 403


def test_an_incident_is_settled_once_with_how(approved):
    sitting, record = approved
    sent = sent_to(sitting, record, "mother", "decision_letter")
    incident = take_back(sitting.council.by("administrator"), outgoing=sent, reason=WHY)
    manager = viewer(sitting.council.users.service_manager)
    with pytest.raises(Invalid, match="how it was settled"):
        settle_incident(manager, incident=incident, outcome=" ")
    settle_incident(manager, incident=incident, outcome="It never left. No report is needed.")
    with pytest.raises(WrongState, match="How it was settled is kept"):
        settle_incident(manager, incident=incident, outcome="Again.")
    assert incidents(manager)[0].outcome == "It never left. No report is needed."


def test_what_was_taken_back_says_so_on_every_list_and_is_never_sent_again(client):
    convened = an_invited_conference()
    everything_leaves()
    administrator, school = convened.by("administrator"), convened.council.professionals.school
    sent = Outgoing.objects.get(recipient_kind="user", recipient_id=school.pk, purpose="invitation")
    client.force_login(convened.council.users.administrator)
    pages = [
        reverse("documents:outgoing", args=[sent.pk]),
        reverse("documents:outbox") + "?show=sent",
        reverse("conferences:invitations", args=[convened.conference.pk]),
    ]
    assert not any("Taken back" in client.get(page).content.decode() for page in pages)
    take_back(administrator, outgoing=sent, reason=WHY, asked=ASKED)
    for page in pages:
        assert client.get(page).content.decode().count("Taken back") == (2 if page == pages[0] else 1), page
    documents.mark_returned(administrator, outgoing=sent, reason="Unknown address")
    sent.refresh_from_db()
    assert "Send again" not in client.get(pages[0]).content.decode()
    with pytest.raises(WrongState, match="taken back"):
        documents.retry(administrator, outgoing=sent)
    second_checked(convened)
    send_again(by=administrator, invitation=convened.invitation(school))
    assert "Taken back" not in client.get(pages[2]).content.decode()
