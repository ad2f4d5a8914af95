"""What every request passes: idleness, words kept through a lost session, refusals turned into pages."""

import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from cpc.core.kernel.refusals import NotPermitted, Refusal, Stale
from cpc.core.web import unsent_forms
from cpc.core.web.error_log import error_number
from cpc.core.web.fallback_cache import LimitsUnavailable

LAST_SEEN = "last_seen"
_MINUTE = 60


def is_poll(request) -> bool:
    """Whether the page asked by itself: such a request never keeps a session alive."""
    return request.headers.get("X-Poll") == "1"


def seconds_left(request) -> int:
    """How many seconds this session may still be idle; 0 when nobody is signed in."""
    if not request.user.is_authenticated:
        return 0
    last = request.session.get(LAST_SEEN, time.time())
    return max(0, int(last + (settings.CPC_IDLE_MINUTES + 1) * _MINUTE - time.time()))


def owner_of_session(user) -> str:
    """The person who is signed in, as a word that says nothing to anybody else; nothing when nobody is.

    A page carries it, so that its script shows the page again only to the person who opened it.
    """
    return salted_hmac("cpc.owner", str(user.pk)).hexdigest()[:20] if user.is_authenticated else ""


class IdleMiddleware:
    """A session ends after CPC_IDLE_MINUTES without anything that a person did.

    ``last_seen`` moves at most once a minute, so the end is a minute later than the setting: never sooner than said.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            now, last = time.time(), request.session.get(LAST_SEEN)
            if last is not None and now - last > (settings.CPC_IDLE_MINUTES + 1) * _MINUTE:
                logout(request)
            elif not is_poll(request) and (last is None or now - last >= _MINUTE):
                request.session[LAST_SEEN] = now
        response = self.get_response(request)
        if was_signed_in and "Cache-Control" not in response:
            # Asked for again each time, but not "no-store": that would empty a form on the way back to it.
            response["Cache-Control"] = "private, no-cache"
        # Also where the session was ended elsewhere, as by a new password: then only its cookie is left.
        had_session = was_signed_in or request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if had_session and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'  # the next person at the desk goes back to nothing
        return response


class Utf8Middleware:
    """Refuses content in another charset than UTF-8, which no form of ours sends, before anything tries to read it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.content_params.get("charset", "utf-8").strip().lower() not in ("utf-8", "utf8"):
            return HttpResponse("Send what you typed as UTF-8.", status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class UnsentFormsMiddleware:
    """What is posted without a session is kept for its owner; after sign-in the page shows it again, unsent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.kept = None
        if unsent_forms.COOKIE not in request.COOKIES:
            return self.get_response(request)
        found = unsent_forms.find(request)
        here = found is not None and found.path == request.get_full_path()
        if here and request.method == "GET":
            request.kept = found
            mark = unsent_forms.showing(found)
            try:
                return self.get_response(request)
            finally:
                unsent_forms.done_showing(mark)
        response = self.get_response(request)
        if here and request.method == "POST" and 300 <= response.status_code < 400:
            unsent_forms.drop(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if is_poll(request) or request.headers.get("X-Part"):
            # a part of a page must not be replaced by the sign-in page: the page's own script says what happened
            return HttpResponse("You have been signed out.", status=401, content_type="text/plain; charset=utf-8")
        return keep_and_sign_in(request) if request.method == "POST" else None


def keep_and_sign_in(request):
    """Off to sign in, and back to the page with what was typed in its boxes."""
    page = page_of(request)
    key = unsent_forms.keep(request, page)
    query = urlencode({"next": page, "kept": "yes" if key else "no"})
    response = HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
    if key:
        unsent_forms.set_cookie(response, key)
    return response


def page_of(request) -> str:
    """The page of ours that held the form: where it came from, else where it was sent."""
    came_from = request.headers.get("Referer", "")
    if came_from and url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


class RefusalMiddleware:
    """A refusal that no form caught is a page that says its sentence, never an error of ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, refused):
        if isinstance(refused, LimitsUnavailable):
            return render(request, "errors/sign_in.html", {"number": error_number(request)}, status=503)
        if isinstance(refused, NotPermitted):
            return render(request, "403.html", {"exception": PermissionDenied(refused.sentence)}, status=403)
        if isinstance(refused, Stale):
            return render(request, "errors/stale.html", {"refused": refused}, status=409)
        if isinstance(refused, Refusal):
            return render(request, "errors/409.html", {"sentence": refused.sentence}, status=409)
        return None
