"""Reasons for a decision that only some may read: on the page, in the record, in the letters of their readers alone."""

import pytest
from django.urls import reverse

from conferences.disclosure.choices import Audience
from conferences.meeting.models import Decision
from conferences.meeting.permissions import may_read_restricted_reasons
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.kernel.refusals import Invalid
from reports.incoming.actions.contributions import record_chair_talk
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters import letter_for
from reports.outgoing.models import Copy
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import CHILDREN, _plan

pytestmark = pytest.mark.django_db
A = Audience
KESTREL = "The kestrel flies at dawn."
READERS = ("mother", "rosas_father", "social_worker", "school", "police")
# All but the school and Rosa's father have copies that cover Theo too; these reasons are about Rosa.
WHOSE = {A.PROFESSIONALS: {"social_worker", "school", "police"}, A.CHAIR: set(), A.POLICE: set(), A.THIRD_PARTY: set()}


@pytest.fixture
def sitting():
    return a_quorate_sitting(children=CHILDREN)


def a_record(sitting, audience):
    decide(sitting, ["rosa"], reasons="Rosa was alone.", restricted=KESTREL, restricted_audience=audience)
    decide(sitting, ["theo"])
    _plan(sitting, TODAY)
    sitting.conference.refresh_from_db()
    return draft_record(by=sitting.chair, conference=sitting.conference)


@pytest.mark.parametrize("kind", ["record", "decision_letter"])
@pytest.mark.parametrize("audience", list(WHOSE))
def test_they_appear_in_the_copies_of_their_readers_and_the_other_reasons_in_all(sitting, audience, kind):
    record = a_record(sitting, audience)
    said = {}
    for who in READERS:
        copy = Copy.objects.get(record=record, kind=kind, invitation=sitting.invitations[who])
        said[who] = repr(letter_for(facts_of(record), copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY)))
    assert {who for who in READERS if "kestrel" in said[who]} == WHOSE[audience]
    assert all("Rosa was alone" in text for text in said.values())


@pytest.mark.parametrize("audience", list(WHOSE))
def test_their_paragraph_has_exactly_their_audience(sitting, audience):
    paragraph = a_record(sitting, audience).paragraphs.get(text=KESTREL)
    assert (paragraph.audience, paragraph.part) == (audience, "decision")


def test_they_are_never_for_everyone_and_never_for_nobody_in_particular(sitting):
    for audience in (A.EVERYONE, A.FAMILY, A.NAMED, ""):
        with pytest.raises(Invalid):
            decide(sitting, restricted=KESTREL, restricted_audience=audience)
    assert not Decision.objects.exists()


def test_who_sees_the_decision_does_not_by_that_read_them(sitting):
    a_record(sitting, A.POLICE)
    users = sitting.council.users
    reads = {
        name
        for name in ("chair", "administrator", "social_worker", "team_manager", "service_manager")
        if seen_by(viewer(getattr(users, name)), Decision)
        .filter(may_read_restricted_reasons(viewer(getattr(users, name))))
        .exclude(restricted="")
        .exists()
    }
    assert reads == {"chair", "administrator", "social_worker", "team_manager"}
    assert seen_by(viewer(users.service_manager), Decision).exists()


def test_the_chair_writes_them_on_the_page_and_the_rooms_screen_and_the_board_do_not_show_them(sitting, client):
    client.force_login(sitting.conference.chair)
    where = [sitting.conference.pk]
    data = {
        "children": [str(sitting.rows["rosa"].pk)], "outcome": "no_plan", "reasons": "Rosa was alone.",
        "is_restricted": "yes", "restricted": KESTREL,
    }  # fmt: skip
    url = reverse("conferences:meet_decide", args=where)
    assert "Choose who may read these reasons" in client.post(url, data).content.decode()
    assert client.post(url, data | {"audience": A.PROFESSIONALS}).status_code == 302
    for name in ("meet", "meet_room"):
        page = client.get(reverse(f"conferences:{name}", args=where)).content.decode()
        assert "Rosa was alone" in page and "kestrel" not in page
    again = client.get(f"{url}?child={sitting.rows['rosa'].pk}").content.decode()
    assert KESTREL in again
    untick = {name: value for name, value in data.items() if name != "is_restricted"}
    assert client.post(url, untick).status_code == 302
    assert Decision.objects.get().restricted == ""


def test_a_talk_for_the_chair_alone_is_read_by_the_chair_alone(sitting, client):
    record_chair_talk(
        by=sitting.chair, conference=sitting.conference, person=sitting.marlows.mother, held_on=TODAY,
        what_was_said=KESTREL, form="together", audience=A.CHAIR,
    )  # fmt: skip
    users = sitting.council.users
    for user, reads in ((users.chair, True), (users.administrator, False), (users.social_worker, False)):
        client.force_login(user)
        page = client.get(reverse("conferences:conference", args=[sitting.conference.pk])).content.decode()
        assert "The chair spoke with them" in page and ("kestrel" in page) == reads
