"""The paper set of a conference: what it holds, and who may print it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from conferences.convening.models import Invitation
from conferences.meeting.letters.paper_set import paper_set
from conferences.meeting.rules import PLAN_QUESTIONS
from conferences.tests.builders import HELD_ON, an_invited_conference, at
from conferences.tests.exclusion import WHOLE, exclude
from conferences.tests.test_letters import is_golden
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Look
from cpc.core.documents.letters import flowing_text
from cpc.core.documents.tests.compliance import assert_pdf_ua

pytestmark = pytest.mark.django_db


def made(convened, **more):
    conference = convened.conference
    return paper_set(conference, TODAY, chair=conference.chair, outcomes=["A child protection plan"], **more)


def test_it_says_exactly_this():
    is_golden("paper_set", made(an_invited_conference(), kept_apart=["Dan Pryce and Lewis Hart: by video"]))


def test_it_has_a_place_for_everything_that_a_conference_records():
    convened = an_invited_conference()
    text = flowing_text(made(convened, kept_apart=["Dan Pryce and Lewis Hart: by video"]))
    for heading in (
        "Agenda", "Attendance", "Quorum", "All the children together", "The decision for Rosa Marlow",
        "The decision for Theo Marlow", "The outline of the plan", "Who to tell", "When the computers work again",
        "A child protection plan", "Neglect", "Danger statement", "What Anna Marlow, mother of",
        "How Rosa Marlow took part", *(label for label, _ in PLAN_QUESTIONS.values()),
    ):  # fmt: skip
        assert heading in text, heading
    assert "Dan Pryce and Lewis Hart: by video" in text
    categories = made(convened).categories
    assert "Neglect" in categories and "Multiple" not in categories, "multiple is never the main kind of harm"
    assert "There are other kinds of harm as well (multiple)" in text
    for invitation in convened.conference.invitations.all():
        assert text.count(invitation.name) >= 2, "in the attendance and among those to tell"
    assert "Alder Lane, " not in text and "ZZ9" not in text and "Quarry" not in text


def test_its_headings_for_all_the_children_and_for_one_are_those_of_the_live_page():
    paper = made(an_invited_conference())
    assert "What we are worried about" in paper.together and "The child’s views" not in paper.together
    by_name = {child.name: child.headings for child in paper.children}
    assert "The child’s views" in by_name["Rosa Marlow"]
    assert "What life is like for the child" in by_name["Theo Marlow"], "Theo is two years old"
    for young in ("Theo Marlow", "Unborn Marlow"):
        assert not {"The child’s views", "What would help"} & set(by_name[young])
    assert "What life is like for the child" not in by_name["Unborn Marlow"]


def test_a_way_of_taking_part_is_ticked_for_a_child_of_four_and_over_alone():
    convened = an_invited_conference()
    ways = {child.name: child.ways_of_taking_part for child in made(convened).children}
    assert len(ways["Rosa Marlow"]) == 7 and not any("PN0" in one for one in ways["Rosa Marlow"])
    assert ways["Theo Marlow"] == ways["Unborn Marlow"] == ()
    text = flowing_text(made(convened))
    assert "How Theo Marlow took part" not in text and "How Unborn Marlow took part" not in text


def test_it_gives_the_time_and_door_of_somebody_who_comes_separately():
    convened = an_invited_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    with setting_up():
        Invitation.objects.filter(pk=dan.pk).update(
            arrives_at=at(HELD_ON, 11, 30), leaves_at=at(HELD_ON, 12), entrance="the side door"
        )
    [person] = [one for one in made(convened).people if one.name == dan.name]
    assert (person.arrives, person.leaves, person.entrance) == ("11:30am", "midday", "the side door")


def test_it_is_a_file_that_can_be_read_aloud():
    assert_pdf_ua(made(an_invited_conference()))


@pytest.mark.parametrize("who, status", [
    ("chair", 200), ("administrator", 200), ("other_chair", 403), ("social_worker", 403), ("school", 403),
])  # fmt: skip
def test_only_the_chair_and_the_administrators_print_it(client, who, status):
    convened = an_invited_conference()
    people = convened.council
    client.force_login(getattr(people.users, who, None) or getattr(people.professionals, who))
    page = client.get(reverse("conferences:paper_set", args=[convened.conference.pk]))
    assert page.status_code == status
    if status == 200:
        assert page["Content-Type"] == "application/pdf"
        assert Look.objects.filter(page="paper set").count() == 3


@pytest.mark.parametrize("who, prints, writes_up", [
    ("chair", True, True), ("administrator", True, False), ("social_worker", False, False),
])  # fmt: skip
def test_the_readiness_page_leads_to_it_and_to_its_entry_afterwards(client, who, prints, writes_up):
    convened = an_invited_conference()
    client.force_login(getattr(convened.council.users, who))
    pk = convened.conference.pk
    page = client.get(reverse("work:readiness", args=[pk])).content.decode()
    assert (reverse("conferences:paper_set", args=[pk]) in page) == prints
    assert (reverse("conferences:meet_open", args=[pk]) in page) == writes_up


def test_it_says_who_is_excluded_who_comes_with_somebody_and_how_a_child_takes_part():
    convened = an_invited_conference()
    conference, marlows, chair = convened.conference, convened.marlows, convened.conference.chair
    with setting_up():
        companion = {
            "kind": "supporter", "relation": "A friend", "asked_by": "Anna", "recorded_by": chair,
            "recorded_at": at(HELD_ON, 9),
        }  # fmt: skip
        decided = {"decided_by": chair, "decided_at": at(HELD_ON, 9)}
        conference.companions.create(person=marlows.mother, name="Jo Bell", state="agreed", **companion, **decided)
        conference.companions.create(person=marlows.mother, name="Al Moss", **companion)
        conference.companions.create(
            person=marlows.rosas_father, name="Bo Hale", state="agreed", **companion, **decided
        )
        conference.child_parts.create(
            child=marlows.rosa, part="some", how="You can come for the first half hour.", reason="She asked", **decided
        )
    assert made(convened).excluded == ()
    exclude(convened, replace(WHOLE, no_documents=True))
    paper = made(convened)
    assert paper.excluded == ("Dan Pryce may be at none of the meeting. They get no documents.",)
    assert paper.companions == ("Jo Bell, supporter, may come with Anna Marlow.",)
    assert paper.parts == (
        "Rosa Marlow: part of the meeting. The chair told the child: “You can come for the first half hour.”",
    )
    text = flowing_text(paper)
    for line in (*paper.excluded, *paper.companions, *paper.parts):
        assert line in text, line
    assert "Dan Pryce" not in [one.name for one in paper.people]
    told = {one.name: one.but for one in paper.to_tell}
    assert told["Dan Pryce"] == "Excluded from the meeting, and gets no documents" and told["Anna Marlow"] == ""
