"""Who must not learn, and who must not meet: on the list, in the second look at it, and in every letter."""

import pytest
from django.urls import reverse

from conferences.actions import checking, convene, invite, tell
from conferences.choices import AttendMode, InviteeRole
from conferences.letters import facts
from conferences.letters.invitation_family import invitation_family, who_comes
from conferences.queries.apart import arranged, kept_apart, who_would_meet
from conferences.queries.invite import proposals, what_stops
from conferences.queries.tell import bundle
from conferences.queries.unknowing import held_back
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    looked_through,
)
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import why_it_must_stay
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale
from families.models import Address, MustNotLearn, Person
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


def kept(reader, about, what, **more):
    """``reader`` must not learn ``what`` of ``about``."""
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source="judgement", reason="It would put her in danger.", **more
        )


def send(convened, by="administrator", **more):
    return tell.send_invitations(by=convened.by(by), conference=convened.conference, **more)


# --- Who is proposed ----------------------------------------------------------------------------------------------


def test_a_man_who_must_not_learn_that_a_child_exists_is_not_proposed_and_the_list_says_why():
    marlows = the_marlows()
    kept(marlows.theos_father, marlows.unborn, "existence")
    convened = a_booked_conference(marlows)
    assert not convened.conference.invitations.filter(person=marlows.theos_father).exists()
    said = held_back(convened.conference, list(convened.conference.invitations.all()))
    assert [(one.person, one.why) for one in said] == [(marlows.theos_father, "that Unborn Marlow exists")]


def test_nobody_knows_who_a_person_is_and_nobody_invites_them():
    marlows = the_marlows()
    with setting_up():
        Person.objects.filter(pk=marlows.theos_father.pk).update(is_unknown=True, first_name="", last_name="")
    convened = a_booked_conference(marlows)
    unknown = Person.objects.get(pk=marlows.theos_father.pk)
    assert unknown.pk not in {one.person for one in proposals(convened.conference)}
    with pytest.raises(Invalid, match="Nobody knows who"):
        invite.add_invitee(
            by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT, person=unknown,
            reason="x", children=[marlows.theo],
        )  # fmt: skip


def test_two_records_of_one_person_are_invited_once():
    marlows = the_marlows()
    with setting_up():
        Person.objects.filter(pk=marlows.rosas_father.pk).update(merged_into=marlows.theos_father)
    found = [one for one in proposals(an_agreed_conference(marlows).conference) if one.person]
    assert [one.person for one in found].count(marlows.theos_father.pk) == 1
    assert marlows.rosas_father.pk not in {one.person for one in found}


def test_who_would_learn_whose_child_it_is_stops_the_sending_until_a_manager_decides_and_again_for_a_new_entry():
    marlows = the_marlows()
    kept(marlows.rosas_father, marlows.theos_father, "paternity", of_child=marlows.theo)
    convened = looked_through(a_booked_conference(marlows))
    with pytest.raises(Invalid, match="Dan Pryce must not learn that Lewis Hart is the father of Theo Marlow"):
        send(convened)
    assert not Document.objects.exists()
    dan = convened.invitation(marlows.rosas_father)
    for role in ("administrator", "social_worker", "service_manager"):
        with pytest.raises(NotPermitted):
            checking.invite_all_the_same(by=convened.by(role), invitation=dan, reason="He knows")
    checking.invite_all_the_same(by=convened.by("team_manager"), invitation=dan, reason="He has known since June.")
    assert what_stops(convened.conference) == []
    kept(marlows.rosas_father, marlows.theos_father, "paternity", of_child=marlows.unborn)
    assert "of Unborn Marlow" in what_stops(convened.conference)[0]


# --- The second pair of eyes --------------------------------------------------------------------------------------


def test_whoever_sends_is_not_the_only_one_who_looked_through_the_list():
    convened = a_booked_conference()
    with pytest.raises(Invalid, match="Somebody other than you must look through this list"):
        send(convened)
    looked_through(convened, "administrator")
    with pytest.raises(Invalid, match="Only you have looked through this list"):
        send(convened)
    looked_through(convened, "chair")
    assert send(convened)


def test_a_change_of_the_list_or_of_what_is_kept_undoes_the_second_look():
    convened = looked_through(a_booked_conference())
    kept(convened.marlows.mother, convened.marlows.theos_father, "fact", words="parole")
    with pytest.raises(Invalid, match="It has changed since it was last checked"):
        send(convened)
    with pytest.raises(Stale):
        checking.check_list(by=convened.by("chair"), conference=convened.conference, as_it_stood="0" * 64)


def test_where_anything_is_protected_a_moved_conference_is_looked_through_again_before_the_family_is_told_on_paper():
    convened = an_invited_conference()
    convene.move(
        by=convened.by("administrator"), conference=convened.conference, why="The room is taken.",
        **booking(convened.council, hour=14),
    )  # fmt: skip
    letters = Outgoing.objects.filter(purpose="moved", recipient_kind="person", document__isnull=False)
    assert letters
    for one in letters:
        assert "must look through the list as it stands now" in why_it_must_stay(one)
    looked_through(convened, "administrator")  # who moved it
    assert all("must look through the list" in why_it_must_stay(one) for one in letters)
    looked_through(convened, "chair")
    assert not any("must look through the list" in why_it_must_stay(one) for one in letters)


def test_whoever_checks_sees_in_plain_words_what_each_would_learn_and_why(client):
    marlows = the_marlows()
    kept(marlows.rosas_father, marlows.rosa, "school")
    convened = a_booked_conference(marlows)
    client.force_login(convened.council.users.social_worker)
    words = client.get(reverse("conferences:check_invitations", args=[convened.conference.pk])).content.decode()
    his = words.split("Dan Pryce <span")[1].split("</section>")[0]
    assert "father with parental responsibility" in his and "Rosa Marlow" in his and "Priya Nandra" in his
    assert "Theo" not in his and "school" in his.lower() and "Must not meet: Lewis Hart" in his


# --- Apart --------------------------------------------------------------------------------------------------------


def test_people_who_must_not_meet_are_proposed_apart_and_each_letter_states_only_its_readers_own_time():
    convened = a_booked_conference()
    assert who_would_meet(convened.conference) == []
    marlows = convened.marlows
    dan, lewis = convened.invitation(marlows.rosas_father), convened.invitation(marlows.theos_father)
    # Lewis mainly cares for Theo, so that it is Dan who comes apart.
    assert dan.apart and not lewis.apart and dan.arrives_at == at(HELD_ON, 11)
    send(looked_through(convened))
    for person, own, not_theirs in ((marlows.rosas_father, "11am", "10am"), (marlows.theos_father, "10am", "11am")):
        letter = Document.objects.get(kind="invitation_family", recipient_id=person.pk)
        text = text_of(bytes(letter.body))
        assert own in text and not_theirs not in text


def test_two_at_one_video_link_at_one_time_meet_and_a_link_of_their_own_keeps_them_apart():
    convened = a_booked_conference(video_link="https://video.example.org/all")
    by, marlows = convened.by("administrator"), convened.marlows
    dan, lewis = convened.invitation(marlows.rosas_father), convened.invitation(marlows.theos_father)
    for one in (dan, lewis):
        invite.change_invitee(by=by, invitation=one, children=[], mode=AttendMode.VIDEO)
    assert "at the same video link" in what_stops(convened.conference)[0]
    with pytest.raises(Invalid, match="somebody else’s at this conference"):
        invite.change_invitee(
            by=by, invitation=dan, children=[], mode=AttendMode.VIDEO, apart=True,
            video_link="https://video.example.org/all",
        )  # fmt: skip
    invite.change_invitee(
        by=by, invitation=dan, children=[marlows.rosa], mode=AttendMode.VIDEO, apart=True,
        video_link="https://video.example.org/dan",
    )  # fmt: skip
    assert what_stops(convened.conference) == []
    pack = bundle(convened.conference)
    links = {one.name: facts.meeting_for(pack, one).video_link for one in pack.invitations if one.person_id}
    assert links["Dan Pryce"].endswith("/dan") and links["Lewis Hart"].endswith("/all")


def test_whoever_must_not_learn_where_a_child_is_placed_is_kept_from_whom_the_child_is_placed_with():
    convened = a_booked_conference()
    marlows = convened.marlows
    with setting_up():
        for person in (marlows.theo, marlows.grandmother):
            Address.objects.create(person=person, kind="placement", lines="2 Mill Close", postcode="ZZ1 2BB")
    people = [marlows.rosas_father.pk, marlows.grandmother.pk]
    assert kept_apart(convened.conference.family_id, people) == []
    kept(marlows.rosas_father, marlows.theo, "placement")
    assert [{pair.one, pair.other} for pair in kept_apart(convened.conference.family_id, people)] == [set(people)]


def test_one_in_the_room_and_one_on_its_screen_is_said_to_the_administrator():
    convened = a_booked_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    invite.change_invitee(by=convened.by("administrator"), invitation=dan, children=[], mode=AttendMode.VIDEO)
    (pair,) = [one for one in arranged(convened.conference) if "Dan Pryce" in (one.one, one.other)]
    assert "keep Lewis Hart off the screen" in pair.how and not pair.meet


# --- Letters ------------------------------------------------------------------------------------------------------


def test_a_child_of_whom_the_reader_must_not_learn_stands_in_none_of_their_letters_though_the_invitation_covers_them():
    marlows = the_marlows()
    kept(marlows.mother, marlows.theo, "existence")
    convened = a_booked_conference(marlows)
    anna = invite.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT,
        person=marlows.mother, reason="Rosa’s mother", children=marlows.children,
    )  # fmt: skip
    pack = bundle(convened.conference)
    mine = next(one for one in pack.invitations if one.pk == anna.pk)
    assert [child.pk for child in pack.children_for(mine)] == [marlows.rosa.pk, marlows.unborn.pk]
    letter = invitation_family(pack, mine, TODAY)
    assert "Theo" not in repr(letter) and "Rosa" in letter.about
    # The health visitor knows Theo alone: that there is one would tell of him.
    assert "a health visitor" not in letter.who_comes


def test_a_school_that_is_kept_from_a_reader_is_another_professional():
    convened = a_booked_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    assert "somebody from school" in who_comes(bundle(convened.conference), dan)
    kept(convened.marlows.rosas_father, convened.marlows.rosa, "school")
    assert "somebody from school" not in who_comes(bundle(convened.conference), dan)


def test_a_place_that_would_tell_the_reader_where_somebody_is_stands_in_no_letter_to_them():
    convened = a_booked_conference()
    room = convened.conference.room
    with setting_up():
        room.name, room.address = "Meeting room", "9 Quarry Street\nEastwick\nZZ9 4QP"  # where Dan lives
        room.save()
    pack = bundle(convened.conference)
    places = {one.name: facts.meeting_for(pack, one).place for one in pack.invitations if one.person_id}
    assert places["Lewis Hart"] == places["Anna Marlow"] == () and places["Dan Pryce"]


def test_who_came_apart_is_told_of_a_move_by_their_own_times_alone():
    convened = a_booked_conference()
    send(looked_through(convened))
    convene.move(
        by=convened.by("administrator"), conference=convened.conference, why="x", **booking(convened.council, hour=14)
    )
    dan = convened.marlows.rosas_father
    text = text_of(bytes(Document.objects.get(kind="conference_moved_family", recipient_id=dan.pk).body))
    assert "11am" in text and "3pm" in text and "10am" not in text and "2pm" not in text


def test_no_file_name_and_no_subject_of_a_conference_names_anybody():
    convened = an_invited_conference()
    words = ("Marlow", "Rosa", "Theo", "Anna", "Dan", "Pryce", "Lewis", "Hart")
    names = [one.file_name for one in Document.objects.all()] + [one.subject for one in Outgoing.objects.all()]
    assert len(names) > 10 and convened
    assert not [name for name in names if any(word.lower() in name.lower() for word in words)]
