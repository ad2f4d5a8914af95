"""Who comes with a parent: named, agreed by the chair, told through the parent's letter, expected at the meeting."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import invitations, notify
from conferences.convening.actions.companions import decide_companion, end_companion
from conferences.convening.deadlines import duties
from conferences.convening.letters.invitation_family import who_comes
from conferences.convening.letters.occasions import letters_now
from conferences.convening.models import Companion, Conference
from conferences.convening.queries.attending import behind_on_the_list, meeting_for
from conferences.convening.queries.companions import relatives_to_choose
from conferences.convening.queries.invitations import what_stops
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import list_check
from conferences.convening.queries.presences import conference_presences
from conferences.meeting.actions.attendance import open_conference, put_back
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    everything_leaves,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.companions import agreed, named
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.documents.models import Document, Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import MustNotLearn, MustNotMeet, Person

pytestmark = pytest.mark.django_db
PAGE = "page_for_companion"


@pytest.fixture
def convened():
    return a_booked_conference()


def told(convened, who):
    """What the letter of this person says of who comes with them, and who else is there."""
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.person_id == getattr(convened.marlows, who).pk)
    return " ".join([*meeting_for(context, mine).beside, *who_comes(context, mine)])


def its_duty(convened):
    return [duty for duty in duties() if duty.kind == "decide_companion"]


def test_the_chair_decides_by_the_day_on_which_a_supporter_is_to_be_named(convened):
    one = named(convened)
    [duty] = its_duty(convened)
    assert duty.owners == {convened.conference.chair_id} and (HELD_ON - duty.due_on).days == 2
    assert "Jo Bell" not in told(convened, "mother")
    with pytest.raises(NotPermitted):
        decide_companion(by=convened.by("social_worker"), companion=one, agreed=True)
    decide_companion(by=convened.by("chair"), companion=one, agreed=True)
    assert not its_duty(convened)
    assert "The chair has agreed that Jo Bell may come with you as your supporter." in told(convened, "mother")


def test_a_refusal_needs_a_reason_that_stays_with_staff(convened):
    one = named(convened)
    with pytest.raises(Invalid, match="Say why you do not agree"):
        decide_companion(by=convened.by("chair"), companion=one, agreed=False)
    decide_companion(by=convened.by("chair"), companion=one, agreed=False, reason="She is a witness")
    assert "has not agreed to Jo Bell" in told(convened, "mother") and "witness" not in told(convened, "mother")
    assert "Jo Bell" not in told(convened, "rosas_father")


def test_a_parent_has_one_supporter_and_one_solicitor(convened):
    first = named(convened)
    with pytest.raises(Invalid, match="already has 1 supporter"):
        named(convened, name="Kim Low")
    named(convened, kind="solicitor", name="A. Moss", relation="Hill and Moss")
    with pytest.raises(Invalid, match="already has a solicitor"):
        named(convened, kind="solicitor", name="B. Hill", relation="Hill and Moss")
    end_companion(by=convened.by("administrator"), companion=first, reason="She is ill")
    named(convened, name="Kim Low")
    with pytest.raises(WrongState):
        decide_companion(by=convened.by("chair"), companion=first, agreed=True)


def test_one_who_was_refused_is_not_agreed_to_beside_somebody_else(convened):
    first = decide_companion(by=convened.by("chair"), companion=named(convened), agreed=False, reason="A witness")
    agreed(convened, name="Kim Low")
    with pytest.raises(Invalid, match="already has 1 supporter"):
        decide_companion(by=convened.by("chair"), companion=first, agreed=True)


@pytest.mark.parametrize("name", ["jean marlow", "Danny Pryce", "Pryce, Dan", "Dan James Pryce", "Rabbit Cole"])
def test_somebody_of_the_family_is_chosen_from_the_record(convened, name):
    with setting_up():
        convened.marlows.rosas_father.other_names.create(kind="former", first_name="", last_name="Cole")
        Person.objects.filter(pk=convened.marlows.rosas_father.pk).update(known_as="Rabbit")
    with pytest.raises(Invalid, match="Choose them from the list"):
        named(convened, name=name)
    assert named(convened, name="Dan Low").name == "Dan Low"


def test_a_friend_of_the_same_name_is_named_once_the_worker_confirms_another_person_and_the_chair_reads_that(
    client, convened
):
    with pytest.raises(Invalid, match="If this is another person, confirm that below"):
        named(convened, name="Jean Marlow")
    one = named(convened, name="Jean Marlow", is_namesake=True)
    assert one.is_namesake and one.relative is None
    client.force_login(convened.council.users.chair)
    page = client.get(reverse("conferences:decide_companion", args=[one.pk])).content.decode()
    assert "Somebody on the family’s record has the same name: Priya Nandra confirmed" in page
    assert not named(convened, who="rosas_father", name="Kim Low", is_namesake=True).is_namesake  # nobody has that name


def test_a_relative_is_named_from_the_record(convened):
    assert named(convened, relative=convened.marlows.grandmother, name="").name == "Jean Marlow"


def test_who_must_not_meet_somebody_on_the_list_comes_with_nobody(convened):
    jean, lewis = convened.marlows.grandmother, convened.marlows.theos_father
    one = named(convened, relative=jean)
    with setting_up():
        MustNotMeet.objects.create(one=jean, other=lewis, protects="one", source="injunction", reason="He hit her.")
    with pytest.raises(Invalid, match="must be kept separate"):
        decide_companion(by=convened.by("chair"), companion=one, agreed=True)
    assert any("must be kept separate" in sentence for sentence in what_stops(convened.conference))
    end_companion(by=convened.by("social_worker"), companion=one, reason="Not safe")
    assert not any("kept separate" in sentence for sentence in what_stops(convened.conference))
    with pytest.raises(Invalid, match="must be kept separate"):
        named(convened, relative=jean)


def test_who_must_not_learn_something_of_the_family_comes_with_nobody(convened):
    jean = convened.marlows.grandmother
    with setting_up():
        MustNotLearn.objects.create(
            what="school", about=convened.marlows.rosa, reader=jean, source="judgement", reason="She tells Dan.",
        )  # fmt: skip
    with pytest.raises(Invalid, match="must be withheld from Jean Marlow"):
        named(convened, relative=jean)


def test_the_list_of_relatives_is_asked_for_only_where_there_is_somebody_to_choose(client, convened):
    client.force_login(convened.marlows.worker)
    url = reverse("conferences:name_companion", args=[convened.conference.pk])
    assert "Not on the family’s record" in client.get(url).content.decode()
    for person in relatives_to_choose(convened.conference):
        invitations.add_invitee(
            by=convened.by("administrator"), conference=convened.conference, role="relative", person=person,
            reason="Helps with Rosa", children=[convened.marlows.rosa],
        )  # fmt: skip
    assert "Not on the family’s record" not in client.get(url).content.decode()
    assert "Enter their name" in client.post(url, {"kind": "supporter"}).content.decode()


def test_other_letters_name_a_supporter_only_where_they_name_the_parent(convened):
    marlows = convened.marlows
    invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="relative", person=marlows.grandmother,
        reason="She helps with Rosa", children=[marlows.rosa],
    )  # fmt: skip
    agreed(convened)
    agreed(convened, "theos_father", name="Kim Low", asked_by="Lewis Hart")
    assert "Jo Bell, who comes with Anna Marlow" in told(convened, "grandmother")
    assert "Jean Marlow, family member" in told(convened, "mother")
    assert "Kim Low" in told(convened, "theos_father")
    # Lewis is one of two who must not meet: nobody is told that he comes, nor who comes with him.
    assert "Lewis" not in told(convened, "mother") and "Kim Low" not in told(convened, "mother")
    assert not any("Kim Low" in told(convened, who) for who in ("rosas_father", "grandmother"))


def test_a_parent_who_was_invited_is_told_of_the_decision_by_another_letter():
    convened = an_invited_conference()
    everything_leaves()
    assert not behind_on_the_list(letter_context(convened.conference))
    agreed(convened)
    [behind] = behind_on_the_list(letter_context(convened.conference))
    assert behind.person == convened.marlows.mother
    assert [duty for duty in duties() if duty.kind == "tell_of_change"]
    before = Outgoing.objects.count()
    second_checked(convened, "team_manager")  # the social worker named the supporter
    notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)
    letter = Document.objects.filter(kind="conference_moved_family").get()
    assert letter.recipient_id == convened.marlows.mother.pk and letter.values["changed"] == ["Who may come with you."]
    new = Outgoing.objects.order_by("pk")[before:]
    assert {one.recipient_id for one in new} == {convened.marlows.mother.pk}  # nothing is sent to the supporter
    [page] = Document.objects.filter(kind="page_for_companion")
    assert page.recipient_id == convened.marlows.mother.pk and page.values["companion"] == "Jo Bell"


def test_each_companion_has_a_page_with_the_parents_letter_that_names_no_child(client, convened):
    agreed(convened)
    agreed(convened, kind="solicitor", name="A. Moss", relation="Hill and Moss")
    named(convened, "theos_father", name="Kim Low")
    context = letter_context(convened.conference)
    mine, theirs = (
        [one for one in letters_now(context, convened.invitation(who), TODAY, stamped_at=None) if one.name == PAGE]
        for who in (convened.marlows.mother, convened.marlows.theos_father)
    )
    assert [(one.companion, one.is_solicitor) for one in mine] == [("Jo Bell", False), ("A. Moss", True)]
    assert theirs == []  # the chair has not agreed
    for one in mine:
        text = flowing_text(one)
        assert "Do not tell anyone what you hear" in text and "Anna Marlow" in text
        assert not any(name in text for name in ("Rosa", "Theo", "Kofi", "Lewis"))
        street, *_, postcode = one.addressee.lines
        assert street not in text and postcode not in text, "nor where she lives"
        assert one.meeting == meeting_for(context, convened.invitation(convened.marlows.mother))
    client.force_login(convened.council.users.administrator)
    shown = client.get(reverse("conferences:preview_invitations", args=[convened.conference.pk])).content.decode()
    found = re.findall(r'href="([^"]+page_for_companion/\?title=[^"]+)">([^<]+)<', shown)
    assert [title.strip() for _, title in found] == [one.title for one in mine]
    assert all(client.get(url)["Content-Type"] == "application/pdf" for url, _ in found)


def test_who_was_agreed_is_expected_at_the_meeting_and_where_the_parent_is():
    convened = an_invited_conference()
    agreed(convened, relative=convened.marlows.grandmother)
    named(convened, "theos_father", name="Kim Low")
    [there] = conference_presences([convened.marlows.grandmother.pk], timezone.now())
    assert there.name == "Jean Marlow" and there.starts_at == convened.conference.starts_at
    conference = Conference.objects.get(pk=convened.conference.pk)
    chair = convened.by("chair", HELD_ON)
    open_conference(by=chair, conference=conference)
    [one] = conference.invitations.filter(role="supporter")
    assert one.name == "Jean Marlow" and one.attendance == "unknown" and one.reason.startswith("Comes with Anna Marlow")
    put_back(by=chair, conference=conference, reason="By mistake")
    assert not conference.invitations.filter(role="supporter", withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize("how", ["does not come", "not agreed after all"])
def test_a_page_that_waits_in_the_print_room_is_withdrawn_with_the_agreement(convened, how):
    jo, moss = agreed(convened), agreed(convened, kind="solicitor", name="A. Moss", relation="Hill and Moss")
    with_fathers_apart(convened)
    second_checked(convened, "team_manager")
    notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)
    if how == "does not come":
        end_companion(by=convened.by("social_worker"), companion=jo, reason="She is his sister")
    else:
        decide_companion(by=convened.by("chair"), companion=jo, agreed=False, reason="She is his sister")
    pages = Outgoing.objects.filter(document__kind=PAGE)
    assert {one.document.values["companion"]: one.state for one in pages} == {
        "Jo Bell": "withdrawn",
        moss.name: "queued",
    }


def test_staff_see_them_and_professionals_do_not(client, convened):
    named(convened)
    assert seen_by(convened.by("chair"), Companion).count() == 1
    assert not seen_by(convened.by("school"), Companion).exists()
    client.force_login(convened.council.users.social_worker)
    page = client.get(reverse("conferences:taking_part", args=[convened.conference.pk])).content.decode()
    assert "Jo Bell" in page and "Waiting for the chair" in page
    assert reverse("conferences:decide_companion", args=[Companion.objects.get().pk]) not in page


def test_a_second_check_lapses_with_a_decision_and_shows_what_was_written_for_each_letter(client, convened):
    second_checked(convened)
    rows = list(convened.conference.invitations.all())
    assert list_check(convened.conference, rows).checks
    agreed(convened)
    assert not list_check(convened.conference, rows).checks
    client.force_login(convened.council.users.social_worker)
    page = client.get(reverse("conferences:check_invitations", args=[convened.conference.pk])).content.decode()
    assert "Written for them" in page and "Jo Bell may come with you" in page
