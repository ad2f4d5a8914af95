"""The address of a chair's diary: made, replaced by another, stopped."""

import secrets

from django.utils import timezone

from conferences.convening.models import DiaryFeed
from conferences.convening.queries.feeds import digest_of
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting


def make_feed(*, by) -> str:
    """Make the secret of a new address, which stops an earlier one. Only its digest is stored: it is shown once."""
    secret = secrets.token_urlsafe(32)
    with acting(by, Permission.HOLD_CONFERENCE, step="diary feed"):
        DiaryFeed.objects.update_or_create(
            user_id=by.id, defaults={"digest": digest_of(secret), "made_at": timezone.now()}
        )
    return secret


def stop_feed(*, by) -> None:
    """Stop the address: a calendar program that asks finds nothing."""
    with acting(by, Permission.HOLD_CONFERENCE, step="diary feed stopped"):
        DiaryFeed.objects.filter(user=by.id).delete()
