"""Signing in: accounts are made by an administrator, secrets are encrypted, links go to the configured address."""

import base64
import hashlib
import logging
import secrets
import time
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

_log = logging.getLogger(__name__)
BROWSER = "cpc_browser"
_YEAR, _MOST_ACCOUNTS = 365 * 24 * 3600, 10


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords count for an account and where they come from.

        That is the browser, if the account has signed in there before, or else the network address. So nobody keeps its
        owner out, neither a stranger elsewhere nor a colleague at the next desk.
        """
        login = credentials.get("email", "").strip().lower()
        return f"{login}:{known_browser(request, login) or self.get_client_ip(request)}"

    def post_login(self, request, user, **details):
        """Signed in: from now on this browser is known for the account."""
        response = super().post_login(request, user, **details)
        remember_browser(request, response, user.email)
        return response

    def get_reset_password_from_key_url(self, key):
        """The link goes to the configured address, whatever host the request named."""
        return f"{settings.CPC_BASE_URL}{reverse('account_reset_password')}key/{key}/"

    def is_reauthentication_required(self, *, app):
        """A user who has just signed in and has no second factor yet sets one up without proving who they are again."""
        if app == "allauth.mfa" and not is_mfa_enabled(self.request.user):
            records = get_authentication_records(self.request, self.request.user)
            if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return super().is_reauthentication_required(app=app)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of second factors: reading the database is no use without the server's own key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Enter the code that your app shows now, or a recovery code that you have not used yet",
    }

    def encrypt(self, text):
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _lock().decrypt(encrypted_text.encode()).decode()


def invite(user) -> bool:
    """Send a new user the link with which they set their password; whether the mail could be sent."""
    try:
        send_password_link(user, "invitation")
    except (SMTPException, OSError):
        _log.exception("the invitation could not be sent")
        return False
    return True


def send_password_link(user, mail: str) -> None:
    """Send the user a new link with which they set their password, in the mail of that name."""
    adapter = get_adapter()
    url = adapter.get_reset_password_from_key_url(
        f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    )
    adapter.render_mail(f"account/email/{mail}", user.email, {"user": user, "password_reset_url": url}).send()


def known_browser(request, login) -> str:
    """The number of this browser if the account ``login`` has signed in here before; nothing if not."""
    number, accounts = _browser(request)
    return f"browser {number}" if _folded(login) in accounts else ""


def remember_browser(request, response, login) -> None:
    """The browser keeps that this account has signed in here, for a year, among the latest that did."""
    number, accounts = _browser(request)
    accounts = [_folded(login), *(one for one in accounts if one != _folded(login))][:_MOST_ACCOUNTS]
    response.set_cookie(
        BROWSER, signing.dumps([number or secrets.token_urlsafe(12), accounts], salt=BROWSER), max_age=_YEAR,
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _browser(request) -> tuple[str, list[str]]:
    try:
        number, accounts = signing.loads(request.COOKIES.get(BROWSER, ""), salt=BROWSER, max_age=_YEAR)
    except signing.BadSignature:
        return "", []
    return number, accounts


def _folded(login) -> str:
    return salted_hmac(BROWSER, login.strip().lower()).hexdigest()[:16]


def _lock() -> Fernet:
    secret = hashlib.sha256(b"cpc.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
