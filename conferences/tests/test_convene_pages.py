"""The pages of booking and inviting: who may open them, what they say, and how many queries they make."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.models import Conference
from conferences.convening.queries.invitations import reasons_of_last_time
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    declare,
    second_checked,
    with_fathers_apart,
)
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.accounts.tests.builders import a_user, an_agency, setting_up
from cpc.core.audit.models import Look
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.text import text_of
from cpc.core.policy.queries import due
from cpc.core.web.templatetags.components import short_day
from families.people.models import Person
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
TODAY = "2026-11-20 09:00+00:00"


@pytest.fixture(autouse=True)
def the_day():
    """Set the day of the builders."""
    with time_machine.travel(TODAY, tick=True):
        yield


def sign_in(client, convened, name):
    user = getattr(convened.council.users, name, None) or getattr(convened.council.professionals, name)
    client.force_login(user)
    return client


def url(name, *args):
    return reverse(f"conferences:{name}", args=args)


def filled_in(convened, **changes):
    return {
        "held_on": "2026-12-02", "starts": "10am", "ends": "12 noon", "room": a_room(convened.council).pk,
        "video_link": "", "chair": convened.council.users.chair.pk, "lateness_reason": "",
        "lateness_note": "", "lateness_agreed_by": "", **changes,
    }  # fmt: skip


def test_an_administrator_books_invites_and_sends_through_the_pages(client):
    convened = an_agreed_conference()
    conference = convened.conference
    sign_in(client, convened, "administrator")
    page = client.get(url("conference", conference.pk)).content.decode()
    assert "Book the conference" in page and "Monday 7 December 2026" in page
    assert (
        "The last day of the 15 working days is Monday 7 December 2026."
        in client.get(url("book", conference.pk)).content.decode()
    )
    answer = client.post(url("book", conference.pk), filled_in(convened))
    assert answer.status_code == 302 and answer.url == url("invitations", conference.pk)
    declare(convened.by("chair"), conference)
    page = client.get(answer.url).content.decode()
    assert "No school nurse is recorded for Rosa (8)." in page
    assert "must not meet" in page
    dan = convened.invitation(convened.marlows.rosas_father)
    answer = client.post(
        url("change_invitation", dan.pk),
        {
            "children": [convened.marlows.rosa.pk], "mode": "video", "apart": "yes", "arrives": "11:30am",
            "leaves": "12 noon", "is_expected": "yes",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    page = client.get(url("preview_invitations", conference.pk)).content.decode()
    assert "Someone other than you must check this list" in page and "Send all" not in page
    second_checked(convened)
    page = client.get(url("preview_invitations", conference.pk)).content.decode()
    assert "Send all the invitations" in page and "By hand, from Priya Nandra" in page
    assert not Outgoing.objects.exclude(purpose="chair").exists()
    answer = client.post(url("send_invitations", conference.pk))
    assert answer.status_code == 302 and Outgoing.objects.filter(purpose="invitation").count() == 13
    assert "Everyone on the list has been invited" in client.get(url("conference", conference.pk)).content.decode()


def test_the_page_of_a_conference_says_that_a_child_has_died(client):
    convened = a_booked_conference()
    with setting_up():
        Person.objects.filter(pk=convened.marlows.theo.pk).update(died_on=HELD_ON - timedelta(days=14))
    client.force_login(convened.council.users.administrator)
    page = client.get(reverse("conferences:conference", args=[convened.conference.pk])).content.decode()
    shown = " ".join(strip_tags(page).split())
    assert f"Theo Marlow Died {short_day(HELD_ON - timedelta(days=14))}" in shown and shown.count("Died ") == 1


def test_what_was_typed_is_still_there_when_the_room_is_taken(client):
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    sign_in(client, second, "administrator")
    typed = filled_in(second, chair=second.council.users.other_chair.pk, video_link="https://video.example.org/kept")
    answer = client.post(url("book", second.conference.pk), typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Room 4 is not free at that time" in page
    assert "https://video.example.org/kept" in page and 'value="2026"' in page
    assert Conference.objects.get(pk=second.conference.pk).state == "agreed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2026-12-05"}, "not a working day"),
        ({"held_on": "2026-02-31"}, "must be a real date"),
        ({"starts": "half past"}, "Start time must be a time"),
        ({"video_link": "not a link"}, "Enter the whole link"),
        ({"held_on": "2026-12-08"}, "Choose why it is late"),
        ({"chair": "999999"}, "Choose the chair"),
    ],
)
def test_bad_input_is_a_sentence_and_never_an_error(client, changes, sentence):
    convened = an_agreed_conference()
    sign_in(client, convened, "administrator")
    answer = client.post(url("book", convened.conference.pk), filled_in(convened, **changes))
    assert answer.status_code == 200 and sentence in answer.content.decode()


def test_a_chair_declares_and_the_service_manager_approves_one_who_is_not_independent(client):
    convened = an_agreed_conference()
    pk, by = convened.conference.pk, convened.by("administrator")
    booking_actions.book(by=by, conference=convened.conference, **booking(convened.council))
    sign_in(client, convened, "chair")
    assert "Declare whether you are independent" in client.get(url("conference", pk)).content.decode()
    page = client.get(url("declare_independence", pk)).content.decode()
    assert "Are you independent of this family" in page and "checked" not in page  # nothing is chosen in advance
    page = client.post(url("declare_independence", pk), {"independent": "no"}).content.decode()
    assert "Say why you are not independent" in page
    answer = {"independent": "no", "why_not": "I managed the worker."}
    assert client.post(url("declare_independence", pk), answer).status_code == 302
    sign_in(client, convened, "service_manager")
    page = client.get(url("chairs_to_agree")).content.decode()
    assert "Gwen Ashby" in page and "I managed the worker." in page
    assert "I managed the worker." in client.get(url("agree_chair", pk)).content.decode()
    client.post(url("agree_chair", pk), {"may_chair": "yes", "reason": "Nobody else in time"})
    page = client.get(url("conference", pk)).content.decode()
    assert "Ruth Vane approved them as chair" in page and "Nobody else in time" in page


def test_who_books_a_chair_with_a_part_in_the_case_is_told(client):
    convened = an_agreed_conference()
    discussion = convened.conference.enquiry.strategy_discussion
    with setting_up():
        discussion.recorded_by = convened.council.users.chair
        discussion.save()
    sign_in(client, convened, "administrator")
    page = client.post(url("book", convened.conference.pk), filled_in(convened), follow=True).content.decode()
    assert "Gwen Ashby recorded the strategy discussion, so they are not independent" in page


def test_the_page_to_open_leads_a_chair_who_has_not_declared_to_the_declaration(client):
    convened = an_agreed_conference()
    by = convened.by("administrator")
    booking_actions.book(by=by, conference=convened.conference, **booking(convened.council))
    sign_in(client, convened, "chair")
    answer = client.get(url("meet_open", convened.conference.pk))
    assert answer.url == url("declare_independence", convened.conference.pk)


def test_a_professional_sees_only_the_children_they_know_and_replies(client):
    convened = an_invited_conference()
    own = convened.invitation(convened.council.professionals.school)
    sign_in(client, convened, "school")
    assert client.get(url("conference", convened.conference.pk)).url == url("invitation", own.pk)
    page = client.get(url("invitation", own.pk)).content.decode()
    assert "Rosa Marlow" in page and "Monday 30 November 2026" in page and "Gwen Ashby" in page
    for secret in ("Theo", "Unborn", "Anna", "Dan Pryce", "Alder Lane,", "bruises"):
        assert secret.lower() not in page.lower()
    looks = Look.objects.filter(who_id=convened.council.professionals.school.pk, page="invitation")
    assert {look.child_id for look in looks} == {convened.marlows.rosa.pk}
    assert client.post(url("invitation", own.pk), {"reply": "coming"}).status_code == 302
    own.refresh_from_db()
    assert own.reply == "coming"
    theirs = convened.invitation(convened.council.professionals.gp)
    assert client.get(url("invitation", theirs.pk)).status_code == 404


def test_a_withdrawn_professional_sees_nothing_any_more(client):
    convened = an_invited_conference()
    own = convened.invitation(convened.council.professionals.school)
    notify.withdraw_invitation(by=convened.by("administrator"), invitation=own, reason="Moved school")
    sign_in(client, convened, "school")
    assert client.get(url("invitation", own.pk)).status_code == 404
    assert client.get(url("conference", convened.conference.pk)).status_code == 404


PAGES = {
    "conference": {"social_worker", "team_manager", "chair", "administrator", "service_manager"},
    "book": {"administrator"},
    "move": {"administrator"},
    "cancel": {"administrator"},
    "invitations": {"administrator"},
    "preview_invitations": {"administrator"},
    "add_family_member": {"administrator"},
    "add_professional": {"administrator"},
}


def test_each_page_opens_to_its_roles_and_to_nobody_else(client):
    convened = with_fathers_apart(a_booked_conference())
    for role in ("social_worker", "team_manager", "chair", "administrator", "service_manager", "school",
                 "system_administrator", "other_worker"):  # fmt: skip
        sign_in(client, convened, role)
        for name, roles in PAGES.items():
            status = client.get(url(name, convened.conference.pk)).status_code
            allowed = status in (200, 302)
            assert allowed == (role in roles), f"{role} on {name}: {status}"


def test_the_previewed_letter_is_a_draft_and_only_for_who_invites(client):
    convened = with_fathers_apart(a_booked_conference())
    anna = convened.invitation(convened.marlows.mother)
    sign_in(client, convened, "administrator")
    answer = client.get(url("preview_letter", anna.pk, "invitation_family"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "Marlow" not in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store, private"
    assert client.get(url("preview_letter", anna.pk, "decision_family")).status_code == 404
    sign_in(client, convened, "school")
    assert client.get(url("preview_letter", anna.pk, "invitation_family")).status_code == 403


def test_who_enters_what_a_child_wrote_prints_the_blank_form_of_a_child_who_is_not_invited_too(client):
    convened = a_booked_conference()
    rosa, theo = convened.marlows.rosa, convened.marlows.theo
    with setting_up():
        Person.objects.filter(pk=rosa.pk).update(born_on=HELD_ON.replace(year=HELD_ON.year - 10))
    assert not convened.conference.invitations.filter(person=rosa).exists()
    blank, too_young = (url("blank_form", convened.conference.pk, one.pk) for one in (rosa, theo))
    for user in ("administrator", "social_worker"):
        sign_in(client, convened, user)
        page = client.get(url("conference", convened.conference.pk)).content.decode()
        assert blank in page and too_young not in page
        assert "Rosa" in text_of(client.get(blank).content)
        assert client.get(too_young).status_code == 404, "a form is for children of ten and over"
    for other in ("chair", "school"):
        sign_in(client, convened, other)
        assert client.get(blank).status_code == 403


def test_sending_before_people_are_separated_says_why_and_sends_nothing(client):
    convened = a_booked_conference()
    with setting_up():
        convened.conference.invitations.update(apart=False, arrives_at=None)
    sign_in(client, convened, "administrator")
    answer = client.post(url("send_invitations", convened.conference.pk))
    assert answer.status_code == 409 and "must not meet" in answer.content.decode()
    assert not Outgoing.objects.exclude(purpose="chair").exists()


def test_removing_withdrawing_and_replying_for_somebody(client):
    convened = an_invited_conference()
    sign_in(client, convened, "administrator")
    pk = convened.conference.pk
    gp, police = (convened.invitation(getattr(convened.council.professionals, one)) for one in ("gp", "police"))
    assert client.post(url("withdraw_invitation", gp.pk), {"reason": ""}).status_code == 200
    assert client.post(url("withdraw_invitation", gp.pk), {"reason": "Has left"}).status_code == 302
    assert client.post(url("reply_for", police.pk), {"reply": "not_coming"}).status_code == 302
    answer = client.post(
        url("add_family_member", pk),
        {
            "person": convened.marlows.grandmother.pk,
            "role": "relative",
            "children": [convened.marlows.rosa.pk],
            "reason": "Helps",
        },
    )
    assert answer.status_code == 302
    gran = convened.invitation(convened.marlows.grandmother)
    assert client.post(url("remove_invitation", gran.pk), {"reason": "She would rather not"}).status_code == 302
    empty = client.post(url("why_not", pk), {f"why_school_nurse_{convened.marlows.rosa.pk}": " "})
    assert empty.status_code == 200 and "Say why nobody is invited" in empty.content.decode()
    why = {f"why_school_nurse_{convened.marlows.rosa.pk}": "No such service"}
    assert client.post(url("why_not", pk), why).status_code == 302
    page = client.get(url("invitations", pk)).content.decode()
    for said in ("Has left", "She would rather not", "No such service", "Not coming"):
        assert said in page


def test_a_reason_given_last_time_is_offered_again_for_the_same_child():
    convened = a_booked_conference()
    by, rosa, first = convened.by("administrator"), convened.marlows.rosa, convened.conference
    invitations.record_not_invited(by=by, conference=first, reasons=[("school_nurse", rosa.pk, "No such service")])
    with setting_up():
        again = Conference.objects.get(pk=first.pk)
        again.pk = None
        again.state, again.enquiry = "requested", None
        again.save()
    assert reasons_of_last_time(again) == {("school_nurse", rosa.pk): "No such service"}
    assert reasons_of_last_time(first) == {}


def test_what_was_sent_to_somebody_can_be_read_again_as_it_was(client):
    convened = an_invited_conference()
    sign_in(client, convened, "administrator")
    mother, father = (convened.invitation(getattr(convened.marlows, one)) for one in ("mother", "rosas_father"))
    page = client.get(url("sent_to", mother.pk)).content.decode()
    assert "Please come to the" in page
    letter = Outgoing.objects.filter(recipient_kind="person", recipient_id=mother.person_id, document__isnull=False)
    document = Document.objects.defer(None).get(pk=letter[0].document_id)
    answer = client.get(url("sent_letter", mother.pk, letter[0].pk))
    assert answer.content == bytes(document.body) and answer["Cache-Control"] == "no-store, private"
    assert client.get(url("sent_letter", father.pk, letter[0].pk)).status_code == 404
    with setting_up():  # a copy of the record has readers of its own
        letter.update(purpose="record")
    assert client.get(url("sent_letter", mother.pk, letter[0].pk)).status_code == 404
    everybody = convened.conference.invitations.count()
    page = " ".join(client.get(url("invitations", convened.conference.pk)).content.decode().split())
    assert f"{everybody} on the list: {everybody - 1} not replied and 1 asked only for a written report." in page


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_lists_make_the_same_number_of_queries_for_any_length(client):
    convened = an_invited_conference()
    pk = convened.conference.pk
    sign_in(client, convened, "administrator")
    pages = [url("conference", pk), url("invitations", pk)]

    def add(count):
        for _ in range(count):
            invitations.add_invitee(
                by=convened.by("administrator"), conference=convened.conference, role="other", reason="Knows Rosa",
                user=a_user(Role.PROFESSIONAL, agency=an_agency(AgencyKind.OTHER)), children=[convened.marlows.rosa],
            )  # fmt: skip

    add(1)  # with somebody to invite, the next step asks once more: whether the viewer may send
    before = [queries_of(client, page) for page in pages]
    add(2)
    assert [queries_of(client, page) for page in pages] == before
    preview = url("preview_invitations", pk)
    three = queries_of(client, preview)
    notify.send_invitations(
        by=convened.by("administrator"), conference=convened.conference,
        only=list(convened.conference.invitations.filter(sent_at__isnull=True)[:2]),
    )  # fmt: skip
    assert queries_of(client, preview) == three


def test_the_rooms_and_the_chairs_to_approve_make_a_fixed_number_of_queries(client):
    convened = a_booked_conference()
    declare(convened.by("chair"), convened.conference, independent=False)
    sign_in(client, convened, "administrator")
    rooms = queries_of(client, url("rooms"))
    sign_in(client, convened, "service_manager")
    chairs = queries_of(client, url("chairs_to_agree"))
    for name, hour in (("Penrose", 12), ("Trelawny", 14)):
        other = a_booked_conference(the_marlows(convened.council, name=name), hour=hour)
        declare(other.by("chair"), other.conference, independent=False)
        a_room(convened.council, f"Room of {name}")
    assert queries_of(client, url("chairs_to_agree")) == chairs
    sign_in(client, convened, "administrator")
    assert queries_of(client, url("rooms")) == rooms


def test_a_page_left_open_after_the_conference_was_booked_says_so(client):
    convened = an_agreed_conference()
    sign_in(client, convened, "administrator")
    booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council))
    answer = client.post(url("book", convened.conference.pk), filled_in(convened))
    assert answer.status_code == 302 and answer.url == url("conference", convened.conference.pk)


def test_a_chair_and_a_room_that_are_both_taken_are_one_line_each_on_their_own_field(client):
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    client.force_login(second.council.users.administrator)
    shown = client.post(url("book", second.conference.pk), filled_in(second, starts="11am", ends="1pm"))
    errors = shown.context["form"].errors
    assert set(errors) == {"chair", "room"} and all(len(one) == 1 for one in errors.values())
    assert "Gwen Ashby is not free" in errors["chair"][0] and "Room 4 is not free" in errors["room"][0]


def test_the_list_says_at_its_top_how_many_are_invited_and_by_when_the_letters_must_be_posted(client):
    convened = a_booked_conference()
    page, last = url("invitations", convened.conference.pk), due("invitation_initial", HELD_ON).on
    for day, words in ((last, "Post the letters by"), (last + timedelta(days=1), "should have been posted by")):
        with time_machine.travel(at(day, 9), tick=False):
            client.force_login(convened.council.users.administrator)
            shown = client.get(page).content.decode()
        top = shown[shown.index("People to invite</h1>") :][:600]
        assert "on the list, none invited yet." in top and f"{words} {short_day(last)}" in top


def test_the_page_of_the_chairs_says_in_which_post_each_is_and_how_many_conferences_they_have_soon(client):
    convened = a_booked_conference()
    chair, other = convened.council.users.chair, convened.council.users.other_chair
    client.force_login(convened.council.users.administrator)
    post = {"user": other.pk, "post": "lead_practitioner", "from_on": "2026-11-20", "weekdays": ["0", "2"]}
    shown = client.post(url("add_post"), post, follow=True)
    assert "Lead child protection practitioner, from 20 Nov" in " ".join(shown.content.decode().split())
    rows = {one.user: one.booked for one in shown.context["chairs"]}
    assert (rows[chair], rows[other]) == (1, 0)
