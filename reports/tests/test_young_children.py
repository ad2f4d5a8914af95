"""Babies and young children in what the family sends in, and in the record."""

import pytest
from django.urls import reverse

from conferences.convening.choices import Section
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace
from conferences.tests.meeting import a_booked_sitting, a_quorate_sitting, at
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid
from families.people.models import Person
from reports.incoming.actions.contributions import record_contribution
from reports.incoming.actions.talks import plan_talk
from reports.outgoing.queries.drafting import first_paragraphs

pytestmark = pytest.mark.django_db


def aged(person, years):
    with setting_up():
        Person.objects.filter(pk=person.pk).update(born_on=TODAY.replace(year=TODAY.year - years))


def test_the_record_says_what_life_is_like_for_a_child_under_four():
    sitting = a_quorate_sitting()
    for child in (sitting.marlows.rosa, sitting.marlows.theo):
        save_note(
            by=sitting.chair, conference=sitting.conference, place=NotePlace(Section.CHILD_VIEWS, child.pk),
            text=f"Of {child.first_name}.", at=at(TODAY, 11),
        )  # fmt: skip
    headings = {one.heading for one in first_paragraphs(sitting.conference)}
    assert {"What Rosa thinks", "What life is like for Theo"} <= headings


def test_nobody_enters_a_form_of_a_child_too_young_for_one_or_plans_to_speak_with_a_toddler(client):
    sitting = a_booked_sitting()
    administrator, conference = sitting.council.by("administrator"), sitting.conference
    given = {"by": administrator, "conference": conference, "received_on": TODAY, "version": 0, "worried": "Dark."}
    aged(sitting.marlows.rosa, 9)
    with pytest.raises(Invalid, match="no form for a child as young as Rosa Marlow"):
        record_contribution(person=Person.objects.get(pk=sitting.marlows.rosa.pk), **given)
    aged(sitting.marlows.rosa, 10)
    record_contribution(person=Person.objects.get(pk=sitting.marlows.rosa.pk), **given)
    with pytest.raises(Invalid, match="Choose a child"):
        plan_talk(by=sitting.chair, conference=conference, person=sitting.marlows.theo, at=conference.starts_at)
    client.force_login(conference.chair)
    offered = client.get(reverse("reports:chair_talk", args=[conference.pk])).context["form"].fields["person"].choices
    assert {"Rosa Marlow", "Anna Marlow"} <= set(dict(offered).values()) and "Theo Marlow" not in dict(offered).values()
