"""Somebody of the family who does not want to come: the answer is kept, with how they will be heard."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions.invitations import answer_invitation, record_reply, record_stays_away
from conferences.convening.choices import Reply
from conferences.convening.models import Invitation
from conferences.tests.builders import an_invited_conference, booking
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted

pytestmark = pytest.mark.django_db
HEARD = "Sam phones her on Tuesday and writes it down."


def stays_away(convened, heard_how=HEARD):
    mine = convened.invitation(convened.marlows.mother)
    by = convened.by("administrator")
    return record_reply(by=by, invitation=mine, reply=Reply.STAYS_AWAY, heard_how=heard_how)


def test_it_is_kept_with_how_they_will_be_heard_and_not_without():
    convened = an_invited_conference()
    with pytest.raises(Invalid, match="how they will be heard"):
        stays_away(convened, " ")
    found = stays_away(convened)
    assert (found.reply, found.heard_how) == (Reply.STAYS_AWAY, HEARD) and found.replied_at
    for reply, said in ((Reply.STAYS_AWAY, ""), (Reply.COMING, HEARD)):
        with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
            Invitation.objects.filter(pk=found.pk).update(reply=reply, heard_how=said)
    coming_now = record_reply(by=convened.by("administrator"), invitation=found, reply=Reply.COMING, heard_how=HEARD)
    assert coming_now.heard_how == ""


def test_no_professional_gives_this_answer():
    convened = an_invited_conference()
    school = convened.council.professionals.school
    mine = convened.invitation(school)
    with pytest.raises(Invalid):
        record_reply(by=convened.by("administrator"), invitation=mine, reply=Reply.STAYS_AWAY, heard_how=HEARD)
    with pytest.raises(Invalid):
        answer_invitation(by=viewer(school), invitation=mine, reply=Reply.STAYS_AWAY)


def test_the_answer_stays_when_the_conference_moves_and_others_are_asked_again():
    convened = an_invited_conference()
    stays_away(convened)
    father = convened.invitation(convened.marlows.theos_father)
    record_reply(by=convened.by("administrator"), invitation=father, reply=Reply.COMING)
    given = booking(convened.council, on=date(2026, 12, 4))
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **given,
    )
    mine = convened.invitation(convened.marlows.mother)
    assert (mine.reply, mine.heard_how) == (Reply.STAYS_AWAY, HEARD)
    father.refresh_from_db()
    assert father.reply == Reply.NONE


def test_it_is_on_the_list_and_on_the_chairs_first_page_and_in_no_letter(client):
    convened = an_invited_conference()
    users = convened.council.users
    reply, page = (
        reverse("conferences:reply_for", args=[convened.invitation(convened.marlows.mother).pk]),
        reverse("conferences:invitations", args=[convened.conference.pk]),
    )
    client.force_login(users.administrator)
    assert "How will they be heard?" in client.get(reply).content.decode()
    assert "Say how they will be heard" in client.post(reply, {"reply": "stays_away"}).content.decode()
    assert client.post(reply, {"reply": "stays_away", "heard_how": HEARD}).url == page
    said = client.get(page).content.decode()
    assert "Does not want to come" in said and HEARD in said
    client.force_login(users.chair)
    assert "Someone does not want to come" in client.get(reverse("work:home")).content.decode()
    said = client.get(reverse("conferences:conference", args=[convened.conference.pk])).content.decode()
    assert "Does not want to come" in said and HEARD in said
    letters = [str(one.values) for one in _documents()]
    assert letters and not any("Tuesday and writes" in one for one in letters)


def _documents():
    return [one.document for one in Outgoing.objects.exclude(document=None).select_related("document")]


def test_no_professional_is_told_that_somebody_does_not_want_to_come(client):
    convened = an_invited_conference()
    stays_away(convened)
    school = convened.council.professionals.school
    client.force_login(school)
    for page in (reverse("work:home"), reverse("conferences:conference", args=[convened.conference.pk])):
        said = client.get(page).content.decode()
        assert "not want to come" not in said and "phones her" not in said


@pytest.mark.parametrize("who", ["social_worker", "chair"])
def test_somebody_may_tell_their_worker_or_the_chair_instead_of_the_office(client, who):
    convened = an_invited_conference()
    mine = convened.invitation(convened.marlows.mother)
    page = reverse("conferences:conference", args=[convened.conference.pk])
    form = reverse("conferences:stays_away", args=[mine.pk])
    client.force_login(getattr(convened.council.users, who))
    assert form in client.get(page).content.decode()
    assert "How will they be heard?" in client.get(form).content.decode()
    assert "Enter how they will be heard" in client.post(form, {"heard_how": " "}).content.decode()
    assert client.post(form, {"heard_how": HEARD}).url == page
    mine.refresh_from_db()
    assert (mine.reply, mine.heard_how) == (Reply.STAYS_AWAY, HEARD)
    assert HEARD in client.get(page).content.decode()


def test_nobody_else_says_it_for_somebody(client):
    convened = an_invited_conference()
    users, school = convened.council.users, convened.council.professionals.school
    mine = convened.invitation(convened.marlows.mother)
    form = reverse("conferences:stays_away", args=[mine.pk])
    for who, user in (("other_chair", users.other_chair), ("other_worker", users.other_worker), ("school", school)):
        client.force_login(user)
        assert client.post(form, {"heard_how": HEARD}).status_code in (403, 404), who
        with pytest.raises(NotPermitted):
            record_stays_away(by=viewer(user), invitation=mine, heard_how=HEARD)
    client.force_login(users.social_worker)
    assert client.get(reverse("conferences:stays_away", args=[convened.invitation(school).pk])).status_code == 404
    with pytest.raises(Invalid):
        record_stays_away(by=viewer(users.social_worker), invitation=convened.invitation(school), heard_how=HEARD)
