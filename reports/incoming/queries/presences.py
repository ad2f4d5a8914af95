"""Where the family will be for the chair's planned conversations, for ``conferences.separation``."""

from datetime import timedelta

from conferences.convening.choices import ConferenceState
from conferences.separation.queries.presences import building_of
from conferences.separation.rules import IN_THE_ROOM, Presence
from reports.incoming.models import PlannedTalk

LENGTH = timedelta(minutes=30)


def talk_presences(people, after) -> list[Presence]:
    """The coming conversations of these people (ids) with the chair. Also those that must be planned again, because the
    conference was moved: they were told to come then. One query.
    """
    found = PlannedTalk.objects.filter(
        person__in=people, conference__state=ConferenceState.BOOKED, at__gt=after - LENGTH
    )
    return [talk_presence(one) for one in found.select_related("person", "conference__room").order_by("at", "pk")]


def talk_presence(talk) -> Presence:
    """Where somebody is for a planned conversation: at the place of the conference, because nobody says otherwise in a
    way that can be compared.
    """
    room = talk.conference.room
    return Presence(
        person=talk.person_id,
        name=talk.person.full_name,
        mode=IN_THE_ROOM,
        starts_at=talk.at,
        ends_at=talk.at + LENGTH,
        building=building_of(room),
        event=("conversation", talk.pk or 0),
        where=(room.name, *room.address.splitlines()) if room else (),
    )
