"""A live note with a passage of a restricted text is saved for fewer readers until the chair decides."""

import json

import pytest
from django.urls import reverse

from conferences.convening.choices import Section
from conferences.disclosure.actions import Before, Disclosure, RestrictedTextCopied, hold_reason
from conferences.disclosure.choices import Audience
from conferences.disclosure.rules.audience import Readers
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.actions.notes import save_note
from conferences.meeting.forms.notes import digest
from conferences.meeting.models import LiveNote
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions import outline
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, decide
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.audit.models import Event

pytestmark = pytest.mark.django_db
A = Audience
HEARD = "he keeps a machete behind the bedroom door"
POLICE_NOTE = NotePlace(Section.CONFIDENTIAL)
REASON = NotePlace(Section.REASON)


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


def test_a_typed_passage_is_saved_for_the_readers_of_its_source(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    assert kept.text == f"We meet because {HEARD}."
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.EVERYONE)
    held = hold_reason(sitting.chair, kept)
    assert held.saved_for == "Police information, restricted"
    assert [passage for _, passage in held.sources] == [HEARD]
    assert "noted by" in held.sources[0][0]


def test_typing_on_keeps_it_held_and_removing_the_passage_restores_its_readers(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, f"We meet because {HEARD}. Rosa is", audience=A.POLICE, version=kept.version)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.EVERYONE)
    kept = note(sitting, "We meet because Rosa is afraid.", audience=A.POLICE, version=kept.version)
    assert (kept.audience, kept.wanted_audience) == (A.EVERYONE, "")


def test_the_chair_accepts_fewer_readers(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, kept.text, audience=A.POLICE, version=kept.version, keep_narrower=True)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, "")


def test_the_chair_shares_it_with_consent_recorded_in_the_trail_without_the_words(sitting):
    kept = note(sitting, f"We meet because {HEARD}.")
    kept = note(sitting, kept.text, audience=A.POLICE, version=kept.version, consent="DS Hall said so today")
    assert (kept.audience, kept.wanted_audience) == (A.EVERYONE, "")
    event = Event.objects.get(reason="DS Hall said so today")
    assert event.details["from_restricted"] and "machete" not in str(event.details)
    again = note(sitting, kept.text + " So.", audience=A.EVERYONE, version=kept.version)
    assert (again.audience, again.wanted_audience) == (A.EVERYONE, "")


def test_a_police_note_does_not_become_open_by_its_named_readers_alone(sitting):
    police = LiveNote.objects.get(audience=A.POLICE)
    kept = note(sitting, police.text, POLICE_NOTE, A.PROFESSIONALS, police.version)
    assert (kept.audience, kept.wanted_audience) == (A.POLICE, A.PROFESSIONALS)


def test_a_held_note_is_no_source_for_its_own_other_words(sitting):
    note(sitting, f"Rosa was alone in the flat on three nights. And {HEARD}.")
    other = note(sitting, "Rosa was alone in the flat on three nights.", NotePlace(Section.WORRIED))
    assert other.audience == A.EVERYONE


def test_named_readers_are_kept_with_the_note_and_a_stranger_is_refused(sitting):
    school, gp = sitting.invitations["school"].pk, sitting.invitations["gp"].pk
    kept = note(sitting, "For two.", audience=A.NAMED, named=[school, gp])
    assert {one.invitation_id for one in kept.readers.all()} == {school, gp}
    kept = note(sitting, "For one.", audience=A.NAMED, named=[gp], version=kept.version)
    assert {one.invitation_id for one in kept.readers.all()} == {gp}
    kept = note(sitting, "For all.", audience=A.EVERYONE, named=[gp], version=kept.version)
    assert not kept.readers.exists()


def test_decisions_views_and_actions_are_stopped_until_there_is_consent():
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    by, conference = sitting.chair, sitting.conference
    children = [row.child for row in sitting.children]
    action = {"outcome": "Safe", "action": f"Since {HEARD}, go", "who": "Anna", "due_on": TODAY, "measure": "Seen"}
    view = GivenView(sitting.invitations["school"].pk, "plan", f"Because {HEARD}.")
    acts = [
        lambda **how: decide(sitting, reasons=f"Because {HEARD}.", **how),
        lambda **how: record_child_views(by=by, conference_child=sitting.rows["rosa"], views=[view], **how),
        lambda **how: outline.add_action(by=by, conference=conference, children=children, **action, **how),
    ]
    for act in acts:
        with pytest.raises(RestrictedTextCopied):
            act()
        act(consent="DS Hall agreed")
    assert Event.objects.filter(reason="DS Hall agreed").count() == len(acts)


def test_a_view_may_be_saved_for_the_readers_of_its_source():
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    view = GivenView(sitting.invitations["police"].pk, "plan", f"Because {HEARD}.", audience=A.POLICE)
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
    assert "Saved, but not yet shared with: Any reader" in page and f"settle-{REASON.key}" in page
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
    assert "Saved, but not yet shared with: Any reader" in answer and HEARD in answer
    kept = LiveNote.objects.get(section=Section.REASON)
    data = posted(
        sitting, REASON, kept.text, audience=A.POLICE, version=kept.version, was=digest(kept.text, A.POLICE),
        settle="yes",
    )  # fmt: skip
    assert "Saved, but not yet" not in client.post(page, data, follow=True).content.decode()


def test_the_decision_page_asks_who_gave_permission(client):
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("conferences:meet_decide", args=[sitting.conference.pk])
    data = {
        "children": [str(row.pk) for row in sitting.children], "outcome": "protection_plan", "category": "NEG",
        "reasons": f"Because {HEARD}.",
    }  # fmt: skip
    stopped = client.post(url, data).content.decode()
    assert "Who gave permission to share it" in stopped and HEARD in stopped
    places = [stopped.index(f'name="{name}"') for name in ("reasons", "consent", "is_restricted")]
    assert places == sorted(places)  # asked right below the text that it is about
    assert "named later, in the record" in stopped and "unless you name" not in stopped
    assert client.post(url, data | {"consent": "DS Hall"}).status_code == 302


def test_the_permission_typed_stays_on_the_page_when_something_else_is_wrong(client):
    sitting = a_quorate_sitting()
    note(sitting, f"Officers say that {HEARD}.", POLICE_NOTE, A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("conferences:meet_decide", args=[sitting.conference.pk])
    typed = {
        "children": [str(row.pk) for row in sitting.children],
        "reasons": f"Because {HEARD}.",
        "consent": "DS Hall",
    }
    stopped = client.post(url, typed).content.decode()
    assert "There is a problem" in stopped and "DS Hall" in stopped
    places = [stopped.index(f'name="{name}"') for name in ("reasons", "consent", "is_restricted")]
    assert places == sorted(places)
    assert (
        'name="consent"' not in client.post(url, typed | {"consent": ""}).content.decode()
    )  # nobody is asked without need


@pytest.mark.parametrize(
    ("was", "now", "is_shared_already", "is_own"),
    [
        (A.EVERYONE, A.EVERYONE, True, True),
        (A.EVERYONE, A.CHAIR, True, True),
        (A.CHAIR, A.EVERYONE, False, True),  # its own row is no source
        (A.POLICE, A.CHAIR, True, True),
        (A.POLICE, A.PROFESSIONALS, False, False),  # given in confidence: the person who gave it is asked first
        (A.THIRD_PARTY, A.EVERYONE, False, False),
    ],
)
def test_what_a_save_shares_follows_from_before_after_and_audience(was, now, is_shared_already, is_own):
    one = Disclosure({"text": "After"}, Readers(now), (Before("Earlier", Readers(was)),), "a row")
    assert (one.already_shared == "Earlier", one.left_out == "a row") == (is_shared_already, is_own)


def test_a_part_with_readers_of_its_own_is_a_restricted_text_for_the_rest_of_its_save_alone():
    assert not Disclosure({"text": "For all"}).as_sources()
    (found,) = Disclosure(
        {"text": "For few"}, Readers(A.CHAIR), row="a row", label="The confidential part"
    ).as_sources()
    assert (found.key, found.label, found.readers, found.text) == (
        "a row", "The confidential part", Readers(A.CHAIR), "For few",
    )  # fmt: skip
