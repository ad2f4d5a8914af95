"""The sign-in library's forms in our words: no placeholder for a label, no markup in a hint."""

from allauth.account import forms as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django.shortcuts import render

from cpc.core.documents.worker_notice import BROKER_IS_AWAY, hand_to_worker
from cpc.core.web.error_log import error_number
from cpc.core.web.sentences import set_error_messages
from cpc.core.web.tasks import send_password_reset

_LABELS = {
    "login": "Email address",
    "email": "Email address",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code from your app",
}
_NEW_PASSWORD = "At least 12 characters. Three words that do not belong together make a good one."


class _Plain:
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, str(field.label or name))
            field.help_text = _NEW_PASSWORD if name == "password1" else ""
            if name == "code":
                field.widget.attrs.update({"class": "govuk-input--width-10", "inputmode": "numeric"})
            set_error_messages(field)


class LoginForm(_Plain, account.LoginForm):
    """Email address and password."""


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    """The password now, and the new one twice."""


class SetPasswordForm(_Plain, account.SetPasswordForm):
    """A first password, twice."""


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    """The address to which a link is sent, if it has an account. The answer is the same if it has none."""

    def clean_email(self):
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        """Whether the address has an account is not looked at here: the time of the answer would tell it."""
        address = self.cleaned_data["email"]
        try:
            hand_to_worker(send_password_reset, address, expires=3600)
        except BROKER_IS_AWAY:  # the log has one line for the answer 503
            page = render(request, "errors/mail.html", {"number": error_number(request)}, status=503)
            raise ImmediateHttpResponse(page) from None
        return address


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):
    """The new password twice, from that link."""


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class AuthenticateForm(_Plain, second.AuthenticateForm):
    """The code from the app, at sign-in."""


class ReauthenticateByCodeForm(_Plain, second.ReauthenticateForm):
    """The code from the app, before something that matters."""


class ActivateTOTPForm(_Plain, totp.ActivateTOTPForm):
    """The first code from the app, which shows that it was set up rightly."""
