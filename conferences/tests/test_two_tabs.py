"""Two people, or one in two tabs, change the same thing at once: the second save is told before overwriting."""

import re

import pytest
from django.urls import reverse

from conferences.convening.choices import Post
from conferences.convening.models import PostHeld, Room
from conferences.meeting.models import AgencyView, Decision
from conferences.plans.actions import outline
from conferences.plans.models import PlanAction
from conferences.plans.tests.closing import close
from conferences.tests.meeting import a_booked_sitting, a_quorate_sitting, decide
from cpc.core.accounts.tests.builders import TODAY, a_team, a_user, an_agency, setting_up
from cpc.core.web.forms import DateField

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
    assert answer.status_code == 200 and "This was changed since you opened this page." in text
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in theirs} == theirs
    mine = typed.get("name", "2027")
    assert f'value="{mine}"' in text
    again = typed | {"seen": re.search(r'name="seen" value="(\w+)"', text)[1]}
    assert client.post(url, again).status_code == 302
    row.refresh_from_db()
    assert (row.from_on.year if kept == "post" else row.name) == (2027 if kept == "post" else mine)


def open_sitting():
    sitting = a_quorate_sitting(children=("rosa",))
    with setting_up():
        a_view = {"conference_child": sitting.rows["rosa"], "invitation": sitting.invitations["school"]}
        AgencyView.objects.create(**a_view, view="plan", reason="She is often alone.")
    decide(sitting)
    outline.add_action(
        by=sitting.chair, conference=sitting.conference, outcome="Safe", action="Walk with Rosa", who="Anna Marlow",
        due_on=TODAY, measure="Seen", children=[sitting.marlows.rosa],
    )  # fmt: skip
    return sitting


def the_way_dan_comes(sitting):
    invitation = sitting.invitations["rosas_father"]
    theirs = {"video_link": "https://video.example.org/dan", "mode": "video", "apart": True}
    return reverse("conferences:change_invitation", args=[invitation.pk]), invitation, theirs, {"is_expected": "no"}


def the_view_of_the_school(sitting):
    view = AgencyView.objects.get()
    page = reverse("conferences:meet_child", args=[sitting.conference.pk, sitting.rows["rosa"].pk])
    mine = {f"reason_{view.invitation_id}": "She was seen alone twice."}
    return page, view, {"reason": "She was alone in the dark."}, mine


def the_decision(sitting):
    row = sitting.rows["rosa"]
    page = reverse("conferences:meet_decide", args=[sitting.conference.pk]) + f"?child={row.pk}"
    return page, Decision.objects.get(), {"reasons": "She was left alone for two nights."}, {"reasons": "She was cold."}


def an_action(sitting):
    action = PlanAction.objects.get()
    page = reverse("plans:change_action", args=[action.pk])
    return page, action, {"who": "Dan Pryce"}, {"measure": "The school says so"}


@pytest.mark.parametrize("page", [the_way_dan_comes, the_view_of_the_school, the_decision, an_action])
def test_the_same_page_in_two_tabs_of_a_conference_overwrites_nothing_unseen(client, page):
    is_before = page is the_way_dan_comes
    sitting = a_booked_sitting() if is_before else open_sitting()
    url, row, theirs, mine = page(sitting)
    client.force_login(sitting.council.users.administrator if is_before else sitting.conference.chair)
    typed = filled_in(client.get(url).context["form"]) | mine
    with setting_up():
        type(row).objects.filter(pk=row.pk).update(**theirs)
    answer = client.post(url, typed)
    assert "This was changed since you opened this page." in answer.content.decode()
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in theirs} == theirs
    form = answer.context["form"]
    assert {name: form[name].value() for name in mine} == mine, "what was typed is still there"
    assert client.post(url, typed | {"seen": form["seen"].value()}).status_code == 302


def test_what_was_typed_to_close_a_conference_is_shown_when_it_was_closed_in_another_tab(client):
    sitting = open_sitting()
    close(sitting)
    client.force_login(sitting.conference.chair)
    url = reverse("plans:close", args=[sitting.conference.pk])
    answer = client.post(url, {"aim": "Rosa is never alone at night.", "contingency": "We meet at once."})
    page = answer.content.decode()
    assert "was closed after you opened this page" in page
    assert "Rosa is never alone at night." in page and "We meet at once." in page
    assert client.get(url).status_code == 302


def filled_in(form) -> dict:
    """What a browser sends of this form as its page shows it."""
    found = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, DateField):
            found |= {f"{bound.name}_{part}": getattr(value, part) for part in ("day", "month", "year") if value}
        elif isinstance(value, bool):
            found[bound.name] = "yes" if value else "no"
        elif value not in (None, ""):
            found[bound.name] = value
    return found
