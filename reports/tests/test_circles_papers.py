"""A conference about an open family: no letter, list or copy of it says what only a restricted family wrote of somebody
who is in both."""

from datetime import date

import pytest

from conferences.convening.letters.facts import addressee
from conferences.convening.queries.invitations import proposals
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.uninformed import not_proposed, uninformed_invitees
from conferences.meeting.queries import board
from conferences.separation.queries.pairs import NOT_SAID, pairs_to_separate
from conferences.tests.builders import an_invited_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.actions.contact import record_address, record_contact
from families.people.actions.involvement import record_involvement
from families.people.actions.people import add_person
from families.people.actions.relationships import change_relationship, record_relationship
from families.people.choices import Part, RelationshipKind, SafeContact
from families.people.models import Membership, Relationship
from families.people.queries.contact import envelope_of
from families.people.queries.identity import record_in
from families.protections.actions.entries import record_must_not_learn
from families.protections.actions.no_contact import record_must_not_meet
from families.tests.builders import a_family, restrict
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import ties_to

pytestmark = pytest.mark.django_db
NEW = "6 Hidden Row"


@pytest.fixture
def convened():
    return an_invited_conference()


@pytest.fixture
def stones(convened):
    """Rosa and her mother are in a second family, which alone knows where they live now, who hands over their post,
    the nursery and a stepfather."""
    marlows, council = convened.marlows, convened.council
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    with setting_up():
        for person, part in ((marlows.rosa, Part.CHILD), (marlows.mother, Part.PARENT)):
            Membership.objects.create(family=family, person=person, part=part)
    given = {"by": viewer(council.users.other_worker), "family": family}
    record_address(
        **given, person=marlows.mother, lines=f"{NEW}\nEastwick", postcode="ZZ7 7HR", from_on=date(2026, 11, 3)
    )
    record_involvement(**given, children=[marlows.rosa], agency=council.agencies.nursery, from_on=date(2026, 11, 3))
    quentin = add_person(
        **given, part=Part.PARENT, first_name="Quentin", last_name="Quartz", sex="M", born_on=date(1988, 1, 1)
    )
    record_relationship(
        **given, adult=quentin, child=marlows.rosa, kind=RelationshipKind.FATHER, parental_responsibility=True
    )
    return family


def said(convened):
    """All that the list, the letters, the room's board and the copies' road say."""
    conference = convened.conference
    mother = convened.invitation(convened.marlows.mother)
    proposed = [f"{one.name} {one.reason}" for one in proposals(conference)]
    parents = [f"{person}" for person, _ in board.parents(board.included(conference), [])]
    lines = [*delivery_of(mother, TODAY).lines, *addressee(letter_context(conference), mother)[0].lines]
    return " | ".join([*proposed, *parents, *lines, *envelope_of(mother.person, TODAY)])


@pytest.mark.parametrize("hidden", [NEW, "nursery", "Quentin"])
def test_nothing_that_only_a_restricted_family_wrote_is_proposed_listed_or_printed(convened, stones, hidden):
    if hidden == "nursery":
        hidden = convened.council.agencies.nursery.name
    assert hidden in said(convened)
    restrict(stones)
    assert hidden not in said(convened)


def test_an_older_address_takes_no_letter_in_its_stead(convened, stones):
    restrict(stones)
    mother = convened.invitation(convened.marlows.mother)
    assert delivery_of(mother, TODAY).channel == "hand" and "14 Alder Lane" not in said(convened)


def test_the_restricted_family_itself_posts_to_the_address_that_it_wrote(convened, stones):
    restrict(stones)
    mother = record_in(stones, convened.marlows.mother)
    assert envelope_of(mother, TODAY)[0] == NEW


def test_who_hands_it_over_in_the_restricted_family_is_named_on_no_letter_of_the_open_one(convened, stones):
    other = convened.council.users.other_worker
    record_contact(
        by=viewer(other), family=stones, person=convened.marlows.mother, safe_contact=SafeContact.HAND, hand_by=other
    )
    assert str(other) in said(convened)
    restrict(stones)
    assert str(other) not in said(convened) and "By hand" in said(convened)


# --- What people are to each other, and why they are kept apart ------------------------------------------------------


def ties(convened):
    return responsible(convened.marlows.rosa)


def responsible(child):
    return {(tie.adult, tie.parental_responsibility) for tie in ties_to([child.pk])}


def test_no_letter_says_or_follows_a_tie_that_only_a_restricted_family_recorded(convened, stones):
    quentin = Relationship.objects.get(adult__first_name="Quentin").adult_id
    assert (quentin, True) in ties(convened)
    restrict(stones)
    assert not {adult for adult, _ in ties(convened)} & {quentin}
    assert (quentin, True) in responsible(record_in(stones, convened.marlows.rosa))


def test_of_a_tie_that_a_restricted_family_changed_only_what_both_say_decides_who_gets_what(convened, stones):
    """It took the responsibility away, and gave it to somebody else: neither is told, and nobody gets more for it."""
    by, marlows = viewer(convened.council.users.other_worker), convened.marlows
    restrict(stones, to=[convened.council.users.other_worker])
    theirs, rosa = record_in(stones, marlows.mother), record_in(stones, marlows.rosa)
    mother = Relationship.objects.get(adult=theirs, child=rosa)
    given = {"by": by, "family": stones, "relationship": mother, "kind": mother.kind}
    change_relationship(**given, parental_responsibility=False, main_carer=True)
    assert (marlows.mother.pk, False) in ties(convened)
    assert (theirs.pk, False) in responsible(rosa)
    ours = Relationship.objects.get(adult=marlows.mother, child=marlows.rosa)
    assert ours.parental_responsibility  # the record of each circle says its own
    change_relationship(**given, parental_responsibility=True, main_carer=True)
    assert (marlows.mother.pk, True) in ties(convened)


def test_why_two_are_kept_apart_is_not_said_where_only_a_restricted_family_said_so(convened, stones):
    marlows, by = convened.marlows, viewer(convened.council.users.other_worker)
    with setting_up():
        Membership.objects.create(family=stones, person=marlows.theos_father, part=Part.PARENT)
    why = {"by": by, "family": stones, "source": "bail", "reason": "He followed her"}
    record_must_not_meet(**why, one=marlows.mother, other=marlows.theos_father)
    two = [marlows.mother.pk, marlows.theos_father.pk]

    def said(family):
        return [pair.why for pair in pairs_to_separate([record_in(family, pk).pk for pk in two])]

    assert said(marlows.family) == ["must not meet"]
    restrict(stones)
    assert said(marlows.family) == [NOT_SAID] and said(stones) == ["must not meet"]
    record_must_not_meet(
        **why | {"by": viewer(marlows.worker), "family": marlows.family}, one=marlows.mother, other=marlows.theos_father
    )
    assert said(marlows.family) == ["must not meet"]  # it is ours too


def test_why_somebody_cannot_be_invited_is_not_said_where_only_a_restricted_family_said_so(convened, stones):
    marlows, by = convened.marlows, viewer(convened.council.users.other_worker)
    with setting_up():
        Membership.objects.create(family=stones, person=marlows.theos_father, part=Part.PARENT)
    record_must_not_learn(
        by=by, family=stones, reader=marlows.theos_father, about=marlows.rosa, what="existence", source="bail",
        reason="He must not know",
    )  # fmt: skip
    father = [convened.invitation(marlows.theos_father)]

    def said():
        conference = convened.conference
        return [words for one in uninformed_invitees(conference, father) for words in one.what] + [
            one.why for one in not_proposed(conference, [])
        ]

    assert said() == ["that Rosa Marlow exists"] * 2
    restrict(stones)
    assert said() == ["something that is not told here"] * 2
