"""Pages that ask by themselves for what is new, answered from a number in Redis while nothing is.

A page holds a token for its topic; its script sends the token with the number of its last answer. While the number is
still the same, the answer is 204, and neither the session nor the database is read. Otherwise, and while Redis is away,
the view answers as ever. A 204 tells nothing but that there is nothing new, and only a session that was shown the page
holds a token that counts.
"""

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse

TOKEN, NUMBER = "X-Poll-Token", "X-Poll-Number"


def poll_token(request, topic: str) -> str:
    """The token with which a page of this session asks for what is new of ``topic``. Only for who may read it."""
    return _signer(request.session.session_key).sign(topic)


def announce(topic: str) -> None:
    """Every page that follows ``topic`` asks the database again. Call it once the change is committed."""
    cache.raise_number(_key(topic))


class PollMiddleware:
    """Answers a poll without news before the session is read; numbers every other answer to a poll."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        topic = _topic(request)
        if topic is None:
            return self.get_response(request)
        number = cache.shared_number(_key(topic))  # before the database: what is committed later has a higher one
        if number is not None and str(number) == request.headers.get(NUMBER):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store", NUMBER: str(number)})
        response = self.get_response(request)
        if number is not None and response.status_code in (200, 204):
            response[NUMBER] = str(number)
        return response


def _topic(request) -> str | None:
    token, session = request.headers.get(TOKEN), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not token or not session or request.method != "GET":
        return None
    try:
        return _signer(session).unsign(token)
    except signing.BadSignature:
        return None


def _signer(session):
    return signing.Signer(salt=f"cpc.poll.{session}")


def _key(topic):
    return f"poll:{topic}"
