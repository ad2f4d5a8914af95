"""Who holds a role that asks for a second factor sets one up before anything else."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cpc.core.accounts.models import RoleRequirement
from cpc.core.web.middleware import is_poll

SENTENCE = "Your role needs a second step at sign-in. Set it up now: it takes two minutes."
# What must stay open meanwhile: setting it up, proving who one is, signing out, and the session's own questions.
_OPEN = ("account_logout", "account_reauthenticate", "mfa_reauthenticate")
_OPEN_IN = ("mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes")


def needs_second_factor(user, roles) -> bool:
    """Whether a role among ``roles`` asks for a second factor and ``user`` has none yet."""
    asked = RoleRequirement.objects.filter(role__in=list(roles), second_factor=True).exists()
    return asked and not is_mfa_enabled(user)


class SecondFactorMiddleware:
    """Until it is set up, every other page leads to setting it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.resolver_match.url_name in _OPEN + _OPEN_IN or request.resolver_match.view_name == "web:stay":
            return None
        if not needs_second_factor(request.user, request.viewer.roles):
            return None
        if is_poll(request) or request.headers.get("X-Part"):
            return HttpResponse(SENTENCE, status=401, content_type="text/plain; charset=utf-8")
        messages.info(request, SENTENCE)
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
