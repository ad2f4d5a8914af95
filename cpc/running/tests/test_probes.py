"""A load balancer’s probes are answered by number, by plain http, and while the database or Redis is away."""

import logging

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from cpc.running import probes


@pytest.fixture
def probe(settings):
    """Asks as a load balancer does; in production every other request is sent to https and to a known name."""
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["cpc.example.org"]
    browser = Client()  # made afresh, so that its middleware reads these settings
    return lambda path: browser.get(path, headers={"host": "10.0.0.7"})


def lines(answer):
    return answer.content.decode().splitlines()


def test_a_process_that_runs_says_so_without_a_database(probe):
    answer = probe("/healthz")
    assert (answer.status_code, lines(answer), answer["Cache-Control"]) == (200, ["ok"], "no-store")
    assert not answer.cookies


@pytest.mark.django_db
def test_a_process_that_can_show_pages_is_ready(probe):
    answer = probe("/readyz")
    assert (answer.status_code, lines(answer)) == (200, ["database: ok", "redis: ok"])


@pytest.mark.django_db
def test_without_redis_it_is_ready_and_says_that_redis_is_away(probe, settings):
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {"default": away}
    caches.settings = caches.configure_settings(None)
    answer = probe("/readyz")
    assert (answer.status_code, lines(answer)) == (200, ["database: ok", "redis: does not answer"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
def test_without_a_database_it_is_not_ready_and_the_log_is_not_filled(probe, caplog):
    own, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 9
    connection.close()
    try:
        with caplog.at_level(logging.WARNING):
            answer = probe("/readyz")
    finally:
        connection.settings_dict["PORT"] = own
        connection.close()
    assert (answer.status_code, lines(answer)) == (503, ["database: does not answer"]) and not caplog.text


@pytest.mark.django_db
def test_a_process_whose_database_lacks_a_migration_is_not_ready(probe):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'running'")
    answer = probe("/readyz")
    assert answer.status_code == 503 and lines(answer) == ["database: migrations are missing. Run manage.py migrate"]
    assert probes._missing_migrations()


@pytest.mark.django_db
def test_every_other_page_is_sent_to_https(probe):
    assert probe("/healthz/").status_code in (301, 400)
