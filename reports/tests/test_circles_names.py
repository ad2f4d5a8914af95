"""A conference about an open family: nobody is called in its papers by what only a restricted family wrote of them."""

import pytest
from django.urls import reverse

from conferences.convening.letters.invitation_family import invitation_family
from conferences.convening.queries.invitations import proposals
from conferences.convening.queries.letter_context import letter_context
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.actions.names import change_name
from families.people.choices import Part
from families.people.models import Membership, MustNotLearn
from families.protections.queries.withheld import withheld_from
from families.tests.builders import a_family, restrict
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import a_drafted_record, copy_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    return a_drafted_record()


@pytest.fixture
def stones(written):
    """Rosa is also in a second family, under another name."""
    marlows, council = written[0].marlows, written[0].council
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    with setting_up():
        Membership.objects.create(family=family, person=marlows.rosa, part=Part.CHILD)
    change_name(
        by=viewer(council.users.other_worker), family=family, person=marlows.rosa, first_name="Ruby",
        last_name="Quill", known_as="Zelda",
    )  # fmt: skip
    return family


def called(written):
    sitting, record = written
    conference = sitting.conference
    facts = facts_of(record)
    mother = conference.invitations.get(person=sitting.marlows.mother)
    return {
        "letters": str(invitation_family(letter_context(conference), mother, TODAY)),
        "list": str([f"{one.name} {one.reason}" for one in proposals(conference)]),
        "record": str([f"{child.full_name} {child.known_as}" for child in facts.children]),
        "ties": str([facts.tie_words(one.person_id, facts.included) for one in facts.invitations if one.person_id]),
    }


def test_nobody_is_called_in_the_papers_by_a_name_that_only_a_restricted_family_wrote(written, stones):
    new = ("Ruby", "Quill", "Zelda")
    assert all(any(name in text for name in new) for text in called(written).values())
    restrict(stones)
    assert {where: [name for name in new if name in text] for where, text in called(written).items()} == {
        "letters": [], "list": [], "record": [], "ties": [],
    }  # fmt: skip
    assert all("Rosa" in text for text in called(written).values())


def test_both_names_are_looked_for_in_what_leaves_whichever_somebody_typed(written, stones):
    marlows = written[0].marlows
    with setting_up():
        MustNotLearn.objects.create(
            reader=marlows.grandmother, about=marlows.rosa, what="existence", source="judgement", reason="So"
        )
    restrict(stones)
    kept = withheld_from(marlows.family.pk, marlows.grandmother.pk).protected
    assert {"Ruby Quill", "Rosa Marlow"} <= {one.value for one in kept}
    assert not any(name in one.whose for one in kept for name in ("Ruby", "Quill"))  # staff read this


def test_no_page_about_reports_and_the_record_calls_anybody_by_a_name_that_only_a_restricted_family_gave(
    written, stones, client
):
    sitting, record = written
    one = [sitting.conference.pk]
    client.force_login(sitting.council.users.administrator)
    places = [reverse(f"reports:{name}", args=one) for name in ("record", "copies")]
    places += [reverse("reports:copy", args=[copy_for(sitting, record, "mother").pk])]
    places += [reverse("conferences:conference", args=one)]

    def told():
        pages = {place: client.get(place).content.decode() for place in places}
        return {place: [name for name in ("Ruby", "Quill", "Zelda") if name in text] for place, text in pages.items()}

    assert all(told().values()), told()
    restrict(stones)
    assert not any(told().values()), told()
