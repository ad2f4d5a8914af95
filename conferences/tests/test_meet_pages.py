"""The pages of the live conference."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from conferences.convening.choices import ConferenceState, Outcome, Section
from conferences.convening.models import Conference
from conferences.meeting.models import LiveNote
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.gaps import closing_gaps
from conferences.plans.tests.closing import write_outline
from conferences.tests.meeting import a_booked_sitting, an_open_sitting, decide, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Look
from cpc.core.web import idempotency
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    return an_open_sitting()


@pytest.fixture
def chair(client, sitting):
    client.force_login(sitting.conference.chair)
    return client


def url(sitting, name="meet", *args):
    space = "plans" if name in ("close", "outline", "add_action") else "conferences"
    return reverse(f"{space}:{name}", args=[sitting.conference.pk, *args])


def another(sitting, make=an_open_sitting, **how):
    """A further conference of another family of the same council, three days earlier."""
    return make(TODAY - timedelta(days=3), marlows=the_marlows(sitting.council, name="Barrow"), **how)


def test_the_chair_opens_the_page_and_it_is_written_who_looked(chair, sitting):
    answer = chair.get(url(sitting))
    assert answer.status_code == 200
    text = answer.content.decode()
    for words in (
        "Why this conference is being held",
        "Danger statement",
        "the child is in danger",
        "Rosa Marlow",
        "Only about Theo",
        "Anna Marlow’s views",
        "No decision yet",
        "Reading pack",
        reverse("reports:packs", args=[sitting.conference.pk]),
    ):
        assert words in text
    assert "vote" not in text.lower()
    assert set(Look.objects.values_list("child_id", flat=True)) >= {row.child_id for row in sitting.children}


def test_what_is_only_about_one_child_names_its_column(chair, sitting):
    page = chair.get(url(sitting)).content.decode()
    said = [
        " ".join(strip_tags(one).split()) for one in re.findall(r"<summary class=\"meet-each.*?</summary>", page, re.S)
    ]
    assert sum(one.startswith("Only about Rosa") for one in said) == 3
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("page", ["meet_attendance", "meet_quorum", "meet_newcomer", "meet_details", "meet_decide"])
def test_each_page_of_the_live_conference_is_written_down_as_a_look(chair, sitting, page):
    assert chair.get(url(sitting, page)).status_code == 200
    looks = Look.objects.filter(who_id=sitting.conference.chair_id).values_list("child_id", flat=True)
    assert {sitting.marlows.rosa.pk, sitting.marlows.theo.pk} <= set(looks)


def test_nobody_reads_out_where_an_unborn_baby_lives(chair, sitting):
    text = " ".join(chair.get(url(sitting, "meet_details")).content.decode().split())
    baby = text.partition("Unborn Marlow")[2].partition("</dd>")[0]
    assert "Birth expected" in baby and "household" not in baby and "Lives in the household" in text


@pytest.mark.parametrize("name", ["other_chair", "social_worker", "team_manager", "service_manager", "school"])
def test_nobody_else_reads_it_while_it_is_written(client, sitting, name):
    council = sitting.council
    client.force_login(getattr(council.users, name, None) or getattr(council.professionals, name))
    assert client.get(url(sitting)).status_code == 403


def test_the_administrator_reads_it_but_not_what_is_for_the_chair_alone(client, chair, sitting):
    for section, audience, text in ((Section.REASON, "chair", "Only for me"), (Section.WORRIED, "everyone", "Bruises")):
        chair.post(url(sitting, "meet_note"), {"key": f"{section}-0-0", f"note-{section}-0-0": text,
                                               f"audience-{section}-0-0": audience})  # fmt: skip
    client.force_login(sitting.council.users.administrator)
    text = client.get(url(sitting)).content.decode()
    assert "Bruises" in text and "Only for me" not in text
    assert "<textarea" not in text
    assert client.post(url(sitting, "meet_note"), {"key": "worried-0-0", "note-worried-0-0": "x"}).status_code == 403


def test_the_page_makes_as_many_queries_for_one_child_as_for_three(client):
    counts = []
    first = an_open_sitting(children=("rosa",))
    for each in (first, another(first)):
        mark(each)
        decide(each)
        write_outline(each)
        client.force_login(each.conference.chair)
        client.get(url(each))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(each)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_saving_without_javascript_keeps_every_note(chair, sitting):
    rosa = sitting.marlows.rosa.pk
    answer = chair.post(
        url(sitting),
        {
            "note-reason-0-0": "A referral from school", "audience-reason-0-0": "everyone", "version-reason-0-0": "0",
            f"note-worried-{rosa}-0": "Rosa is tired", f"audience-worried-{rosa}-0": "professionals",
            "note-working_well-0-0": "", "audience-working_well-0-0": "everyone",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    saved = {(note.section, note.child_id): (note.text, note.audience) for note in LiveNote.objects.all()}
    assert saved == {
        ("reason", None): ("A referral from school", "everyone"),
        ("worried", rosa): ("Rosa is tired", "professionals"),
    }


def autosave(client, sitting, text, version, key="worried-0-0"):
    return client.post(
        url(sitting, "meet_note"),
        {"key": key, f"note-{key}": text, f"audience-{key}": "everyone", f"version-{key}": version},
    )


def test_two_screens_in_one_place_both_keep_their_words(chair, sitting):
    assert autosave(chair, sitting, "Bruises", 0).json()["version"] == 1
    second = autosave(chair, sitting, "Hunger", 0)
    assert second.status_code == 409
    said = second.json()
    assert said["theirs"] == "Bruises" and said["version"] == 1 and "Which text should be kept?" in said["html"]
    assert autosave(chair, sitting, "Bruises\n\nHunger", 1).json()["version"] == 2
    assert LiveNote.objects.get().text == "Bruises\n\nHunger"


def test_a_note_that_is_too_long_is_answered_in_a_sentence_and_nothing_typed_is_lost(chair, sitting):
    long = "x" * 20_001
    assert 'maxlength="' not in chair.get(url(sitting)).content.decode().partition('id="notes"')[2]
    answer = autosave(chair, sitting, long, 0)
    assert answer.status_code == 422 and "20,000 characters long; this one has 20,001" in answer.json()["sentence"]
    typed = {"note-worried-0-0": long, "note-reason-0-0": "Hunger", "audience-reason-0-0": "everyone"}
    answer = chair.post(url(sitting), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nothing is saved. A note can be 20,000" in page
    assert long in page and "Hunger" in page and not LiveNote.objects.exists()


def test_two_screens_without_javascript_are_side_by_side_and_can_be_put_together(chair, sitting):
    autosave(chair, sitting, "Bruises", 0)
    posted = {"note-worried-0-0": "Hunger", "audience-worried-0-0": "everyone", "version-worried-0-0": "0"}
    answer = chair.post(url(sitting), posted)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bruises" in text and "Hunger" in text and 'name="version-worried-0-0" value="1"' in text
    answer = chair.post(url(sitting), posted | {"version-worried-0-0": "1", "keep-worried-0-0": "both"})
    assert answer.status_code == 302
    assert LiveNote.objects.get().text == "Bruises\n\nHunger"


def test_a_field_that_nobody_touched_never_overwrites_a_newer_text(chair, sitting):
    from conferences.meeting.forms.notes import digest

    autosave(chair, sitting, "Bruises", 0)
    shown = {"note-worried-0-0": "", "audience-worried-0-0": "everyone", "version-worried-0-0": "0",
             "was-worried-0-0": digest("", "everyone"), "note-reason-0-0": "School"}  # fmt: skip
    assert chair.post(url(sitting), shown).status_code == 302
    assert LiveNote.objects.get(section="worried").text == "Bruises"


@pytest.mark.parametrize("key", ["worried-999999-0", "confidential-0-0x", "", "plan_progress-0-0"])
def test_a_place_that_the_page_does_not_have_is_refused(chair, sitting, key):
    assert autosave(chair, sitting, "x", 0, key=key).status_code == 409
    assert not LiveNote.objects.exists()


def test_who_is_here_in_one_form(chair, sitting):
    people = sitting.invitations
    data = {f"mark_{people['mother'].pk}": "present", f"came_{people['mother'].pk}": "10.15",
            f"mark_{people['theos_father'].pk}": "excluded", f"note_{people['theos_father'].pk}": "Bail condition",
            "rest_here": "yes"}  # fmt: skip
    answer = chair.post(url(sitting, "meet_attendance"), data)
    assert answer.status_code == 302 and answer.url == url(sitting, "meet_quorum")
    marked = {name: each for name, each in people.items() if each.refresh_from_db() is None}
    assert marked["theos_father"].attendance == "excluded"
    assert marked["police"].attendance == "present"
    assert marked["mother"].came_at.hour == 10


def test_an_excluded_person_needs_a_reason_and_what_was_marked_stays(chair, sitting):
    father = sitting.invitations["theos_father"].pk
    answer = chair.post(url(sitting, "meet_attendance"), {f"mark_{father}": "excluded", f"came_{father}": "late-ish"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "must be a time" in text and "late-ish" in text
    answer = chair.post(url(sitting, "meet_attendance"), {f"mark_{father}": "excluded"})
    assert "Say why Lewis Hart is excluded" in answer.content.decode()


def test_the_agencies_asked_about_a_child_are_those_that_know_the_child(chair, sitting):
    text = chair.get(url(sitting, "meet_child", sitting.rows["theo"].pk)).content.decode()
    assert "Northside health visiting" in text
    assert "Alder Lane Primary School" not in text and "Community midwives" not in text


def test_a_child_who_is_not_part_of_this_conference_has_no_page(chair, sitting):
    other = another(sitting)
    assert chair.get(url(sitting, "meet_child", other.rows["rosa"].pk)).status_code == 404
    assert chair.get(url(sitting, "meet_child", 999999)).status_code == 404


def test_the_decision_form_shows_every_outcome_and_asks_for_what_each_needs(chair, sitting):
    page = url(sitting, "meet_decide")
    text = chair.get(page).content.decode()
    for outcome in Outcome:
        assert outcome.label.replace("’", "’") in text
    rows = [row.pk for row in sitting.children]
    answer = chair.post(page, {"children": rows, "outcome": "not_decided", "reasons": "Too few"})
    text = answer.content.decode()
    for sentence in ("Select why no decision was made", "Write the interim plan", "Enter the date on which"):
        assert sentence in text
    answer = chair.post(page, {"children": rows, "outcome": "protection_plan", "category": "NEG", "reasons": "Neglect"})
    assert answer.status_code == 302
    assert sitting.conference.children.filter(decision__category="NEG").count() == 3


def test_a_conference_is_closed_through_its_pages(chair, sitting):
    mark(sitting)
    text = chair.get(url(sitting, "close")).content.decode()
    assert "The conference cannot be closed yet" in text and "No decision has been recorded for Rosa Marlow." in text
    chair.post(url(sitting, "meet_quorum"), {"answer": "quorate"})
    chair.post(url(sitting, "meet_decide"), {"children": [row.pk for row in sitting.children],
               "outcome": "protection_plan", "category": "NEG", "reasons": "Neglect"})  # fmt: skip
    children = [row.child_id for row in sitting.children]
    chair.post(url(sitting, "add_action"), {"outcome": "Fed", "action": "Breakfast club", "who": "Anna Marlow",
               "due_on": "2026-12-04", "measure": "Four days of five", "children": children,
               "audience": "everyone"})  # fmt: skip
    assert "Close the conference" in chair.get(url(sitting, "close")).content.decode()
    texts = {
        "trigger": "Two missed visits", "visits": "Every ten working days", "family_meeting": "Offered",
        "will_be_told": "The GP",
    }  # fmt: skip
    reasons = {f"gap_{gap.key}": "Not had on the day" for gap in closing_gaps(sitting.conference)}
    refused = chair.post(url(sitting, "close"), texts).content.decode()
    assert "Record it, or give a reason: What must change for each child" in refused
    assert "Give one reason for everything that is not recorded, or one for each line" in refused
    assert refused.count("The threshold in words is missing for Rosa.") == 1
    answer = chair.post(url(sitting, "close"), {
        **texts, **reasons,
        "lead_social_worker": sitting.council.users.social_worker.pk, "aim": "Safe", "contingency": "Legal advice",
        "members": [sitting.invitations["mother"].pk], "core_group_on": "2026-11-27", "core_group_time": "2pm",
        "core_group_place": "School"})  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert ProtectionPlan.objects.count() == 3
    assert Conference.objects.get(pk=sitting.conference.pk).state == ConferenceState.HELD
    page = chair.get(answer.url).content.decode()
    assert "Breakfast club" in page and "How this date is worked out" in page


def test_a_booked_conference_is_opened_on_its_day_or_with_a_reason(client):
    sitting = a_booked_sitting(TODAY - timedelta(days=1))
    client.force_login(sitting.conference.chair)
    page = client.get(url(sitting, "meet"), follow=True)
    assert page.redirect_chain[-1][0] == url(sitting, "meet_open")
    assert "The conference is not booked for today" in page.content.decode()
    assert "Select the day on which it is held" in client.post(url(sitting, "meet_open"), {"x": ""}).content.decode()
    answer = client.post(url(sitting, "meet_open"), {"held": "written_up"})
    assert answer.status_code == 302
    assert Conference.objects.get(pk=sitting.conference.pk).state == ConferenceState.OPEN


def test_what_was_typed_after_the_session_ended_is_on_the_page_again(chair, sitting):
    token = idempotency.token(sitting.conference.chair)
    chair.logout()
    typed = {"note-worried-0-0": "Bruises", "version-worried-0-0": "0", idempotency.FIELD: token}
    answer = chair.post(url(sitting), typed, headers={"referer": f"http://testserver{url(sitting)}"})
    assert "kept=yes" in answer.url
    chair.force_login(sitting.conference.chair)
    assert "Bruises" in chair.get(url(sitting)).content.decode()
    assert not LiveNote.objects.exists()


def test_a_service_without_danger_statement_and_scale_is_shown_neither(chair, sitting, settings):
    settings.CPC_PRESET = "bexley"
    text = chair.get(url(sitting)).content.decode()
    assert "Danger statement" not in text and "the child is in danger" not in text
    page = chair.get(url(sitting, "meet_child", sitting.rows["rosa"].pk)).content.decode()
    assert "On the scale" not in page


def test_a_conference_opened_by_mistake_is_put_back_on_a_page_and_the_page_to_open_asks_about_invitations(
    chair, sitting
):
    assert url(sitting, "meet_put_back") in chair.get(url(sitting)).content.decode()
    assert "Enter why it is put back" in chair.post(url(sitting, "meet_put_back"), {"reason": ""}).content.decode()
    answer = chair.post(url(sitting, "meet_put_back"), {"reason": "It is tomorrow."}, follow=True).content.decode()
    assert "The conference is booked again" in answer
    assert "nobody was sent an invitation" not in chair.get(url(sitting, "meet_open")).content.decode()
    with setting_up():
        sitting.conference.invitations.update(sent_at=None, sent_by=None)
    assert "nobody was sent an invitation" in chair.get(url(sitting, "meet_open")).content.decode()
    chair.post(url(sitting, "meet_open"), {"uninvited": "They came with the police."})
    assert Conference.objects.get(pk=sitting.conference.pk).state == ConferenceState.OPEN


def test_somebody_who_is_here_uninvited_is_added_through_the_page(chair, sitting):
    page = url(sitting, "meet_newcomer")
    assert "Enter the name of the person" in chair.post(page, {"name": ""}).content.decode()
    rosa = sitting.marlows.rosa.pk
    answer = chair.post(page, {"name": "Ola Reed", "role": "school_nurse", "children": [rosa]})
    assert answer.status_code == 302
    assert "Ola Reed" in chair.get(answer.url).content.decode()
