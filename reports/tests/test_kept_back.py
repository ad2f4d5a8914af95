"""Who was to have nothing of a report gets no file of it either, until the chair says so by name."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.actions import hold_blocked_letters, mark_envelope_gone, retry
from cpc.core.documents.choices import DocumentState, OutgoingState
from cpc.core.documents.redacting import Mark
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.finding.actions import merge
from families.people.choices import RelationshipKind
from families.tests.builders import an_adult
from reports.incoming.actions.writing import Shared, record_sharing
from reports.incoming.models import GivenAllTheSame
from reports.outgoing.actions import copies as copies_actions
from reports.outgoing.actions.file_copies import override_withholding
from reports.outgoing.actions.releasing import record_file_check
from reports.outgoing.actions.versions import RedactedPart, redact_file
from reports.outgoing.letters.packs import family_pack
from reports.outgoing.models import ConferenceRecord, Copy, CopyChild
from reports.tests.builders import a_report, submit_report
from reports.tests.test_file_copies import ready, release, sitting, upload

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]
WHY = "He threatened the worker."


@pytest.fixture
def copies(sitting):
    """The father’s and the mother’s copies of a record to come, each with Rosa in it."""
    with setting_up():
        record = ConferenceRecord.objects.create(
            conference=sitting.conference, letter_due_on=TODAY, record_due_on=TODAY
        )
        for who in ("rosas_father", "mother"):
            copy = Copy.objects.create(record=record, kind="record", invitation=sitting.invitations[who])
            CopyChild.objects.create(copy=copy, child=sitting.marlows.rosa)
    return {copy.invitation_id: copy for copy in Copy.objects.all()}


def withhold(sitting, copies, who="rosas_father", reason=WHY):
    by, copy = sitting.council.by("chair"), copies[sitting.invitations[who].pk]
    copy.refresh_from_db()
    if copy.withheld_reason:  # for another reason: it is first let through
        copies_actions.include(by=by, copy=copy, reason="It is decided again.")
    copies_actions.withhold(by=by, copy=copy, reason=reason)


def say_so(sitting, file, reason="It is two lines, and he knows them.", by="chair", who="rosas_father"):
    return override_withholding(by=sitting.council.by(by), file=file, reader=sitting.invitations[who], reason=reason)


def test_a_person_who_gets_no_copy_gets_no_file_until_the_chair_decides(sitting, copies):
    withhold(sitting, copies)
    file = upload(sitting)
    with pytest.raises(WrongState, match=f"no record of the conference: {WHY}.* must say first"):
        ready(sitting, file)
    assert ready(sitting, file, "mother").document.state == DocumentState.APPROVED  # nothing is against hers
    say_so(sitting, file)
    assert release(sitting, ready(sitting, file)).document.state == DocumentState.RELEASED


def test_what_was_ready_before_the_chair_decided_is_not_released(sitting, copies):
    copy = ready(sitting, upload(sitting))
    withhold(sitting, copies)
    with pytest.raises(WrongState, match=WHY):
        release(sitting, copy)
    say_so(sitting, copy.file)
    assert release(sitting, copy).document.state == DocumentState.RELEASED


def test_what_lies_in_the_print_room_stays_there_until_the_chair_decides(sitting, copies):
    copy, administrator = release(sitting, ready(sitting, upload(sitting))), sitting.council.by("administrator")
    withhold(sitting, copies)
    waiting = copy.document.outgoing.get()
    assert hold_blocked_letters(administrator, letters=[waiting]) == []
    waiting.refresh_from_db()
    assert (
        waiting.state == OutgoingState.HELD and "ask the chair" in waiting.why_failed and WHY not in waiting.why_failed
    )
    say_so(sitting, copy.file)
    retry(administrator, outgoing=waiting)
    assert hold_blocked_letters(administrator, letters=[waiting]) == [waiting]


def test_only_the_chair_of_the_conference_decides_and_with_a_reason(sitting, copies):
    withhold(sitting, copies)
    file = upload(sitting)
    for who in ("administrator", "team_manager", "service_manager", "social_worker", "other_chair"):
        with pytest.raises(NotPermitted):
            say_so(sitting, file, by=who)
    with pytest.raises(Invalid, match="Say why"):
        say_so(sitting, file, reason=" ")
    with pytest.raises(WrongState, match="Nothing prevents it"):
        say_so(sitting, file, who="mother")
    assert not GivenAllTheSame.objects.exists()


def test_the_chairs_decision_is_for_one_file_and_for_the_reasons_against_it_then(sitting, copies):
    withhold(sitting, copies)
    file, other = upload(sitting), upload(sitting, "Rosa reads well.")
    say_so(sitting, file)
    with pytest.raises(WrongState, match=WHY):
        ready(sitting, other)
    withhold(sitting, copies, reason="He was arrested.")
    with pytest.raises(WrongState, match="He was arrested"):
        ready(sitting, file)
    withhold(sitting, copies)
    assert ready(sitting, file)


def test_a_report_that_its_author_did_not_share_with_somebody_goes_to_them_as_no_file_either(sitting):
    file, father = upload(sitting), sitting.marlows.rosas_father
    report = submit_report(a_report(sitting))
    record_sharing(
        by=sitting.council.by("administrator"), report=report,
        shared=Shared(father, not_shared_reason="He must not know that she spoke."),
    )  # fmt: skip
    with pytest.raises(WrongState, match="not shared with them: He must not know that she spoke"):
        ready(sitting, file)
    assert ready(sitting, file, "mother")
    say_so(sitting, file)
    assert ready(sitting, file)


def test_a_report_that_was_not_shared_with_another_record_of_the_same_person_goes_to_them_as_no_file(sitting):
    marlows = sitting.marlows
    ties = [(marlows.rosa, RelationshipKind.CARER, True, True)]
    again = an_adult(marlows.family, "Danny", "Pryce", in_household=False, ties=ties)
    file, report = upload(sitting), submit_report(a_report(sitting))
    record_sharing(
        by=sitting.council.by("administrator"), report=report,
        shared=Shared(again, not_shared_reason="He must not know that she spoke."),
    )  # fmt: skip
    manager = sitting.council.by("team_manager")
    merge(by=manager, kept=marlows.rosas_father, merged=again, reason="His passport")
    with pytest.raises(WrongState, match="not shared with them: He must not know that she spoke"):
        ready(sitting, file)


def test_a_file_about_a_child_that_the_chair_removed_from_their_copy_waits_for_the_chair(sitting, copies):
    mothers = copies[sitting.invitations["mother"].pk]
    file = upload(sitting, "Both are well.", who="gp", children=("rosa", "theo"))
    with pytest.raises(WrongState, match="does not cover Theo"):
        ready(sitting, file, "mother")
    copies_actions.widen(by=sitting.council.by("chair"), copy=mothers, child=sitting.marlows.theo, reason="Hers too.")
    assert ready(sitting, file, "mother")


def test_the_page_says_why_and_only_the_chair_is_offered_to_decide(client, sitting, copies):
    withhold(sitting, copies)
    file, father = upload(sitting), sitting.invitations["rosas_father"]
    url = reverse("reports:for_reader", args=[file.pk, father.pk])
    decide = reverse("reports:all_the_same", args=[file.pk, father.pk])

    def page(who, url=url):
        client.force_login(getattr(sitting.council.users, who))
        return client.get(url).content.decode()

    for who in ("administrator", "chair", "social_worker"):
        shown = page(who)
        assert WHY in shown and "Prepare it" not in shown and (decide in shown) == (who == "chair")
    rows = page("administrator", reverse("reports:file", args=[file.pk]))
    assert WHY in rows and rows.count("The chair decides") == 1 and "See what is blocking it" in rows
    client.force_login(sitting.council.users.administrator)
    assert client.post(decide, {"reason": "He knows."}).status_code in (403, 404)
    client.force_login(sitting.council.users.chair)
    assert client.post(decide, {"reason": ""}).status_code == 200 and not GivenAllTheSame.objects.exists()
    client.post(decide, {"reason": "He knows what it says."})
    assert "Prepare it" in page("administrator") and "He knows what it says." in page("administrator")


@pytest.mark.parametrize("redacted", [False, True])
def test_a_police_file_that_waits_in_the_print_room_stays_there_once_it_is_only_shared_verbally(
    sitting, settings, redacted
):
    settings.CPC_PRESET = "bexley"
    file, administrator = upload(sitting, who="police"), sitting.council.by("administrator")
    if redacted:
        parts = [RedactedPart(Mark(1, left=0, top=0.8, right=0.5, bottom=0.9), "About Theo.")]
        file = redact_file(
            by=sitting.council.by("chair"), file=file, reader=sitting.invitations["mother"], redacted=parts
        )
    copy = ready(sitting, file, "mother")
    if redacted:
        record_file_check(by=sitting.council.by("team_manager"), copy=copy, said="One line about a child.")
    waiting = release(sitting, copy).document.outgoing.get()
    assert hold_blocked_letters(administrator, letters=[waiting]) == [waiting]
    settings.CPC_PRESET = "haringey"
    assert hold_blocked_letters(administrator, letters=[waiting]) == []
    waiting.refresh_from_db()
    assert waiting.state == OutgoingState.HELD and "only shared verbally" in waiting.why_failed
    retry(administrator, outgoing=waiting)
    assert hold_blocked_letters(administrator, letters=[waiting]) == []


def test_a_police_file_that_was_posted_is_not_put_in_a_pack_once_it_is_only_shared_verbally(sitting, settings):
    settings.CPC_PRESET = "bexley"
    copy, administrator = ready(sitting, upload(sitting, who="police"), "mother"), sitting.council.by("administrator")
    mark_envelope_gone(administrator, letters=[release(sitting, copy).document.outgoing.get()])
    chair, mother = sitting.council.by("chair"), sitting.invitations["mother"]
    assert copy.document.title in [part.what for part in family_pack(chair, mother).parts]
    settings.CPC_PRESET = "haringey"
    for by in (chair, administrator):
        assert copy.document.title not in [part.what for part in family_pack(by, mother).parts]
    assert (copy.document.title, "It is only shared verbally at the conference.") in family_pack(chair, mother).left_out
