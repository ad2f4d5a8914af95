"""What every page knows: the local service's name, who is looking, today, and when an idle session ends."""

from django.conf import settings
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.policy.queries import words
from cpc.core.web.middleware import owner_of_session
from cpc.core.web.navigation import links

# What the foot of each page leads to, where the service has said where it is.
ON_THE_WEB = {
    "leaflet_web": "More about conferences",
    "privacy_web": "Privacy notice",
    "accessibility_web": "Accessibility statement",
}


def page(request):
    """The context of every template that is rendered for a request."""
    viewer = getattr(request, "viewer", None)
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "service_name": words("service_name"),
        "authority_name": words("authority_name"),
        "contact_phone": words("contact_phone"),
        "contact_email": words("contact_email"),
        "on_the_web": [(label, words(name)) for name, label in ON_THE_WEB.items() if words(name)],
        "viewer": viewer,
        "today": viewer.on if viewer is not None else timezone.localdate(),
        "idle_seconds": settings.CPC_IDLE_MINUTES * 60 if signed_in else 0,
        "session_owner": owner_of_session(request.user) if signed_in else "",
        "demo": settings.CPC_DEMO,
        "navigation": links(request) if signed_in else [],
        "may_search": signed_in and viewer is not None and viewer.can(Permission.READ_FAMILY),
        "words_kept": getattr(request, "kept", None),
    }
