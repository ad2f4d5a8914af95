"""Conferences of one family that are held straight after one another: a review of a plan, and the initial conference
about a new baby. For the people in the room it is one sitting; each keeps its own last day, list and record.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from conferences.convening.choices import TAKES_PLACE, Attendance
from conferences.convening.models import Conference, Invitation
from conferences.convening.queries.invitations import included_children
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
    comes with the others. One query, and another where there is such a conference.
    """
    others = {one.pk: one for one in same_sitting(conference)}
    found = defaultdict(list)
    if not others:
        return found
    rows = Invitation.objects.filter(
        conference__in=others, person__in=people, sent_at__isnull=False, withdrawn_at=None, apart=False
    )
    for row in rows.exclude(attendance=Attendance.EXCLUDED).order_by("conference__starts_at", "pk"):
        found[row.person_id].append(others[row.conference_id].starts_at)
    return found


def sitting_for(viewer: Viewer, conference) -> list[Conference]:
    """The other conferences of this sitting that the viewer may see, each with the children that it is ``about``."""
    found = list(seen_by(viewer, Conference).filter(pk__in=same_sitting(conference).values("pk")).order_by("starts_at"))
    for one in found:
        one.about = included_children(one)
    return found
