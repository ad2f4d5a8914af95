"""Makes the viewer once a request."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cpc.core.accounts.permissions import viewer_of


class ViewerMiddleware:
    """Every request has ``request.viewer``: who asks, in which roles, today. Nothing is read until it is used."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user, timezone.localdate()))
        return self.get_response(request)
