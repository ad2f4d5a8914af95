"""Conferences of one family that are held straight after one another: a review of a plan, and the initial conference
about a new baby. For the people in the room it is one sitting; each keeps its own last day, list and record.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE, Attendance, ConferenceState
from conferences.convening.models import Conference, ConferenceChild, Invitation
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.uninformed import children_withheld_from
from conferences.separation.choices import AttendMode
from cpc.core.accounts.permissions import Viewer, seen_by

BREAK = timedelta(minutes=30)  # two conferences with a longer time between them are two sittings


def same_sitting(conference):
    """The other conferences of the family in one sitting with this one, in order of time: with the same chair, in the
    same room or by the same link, each within ``BREAK`` of this one.
    """
    if conference.starts_at is None:
        return Conference.objects.none()
    near = Conference.objects.filter(
        family=conference.family_id, state__in=TAKES_PLACE, chair=conference.chair_id, room=conference.room_id,
        starts_at__lte=conference.ends_at + BREAK, ends_at__gte=conference.starts_at - BREAK,
    )  # fmt: skip
    if conference.room_id is None:
        near = near.filter(video_link=conference.video_link)
    return near.exclude(pk=conference.pk).order_by("starts_at", "pk")


def invited_in_sitting(conference, people) -> dict[int, list[datetime]]:
    """When the other conferences of this sitting begin to which each of these people (ids) has been invited already and
    comes to the same room with the others; none that is about a child they must not learn of. One query, and a fixed
    number of others where there is such a conference.
    """
    others = {one.pk: one for one in same_sitting(conference)} if conference.room_id else {}
    found = defaultdict(list)
    if not others:
        return found
    about = ConferenceChild.objects.filter(conference__in=others, included=True).values_list("conference", "child")
    withheld = children_withheld_from(people, {child for _, child in about})
    rows = Invitation.objects.filter(
        conference__in=others, person__in=people, sent_at__isnull=False, withdrawn_at=None, apart=False,
        mode=AttendMode.ROOM,
    )  # fmt: skip
    for row in rows.exclude(attendance=Attendance.EXCLUDED).order_by("conference__starts_at", "pk"):
        if not any((row.conference_id, child) in about for child in withheld[row.person_id]):
            found[row.person_id].append(others[row.conference_id].starts_at)
    return found


def sittings_to_join(viewer: Viewer, conference) -> tuple[list[Conference], list[Conference]]:
    """The family's other conferences that could be in one sitting with this one, as far as the viewer may see them,
    each with the children that it is ``about``: those that could be booked with it, and those that it could follow.
    """
    found = seen_by(viewer, Conference).filter(family=conference.family_id).exclude(pk=conference.pk)
    unbooked = list(found.filter(state=ConferenceState.AGREED).select_related("family").order_by("due_on", "pk"))
    coming = found.filter(state=ConferenceState.BOOKED, ends_at__gt=timezone.now()).select_related("family", "chair")
    booked = list(coming.order_by("starts_at", "pk"))
    for one in (*unbooked, *booked):
        one.about = included_children(one)
    return unbooked, booked


def sitting_for(viewer: Viewer, conference) -> list[Conference]:
    """The other conferences of this sitting that the viewer may see, each with the children that it is ``about``."""
    if conference.starts_at is None:
        return []
    found = list(seen_by(viewer, Conference).filter(pk__in=same_sitting(conference).values("pk")).order_by("starts_at"))
    for one in found:
        one.about = included_children(one)
    return found
