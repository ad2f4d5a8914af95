"""What people judge before something leaves holds for one reader and for exactly what was judged."""

import hashlib
from dataclasses import replace

import pytest
from django.db import InternalError, transaction
from django.utils.html import escape
from weasyprint import HTML

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Permission, Viewer, about_no_family
from cpc.core.audit.door import acting
from cpc.core.documents import actions
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.examination import examine, examine_file, hash_of, preview, recipient_of
from cpc.core.documents.models import FileLook, HarmlessPassage, Override
from cpc.core.documents.protected import protect_address, protect_person
from cpc.core.documents.tests.sample import sample
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db

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


def overridden(by, document, decider, **decision):
    """Everything that stops the document was asked about and decided."""
    for finding in examine(document, protected=HERE).blocking:
        one = actions.ask_for_override(by, document=document, finding_key=finding.key, reason="Hers.", protected=HERE)
        decision = {"agreed": True, "reason": "It is her own address."} | decision
        actions.decide_override(decider, document=document, override=one, **decision)


def test_the_preview_of_an_approved_document_is_byte_for_byte_what_is_issued(by, approved):
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
    one = actions.ask_for_override(
        asker, document=document, finding_key=key, reason="Hers.", protected=HERE, permission=Permission.CHECK_COPY
    )
    for person in (chair, asker):
        with pytest.raises(Invalid, match="second person"):
            actions.decide_override(person, document=document, override=one, agreed=True, reason="Yes.")
    with pytest.raises(NotPermitted):
        worker = somebody(7, by.on, Role.SOCIAL_WORKER)
        actions.decide_override(worker, document=document, override=one, agreed=True, reason="Yes.")
    actions.decide_override(somebody(8, by.on), document=document, override=one, agreed=True, reason="Yes.")
    with pytest.raises(WrongState):
        actions.decide_override(somebody(9, by.on), document=document, override=one, agreed=False, reason="No.")


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
        actions.answer(by, document=first, finding_key=finding.key, reason="Her own son.", protected=COREY)
    later = actions.draft(by, letter=sample(), about=about, recipient=reader)
    assert examine(later, protected=COREY).clear and HarmlessPassage.objects.exists()
    another = actions.draft(by, letter=sample(), about=about, recipient=replace(reader, id=8, name="Mr Vosper"))
    nobody = actions.draft(by, letter=sample(), about=about, recipient=replace(reader, kind="agency", id=None))
    assert examine(another, protected=COREY).blocking and examine(nobody, protected=COREY).blocking
    sister = [replace(one, whose="Another Corey") for one in COREY]
    assert examine(later, protected=sister).blocking


def test_a_second_look_is_needed_where_the_app_says_why_and_is_of_exactly_this_text(by, about, approved):
    second, recipient = somebody(5, by.on), recipient_of(approved)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=[], needs_second_look=WHY)
    approved.refresh_from_db()
    examined = examine(approved, protected=[])
    look = {"about": about, "recipient": recipient, "text_hash": examined.text_hash, "kept": examined.kept}
    with pytest.raises(Invalid, match="Open the preview"):
        actions.say_checked(second, **look)
    actions.open_for_check(second, **look)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=[], needs_second_look=WHY)
    approved.refresh_from_db()
    actions.say_checked(second, **look)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(second, document=approved, protected=[], needs_second_look=WHY, permission=Permission.CHECK_COPY)
    approved.refresh_from_db()
    actions.issue(by, document=approved, protected=[], needs_second_look=WHY)
    assert approved.state == DocumentState.ISSUED


def test_a_second_look_knows_only_of_what_was_kept_when_the_copy_was_opened(by, about, approved):
    second, recipient, more = somebody(5, by.on), recipient_of(approved), protect_person("Bela", "Quint")
    before, now = (examine(approved, protected=protected) for protected in ([], more))
    look = {"about": about, "recipient": recipient, "text_hash": before.text_hash}
    actions.open_for_check(second, **look, kept=before.kept)
    with pytest.raises(Invalid, match="Open the preview"):
        actions.say_checked(second, **look, kept=now.kept)
    actions.say_checked(second, **look, kept=before.kept)
    with pytest.raises(Invalid, match="second person must check"):
        actions.issue(by, document=approved, protected=more, needs_second_look=WHY)
    approved.refresh_from_db()
    actions.open_for_check(second, **look, kept=now.kept)
    actions.say_checked(second, **look, kept=now.kept)
    actions.issue(by, document=approved, protected=more, needs_second_look=WHY)


def carried(by, about, reader, body, *, pages=1, made_by=4):
    """A file of somebody else's, approved to be carried to this reader."""
    file = actions.File(
        kind="report_file", title="A report", pdf=body, pages=pages, made_by_id=made_by, made_by_name="Person 4"
    )
    document = actions.carry(by, file=file, about=about, recipient=reader, lines=["1 Long Lane"])
    actions.approve(by, document=document)
    return document


def test_a_scan_needs_somebody_to_look_for_each_reader_and_each_version_of_the_file(by, about, reader):
    from cpc.core.documents.tests.test_reading import a_scan

    document, second = carried(by, about, reader, a_scan("Seen at school.")), somebody(5, by.on)
    with pytest.raises(Invalid, match="must look at what could not be read"):
        actions.issue(by, document=document, protected=HERE)
    document.refresh_from_db()
    with pytest.raises(Invalid, match="Say what you looked at"):
        actions.look_at_file(second, document=document, said=" ", protected=HERE)
    actions.look_at_file(second, document=document, said="A drawing of a cat.", protected=HERE)
    assert examine(document, protected=HERE).clear and FileLook.objects.get().by_name == "Person 5"
    with pytest.raises(WrongState, match="nothing left"):
        actions.look_at_file(second, document=document, said="Again.", protected=HERE)
    same = carried(by, about, replace(reader, id=8), bytes(document.body))
    other = carried(by, about, reader, a_scan("Seen."))
    assert not examine(same, protected=HERE).clear and not examine(other, protected=HERE).clear
    actions.issue(by, document=document, protected=HERE)
    assert document.state == DocumentState.ISSUED


def test_a_file_that_is_carried_is_issued_byte_for_byte_and_cannot_be_changed_before_or_after(by, about, reader):
    body = a_pdf("Tamsin was seen.")
    document = carried(by, about, reader, body)
    assert preview(document) == body and document.recipient_address == ["1 Long Lane"]
    for change in ({"body": a_pdf("Other.")}, {"carried": False}, {"sha256": "0" * 64}):
        with pytest.raises(InternalError), acting(by, Permission.SET_UP), transaction.atomic():
            type(document).objects.filter(pk=document.pk).update(**change)
    actions.issue(by, document=document, protected=[])
    assert bytes(document.body) == body and document.sha256 == hashlib.sha256(body).hexdigest()


def test_what_is_in_a_carried_file_stops_it_wherever_it_stands_until_a_second_person_lets_it_go(by, about, reader):
    body = a_pdf("Seen.", author="14 Pennywort Lane, ZZ9 9ZZ")
    document = carried(by, about, reader, body)
    with pytest.raises(Invalid, match="ZZ9 9ZZ"):
        actions.issue(by, document=document, protected=HERE)
    document.refresh_from_db()
    with pytest.raises(Invalid, match="second person"):  # who made the file is no second person
        overridden(by, document, somebody(4, by.on))
    for one in Override.objects.all():
        actions.decide_override(somebody(5, by.on), document=document, override=one, agreed=True, reason="Hers.")
    for finding in examine(document, protected=HERE).blocking:
        one = actions.ask_for_override(by, document=document, finding_key=finding.key, reason="Hers.", protected=HERE)
        actions.decide_override(somebody(5, by.on), document=document, override=one, agreed=True, reason="Hers.")
    actions.issue(by, document=document, protected=HERE)
    assert document.state == DocumentState.ISSUED


def test_a_judgement_of_a_carried_file_is_kept_with_its_bytes(by, about, reader):
    one, two = carried(by, about, reader, a_pdf("One.")), carried(by, about, reader, a_pdf("Two."))
    assert hash_of(one) == examine(one, protected=[]).text_hash != hash_of(two)


def test_the_name_of_a_file_is_part_of_what_leaves(reader):
    examined = examine_file(b"Nothing.", "14 Pennywort Lane.txt", recipient=reader, protected=HERE)
    assert [finding.where for finding in examined.blocking] == [("The file’s name",)]
