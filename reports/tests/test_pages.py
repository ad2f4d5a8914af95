"""The pages: who may open which, what each does, and how many queries a list asks."""

import pytest
from django.urls import reverse

from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Look
from cpc.core.documents.choices import DocumentState
from families.people.models import Person
from reports.incoming.models import Contribution, Report
from reports.outgoing.actions.releasing import release
from reports.outgoing.models import Copy, Paragraph
from reports.tests.builders import (
    a_drafted_record,
    a_report,
    an_approved_record,
    approve_record,
    ask_for_reports,
    copy_for,
    looked_at,
    submit_report,
)

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "social_worker", "team_manager", "chair", "administrator", "service_manager", "system_administrator", "school",
    "gp", "other_worker", "other_manager", "other_chair",
)  # fmt: skip


def statuses(client, council, url, who=EVERYBODY, method="get"):
    found = {}
    for name in who:
        client.force_login(getattr(council.users, name, None) or getattr(council.professionals, name))
        found[name] = getattr(client, method)(url).status_code
    return found


def allowed(found, status=200):
    return {name for name, code in found.items() if code == status}


@pytest.fixture
def approved():
    return an_approved_record()


INSIDE = {"social_worker", "team_manager", "chair", "administrator", "service_manager", "other_chair"}


def test_the_record_is_opened_inside_the_authority_alone(client, approved):
    sitting, _ = approved
    found = statuses(client, sitting.council, reverse("reports:record", args=[sitting.conference.pk]))
    assert allowed(found) == INSIDE
    assert found["system_administrator"] == 403 and found["school"] == 404 and found["other_worker"] == 404


def test_copies_and_previews_are_opened_by_who_makes_and_sends_them(client, approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "mother")
    for name, pk in (("copies", sitting.conference.pk), ("copy", copy.pk), ("preview", copy.pk)):
        found = statuses(client, sitting.council, reverse(f"reports:{name}", args=[pk]))
        assert allowed(found) == INSIDE, name


def test_only_its_own_reader_and_staff_download_a_copy(client, approved):
    sitting, record = approved
    for who in ("school", "gp", "mother"):
        release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, who)))
    for who in ("school", "gp", "mother"):
        url = reverse("reports:download", args=[copy_for(sitting, record, who).pk])
        found = statuses(client, sitting.council, url)
        assert allowed(found) == INSIDE | ({who} if who != "mother" else set()), who
        assert found["other_worker"] == 404


def test_a_professional_reads_their_own_copy_under_an_opaque_name_and_that_is_recorded(client, approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "gp")
    release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    client.force_login(sitting.council.professionals.gp)
    listed = client.get(reverse("reports:mine"))
    shown = " ".join(listed.content.decode().split())
    assert listed.status_code == 200 and reverse("reports:download", args=[copy.pk]) in shown
    heading = shown.partition('cpc-card__title">')[2].partition("</h2>")[0]
    assert "record of the conference" in heading
    assert all(one.child.full_name in heading for one in copy.children.all())
    answered = client.get(reverse("reports:download", args=[copy.pk]))
    copy.refresh_from_db()
    assert answered.content == bytes(copy.document.body)
    assert "Marlow" not in answered["Content-Disposition"] and "no-store" in answered["Cache-Control"]
    assert Look.objects.filter(who_id=sitting.council.professionals.gp.pk, page="copy").count() == 2
    assert copy.document.outgoing.get(channel="portal").opened_at


def test_after_the_conference_a_professionals_page_asks_nothing_of_them(client, approved):
    sitting, _ = approved
    client.force_login(sitting.council.professionals.gp)
    answered = client.get(reverse("conferences:invitation", args=[sitting.invitations["gp"].pk]))
    shown = " ".join(answered.content.decode().split())
    assert "You were invited as" in shown and "What we ask of you" not in shown and "If you cannot attend" not in shown


def test_the_preview_is_byte_for_byte_what_is_issued(client, approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "rosas_father")
    client.force_login(sitting.council.users.administrator)
    seen = client.get(reverse("reports:preview", args=[copy.pk])).content
    looked_at(sitting, copy)
    client.post(reverse("reports:release", args=[copy.document_id]))
    copy.refresh_from_db()
    assert copy.document.state == DocumentState.RELEASED and seen == bytes(copy.document.body)


def test_a_preview_before_approval_says_that_it_is_a_draft(client):
    from cpc.core.documents.text import text_of

    sitting, record = a_drafted_record()
    client.force_login(sitting.council.users.chair)
    copy = copy_for(sitting, record, "rosas_father", "decision_letter")
    seen = text_of(client.get(reverse("reports:preview", args=[copy.pk])).content)
    assert "Draft" in seen and "Theo" not in seen


def test_the_chair_approves_edits_and_corrects_in_the_browser(client):
    sitting, record = a_drafted_record()
    client.force_login(sitting.council.users.chair)
    conference = sitting.conference
    paragraph = record.paragraphs.get(part="reason", child=sitting.marlows.rosa)
    page = client.get(reverse("reports:record", args=[conference.pk])).content.decode()
    assert "Both children were found alone" in page and "Approve the record" in page
    sent = {
        "heading": "Why", "text": "They were alone.", "about": str(sitting.marlows.rosa.pk), "audience": "everyone",
        "version": paragraph.version,
    }  # fmt: skip
    url = reverse("reports:paragraph", args=[paragraph.pk])
    assert client.post(url, sent).status_code == 302
    assert Paragraph.objects.get(pk=paragraph.pk).text == "They were alone."
    stale = client.post(url, {**sent, "text": "Mine, typed meanwhile."})
    assert stale.status_code == 409 and "Mine, typed meanwhile." in stale.content.decode()
    assert client.post(url, {**sent, "text": ""}).status_code == 200
    refused = client.post(reverse("reports:approve_record", args=[conference.pk])).content.decode()
    assert "Choose how these children are told what was decided: Rosa and Theo." in refused
    assert reverse("reports:tell_child", args=[conference.pk, sitting.marlows.theo.pk]) in refused
    for child in (sitting.marlows.rosa, sitting.marlows.theo):
        url = reverse("reports:tell_child", args=[conference.pk, child.pk])
        assert "How is the child told?" in client.get(url).content.decode()
        assert client.post(url, {"how": "not_now"}).status_code == 200
        assert client.post(url, {"how": "not_now", "because": "Too young."}).status_code == 302
    assert "Not now: Too young." in client.get(reverse("reports:record", args=[conference.pk])).content.decode()
    client.post(reverse("reports:approve_record", args=[conference.pk]))
    record.refresh_from_db()
    assert record.state == "approved"
    client.post(reverse("reports:correct", args=[conference.pk]), {"reason": "A wrong date."})
    record.refresh_from_db()
    assert record.state == "draft" and record.correction_reason == "A wrong date."


def test_the_administrator_answers_what_is_asked_and_releases_all_that_nothing_blocks(client):
    sitting, record = a_drafted_record()
    paragraph = record.paragraphs.get(part="worried", child=sitting.marlows.rosa)
    with setting_up():
        paragraph.text += " She looks after Theo."
        paragraph.save()
    approve_record(by=sitting.chair, record=record)
    client.force_login(sitting.council.users.administrator)
    conference = sitting.conference
    page = client.post(
        reverse("reports:release_clear", args=[conference.pk]), {"kind": "record"}, follow=True
    ).content.decode()
    assert "Dan Pryce must not learn" in page
    copy = copy_for(sitting, record, "rosas_father")
    page = client.get(reverse("reports:copy", args=[copy.pk])).content.decode()
    assert "To be checked" in page and "Release to this reader" not in page
    url = next(line for line in page.split('"') if line.startswith(f"/reports/leaving/{copy.document_id}/answer/"))
    client.post(url, {"reason": "He knows her brother."})
    assert "Release to this reader" not in client.get(reverse("reports:copy", args=[copy.pk])).content.decode()
    looked_at(sitting, copy)
    assert "Release to this reader" in client.get(reverse("reports:copy", args=[copy.pk])).content.decode()
    client.post(reverse("reports:release", args=[copy.document_id]))
    copy.refresh_from_db()
    assert copy.document.state == DocumentState.RELEASED


def test_the_list_of_copies_takes_the_same_number_of_queries_for_few_readers_and_many(
    client, approved, django_assert_max_num_queries
):
    sitting, record = approved
    client.force_login(sitting.council.users.administrator)
    url = reverse("reports:copies", args=[sitting.conference.pk])
    client.get(url)
    with django_assert_max_num_queries(78) as counted:
        client.get(url)
    many = len(counted)
    with setting_up():
        few = Copy.objects.filter(record=record).order_by("pk")[:2].values_list("pk", flat=True)
        for copy in Copy.objects.filter(record=record).exclude(pk__in=list(few)):
            copy.children.all().delete()
            copy.delete()
    with django_assert_max_num_queries(78) as counted:
        client.get(url)
    assert len(counted) == many


def test_an_empty_report_is_refused_before_anybody_is_asked_about_sharing(client):
    sitting = ask_for_reports(a_booked_sitting())
    invitation = sitting.invitations["school"]
    client.force_login(invitation.user)
    write = reverse("reports:write", args=[invitation.pk])
    client.post(write, {"worried": "", "version": 0, "later": "yes"})
    report = Report.objects.get()
    answer = client.get(reverse("reports:hand_in", args=[report.pk]), follow=True)
    assert (
        answer.redirect_chain[-1][0] == write and "Write the report, or upload it as a file" in answer.content.decode()
    )
    client.post(write, {"worried": "She is tired.", "version": report.version, "later": "yes"})
    assert client.get(reverse("reports:hand_in", args=[report.pk])).status_code == 200


def test_a_report_is_written_submitted_and_read_in_the_browser(client):
    sitting = ask_for_reports(a_booked_sitting())
    marlows, invitation = sitting.marlows, sitting.invitations["school"]
    client.force_login(invitation.user)
    url = reverse("reports:write", args=[invitation.pk])
    page = client.get(url).content.decode()
    assert "Rosa Marlow" in page and "Theo" not in page and "Lewis" not in page
    questions, _, confidential = page.partition("Confidential information")
    assert "(optional)" not in questions and "(optional)" in confidential
    typed = {"worried": "She is tired.", f"about_{marlows.rosa.pk}": "Bright.", "version": 0}
    assert client.post(url, {**typed, "later": "yes"}).url == url
    report = Report.objects.get()
    stale = client.post(url, {**typed, "worried": "An older page."})
    assert stale.status_code == 409 and "An older page." in stale.content.decode()
    assert client.post(url, {**typed, "version": 1}).url == reverse("reports:hand_in", args=[report.pk])
    page = client.post(reverse("reports:hand_in", args=[report.pk]), {"sent": "1"}).content.decode()
    assert "There is a problem" in page
    mother, father = f"parent_{marlows.mother.pk}", f"parent_{marlows.rosas_father.pk}"
    answers = {
        mother: "yes", f"{mother}_on": TODAY.isoformat(), f"{mother}_how": "by_hand",
        father: "no", f"{father}_reason": "On Monday.",
    }  # fmt: skip
    answered = client.post(reverse("reports:hand_in", args=[report.pk]), answers)
    assert answered.url == reverse("reports:report", args=[report.pk])
    page = client.get(answered.url).content.decode()
    assert "She is tired." in page and "Bright." in page and "On Monday." in page


def test_report_pages_are_closed_to_those_who_may_not_read_them(client):
    sitting = ask_for_reports(a_booked_sitting())
    report = submit_report(a_report(sitting, "health_visiting", worried="Theo is small."))
    found = statuses(client, sitting.council, reverse("reports:report", args=[report.pk]))
    assert allowed(found) == INSIDE | {"gp"}
    found = statuses(client, sitting.council, reverse("reports:write", args=[sitting.invitations["school"].pk]))
    assert allowed(found) == {"school", "administrator"}
    found = statuses(client, sitting.council, reverse("reports:approve", args=[report.pk]), method="post")
    assert not allowed(found, 302)


def test_a_contribution_is_typed_in_by_who_may_and_shown_on_the_conference_page(client):
    sitting = a_booked_sitting()
    with setting_up():
        Person.objects.filter(pk=sitting.marlows.rosa.pk).update(born_on=TODAY.replace(year=TODAY.year - 10))
    url, too_young = (
        reverse("reports:contribute", args=[sitting.conference.pk, child.pk])
        for child in (sitting.marlows.rosa, sitting.marlows.theo)
    )
    found = statuses(client, sitting.council, url)
    assert allowed(found) == {"social_worker", "team_manager", "administrator"}
    client.force_login(sitting.council.users.administrator)
    page = client.get(url).content.decode()
    assert "What is good in your life?" in page
    client.post(
        url, {"received_on": TODAY.isoformat(), "working_well": "My cat.", "version": 0, "audience": "everyone"}
    )
    assert Contribution.objects.get().working_well == "My cat."
    page = client.get(reverse("conferences:conference", args=[sitting.conference.pk])).content.decode()
    assert "My cat." in page and too_young not in page and client.get(too_young).status_code == 404
    other = reverse("reports:contribute", args=[sitting.conference.pk, 999_999])
    assert client.get(other).status_code == 404


def test_the_chair_records_the_talk_in_the_browser(client):
    sitting = a_booked_sitting()
    url = reverse("reports:chair_talk", args=[sitting.conference.pk])
    client.force_login(sitting.council.users.chair)
    bad = client.post(url, {"person": sitting.marlows.mother.pk, "held": "yes"})
    assert bad.status_code == 200 and "Enter the date of the conversation" in bad.content.decode()
    client.post(
        url,
        {
            "person": sitting.marlows.mother.pk,
            "held": "no",
            "not_held_reason": "She did not answer.",
            "audience": "everyone",
        },
    )
    assert sitting.conference.chair_talks.get().not_held_reason == "She did not answer."


def test_taking_out_a_paragraph_is_written_down_as_a_look(client):
    sitting, record = a_drafted_record()
    client.force_login(sitting.conference.chair)
    found = Paragraph.objects.filter(record=record).first()
    assert client.get(reverse("reports:remove_paragraph", args=[found.pk])).status_code == 200
    looks = Look.objects.filter(who_id=sitting.conference.chair_id, page="record").values_list("child_id", flat=True)
    assert {sitting.marlows.rosa.pk, sitting.marlows.theo.pk} <= set(looks)


@pytest.mark.parametrize("name", ["approve_record", "approve_letters"])
def test_the_page_to_approve_says_that_it_is_approved_and_shows_it(client, approved, name):
    sitting, _ = approved
    client.force_login(sitting.council.users.chair)
    page = reverse(f"reports:{name}", args=[sitting.conference.pk])
    for answer in (client.get(page, follow=True), client.post(page, follow=True)):
        assert answer.redirect_chain[-1][0] == reverse("reports:record", args=[sitting.conference.pk])
        assert "approved already" in answer.content.decode() and "Correct what was approved" in answer.content.decode()


def test_the_page_to_correct_what_was_approved_shows_the_draft_where_nothing_is(client):
    sitting, _ = a_drafted_record()
    client.force_login(sitting.council.users.chair)
    answer = client.get(reverse("reports:correct", args=[sitting.conference.pk]), follow=True)
    assert answer.redirect_chain and "Nothing has been approved yet" in answer.content.decode()
