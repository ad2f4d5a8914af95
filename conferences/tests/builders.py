"""Builders of conferences for tests, from the real actions: agreed, booked, invited. ``meeting`` builds live ones."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.actions.independence import declare_independence
from conferences.convening.actions.request import ConsideredChild, agree_request, request_conference
from conferences.convening.choices import ConferenceKind
from conferences.convening.models import Conference, Room
from conferences.convening.queries.invitations import invitations_of
from conferences.convening.queries.list_checks import list_check
from conferences.separation.choices import AttendMode
from conferences.tests.enquiries import a_signed_off_enquiry
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid
from families.people.models import Person
from families.tests.builders import Marlows, the_marlows

STRATEGY_ON = date(2026, 11, 16)
HELD_ON = date(2026, 12, 2)  # a Wednesday, within the 15 working days of the strategy discussion
# what no e-mail and no calendar file may hold about the Marlows
SECRETS = [
    "Marlow", "Rosa", "Theo", "Anna", "Dan", "Pryce", "Lewis", "Hart", "Jean", "Alder", "Quarry", "ZZ1 1AA", "ZZ9 4QP",
    "Northside", "Nandra", "Ashby", "CN-",
]  # fmt: skip


@dataclass
class Convened:
    """The Marlows' conference: agreed, booked or invited."""

    marlows: Marlows
    conference: Conference

    @property
    def council(self):
        return self.marlows.council

    def by(self, name, on=TODAY):
        """The viewer of that name of the council."""
        return self.council.by(name, on)

    def invitation(self, person_or_user):
        """The invitation of a person of the family, or of a user."""
        key = "person" if isinstance(person_or_user, Person) else "user"
        return self.conference.invitations.get(**{key: person_or_user})


def at(day, hour=10, minute=0):
    """A moment of the day in London."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@remembered
def an_agreed_conference(marlows=None, *, on=TODAY, strategy_on=STRATEGY_ON) -> Convened:
    """The Marlows' initial conference about all three children, agreed and not booked."""
    marlows = marlows or the_marlows()
    users = marlows.council.users
    worker, manager = viewer(users.social_worker, on), viewer(users.team_manager, on)
    enquiry = a_signed_off_enquiry(worker, marlows.family, marlows.children, held_on=strategy_on, outcome_on=on)
    conference = request_conference(
        by=worker,
        family=marlows.family,
        kind=ConferenceKind.INITIAL,
        enquiry=enquiry,
        children=[ConsideredChild(child) for child in marlows.children],
        request_reason="The enquiry found significant harm",
    )
    agree_request(by=manager, conference=conference)
    return Convened(marlows, conference)


def a_room(council, name="Room 4", address="Civic Centre\n1 Market Place\nNorthwick") -> Room:
    """A room of the service."""
    return Room.objects.filter(name=name).first() or booking_actions.add_room(
        by=viewer(council.users.administrator), name=name, address=address
    )


def booking(council, *, on=HELD_ON, hour=10, chair=None, room=None, **details) -> dict:
    """What an administrator fills in to book."""
    starts_at = at(on, hour)
    return {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "room": room or a_room(council),
        "chair": chair or council.users.chair,
        **details,
    }


@remembered
def a_booked_conference(marlows=None, *, on=TODAY, **details) -> Convened:
    """The Marlows' conference, booked for the morning of HELD_ON, with a chair who declared that they are independent.
    The list is proposed and nobody is invited.
    """
    convened = an_agreed_conference(marlows, on=on)
    booking_actions.book(
        by=convened.by("administrator", on), conference=convened.conference, **booking(convened.council, **details)
    )
    declare(viewer(convened.conference.chair, on), convened.conference)
    return convened


def change_chair(convened, chair) -> Conference:
    """Let the administrator give the conference another chair: the user ``chair``."""
    return booking_actions.change_chair(
        by=convened.by("administrator"), conference=convened.conference, chair=chair, reason="chair_ill",
        agreed_by="The service manager",
    )  # fmt: skip


def declare(chair, conference, independent=True):
    """Let the chair (a viewer) declare whether they are independent."""
    how = "I have never worked with this family, nor managed anybody who has."
    statement = how if independent else "I managed the social worker until June. Nobody else is free in time."
    return declare_independence(by=chair, conference=conference, independent=independent, statement=statement)


@remembered
def with_fathers_apart(convened) -> Convened:
    """Let the two fathers, who must not meet, attend in different ways: Dan by a video link of his own."""
    invitation = convened.invitation(convened.marlows.rosas_father)
    invitations.change_invitee(
        by=convened.by("administrator"),
        invitation=invitation,
        children=[one.child for one in invitation.children.all()],
        mode=AttendMode.VIDEO,
        apart=True,
        video_link="https://video.example.org/dan",
    )
    return convened


@remembered
def second_checked(convened, name="social_worker", on=TODAY) -> Convened:
    """Let somebody other than the administrator check the current list."""
    conference = Conference.objects.get(pk=convened.conference.pk)
    stands = list_check(conference, invitations_of(conference)).fingerprint
    invitations.check_list(by=convened.by(name, on), conference=conference, fingerprint=stands)
    return convened


def send(convened, **more):
    """Send the invitations, after the social worker has checked the list."""
    second_checked(convened)
    return notify.send_invitations(by=convened.by("administrator"), conference=convened.conference, **more)


@remembered
def an_invited_conference(marlows=None, *, on=TODAY, **details) -> Convened:
    """A conference with everybody on the proposed list invited, after a second check."""
    convened = second_checked(with_fathers_apart(a_booked_conference(marlows, on=on, **details)), on=on)
    notify.send_invitations(by=convened.by("administrator", on), conference=convened.conference)
    convened.conference.refresh_from_db()
    return convened


def everything_leaves():
    """Every letter is posted or handed over, and every e-mail sent."""
    with setting_up():
        Outgoing.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())


def refused(convened, sentence, field=None, *, error=Invalid, act=booking_actions.book, **details):
    """Assert that the act is refused with the sentence, and that the conference in the database is unchanged."""
    before = Conference.objects.filter(pk=convened.conference.pk).values().get()
    with pytest.raises(error, match=sentence) as caught:
        act(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council, **details))
    assert Conference.objects.filter(pk=convened.conference.pk).values().get() == before
    if field:
        assert caught.value.field == field
    return caught.value


def leaks(text):
    """The family's names, addresses and workers that appear in a text sent without an envelope."""
    unfolded = text.replace("\r\n ", "").replace("\n ", "")
    return [secret for secret in SECRETS if secret.lower() in unfolded.lower()]
