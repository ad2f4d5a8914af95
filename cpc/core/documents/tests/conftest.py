"""What the tests of documents share: the sample letter's template, somebody to act, and a mail server that refuses."""

import socket
from datetime import date

import pytest
from aiosmtpd.controller import Controller

from cpc.core.accounts.permissions import system
from cpc.core.documents.readers import Recipient
from cpc.core.documents.tests.sample import TEMPLATES


@pytest.fixture(autouse=True)
def sample_templates(settings):
    settings.LETTER_TEMPLATE_DIRS = [TEMPLATES]


@pytest.fixture
def by():
    return system(on=date(2026, 3, 31))


@pytest.fixture
def reader():
    return Recipient(kind="person", id=7, name="Ms Bronagh O’Dell", label="Mother of Tamsin and Corey")


class Postbox:
    """A real SMTP server whose answers a test may choose."""

    def __init__(self):
        self.messages, self.answers = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.rcpt_tos, envelope.content))
        return "250 Kept"


@pytest.fixture
def postbox(settings):
    """Messages end here; ``postbox.answers`` are given to the next recipients instead of a yes."""
    kept = Postbox()
    controller = Controller(kept, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield kept
    controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
