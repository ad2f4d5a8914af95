"""Two people change the directory, a team, a room or a post at once: the second is told before overwriting."""

import re

import pytest
from django.urls import reverse

from conferences.convening.choices import Post
from conferences.convening.models import PostHeld, Room
from cpc.core.accounts.tests.builders import TODAY, a_team, a_user, an_agency, setting_up

pytestmark = pytest.mark.django_db


def a_room():
    return Room.objects.create(name="Oak", address="1 Example Street")


def a_contact():
    return an_agency(name="Larkfield").contacts.create(role="office", name="Reception", phone="020 7946 0102")


def a_post():
    return PostHeld.objects.create(user=a_user("chair"), post=Post.CONFERENCE_CHAIR, from_on=TODAY, weekdays=[0, 1])


DAY = {"from_on_day": "1", "from_on_month": "2", "from_on_year": "2027"}
KEPT = {  # what is kept, the page that changes it, what one person saves in it, what the other types meanwhile
    "agency": (an_agency, "accounts:change_agency", {"phone": "020 7946 0111"},
               {"name": "Hill School", "kind": "school", "email_is_secure": "no", "is_active": "yes"}),
    "contact": (a_contact, "accounts:change_contact", {"phone": "020 7946 0111"},
                {"name": "Ann Bell", "role": "office", "phone": "020 7946 0102"}),
    "team": (a_team, "accounts:team", {"kind": "conference_service"}, {"name": "Hill", "kind": "social_work"}),
    "room": (a_room, "conferences:change_room", {"address": "2 Example Street"},
             {"name": "Elm", "address": "1 Example Street", "is_active": "yes"}),
    "post": (a_post, "conferences:change_post", {"weekdays": [2]},
             {"post": "conference_chair", "weekdays": ["0", "1"], **DAY}),
}  # fmt: skip


@pytest.mark.parametrize("kept", KEPT)
def test_what_somebody_else_saved_meanwhile_is_said_before_it_is_overwritten(client, kept):
    make, page, theirs, typed = KEPT[kept]
    with setting_up():
        row = make()
    client.force_login(a_user("administrator", "system_administrator"))
    url = reverse(page, args=[row.pk])
    shown = client.get(url).content.decode()
    typed = typed | {"seen": re.search(r'name="seen" value="(\w+)"', shown)[1]}
    if kept == "post":
        typed["user"] = row.user_id
    with setting_up():
        type(row).objects.filter(pk=row.pk).update(**theirs)
    answer = client.post(url, typed)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Somebody else has changed this since you opened it." in text
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in theirs} == theirs
    mine = typed.get("name", "2027")
    assert f'value="{mine}"' in text
    again = typed | {"seen": re.search(r'name="seen" value="(\w+)"', text)[1]}
    assert client.post(url, again).status_code == 302
    row.refresh_from_db()
    assert (row.from_on.year if kept == "post" else row.name) == (2027 if kept == "post" else mine)
