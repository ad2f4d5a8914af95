"""Who a child's parents and carers are has one answer: on the list, at the meeting, in reports and for the copies."""

import pytest

from conferences.convening.queries.invitations import proposals
from conferences.meeting.queries import board
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import viewer
from families.finding.actions import merge
from families.people.actions.people import add_person
from families.people.choices import RelationshipKind
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.tests.builders import an_adult, the_marlows
from reports.incoming.queries.requested import parents_of
from reports.outgoing.queries.copies import coverage_by_invitation
from reports.outgoing.queries.facts import ties_to
from reports.tests.builders import a_drafted_record, a_report, ask_for_reports

pytestmark = pytest.mark.django_db


def merged(marlows, kept, other):
    manager = viewer(marlows.council.users.service_manager)
    merge(by=manager, kept=kept, merged=other, reason="His passport")
    return Person.objects.get(pk=kept.pk)


def test_an_adult_recorded_twice_is_one_with_the_nearest_kind_and_all_that_either_record_says():
    marlows = the_marlows()
    again = an_adult(marlows.family, "Danny", "Pryce", ties=[(marlows.rosa, RelationshipKind.OTHER, False, True)])
    dan = merged(marlows, marlows.rosas_father, again)
    (tie,) = [tie_of(row) for row in adults_of([marlows.rosa.pk]) if row.adult == dan]
    assert (tie.kind, tie.parental_responsibility, tie.main_carer) == ("father", True, True)


def test_a_tie_to_a_merged_record_of_a_child_is_a_tie_to_the_child():
    marlows = the_marlows()
    again = add_person(
        by=viewer(marlows.worker), family=marlows.family, part="child", first_name="Rosie", last_name="Marlow",
        born_on=marlows.rosa.born_on,
    )  # fmt: skip
    aunt = an_adult(marlows.family, "Bea", ties=[(again, RelationshipKind.AUNT, True, False)])
    merged(marlows, marlows.rosa, again)
    found = adults_of([marlows.rosa.pk])
    assert [(row.child, row.parental_responsibility) for row in found if row.adult == aunt] == [(marlows.rosa, True)]


def test_list_meeting_report_and_copies_name_the_same_parents_and_carers():
    sitting, _ = a_drafted_record()
    conference, marlows = sitting.conference, sitting.marlows
    own = {
        row.adult for row in adults_of([child.pk for child in (marlows.rosa, marlows.theo)])
        if tie_of(row).is_own
    }  # fmt: skip
    assert {one.person for one in proposals(conference) if one.role in ("parent", "carer")} == {one.pk for one in own}
    at_the_meeting = {person for person, _ in board.parents(board.included(conference), [])}
    assert at_the_meeting == own
    given = {
        invitation.person_id
        for invitation, coverage in coverage_by_invitation(conference).values()
        if invitation.person_id and not coverage.withheld
    }
    assert marlows.mother.pk in given and given <= {one.pk for one in own}


def test_a_report_names_a_father_recorded_twice_once():
    sitting = ask_for_reports(a_booked_sitting())
    marlows = sitting.marlows
    again = an_adult(marlows.family, "Danny", "Pryce", ties=[(marlows.rosa, RelationshipKind.FATHER, True, False)])
    dan = merged(marlows, marlows.rosas_father, again)
    named = [person for person, _ in parents_of(a_report(sitting)) if person.last_name == "Pryce"]
    assert named == [dan]
    # An invitation of either record is met by the rule of the copies.
    assert {tie.adult for tie in ties_to([marlows.rosa.pk])} >= {dan.pk, again.pk}


def test_a_report_says_once_to_which_of_the_children_a_parent_is_what():
    sitting = ask_for_reports(a_booked_sitting())
    words = dict(parents_of(a_report(sitting, "social_worker")))
    (said,) = words[sitting.marlows.mother]
    assert said.startswith("mother of Rosa") and " and " in said and said.count("mother") == 1
