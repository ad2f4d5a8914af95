"""Settings, read from the environment. Nothing secret has a default outside debug."""

from pathlib import Path

import environ
from celery.schedules import crontab

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env("SECRET_KEY", default="only-for-development-and-tests" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- What this install is ---------------------------------------------------------------------------------------
CPC_PRESET = env("CPC_PRESET", default="haringey")
CPC_PRESET_IS_CHOSEN = "CPC_PRESET" in env
CPC_IDLE_MINUTES = env.int("CPC_IDLE_MINUTES", 30)
CPC_MAIL_DIR = env("CPC_MAIL_DIR", default="")
CPC_DEMO = False  # a demonstration has settings of its own: its pages say what it is, its mail goes to nobody
CPC_BASE_URL = env("CPC_BASE_URL", default="http://localhost:8000")
CPC_NAVIGATION = "cpc.work.navigation.links_for"
CPC_PAGE_NAMES = "cpc.work.navigation.page_name"

INSTALLED_APPS = [
    "cpc.core.accounts",  # before Django's own: it has another createsuperuser
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "cpc.core.audit",
    "cpc.core.policy",
    "cpc.core.documents",
    "cpc.core.web",
    "families.cases",
    "families.people",
    "families.protections",
    "families.finding",
    "families.access",
    "families.overview",
    "conferences.disclosure",
    "conferences.separation",
    "conferences.convening",
    "conferences.meeting",
    "conferences.plans",
    "reports.incoming",
    "reports.outgoing",
    "cpc.reminders",
    "cpc.running",
    "cpc.imports",
    "cpc.work",
]

MIDDLEWARE = [
    "cpc.running.probes.ProbeMiddleware",  # before all others: a probe comes by plain http and by number
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cpc.core.web.middleware.Utf8Middleware",
    "cpc.core.web.polling.PollMiddleware",  # before the session: a poll without news reads nothing
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cpc.core.web.middleware.IdleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cpc.core.web.middleware.UnsentFormsMiddleware",  # before LoginRequired: it keeps what that would throw away
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cpc.core.accounts.middleware.ViewerMiddleware",
    "cpc.core.policy.middleware.RulesOnce",
    "cpc.core.web.second_factor.SecondFactorMiddleware",
    "cpc.core.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cpc.urls"
WSGI_APPLICATION = "cpc.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cpc.core.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"

# --- Database, cache, broker ------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/cpc")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# What a viewer may see is asked in many small subqueries: compiling them takes seconds, running them milliseconds.
# A search compares the letters of words that are at least this like: a slip in a word of four leaves little the same.
_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
_OPTIONS["options"] = f"{_OPTIONS.get('options', '')} -c jit=off -c pg_trgm.similarity_threshold=0.1".strip()
_OPTIONS.setdefault("connect_timeout", 5)  # seconds: a page says that the database is away, instead of waiting
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "cpc.core.web.fallback_cache.FallbackCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
CELERY_BROKER_URL = REDIS_URL
# A task is done only when it has run to its end, and one that a dying worker held comes back after this many seconds:
# longer than the longest task, and no task is ever scheduled further ahead than this.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = "Europe/London"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The words are those of the page “Email and jobs”.
CELERY_BEAT_SCHEDULE = {
    "send email": {
        "task": "documents.drain_outbox",
        "schedule": 15.0,
        "options": {"expires": 14},  # after an outage one drain is enough, not one for every one missed
    },
    "check and load imports": {
        "task": "imports.work",
        "schedule": 10.0,
        "options": {"expires": 9},
    },
    "send reminders": {
        # In office hours only; compared with today, so a run that was missed is caught up by the next.
        "task": "reminders.remind",
        "schedule": crontab(minute="*/10", hour="7-18"),
        "options": {"expires": 590},
    },
    "rewrite waiting letters that have changed": {
        "task": "convening.check_waiting_letters",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "hide copies that tell too much now": {
        "task": "reports.hide_unsafe_copies",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "draft records of held conferences": {
        "task": "reports.draft_missing_records",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
}

# --- Who signs in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cpc.core.web.sign_in.AccountAdapter"  # nobody signs up: an administrator makes accounts
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets a mail that says who has an account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or after idleness
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# By account, tightly; by address, wide enough for a whole office behind one.
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "300/m/ip,10/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}
_FORMS = "cpc.core.web.sign_in_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateByCodeForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
}
MFA_ADAPTER = "cpc.core.web.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Child protection conferences"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator who made the account vouches for the address

# --- Cookies and headers: strict from the first page ------------------------------------------------------------
_HTTPS = env.bool("CPC_HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
if env.bool("CPC_BEHIND_PROXY", False):  # only where the proxy always sets this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else every wrong password counts for the proxy, and so for everybody
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "cpc.core.web.views.form_not_trusted"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Triggers are installed after every migration, from the models, by cpc/core/audit/triggers.py and not by the
# library: its own can be turned off in a session. Migrations hold tables alone, and are read in a minute.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = False
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False

# --- Words, time, static ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
# Each file's name holds a hash of what is in it, so a browser keeps it for a year; brotli and gzip beside it.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("ttf", "woff2")  # the fonts of letters: no page asks for them

# --- The log: each error once, on one line, with the number that its page shows (cpc/core/web/error_log.py)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"brief": {"()": "cpc.core.web.error_log.BriefFormatter"}},
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "brief"}},
    "root": {"handlers": ["log"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},  # Django's own handlers would say it again
        "django.request": {"level": "ERROR"},  # a page that is not there is no error of ours
    },
}

# --- Mail: real SMTP everywhere. A demonstration writes to example.org only.
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="conferences@example.org")
# Seconds to wait for each answer of the mail server. A message that it took and did not confirm is not sent again.
EMAIL_TIMEOUT = env.int("CPC_SMTP_TIMEOUT", 30)
