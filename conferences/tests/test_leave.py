"""On the live page a passage of a restricted text is kept, for fewer readers, until the chair has decided."""

import json

import pytest
from django.urls import reverse

from conferences.actions.decide import View, record_child_views
from conferences.actions.leave import FromRestricted, held_back
from conferences.actions.notes import save_note
from conferences.choices import Audience, Section
from conferences.forms.notes import digest
from conferences.models import LiveNote
from conferences.plans.actions import outline
from conferences.queries.meet import Place
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.audit.models import Event

pytestmark = pytest.mark.django_db
A = Audience
HEARD = "he keeps a machete behind the bedroom door"
POLICE_NOTE = Place(Section.CONFIDENTIAL)
REASON = Place(Section.REASON)


def note(sitting, text, place=REASON, audience="", version=0, **how):
    return save_note(
        by=sitting.chair,
        conference=sitting.conference,
        place=place,
        text=text,
        audience=audience,
        version=version,
        **how,
    )


@pytest.fixture
def sitting():
    sitting = an_open_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    return sitting


def test_what_was_typed_is_kept_for_the_readers_of_its_source(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    assert kept.text == f"We meet because {HEARD}."
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.EVERYONE)
    held = held_back(sitting.chair, kept)
    assert held.kept_for == "Police information, restricted"
    assert [passage for _, passage in held.sources] == [HEARD]
    assert "noted by" in held.sources[0][0]


def test_typing_on_keeps_it_held_and_taking_the_passage_out_gives_it_its_readers_again(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, f"We meet because {HEARD}. Rosa is", audience=A.POLICE, version=kept.version)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.EVERYONE)
    kept = note(sitting, "We meet because Rosa is afraid.", audience=A.POLICE, version=kept.version)
    assert (kept.audience, kept.wanted_audience) == (A.EVERYONE, "")


def test_the_chair_keeps_it_for_fewer(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, kept.text, audience=A.POLICE, version=kept.version, settle=True)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, "")


def test_the_chair_shares_it_with_leave_that_the_trail_keeps_without_the_words(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, kept.text, audience=A.POLICE, version=kept.version, leave="DS Hall said so today")
    assert (kept.audience, kept.wanted_audience) == (A.EVERYONE, "")
    event = Event.objects.get(reason="DS Hall said so today")
    assert event.details["from_restricted"] and "machete" not in str(event.details)
    again = note(sitting, kept.text + " So.", audience=A.EVERYONE, version=kept.version)
    assert (again.audience, again.wanted_audience) == (A.EVERYONE, "")


def test_a_police_note_is_not_made_open_by_its_list_alone(sitting):
    police = LiveNote.objects.get(audience=A.POLICE)
    kept = note(sitting, police.text, POLICE_NOTE, A.PROFESSIONALS, police.version)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.PROFESSIONALS)


def test_a_held_note_is_no_source_for_its_own_other_words(sitting):
    note(sitting, f"Rosa was alone in the flat on three nights. And {HEARD}.")
    other = note(sitting, "Rosa was alone in the flat on three nights.", Place(Section.WORRIED))
    assert other.audience == A.EVERYONE


def test_named_readers_are_kept_with_the_note_and_a_stranger_is_refused(sitting):
    school, gp = sitting.invitations["school"].pk, sitting.invitations["gp"].pk
    kept = note(sitting, "For two.", audience=A.NAMED, named=[school, gp])
    assert {one.invitation_id for one in kept.readers.all()} == {school, gp}
    kept = note(sitting, "For one.", audience=A.NAMED, named=[gp], version=kept.version)
    assert {one.invitation_id for one in kept.readers.all()} == {gp}
    kept = note(sitting, "For all.", audience=A.EVERYONE, named=[gp], version=kept.version)
    assert not kept.readers.exists()


def test_decisions_views_and_actions_are_stopped_until_there_is_leave():
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    by, conference = sitting.chair, sitting.conference
    children = [row.child for row in sitting.children]
    action = {"outcome": "Safe", "action": f"Since {HEARD}, go", "who": "Anna", "due_on": TODAY, "measure": "Seen"}
    view = View(sitting.invitations["school"].pk, "plan", f"Because {HEARD}.")
    acts = [
        lambda **how: decide(sitting, reasons=f"Because {HEARD}.", **how),
        lambda **how: record_child_views(by=by, conference_child=sitting.rows["rosa"], views=[view], **how),
        lambda **how: outline.add_action(by=by, conference=conference, children=children, **action, **how),
    ]
    for act in acts:
        with pytest.raises(FromRestricted):
            act()
        act(leave="DS Hall agreed")
    assert Event.objects.filter(reason="DS Hall agreed").count() == len(acts)


def test_a_view_may_stand_for_the_readers_of_its_source():
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    view = View(sitting.invitations["police"].pk, "plan", f"Because {HEARD}.", audience=A.POLICE)
    record_child_views(by=sitting.chair, conference_child=sitting.rows["rosa"], views=[view])


# The page


def posted(sitting, place, text, *, audience=A.EVERYONE, version=0, was=None, **more):
    key = place.key
    return {
        "key": key, f"note-{key}": text, f"audience-{key}": audience, f"version-{key}": version,
        f"was-{key}": digest("", A.EVERYONE) if was is None else was, **{f"{n}-{key}": v for n, v in more.items()},
    }  # fmt: skip


def test_the_page_saves_by_itself_and_says_why_it_is_kept_for_fewer(sitting, client):
    client.force_login(sitting.conference.chair)
    url = reverse("conferences:meet_note", args=[sitting.conference.pk])
    said = json.loads(client.post(url, posted(sitting, REASON, f"We meet because {HEARD}.")).content)
    assert said["audience"] == A.POLICE
    assert "Police information, restricted" in said["held"] and HEARD in said["held"]
    page = client.get(reverse("conferences:meet", args=[sitting.conference.pk])).content.decode()
    assert "Saved, but not yet for: Everyone who gets a copy" in page and f"settle-{REASON.key}" in page
    leave = posted(
        sitting, REASON, f"We meet because {HEARD}.", audience=A.POLICE, version=said["version"], was=said["was"],
        leave="DS Hall agreed",
    )  # fmt: skip
    said = json.loads(client.post(url, leave).content)
    assert (said["audience"], said["held"]) == (A.EVERYONE, "")


def test_the_save_button_does_the_same_without_scripts(sitting, client):
    client.force_login(sitting.conference.chair)
    page = reverse("conferences:meet", args=[sitting.conference.pk])
    answer = client.post(page, posted(sitting, REASON, f"We meet because {HEARD}."), follow=True).content.decode()
    assert "Saved, but not yet for: Everyone who gets a copy" in answer and HEARD in answer
    kept = LiveNote.objects.get(section=Section.REASON)
    data = posted(
        sitting, REASON, kept.text, audience=A.POLICE, version=kept.version, was=digest(kept.text, A.POLICE),
        settle="yes",
    )  # fmt: skip
    assert "Saved, but not yet" not in client.post(page, data, follow=True).content.decode()


def test_what_became_restricted_goes_from_the_administrators_screen(sitting, client):
    users = sitting.council.users
    kept = note(sitting, "The kestrel flies.")
    since = kept.saved_at.isoformat()
    kept = note(sitting, "The kestrel flies.", audience=A.CHAIR, version=kept.version)
    client.force_login(users.administrator)
    said = json.loads(
        client.get(reverse("conferences:meet_since", args=[sitting.conference.pk]), {"since": since}).content
    )
    assert [one["text"] for one in said["notes"]] == [""]
    page = client.get(reverse("conferences:meet", args=[sitting.conference.pk])).content.decode()
    assert "kestrel" not in page


def test_the_decision_page_offers_to_say_whose_leave_there_is(client):
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("conferences:meet_decide", args=[sitting.conference.pk])
    data = {
        "children": [str(row.pk) for row in sitting.children], "outcome": "protection_plan", "category": "NEG",
        "reasons": f"Because {HEARD}.",
    }  # fmt: skip
    stopped = client.post(url, data).content.decode()
    assert "Who gave you leave to share it" in stopped and HEARD in stopped
    places = [stopped.index(f'name="{name}"') for name in ("reasons", "leave", "is_restricted")]
    assert places == sorted(places)  # asked right below the text that it is about
    assert "named later, in the record" in stopped and "unless you name" not in stopped
    assert client.post(url, data | {"leave": "DS Hall"}).status_code == 302


def test_whose_leave_there_is_stays_on_the_page_when_something_else_is_wrong(client):
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("conferences:meet_decide", args=[sitting.conference.pk])
    typed = {"children": [str(row.pk) for row in sitting.children], "reasons": f"Because {HEARD}.", "leave": "DS Hall"}
    stopped = client.post(url, typed).content.decode()
    assert "There is a problem" in stopped and "DS Hall" in stopped
    places = [stopped.index(f'name="{name}"') for name in ("reasons", "leave", "is_restricted")]
    assert places == sorted(places)
    assert 'name="leave"' not in client.post(url, typed | {"leave": ""}).content.decode()  # nobody is asked unasked
