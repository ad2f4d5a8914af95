"""What was typed when the session had ended: kept for its owner alone, shown again, never sent by itself.

Kept in the cache for twelve hours, encrypted, under a key that only this browser holds. The owner is read from the
form's own signed token, so that nobody who signs in next at the same desk is shown it.
"""

import base64
import hashlib
import json
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict

from cpc.core.web import idempotency

COOKIE = "cpc_kept"
HOURS = 12
_LARGEST = 500_000
_NEVER = ("csrfmiddlewaretoken", idempotency.FIELD)

_now: ContextVar["UnsentForm | None"] = ContextVar("kept", default=None)


@dataclass(frozen=True)
class UnsentForm:
    """One form as it was typed: its owner, the page it was on, and what was in the boxes."""

    owner: int
    path: str
    typed: QueryDict
    had_files: bool


def keep(request, page: str, owner: int | None = None) -> str | None:
    """The cookie's value under which the form just posted is kept; nothing when it cannot be."""
    owner = owner or idempotency.owner_of(request.POST.get(idempotency.FIELD))
    if owner is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name not in _NEVER and "password" not in name.lower():
            typed.setlist(name, values)
    plain = json.dumps([owner, page, typed.urlencode(), bool(request.FILES)]).encode()
    if len(plain) > _LARGEST:
        return None
    key = secrets.token_urlsafe(24)
    cache.set(_place(key), _lock().encrypt(plain), HOURS * 3600)
    return key


def find(request) -> UnsentForm | None:
    """What is kept for the person who is signed in, whatever page it was on."""
    key = request.COOKIES.get(COOKIE)
    if not key or not request.user.is_authenticated:
        return None
    try:
        owner, path, typed, files = json.loads(_lock().decrypt(cache.get(_place(key)) or b""))
    except (InvalidToken, ValueError):
        return None
    return UnsentForm(owner, path, QueryDict(typed), files) if owner == request.user.pk else None


def drop(request, response) -> None:
    """Nothing is kept for this browser any more."""
    if key := request.COOKIES.get(COOKIE):
        cache.delete(_place(key))
        response.delete_cookie(COOKIE)


def set_cookie(response, key: str) -> None:
    """The browser holds the key for as long as the words are kept."""
    response.set_cookie(
        COOKIE, key, max_age=HOURS * 3600, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def showing(kept: UnsentForm | None):
    """For the length of one request, forms on its page find what was kept; answers the undo of it."""
    return _now.set(kept)


def done_showing(mark) -> None:
    """The next request on this thread finds nothing."""
    _now.reset(mark)


def typed_here() -> QueryDict | None:
    """What was typed on the page that is being made now, if anything was kept for it."""
    kept = _now.get()
    return kept.typed if kept else None


def _place(key: str) -> str:
    return "kept:" + hashlib.sha256(key.encode()).hexdigest()


def _lock() -> Fernet:
    secret = hashlib.sha256(b"cpc.kept:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
