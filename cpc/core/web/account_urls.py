"""Addresses of the sign-in library that we keep shut: accounts and their e-mail addresses are an administrator's."""

from django.http import Http404
from django.urls import path

from cpc.core.web.guards import open_page


@open_page
def shut(request):
    """There is no such page here."""
    raise Http404


urlpatterns = [path("signup/", shut), path("email/", shut), path("confirm-email/", shut)]
