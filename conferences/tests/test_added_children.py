"""A child who comes into the family after a conference was requested: asked about at once, until somebody answers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import notify
from conferences.convening.actions.children import consider_child
from conferences.convening.choices import ConferenceKind
from conferences.convening.deadlines import duties
from conferences.convening.models import Conference, InvitationChild
from conferences.convening.queries.attending import behind_on_the_list
from conferences.convening.queries.children_to_consider import not_considered
from conferences.convening.queries.letter_context import letter_context
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.builders import (
    a_booked_conference,
    an_agreed_conference,
    an_invited_conference,
    everything_leaves,
    second_checked,
    send,
)
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.actions.people import record_birth
from families.people.actions.relationships import record_relationship
from families.people.choices import MustNotLearnWhat
from families.people.choices import RelationshipKind as K
from families.people.models import Involvement
from families.protections.actions.entries import record_must_not_learn
from families.tests.builders import a_child

pytestmark = pytest.mark.django_db


def asked(of=None):
    return [duty for duty in duties() if duty.kind == "consider_child" and (of is None or of.pk in duty.owners)]


def a_twin(convened, **details):
    with setting_up():
        return a_child(convened.marlows.family, "Ivo", born_on=TODAY - timedelta(days=1), **details)


def test_a_twin_who_is_added_after_the_birth_is_asked_about_until_somebody_answers():
    convened = a_booked_conference()
    assert not asked()
    unborn = convened.marlows.unborn
    record_birth(
        by=convened.by("social_worker"), family=convened.marlows.family, child=unborn,
        born_on=TODAY - timedelta(days=1), first_name="Ivy", last_name="Marlow", sex="F",
    )  # fmt: skip
    assert not asked()  # the same child, under another name
    twin = a_twin(convened)
    [duty] = asked(convened.council.users.social_worker)
    assert duty.path == reverse("conferences:consider_child", args=[convened.conference.pk, twin.pk])
    consider_child(by=convened.by("social_worker"), conference=convened.conference, child=twin, included=True)
    assert not asked()
    assert convened.conference.children.get(child=twin).included
    with pytest.raises(WrongState, match="already answered"):
        consider_child(by=convened.by("social_worker"), conference=convened.conference, child=twin, included=True)


def test_an_unborn_child_and_one_who_moved_in_are_asked_about_too_and_a_reason_answers_it():
    convened = an_agreed_conference()
    with setting_up():
        unborn = a_child(convened.marlows.family, "", born_on=None, expected_on=TODAY + timedelta(days=90))
        cousin = a_child(convened.marlows.family, "Carl")
    assert [row.person for _, row in not_considered([convened.conference])] == [unborn, cousin]
    with pytest.raises(Invalid, match="Say why"):
        consider_child(by=convened.by("social_worker"), conference=convened.conference, child=cousin, included=False)
    for child in (unborn, cousin):
        consider_child(
            by=convened.by("administrator"), conference=convened.conference, child=child, included=False,
            reason="Lives with an aunt",
        )  # fmt: skip
    assert not asked() and convened.conference.children.get(child=cousin).left_out_reason == "Lives with an aunt"


def test_a_child_who_died_or_is_one_with_a_considered_child_is_not_asked_about():
    convened = a_booked_conference()
    twin = a_twin(convened)
    assert asked()
    with setting_up():
        twin.died_on = TODAY
        twin.save()
    assert not asked()
    with setting_up():
        twin.died_on = None
        twin.save()
        rosa = convened.marlows.rosa
        rosa.merged_into = twin
        rosa.save()
    assert not asked()


def test_who_knows_the_added_child_comes_on_the_list_and_who_is_on_it_is_asked_about_them_too():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    gp = convened.invitation(convened.council.professionals.gp)
    twin = a_twin(convened)
    with setting_up():
        Involvement.objects.create(child=twin, agency=gp.agency, professional=gp.user, from_on=TODAY)
    before = set(school.children.values_list("child", flat=True))
    consider_child(by=convened.by("social_worker"), conference=convened.conference, child=twin, included=True)
    assert gp.children.filter(child=twin).exists()
    assert set(school.children.values_list("child", flat=True)) == before  # they know another child


def test_a_child_added_to_a_family_with_a_plan_is_asked_about_at_its_review_and_not_decided_there():
    sitting = a_closed_sitting()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    cousin = a_twin(sitting)
    assert len(asked(sitting.council.users.social_worker)) == 1
    by = sitting.council.by("social_worker")
    with pytest.raises(Invalid, match="review is about children with a plan"):
        consider_child(by=by, conference=review, child=cousin, included=True)
    consider_child(by=by, conference=review, child=cousin, included=False, reason="An enquiry has been started")
    assert not asked()


def test_the_page_asks_and_the_conference_shows_the_child_until_then(client):
    convened = an_invited_conference()
    twin = a_twin(convened)
    page = reverse("conferences:conference", args=[convened.conference.pk])
    client.force_login(convened.council.users.social_worker)
    path = reverse("conferences:consider_child", args=[convened.conference.pk, twin.pk])
    assert path in client.get(page).content.decode()
    assert "Say why this child is left out" in client.post(path, {"included": "no"}).content.decode()
    answer = client.post(path, {"included": "yes"}, follow=True).content.decode()
    assert "asked to tell the people" in answer and "Not considered yet" not in answer
    assert client.get(path).status_code == 404


def an_added_twin(invited=an_invited_conference, hidden_from=None):
    """Everybody was told of the conference. Then a child is added. The mother, Lewis and the school know the child."""
    convened = invited()
    everything_leaves()
    marlows = convened.marlows
    with setting_up():
        twin = a_child(marlows.family, "Ivo", born_on=TODAY - timedelta(days=1))
        for adult, kind in ((marlows.mother, K.MOTHER), (marlows.theos_father, K.FATHER)):
            record_relationship(
                by=convened.by("social_worker"), family=marlows.family, child=twin, adult=adult, kind=kind
            )
        school = convened.invitation(convened.council.professionals.school)
        Involvement.objects.create(child=twin, agency=school.agency, professional=school.user, from_on=TODAY)
    if hidden_from:
        record_must_not_learn(
            by=convened.by("social_worker"), family=marlows.family, reader=hidden_from(marlows), about=twin,
            what=MustNotLearnWhat.EXISTENCE, source="police", reason="He has threatened the baby.",
        )  # fmt: skip
    consider_child(by=convened.by("social_worker"), conference=convened.conference, child=twin, included=True)
    return convened, twin


def behind(convened):
    return {one.name for one in behind_on_the_list(letter_context(convened.conference))}


def tell_of_change():
    return [duty for duty in duties() if duty.kind == "tell_of_change"]


def waiting(person):
    return [one.document for one in Outgoing.objects.filter(state="queued", recipient_id=person.pk) if one.document]


def test_people_who_were_invited_are_told_once_of_a_child_who_is_added_if_it_concerns_them():
    convened, _ = an_added_twin()
    marlows, school = convened.marlows, convened.council.professionals.school
    assert {"Anna Marlow", "Lewis Hart", str(school)} <= behind(convened)
    assert not {"Dan Pryce", str(convened.council.professionals.gp)} & behind(convened)
    [duty] = tell_of_change()
    assert convened.council.users.administrator.pk in duty.owners
    with pytest.raises(Invalid, match="changed since it was last checked"):
        notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)
    send(convened)
    letter = next(one for one in waiting(marlows.mother) if one.kind == "conference_moved_family")
    words = flowing_text(rebuild(letter.kind, letter.values))
    assert "a child has been added" in words and "Ivo Marlow" in words
    assert not waiting(marlows.rosas_father)
    notice = Outgoing.objects.get(state="queued", recipient_kind="user", recipient_id=school.pk)
    assert "Who the meeting is about has changed" in notice.body and "Ivo" not in notice.body
    assert not behind(convened) and not tell_of_change()
    everything_leaves()
    send(convened)
    assert not Outgoing.objects.filter(state="queued")


def test_somebody_who_must_not_learn_of_an_added_child_hears_nothing_of_it():
    convened, twin = an_added_twin(hidden_from=lambda marlows: marlows.theos_father)
    lewis = convened.invitation(convened.marlows.theos_father)
    with setting_up():  # the list says that his invitation covers the child
        InvitationChild.objects.get_or_create(invitation=lewis, child=twin)
    assert "Anna Marlow" in behind(convened) and "Lewis Hart" not in behind(convened)
    send(convened)
    assert waiting(convened.marlows.mother) and not waiting(convened.marlows.theos_father)


def test_a_letter_that_is_written_again_for_one_reader_does_not_end_the_duty_to_tell_the_others():
    convened, _ = an_added_twin()
    second_checked(convened)
    mother = convened.invitation(convened.marlows.mother)
    notify.send_again(by=convened.by("administrator"), invitation=mother)
    assert "Anna Marlow" not in behind(convened) and tell_of_change()
