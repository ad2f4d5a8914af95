"""Pages of no app: the session, what was kept, a form that could not be sent, the gallery."""

import sys

from django.conf import settings
from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from cpc.core.web import gallery, unsent_forms
from cpc.core.web.error_log import error_number, lacks_a_migration
from cpc.core.web.guards import open_page, page
from cpc.core.web.middleware import keep_and_sign_in, owner_of_session, page_of, seconds_left


@page(methods=("POST",))
def stay(request):
    """The person is still there: the middleware has already moved the session on."""
    return _session_now(request)


@open_page
@require_safe
def left(request):
    """How many seconds an idle session still has, and who is signed in. Asked by the page itself."""
    return _session_now(request)


def _session_now(request):
    response = JsonResponse({"seconds": seconds_left(request), "owner": owner_of_session(request.user)})
    response["Cache-Control"] = "no-store"
    return response


@page(methods=("POST",))
def discard(request):
    """What was kept for this browser is thrown away, because its owner said so."""
    back = request.POST.get("page", "/")
    if not url_has_allowed_host_and_scheme(back, None):
        back = "/"
    response = HttpResponseRedirect(back)
    if unsent_forms.find(request):
        unsent_forms.drop(request, response)
        messages.info(request, "What you typed has been discarded.")
    return response


def server_error(request):
    """The page of an error of ours, with the number under which the log has it. It asks the database nothing.

    Where the database is away, or does not yet fit the code, the page says so, and the status that it is for a time.
    """
    raised = sys.exc_info()[1]
    is_upgraded = lacks_a_migration(raised)
    is_away = is_upgraded or isinstance(raised, OperationalError | InterfaceError)
    context = {"number": error_number(request), "is_away": is_away, "is_upgraded": is_upgraded}
    text = render_to_string("500.html", context)
    return HttpResponse(text, status=503, headers={"Retry-After": "30"}) if is_away else HttpResponseServerError(text)


def form_not_trusted(request, reason=""):
    """A form without a fresh token is not done; the user it was shown to finds it again as it was typed."""
    if not request.user.is_authenticated:
        key_page = keep_and_sign_in(request)
        return key_page if unsent_forms.COOKIE in key_page.cookies else _csrf_page(request)
    here = page_of(request)
    key = unsent_forms.keep(request, here)
    if key is None:
        return _csrf_page(request)
    response = HttpResponseRedirect(here)
    unsent_forms.set_cookie(response, key)
    return response


def _csrf_page(request):
    return render(request, "errors/csrf.html", {"page": page_of(request)}, status=403)


@page()
def components(request):
    """Every component and every kind of field, for writers of pages; only in development and in a practice copy."""
    if not (settings.DEBUG or settings.CPC_DEMO):
        raise Http404
    form = gallery.GalleryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Everything on the form was right")
        return HttpResponseRedirect(request.path)
    return render(request, "components/gallery.html", {"form": form, **gallery.samples(request)})
