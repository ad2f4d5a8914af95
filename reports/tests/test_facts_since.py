"""A birth, a death or a new name after the chair approved a copy stops it, in the print room too, until they look."""

import pytest

from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.actions import hold_blocked_letters
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import WrongState
from families.people.models import Person
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.releasing import refresh, release
from reports.outgoing.queries.facts_since import has_changed_since_approval
from reports.tests.builders import an_approved_record, approve_record, copy_for, looked_at
from reports.tests.test_copies import text

pytestmark = pytest.mark.django_db
HAPPENED = [
    ("theo", {"died_on": TODAY}),
    ("theo", {"first_name": "Teo"}),
    ("theo", {"born_on": TODAY, "expected_on": None}),
]


@pytest.fixture
def approved():
    return an_approved_record()


def change(person, **values):
    with setting_up():
        Person.objects.filter(pk=person.pk).update(**values)


def released(sitting, record):
    copy = copy_for(sitting, record, "mother")
    looked_at(sitting, copy)
    release(by=sitting.council.by("administrator"), copy=copy)
    return copy


def waiting(copy):
    copy.refresh_from_db()
    return Outgoing.objects.filter(document=copy.document).latest("pk")


def held(sitting, copy):
    by = sitting.council.by("administrator")
    return waiting(copy) not in hold_blocked_letters(by, letters=[waiting(copy)])


@pytest.mark.parametrize(("child", "happened"), HAPPENED)
def test_what_waits_in_the_print_room_is_held_back(approved, child, happened):
    sitting, record = approved
    copy = released(sitting, record)
    assert not held(sitting, copy)
    change(getattr(sitting.marlows, child), **happened)
    assert held(sitting, copy) and waiting(copy).state == OutgoingState.HELD
    assert "Ask the chair to reopen the record" in waiting(copy).why_failed


def test_the_chair_approves_it_again_and_the_fresh_copy_goes(approved):
    sitting, record = approved
    copy = released(sitting, record)
    change(sitting.marlows.theo, first_name="Teo")
    reopen(by=sitting.chair, record=record, reason="Theo is called Teo.")
    approve_record(by=sitting.chair, record=record)
    looked_at(sitting, copy_for(sitting, record, "mother"))
    release(by=sitting.council.by("administrator"), copy=copy_for(sitting, record, "mother"))
    assert "Teo" in text(copy) and not held(sitting, copy)


def test_what_is_not_released_yet_is_brought_up_to_date_first(approved):
    sitting, record = approved
    copy, by = copy_for(sitting, record, "mother"), sitting.council.by("administrator")
    change(sitting.marlows.theo, first_name="Teo")
    looked_at(sitting, copy)
    with pytest.raises(WrongState, match=r"was recorded since the copy for .* was approved"):
        release(by=by, copy=copy)
    refresh(by=sitting.chair, copy=copy)
    looked_at(sitting, copy)
    release(by=by, copy=copy)
    assert "Teo" in text(copy)


def test_what_happens_to_a_child_that_the_copy_is_not_about_stops_nothing(approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "rosas_father")
    change(sitting.marlows.theo, first_name="Teo")
    assert not has_changed_since_approval(copy)
