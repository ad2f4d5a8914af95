"""What a calendar program gets of a chair's diary: times and places, and nobody's name."""

import uuid
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE
from conferences.convening.models import Conference, DiaryFeed
from conferences.convening.permissions import acting_chairs
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import seen_by, viewer_of
from cpc.core.documents.calendar import Entry, diary_file
from cpc.core.policy.queries import words

PAST_DAYS = 31


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


def feed_of(secret: str) -> str | None:
    """The diary behind this secret as a calendar file; None where there is none, or its owner chairs no more."""
    feed = DiaryFeed.objects.filter(digest=digest_of(secret)).select_related("user").first()
    if feed is None:
        return None
    viewer = viewer_of(feed.user, timezone.localdate())
    if not viewer.holds(Role.CHAIR):
        return None
    now = timezone.now()
    found = seen_by(viewer, Conference).filter(state__in=TAKES_PLACE, starts_at__gte=now - timedelta(days=PAST_DAYS))
    found = found.filter(chair=viewer.id) | found.filter(pk__in=acting_chairs(viewer).values("conference"))
    rows = found.distinct().select_related("room").order_by("starts_at", "pk")
    return diary_file([_entry(one) for one in rows], stamped_at=now, organizer=words("contact_email"))


def _entry(conference) -> Entry:
    room = conference.room
    return Entry(
        uid=f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.CPC_BASE_URL}/diary/{conference.pk}')}@conference",
        sequence=conference.sequence,
        summary="Conference (sign in to read)",
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        place=", ".join([room.name, *room.address.splitlines()]) if room else "By video",
    )
