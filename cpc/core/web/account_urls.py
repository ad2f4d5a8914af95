"""Addresses of the sign-in library that are closed: accounts and their e-mail addresses are an administrator's."""

from django.http import Http404
from django.urls import path

from cpc.core.web.guards import open_page


@open_page
def no_such_page(request):
    """There is no such page here."""
    raise Http404


urlpatterns = [path("signup/", no_such_page), path("email/", no_such_page), path("confirm-email/", no_such_page)]
