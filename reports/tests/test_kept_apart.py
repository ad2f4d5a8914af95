"""What a copy tells of the core group, and of somebody its reader must not meet."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from conferences.plans.models import CoreGroupMeeting
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.check import release_check
from cpc.core.documents.examination import writers_of
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import Invalid
from families.people.models import MustNotMeet
from reports.outgoing.actions.releasing import open_copy, record_check
from reports.outgoing.letters.parts import what_next
from reports.outgoing.letters.parts.paragraphs import moment
from reports.outgoing.queries.checking import protected_and_known
from reports.outgoing.queries.facts import facts_of
from reports.outgoing.rules.copies import Reader
from reports.tests.builders import a_drafted_record, an_approved_record, approve_record, copy_for
from reports.tests.test_letters import letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart():
    """Anna is in the core group; Lewis must not meet her, and is not."""
    sitting, record = a_drafted_record()
    marlows = sitting.marlows
    with setting_up():
        MustNotMeet.objects.create(
            one=marlows.mother, other=marlows.theos_father, protects="one", source="injunction", reason="He hit her."
        )
    approve_record(by=sitting.chair, record=record)
    return sitting, record


def words(sitting, record, who, kind):
    return flowing_text(letter(sitting, record, copy_for(sitting, record, who, kind)))


@pytest.mark.parametrize("kind", ["decision_letter", "record"])
def test_a_reader_outside_the_core_group_reads_neither_when_it_meets_nor_who_is_in_it(apart, kind):
    sitting, record = apart
    day = "27 November 2026"
    his, hers = words(sitting, record, "theos_father", kind), words(sitting, record, "mother", kind)
    assert day in hers and "meet without you" not in hers
    assert day not in his and "The core group will meet without you" in his and "will tell you what it decides" in his
    assert "where the meetings are" not in his
    assert day not in words(sitting, record, "health_visiting", kind)
    assert day in words(sitting, record, "school", kind)


def test_a_childs_letter_does_not_say_when_people_who_must_not_meet_are_at_the_review():
    sitting, record = a_drafted_record()
    marlows, review_at = sitting.marlows, timezone.now() + timedelta(days=60)
    facts, reader = facts_of(record), Reader(children=frozenset({marlows.rosa.pk}), person=marlows.rosa.pk)
    assert facts.pairs and what_next(replace(facts, review_at=review_at), reader).review.startswith("by ")
    assert what_next(replace(facts, review_at=review_at, pairs=()), reader).review == moment(review_at)


def test_the_record_of_the_other_does_not_list_the_protected_person_as_having_come(apart):
    sitting, record = apart
    his, hers = (
        [one.name for one in letter(sitting, record, copy_for(sitting, record, who)).people]
        for who in ("theos_father", "mother")
    )
    assert "Anna Marlow" not in his and {"Anna Marlow", "Lewis Hart"} <= set(hers)


@pytest.mark.parametrize(
    ("typed", "stops"),
    [
        ("She will be there on 27 November 2026 at 10am.", True),
        ("Come on Friday 27 November at 10am.", True),
        ("It is at 10am on 27 November.", True),
        ("They meet on 27/11/2026 at 10am.", True),
        ("On 27 November they meet.", False),
        ("They meet in the Northwick children’s centre.", False),
    ],
)
def test_the_release_check_finds_when_and_where_the_protected_person_will_be(apart, typed, stops):
    sitting, record = apart
    assert CoreGroupMeeting.objects.get().place == "Northwick children’s centre"
    found = release_check(typed, *protected_and_known(copy_for(sitting, record, "theos_father")))
    assert found and any(one.stops for one in found) is stops
    assert not release_check(typed, *protected_and_known(copy_for(sitting, record, "mother")))


def test_nobody_checks_the_copy_that_they_get_themselves():
    sitting, record = an_approved_record()
    copy = copy_for(sitting, record, "social_worker")
    worker = sitting.council.by("social_worker")
    assert worker.id in writers_of(copy.document)
    open_copy(by=worker, copy=copy)
    with pytest.raises(Invalid, match="or gets it"):
        record_check(by=worker, copy=copy, said="It is right.")
    manager = sitting.council.by("team_manager")
    open_copy(by=manager, copy=copy)
    record_check(by=manager, copy=copy, said="It is right.")


def test_the_facts_of_a_record_hold_who_must_not_meet(apart):
    sitting, record = apart
    assert {sitting.marlows.mother.pk, sitting.marlows.theos_father.pk} in [pair.key for pair in facts_of(record).pairs]
