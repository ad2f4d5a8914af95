"""Protections, what must not be learnt, who must not meet and warnings: recorded, agreed, looked at again, ended."""

from datetime import date, timedelta

import pytest

from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.audit.models import Event
from cpc.core.audit.versions import versions
from cpc.core.documents.check import release_check
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from cpc.core.policy.queries import rules_read_once
from families.people.choices import Detail, ProtectionSource, WarningKind
from families.people.choices import MustNotLearnWhat as W
from families.people.models import MustNotLearn, MustNotMeet, WarningMarker
from families.protections import deadlines
from families.protections.actions import reviews as reviews_actions
from families.protections.actions.entries import (
    change_must_not_learn,
    change_protection,
    change_warning,
    record_warning,
)
from families.protections.actions.no_contact import change_must_not_meet
from families.protections.queries.entries import warnings_of_families
from families.protections.queries.withheld import withheld_from
from families.tests.builders import the_marlows
from families.tests.entries import LATER, WHY, protect_phone, silence

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def worker(marlows):
    return viewer(marlows.worker)


@pytest.fixture
def manager(marlows):
    return marlows.council.by("team_manager")


def found(marlows, reader, text):
    kept = withheld_from(marlows.family.pk, reader.pk)
    return {one.found for one in release_check(text, kept.protected, kept.known)}


# --- States -----------------------------------------------------------------------------------------------------------


def test_a_worker_records_and_it_is_in_force_before_a_manager_agrees(marlows, worker, manager):
    entry = silence(marlows, worker, what=W.SCHOOL, about=marlows.rosa)
    assert entry.agreed_by is None and entry.recorded_on == TODAY
    school = marlows.council.agencies.school
    assert withheld_from(marlows.family.pk, marlows.theos_father.pk).agencies == {school.pk}
    reviews_actions.agree(by=manager, family=marlows.family, entries=[entry])
    entry.refresh_from_db()
    assert entry.agreed_by == marlows.council.users.team_manager
    with pytest.raises(WrongState, match="already"):
        reviews_actions.agree(by=manager, family=marlows.family, entries=[entry])


def test_a_worker_does_not_agree_and_a_manager_agrees_by_recording(marlows, worker, manager):
    entry = silence(marlows, worker)
    with pytest.raises(NotPermitted):
        reviews_actions.agree(by=worker, family=marlows.family, entries=[entry])
    assert protect_phone(marlows, manager).agreed_by == marlows.council.users.team_manager


def test_what_a_worker_changes_must_be_agreed_to_again(marlows, worker, manager):
    entry = protect_phone(marlows, manager)
    change_protection(
        by=worker, family=marlows.family, entry=entry, from_everyone=False, people=[marlows.theos_father], **WHY
    )
    entry.refresh_from_db()
    assert entry.agreed_by is None and not entry.from_everyone and entry.named == [marlows.theos_father.pk]


def test_without_a_day_it_is_looked_at_again_when_the_limit_says_and_looking_sets_a_new_day(marlows, worker, manager):
    entry = silence(marlows, worker)
    assert entry.review_on == date(2027, 2, 19)
    reviews_actions.agree(by=manager, family=marlows.family, entries=[entry])
    with pytest.raises(Invalid, match="why it is still needed"):
        reviews_actions.review_entries(by=worker, family=marlows.family, entries=[entry], review_on=LATER, note=" ")
    for day in (TODAY, TODAY + timedelta(days=400)):
        with pytest.raises(Invalid):
            reviews_actions.review_entries(
                by=worker, family=marlows.family, entries=[entry], review_on=day, note="He asked again."
            )
    reviews_actions.review_entries(
        by=worker, family=marlows.family, entries=[entry], review_on=LATER, note="He asked again."
    )
    entry.refresh_from_db()
    assert entry.review_on == LATER
    assert Event.objects.filter(act="record " + _act(), reason="He asked again.").exists()


def _act():
    from cpc.core.accounts.permissions import Permission

    return Permission.RECORD_PROTECTIONS.value.removeprefix("record ")


def test_ending_an_entry_needs_a_reason_restores_what_was_shown_and_is_final(marlows, worker):
    text = "Rosa goes to the school. Ring 07700 900111."
    before = found(marlows, marlows.theos_father, text)
    entry = silence(marlows, worker, what=W.FACT, words="goes to the school")
    assert "goes to the school" in found(marlows, marlows.theos_father, text)
    with pytest.raises(Invalid):
        reviews_actions.end_entry(by=worker, family=marlows.family, entry=entry, reason="")
    reviews_actions.end_entry(by=worker, family=marlows.family, entry=entry, reason="The court lifted it.")
    assert found(marlows, marlows.theos_father, text) == before
    for act in (reviews_actions.end_entry, reviews_actions.agree):
        more = {"reason": "Again"} if act is reviews_actions.end_entry else {}
        by = worker if act is reviews_actions.end_entry else marlows.council.by("team_manager")
        with pytest.raises(WrongState):
            what = {"entry": entry} if act is reviews_actions.end_entry else {"entries": [entry]}
            act(by=by, family=marlows.family, **what, **more)
    assert MustNotLearn.objects.get().end_reason == "The court lifted it."


# --- Refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"review_on": TODAY}, "review_on"),
        ({"what": W.FACT, "words": " \n "}, "words"),
        ({"what": W.PATERNITY}, "of_child"),
    ],
)
def test_what_must_not_be_learnt_is_refused_where_something_is_missing(marlows, worker, more, field):
    with pytest.raises(Invalid) as refused:
        silence(marlows, worker, **more)
    assert refused.value.field == field and not MustNotLearn.objects.exists()


def test_a_detail_cannot_be_withheld_from_its_own_person(marlows, worker):
    with pytest.raises(Invalid):
        silence(marlows, worker, about=marlows.theos_father)
    with pytest.raises(Invalid):
        protect_phone(marlows, worker, from_everyone=False, people=[marlows.mother])


def test_a_protection_names_somebody_or_everyone_and_is_recorded_once(marlows, worker):
    with pytest.raises(Invalid) as refused:
        protect_phone(marlows, worker, from_everyone=False)
    assert refused.value.field == "people"
    protect_phone(marlows, worker)
    with pytest.raises(Invalid, match="already protected"):
        protect_phone(marlows, worker)
    with pytest.raises(Invalid, match="No phone"):
        protect_phone(marlows, worker, person=marlows.grandmother)


def test_an_address_is_protected_only_for_whose_it_is(marlows, worker):
    his = marlows.rosas_father.addresses.get()
    with pytest.raises(Invalid):
        protect_phone(marlows, worker, detail=Detail.ADDRESS, address=his)


def test_when_they_were_told_goes_with_how(marlows, worker):
    with pytest.raises(Invalid) as refused:
        protect_phone(marlows, worker, told_on=TODAY)
    assert refused.value.field == "told_how"
    entry = protect_phone(marlows, worker, told_on=TODAY, told_how="At a home visit")
    assert (entry.told_on, entry.told_how) == (TODAY, "At a home visit")


def test_nobody_of_another_family_is_in_an_entry(marlows, worker):
    stranger = the_marlows(marlows.council, name="Barrow").mother
    with pytest.raises(Invalid, match="no longer in the family"):
        silence(marlows, worker, about=stranger)
    with pytest.raises(Invalid, match="no longer in the family"):
        protect_phone(marlows, worker, from_everyone=False, people=[stranger])


@pytest.mark.parametrize("who", ["other_worker", "chair", "administrator", "school", "service_manager"])
def test_nobody_but_casework_of_the_family_records(marlows, who):
    by = marlows.council.by(who)
    with pytest.raises(NotPermitted):
        silence(marlows, by)
    with pytest.raises(NotPermitted):
        record_warning(by=by, family=marlows.family, kind=WarningKind.ANIMALS, **WHY)
    assert not MustNotLearn.objects.exists() and not WarningMarker.objects.exists()


def test_who_saves_second_is_told_and_a_manager_agrees_only_to_what_they_read(marlows, worker, manager):
    entry = silence(marlows, worker)
    seen = versions(entry)
    given = {"source": ProtectionSource.BAIL, "reason": "Bail until trial."}
    change_must_not_learn(by=worker, family=marlows.family, entry=entry, seen=seen, **given)
    with pytest.raises(Stale) as refused:
        change_must_not_learn(by=worker, family=marlows.family, entry=entry, seen=seen, **WHY)
    assert "Bail until trial." in refused.value.theirs and "He found her twice." in refused.value.mine
    with pytest.raises(Stale):
        reviews_actions.agree(by=manager, family=marlows.family, entries=[entry], seen=seen)
    entry.refresh_from_db()
    assert entry.agreed_by is None and entry.reason == "Bail until trial."


def test_who_saves_a_protection_second_is_told_of_everybody_it_names_too(marlows, worker):
    entry = protect_phone(marlows, worker, from_everyone=False, people=[marlows.theos_father])
    seen = versions(entry)
    both = [marlows.theos_father, marlows.rosas_father]
    again = {"by": worker, "family": marlows.family, "entry": entry, "from_everyone": False, "seen": seen} | WHY
    change_protection(people=both, review_on=entry.review_on, **again)
    with pytest.raises(Stale):
        change_protection(people=[marlows.theos_father], review_on=entry.review_on, **again)


# --- Warnings, must not meet ------------------------------------------------------------------------------------------


def test_a_warning_is_of_one_person_or_of_the_family_and_belongs_to_its_family_alone(marlows, worker):
    one = record_warning(by=worker, family=marlows.family, kind=WarningKind.ANIMALS, **WHY)
    record_warning(
        by=worker, family=marlows.family, kind=WarningKind.RISK_TO_WORKERS, person=marlows.theos_father, **WHY
    )
    assert [each.sentence for each in warnings_of_families([marlows.family])[marlows.family.pk]] == [
        "Animals in the home.", "Risk to workers: Lewis Hart.", "Dan Pryce and Lewis Hart must not meet.",
    ]  # fmt: skip
    other = the_marlows(marlows.council, name="Barrow").family
    with pytest.raises(Invalid):
        reviews_actions.end_entry(by=worker, family=other, entry=one, reason="A slip")
    change_warning(by=worker, family=marlows.family, entry=one, kind=WarningKind.OTHER, **WHY)
    reviews_actions.end_entry(by=worker, family=marlows.family, entry=one, reason="The dog is gone")
    assert (
        next(each.sentence for each in warnings_of_families([marlows.family])[marlows.family.pk])
        == "Risk to workers: Lewis Hart."
    )


def test_why_two_must_not_meet_is_changed_and_looked_at_again(marlows, worker):
    pair = MustNotMeet.objects.get()
    change_must_not_meet(by=worker, family=marlows.family, entry=pair, review_on=LATER, **WHY)
    pair.refresh_from_db()
    assert (pair.reason, pair.review_on, pair.agreed_by) == (WHY["reason"], LATER, None)


# --- What falls due ---------------------------------------------------------------------------------------------------


def test_an_entry_waits_for_a_manager_and_comes_up_again(marlows, worker, manager):
    entry = silence(marlows, worker)
    mine = {duty.kind: duty for duty in deadlines.duties() if duty.id == entry.pk and "learn" in duty.kind}
    agree, users = mine.pop("agree_mustnotlearn"), marlows.council.users
    assert (agree.owners, agree.due_on) == ({users.team_manager.pk}, date(2026, 11, 23))
    assert not mine  # it is agreed to before it is reviewed
    reviews_actions.agree(by=manager, family=marlows.family, entries=[entry])
    [review] = (duty for duty in deadlines.duties() if duty.id == entry.pk and "learn" in duty.kind)
    assert (review.owners, review.then) == ({marlows.worker.pk}, {users.team_manager.pk})
    assert review.kind == "review_mustnotlearn" and review.due_on == date(2027, 2, 19)
    assert "Lewis" not in review.says + agree.says
    reviews_actions.end_entry(by=worker, family=marlows.family, entry=entry, reason="Lifted")
    assert {duty.kind for duty in deadlines.duties()} & {"agree_mustnotlearn", "review_mustnotlearn"} == set()


def test_what_falls_due_asks_no_more_for_more_families(marlows, worker, django_assert_max_num_queries):
    for number in range(2):
        silence(the_marlows(marlows.council, name=f"Barrow{number}"), worker)
    # Four sorts, the families, and the rules once.
    with rules_read_once(), django_assert_max_num_queries(7):
        assert len({duty.family_id for duty in deadlines.duties()}) == 3
