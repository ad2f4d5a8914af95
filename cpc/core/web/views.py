"""Pages of no app: the session, what was kept, a form that could not be sent, the gallery."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from cpc.core.web import gallery, kept
from cpc.core.web.guards import open_page, page
from cpc.core.web.middleware import keep_and_sign_in, page_of, seconds_left


@page(methods=("POST",))
def stay(request):
    """The person is still there: the middleware has already moved the session on."""
    return HttpResponse(status=204)


@open_page
@require_safe
def left(request):
    """How many seconds an idle session still has; nought when nobody is signed in. Asked by the page itself."""
    response = JsonResponse({"seconds": seconds_left(request)})
    response["Cache-Control"] = "no-store"
    return response


@page(methods=("POST",))
def discard(request):
    """What was kept for this browser is thrown away, because its owner said so."""
    back = request.POST.get("page", "/")
    if not url_has_allowed_host_and_scheme(back, None):
        back = "/"
    response = HttpResponseRedirect(back)
    if kept.find(request):
        kept.drop(request, response)
        messages.info(request, "What you typed was thrown away.")
    return response


def form_not_trusted(request, reason=""):
    """A form without a fresh token is not done; whoever it was shown to finds it again as it was typed."""
    if not request.user.is_authenticated:
        key_page = keep_and_sign_in(request)
        return key_page if kept.COOKIE in key_page.cookies else _csrf_page(request)
    here = page_of(request)
    key = kept.keep(request, here)
    if key is None:
        return _csrf_page(request)
    response = HttpResponseRedirect(here)
    kept.set_cookie(response, key)
    return response


def _csrf_page(request):
    return render(request, "errors/csrf.html", {"page": page_of(request)}, status=403)


@page()
def components(request):
    """Every component and every kind of field, for whoever writes pages; only in development and in a practice copy."""
    if not (settings.DEBUG or settings.CPC_DEMO):
        raise Http404
    form = gallery.GalleryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Everything on the form was right")
        return HttpResponseRedirect(request.path)
    return render(request, "components/gallery.html", {"form": form, **gallery.samples(request)})
