"""The release check of a copy: where, harmless for one reader, overridden, checked by a second person."""

import pytest
from django.urls import reverse
from weasyprint import HTML

from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Event
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.examination import body_of
from cpc.core.documents.models import HarmlessPassage, SecondCheck
from cpc.core.documents.reading import read_trusted_file
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.tests.builders import end_entries
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.drafting import edit_paragraph
from reports.outgoing.actions.releasing import (
    ask_for_override,
    decide_override,
    mark_harmless,
    open_copy,
    record_check,
    release,
    release_all,
)
from reports.outgoing.models import Paragraph
from reports.outgoing.queries.checking import check_of, checks_of
from reports.outgoing.queries.copies import copies_of, withholding_rules_for_readers
from reports.tests.builders import a_drafted_record, approve_record, copy_for, looked_at
from reports.tests.test_file_copies import ready, sitting, upload

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]

ADDRESS = "Her father took her to 9 Quarry Street, ZZ9 4QP."


def approved_with(sentence, part="worried"):
    """A record with one more sentence about Rosa, approved: (sitting, record)."""
    sitting, record = a_drafted_record()
    paragraph = Paragraph.objects.get(record=record, part=part, child=sitting.marlows.rosa)
    with setting_up():
        paragraph.text += f" {sentence}"
        paragraph.save()
    approve_record(by=sitting.chair, record=record)
    return sitting, record


def check(copy):
    copy.refresh_from_db()
    return check_of(copy)


def unprotected(sitting):
    """The family has nothing protected any more, so that a test is about the check alone."""
    end_entries(sitting.conference.held_on)
    return sitting


def released(copy) -> bool:
    copy.refresh_from_db()
    return copy.document.state == DocumentState.RELEASED


def test_what_stops_a_copy_is_shown_with_its_page_and_its_sentence():
    sitting, record = approved_with(ADDRESS)
    found = check(copy_for(sitting, record, "mother"))
    by_kind = {str(row.finding.kind): row for row in found.stops}
    assert set(by_kind) == {"postcode", "number_and_street"}
    (passage,) = by_kind["number_and_street"].finding.passages
    assert passage.where.startswith("Page ") and passage.found == "9 Quarry Street"
    assert passage.sentence == ADDRESS


def test_a_second_person_lets_it_go_and_neither_the_chair_who_approved_nor_who_asked_nor_who_releases_can():
    sitting, record = approved_with(ADDRESS)
    unprotected(sitting)
    copy, administrator = copy_for(sitting, record, "mother"), sitting.council.by("administrator")
    with pytest.raises(Invalid, match="ZZ9 4QP"):
        release(by=administrator, copy=copy)
    for row in check(copy).stops:
        with pytest.raises(Invalid, match="Take it out"):
            mark_harmless(by=administrator, copy=copy, finding_key=row.finding.key, reason="She knows.")
        ask_for_override(by=administrator, copy=copy, finding_key=row.finding.key, reason="She lives there.")
    asked = list(SecondCheck.objects.all())
    with pytest.raises(Invalid, match="second person"):
        decide_override(by=sitting.chair, copy=copy, override=asked[0], agreed=True, reason="Yes.")
    with pytest.raises(NotPermitted):
        decide_override(by=administrator, copy=copy, override=asked[0], agreed=True, reason="Yes.")
    with pytest.raises(Invalid, match="reason"):
        decide_override(by=sitting.council.by("team_manager"), copy=copy, override=asked[0], agreed=True, reason=" ")
    for one in asked:
        decide_override(
            by=sitting.council.by("team_manager"), copy=copy, override=one, agreed=True, reason="She found the house."
        )
    release(by=administrator, copy=copy)
    assert released(copy)
    kept = {one["kind"]: one["override"] for one in copy.document.findings if one["override"]}
    assert kept["postcode"]["reason"] == "She found the house."


def test_an_address_that_nothing_protects_is_printed_in_the_copy_for_which_somebody_chose_it_and_in_no_other():
    sitting, record = approved_with(ADDRESS)
    unprotected(sitting)
    administrator, manager = sitting.council.by("administrator"), sitting.council.by("team_manager")
    copy, other = copy_for(sitting, record, "mother"), copy_for(sitting, record, "gp")
    for row in check(copy).stops:
        asked = ask_for_override(
            by=administrator, copy=copy, finding_key=row.finding.key, reason="She asked where it was."
        )
        decide_override(by=manager, copy=copy, override=asked, agreed=True, reason="She may know.")
    outcome = release_all(by=administrator, record=record, kind="record")
    assert copy in outcome.released and other in [one.copy for one in outcome.blocked]
    printed = {
        one.invitation_id
        for one in outcome.released
        if "9 Quarry Street" in read_trusted_file(body_of(one.document)).text
    }
    assert printed == {sitting.invitations[who].pk for who in ("mother", "rosas_father")}  # it is his own


def test_an_override_holds_for_exactly_this_text_and_this_reader():
    sitting, record = approved_with(ADDRESS)
    unprotected(sitting)
    copy, other = copy_for(sitting, record, "mother"), copy_for(sitting, record, "gp")
    for row in check(copy).stops:
        one = ask_for_override(
            by=sitting.council.by("administrator"), copy=copy, finding_key=row.finding.key, reason="She lives there."
        )
        decide_override(by=sitting.council.by("team_manager"), copy=copy, override=one, agreed=True, reason="Yes.")
    assert check(copy).clear and len(check(other).stops) == 2
    reopen(by=sitting.chair, record=record, reason="A word.")
    paragraph = Paragraph.objects.get(record=record, part="working_well", child=sitting.marlows.rosa)
    edit_paragraph(
        by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading,
        text="Rosa likes her class very much.", audience="everyone", child=sitting.marlows.rosa,
    )  # fmt: skip
    approve_record(by=sitting.chair, record=record)
    assert len(check(copy).stops) == 2


def test_what_a_second_person_refused_stays_stopped():
    sitting, record = approved_with(ADDRESS)
    copy = copy_for(sitting, record, "mother")
    row = check(copy).stops[0]
    one = ask_for_override(
        by=sitting.council.by("administrator"), copy=copy, finding_key=row.finding.key, reason="She lives there."
    )
    decide_override(by=sitting.council.by("team_manager"), copy=copy, override=one, agreed=False, reason="No.")
    assert row.finding.key in {row.finding.key for row in check(copy).stops}


def test_harmless_for_one_reader_is_asked_again_for_another_and_not_again_in_the_same_words():
    sitting, record = approved_with("She sang a hymn about Theo and the lions with her class.")
    unprotected(sitting)
    copy, administrator = copy_for(sitting, record, "rosas_father"), sitting.council.by("administrator")
    (row,) = check(copy).asks
    mark_harmless(by=administrator, copy=copy, finding_key=row.finding.key, reason="It is the name of a hymn.")
    assert check(copy).clear and not check(copy_for(sitting, record, "school")).clear
    assert {one.recipient_name for one in HarmlessPassage.objects.all()} == {copy.invitation.name}
    paragraph = Paragraph.objects.get(record=record, part="working_well", child=sitting.marlows.rosa)

    def written_again(text):
        paragraph.refresh_from_db()
        reopen(by=sitting.chair, record=record, reason="A word.")
        edit_paragraph(
            by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading, text=text,
            audience="everyone", child=sitting.marlows.rosa,
        )  # fmt: skip
        approve_record(by=sitting.chair, record=record)

    written_again("Rosa likes her class very much.")
    assert check(copy).clear
    written_again("Rosa likes to play with Theo after school on Mondays.")
    assert [one.sentence for one in check(copy).asks[0].open] == [
        "Rosa likes to play with Theo after school on Mondays."
    ]


def test_a_family_with_something_protected_needs_a_second_pair_of_eyes_and_no_other_does():
    sitting, record = approved_with("She is well.")
    copy, administrator = copy_for(sitting, record, "gp"), sitting.council.by("administrator")
    with pytest.raises(Invalid, match="second person must check"):
        release(by=administrator, copy=copy)
    unprotected(sitting)
    release(by=administrator, copy=copy)
    assert released(copy)


def test_who_wrote_or_releases_it_is_no_second_pair_of_eyes_and_nobody_checks_what_they_did_not_open():
    sitting, record = approved_with("She is well.")
    copy, administrator = copy_for(sitting, record, "gp"), sitting.council.by("administrator")
    worker = sitting.council.by("social_worker")
    with pytest.raises(Invalid, match="Open the preview"):
        record_check(by=worker, copy=copy)
    open_copy(by=sitting.chair, copy=copy)
    with pytest.raises(Invalid, match="somebody other"):
        record_check(by=sitting.chair, copy=copy)
    looked_at(sitting, copy, by="administrator")
    assert check(copy).checked and not check(copy).may_be_released_by(administrator)
    with pytest.raises(Invalid, match="second person"):
        release(by=administrator, copy=copy)
    looked_at(sitting, copy)
    release(by=administrator, copy=copy)
    assert released(copy)


def test_a_second_check_lapses_when_a_word_changes_and_holds_for_one_copy():
    sitting, record = approved_with("She is well.")
    copy = looked_at(sitting, copy_for(sitting, record, "gp"))
    assert check(copy).clear and check(copy_for(sitting, record, "mother")).lacks_check
    reopen(by=sitting.chair, record=record, reason="A word.")
    paragraph = Paragraph.objects.get(record=record, part="working_well", child=sitting.marlows.rosa)
    edit_paragraph(
        by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading,
        text="Rosa likes her class very much.", audience="everyone", child=sitting.marlows.rosa,
    )  # fmt: skip
    approve_record(by=sitting.chair, record=record)
    assert check(copy).lacks_check
    assert SecondCheck.objects.filter(kind="copy", state="agreed").count() == 1


def test_the_list_says_what_each_copy_needs_as_its_own_page_does():
    sitting, record = approved_with(ADDRESS)
    looked_at(sitting, copy_for(sitting, record, "gp"))
    found = copies_of(record)
    readers = [copy.invitation for copy in found]
    listed = checks_of(sitting.conference, found, withholding_rules_for_readers(sitting.conference, readers))
    assert listed
    for copy in found:
        if copy.pk in listed:
            assert listed[copy.pk].needs() == check(copy).needs(), copy.invitation.name


def test_the_pages_of_judging_lead_from_finding_to_release(client):
    sitting, record = approved_with(ADDRESS)
    copy = copy_for(sitting, record, "mother")
    url = reverse("reports:copy", args=[copy.pk])

    def page_for(who, address=url):
        client.force_login(getattr(sitting.council.users, who))
        return client.get(address).content.decode()

    page = page_for("administrator")
    assert "<mark>9 Quarry Street</mark>" in page and "Blocks the release" in page
    assert "Release to this reader" not in page
    for row in check(copy).stops:
        client.post(
            reverse("reports:ask_override", args=[copy.document_id, row.finding.key]), {"reason": "She lives there."}
        )
    assert "Decide this" not in page_for("administrator") and "Decide this" not in page_for("chair")
    assert "Decide this" in page_for("team_manager")
    for row in check(copy).stops:
        decide = reverse("reports:decide_override", args=[copy.document_id, row.finding.key])
        assert "She lives there." in page_for("team_manager", decide)
        assert "Give your reason" in client.post(decide, {"agreed": "yes"}).content.decode()
        client.post(decide, {"agreed": "yes", "reason": "She found the house."})
    page = page_for("team_manager")
    assert "She found the house." in page and "Open the preview and read it" in page
    preview = client.get(reverse("reports:preview", args=[copy.pk])).content
    assert "I have read this copy and compared it" in client.get(url).content.decode()
    client.post(reverse("reports:say_checked", args=[copy.document_id]))
    assert "Release to this reader" in page_for("administrator")
    client.post(reverse("reports:release", args=[copy.document_id]))
    assert released(copy) and bytes(copy.document.body) == preview


def test_a_short_sentence_that_was_read_on_its_page_and_down_its_columns_is_shown_once(sitting):
    words = f"Rosa is well at Larkfield Primary School. {sitting.marlows.theo.first_name} likes football. Marcus Doyle"
    body = HTML(
        string=f"<h1>Report</h1><p>{words} brought him.</p>"
    ).write_pdf()  # the middle cuts no line but the first
    (row,) = check_of(ready(sitting, upload(sitting, body=body))).asks
    assert [passage.where for passage in row.open] == ["Page 1"]


def test_a_judgement_is_one_event_on_the_trail_with_all_that_was_said():
    sitting, record = approved_with(ADDRESS)
    copy, administrator = copy_for(sitting, record, "mother"), sitting.council.by("administrator")
    manager, key = sitting.council.by("team_manager"), check(copy_for(sitting, record, "mother")).stops[0].finding.key

    def events_of(do):
        before = set(Event.objects.values_list("pk", flat=True))
        do()
        return Event.objects.exclude(pk__in=before)

    asked = events_of(
        lambda: ask_for_override(by=administrator, copy=copy, finding_key=key, reason="She lives there.")
    ).get()
    assert (asked.reason, asked.details["copy"], asked.details["finding"]) == ("She lives there.", copy.pk, key)
    override = SecondCheck.objects.get()
    decided = events_of(
        lambda: decide_override(by=manager, copy=copy, override=override, agreed=False, reason="No.")
    ).get()
    assert (decided.by_id, decided.reason, decided.details["agreed"]) == (manager.id, "No.", False)
    worker = sitting.council.by("social_worker")
    assert events_of(lambda: open_copy(by=worker, copy=copy)).get().about_id == sitting.conference.pk
    assert not events_of(lambda: open_copy(by=worker, copy=copy))
    assert events_of(lambda: record_check(by=worker, copy=copy, said="Read.")).get().details["said"] == "Read."
