"""What the family writes before a conference: every question, by age, and who reads each answer."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conferences.convening.rules.family_words import CHAIR_ALONE, age_group, questions_for
from conferences.disclosure.actions import RestrictedTextCopied
from conferences.disclosure.choices import Audience
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import Person
from families.tests.builders import a_child, a_family
from reports.incoming.actions.contributions import record_chair_talk, record_contribution, upload_scan
from reports.incoming.actions.talks import plan_talk
from reports.incoming.actions.uploads import FileUpload
from reports.incoming.forms.contributions import contribution_form
from reports.incoming.models import Contribution, ContributionScan
from reports.incoming.queries.contributions import children_to_write_about, group_of, read_whole, words_of_contribution
from reports.outgoing.deadlines import talks_to_hold, talks_to_plan
from reports.tests.builders import a_pdf, a_report, ask_for_reports

pytestmark = pytest.mark.django_db
SECRET = "I am afraid of what Lewis does when he has read the letters."


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting())


def wrote(sitting, **more) -> Contribution:
    given = {
        "by": sitting.council.by("administrator"), "conference": sitting.conference, "person": sitting.marlows.mother,
        "received_on": TODAY, "version": 0,
    }  # fmt: skip
    return record_contribution(**given | more)


def text(one, *, whole) -> str:
    return "\n".join(f"{each.label}: {each.statements[0].text}" for each in words_of_contribution(one, whole=whole))


def test_an_adult_is_asked_all_that_the_printed_form_of_the_seeds_asks():
    asked = " ".join(words for _, words in questions_for(""))
    for words in (
        "do you do well", "good things should the professionals know", "needs to change for each child to be safe",
        "difficult for you", "help or support", "How would it help", "after the conference", "could you, or others, do",
        "Who in your family", "must not read this",
    ):  # fmt: skip
        assert words in asked
    form = contribution_form("", TODAY, [Person(pk=7, first_name="Rosa")])
    assert form.base_fields["safe_7"].label == "How safe is Rosa now?" and "scale" not in form.base_fields


def test_a_child_is_asked_in_the_words_of_their_age(sitting):
    assert [age_group(years) for years in (8, 12, 13, 15, 16, 17, None)] == [
        "10-12", "10-12", "13-15", "13-15", "16-17", "16-17", "13-15",
    ]  # fmt: skip
    rosa = sitting.marlows.rosa
    assert group_of(sitting.conference, rosa) == "10-12" and group_of(sitting.conference, sitting.marlows.mother) == ""
    with setting_up():
        rosa.born_on = TODAY.replace(year=TODAY.year - 14)
        rosa.save()
    assert group_of(sitting.conference, rosa) == "13-15"
    assert {one.name: words for one, words in questions_for("13-15")}["feeling"] == "How are things at home?"


def test_an_answer_for_the_chair_alone_is_read_by_the_chair_and_who_typed_it_in_alone(sitting):
    one = wrote(sitting, worried=SECRET, support_wanted="A cot.", for_chair=["worried"])
    readers = ("chair", "administrator", "social_worker", "team_manager", "other_chair")
    whole = [name for name in readers if one.pk in read_whole(sitting.council.by(name), sitting.conference)]
    assert whole == ["chair", "administrator"]
    assert (
        SECRET in text(one, whole=True)
        and "A cot." in text(one, whole=False)
        and "afraid" not in text(one, whole=False)
    )


def test_who_must_not_read_it_and_what_must_not_be_talked_about_are_always_for_the_chair_alone(sitting):
    named = {"must_not_read": "Lewis, all of it.", "worried": "Money."}
    with pytest.raises(Invalid, match="They named somebody who must not read this") as refused:
        wrote(sitting, **named)
    assert refused.value.field == "audience"
    one = wrote(sitting, **named, audience=Audience.CHAIR)
    assert one.for_chair == ["must_not_read"] and set(CHAIR_ALONE) == {"must_not_read", "not_talk"}
    assert "Lewis" not in text(one, whole=False)


def test_the_page_of_the_conference_shows_the_social_worker_no_answer_for_the_chair_alone(sitting, client):
    wrote(sitting, worried=SECRET, support_wanted="A cot.", for_chair=["worried"])
    seen = {}
    for name in ("chair", "social_worker"):
        client.force_login(getattr(sitting.council.users, name))
        seen[name] = client.get(reverse("conferences:conference", args=[sitting.conference.pk])).content.decode()
    assert "A cot." in seen["chair"] and "A cot." in seen["social_worker"]
    assert "afraid of what Lewis" in seen["chair"] and "afraid of what Lewis" not in seen["social_worker"]


def test_words_for_the_chair_alone_cannot_be_copied_into_a_report_without_permission(sitting):
    wrote(sitting, worried=SECRET, support_wanted="A cot.", for_chair=["worried"])
    with pytest.raises(RestrictedTextCopied):
        a_report(sitting, "social_worker", worried=SECRET)
    a_report(sitting, "social_worker", worried="She would like a cot.")


def test_the_box_about_each_child_is_kept_and_may_be_for_the_chair_alone(sitting):
    mother, dan = sitting.marlows.mother, sitting.marlows.rosas_father
    assert [one.first_name for one in children_to_write_about(sitting.conference, dan)] == ["Rosa"]
    assert sitting.marlows.theo in children_to_write_about(sitting.conference, mother)
    one = wrote(sitting, about={sitting.marlows.rosa.pk: "Rosa sleeps badly."}, for_chair=["children"])
    assert "sleeps" in text(one, whole=True) and "sleeps" not in text(one, whole=False)
    with pytest.raises(Invalid, match="of this conference"):
        wrote(sitting, version=1, about={sitting.marlows.mother.pk: "Me."})


def test_an_adult_says_of_each_child_how_safe_they_are_on_the_page_as_on_paper(sitting, client):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    one = wrote(sitting, safe={rosa.pk: "3", theo.pk: "8"})
    assert [(each.label, each.statements[0].text, each.child) for each in words_of_contribution(one, whole=False)] == [
        ("How safe is Rosa now?", "3 of 10", rosa.pk),
        ("How safe is Theo now?", "8 of 10", theo.pk),
    ]
    with pytest.raises(Invalid, match="of this conference"):
        wrote(sitting, version=1, safe={sitting.marlows.mother.pk: "3"})
    wrote(sitting, version=1, safe={rosa.pk: "3", theo.pk: "8"}, for_chair=["children"], worried="Money.")
    one.refresh_from_db()
    assert "3 of 10" not in text(one, whole=False) and "3 of 10" in text(one, whole=True)
    client.force_login(sitting.council.users.administrator)
    page = client.get(reverse("reports:contribute", args=[sitting.conference.pk, sitting.marlows.mother.pk]))
    assert page.context["form"].initial[f"safe_{theo.pk}"] == "8"


def test_nobody_types_over_what_they_may_not_read(sitting, client):
    wrote(sitting, worried=SECRET, for_chair=["worried"])
    with pytest.raises(NotPermitted, match="Only the chair"):
        wrote(sitting, by=sitting.council.by("social_worker"), version=1, worried="x")
    client.force_login(sitting.council.users.social_worker)
    page = client.get(reverse("reports:contribute", args=[sitting.conference.pk, sitting.marlows.mother.pk]))
    assert page.status_code == 403 and "afraid" not in page.content.decode()


def test_the_form_that_came_back_is_typed_in_on_the_page(sitting, client):
    client.force_login(sitting.council.users.administrator)
    url = reverse("reports:contribute", args=[sitting.conference.pk, sitting.marlows.mother.pk])
    assert "Who in your family, or among your friends, can help?" in client.get(url).content.decode()
    rosa, theo = sitting.marlows.rosa.pk, sitting.marlows.theo.pk
    typed = {
        "received_on_day": str(TODAY.day), "received_on_month": str(TODAY.month), "received_on_year": str(TODAY.year),
        "version": "0", "audience": "everyone", "for_chair": ["difficulties"], "difficulties": "I drink.",
        "family_help": "My sister.", f"about_{rosa}": "She likes school.", f"safe_{rosa}": "7",
        f"safe_{theo}": "3",
    }  # fmt: skip
    assert client.post(url, typed).status_code == 302
    one = Contribution.objects.get()
    assert (one.family_help, one.for_chair) == ("My sister.", ["difficulties"])
    assert sorted(one.children.values_list("child", "said", "scale")) == [
        (rosa, "She likes school.", "7"), (theo, "", "3"),
    ]  # fmt: skip
    again = client.get(url).content.decode()
    assert "She likes school." in again and "I drink." in again
    said = text(one, whole=False)
    assert "How safe is Rosa now?: 7 of 10" in said and "How safe is Theo now?: 3 of 10" in said
    assert client.post(url, typed | {"version": "1", f"safe_{theo}": "11"}).status_code == 200


def test_a_drawing_is_seen_by_those_its_author_wants_to_see_it(sitting, client):
    given = {
        "by": sitting.council.by("administrator"), "conference": sitting.conference, "person": sitting.marlows.rosa,
        "received_on": TODAY, "called": "A drawing of the house",
    }  # fmt: skip
    with pytest.raises(Invalid, match="PDF or a picture"):
        upload_scan(**given, upload=FileUpload(b"text", "a.txt", "txt"), audience="everyone")
    scan = upload_scan(**given, upload=FileUpload(a_pdf("My house"), "a.pdf", "pdf"), audience="chair")
    readers = ("chair", "administrator", "social_worker", "school", "other_chair")
    assert [name for name in readers if can_see(sitting.council.by(name), scan)] == ["chair", "administrator"]
    client.force_login(sitting.council.users.social_worker)
    assert client.get(reverse("reports:download_scan", args=[scan.pk])).status_code == 404
    client.force_login(sitting.council.users.chair)
    answer = client.get(reverse("reports:download_scan", args=[scan.pk]))
    assert answer["Content-Disposition"].startswith("attachment") and answer.content[:5] == b"%PDF-"
    assert ContributionScan.objects.count() == 1


def test_a_letter_that_names_a_child_of_another_family_is_asked_about_before_it_is_stored(sitting, client):
    a_child(a_family(sitting.council, name="Nowak"), "Ola")
    url = reverse("reports:scan", args=[sitting.conference.pk, sitting.marlows.mother.pk])
    client.force_login(sitting.council.users.administrator)

    def send(**more):
        body = SimpleUploadedFile("letter.pdf", a_pdf("Ola Nowak has asthma."), "application/pdf")
        day = dict(
            zip(("received_on_day", "received_on_month", "received_on_year"), f"{TODAY:%d %m %Y}".split(), strict=True)
        )
        return client.post(url, {"file": body, "called": "A letter", "audience": "everyone", **day, **more})

    page = send().content.decode()
    assert "Is this about the right child?" in page and "“Ola Nowak”" in page and 'name="right_child"' in page
    assert not ContributionScan.objects.exists()
    assert send(right_child="A classmate has that name.").status_code == 302
    assert Event.objects.get(reason="A classmate has that name.").details["right_child"] == ["Ola Nowak"]


def test_two_people_who_must_not_meet_have_no_conversations_at_one_time_in_one_place(sitting):
    marlows, conference = sitting.marlows, sitting.conference
    first = conference.starts_at - timedelta(hours=3)
    plan_talk(by=sitting.chair, conference=conference, person=marlows.rosas_father, at=first)
    for at in (first, first + timedelta(minutes=45)):
        with pytest.raises(Invalid, match="must not meet is expected in the same building"):
            plan_talk(by=sitting.chair, conference=conference, person=marlows.theos_father, at=at)
    plan_talk(by=sitting.chair, conference=conference, person=marlows.mother, at=first)
    later = first + timedelta(hours=2)
    assert plan_talk(by=sitting.chair, conference=conference, person=marlows.theos_father, at=later).at == later


def test_the_chair_is_to_plan_when_they_speak_with_each_of_the_family_who_is_invited(sitting):
    conference, chair = sitting.conference, sitting.chair
    invited = [one.person for one in sitting.invitations.values() if one.person_id]
    for number, person in enumerate(invited):
        (duty,) = talks_to_plan(frozenset())
        assert duty.owners == {chair.id} and duty.due_on < conference.held_on
        at = conference.starts_at - timedelta(hours=2 * (number + 1))
        plan_talk(by=chair, conference=conference, person=person, at=at)
    assert invited and list(talks_to_plan(frozenset())) == []


def test_when_the_conference_is_moved_its_conversations_are_to_be_planned_again(sitting, client):
    conference, mother, chair = sitting.conference, sitting.marlows.mother, sitting.chair
    for one in sitting.invitations.values():
        if one.person_id and one.person_id != mother.pk:
            record_chair_talk(by=chair, conference=conference, person=one.person, not_held_reason="Ill.")
    plan_talk(by=chair, conference=conference, person=mother, at=conference.starts_at - timedelta(minutes=30))
    assert list(talks_to_plan(frozenset())) == [] and len(list(talks_to_hold(frozenset()))) == 1
    with setting_up():
        conference.starts_at += timedelta(days=1)
        conference.ends_at += timedelta(days=1)
        conference.save()
    (duty,) = talks_to_plan(frozenset())
    assert duty.owners == {chair.id} and list(talks_to_hold(frozenset())) == []
    client.force_login(sitting.council.users.chair)
    page = " ".join(client.get(duty.path).content.decode().split())
    assert "Plan again when you speak with Anna Marlow, and tell them" in page
    page = client.get(reverse("conferences:conference", args=[conference.pk])).content.decode()
    assert "must plan again" in page and "The chair will speak with them" not in page
    plan_talk(by=chair, conference=conference, person=mother, at=conference.starts_at - timedelta(minutes=30))
    assert list(talks_to_plan(frozenset())) == [] and len(list(talks_to_hold(frozenset()))) == 1


def test_a_planned_conversation_is_a_task_of_the_chair_until_it_is_recorded(sitting, client):
    conference, mother = sitting.conference, sitting.marlows.mother
    early = conference.starts_at - timedelta(minutes=30)
    with pytest.raises(NotPermitted):
        plan_talk(by=sitting.council.by("other_chair"), conference=conference, person=mother, at=early)
    with pytest.raises(Invalid, match="before the conference"):
        plan_talk(by=sitting.chair, conference=conference, person=mother, at=conference.starts_at)
    assert list(talks_to_hold(frozenset())) == []
    plan_talk(by=sitting.chair, conference=conference, person=mother, at=early, how="By phone")
    (duty,) = talks_to_hold(frozenset())
    assert "Speak with Anna Marlow at" in duty.says and duty.owners == frozenset({sitting.chair.id})
    client.force_login(sitting.council.users.chair)
    page = client.get(reverse("conferences:conference", args=[conference.pk])).content.decode()
    assert "The chair will speak with them on" in page and "By phone" in page
    assert client.get(reverse("reports:plan_talks", args=[conference.pk])).status_code == 200
    record_chair_talk(by=sitting.chair, conference=conference, person=mother, not_held_reason="She was ill.")
    assert list(talks_to_hold(frozenset())) == []
