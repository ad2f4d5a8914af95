import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.documents import actions
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState
from cpc.core.documents.examination import examine, preview
from cpc.core.documents.models import Document, HarmlessPassage, Outgoing
from cpc.core.documents.protected import protect_address, protect_person
from cpc.core.documents.responses import pdf_response
from cpc.core.documents.tests.sample import Decision, sample
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(by):
    with acting(by, Permission.SET_UP):
        return Team.objects.create(name="Harrowmere North", kind="social_work")


@pytest.fixture
def drafted(by, about, reader):
    return actions.draft(by, letter=sample(), about=about, recipient=reader)


@pytest.fixture
def approved(by, drafted):
    actions.approve(by, document=drafted)
    return drafted


@pytest.fixture
def issued(by, approved):
    actions.issue(by, document=approved, protected=[])
    return approved


def test_issuing_keeps_the_bytes_their_hash_and_the_values(issued):
    kept = Document.objects.get(pk=issued.pk)
    assert kept.state == DocumentState.ISSUED and kept.issued_at and kept.pages == 2
    assert hashlib.sha256(bytes(kept.body)).hexdigest() == kept.sha256
    assert "What the conference decided" in text_of(bytes(kept.body))
    assert kept.values["reader"] == "Ms O’Dell" and len(kept.template_version) == 12
    assert kept.recipient_address[1] == "14 Pennywort Lane"
    assert kept.approved_by_name == "The system" and kept.version == 1
    assert Event.objects.filter(act=Permission.RELEASE_DOCUMENTS.value, on_id=kept.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"%PDF other", "sha256": hashlib.sha256(b"%PDF other").hexdigest()},
        {"title": "Other"},
        {"recipient_name": "Somebody else"},
        {"recipient_address": []},
        {"values": {}},
        {"issued_at": None, "body": None, "sha256": "", "pages": None, "state": "approved"},
    ],
)
def test_the_database_refuses_to_change_what_was_issued(by, issued, change):
    refused = pytest.raises(DatabaseError, match="cannot be changed")
    with refused, transaction.atomic(), acting(by, Permission.SET_UP):
        Document.objects.filter(pk=issued.pk).update(**change)


def test_the_database_refuses_to_delete_what_was_issued_by_raw_sql_too(by, issued):
    for sql in ("DELETE FROM documents_document", "UPDATE documents_document SET file_name = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(by, Permission.SET_UP):
            connection.cursor().execute(sql)
    assert Document.objects.filter(pk=issued.pk).exists()


def test_the_database_refuses_bytes_that_are_not_their_hash(by, approved):
    wrong = {"body": b"%PDF", "sha256": "0" * 64, "pages": 1, "issued_at": "2026-03-31T09:00Z", "state": "issued"}
    refused = pytest.raises(DatabaseError, match="those of its hash")
    with refused, transaction.atomic(), acting(by, Permission.SET_UP):
        Document.objects.filter(pk=approved.pk).update(**wrong)


def test_nothing_is_written_outside_an_act(drafted):
    with pytest.raises(DatabaseError, match="through the door"), transaction.atomic():
        Document.objects.filter(pk=drafted.pk).update(title="x")


def test_a_document_that_tells_what_must_not_be_learnt_is_not_issued(by, approved):
    protected = protect_address("14 Pennywort Lane", postcode="ZZ9 9ZZ", whose="where Tamsin lives")
    with pytest.raises(Invalid, match=r"must not learn.*ZZ9 9ZZ"):
        actions.issue(by, document=approved, protected=protected)
    approved.refresh_from_db()
    assert approved.state == DocumentState.APPROVED and approved.issued_at is None
    actions.issue(by, document=approved, protected=protected, known=protected)
    assert approved.state == DocumentState.ISSUED


def test_an_ask_is_answered_by_a_named_person_and_asked_again_when_its_passage_changes(by, drafted):
    protected = protect_person("Corey", "Vosper")
    (finding,) = examine(drafted, protected=protected).blocking
    with acting(by, Permission.APPROVE_RECORD, on=drafted):
        actions.mark_harmless(
            by, document=drafted, finding_key=finding.key, reason="She is his mother.", protected=protected
        )
    assert examine(drafted, protected=protected).clear
    assert {passage.by_name for passage in HarmlessPassage.objects.all()} == {"The system"}
    decision = Decision(child="Tamsin", outcome="No plan", reasons=("Corey is at home with his mother every day.",))
    actions.redraft(by, document=drafted, letter=sample(decisions=(decision,)))
    assert not examine(drafted, protected=protected).clear


def test_a_stop_cannot_be_answered(by, drafted):
    protected = protect_person("Petroc", "Vane")
    stop = examine(drafted, protected=protected).blocking[0]
    with pytest.raises(Invalid, match="Take it out"):
        actions.mark_harmless(by, document=drafted, finding_key=stop.key, reason="Fine.", protected=protected)


def test_a_title_that_tells_is_found_too(by, about, reader):
    document = actions.draft(by, letter=sample(), about=about, recipient=reader)
    protected = protect_person("What", "Decided")
    assert "What" in {finding.found for finding in examine(document, protected=protected).findings}


def test_a_correction_supersedes_and_what_waited_of_the_old_one_is_withdrawn(by, about, reader, issued):
    waiting = actions.release(by, document=issued, channel=Channel.PRINT)
    second = actions.draft(by, letter=sample(reader="Bronagh"), about=about, recipient=reader, supersedes=issued)
    actions.approve(by, document=second)
    actions.issue(by, document=second, protected=[])
    issued.refresh_from_db()
    waiting.refresh_from_db()
    assert (issued.state, second.state, second.version) == (DocumentState.SUPERSEDED, DocumentState.ISSUED, 2)
    assert waiting.state == OutgoingState.WITHDRAWN
    assert bytes(Document.objects.get(pk=issued.pk).body)


def test_a_recalled_document_says_why_and_no_longer_waits(by, issued):
    waiting = actions.release(by, document=issued, channel=Channel.HAND)
    with pytest.raises(Invalid):
        actions.recall(by, document=issued, reason=" ")
    actions.recall(by, document=issued, reason="Wrong reader")
    waiting.refresh_from_db()
    assert (issued.state, waiting.state) == (DocumentState.RECALLED, OutgoingState.WITHDRAWN)
    assert "Wrong reader" in waiting.why_failed


def test_a_document_never_goes_by_ordinary_email(by, issued):
    with pytest.raises(Invalid, match="never goes by ordinary email"):
        actions.release(by, document=issued, channel=Channel.EMAIL)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(by, Permission.SET_UP):
        Outgoing.objects.create(
            key="x", purpose="x", channel=Channel.EMAIL, recipient_kind="user", recipient_name="A", subject="x",
            body="x", to_address="a@example.org", document=issued, queued_at=issued.issued_at,
            next_try_at=issued.issued_at,
        )  # fmt: skip


def test_releasing_twice_is_refused_and_makes_one_outgoing(by, issued):
    actions.release(by, document=issued, channel=Channel.PORTAL)
    with pytest.raises(WrongState):
        actions.release(by, document=issued, channel=Channel.PORTAL)
    assert [(one.state, one.document_id) for one in Outgoing.objects.all()] == [(OutgoingState.SENT, issued.pk)]


def test_only_an_approved_document_is_issued_and_an_approved_one_is_not_edited(by, drafted):
    with pytest.raises(WrongState):
        actions.issue(by, document=drafted, protected=[])
    actions.approve(by, document=drafted)
    with pytest.raises(WrongState):
        actions.redraft(by, document=drafted, letter=sample())
    actions.return_to_draft(by, document=drafted, reason="The date is wrong.")
    actions.redraft(by, document=drafted, letter=sample(reader="B"))
    assert drafted.values["reader"] == "B" and drafted.approved_by_name == ""


def test_who_has_no_role_for_it_is_refused_and_nothing_changes(by, drafted):
    stranger = Viewer(id=9, name="A Stranger", roles=frozenset(), on=by.on)
    for act in (
        lambda: actions.approve(stranger, document=drafted),
        lambda: actions.redraft(stranger, document=drafted, letter=sample()),
        lambda: actions.recall(stranger, document=drafted, reason="x"),
    ):
        with pytest.raises(NotPermitted):
            act()
    drafted.refresh_from_db()
    assert drafted.state == DocumentState.DRAFTED


def test_a_preview_is_marked_until_issued_and_then_is_the_issued_bytes(by, drafted, no_kept_pdfs):
    assert "Draft – not to be sent" in text_of(preview(drafted))
    actions.approve(by, document=drafted)
    actions.issue(by, document=drafted, protected=[])
    response = pdf_response(drafted)
    assert response.content == bytes(drafted.body) == preview(drafted)
    assert drafted.file_name in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    assert "Bronagh" not in response["Content-Disposition"]


def test_documents_are_listed_without_their_bytes(issued, django_assert_num_queries, about):
    with django_assert_num_queries(1):
        (found,) = Document.objects.about(about, kind="sample")
        assert "body" in found.get_deferred_fields() and found.title


def test_reading_the_bytes_leaves_what_was_set_and_not_saved_yet(issued):
    document = Document.objects.get(pk=issued.pk)
    document.title = "Not saved yet"
    assert bytes(document.body).startswith(b"%PDF") and document.title == "Not saved yet"


def test_every_letter_that_a_child_is_in_needs_a_reader(by, about, reader):
    from dataclasses import replace

    with pytest.raises(Invalid, match="one reader"):
        actions.draft(by, letter=sample(), about=about, recipient=replace(reader, name=" "))


def test_history_keeps_each_version_of_a_draft(by, drafted):
    actions.redraft(by, document=drafted, letter=sample(decisions=(Decision(child="Tamsin", outcome="No plan"),)))
    kept = [event.values["decisions"][0]["outcome"] for event in drafted.events.order_by("pgh_id")]
    assert kept == ["A child protection plan (neglect)", "No plan"]
