"""Structured reports: a form for each agency, marks, new versions, quality checks, and what is done to get them."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import ConferenceKind, InviteeRole
from conferences.meeting.actions.attendance import open_conference
from conferences.plans.choices import PlanState
from conferences.plans.models import PlanAction, ProtectionPlan
from conferences.tests.meeting import a_booked_sitting, at
from cpc.core.accounts.permissions import can_see, seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.protected import protect_person
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from reports.incoming.actions import writing
from reports.incoming.actions.quality import check_quality
from reports.incoming.actions.requests import record_step
from reports.incoming.actions.writing import OutcomeAnswer, Shared
from reports.incoming.choices import ReportKind, ReportState, Step
from reports.incoming.forms.quality import quality_form
from reports.incoming.models import Report, ReportSharing
from reports.incoming.queries.arrived import answered_without_report
from reports.incoming.queries.outcomes import outcomes_to_answer
from reports.incoming.queries.quality import quality_counts
from reports.incoming.queries.requested import kind_for, people_to_tell, requested_reports
from reports.incoming.queries.words import words_of
from reports.incoming.rules.marks import statements, told_by_nobody
from reports.incoming.rules.quality import QUALITY
from reports.incoming.rules.requests import status_of
from reports.incoming.rules.sections import questions_of
from reports.incoming.rules.shared_texts import may_tell_of_others
from reports.outgoing.queries.report_previews import report_previews, text_of_words
from reports.outgoing.templatetags.report_panels import told_in_substance_panel
from reports.tests.builders import a_report, ask_for_reports, submit_report

pytestmark = pytest.mark.django_db
ALL_MET = dict.fromkeys(QUALITY, True)


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting())


def test_each_agency_writes_the_form_of_its_kind(sitting):
    kinds = {name: kind_for(one) for name, one in sitting.invitations.items() if one.user_id}
    assert kinds["social_worker"] == ReportKind.SOCIAL_WORK and kinds["school"] == ReportKind.SCHOOL
    assert kinds["gp"] == ReportKind.GP and kinds["police"] == ReportKind.POLICE
    assert kinds["health_visiting"] == ReportKind.HEALTH_VISITOR and kinds["midwifery"] == ReportKind.MIDWIFE
    gp = sitting.invitations["gp"]
    gp.role = InviteeRole.OTHER
    for agency, kind in (("probation", "probation"), ("mental_health", "adult_services"), ("housing", "agency")):
        gp.agency.kind = agency
        assert kind_for(gp) == kind


def test_a_statement_is_marked_seen_told_alleged_or_found():
    found = statements("Seen: a bruise.\nTold by Anna Marlow: he fell.\nNo mark.\nNor here.\nFound in a drawer: a key.")
    assert [(one.label, one.text) for one in found] == [
        ("Seen", "a bruise."), ("Told by Anna Marlow", "he fell."),
        ("", "No mark.\nNor here.\nFound in a drawer: a key."),
    ]  # fmt: skip
    assert told_by_nobody("Told by: he fell.") and not told_by_nobody("Told by Anna: he fell.")


def test_a_report_that_does_not_say_who_told_it_is_not_submitted(sitting):
    report = a_report(sitting, "school", worried="Told by: she was left alone.")
    with pytest.raises(Invalid, match="Say who told you"):
        submit_report(report)
    assert Report.objects.get().state == ReportState.DRAFT


def a_review(sitting, *actions):
    conference = sitting.conference
    with setting_up():
        conference.kind = ConferenceKind.REVIEW
        conference.save()
        for child in (sitting.marlows.rosa, sitting.marlows.theo):
            ProtectionPlan.objects.create(
                child=child, family=conference.family, initial_category="NEG", category="NEG",
                started_on=TODAY - timedelta(days=80), first_core_group_due_on=TODAY, review_due_on=TODAY,
                state=PlanState.OPEN,
            )  # fmt: skip
        for outcome, audience, children in actions:
            action = PlanAction.objects.create(
                family=conference.family, conference=conference, outcome=outcome, action="x", audience=audience
            )
            for child in children:
                action.children.create(child=child)
    sitting.invitations["school"].conference = conference
    return sitting


def test_a_report_to_a_review_answers_each_outcome_that_its_readers_may_know_of(sitting):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    a_review(
        sitting, ("Rosa is at school each day", "everyone", [rosa]), ("Theo is warm", "everyone", [theo]),
        ("The father is watched", "professionals", [rosa]),
    )  # fmt: skip
    school = sitting.invitations["school"]
    assert outcomes_to_answer(school) == ["Rosa is at school each day"]
    writing.save_report(
        by=sitting.council.by("school"), invitation=school, version=0, sections={}, about={},
        outcomes={"Rosa is at school each day": OutcomeAnswer("partly", "Four days of five.")},
    )  # fmt: skip
    answer = Report.objects.get().outcomes.get()
    assert (answer.outcome, answer.progress, answer.said) == (
        "Rosa is at school each day", "partly", "Four days of five."
    )  # fmt: skip
    with pytest.raises(Invalid, match="plan was changed"):
        writing.save_report(
            by=sitting.council.by("school"), invitation=school, version=1, sections={}, about={},
            outcomes={"The father is watched": OutcomeAnswer("partly", "He is.")},
        )  # fmt: skip


def test_an_outcome_for_more_children_is_asked_about_unless_it_names_somebody_else(sitting):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    father = sitting.marlows.theos_father.first_name
    a_review(
        sitting, ("Both children sleep in beds of their own", "everyone", [rosa, theo]),
        ("The home is warm", "everyone", []), ("Rosa and Theo eat breakfast", "everyone", [rosa, theo]),
        (f"{father} does not come to the door", "everyone", []), ("Anna has a friend to ring", "everyone", []),
        ("Theo’s asthma is treated", "everyone", [rosa, theo]), ("THEODORE is at nursery", "everyone", []),
        ("Her brother does not hit her", "everyone", [rosa, theo]), ("T. goes to nursery", "everyone", []),
        ("Rosa’s brother does not hit her", "everyone", [rosa]),
    )  # fmt: skip
    assert outcomes_to_answer(sitting.invitations["school"]) == [
        "Both children sleep in beds of their own", "The home is warm", "Anna has a friend to ring",
        "Rosa’s brother does not hit her",
    ]  # fmt: skip


def test_a_first_name_that_two_share_may_mean_the_other_and_a_shared_surname_tells_nothing(sitting):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    with setting_up():
        theo.first_name = sitting.marlows.rosas_father.first_name
        theo.save()
    a_review(
        sitting, (f"{theo.first_name} is at nursery", "everyone", [rosa, theo]),
        (f"The {theo.last_name} family eats together", "everyone", [rosa, theo]),
    )  # fmt: skip
    assert outcomes_to_answer(sitting.invitations["school"]) == [f"The {theo.last_name} family eats together"]


def test_a_reader_gets_no_answer_about_an_outcome_for_other_children_alone(sitting):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    report = a_report(sitting, "gp", worried="Both cough.", about={rosa.pk: "Asthma.", theo.pk: "Eczema."})
    outcomes = {"Sleeps in a dry bed": [theo], "Is at school": [rosa], "Both are fed": [rosa, theo], "It is warm": []}
    outcomes |= {"Her brother does not hit her": [rosa, theo], "T. goes to nursery": []}
    a_review(sitting, *((outcome, "everyone", children) for outcome, children in outcomes.items()))
    with setting_up():
        for outcome in (*outcomes, "As the plan said before"):
            report.outcomes.create(outcome=outcome, said="It is so.")

    def read(children):
        said = [one.label for one in words_of(report, children)]
        return [one.removeprefix("Outcome of the plan: ") for one in said if one.startswith("Outcome")]

    assert read(frozenset({rosa.pk})) == ["Is at school", "Both are fed", "It is warm"]
    assert read(frozenset({rosa.pk, theo.pk})) == read(None) == [*outcomes, "As the plan said before"]


@pytest.mark.parametrize(
    "text",
    ["Her half-brother is seen", "Both siblings eat", "The twins sleep", "The BABY gains weight",
     "Her stepsister’s bed", "The younger boy is at nursery", "The other child is safe",
     "T goes to nursery", "a bed for t.", "T’s bed",
     "The unborn child is well", "Theo sleeps", "Teddy sleeps",
     "She is to ring the school", "his bed is dry", "– Her teeth are seen", "Him at nursery each day"],
)  # fmt: skip
def test_a_text_for_several_children_may_mean_another_without_their_name(text):
    assert may_tell_of_others(text, protect_person("Theo", "Marlow"), ["Marlow"])


@pytest.mark.parametrize(
    "text",
    [
        "Both children are fed",
        "A warm home",
        "The Marlow family eats",
        "T-shirts are clean",
        "GP sees them",
        "",
        "Anna keeps her appointments",
        "Dan says when he will come",
        "Hero's food is out of reach",
        "The school rings him",
    ],
)
def test_a_text_for_several_children_that_means_nobody_else_is_for_each_of_them(text):
    assert not may_tell_of_others(
        text, [*protect_person("Theo", "Marlow"), *protect_person("Ada", "Marlow")], ["Marlow"]
    )


def test_an_initial_conference_asks_about_no_outcome(sitting):
    assert outcomes_to_answer(sitting.invitations["school"]) == []


def test_a_page_that_saves_itself_is_told_the_version_and_nothing_is_submitted(sitting, client):
    school = sitting.invitations["school"]
    client.force_login(school.user)
    url = reverse("reports:write", args=[school.pk])
    typed = {"version": "0", "worried": "Half a sentence"}
    answer = client.post(url, typed, headers={"X-Autosave": "1"})
    assert answer.status_code == 200 and json.loads(answer.content) == {"version": 1}
    assert (Report.objects.get().worried, Report.objects.get().state) == ("Half a sentence", ReportState.DRAFT)
    assert "Half a sentence" in client.get(url).content.decode()
    refused = client.post(url, typed, headers={"X-Autosave": "1"})
    assert refused.status_code == 409 and Report.objects.get().version == 1
    wrong = client.post(url, typed | {"version": "1", "worried": "x" * 30_000}, headers={"X-Autosave": "1"})
    assert wrong.status_code == 422 and "20,000" in json.loads(wrong.content)["sentence"].replace("20000", "20,000")


def test_a_parent_would_read_of_their_own_children_alone_and_nothing_confidential(sitting):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    report = a_report(
        sitting, "gp", worried="Both cough.", about={rosa.pk: "Rosa has asthma.", theo.pk: "Theo has eczema."}
    )
    previews = {one.person.pk: one for one in report_previews(sitting.council.by("gp"), report)}
    dan = text_of_words(previews[sitting.marlows.rosas_father.pk].words)
    assert "Both cough." in dan and "asthma" in dan and "eczema" not in dan and "Theo" not in dan
    mother = text_of_words(previews[sitting.marlows.mother.pk].words)
    assert "asthma" in mother and "eczema" in mother


def test_staff_are_told_what_the_release_check_finds_and_the_author_from_outside_is_not(sitting):
    report = a_report(sitting, "school", worried="Theo Marlow came to fetch her.")
    dan = sitting.marlows.rosas_father.pk
    staff = next(one for one in report_previews(sitting.council.by("social_worker"), report) if one.person.pk == dan)
    author = next(one for one in report_previews(sitting.council.by("school"), report) if one.person.pk == dan)
    assert any("Theo" in line for line in staff.findings) and author.findings == ()


def test_what_is_withheld_is_read_once_for_all_who_would_read_the_report(sitting, django_assert_max_num_queries):
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    report = a_report(sitting, "gp", worried="Theo Marlow and Rosa Marlow cough.", about={rosa.pk: "x", theo.pk: "y"})
    by = sitting.council.by("social_worker")
    with django_assert_max_num_queries(140):  # 132; 212 when it was read for each of the three
        found = report_previews(by, report)
    assert sum(bool(one.words) for one in found) > 2, [one.who for one in found]
    assert all(one.findings for one in found if one.words and one.person != sitting.marlows.mother)


def test_the_preview_page_and_the_blank_form_open_for_the_author_and_nobody_else(sitting, client):
    report, school = a_report(sitting, "school", worried="She is tired."), sitting.invitations["school"]
    client.force_login(school.user)
    page = client.get(reverse("reports:preview_report", args=[report.pk])).content.decode()
    assert "What the family would read" in page and "She is tired." in page
    blank = client.get(reverse("reports:blank", args=[school.pk]))
    assert blank["Content-Type"] == "application/pdf" and blank.content[:5] == b"%PDF-"
    client.force_login(sitting.invitations["gp"].user)
    assert client.get(reverse("reports:preview_report", args=[report.pk])).status_code == 404
    assert client.get(reverse("reports:blank", args=[school.pk])).status_code == 404


def test_a_new_version_replaces_the_old_one_which_is_kept_and_is_shared_again(sitting):
    report = submit_report(a_report(sitting, "school", worried="The first."))
    writing.revise_report(by=sitting.council.by("school"), report=report)
    a_report(sitting, "school", worried="The second.", version=1)
    report = submit_report(Report.objects.get())
    assert report.number == 2
    assert [(one.number, one.words) for one in report.versions.all()] == [(2, "The second."), (1, "The first.")]
    assert {one.number for one in ReportSharing.objects.all()} == {2}


def test_what_was_taken_out_of_a_report_is_read_by_its_author_and_the_chair_alone(sitting, client):
    report = submit_report(a_report(sitting, "school", worried="She lives in Weir Road."))
    writing.revise_report(by=sitting.council.by("school"), report=report)
    a_report(sitting, "school", worried="She is well.", version=1)
    report = submit_report(Report.objects.get())
    page = reverse("reports:report", args=[report.pk])
    for name, reads in (("school", True), ("chair", True), ("gp", False), ("social_worker", False)):
        client.force_login(getattr(sitting.council.users, name, None) or getattr(sitting.council.professionals, name))
        answer = client.get(page).content.decode()
        assert "She is well." in answer and ("Weir Road" in answer) is reads, name


def test_another_professional_does_not_read_what_each_parent_would_not_read(sitting, client):
    report = submit_report(a_report(sitting, "school", worried="Both cough."))
    client.force_login(sitting.council.professionals.gp)
    assert client.get(reverse("reports:report", args=[report.pk])).status_code == 200
    assert client.get(reverse("reports:preview_report", args=[report.pk])).status_code == 404


def test_the_chair_returns_a_report_with_a_reason_and_the_answers_are_counted(sitting):
    report = submit_report(a_report(sitting, "school"))
    for name in ("administrator", "social_worker", "other_chair", "school"):
        with pytest.raises(NotPermitted):
            check_quality(by=sitting.council.by(name), report=report, number=1, answers=ALL_MET)
    with pytest.raises(Invalid, match="all ten"):
        check_quality(by=sitting.chair, report=report, number=1, answers={"plain": True})
    answers = ALL_MET | {"child_heard": False}
    check_quality(by=sitting.chair, report=report, number=1, answers=answers, return_reason="What did Rosa say?")
    report.refresh_from_db()
    assert report.state == ReportState.RETURNED and report.return_reason == "What did Rosa say?"
    (count,) = quality_counts(TODAY.replace(month=1), TODAY + timedelta(days=400))
    met = dict(zip(QUALITY, count.met, strict=True))
    assert (count.kind, count.checked, count.returned) == ("School or nursery report", 1, 1)
    assert met["child_heard"] == 0 and met["plain"] == 1
    with pytest.raises(WrongState):
        check_quality(by=sitting.chair, report=report, number=1, answers=ALL_MET)


def test_a_report_is_chased_requested_again_or_comes_orally_or_not_at_all(sitting):
    by, school = sitting.council.by("administrator"), sitting.invitations["school"]

    def state():
        return next(row.state for row in requested_reports(by, sitting.conference) if row.invitation.pk == school.pk)

    assert state() == "Late"
    with setting_up():
        school.report_due_on = TODAY
        school.save()
    assert state() == "Not started"
    record_step(by=by, invitation=school, step=Step.CHASED, on=TODAY)
    assert state() == "Chased"
    with pytest.raises(Invalid, match="new date"):
        record_step(by=by, invitation=school, step=Step.AGAIN, on=TODAY)
    record_step(by=by, invitation=school, step=Step.AGAIN, on=TODAY, due_on=TODAY + timedelta(days=3))
    school.refresh_from_db()
    assert school.report_due_on == TODAY + timedelta(days=3)
    with pytest.raises(Invalid, match="why no report"):
        record_step(by=by, invitation=school, step=Step.NOT_GIVEN, on=TODAY)
    assert school.pk not in set(answered_without_report().values_list("invitation", flat=True))
    record_step(by=by, invitation=school, step=Step.NOT_GIVEN, on=TODAY, note="They closed.")
    assert state() == "Not given" and school.pk in set(answered_without_report().values_list("invitation", flat=True))
    submit_report(a_report(sitting, "school"))
    assert state() == "Submitted"
    with pytest.raises(WrongState, match="has been received"):
        record_step(by=by, invitation=school, step=Step.CHASED, on=TODAY)
    with pytest.raises(NotPermitted):
        record_step(by=sitting.council.by("school"), invitation=school, step=Step.CHASED, on=TODAY)


def test_a_report_that_came_after_its_day_is_late_and_stays_so():
    day = TODAY
    assert status_of("", day, day + timedelta(days=1), None, False) == "late"
    assert status_of("", day, day, None, False) == ""
    assert status_of("", day, day + timedelta(days=9), day + timedelta(days=1), False) == "received_late"
    assert status_of("", day, day + timedelta(days=9), day, True) == "as_file"
    assert status_of("orally", day, day + timedelta(days=9), None, False) == "orally"


READERS = ("chair", "other_chair", "police", "administrator", "social_worker", "team_manager", "gp", "school")


def test_what_the_police_write_is_for_the_chair_alone_where_they_tell_it_by_word_of_mouth(sitting, client):
    report = a_report(sitting, "police", worried="A kestrel was seen.")
    writing.submit_report(by=sitting.council.by("police"), report=report, sharings=[])
    assert [name for name in READERS if can_see(sitting.council.by(name), report)] == ["chair", "police"]
    assert seen_by(sitting.council.by("administrator"), Report).count() == 0
    client.force_login(sitting.council.users.administrator)
    page = client.get(reverse("reports:write", args=[sitting.invitations["police"].pk]))
    assert page.status_code == 403 and "kestrel" not in page.content.decode()


def test_what_the_police_let_the_family_be_told_is_before_the_chair_who_decides_and_nobody_else(sitting, client):
    report = a_report(sitting, "police", told_in_substance="The family may hear of two calls in May.")
    writing.submit_report(by=sitting.council.by("police"), report=report, sharings=[])
    open_conference(by=sitting.chair, conference=sitting.conference, at=at(TODAY))
    page = reverse("conferences:meet_decide", args=[sitting.conference.pk])
    client.force_login(sitting.conference.chair)
    said = client.get(page).content.decode()
    assert "The family may hear of two calls in May." in said and "tell them in substance" in said
    shown = [
        name for name in READERS if told_in_substance_panel(sitting.conference, sitting.council.by(name))["reports"]
    ]
    assert shown == ["chair", "police"]


def test_what_the_police_write_where_they_give_a_report_is_read_by_those_who_see_the_conference(sitting, settings):
    settings.CPC_PRESET = "bexley"
    report = submit_report(a_report(sitting, "police", worried="A kestrel was seen."))
    seen = [name for name in READERS if can_see(sitting.council.by(name), report)]
    assert seen == ["chair", "other_chair", "police", "administrator", "social_worker", "team_manager"]


def test_an_older_child_is_told_of_the_report_too_or_it_says_why_not(sitting):
    with setting_up():
        sitting.marlows.rosa.born_on = TODAY.replace(year=TODAY.year - 12)
        sitting.marlows.rosa.save()
    report = a_report(sitting, "school")
    people = [person for person, _ in people_to_tell(report)]
    assert sitting.marlows.rosa in people and sitting.marlows.theo not in people
    others = [Shared(one, TODAY, "by_hand") for one in people if one != sitting.marlows.rosa]
    with pytest.raises(Invalid, match="Rosa Marlow"):
        writing.submit_report(by=sitting.council.by("school"), report=report, sharings=others)
    report.refresh_from_db()
    told = Shared(sitting.marlows.rosa, TODAY, "in_own_words", by="Ms Okafor")
    writing.submit_report(by=sitting.council.by("school"), report=report, sharings=[*others, told])
    assert ReportSharing.objects.get(parent=sitting.marlows.rosa).shared_by == "Ms Okafor"
    assert {one.shared_by for one in ReportSharing.objects.exclude(parent=sitting.marlows.rosa)} == {report.author}


@pytest.mark.parametrize(("names", "said"), [(["Rosa"], "Rosa"), (["Rosa", "Theo"], "each child")])
def test_the_report_and_its_check_say_the_name_of_an_only_child(names, said):
    assert questions_of(ReportKind.SCHOOL, names)["recommendation"].hint.startswith(f"Whether {said} needs")
    assert quality_form(names)().fields["analysed"].label == f"Does it say what the facts mean for {said}?"
