"""The settings, for tests: every run has its own name in the cache and the broker, and may empty the trail."""

import os
from pathlib import Path
from zlib import crc32

if "PYTEST_XDIST_WORKER" in os.environ:
    NAME = f"test-{os.environ['PYTEST_XDIST_TESTRUNUID'][:8]}-{os.environ['PYTEST_XDIST_WORKER']}"
else:  # a Celery worker that a test starts inherits the name of its run
    NAME = os.environ.setdefault("CPC_TEST_NAME", f"test-{os.getpid()}")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("CPC_HTTPS", "off")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread that uses the database

from demo.settings import *  # noqa: F403
from demo.settings import CACHES, DATABASES, STORAGES

CPC_DEMO = False  # a test that is about the demonstration sets it

# Trail and history refuse TRUNCATE otherwise, and a browser test's tables are emptied after it. These tables have few
# rows: to find the best order of a join takes longer than to run any order.
options = DATABASES["default"].setdefault("OPTIONS", {})
own = "-c cpc.may_truncate=on -c join_collapse_limit=1 -c from_collapse_limit=1"
options["options"] = f"{options.get('options', '')} {own}".strip()
# Two checkouts on one server do not take each other's database.
DATABASES["default"]["TEST"] = {"NAME": f"test_cpc_{crc32(str(Path(__file__)).encode()):08x}"}
CACHES["default"]["KEY_PREFIX"] = NAME
# Straight from static/: nothing has to be collected first.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["cpc.tests.hashers.QuickArgon2PasswordHasher"]
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **globals().get("CELERY_BROKER_TRANSPORT_OPTIONS", {}),
    "global_keyprefix": f"{NAME}:",
}
