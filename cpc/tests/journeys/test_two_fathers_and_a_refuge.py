"""Two fathers, a stepfather and a refuge: from what is recorded to what is put in the post, in real browsers.

Dan is Rosa's father and must not learn where Rosa and her mother live, nor to which school she goes; he must not meet
Anna. Lewis is Theo's father and must not learn that there will be a baby. Colin lives with Anna, and must not learn
that Lewis is Theo's father. Anna and the children are in a refuge.
"""

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.choices import Outcome
from conferences.convening.models import Conference
from conferences.meeting.actions.decisions import decide
from conferences.meeting.queries.board import included
from conferences.plans.actions import close, outline
from conferences.plans.tests.closing import TYPED_PLAN, reasons_for_gaps
from conferences.tests.builders import an_agreed_conference, at, booking, declare
from cpc.core.accounts.tests.builders import TODAY
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import drain
from cpc.core.documents.text import text_of
from cpc.tests.journeys.browser import Browser
from families.people.choices import Part, RelationshipKind
from families.tests.builders import an_adult, the_marlows
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.models import Copy
from reports.tests.builders import approve_record

pytestmark = pytest.mark.django_db(transaction=True)

REFUGE, POSTCODE = "3 Secret Row", "ZZ7 7ZZ"
SCHOOL = "Alder Lane Primary"
HELD_ON = at(TODAY).date().replace(month=12, day=2)


@pytest.fixture
def person(live_server, new_context):
    """``person(user)``: somebody at their own browser, signed in."""

    def opened(user):
        client = Client()
        client.force_login(user)
        context = new_context()
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return Browser(context.new_page(), live_server.url, str(user))

    return opened


def record_protections(sam, family, refuge_of):
    """The social worker records the refuge, and who must not know or meet each other, on the family's pages."""
    contact = reverse("families:contact", args=[family.pk])
    sam.open(reverse("families:add_address", args=[family.pk, refuge_of.pk]))
    sam.choose("Refuge", "What kind of address is it?").fill("Address", f"Larch House\n{REFUGE}\nEastwick")
    sam.fill("Postcode", POSTCODE).choose("Yes", "Is this address protected?")
    sam.choose("No", "Is it safe to send letters there?")
    for child in ("Rosa Marlow", "Theo Marlow"):
        sam.choose(child, "Who else lives at this address?")
    sam.press("Save")
    sam.open(contact).sees(REFUGE)
    page = reverse("families:protections", args=[family.pk])
    for reader, about, what, of_child in (
        ("Dan Pryce", "Rosa Marlow", "Where they live", ""),
        ("Dan Pryce", "Anna Marlow", "Where they live", ""),
        ("Dan Pryce", "Rosa Marlow", "Their school or nursery", ""),
        ("Lewis Hart", "Unborn Marlow", "That they exist", ""),
        ("Colin Reeve", "Lewis Hart", "Whose father they are", "Theo Marlow"),
    ):
        sam.open(page).follow("Record information to withhold")
        sam.fill("Who must not know?", reader).fill("Who is it about?", about).choose(what, "What must they not know?")
        if of_child:
            sam.fill("Whose father?", of_child)
        sam.choose("Social work judgement", "Where does this come from?").fill("Why?", "It would put her in danger.")
        sam.press("Save").sees("must not learn")
    sam.open(page).follow("Add two people who must not meet")
    sam.fill("First person", "Dan Pryce").fill("Second person", "Anna Marlow")
    sam.choose("The second person", "Who is protected?")
    sam.choose("Court order", "Where does this come from?").fill("What people who plan", "A court order is in force.")
    sam.press("Save").sees("must not meet")


def test_each_reader_gets_what_is_theirs_and_nobody_learns_what_they_must_not(person):
    with time_machine.travel(at(TODAY, 9), tick=True) as clock:
        marlows = the_marlows()
        council, family = marlows.council, marlows.family
        kinds = [(marlows.rosa, RelationshipKind.STEPFATHER), (marlows.theo, RelationshipKind.STEPFATHER)]
        an_adult(family, "Colin", "Reeve", part=Part.PARTNER, ties=kinds)
        convened = an_agreed_conference(marlows)
        sam, adele = person(council.users.social_worker), person(council.users.administrator)
        record_protections(sam, family, marlows.mother)

        conference = book(adele, convened)
        invite(adele, sam, convened, conference)
        post(adele, marlows)
        clock.move_to(at(HELD_ON, 10, 30))
        meet(person(council.users.chair), convened, conference)
        write_up(person, convened, conference)


def book(adele, convened):
    """Booked; Lewis, who would learn of the baby, is not proposed, and Dan comes apart from Anna."""
    booking_actions.book(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council))
    declare(convened.by("chair"), convened.conference)
    conference = Conference.objects.get(pk=convened.conference.pk)
    adele.open(reverse("conferences:invitations", args=[conference.pk]))
    adele.sees(
        "Attending separately", "Dan Pryce", "must not meet", "Lewis Hart must not learn that Unborn Marlow exists"
    )
    assert not conference.invitations.filter(person=convened.marlows.theos_father).exists()
    assert conference.invitations.get(person=convened.marlows.rosas_father).apart
    return conference


def invite(adele, sam, convened, conference):
    """Colin would learn that Lewis is a father; the manager decides; a second person looks; then it is sent."""
    adele.sees("Colin Reeve must not learn that Lewis Hart is the father of Theo Marlow")
    adele.follow("Remove Colin Reeve").fill("Why?", "He would learn it there.").press("Save")
    adele.open(reverse("conferences:preview_invitations", args=[conference.pk]))
    adele.sees("Someone other than you must check this list")
    assert not adele.offers("Send all the invitations")
    sam.open(reverse("conferences:check_invitations", args=[conference.pk])).sees("Withheld from them", "Rosa Marlow")
    sam.press("I have checked this list").sees("Checked")
    adele.open(reverse("conferences:preview_invitations", args=[conference.pk]))
    adele.press("Send all the invitations").sees("Sent")


def post(adele, marlows):
    """What lies in the print room for each reader, read back; letters to Anna go by hand; no e-mail names anybody."""
    adele.open(reverse("documents:print_room")).sees("Anna Marlow", "Dan Pryce")
    texts = {}
    for one in Outgoing.objects.filter(channel__in=[Channel.PRINT, Channel.HAND]):
        pdf = adele.page.request.get(adele.base_url + reverse("documents:print_envelope", args=[one.pk])).body()
        texts[one.recipient_id] = texts.get(one.recipient_id, "") + text_of(pdf)
    hers, his = texts[marlows.mother.pk], texts[marlows.rosas_father.pk]
    assert "Rosa" in hers and "Theo" in hers and "Rosa" in his
    none_of(his, "Theo", "Unborn", "unborn", "Lewis", "Colin", REFUGE, POSTCODE, "Larch House", SCHOOL, "Alder Lane")
    assert "Dan Pryce is invited too" in " ".join(hers.split()) and "Anna" not in his
    none_of(hers, REFUGE, POSTCODE, "Larch House", "Quarry Street", "14 Alder Lane")
    assert marlows.theos_father.pk not in texts
    to_her = Outgoing.objects.filter(recipient_kind="person", recipient_id=marlows.mother.pk)
    assert {one.channel for one in to_her} == {Channel.HAND}
    drain()
    assert mail.outbox
    for message in mail.outbox:
        said = message.message().as_string().replace("\n ", "")
        none_of(said, "Rosa", "Theo", "Marlow", "Pryce", "Lewis", "Colin", REFUGE, POSTCODE, "Quarry", SCHOOL)
    for document in Outgoing.objects.filter(document__isnull=False).select_related("document"):
        none_of(document.document.file_name, "Rosa", "Theo", "Marlow", "Pryce", "Anna", "Dan")


def meet(cora, convened, conference):
    """Dan is in the room: the chair is told what he must not hear, and the room's screen leaves it out."""
    cora.open(reverse("conferences:meet_open", args=[conference.pk])).press("Open the conference")
    cora.open(reverse("conferences:meet_attendance", args=[conference.pk]))
    cora.press("Save and mark everyone else present")
    cora.open(reverse("conferences:meet_quorum", args=[conference.pk]))
    cora.choose("The conference is quorate").press("Confirm")
    cora.fill("Why this conference is being held", "Rosa was left alone.")
    cora.fill("What is working well: Rosa", f"Rosa is well looked after at {SCHOOL} School.").press("Save")
    cora.sees("Be careful what you say", "Dan Pryce is present")
    cora.open(reverse("conferences:meet_room", args=[conference.pk]))
    cora.sees("Rosa was left alone.").does_not_see(f"{SCHOOL} School")
    chair = convened.by("chair", HELD_ON)
    conference.refresh_from_db()
    decide(
        by=chair, conference=conference, children=included(conference), outcome=Outcome.PROTECTION_PLAN,
        category="NEG", reasons="The children were left alone.",
    )  # fmt: skip
    for row in included(conference):
        outline.add_action(
            by=chair, conference=conference, outcome="Safe", action="Never alone at night", who="Anna Marlow",
            due_on=HELD_ON.replace(day=16), measure="Seen by the worker", children=[row.child],
        )  # fmt: skip
    known = conference.invitations.filter(user__isnull=False)
    close.close_conference(
        by=chair, conference=conference, lead_social_worker=convened.marlows.worker, aim="Never alone at night.",
        contingency="Legal advice.", members=[conference.invitations.get(person=convened.marlows.mother), *known],
        core_group_at=at(HELD_ON.replace(day=9)), core_group_place="Northwick children’s centre",
        gap_reasons=reasons_for_gaps(conference), **TYPED_PLAN,
    )  # fmt: skip


def write_up(person, convened, conference):
    """The record and the letters: each reader's paper, opened by the administrator and read back."""
    chair, marlows = convened.by("chair", HELD_ON), convened.marlows
    record = draft_record(by=chair, conference=conference)
    approve_record(by=chair, record=record, reason="The worker tells them.")
    adele = person(convened.council.users.administrator)
    adele.open(reverse("reports:copies", args=[conference.pk])).sees("Withheld from Dan Pryce")
    for kind in ("decision_letter", "record"):
        for reader, holds, never in (
            (marlows.mother, ("Rosa", "Theo"), (REFUGE, POSTCODE, "Larch House", "Quarry Street")),
            (
                marlows.rosas_father,
                ("Rosa", "meet without you"),
                ("9 December", "Theo", "Unborn", "Lewis", "Colin", REFUGE, POSTCODE, "Larch House"),
            ),
        ):
            copy = Copy.objects.get(record=record, kind=kind, invitation__person=reader)
            adele.open(reverse("reports:copy", args=[copy.pk]))
            text = " ".join(text_of(adele.download("Preview (PDF)")).split())
            assert all(word in text for word in holds), text[:2000]
            none_of(text, *never)
    # What the chair typed of the school is not for Dan: the check stops his copy until it is put right.
    his = Copy.objects.get(record=record, kind="record", invitation__person=marlows.rosas_father)
    adele.open(reverse("reports:copy", args=[his.pk])).sees("Blocks the release", SCHOOL)
    assert not adele.offers("Release to this reader")


def none_of(text, *words):
    held = [word for word in words if word.lower() in text.lower()]
    assert held == [], f"holds {held}: {text[:4000]}"
