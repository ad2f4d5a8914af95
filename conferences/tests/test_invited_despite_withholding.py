"""Who must not learn, and who must not meet: on the list, in its second check, and in every letter."""

import pytest
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.actions import invitations as invitations_actions
from conferences.convening.choices import InviteeRole
from conferences.convening.letters.invitation_family import invitation_family, who_comes
from conferences.convening.queries.attending import meeting_for
from conferences.convening.queries.invitations import proposals, what_stops, who_would_meet
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_check
from conferences.convening.queries.uninformed import not_proposed, uninformed_invitees
from conferences.separation.choices import AttendMode
from conferences.separation.queries.arrangements import separation_plan
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    everything_leaves,
    second_checked,
    with_fathers_apart,
)
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale
from families.people.models import Address, MustNotLearn, Person, Protection
from families.tests.builders import end_entries, the_marlows

pytestmark = pytest.mark.django_db


def must_not_learn(reader, about, what, **more):
    """Record that ``reader`` must not learn ``what`` of ``about``."""
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source="judgement", reason="It would put her in danger.", **more
        )


def send(convened, by="administrator", **more):
    return notify.send_invitations(by=convened.by(by), conference=convened.conference, **more)


# --- Who is proposed ----------------------------------------------------------------------------------------------


def test_a_man_who_must_not_learn_that_a_child_exists_is_not_proposed_and_the_list_says_why():
    marlows = the_marlows()
    must_not_learn(marlows.theos_father, marlows.unborn, "existence")
    convened = a_booked_conference(marlows)
    assert not convened.conference.invitations.filter(person=marlows.theos_father).exists()
    said = not_proposed(convened.conference, list(convened.conference.invitations.all()))
    assert [(one.person, one.why) for one in said] == [(marlows.theos_father, "that Unborn Marlow exists")]


def test_a_person_who_must_not_learn_is_found_though_two_records_of_them_on_the_list_were_merged():
    marlows = the_marlows()
    must_not_learn(marlows.rosas_father, marlows.theos_father, "paternity", of_child=marlows.theo)
    convened = a_booked_conference(marlows)
    with setting_up():
        Person.objects.filter(pk=marlows.rosas_father.pk).update(merged_into=marlows.mother)
    rows = list(convened.conference.invitations.all())
    found = uninformed_invitees(convened.conference, rows)
    assert {one.invitation.person_id for one in found} == {marlows.rosas_father.pk, marlows.mother.pk}


def test_nobody_knows_who_a_person_is_and_nobody_invites_them():
    marlows = the_marlows()
    with setting_up():
        Person.objects.filter(pk=marlows.theos_father.pk).update(is_unknown=True, first_name="", last_name="")
    convened = a_booked_conference(marlows)
    unknown = Person.objects.get(pk=marlows.theos_father.pk)
    assert unknown.pk not in {one.person for one in proposals(convened.conference)}
    with pytest.raises(Invalid, match="identity of this person is not known"):
        invitations_actions.add_invitee(
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


def test_somebody_who_would_learn_of_a_father_stops_the_sending_until_a_manager_decides_on_each_entry():
    marlows = the_marlows()
    must_not_learn(marlows.rosas_father, marlows.theos_father, "paternity", of_child=marlows.theo)
    convened = second_checked(a_booked_conference(marlows))
    with pytest.raises(Invalid, match="Dan Pryce must not learn that Lewis Hart is the father of Theo Marlow"):
        send(convened)
    assert not Document.objects.exists()
    dan = convened.invitation(marlows.rosas_father)
    for role in ("administrator", "social_worker", "service_manager"):
        with pytest.raises(NotPermitted):
            invitations.invite_despite_withholding(by=convened.by(role), invitation=dan, reason="He knows")
    invitations.invite_despite_withholding(
        by=convened.by("team_manager"), invitation=dan, reason="He has known since June."
    )
    assert what_stops(convened.conference) == []
    must_not_learn(marlows.rosas_father, marlows.theos_father, "paternity", of_child=marlows.unborn)
    assert "of Unborn Marlow" in what_stops(convened.conference)[0]


# --- The second check ---------------------------------------------------------------------------------------------


def test_the_sender_is_not_the_only_one_who_checked_the_list():
    convened = a_booked_conference()
    with pytest.raises(Invalid, match="Someone other than you must check this list"):
        send(convened)
    second_checked(convened, "administrator")
    with pytest.raises(Invalid, match="Only you have checked this list"):
        send(convened)
    second_checked(convened, "chair")
    assert send(convened)


def test_where_the_only_danger_is_that_two_people_meet_the_list_is_checked_too():
    convened = with_fathers_apart(a_booked_conference())
    with setting_up():
        Protection.objects.update(ended_on=TODAY, end_reason="Past")
    with pytest.raises(Invalid, match=r"there are people who must not meet.*Someone other than you must check"):
        send(convened)
    assert send(second_checked(convened))
    end_entries()
    assert not list_check(convened.conference, list(convened.conference.invitations.all())).why


def test_a_change_of_the_list_or_of_what_is_withheld_undoes_the_second_check():
    convened = second_checked(a_booked_conference())
    must_not_learn(convened.marlows.mother, convened.marlows.theos_father, "fact", words="parole")
    with pytest.raises(Invalid, match="It has changed since it was last checked"):
        send(convened)
    with pytest.raises(Stale):
        invitations.check_list(by=convened.by("chair"), conference=convened.conference, fingerprint="0" * 64)


def test_with_protected_details_a_moved_conference_is_checked_again_before_the_family_gets_letters():
    convened = an_invited_conference()
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, hour=14),
    )  # fmt: skip
    letters = Outgoing.objects.filter(purpose="moved", recipient_kind="person", document__isnull=False)
    assert letters
    for one in letters:
        assert "must look through the list as it is now" in why_held(one)
    with pytest.raises(NotPermitted):
        second_checked(convened, "administrator")  # who moved it, and changed the list before
    assert all("must look through the list" in why_held(one) for one in letters)
    second_checked(convened, "chair")
    assert not any("must look through the list" in why_held(one) for one in letters)


def test_the_checker_sees_in_plain_words_what_each_person_would_learn_and_why(client):
    marlows = the_marlows()
    must_not_learn(marlows.rosas_father, marlows.rosa, "school")
    convened = a_booked_conference(marlows)
    client.force_login(convened.council.users.social_worker)
    words = client.get(reverse("conferences:check_invitations", args=[convened.conference.pk])).content.decode()
    his = words.split("Dan Pryce <span")[1].split("</section>")[0]
    assert "father with parental responsibility" in his and "Rosa Marlow" in his and "Priya Nandra" in his
    assert "Theo" not in his and "school" in his.lower() and "Must not meet: Lewis Hart" in his


# --- Apart --------------------------------------------------------------------------------------------------------


def test_people_who_must_not_meet_get_separate_times_and_each_letter_states_only_its_readers_time():
    convened = a_booked_conference()
    assert who_would_meet(convened.conference, list(convened.conference.invitations.all())) == []
    marlows = convened.marlows
    dan, lewis = convened.invitation(marlows.rosas_father), convened.invitation(marlows.theos_father)
    # Lewis mainly cares for Theo, so that it is Dan who comes later, and by video.
    assert (lewis.mode, lewis.arrives_at, lewis.leaves_at) == ("room", at(HELD_ON, 10), at(HELD_ON, 10, 45))
    assert (dan.mode, dan.arrives_at, dan.leaves_at) == ("video", at(HELD_ON, 11, 15), at(HELD_ON, 12))
    send(second_checked(convened))
    his, theirs = ("11:15am", "midday"), ("10am", "10:45am")
    for person, own, not_theirs in ((marlows.rosas_father, his, theirs), (marlows.theos_father, theirs, his)):
        letter = Document.objects.get(kind="invitation_family", recipient_id=person.pk)
        text = text_of(bytes(letter.body))
        assert all(said in text for said in own) and not any(said in text for said in not_theirs)


def meet_by(convened, modes) -> None:
    """These invitations as they were before it was recorded that two must not meet: the whole time, in these ways."""
    with setting_up():
        for one, mode in modes.items():
            convened.conference.invitations.filter(pk=one.pk).update(
                mode=mode, apart=False, arrives_at=None, leaves_at=None, video_link=""
            )


def test_two_at_one_video_link_at_one_time_meet_and_a_link_of_their_own_keeps_them_apart():
    convened = a_booked_conference(video_link="https://video.example.org/all")
    by, marlows = convened.by("administrator"), convened.marlows
    dan, lewis = convened.invitation(marlows.rosas_father), convened.invitation(marlows.theos_father)
    meet_by(convened, {dan: AttendMode.VIDEO, lewis: AttendMode.VIDEO})
    assert "at the same video link" in what_stops(convened.conference)[0]
    with pytest.raises(Invalid, match="Someone else at this conference has this link"):
        invitations_actions.change_invitee(
            by=by, invitation=dan, children=[], mode=AttendMode.VIDEO, apart=True,
            video_link="https://video.example.org/all",
        )  # fmt: skip
    invitations_actions.change_invitee(
        by=by, invitation=dan, children=[marlows.rosa], mode=AttendMode.VIDEO, apart=True,
        video_link="https://video.example.org/dan",
    )  # fmt: skip
    assert what_stops(convened.conference) == []
    context = letter_context(convened.conference)
    links = {one.name: meeting_for(context, one).video_link for one in context.invitations if one.person_id}
    assert links["Dan Pryce"].endswith("/dan") and links["Lewis Hart"].endswith("/all")


def test_somebody_who_must_not_learn_of_a_placement_is_separated_from_the_people_who_live_there():
    convened = a_booked_conference()
    marlows = convened.marlows
    with setting_up():
        for person, lines in ((marlows.theo, "2 Mill Close"), (marlows.grandmother, "2 Mill Cl.")):
            Address.objects.create(person=person, kind="placement", lines=lines, postcode="ZZ1 2BB")
    people = [marlows.rosas_father.pk, marlows.grandmother.pk]
    assert pairs_to_separate(people) == []
    must_not_learn(marlows.rosas_father, marlows.theo, "placement")
    assert [{pair.one, pair.other} for pair in pairs_to_separate(people)] == [set(people)]


def test_one_person_in_the_room_and_one_on_its_screen_meet_and_stop_the_sending():
    convened = a_booked_conference()
    dan, lewis = (convened.invitation(getattr(convened.marlows, who)) for who in ("rosas_father", "theos_father"))
    meet_by(convened, {dan: AttendMode.VIDEO, lewis: AttendMode.ROOM})
    (pair,) = [one for one in separation_plan(convened.conference) if "Dan Pryce" in (one.one, one.other)]
    assert pair.meet
    assert "in the room and on its screen at the same time" in what_stops(convened.conference)[0]


# --- Letters ------------------------------------------------------------------------------------------------------


def test_no_letter_names_a_child_its_reader_must_not_learn_of_even_if_the_invitation_covers_them():
    marlows = the_marlows()
    must_not_learn(marlows.mother, marlows.theo, "existence")
    convened = a_booked_conference(marlows)
    anna = invitations_actions.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT,
        person=marlows.mother, reason="Rosa’s mother", children=marlows.children,
    )  # fmt: skip
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.pk == anna.pk)
    assert [child.pk for child in context.children_for(mine)] == [marlows.rosa.pk, marlows.unborn.pk]
    letter = invitation_family(context, mine, TODAY)
    assert "Theo" not in repr(letter) and "Rosa" in letter.about
    # The health visitor knows Theo alone: that there is one would tell of him.
    assert "health visitor" not in repr(letter.who_comes)


def test_no_letter_tells_a_child_from_a_sibling_of_the_same_name_that_its_reader_must_not_learn_of():
    marlows = the_marlows()
    must_not_learn(marlows.mother, marlows.theo, "existence")
    with setting_up():
        Person.objects.filter(pk=marlows.theo.pk).update(first_name="Rosa")
    convened = a_booked_conference(marlows)
    anna = invitations_actions.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT,
        person=marlows.mother, reason="Rosa’s mother", children=[marlows.rosa],
    )  # fmt: skip
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.pk == anna.pk)
    assert invitation_family(context, mine, TODAY).about == "Rosa Marlow"


def test_a_school_withheld_from_a_reader_is_called_another_professional():
    convened = a_booked_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    assert any(one.startswith("Sam School, from school") for one in who_comes(letter_context(convened.conference), dan))
    must_not_learn(convened.marlows.rosas_father, convened.marlows.rosa, "school")
    told = who_comes(letter_context(convened.conference), dan)
    assert "another professional who works with your family" in told and "chool" not in repr(told)


def test_no_letter_holds_a_place_that_would_tell_its_reader_where_somebody_is():
    convened = a_booked_conference()
    room = convened.conference.room
    with setting_up():
        room.name, room.address = "Meeting room", "9 Quarry Street\nEastwick\nZZ9 4QP"  # where Dan lives
        room.save()
        convened.conference.invitations.filter(person=convened.marlows.rosas_father).update(mode="room")
    context = letter_context(convened.conference)
    places = {one.name: meeting_for(context, one).place for one in context.invitations if one.person_id}
    assert places["Lewis Hart"] == places["Anna Marlow"] == () and places["Dan Pryce"]


def test_a_person_who_attends_separately_is_told_of_a_move_only_by_their_own_times():
    convened = a_booked_conference()
    send(second_checked(convened))
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **booking(convened.council, hour=14),
    )
    dan = convened.marlows.rosas_father
    text = text_of(bytes(Document.objects.get(kind="conference_moved_family", recipient_id=dan.pk).body))
    assert "11:15am" in text and "3:15pm until 4pm" in text and "10am" not in text and "2pm" not in text


def test_no_file_name_and_no_subject_of_a_conference_names_anybody():
    convened = an_invited_conference()
    words = ("Marlow", "Rosa", "Theo", "Anna", "Dan", "Pryce", "Lewis", "Hart")
    names = [one.file_name for one in Document.objects.all()] + [one.subject for one in Outgoing.objects.all()]
    assert len(names) > 10 and convened
    assert not [name for name in names if any(word.lower() in name.lower() for word in words)]
