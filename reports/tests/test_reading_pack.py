"""The reading pack: everything that one person may read, in one file, and nothing else."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from conferences.convening.choices import BLANK_FORMS
from conferences.tests.builders import an_invited_conference, everything_leaves
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.actions import hold_back, mark_envelope_gone
from cpc.core.documents.examination import body_of, examine, writers_of
from cpc.core.documents.merging import first_pages
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.protected import protect_person
from cpc.core.documents.redacting import Mark
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, WrongState
from families.tests.builders import end_entries, the_marlows
from reports.incoming.actions import writing
from reports.incoming.actions.contributions import record_contribution
from reports.incoming.actions.quality import check_quality
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.actions.writing import Restricted, Shared
from reports.incoming.models import Report, ReportSharing, UploadedFile
from reports.incoming.queries.requested import people_to_tell
from reports.incoming.rules.quality import QUALITY
from reports.outgoing.actions import releasing
from reports.outgoing.actions.file_copies import prepare_file, take_back
from reports.outgoing.actions.reading_pack import make_pack
from reports.outgoing.actions.typed_copies import copy_typed_report, prepare_typed_copies
from reports.outgoing.actions.versions import RedactedPart, redact_file
from reports.outgoing.deadlines import duties
from reports.outgoing.letters.packs import family_pack, own_pack, typed_letter
from reports.outgoing.letters.reading_pack import reading_pack
from reports.outgoing.queries.checking import read_before
from reports.outgoing.queries.file_copies import why_never_released
from reports.outgoing.queries.typed_copies import typed_reports_to_copy
from reports.tests.builders import a_pdf, a_report, ask_for_reports, submit_report
from reports.tests.test_letters import is_golden

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting())


def pack_of(sitting, name) -> bytes:
    return make_pack(own_pack(sitting.council.by(name), sitting.conference), sitting.conference, TODAY)


def words(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def of_family(sitting, name):
    return family_pack(sitting.council.by("administrator"), sitting.invitations[name])


def test_each_part_begins_on_the_page_after_the_one_before_it():
    assert first_pages([1, 2, 3, 1]) == [1, 2, 4, 7]


def test_a_professional_gets_what_their_pages_show_them_and_no_report_about_another_child(sitting):
    submit_report(a_report(sitting, "school", worried="Rosa is tired."))
    submit_report(a_report(sitting, "health_visiting", worried="Theo was cold."))
    a_report(sitting, "midwifery", worried="A draft.")
    school = words(pack_of(sitting, "school"))
    assert "Rosa is tired." in school and "Theo" not in school and "A draft." not in school
    chair = words(pack_of(sitting, "chair"))
    assert "Rosa is tired." in chair and "Theo was cold." in chair and "A draft." not in chair


def test_the_confidential_part_is_in_the_pack_of_those_who_may_read_it_alone(sitting):
    report = writing.save_report(
        by=sitting.council.by("gp"), invitation=sitting.invitations["gp"], version=0, sections={"worried": "Seen."},
        about={}, restricted=Restricted("The kestrel flies at dawn.", "chair", "It is a secret."),
    )  # fmt: skip
    submit_report(report)
    assert "kestrel" in words(pack_of(sitting, "chair"))
    assert "kestrel" not in words(pack_of(sitting, "social_worker"))
    assert "kestrel" not in words(pack_of(sitting, "administrator"))


def test_what_the_police_write_for_the_chair_alone_is_in_no_other_pack(sitting):
    report = a_report(sitting, "police", worried="The kestrel flies at dawn.")
    writing.submit_report(by=sitting.council.by("police"), report=report, sharings=[])
    assert "kestrel" in words(pack_of(sitting, "chair"))
    for name in ("social_worker", "administrator", "gp", "team_manager"):
        assert "kestrel" not in words(pack_of(sitting, name))


def test_what_a_mother_wrote_for_the_chair_alone_is_in_the_chairs_pack_alone(sitting):
    record_contribution(
        by=sitting.council.by("administrator"), conference=sitting.conference, person=sitting.marlows.mother,
        received_on=TODAY, version=0, audience="chair", worried="I am afraid of Lewis.",
    )  # fmt: skip
    assert "afraid of Lewis" in words(pack_of(sitting, "chair"))
    for name in ("social_worker", "gp"):
        assert "afraid" not in words(pack_of(sitting, name))


def test_a_typed_report_in_a_pack_says_exactly_this(sitting):
    rosa = sitting.marlows.rosa.pk
    report = shared_with_everyone(sitting, "school", worried="Seen: a bruise.", about={rosa: "Rosa is tired."})
    dan = sitting.invitations["rosas_father"]
    is_golden("reading_part", typed_letter(report, dan, TODAY, frozenset({rosa})))


@pytest.mark.parametrize(
    ("name", "contents", "to_come"),
    [("", [("School or nursery report", "Sam School", 2), ("Decision letter", "Conference service", 5)], 1),
     ("_nothing_yet", [], 2)],
)  # fmt: skip
def test_the_first_page_of_a_pack_says_exactly_this(sitting, name, contents, to_come):
    is_golden(f"reading_pack{name}", reading_pack("Anna Marlow", sitting.conference, TODAY, contents, to_come))


def test_the_pack_is_paginated_bookmarked_tagged_and_marked_with_its_reader(sitting):
    submit_report(a_report(sitting, "school"))
    gp = sitting.invitations["gp"]
    upload_file(
        by=sitting.council.by("gp"), invitation=gp, upload=FileUpload(a_pdf("Rosa coughs."), "rosa.pdf", "pdf"),
        author="Dr Gp", children=[sitting.marlows.rosa.pk],
    )  # fmt: skip
    pdf = pack_of(sitting, "chair")
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        pages = len(opened.pages)
        assert [one.title for one in outline.root] == [
            "Contents", "School or nursery report: Sam School, Alder Lane Primary School",
            "Report that came as a file: Dr Gp",
        ]  # fmt: skip
        assert opened.Root.MarkInfo.Marked and opened.open_metadata().get("pdfuaid:part") == "1"
        assert len(opened.Root.StructTreeRoot.K) > 1
    said = words(pdf)
    assert pages == 3, "an empty page stands between two parts"
    for number in range(1, pages + 1):
        assert f"Copy of Gwen Ashby. Page {number} of {pages} of this pack" in said
    assert "Page 1 of 1" not in said, "a part counts its own pages"
    assert "Rosa coughs." in said


def test_a_letter_in_a_pack_has_the_numbers_of_the_pack_alone_and_all_else_that_it_says():
    convened = an_invited_conference()
    everything_leaves()
    mother = convened.invitation(convened.marlows.mother)
    pack = family_pack(convened.by("administrator"), mother)
    [letter] = Document.objects.defer(None).filter(kind="invitation_family", recipient_name=mother.name)
    sent = words(bytes(letter.body))
    number = r"Page \d+ of \d+\b(?! of this pack)"
    assert re.search(number, sent)
    said = words(make_pack(pack, convened.conference, TODAY))
    assert not re.search(number, said)
    maker = r"WeasyPrint [\d.]+"
    assert set(re.sub(f"{number}|{maker}", "", sent).split()) <= set(said.split())


def test_an_invitation_is_in_the_pack_though_its_reader_gets_no_record_about_a_child_it_names():
    marlows = the_marlows()
    convened = an_invited_conference(marlows)
    everything_leaves()
    for person in (marlows.mother, marlows.theos_father):
        pack = family_pack(convened.by("administrator"), convened.invitation(person))
        what = [part.what for part in pack.parts]
        assert "Please come to" in " ".join(what), (person, pack.left_out)
        # There is nothing to read in the form that came with it.
        assert (
            len(what) == 1 and Document.objects.filter(kind__in=BLANK_FORMS, recipient_name=person.full_name).exists()
        )
    stepfather = convened.invitation(marlows.theos_father)
    assert marlows.rosa.pk in stepfather.children.values_list("child", flat=True)


def test_a_report_that_comes_late_is_in_the_next_pack(sitting):
    assert "Too late" not in words(pack_of(sitting, "chair"))
    submit_report(a_report(sitting, "school", worried="Too late to be read."))
    assert "Too late to be read." in words(pack_of(sitting, "chair"))


def test_the_contents_say_what_is_new_since_an_earlier_pack(sitting):
    report = a_report(sitting, "school", worried="Rosa is tired.")
    submit_report(report)
    assert "School or nursery report Sam School" in words(pack_of(sitting, "chair"))
    by = sitting.council.by("school")
    writing.revise_report(by=by, report=report)
    between = words(pack_of(sitting, "chair"))  # while its author writes it again, the last version is what there is
    assert "version 1, being written again" in between and "Rosa is tired." in between
    report = a_report(sitting, "school", worried="Rosa sleeps well again.", version=report.version)
    submit_report(report)
    said = words(pack_of(sitting, "chair"))
    assert "School or nursery report, version 2 of 20 Nov 2026" in said
    assert "Rosa sleeps well again." in said and "Rosa is tired." not in said


def test_a_professional_keeps_the_last_version_while_its_author_writes_it_again(sitting):
    school, gp = sitting.council.by("school"), sitting.council.by("gp")
    report = submit_report(a_report(sitting, "school", worried="Rosa is tired."))
    writing.revise_report(by=school, report=report)
    a_report(sitting, "school", worried="Not for others yet.", version=report.version)
    said = words(pack_of(sitting, "gp"))
    assert "version 1, being written again" in said and "Rosa is tired." in said and "Not for others" not in said
    assert not can_see(gp, report), "nobody opens its draft"
    assert "Rosa is tired." not in words(pack_of(sitting, "health_visiting")), "it covers a child they do not know"
    with setting_up():
        report.versions.update(covers=[sitting.marlows.theo.pk, *report.versions.get().covers])
    assert "Rosa is tired." not in words(pack_of(sitting, "gp")), "it may tell of a child who is not covered any more"


def test_a_report_that_was_returned_is_in_no_professionals_pack(sitting):
    report = submit_report(a_report(sitting, "school", worried="They live at 4 Elm Road."))
    answers = dict.fromkeys(QUALITY, True)
    check_quality(by=sitting.chair, report=report, number=1, answers=answers, return_reason="Leave the address out.")
    assert "Elm Road" not in words(pack_of(sitting, "gp"))


def shared_with_everyone(sitting, who, **sections):
    report = a_report(sitting, who, **sections)
    shared = [Shared(one, TODAY - timedelta(days=1), "by_hand") for one, _ in people_to_tell(report)]
    writing.submit_report(by=sitting.council.by(who), report=report, sharings=shared)
    return report


def test_a_parent_gets_the_report_that_was_shared_with_them_about_their_children_alone(sitting):
    shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    shared_with_everyone(sitting, "gp", worried="Both cough.")
    mother, dan = of_family(sitting, "mother"), of_family(sitting, "rosas_father")
    assert mother.parts == dan.parts == () and "second person" in mother.to_check[0].why
    [school] = [one.why for one in dan.to_check if one.title.startswith("School")]
    assert "second person" in school, "nothing is withheld from him, but in his family they tell each other"
    end_entries()
    dan = of_family(sitting, "rosas_father")
    assert [part.what for part in dan.parts] == ["School or nursery report"]
    assert [why for what, why in dan.left_out if what.startswith("GP")] == [
        "It also covers a child who is not theirs to read about: it needs a separate version."
    ]
    said = words(make_pack(dan, sitting.conference, TODAY))
    assert "Rosa is tired." in said and "Both cough" not in said and "Theo" not in said


def test_the_report_about_a_parents_unborn_baby_is_about_your_unborn_baby(sitting):
    unborn = sitting.marlows.unborn
    shared_with_everyone(sitting, "midwifery", about={unborn.pk: "The baby grows well."}, worried="She is tired.")
    end_entries()
    said = words(make_pack(of_family(sitting, "mother"), sitting.conference, TODAY))
    assert "About Your unborn baby" in said and "The baby grows well." in said and "Unborn Marlow" not in said
    assert "Unborn Marlow" in words(pack_of(sitting, "midwifery"))


def test_a_parent_gets_no_report_that_was_not_shared_with_them_nor_one_that_tells_too_much(sitting):
    report = a_report(sitting, "school", worried="Rosa is tired.")
    parents = [one for one, _ in people_to_tell(report)]
    why = [Shared(one, not_shared_reason="Next week.") for one in parents]
    writing.submit_report(by=sitting.council.by("school"), report=report, sharings=why)
    assert of_family(sitting, "rosas_father").left_out == (
        ("School or nursery report: Sam School", "Its author has not shared it with them."),
    )
    end_entries()
    writing.revise_report(by=sitting.council.by("school"), report=report)
    report = a_report(sitting, "school", worried="Theo Marlow fetched her.", version=report.version)
    submit_report(report)
    assert of_family(sitting, "rosas_father").parts == ()
    assert "release check" in of_family(sitting, "rosas_father").to_check[0].why


def test_where_a_report_comes_from_is_checked_as_its_words_are(sitting):
    report = shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    end_entries()
    assert of_family(sitting, "rosas_father").to_check == ()
    with setting_up():
        Report.objects.filter(pk=report.pk).update(author="Theo Marlow’s key worker")
    found = of_family(sitting, "rosas_father")
    assert "release check" in found.to_check[0].why
    assert "Theo" not in words(make_pack(found, sitting.conference, TODAY))


def test_where_details_are_protected_a_parent_gets_a_copy_that_a_second_person_has_checked(sitting):
    report, administrator = shared_with_everyone(sitting, "school", worried="Rosa is tired."), "administrator"
    by, dan = sitting.council.by(administrator), sitting.invitations["rosas_father"]
    front = words(make_pack(of_family(sitting, "rosas_father"), sitting.conference, TODAY))
    assert "You will get one more report." in front and "school" not in front.lower() and "Rosa is tired." not in front
    assert "What is in it" not in front, "nothing is"
    assert {one.reader for one in typed_reports_to_copy()} == {dan, sitting.invitations["mother"]}
    file = copy_typed_report(by=by, report=report, reader=dan)
    with pytest.raises(WrongState, match="already"):
        copy_typed_report(by=by, report=report, reader=dan)
    assert "made for somebody else" in why_never_released(file, sitting.invitations["mother"])
    copy = prepare_file(by=by, file=file, reader=dan)
    with pytest.raises(Invalid, match="second person must check"):
        releasing.release(by=by, copy=copy)
    worker = sitting.council.by("social_worker")
    releasing.open_copy(by=worker, copy=copy)
    releasing.record_check(by=worker, copy=copy)
    copy.refresh_from_db()
    releasing.release(by=by, copy=copy)
    assert of_family(sitting, "rosas_father").parts == (), "it has not gone yet"
    mark_envelope_gone(by=by, letters=list(copy.document.outgoing.all()))
    found = of_family(sitting, "rosas_father")
    assert found.to_check == () and "Rosa is tired." in words(make_pack(found, sitting.conference, TODAY))
    assert found.parts[0].source == report.author, "not the service that sent it"
    assert {one.reader for one in typed_reports_to_copy()} == {sitting.invitations["mother"]}


def test_somebody_who_entered_a_report_for_its_author_does_not_check_the_copy_of_it(sitting):
    report, manager = (
        shared_with_everyone(sitting, "school", worried="Rosa is tired."),
        sitting.council.by("team_manager"),
    )
    with setting_up():
        report.entered_by_id = manager.id
        report.save()
    by, dan = sitting.council.by("administrator"), sitting.invitations["rosas_father"]
    file = copy_typed_report(by=by, report=report, reader=dan)
    assert manager.id in prepare_file(by=by, file=file, reader=dan).document.typed_by


def test_all_copies_of_a_pack_are_prepared_checked_and_released_in_three_acts(sitting, client):
    shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    shared_with_everyone(sitting, "health_visiting", worried="Theo was cold.")
    mother, users = sitting.invitations["mother"], sitting.council.users
    assert f"Give {mother.name} checked copies of 2 reports for the initial child protection conference" in [
        one.says.partition(":")[0] for one in duties() if one.kind == "copy_typed_report"
    ]
    pack, prepare, release, check = (
        reverse(f"reports:{name}", args=args)
        for name, args in (
            ("family_pack", [sitting.conference.pk, mother.pk]), ("make_copies", [sitting.conference.pk, mother.pk]),
            ("release_pack_copies", [sitting.conference.pk, mother.pk]), ("check_copies", [sitting.conference.pk]),
        )
    )  # fmt: skip
    client.force_login(users.administrator)
    assert prepare in client.get(pack).content.decode()
    page = client.post(prepare, follow=True).content.decode()
    assert "2 copies are prepared" in page and page.count("Needs a second check") == 2
    assert prepare not in page and release not in page
    assert "No copy of this conference awaits your check" in client.get(check).content.decode()
    [duty] = [one for one in duties() if one.kind == "check_typed_copies"]
    assert duty.path == check and duty.owners == frozenset({users.social_worker.pk})
    client.force_login(users.social_worker)
    assert client.post(prepare).status_code == client.post(release).status_code == 403
    together = words(client.get(reverse("reports:open_together", args=[sitting.conference.pk, mother.pk])).content)
    assert "Rosa is tired." in together and "Theo was cold." in together
    page = client.get(check).content.decode()
    assert "School or nursery report: Sam School" in page and "Health visitor or school nurse report: " in page
    documents = re.findall(r'name="copy"\s+value="(\d+)"', page)
    assert "You have checked 2 copies" in client.post(check, {"copy": documents}, follow=True).content.decode()
    client.force_login(users.administrator)
    assert release in client.get(pack).content.decode()
    page = client.post(release, follow=True).content.decode()
    assert "2 copies are released" in page and reverse("documents:print_room") in page
    assert "2 released copies have not left yet" in " ".join(page.split())
    assert Document.objects.filter(recipient_name=mother.name, kind="report_file", state="released").count() == 2
    first = Outgoing.objects.filter(document__kind="report_file", state="queued").order_by("pk").first()
    hold_back(sitting.council.by("administrator"), outgoing=first, reason="The wrong envelope.")
    page = " ".join(client.get(pack).content.decode().split())
    assert "1 released copy has not left yet" in page and page.count("Held back") == page.count(">Released<") == 1


def test_a_copy_that_nobody_has_checked_stays_when_the_others_are_released(sitting, client):
    for agency in ("school", "health_visiting"):
        shared_with_everyone(sitting, agency, worried="It was cold.")
    mother, by = sitting.invitations["mother"], sitting.council.by("administrator")
    assert prepare_typed_copies(by=by, pack=of_family(sitting, "mother"), reader=mother) == []
    [first, _] = of_family(sitting, "mother").to_look_at
    releasing.open_copy(by=sitting.council.by("social_worker"), copy=first)
    releasing.record_check(by=sitting.council.by("social_worker"), copy=first)
    client.force_login(sitting.council.users.administrator)
    client.post(reverse("reports:release_pack_copies", args=[sitting.conference.pk, mother.pk]))
    states = Document.objects.filter(kind="report_file").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["released", "approved"]


def test_a_copy_that_cannot_be_prepared_is_named_and_the_others_are_prepared(sitting):
    for agency in ("school", "health_visiting"):
        shared_with_everyone(sitting, agency, worried="It was cold.")
    mother, by = sitting.invitations["mother"], sitting.council.by("administrator")
    pack = of_family(sitting, "mother")
    first = pack.to_check[0]
    writing.revise_report(by=sitting.council.by("health_visiting"), report=first.report)
    [why] = prepare_typed_copies(by=by, pack=pack, reader=mother)
    assert why.startswith(f"{first.title}. ") and "has changed" in why
    assert len(of_family(sitting, "mother").to_look_at) == 1


def checked(sitting, copy):
    """The copy after a second person has checked it."""
    worker = sitting.council.by("social_worker")
    releasing.open_copy(by=worker, copy=copy)
    releasing.record_check(by=worker, copy=copy)
    copy.refresh_from_db()
    return copy


def test_a_checked_copy_that_was_recalled_is_neither_prepared_nor_released_with_the_others(sitting, client):
    shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    mother, by = sitting.invitations["mother"], sitting.council.by("administrator")
    prepare_typed_copies(by=by, pack=of_family(sitting, "mother"), reader=mother)
    copy = checked(sitting, of_family(sitting, "mother").to_look_at[0])
    client.force_login(sitting.council.users.administrator)
    names, args = ("make_copies", "release_pack_copies"), [sitting.conference.pk, mother.pk]
    for is_released in (False, True):
        if is_released:
            releasing.release(by=by, copy=checked(sitting, prepare_file(by=by, file=copy.file, reader=mother)))
            copy.document.refresh_from_db()
        take_back(by=by, copy=copy, reason="She asked us not to send it to her house.")
        for name in names:
            page = client.post(reverse(f"reports:{name}", args=args), follow=True).content.decode()
            assert "Recalled" in page and "Prepare all copies" not in page
        assert not Document.objects.filter(kind="report_file", state__in=["approved", "released"]).exists()


def test_a_checked_copy_that_was_recalled_is_checked_again_when_it_is_prepared_again(sitting):
    _, file, dan = a_copy_for_dan(sitting)
    by = sitting.council.by("administrator")
    copy = checked(sitting, prepare_file(by=by, file=file, reader=dan))
    take_back(by=by, copy=copy, reason="It names his new partner.")
    again = prepare_file(by=by, file=file, reader=dan)
    with pytest.raises(Invalid, match="second person"):
        releasing.release(by=by, copy=again)
    releasing.release(by=by, copy=checked(sitting, again))
    assert Document.objects.get(kind="report_file").state == "released"


def test_what_was_redacted_from_a_copy_takes_its_place_in_the_pack(sitting, client):
    _, file, dan = a_copy_for_dan(sitting)
    by, args = sitting.council.by("administrator"), [sitting.conference.pk, sitting.invitations["rosas_father"].pk]
    checked(sitting, prepare_file(by=by, file=file, reader=dan))
    part = RedactedPart(Mark(page=1, left=0.1, top=0.1, right=0.2, bottom=0.2), "It tells too much.")
    redacted = redact_file(by=sitting.council.by("chair"), file=file, reader=dan, redacted=[part])
    client.force_login(sitting.council.users.administrator)
    client.post(reverse("reports:release_pack_copies", args=args))
    assert not Document.objects.filter(kind="report_file", state="released").exists(), "what tells too much has left"
    client.post(reverse("reports:make_copies", args=args))
    [copy] = of_family(sitting, "rosas_father").to_look_at
    assert copy.file == redacted
    releasing.record_file_check(by=sitting.council.by("team_manager"), copy=copy, said="A school’s report on Rosa.")
    releasing.release(by=by, copy=checked(sitting, copy))
    mark_envelope_gone(by=by, letters=list(copy.document.outgoing.all()))
    assert of_family(sitting, "rosas_father").to_check == ()
    assert dan not in {one.reader for one in typed_reports_to_copy()}


def test_a_typed_report_is_drawn_once_and_its_copy_can_be_read_aloud(sitting):
    _, file, dan = a_copy_for_dan(sitting)
    copy = prepare_file(by=sitting.council.by("administrator"), file=file, reader=dan)
    sent = body_of(copy.document)
    assert sent == bytes(UploadedFile.objects.values_list("body", flat=True).get(pk=file.pk))
    with pikepdf.open(io.BytesIO(sent)) as opened:
        assert "/StructTreeRoot" in opened.Root


def test_a_copy_of_a_typed_report_is_outdated_by_its_next_version_and_its_author_never_sees_it(sitting):
    report = shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    dan, school = sitting.invitations["rosas_father"], sitting.council.by("school")
    file = copy_typed_report(by=sitting.council.by("administrator"), report=report, reader=dan)
    assert not can_see(school, file) and why_never_released(file, dan) == ""
    writing.revise_report(by=school, report=report)
    submit_report(a_report(sitting, "school", worried="Rosa sleeps.", version=report.version))
    assert "has changed since this copy was made" in why_never_released(file, dan)


def a_copy_for_dan(sitting, **sections):
    """The school's typed report, shared in writing with everybody, and the copy of it for Rosa's father."""
    report, dan = shared_with_everyone(sitting, "school", worried="Rosa is tired.", **sections), "rosas_father"
    by = sitting.council.by("administrator")
    return report, copy_typed_report(by=by, report=report, reader=sitting.invitations[dan]), sitting.invitations[dan]


NAMES = (
    "আয়েশা সিদ্দিকা", "রহিমা খাতুন", "محمد الراشد", "فاطمة Khan", "שרה כהן", "முருகன் செல்வம்", "李小明", "अनीता शर्मा",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "Оксана Шевченко",
)  # fmt: skip


def test_a_copy_is_checked_by_its_words_in_every_script_and_not_by_its_pdf_alone(sitting):
    report = shared_with_everyone(sitting, "school", worried=" ".join(f"She told {name} of it." for name in NAMES))
    dan = sitting.invitations["rosas_father"]
    file = copy_typed_report(by=sitting.council.by("administrator"), report=report, reader=dan)
    copy = prepare_file(by=sitting.council.by("administrator"), file=file, reader=dan)
    for name in NAMES:
        withheld = protect_person(*name.split(" ") if " " in name else ("", name))
        found = examine(copy.document, protected=withheld, reading=read_before(copy)).blocking
        assert found, f"{name} would go to somebody who must not learn it"


def test_what_was_redacted_from_a_copy_is_outdated_with_it(sitting):
    report, file, dan = a_copy_for_dan(sitting)
    part = RedactedPart(Mark(page=1, left=0.1, top=0.1, right=0.2, bottom=0.2), "It tells too much.")
    redacted = redact_file(by=sitting.council.by("chair"), file=file, reader=dan, redacted=[part])
    assert why_never_released(redacted, dan) == ""
    writing.revise_report(by=sitting.council.by("school"), report=report)
    assert "has changed since this copy was made" in why_never_released(redacted, dan)


def test_a_copy_stays_where_its_author_takes_back_that_they_gave_the_report_in_writing(sitting):
    report, file, dan = a_copy_for_dan(sitting)
    for given, why in (
        (Shared(dan.person, TODAY, "by_phone"), "nothing in writing"),
        (Shared(dan.person, not_shared_reason="It is not safe."), "has not shared it"),
    ):
        writing.record_sharing(by=sitting.council.by("school"), report=report, shared=given)
        assert why in why_never_released(file, dan)
        with pytest.raises(WrongState, match=why):
            prepare_file(by=sitting.council.by("administrator"), file=file, reader=dan)


def test_the_writer_or_typist_of_the_report_is_not_the_second_person_of_its_copy(sitting):
    report, file, dan = a_copy_for_dan(sitting)
    worker, manager = sitting.council.by("social_worker"), sitting.council.by("team_manager")
    with setting_up():  # before the school's own teacher took it on
        Report.objects.filter(pk=report.pk).update(author_user=worker.id, entered_by=manager.id)
        Report.objects.filter(pk=report.pk).update(author_user=dan.conference.chair_id, entered_by=manager.id)
    copy = prepare_file(by=sitting.council.by("administrator"), file=file, reader=dan)
    assert writers_of(copy.document) >= {worker.id, manager.id}
    releasing.open_copy(by=worker, copy=copy)
    with pytest.raises(Invalid):
        releasing.record_check(by=worker, copy=copy)


def test_a_copy_is_not_made_of_a_version_that_was_replaced_while_it_was_drawn(sitting):
    report = shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    read_before = Report.objects.get(pk=report.pk)
    writing.revise_report(by=sitting.council.by("school"), report=report)
    with pytest.raises(WrongState, match="has changed"):
        copy_typed_report(
            by=sitting.council.by("administrator"), report=read_before, reader=sitting.invitations["rosas_father"]
        )


def test_nobody_gets_a_copy_of_a_report_that_its_author_has_not_given_them(sitting):
    report = a_report(sitting, "school", worried="Rosa is tired.")
    why = [Shared(one, not_shared_reason="Next week.") for one, _ in people_to_tell(report)]
    writing.submit_report(by=sitting.council.by("school"), report=report, sharings=why)
    with pytest.raises(WrongState, match="has not shared it"):
        copy_typed_report(
            by=sitting.council.by("administrator"), report=report, reader=sitting.invitations["rosas_father"]
        )
    assert typed_reports_to_copy() == []


def test_what_was_only_talked_through_is_not_handed_over_in_writing(sitting):
    shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    end_entries()
    assert of_family(sitting, "rosas_father").parts
    with setting_up():
        ReportSharing.objects.filter(parent=sitting.marlows.rosas_father).update(how="by_phone")
    assert "nothing in writing" in of_family(sitting, "rosas_father").left_out[0][1]


def test_the_pages_of_the_packs_open_for_those_who_may_have_them(sitting, client):
    end_entries()
    shared_with_everyone(sitting, "school", worried="Rosa is tired.")
    conference, dan = sitting.conference, sitting.invitations["rosas_father"]
    client.force_login(sitting.council.users.administrator)
    page = client.get(reverse("reports:packs", args=[conference.pk])).content.decode()
    assert reverse("reports:family_pack", args=[conference.pk, dan.pk]) in page
    assert (
        "School or nursery report"
        in client.get(reverse("reports:family_pack", args=[conference.pk, dan.pk])).content.decode()
    )
    answer = client.get(reverse("reports:family_pack_pdf", args=[conference.pk, dan.pk]))
    assert answer["Content-Type"] == "application/pdf" and "Rosa is tired." in words(answer.content)
    client.force_login(sitting.invitations["school"].user)
    assert client.get(reverse("reports:own_pack", args=[conference.pk])).status_code == 200
    assert client.get(reverse("reports:family_pack_pdf", args=[conference.pk, dan.pk])).status_code == 403
