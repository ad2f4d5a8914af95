"""Signing in: accounts are made by an administrator, the mail's failures are said, secrets are stored encrypted."""

import base64
import hashlib
import logging
import time
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.shortcuts import render

_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords count for an account from one address: a stranger elsewhere cannot keep its owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def is_reauthentication_required(self, *, app):
        """Whoever has just signed in and has no second factor yet sets one up without proving themselves again."""
        if app == "allauth.mfa" and not is_mfa_enabled(self.request.user):
            records = get_authentication_records(self.request, self.request.user)
            if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return super().is_reauthentication_required(app=app)

    def send_mail(self, template_prefix, email, context):
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            _log.exception("the mail %s could not be sent", template_prefix)
            raise ImmediateHttpResponse(render(self.request, "errors/mail.html", status=503)) from None


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of second factors are no use to whoever reads the database without the server's own key."""

    def encrypt(self, text):
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _lock().decrypt(encrypted_text.encode()).decode()


def _lock() -> Fernet:
    secret = hashlib.sha256(b"cpc.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
