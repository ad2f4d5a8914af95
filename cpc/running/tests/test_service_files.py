"""The files of the installation guide start what a council needs."""

import re

import pytest

from cpc.tests.architecture.places import ROOT

FILES = ROOT / "docs/how-to/files"
SERVICES = ["cpc-web.service", "cpc-worker.service", "cpc-beat.service"]


def number(name, text):
    found = re.search(rf"{name}[ =](\d+)", text)
    return int(found.group(1)) if found else 0


def test_one_slow_request_does_not_hold_up_the_others():
    web = (FILES / "cpc-web.service").read_text()
    assert "--worker-class gthread" in web
    assert number("--workers", web) > 1 and number("--threads", web) > 1


def test_a_request_that_never_ends_does_not_keep_its_place():
    assert 0 < number("--timeout", (FILES / "cpc-web.service").read_text()) <= 60


@pytest.mark.parametrize("name", SERVICES)
def test_what_stops_is_started_again_and_is_no_administrator_of_the_machine(name):
    text = (FILES / name).read_text()
    assert "Restart=always" in text and "User=cpc" in text and "NoNewPrivileges=yes" in text


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_knows_the_owner_of_the_tables(name):
    assert "cpc-owner.env" not in (FILES / name).read_text()


def test_the_proxy_uses_no_connection_that_the_web_server_is_about_to_close():
    web, proxy = (FILES / "cpc-web.service").read_text(), (FILES / "nginx.conf").read_text()
    assert 0 < number("keepalive_timeout", proxy) < number("--keep-alive", web)


def test_the_proxy_logs_no_address_of_a_page():
    proxy = (FILES / "nginx.conf").read_text()
    servers = proxy.split("\nserver {")[1:]
    assert len(servers) == 2, "also the one that only leads to https: an address typed without it holds the same"
    assert all("access_log off;" in one and re.search(r"error_log \S+ crit;", one) for one in servers)
