"""The Celery application: what runs later. Tasks live in each app's ``tasks.py``; what runs when is in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpc.settings")

app = Celery("cpc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# For every thread: without this a web server's other threads would speak to a broker of Celery's own choosing.
app.set_default()
