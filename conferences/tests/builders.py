"""Conferences for tests, made by the real actions: agreed, booked, invited. Those being held are in ``meeting``."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from conferences.actions import checking, convene, invite, tell
from conferences.actions.request import (
    Considered,
    agree_request,
    ask_for_conference,
    record_outcome,
    record_strategy_discussion,
)
from conferences.choices import AttendMode, ConferenceKind, EnquiryOutcome
from conferences.models import Conference, Room
from conferences.queries.checking import checking as checking_of
from conferences.queries.invite import invitations_of
from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.audit.tests.remembering import remembered
from cpc.core.kernel.refusals import Invalid
from families.models import Person
from families.tests.builders import Marlows, the_marlows

STRATEGY_ON = date(2026, 11, 16)
HELD_ON = date(2026, 12, 2)  # a Wednesday, within the 15 working days of the strategy discussion
# what must stand in no e-mail and no calendar file about the Marlows
SECRETS = [
    "Marlow", "Rosa", "Theo", "Anna", "Dan", "Pryce", "Lewis", "Hart", "Jean", "Alder", "Quarry", "ZZ1 1AA", "ZZ9 4QP",
    "Northside", "Nandra", "Ashby", "CN-",
]  # fmt: skip


@dataclass
class Convened:
    """The Marlows' conference on its way: agreed, booked or invited."""

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
    """The Marlows' initial conference about all three children, agreed and to be booked."""
    marlows = marlows or the_marlows()
    users = marlows.council.users
    worker, manager = viewer(users.social_worker, on), viewer(users.team_manager, on)
    enquiry = record_strategy_discussion(
        by=worker,
        family=marlows.family,
        held_on=strategy_on,
        who_took_part="Police, health visiting and the school",
        concerns="Bruises that nobody can explain",
        decided="A section 47 enquiry",
        children=marlows.children,
    )
    record_outcome(
        by=worker, enquiry=enquiry, outcome=EnquiryOutcome.CONFERENCE, outcome_on=on, findings="Substantiated"
    )
    conference = ask_for_conference(
        by=worker,
        family=marlows.family,
        kind=ConferenceKind.INITIAL,
        enquiry=enquiry,
        children=[Considered(child) for child in marlows.children],
        request_reason="The enquiry found significant harm",
    )
    agree_request(by=manager, conference=conference)
    return Convened(marlows, conference)


def a_room(council, name="Room 4", address="Civic Centre\n1 Market Place\nNorthwick") -> Room:
    """A room of the service."""
    return Room.objects.filter(name=name).first() or convene.add_room(
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
        "chair_knows_case": False,
        **details,
    }


@remembered
def a_booked_conference(marlows=None, *, on=TODAY, **details) -> Convened:
    """The Marlows' conference is booked for the morning of HELD_ON; the list is proposed and nobody is invited."""
    convened = an_agreed_conference(marlows, on=on)
    convene.book(
        by=convened.by("administrator", on), conference=convened.conference, **booking(convened.council, **details)
    )
    return convened


def kept_apart(convened) -> Convened:
    """The two fathers, who must not meet, come at different ways: Dan by video."""
    invitation = convened.invitation(convened.marlows.rosas_father)
    invite.change_invitee(
        by=convened.by("administrator"),
        invitation=invitation,
        children=[one.child for one in invitation.children.all()],
        mode=AttendMode.VIDEO,
    )
    return convened


def looked_through(convened, name="social_worker", on=TODAY) -> Convened:
    """Somebody other than the administrator has looked through the list as it stands now."""
    conference = Conference.objects.get(pk=convened.conference.pk)
    stands = checking_of(conference, invitations_of(conference)).as_it_stands
    checking.check_list(by=convened.by(name, on), conference=conference, as_it_stood=stands)
    return convened


def send(convened, **more):
    """Sent by the administrator, after the social worker has looked through the list as it stands."""
    looked_through(convened)
    return tell.send_invitations(by=convened.by("administrator"), conference=convened.conference, **more)


@remembered
def an_invited_conference(marlows=None, *, on=TODAY, **details) -> Convened:
    """Everybody on the proposed list has been invited, after a second person looked through it."""
    convened = looked_through(kept_apart(a_booked_conference(marlows, on=on, **details)), on=on)
    tell.send_invitations(by=convened.by("administrator", on), conference=convened.conference)
    convened.conference.refresh_from_db()
    return convened


def refused(convened, sentence, field=None, *, error=Invalid, act=convene.book, **details):
    """The act is refused with the sentence, and the conference in the database is as it was."""
    before = Conference.objects.filter(pk=convened.conference.pk).values().get()
    with pytest.raises(error, match=sentence) as caught:
        act(by=convened.by("administrator"), conference=convened.conference, **booking(convened.council, **details))
    assert Conference.objects.filter(pk=convened.conference.pk).values().get() == before
    if field:
        assert caught.value.field == field
    return caught.value


def leaks(text):
    """Which of the family's names, addresses and workers stand in what leaves without an envelope."""
    unfolded = text.replace("\r\n ", "").replace("\n ", "")
    return [secret for secret in SECRETS if secret.lower() in unfolded.lower()]
