"""Late entries: the true date, who entered it, and the dates calculated from it."""

from datetime import date

import pytest

from conferences.plans.actions.earlier import changes_by_removal, enter_earlier, remove_earlier
from conferences.plans.choices import EarlierKind
from conferences.plans.deadlines import duties
from conferences.plans.models import EarlierEvent, ProtectionPlan
from conferences.plans.queries import family_plan
from conferences.plans.queries.core_groups import core_group_to_book
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.core.policy.queries import due, review_due
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
BEGAN_ON = date(2026, 8, 3)


@pytest.fixture
def marlows():
    """The Marlows, with a plan for Rosa that began before the service kept its record here."""
    marlows = the_marlows()
    a_plan(marlows, marlows.rosa, BEGAN_ON)
    return marlows


def a_plan(marlows, child, started_on):
    with setting_up():
        return ProtectionPlan.objects.create(
            child=child, family=marlows.family, initial_category="NEG", category="NEG", started_on=started_on,
            lead_social_worker=marlows.worker, first_core_group_due_on=due("first_core_group", started_on).on,
            review_due_on=review_due(started_on, first=True).on,
        )  # fmt: skip


def enter(marlows, kind, happened_on, *, children=None, **details):
    by = viewer(marlows.worker)
    return enter_earlier(
        by=by, family=marlows.family, children=children or [marlows.rosa], kind=kind, happened_on=happened_on, **details
    )


def test_a_review_entered_later_moves_the_next_one_to_six_months_after_its_true_date(marlows):
    enter(marlows, EarlierKind.REVIEW, date(2026, 10, 28))
    plan = ProtectionPlan.objects.get(child=marlows.rosa)
    assert plan.review_due_on == review_due(date(2026, 10, 28), first=False).on
    [(names, review)] = family_plan(marlows.family).reviews
    assert (names, review.on) == ("Rosa Marlow", plan.review_due_on)


def test_an_older_review_entered_after_a_newer_one_moves_nothing_back(marlows):
    enter(marlows, EarlierKind.REVIEW, date(2026, 10, 28))
    enter(marlows, EarlierKind.REVIEW, date(2026, 9, 1))
    plan = ProtectionPlan.objects.get(child=marlows.rosa)
    assert plan.review_due_on == review_due(date(2026, 10, 28), first=False).on


def test_the_next_core_group_is_counted_from_one_that_was_entered_later(marlows):
    assert core_group_to_book(marlows.family).on == due("first_core_group", BEGAN_ON).on
    enter(marlows, EarlierKind.CORE_GROUP, date(2026, 10, 5))
    assert core_group_to_book(marlows.family).on == due("next_core_group", date(2026, 10, 5)).on


def test_a_later_plan_of_a_brother_does_not_change_when_the_core_group_is_due(marlows):
    enter(marlows, EarlierKind.CORE_GROUP, date(2026, 10, 5))
    a_plan(marlows, marlows.theo, date(2026, 10, 26))
    limit = core_group_to_book(marlows.family)
    [duty] = [each for each in duties() if each.kind == "book_core_group"]
    assert (duty.kind, duty.rule, duty.due_on) == ("book_core_group", "next_core_group", limit.on)
    assert duty.says.startswith("Book the next core group")


def test_a_change_of_category_shows_and_the_first_one_is_kept(marlows):
    enter(marlows, EarlierKind.CATEGORY, date(2026, 9, 14), category="EMO")
    plan = ProtectionPlan.objects.get(child=marlows.rosa)
    assert (plan.initial_category, plan.category) == ("NEG", "EMO")


def test_it_says_who_entered_it_and_is_in_the_trail(marlows):
    [visit] = enter(marlows, EarlierKind.VISIT, date(2026, 10, 1), seen_alone=True, note="At school")
    assert (visit.entered_by, visit.seen_alone) == (marlows.worker, True)
    acts = Event.objects.filter(about_kind="cases.family", about_id=marlows.family.pk)
    assert acts.filter(act="add late entries").count() == 1


@pytest.mark.parametrize(
    "kind, day, says",
    [
        ("visit", date(2027, 1, 4), "today or in the past"),
        ("visit", date(2026, 8, 2), "on or after"),
        ("review", BEGAN_ON, "after that"),
        ("category", date(2026, 9, 1), "Choose the category"),
        ("lunch", date(2026, 9, 1), "Choose what happened"),
    ],
)
def test_what_cannot_have_been_is_refused_and_changes_nothing(marlows, kind, day, says):
    with pytest.raises(Invalid, match=says):
        enter(marlows, kind, day)
    assert not EarlierEvent.objects.exists()


def test_the_same_visit_is_entered_once_and_a_child_without_a_plan_undoes_it_all(marlows):
    enter(marlows, EarlierKind.VISIT, date(2026, 10, 1))
    with pytest.raises(Invalid, match="already"):
        enter(marlows, EarlierKind.VISIT, date(2026, 10, 1))
    with pytest.raises(Invalid, match="no open plan"):
        enter(marlows, EarlierKind.VISIT, date(2026, 10, 2), children=[marlows.rosa, marlows.theo])
    assert EarlierEvent.objects.count() == 1


def test_a_chair_and_another_teams_worker_enter_nothing(marlows):
    for role in ("chair", "other_worker"):
        by = viewer(getattr(marlows.council.users, role))
        with pytest.raises(NotPermitted):
            enter_earlier(
                by=by, family=marlows.family, children=[marlows.rosa], kind="visit", happened_on=date(2026, 10, 1)
            )


def test_the_page_enters_it_and_says_so(client, marlows):
    client.force_login(marlows.worker)
    page = f"/plans/families/{marlows.family.pk}/"
    given = {
        "kind": "visit", "seen_alone": "yes", "children": [marlows.rosa.pk], "note": "At school",
        "happened_on_day": "1", "happened_on_month": "10", "happened_on_year": "2026",
    }  # fmt: skip
    assert "Rosa" in client.get(f"{page}earlier/").content.decode()
    answer = client.post(f"{page}earlier/", given, follow=True)
    said = answer.content.decode()
    assert "1 October 2026: visit, Rosa Marlow, seen alone" in " ".join(said.split())
    assert "Entered on" in said


def test_a_late_entry_is_removed_with_a_reason_and_what_followed_from_it_is_worked_out_again(marlows):
    (review,) = enter(marlows, EarlierKind.REVIEW, date(2026, 10, 28))
    (change,) = enter(marlows, EarlierKind.CATEGORY, date(2026, 9, 1), category="EMO")
    by, plan = viewer(marlows.worker), ProtectionPlan.objects.get(child=marlows.rosa)
    shown = changes_by_removal(by=by, event=review)
    assert next(what for what, *_ in shown) == "Child protection plan of Rosa" and EarlierEvent.objects.count() == 2
    with pytest.raises(Invalid, match="why the entry"):
        remove_earlier(by=by, event=review, reason=" ")
    with pytest.raises(NotPermitted):
        remove_earlier(by=marlows.council.by("other_worker"), event=review, reason="Another family.")
    assert EarlierEvent.objects.count() == 2
    correction = remove_earlier(by=by, event=review, reason="It was another family.")
    remove_earlier(by=by, event=change, reason="It was another family.")
    plan.refresh_from_db()
    assert plan.review_due_on == review_due(BEGAN_ON, first=True).on and plan.category == "NEG"
    assert correction.changes == shown and correction.reason == "It was another family."
