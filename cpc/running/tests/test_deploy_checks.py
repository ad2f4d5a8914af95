"""`check --deploy` names each setting of ours with which real work would go wrong, and is silent otherwise."""

import pytest

from cpc.running.deploy_checks import settings_are_for_real_use

RIGHT = {
    "CPC_DEMO": False,
    "CPC_BASE_URL": "https://cpc.council.gov.uk",
    "ALLOWED_HOSTS": ["cpc.council.gov.uk"],
    "REDIS_URL": "rediss://:secret@redis.internal:6379/0",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.council.gov.uk",
    "EMAIL_PORT": 587,
    "EMAIL_USE_TLS": True,
    "EMAIL_USE_SSL": False,
    "DEFAULT_FROM_EMAIL": "Conferences <conferences@council.gov.uk>",
    "SESSION_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "CPC_PRESET_IS_CHOSEN": True,
    "CPC_IDLE_MINUTES": 30,
}
DATABASE = {"HOST": "db.internal", "OPTIONS": {"sslmode": "verify-full"}}
WRONG = [
    ("cpc.E001", {"CPC_DEMO": True}),
    ("cpc.E002", {"CPC_BASE_URL": "http://localhost:8000"}),
    ("cpc.E002", {"CPC_BASE_URL": "http://cpc.council.gov.uk"}),
    ("cpc.E003", {"CPC_BASE_URL": "https://cpc.council.gov.uk/"}),
    ("cpc.E004", {"ALLOWED_HOSTS": ["*"]}),
    ("cpc.E005", {"ALLOWED_HOSTS": ["cpc.other.gov.uk"]}),
    ("cpc.E006", {"REDIS_URL": "redis://127.0.0.1:6379/0"}),
    ("cpc.E006", {"REDIS_URL": "redis://user@127.0.0.1:6379/0"}),
    ("cpc.E007", {"DATABASE": DATABASE | {"OPTIONS": {}}}),
    ("cpc.E008", {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1025}),
    ("cpc.E008", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ("cpc.E009", {"EMAIL_USE_TLS": False}),
    ("cpc.E010", {"DEFAULT_FROM_EMAIL": "conferences@example.org"}),
    ("cpc.E011", {"SESSION_COOKIE_SECURE": False}),
    ("cpc.W001", {"SECURE_PROXY_SSL_HEADER": None}),
    ("cpc.W002", {"CPC_PRESET_IS_CHOSEN": False}),
    ("cpc.W003", {"CPC_IDLE_MINUTES": 480}),
]


def faults(settings, changes):
    given = {"DATABASE": DATABASE} | RIGHT | changes
    settings.DATABASES["default"] = given.pop("DATABASE")
    for name, value in given.items():
        setattr(settings, name, value)
    return settings_are_for_real_use(None)


@pytest.fixture(autouse=True)
def own_database(monkeypatch):
    """What a test says of the database is put back; the connection never reads it."""
    from django.conf import settings

    monkeypatch.setitem(settings.DATABASES, "default", settings.DATABASES["default"])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"ALLOWED_HOSTS": [".council.gov.uk"]},
        {"REDIS_URL": "unix:///run/redis/redis.sock"},
        {"DATABASE": {"HOST": "/run/postgresql", "OPTIONS": {}}},
        {"EMAIL_HOST": "localhost", "EMAIL_PORT": 25, "EMAIL_USE_TLS": False},
    ],
)
def test_settings_for_real_use_are_passed(settings, changes):
    assert faults(settings, changes) == []


@pytest.mark.parametrize(("fault", "changes"), WRONG, ids=lambda one: one if isinstance(one, str) else str(one)[:40])
def test_each_setting_that_is_not_for_real_use_is_named_with_what_to_do(settings, fault, changes):
    (found,) = faults(settings, changes)
    assert found.id == fault and found.hint
