"""A chair's diary in another calendar program: the page that makes its address, and what the program fetches."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import feeds as actions
from conferences.convening.models import DiaryFeed
from conferences.convening.queries.feeds import feed_of
from cpc.core.accounts.permissions import Permission
from cpc.core.web.guards import open_page, page


@page(Permission.HOLD_CONFERENCE)
def diary_feed(request):
    """Make the address of the viewer's own diary, or stop it. A new address is shown once."""
    address = ""
    if request.method == "POST" and "stop" in request.POST:
        actions.stop_feed(by=request.viewer)
        messages.success(request, "The link has been turned off.")
        return redirect("conferences:diary_feed")
    if request.method == "POST":
        secret = actions.make_feed(by=request.viewer)
        address = f"{settings.CPC_BASE_URL.rstrip('/')}{reverse('conferences:diary_file', args=[secret])}"
    feed = DiaryFeed.objects.filter(user=request.viewer.id).first()
    return render(request, "conferences/diary_feed.html", {"feed": feed, "address": address})


@open_page
def diary_file(request, secret):
    """The diary behind a secret address, for a calendar program that cannot sign in."""
    found = feed_of(secret) if request.method in ("GET", "HEAD") else None
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store, private"
    return response
