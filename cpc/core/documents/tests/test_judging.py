"""What people judge before something is sent applies to one reader and to exactly what was judged."""

import hashlib
from dataclasses import replace

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone
from django.utils.html import escape
from weasyprint import HTML

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Permission, Viewer, about_no_family
from cpc.core.audit.door import acting
from cpc.core.documents import actions
from cpc.core.documents.choices import CheckState, DocumentState
from cpc.core.documents.examination import _find, _read_once, examine, hash_of, preview
from cpc.core.documents.models import HarmlessPassage, SecondCheck
from cpc.core.documents.protected import protect_address, protect_person
from cpc.core.documents.states import SECOND_CHECK
from cpc.core.documents.tests.sample import sample
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.tests.effort import calls

pytestmark = pytest.mark.django_db

CHECK = Permission.CHECK_COPY
COREY = protect_person("Corey", "Vosper")
HERE = protect_address("14 Pennywort Lane", postcode="ZZ9 9ZZ")
WHY = "Details in this family are protected."


def a_pdf(words: str, author="") -> bytes:
    return HTML(string=f'<meta name="author" content="{escape(author)}"><p>{escape(words)}</p>').write_pdf()


@pytest.fixture
def about(by):
    about_no_family(Team)
    with acting(by, Permission.SET_UP):
        return Team.objects.create(name="Harrowmere North", kind="social_work")


@pytest.fixture
def approved(by, about, reader):
    document = actions.draft(by, letter=sample(), about=about, recipient=reader)
    actions.approve(by, document=document)
    return document


def somebody(pk, on, role=Role.TEAM_MANAGER):
    return Viewer(id=pk, name=f"Person {pk}", roles=frozenset({role}), on=on)


def judge(do, by, *, document, permission=Permission.APPROVE_RECORD, **said):
    """One judgement of the document, in its one act."""
    with acting(by, permission, on=document):
        return do(by, document=document, **said)


def decide(by, document, one, *, agreed=True, reason="Yes."):
    permission = Permission.OVERRIDE_RELEASE_CHECK
    judge(
        actions.decide_override,
        by,
        document=document,
        permission=permission,
        override=one,
        agreed=agreed,
        reason=reason,
    )


def overridden(by, document, decider, **decision):
    """Everything that stops the document was asked about and decided."""
    for finding in examine(document, protected=HERE).blocking:
        one = judge(
            actions.ask_for_override, by, document=document, finding_key=finding.key, reason="Hers.", protected=HERE
        )
        decision = {"agreed": True, "reason": "It is her own address."} | decision
        decide(decider, document, one, **decision)


def test_the_preview_of_an_approved_document_is_byte_for_byte_what_is_issued(by, approved, no_kept_pdfs):
    seen = preview(approved)
    actions.issue(by, document=approved, protected=[])
    assert hashlib.sha256(seen).hexdigest() == approved.sha256
    assert seen == bytes(approved.body)


def test_a_stop_goes_with_a_second_persons_override_and_the_document_keeps_who_and_why(by, approved):
    overridden(by, approved, somebody(5, by.on))
    actions.issue(by, document=approved, protected=HERE)
    assert {one["override"]["by_name"] for one in approved.findings if one["override"]} == {"Person 5"}


def test_who_overrode_does_not_release(by, approved):
    overridden(by, approved, somebody(5, by.on))
    with pytest.raises(Invalid, match="cannot release it too"):
        actions.issue(somebody(5, by.on), document=approved, protected=HERE, permission=Permission.CHECK_COPY)
    approved.refresh_from_db()
    assert approved.state == DocumentState.APPROVED


def test_who_approved_or_asked_does_not_override(by, about, reader):
    chair, asker = somebody(5, by.on), somebody(6, by.on)
    document = actions.draft(by, letter=sample(), about=about, recipient=reader)
    actions.approve(chair, document=document, permission=Permission.CHECK_COPY)
    key = examine(document, protected=HERE).blocking[0].key
    one = judge(
        actions.ask_for_override,
        asker,
        document=document,
        finding_key=key,
        reason="Hers.",
        protected=HERE,
        permission=Permission.CHECK_COPY,
    )
    for person in (chair, asker):
        with pytest.raises(Invalid, match="second person"):
            decide(person, document, one, agreed=True, reason="Yes.")
    with pytest.raises(NotPermitted):
        worker = somebody(7, by.on, Role.SOCIAL_WORKER)
        decide(worker, document, one, agreed=True, reason="Yes.")
    decide(somebody(8, by.on), document, one, agreed=True, reason="Yes.")
    with pytest.raises(WrongState):
        decide(somebody(9, by.on), document, one, agreed=False, reason="No.")


def test_an_override_lapses_with_the_text_and_a_refusal_stops(by, about, approved, reader):
    overridden(by, approved, somebody(5, by.on), agreed=False)
    assert examine(approved, protected=HERE).blocking
    overridden(by, approved, somebody(5, by.on))
    assert examine(approved, protected=HERE).clear
    actions.return_to_draft(by, document=approved, reason="A word.")
    actions.redraft(by, document=approved, letter=sample(signed_by="Somebody Else"))
    assert examine(approved, protected=HERE).blocking
    other = actions.draft(by, letter=sample(), about=about, recipient=replace(reader, id=8, name="Another reader"))
    assert examine(other, protected=HERE).blocking


def test_a_passage_judged_harmless_is_remembered_in_a_later_document_for_this_reader_and_no_other(by, about, reader):
    first = actions.draft(by, letter=sample(), about=about, recipient=reader)
    for finding in examine(first, protected=COREY).blocking:
        judge(
            actions.mark_harmless, by, document=first, finding_key=finding.key, reason="Her own son.", protected=COREY
        )
    later = actions.draft(by, letter=sample(), about=about, recipient=reader)
    assert examine(later, protected=COREY).clear and HarmlessPassage.objects.exists()
    another = actions.draft(by, letter=sample(), about=about, recipient=replace(reader, id=8, name="Mr Vosper"))
    nobody = actions.draft(by, letter=sample(), about=about, recipient=replace(reader, kind="agency", id=None))
    assert examine(another, protected=COREY).blocking and examine(nobody, protected=COREY).blocking
    sister = [replace(one, whose="Another Corey") for one in COREY]
    assert examine(later, protected=sister).blocking


def test_a_second_check_is_needed_where_the_app_says_why_and_is_of_exactly_this_text(by, approved):
    second, withheld = somebody(5, by.on), examine(approved, protected=[]).withheld
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=[], needs_second_check=WHY)
    approved.refresh_from_db()
    with pytest.raises(Invalid, match="Open the preview"):
        judge(actions.record_check, second, document=approved, permission=CHECK, withheld=withheld)
    judge(actions.open_for_check, second, document=approved, permission=CHECK, withheld=withheld)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=[], needs_second_check=WHY)
    approved.refresh_from_db()
    judge(actions.record_check, second, document=approved, permission=CHECK, withheld=withheld)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(second, document=approved, protected=[], needs_second_check=WHY, permission=CHECK)
    approved.refresh_from_db()
    actions.issue(by, document=approved, protected=[], needs_second_check=WHY)
    assert approved.state == DocumentState.ISSUED


def test_a_second_check_covers_only_what_was_withheld_when_the_copy_was_opened(by, approved):
    second, more = somebody(5, by.on), protect_person("Bela", "Quint")
    before, now = (examine(approved, protected=protected).withheld for protected in ([], more))
    judge(actions.open_for_check, second, document=approved, permission=CHECK, withheld=before)
    with pytest.raises(Invalid, match="Open the preview"):
        judge(actions.record_check, second, document=approved, permission=CHECK, withheld=now)
    judge(actions.record_check, second, document=approved, permission=CHECK, withheld=before)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=more, needs_second_check=WHY)
    approved.refresh_from_db()
    judge(actions.open_for_check, second, document=approved, permission=CHECK, withheld=now)
    judge(actions.record_check, second, document=approved, permission=CHECK, withheld=now)
    actions.issue(by, document=approved, protected=more, needs_second_check=WHY)


def a_check(**columns):
    now = timezone.now()
    return SecondCheck.objects.create(
        **{"about_kind": "accounts.team", "about_id": 1, "recipient_kind": "user", "recipient_id": 9}
        | {"recipient_name": "Person 9", "kind": "copy", "state": "agreed", "fingerprint": "0" * 64}
        | {"started_at": now, "decided_at": now, "by_id": 5, "by_name": "Person 5", "reason": "Read."} | columns
    )  # fmt: skip


ASKED = {"kind": "override", "asked_by_id": 6, "asked_by_name": "Person 6", "asked_why": "Hers.", "finding_key": "a"}
NO_READER = {"recipient_kind": "", "recipient_id": None, "recipient_name": ""}
WRONG = {
    "a check by who asked for it": {**ASKED, "by_id": 6},
    "a copy agreed by nobody": {"by_name": ""},
    "a copy agreed at no moment": {"decided_at": None},
    "a copy opened and decided at once": {"state": "opened"},
    "a copy refused, which only an override is": {"state": "refused"},
    "a copy that somebody asked about": {**ASKED, "kind": "copy"},
    "a copy for nobody": NO_READER,
    "an override that nobody asked for": {"kind": "override"},
    "an override decided without a reason": {**ASKED, "reason": ""},
    "an override decided while it is asked for": {**ASKED, "state": "asked"},
    "a look at a file that says nothing": {"kind": "file", "reason": ""},
    "a list with a reader": {"kind": "list"},
    "a list that somebody unknown looked through": {**NO_READER, "kind": "list", "by_id": None},
    "a kind that nobody knows": {"kind": "other"},
    "a state that nobody knows": {"state": "other"},
}


@pytest.mark.parametrize("columns", WRONG.values(), ids=WRONG)
def test_the_database_refuses_an_incomplete_second_check(by, columns):
    with acting(by, Permission.SET_UP):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_check(**columns)
        assert a_check() and a_check(**ASKED) and a_check(**NO_READER, kind="list") and a_check(kind="file")


def test_one_person_checks_a_list_once_as_it_is_now(by, about):
    worker = somebody(5, by.on, Role.SOCIAL_WORKER)
    with acting(by, Permission.SET_UP):
        first = actions.check_list(worker, about=about, fingerprint="0" * 64)
        assert actions.check_list(worker, about=about, fingerprint="0" * 64) == first
        assert actions.check_list(worker, about=about, fingerprint="1" * 64) != first


def test_a_decided_second_check_cannot_be_changed():
    decided = {CheckState.AGREED, CheckState.REFUSED}
    for before in decided:
        for after in CheckState:
            with pytest.raises(WrongState):
                SECOND_CHECK.move(SecondCheck(state=before), after)
    assert not SECOND_CHECK.may(SecondCheck(state=CheckState.OPENED), CheckState.REFUSED)
    assert all(SECOND_CHECK.may(SecondCheck(state=CheckState.ASKED), state) for state in decided)


def a_file_document(by, about, reader, body, *, pages=1, made_by=4):
    """A file that somebody else made, approved for this reader."""
    file = actions.File(
        kind="report_file", title="A report", pdf=body, pages=pages, made_by_id=made_by, made_by_name="Person 4"
    )
    document = actions.draft_file(by, file=file, about=about, recipient=reader, lines=["1 Long Lane"])
    actions.approve(by, document=document)
    return document


def test_a_scan_needs_somebody_to_look_for_each_reader_and_each_version_of_the_file(by, about, reader):
    from cpc.core.documents.tests.test_reading import a_scan

    document, second = a_file_document(by, about, reader, a_scan("Seen at school.")), somebody(5, by.on)
    with pytest.raises(Invalid, match="must look at what could not be read"):
        actions.issue(by, document=document, protected=HERE)
    document.refresh_from_db()
    with pytest.raises(Invalid, match="Say what you looked at"):
        judge(
            actions.record_file_check,
            second,
            document=document,
            permission=Permission.CHECK_COPY,
            said=" ",
            protected=HERE,
        )
    judge(
        actions.record_file_check,
        second,
        document=document,
        permission=Permission.CHECK_COPY,
        said="A drawing of a cat.",
        protected=HERE,
    )
    assert examine(document, protected=HERE).clear and SecondCheck.objects.get().by_name == "Person 5"
    with pytest.raises(WrongState, match="nothing left"):
        judge(
            actions.record_file_check,
            second,
            document=document,
            permission=Permission.CHECK_COPY,
            said="Again.",
            protected=HERE,
        )
    same = a_file_document(by, about, replace(reader, id=8), bytes(document.body))
    other = a_file_document(by, about, reader, a_scan("Seen."))
    assert not examine(same, protected=HERE).clear and not examine(other, protected=HERE).clear
    actions.issue(by, document=document, protected=HERE)
    assert document.state == DocumentState.ISSUED


def test_a_file_is_issued_byte_for_byte_and_cannot_be_changed_before_or_after(by, about, reader):
    body = a_pdf("Tamsin was seen.")
    document = a_file_document(by, about, reader, body)
    assert preview(document) == body and document.recipient_address == ["1 Long Lane"]
    for change in ({"body": a_pdf("Other.")}, {"is_file": False}, {"sha256": "0" * 64}):
        with pytest.raises(InternalError), acting(by, Permission.SET_UP), transaction.atomic():
            type(document).objects.filter(pk=document.pk).update(**change)
    actions.issue(by, document=document, protected=[])
    assert bytes(document.body) == body and document.sha256 == hashlib.sha256(body).hexdigest()


def test_what_is_in_a_file_stops_it_wherever_it_is_until_a_second_person_overrides_it(by, about, reader):
    body = a_pdf("Seen.", author="14 Pennywort Lane, ZZ9 9ZZ")
    document = a_file_document(by, about, reader, body)
    with pytest.raises(Invalid, match="ZZ9 9ZZ"):
        actions.issue(by, document=document, protected=HERE)
    document.refresh_from_db()
    with pytest.raises(Invalid, match="second person"):  # who made the file is no second person
        overridden(by, document, somebody(4, by.on))
    for one in SecondCheck.objects.all():
        decide(somebody(5, by.on), document, one, agreed=True, reason="Hers.")
    for finding in examine(document, protected=HERE).blocking:
        one = judge(
            actions.ask_for_override, by, document=document, finding_key=finding.key, reason="Hers.", protected=HERE
        )
        decide(somebody(5, by.on), document, one, agreed=True, reason="Hers.")
    actions.issue(by, document=document, protected=HERE)
    assert document.state == DocumentState.ISSUED


def test_a_check_of_a_file_applies_to_its_bytes_alone(by, about, reader):
    one, two = a_file_document(by, about, reader, a_pdf("One.")), a_file_document(by, about, reader, a_pdf("Two."))
    assert hash_of(one) == examine(one, protected=[]).text_hash != hash_of(two)


def test_the_name_of_a_file_is_part_of_what_leaves(by, about, reader):
    document = a_file_document(by, about, reader, a_pdf("Nothing."))
    document.file_name = "14 Pennywort Lane.pdf"
    examined = examine(document, protected=HERE)
    assert [finding.where for finding in examined.blocking] == [("The file’s name",)]


def test_a_letter_is_read_back_once_however_often_it_is_examined(approved):
    _read_once.cache_clear()
    first, again = (examine(approved, protected=HERE) for _ in range(2))
    assert first == again
    assert (_read_once.cache_info().misses, _read_once.cache_info().hits) == (1, 1)


def test_a_document_that_is_examined_again_is_not_searched_again(approved):
    def look():
        examine(approved, protected=COREY, known=())

    look()
    _find.cache_clear()
    first, again = calls(look), calls(look)
    assert again < first / 2


def test_what_was_found_for_one_reader_is_no_answer_for_another(approved):
    def found(protected, known=()):
        return [one.value for one in examine(approved, protected=protected, known=known).findings]

    assert found([]) == [] and found(COREY) == ["Corey"]
    assert found(COREY, known=COREY) == [] and found(COREY) == ["Corey"]
