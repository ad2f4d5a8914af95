"""A form sent twice is done once, and its owner is known even when nobody is signed in any more."""

import hashlib
import secrets
import time

from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.shortcuts import render

FIELD = "form_token"
_SALT, _DOING, _HOUR, _PATIENCE = "cpc.once", "doing", 3600, 10
SENTENCE = "You sent this form twice. It was done once."


def token(user) -> str:
    """A new token for one showing of a form to ``user``."""
    return signing.Signer(salt=_SALT).sign(f"{getattr(user, 'pk', None) or 0}.{secrets.token_urlsafe(12)}")


def owner_of(token_given: str) -> int | None:
    """The id of the user who was shown the form; None when the token is not ours."""
    try:
        shown_to = signing.Signer(salt=_SALT).unsign(token_given or "").split(".", 1)[0]
    except signing.BadSignature:
        return None
    return int(shown_to) or None if shown_to.isdigit() else None


def answer_once(request, view):
    """The answer of ``view()``; where the very same form was sent before, the answer that it got then."""
    if request.method != "POST" or owner_of(request.POST.get(FIELD)) is None:
        return view()
    key = _key(request)
    if not cache.add(key, _DOING, _HOUR):
        return _as_before(request, key)
    try:
        response = view()
    except BaseException:
        cache.delete(key)
        raise
    if 300 <= response.status_code < 400:
        cache.set(key, response["Location"], _HOUR)
    else:
        cache.delete(key)  # it was shown again to be mended: the same answer may be sent again
    return response


def _as_before(request, key):
    until = time.monotonic() + _PATIENCE
    while (went_to := cache.get(key)) == _DOING and time.monotonic() < until:
        time.sleep(0.1)
    if went_to and went_to != _DOING:
        messages.info(request, SENTENCE)
        return HttpResponseRedirect(went_to)
    return render(
        request,
        "errors/409.html",
        {
            "sentence": "This form is still being saved from the first time you sent it. "
            "Go back and reload the page to see whether it was saved before you send it again.",
        },
        status=409,
    )


def _key(request) -> str:
    digest = hashlib.sha256(f"{request.user.pk}\n{request.get_full_path()}\n".encode())
    for name in sorted(request.POST):
        if name != "csrfmiddlewaretoken":
            digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for given in request.FILES.getlist(name):
            digest.update(repr((name, given.name, given.size)).encode())
    return f"once:{digest.hexdigest()}"
