"""What is checked before every view: who may open it, with which methods, and that a form sent twice is done once."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve

from cpc.core.accounts.permissions import IN_AN_EMERGENCY, Permission, Viewer, few_seen_by
from cpc.core.kernel.refusals import WrongState
from cpc.core.web.idempotency import answer_once

ANYBODY = "open"


def page(*permissions: Permission, methods=("GET", "POST")):
    """Only who is signed in and may do one of ``permissions`` (none: anybody signed in) reaches the view.

    The rest see a 403 page that says so in plain words. A page of writing does not know what was only opened in an
    emergency: to it, that family is not there. ``view.guarded_by`` holds the permissions for the tests.
    """
    if not all(isinstance(permission, Permission) for permission in permissions):
        raise TypeError("write @page(Permission.SOMETHING), or @page() for anybody who is signed in")
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if permissions and not any(request.viewer.can(permission) for permission in permissions):
                raise PermissionDenied(_sentence(permissions))
            if permissions and IN_AN_EMERGENCY.isdisjoint(permissions):
                request.viewer = request.viewer.without_emergencies()
            return answer_once(request, lambda: view(request, *args, **kwargs))

        guarded.guarded_by = frozenset(permissions)
        return guarded

    return guard


def open_page(view):
    """Anybody may open it, signed in or not. A test lists the few that there are."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    opened.guarded_by = ANYBODY
    return login_not_required(opened)


def admits(viewer: Viewer, path: str) -> bool:
    """Whether the guard of the page at ``path`` lets the viewer in, so that a link to it does not end in a refusal."""
    permissions = resolve(urlsplit(path).path).func.guarded_by
    return permissions == ANYBODY or not permissions or any(viewer.can(permission) for permission in permissions)


def get_or_404(kind, viewer: Viewer, pk=None, **lookup):
    """The one record of ``kind`` (a model, or a queryset of it) that the viewer may see; else a 404, never a 403."""
    model = getattr(kind, "model", kind)
    seen = few_seen_by(viewer, model)
    if kind is not model:
        seen = kind.filter(pk__in=seen.order_by().values("pk"))
    if pk is not None:
        lookup["pk"] = pk
    return is_about(viewer, get_object_or_404(seen, **lookup))


def is_about(viewer: Viewer, found):
    """Note that the page being made is about ``found`` (a record, or a list of them), and return ``found``. Its
    warnings are shown at the top of the page.
    """
    viewer.found.extend(found if isinstance(found, list) else [found])
    return found


def not_now(request, machine, record, *states, to, back):
    """A way back to ``back`` for a page that is opened for an act that the state of its record forbids: the refusal,
    with what can be done instead, is the next page's message. None where the record is in one of ``states``, and for
    what is posted, which the action refuses without losing what was typed.
    """
    if request.method == "POST":
        return None
    try:
        machine.must_be(record, *states, to=to)
    except WrongState as refused:
        messages.info(request, refused.sentence)
        return redirect(back)
    return None


def _sentence(permissions) -> str:
    acts = " or ".join(permission.value for permission in permissions)
    return f"Your account does not let you {acts}."
