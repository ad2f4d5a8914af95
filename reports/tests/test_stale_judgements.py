"""Decisions made before something more was withheld from the reader: they no longer count."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from conferences.convening import deadlines
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.audit.models import Look
from cpc.core.documents import actions as documents
from cpc.core.documents import letters
from cpc.core.documents.actions import hold_blocked_letters
from cpc.core.documents.choices import DocumentState, OutgoingState
from cpc.core.documents.sending import why_held
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Address, MustNotLearn, Protection
from reports.incoming.models import FileCopy
from reports.outgoing.actions import releasing, shown_copies
from reports.outgoing.actions.file_copies import take_back
from reports.outgoing.actions.shown_copies import hide_unsafe_copies
from reports.outgoing.queries.checking import check_of, checks_of
from reports.outgoing.queries.copies import withholding_rules_for_readers
from reports.tests.builders import an_approved_record, copy_for, looked_at, protected_again
from reports.tests.test_checking import approved_with
from reports.tests.test_file_copies import a_picture, ready, release, sitting, upload

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]


def keep_the_school_from_the_father(sitting):
    marlows = sitting.marlows
    with setting_up():
        return MustNotLearn.objects.create(
            reader=marlows.rosas_father, about=marlows.rosa, what="school", source="judgement", reason="He waits there."
        )


def a_picture_that_was_looked_at(sitting) -> FileCopy:
    copy = ready(sitting, upload(sitting, body=a_picture(), kind="png"))
    releasing.record_file_check(by=sitting.council.by("team_manager"), copy=copy, said="Rosa in her school’s jersey.")
    assert check_of(copy).examined.unreadable == ()
    return copy


def duties_of(kind):
    return [one for one in deadlines.duties() if one.kind == kind]


def waiting(copy):
    return copy.document.outgoing.get()


def test_a_look_at_a_picture_counts_only_for_what_was_withheld_from_its_reader_then(sitting):
    copy = a_picture_that_was_looked_at(sitting)
    entry = keep_the_school_from_the_father(sitting)
    assert check_of(copy).examined.unreadable
    with pytest.raises(Invalid, match="must look at what could not be read"):
        releasing.release(by=sitting.council.by("administrator"), copy=copy)
    with setting_up():
        entry.delete()  # what is kept from them no longer asks for no new look
    assert check_of(FileCopy.objects.get()).examined.unreadable == ()


def test_a_new_look_covers_what_is_withheld_now(sitting):
    copy = a_picture_that_was_looked_at(sitting)
    keep_the_school_from_the_father(sitting)
    releasing.record_file_check(by=sitting.council.by("team_manager"), copy=copy, said="No jersey, no school.")
    assert check_of(copy).examined.unreadable == ()


@pytest.mark.parametrize("is_a_picture", [True, False])
def test_what_waits_to_be_printed_stays_when_its_reader_must_not_learn_it_any_more(client, sitting, is_a_picture):
    school = sitting.council.agencies.school.name
    if is_a_picture:
        copy = a_picture_that_was_looked_at(sitting)
    else:
        copy = ready(sitting, upload(sitting, f"Rosa is well at {school}."))
    copy = release(sitting, copy)
    administrator = sitting.council.by("administrator")
    assert hold_blocked_letters(administrator, letters=[waiting(copy)]) == [waiting(copy)]
    keep_the_school_from_the_father(sitting)
    client.force_login(sitting.council.users.administrator)
    shown = client.get(reverse("documents:print_envelope", args=[waiting(copy).pk]))
    assert b"%PDF" not in shown.content[:8] and waiting(copy).state == OutgoingState.HELD
    assert "has changed since it was released" in waiting(copy).why_failed and school not in waiting(copy).why_failed
    page = client.get(reverse("reports:file", args=[copy.file_id])).content.decode()
    assert ">Released<" not in page and waiting(copy).state_shown in page
    assert "What they got" not in " ".join(page.split()) and "See why it was not sent" in " ".join(page.split())
    take_back(by=administrator, copy=copy, reason="The school.")
    copy.document.refresh_from_db()
    assert copy.document.state == DocumentState.RECALLED


def test_what_was_settled_at_the_release_is_not_asked_again_before_it_is_printed(sitting):
    theo, administrator = sitting.marlows.theo, sitting.council.by("administrator")
    copy = ready(sitting, upload(sitting, f"Rosa plays with {theo.first_name} {theo.last_name}."))
    key = check_of(copy).stops[0].finding.key
    asked = releasing.ask_for_override(by=administrator, copy=copy, finding_key=key, reason="He knows him.")
    manager = sitting.council.by("team_manager")
    releasing.decide_override(by=manager, copy=copy, override=asked, agreed=True, reason="They are friends.")
    copy = release(sitting, copy)
    assert hold_blocked_letters(administrator, letters=[waiting(copy)]) == [waiting(copy)]


def looked_at_by_a_second_person(sitting, file) -> FileCopy:
    copy, worker = ready(sitting, file), sitting.council.by("social_worker")
    releasing.open_copy(by=worker, copy=copy)
    releasing.record_check(by=worker, copy=copy, said="Read to the end.")
    return copy


def test_a_second_check_counts_only_for_what_was_withheld_from_its_reader_then(sitting):
    protected_again()
    copy = looked_at_by_a_second_person(sitting, upload(sitting))
    assert check_of(copy).clear
    entry = keep_the_school_from_the_father(sitting)
    assert check_of(copy).needs() == ["a second check"]
    with pytest.raises(Invalid, match="second person must check"):
        release(sitting, copy)
    worker = sitting.council.by("social_worker")
    with pytest.raises(Invalid, match="more is kept from its reader"):  # who opened it then did not know of it
        releasing.record_check(by=worker, copy=copy)
    with setting_up():
        entry.delete()
    assert check_of(copy).clear
    keep_the_school_from_the_father(sitting)
    releasing.open_copy(by=worker, copy=copy)
    releasing.record_check(by=worker, copy=copy)
    assert release(sitting, copy).document.state == DocumentState.RELEASED


def test_a_second_check_at_a_copy_of_the_record_lapses_alike_and_its_list_says_so():
    sitting, record = an_approved_record()
    for who in ("rosas_father", "mother"):
        looked_at(sitting, copy_for(sitting, record, who))
    keep_the_school_from_the_father(sitting)
    copies = [copy_for(sitting, record, who) for who in ("rosas_father", "mother")]
    rules = withholding_rules_for_readers(sitting.conference, [one.invitation for one in copies])
    checks = checks_of(sitting.conference, copies, rules)
    assert [checks[one.pk].lacks_check for one in copies] == [True, False]
    assert [check_of(one).lacks_check for one in copies] == [True, False]


def test_an_override_is_asked_for_again_once_an_entry_withholds_what_was_overridden(sitting):
    mother, administrator = sitting.marlows.mother, sitting.council.by("administrator")
    with setting_up():
        address = Address.objects.create(person=mother, lines="7 Thistle Row\nEastwick", postcode="ZZ8 8ZZ")
    copy = ready(sitting, upload(sitting, "Rosa sleeps at 7 Thistle Row."))
    for row in check_of(copy).stops:
        asked = releasing.ask_for_override(
            by=administrator, copy=copy, finding_key=row.finding.key, reason="Hers to say."
        )
        releasing.decide_override(
            by=sitting.council.by("team_manager"), copy=copy, override=asked, agreed=True, reason="She wants him to."
        )
    assert not check_of(copy).stops
    with setting_up():
        Protection.objects.create(
            person=mother, detail="address", address=address, from_everyone=True, source="injunction", reason="Danger"
        )
    assert [row.finding.found for row in check_of(copy).stops] == ["7 Thistle Row"]
    with pytest.raises(Invalid, match="7 Thistle Row"):
        release(sitting, copy)


@pytest.mark.parametrize("was_opened", [False, True])
def test_a_copy_is_hidden_from_its_reader_once_something_in_it_is_withheld_and_is_somebodys_duty(client, was_opened):
    sitting, record = approved_with("They play at 7 Thistle Row on Sundays.")
    mother, reader = sitting.marlows.mother, sitting.council.professionals.school
    copy = copy_for(sitting, record, "school")
    releasing.release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    client.force_login(reader)
    url, pack = reverse("reports:download", args=[copy.pk]), reverse("reports:own_pack", args=[sitting.conference.pk])
    if was_opened:
        assert client.get(url).content.startswith(b"%PDF")
    with setting_up():
        address = Address.objects.create(person=mother, lines="7 Thistle Row\nEastwick", postcode="ZZ8 8ZZ")
        Protection.objects.create(
            person=mother, detail="address", address=address, from_everyone=True, source="injunction", reason="Danger"
        )
    assert hide_unsafe_copies(on=timezone.localdate()) == 1
    administrator = sitting.council.by("administrator")
    (duty,) = duties_of("held_back")
    assert duty.owners == {administrator.id} and "Thistle" not in duty.says
    looks = Look.objects.filter(who_id=reader.pk, page="copy").count()
    said = client.get(url, follow=True).content.decode()
    assert "must be checked again before you can read it" in said and "Thistle" not in said
    assert url not in said, "the list of what was released to them does not offer it"
    assert "Thistle" not in text_of(client.get(pack).content)
    assert Look.objects.filter(who_id=reader.pk, page="copy").count() == looks
    with pytest.raises(WrongState, match="Recall it"):
        documents.retry(administrator, outgoing=waiting_online(copy))
    with setting_up():
        Protection.objects.update(ended_on=timezone.localdate(), end_reason="It has ended.")
        Address.objects.filter(pk=address.pk).update(lines="9 Elm Row\nEastwick")
    assert not client.get(url).content.startswith(b"%PDF"), "until somebody shows it again"
    documents.retry(administrator, outgoing=waiting_online(copy))
    assert client.get(url).content.startswith(b"%PDF") and duties_of("held_back") == []


def test_a_copy_that_its_reader_opens_before_a_job_has_seen_the_change_is_hidden_then(client):
    sitting, record = approved_with("They play at 7 Thistle Row on Sundays.")
    mother, copy = sitting.marlows.mother, copy_for(sitting, record, "school")
    releasing.release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    with setting_up():
        address = Address.objects.create(person=mother, lines="7 Thistle Row\nEastwick", postcode="ZZ8 8ZZ")
        Protection.objects.create(
            person=mother, detail="address", address=address, from_everyone=True, source="injunction", reason="Danger"
        )
    client.force_login(sitting.council.professionals.school)
    client.get(reverse("reports:download", args=[copy.pk]))
    assert waiting_online(copy).state == "held" and duties_of("held_back") != []
    client.force_login(sitting.council.users.administrator)
    for page in (reverse("reports:copy", args=[copy.pk]), reverse("reports:copies", args=[sitting.conference.pk])):
        said = client.get(page).content.decode()
        assert "Hidden" in said and escape(waiting_online(copy).why_failed) in said and ">Released<" not in said
    conference = reverse("conferences:conference", args=[sitting.conference.pk])
    assert "1 of them held back or hidden" in client.get(conference).content.decode()
    client.force_login(sitting.council.professionals.school)
    theirs = client.get(reverse("conferences:invitation", args=[copy.invitation_id])).content.decode()
    assert "must be checked again before you can read it" in theirs and "released" not in theirs


def waiting_online(copy):
    copy.refresh_from_db()
    return copy.document.outgoing.get(channel="portal")


def test_a_copy_that_waits_for_the_print_room_is_held_back_as_soon_as_something_in_it_is_withheld():
    sitting, record = an_approved_record()
    copy = copy_for(sitting, record, "rosas_father")
    releasing.release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    assert hide_unsafe_copies(on=timezone.localdate()) == 0 and duties_of("held_back") == []
    keep_the_school_from_the_father(sitting)
    assert hide_unsafe_copies(on=timezone.localdate()) == 1
    copy.refresh_from_db()
    assert (waiting(copy).state, len(duties_of("held_back"))) == (OutgoingState.HELD, 1)


def test_what_is_held_back_for_a_conference_is_one_duty_due_from_the_day_it_was_held_back():
    sitting, record = an_approved_record()
    administrator = sitting.council.by("administrator")
    for who in ("rosas_father", "mother"):
        copy = copy_for(sitting, record, who)
        releasing.release(by=administrator, copy=looked_at(sitting, copy))
        copy.refresh_from_db()
        with setting_up():
            copy.document.outgoing.update(queued_at=timezone.now() - timedelta(days=90))
        documents.hold_back(administrator, outgoing=waiting(copy), reason="The wrong envelope.")
    (duty,) = duties_of("held_back")
    assert duty.due_on == timezone.localdate()


def test_a_copy_that_cannot_be_checked_keeps_no_other_from_being_hidden(monkeypatch):
    sitting, record = approved_with("They play at 7 Thistle Row on Sundays.")
    mother = sitting.marlows.mother
    for who in ("rosas_father", "school"):
        releasing.release(
            by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, who))
        )
    with setting_up():
        address = Address.objects.create(person=mother, lines="7 Thistle Row\nEastwick", postcode="ZZ8 8ZZ")
        Protection.objects.create(
            person=mother, detail="address", address=address, from_everyone=True, source="injunction", reason="Danger"
        )
    monkeypatch.delitem(letters._register, "record_family")  # as if an upgrade no longer had this letter
    assert hide_unsafe_copies(on=timezone.localdate()) == 1
    assert waiting_online(copy_for(sitting, record, "school")).state == OutgoingState.HELD


def test_a_run_that_takes_too_long_goes_on_with_the_next_copy_in_the_next_run(monkeypatch):
    sitting, record = approved_with("They play at 7 Thistle Row on Sundays.")
    mother, readers = sitting.marlows.mother, ("school", "gp")
    for who in readers:
        releasing.release(
            by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, who))
        )
    monkeypatch.setattr(shown_copies, "_LONGEST", 0)
    assert hide_unsafe_copies(on=timezone.localdate()) == 0
    kept = cache._cache.get_client(None).ttl(cache.make_key(shown_copies._CHECKED_UP_TO))
    assert kept > 3600, "much longer than until the next run, which is after five minutes or late"
    with setting_up():
        address = Address.objects.create(person=mother, lines="7 Thistle Row\nEastwick", postcode="ZZ8 8ZZ")
        Protection.objects.create(
            person=mother, detail="address", address=address, from_everyone=True, source="injunction", reason="Danger"
        )
    hidden = [hide_unsafe_copies(on=timezone.localdate()) for _ in readers]
    assert hidden == [1, 1]
    assert {waiting_online(copy_for(sitting, record, who)).state for who in readers} == {OutgoingState.HELD}


def test_a_copy_that_is_sent_again_needs_the_second_check_as_when_it_was_first_sent():
    sitting, record = an_approved_record()
    administrator, copies = sitting.council.by("administrator"), {}
    for who in ("rosas_father", "mother"):
        copies[who] = copy_for(sitting, record, who)
        releasing.release(by=administrator, copy=looked_at(sitting, copies[who]))
        copies[who].refresh_from_db()
        assert not why_held(waiting(copies[who]))
    with setting_up():  # nothing in the copy has these words, but a person may see what they mean
        MustNotLearn.objects.create(
            reader=sitting.marlows.rosas_father, about=sitting.marlows.rosa, what="fact", source="judgement",
            reason="She asked for it.", words="zebra crossing",
        )  # fmt: skip
    assert "a second person must check it first" in why_held(waiting(copies["rosas_father"]))
    assert not why_held(waiting(copies["mother"]))
