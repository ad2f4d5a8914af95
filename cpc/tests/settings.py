"""The settings, for tests: every run has its own name in the cache and the broker, and may empty the trail."""

import os

if "PYTEST_XDIST_WORKER" in os.environ:
    NAME = f"test-{os.environ['PYTEST_XDIST_TESTRUNUID'][:8]}-{os.environ['PYTEST_XDIST_WORKER']}"
else:  # a Celery worker that a test starts inherits the name of its run
    NAME = os.environ.setdefault("CPC_TEST_NAME", f"test-{os.getpid()}")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("CPC_HTTPS", "off")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread that uses the database

from cpc.settings import *  # noqa: F403
from cpc.settings import CACHES, DATABASES

# Trail and history refuse TRUNCATE otherwise, and a browser test's tables are emptied after it.
options = DATABASES["default"].setdefault("OPTIONS", {})
options["options"] = f"{options.get('options', '')} -c cpc.may_truncate=on".strip()
CACHES["default"]["KEY_PREFIX"] = NAME
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **globals().get("CELERY_BROKER_TRANSPORT_OPTIONS", {}),
    "global_keyprefix": f"{NAME}:",
}
