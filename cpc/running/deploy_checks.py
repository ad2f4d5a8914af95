"""`manage.py check --deploy`: what of our own settings is not right for real use. Django checks its own."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

HERE = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0"}
NOT_REAL = ("example.org", "example.com", "example.net", "localhost", ".invalid", ".test")
IDLE_MOST = 60  # minutes


@register("cpc", deploy=True)
def settings_are_for_real_use(app_configs, **kwargs):
    """One error for each setting with which real work would go wrong, and a warning for each that looks forgotten."""
    return [fault for check in _CHECKS if (fault := check())]


def _demonstration():
    if settings.CPC_DEMO:
        return Error(
            "These are the settings of the demonstration: email goes to nobody.",
            hint="Set DJANGO_SETTINGS_MODULE to cpc.settings.", id="cpc.E001",
        )  # fmt: skip


def _links():
    address = urlsplit(settings.CPC_BASE_URL)
    if address.scheme != "https" or (address.hostname or "") in HERE:
        return Error(
            f"The links in emails lead to {settings.CPC_BASE_URL}, where nobody can follow them safely.",
            hint="Set CPC_BASE_URL to the address of this service, with https:// and without a final slash.",
            id="cpc.E002",
        )  # fmt: skip
    if settings.CPC_BASE_URL.endswith("/") or address.path:
        return Error(
            "CPC_BASE_URL must end after the name of the server: links are put together from it.",
            hint=f"Set it to https://{address.netloc}", id="cpc.E003",
        )  # fmt: skip


def _hosts():
    host = urlsplit(settings.CPC_BASE_URL).hostname or ""
    allowed = settings.ALLOWED_HOSTS
    if "*" in allowed:
        return Error(
            "Any host name is allowed, so a forged one can end up in a page.",
            hint="Set ALLOWED_HOSTS to the names of this service.", id="cpc.E004",
        )  # fmt: skip
    if (
        host not in HERE
        and host not in allowed
        and not any(one.startswith(".") and f".{host}".endswith(one) for one in allowed)
    ):
        return Error(
            f"The host of CPC_BASE_URL, “{host}”, is not among ALLOWED_HOSTS: every page would be refused.",
            hint="Add it to ALLOWED_HOSTS.", id="cpc.E005",
        )  # fmt: skip


def _redis():
    address = urlsplit(settings.REDIS_URL)
    if address.scheme != "unix" and not address.password:
        return Error(
            "Redis has no password: anybody who reaches it can run jobs and read what was typed.",
            hint="Set a password in Redis (requirepass or an ACL) and name it in REDIS_URL.", id="cpc.E006",
        )  # fmt: skip


def _database():
    database = settings.DATABASES["default"]
    is_remote = database["HOST"] not in HERE and not database["HOST"].startswith("/")
    if is_remote and database["OPTIONS"].get("sslmode", "prefer") in ("disable", "allow", "prefer"):
        return Error(
            "The connection to the database on another machine may be unencrypted.",
            hint="Add ?sslmode=verify-full (or require) to DATABASE_URL.", id="cpc.E007",
        )  # fmt: skip


def _mail_server():
    is_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if not is_smtp or (settings.EMAIL_HOST in HERE and settings.EMAIL_PORT == 1025):
        return Error(
            "No mail server is named, so no email would leave.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587.", id="cpc.E008",
        )  # fmt: skip
    if settings.EMAIL_HOST not in HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        return Error(
            "Emails, and the password of the mail server, would cross the network unencrypted.",
            hint="Write smtp+tls:// or smtp+ssl:// in EMAIL_URL.", id="cpc.E009",
        )  # fmt: skip


def _sender():
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if not domain or domain.endswith(NOT_REAL):
        return Error(
            f"Emails would come from {settings.DEFAULT_FROM_EMAIL}, which is nobody’s address.",
            hint="Set DEFAULT_FROM_EMAIL to an address of this service that somebody reads.", id="cpc.E010",
        )  # fmt: skip


def _https():
    if not settings.SESSION_COOKIE_SECURE:
        return Error(
            "CPC_HTTPS is off: passwords and records would cross the network unencrypted.",
            hint="Leave CPC_HTTPS out, and let the proxy speak https.", id="cpc.E011",
        )  # fmt: skip


def _proxy():
    if settings.SECURE_SSL_REDIRECT and not settings.SECURE_PROXY_SSL_HEADER:
        return Warning(
            "CPC_BEHIND_PROXY is off. Behind a proxy every page would then redirect to itself, for ever.",
            hint="Set CPC_BEHIND_PROXY=on if a proxy always sets X-Forwarded-Proto and X-Forwarded-For itself.",
            id="cpc.W001",
        )  # fmt: skip


def _preset():
    if not settings.CPC_PRESET_IS_CHOSEN:
        return Warning(
            f"No preset is chosen, so the limits and words of “{settings.CPC_PRESET}” hold.",
            hint="Set CPC_PRESET: general, bexley, haringey, hips or isle-of-wight.", id="cpc.W002",
        )  # fmt: skip


def _idle():
    if settings.CPC_IDLE_MINUTES > IDLE_MOST:
        return Warning(
            f"A screen that was left stays open for {settings.CPC_IDLE_MINUTES} minutes.",
            hint=f"Set CPC_IDLE_MINUTES to {IDLE_MOST} or less.", id="cpc.W003",
        )  # fmt: skip


_CHECKS = (
    _demonstration, _links, _hosts, _redis, _database, _mail_server, _sender, _https, _proxy, _preset, _idle,
)  # fmt: skip
