"""What the tests of documents share: the sample letter's template, somebody to act, and a mail server that refuses."""

import asyncio
import socket
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

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
    """A real SMTP server with answers that a test may choose: each list is used up, then it says yes."""

    def __init__(self):
        self.messages, self.answers, self.data_answers, self.sender_answers = [], [], [], []
        self.greeting, self.signs_in, self.seconds = "", True, 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_answers:
            return self.sender_answers.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.data_answers.pop(0) if self.data_answers else "250 Kept"
        if answer.startswith("250"):
            self.messages.append((envelope.rcpt_tos, envelope.content))
        await asyncio.sleep(self.seconds)
        return answer


class Answering(SMTP):
    """The server, with the greeting that its postbox wants."""

    async def push(self, status):
        greeting = self.event_handler.greeting
        await super().push(greeting if greeting and isinstance(status, str) and status.startswith("220 ") else status)


class PostboxController(Controller):
    def factory(self):
        return Answering(
            self.handler, hostname="postbox", auth_require_tls=False,
            authenticator=lambda *_: AuthResult(success=self.handler.signs_in, handled=False),
        )  # fmt: skip


@pytest.fixture
def postbox(settings):
    """Messages end here; ``postbox.answers`` are given to the next recipients instead of a yes."""
    kept = Postbox()
    controller = PostboxController(kept, hostname="127.0.0.1", port=_free_port())
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
