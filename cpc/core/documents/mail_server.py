"""One conversation with the mail server by SMTP, and what its answers mean.

Django's own backend opens the connection. The message is handed over step by step, because it matters at which step
something goes wrong: before the text has left, nothing arrived; after it, nobody knows until the server answers.
"""

import re
import smtplib
import socket
import ssl

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

# The server answers these whatever the message is: it stops, has no encryption now, or does not accept our sign-in.
# Nor is it the message’s fault when it says that it does not relay.
_OF_THE_SERVER = {421, 454, 530, 534, 535, 538}
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w.-]+")
OK = (250, 251)


class ServerFault(Exception):
    """The mail server takes no mail now. Nothing is wrong with any message, and none was handed over."""


class Unanswered(Exception):
    """The whole message was handed over, and the server did not say whether it took it."""


class Refused(Exception):
    """The server did not take this message. Nothing arrived."""

    def __init__(self, code: int, said: str, *, at_address: bool):
        super().__init__(f"{code} {said}")
        self.is_for_now = 400 <= code < 500
        # The enhanced code 5.1.x is always about the address; 5.7.x is a rule of the server, such as "no relaying".
        is_mailbox = at_address and code in (550, 551, 552, 553) and not said.startswith("5.7.")
        self.is_about_address = said.startswith("5.1.") or is_mailbox
        self.is_surely_about_address = said.startswith("5.1.")


class MailServer:
    """The connection to the mail server: opened when it is first needed, and opened again after a refusal."""

    def __init__(self):
        self._backend = get_connection()
        self._is_open = False

    def open(self) -> None:
        """Connect and sign in. Raises ServerFault."""
        if self._is_open or not isinstance(self._backend, EmailBackend):
            return
        try:
            self._backend.open()
            self._smtp.ehlo_or_helo_if_needed()
        except OSError as fault:  # every exception of smtplib is one
            self.close()
            raise ServerFault(_in_words(fault)) from fault
        self._is_open = True

    def hand_over(self, message: EmailMessage) -> None:
        """Send the message to its one recipient. Raises ServerFault, Refused or Unanswered; then open it again."""
        if not isinstance(self._backend, EmailBackend):  # a developer's console, a test's list
            self._backend.send_messages([message])
            return
        text = message.message().as_bytes(linesep="\r\n")
        try:
            self._ask_to_take(message)
            self._smtp.send(re.sub(rb"(?m)^\.", b"..", text.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        except OSError as fault:
            self.close()
            raise ServerFault(_in_words(fault)) from fault
        except (ServerFault, Refused):
            self.close()
            raise
        try:
            code, said = self._smtp.getreply()
        except OSError as fault:
            self.close()
            raise Unanswered(_in_words(fault)) from fault
        if code not in OK:
            self.close()
            raise _fault(code, said, at_address=False)

    def _ask_to_take(self, message: EmailMessage) -> None:
        encoding = message.encoding or "utf-8"
        code, said = self._smtp.mail(sanitize_address(message.from_email, encoding))
        if code not in OK:  # it does not accept our own address, so it accepts no message
            raise ServerFault(_answer(code, said))
        (recipient,) = message.recipients()
        code, said = self._smtp.rcpt(sanitize_address(recipient, encoding))
        if code not in OK:
            raise _fault(code, said, at_address=True)
        code, said = self._smtp.docmd("DATA")
        if code != 354:
            raise _fault(code, said, at_address=False)

    @property
    def _smtp(self) -> smtplib.SMTP:
        return self._backend.connection

    def close(self) -> None:
        """End the conversation, if there is one."""
        self._is_open = False
        try:
            self._backend.close()
        except OSError:
            pass  # it had hung up first


def _fault(code: int, said: bytes, *, at_address: bool) -> Exception:
    if code in _OF_THE_SERVER or b"relay" in said.lower():
        return ServerFault(_answer(code, said))
    return Refused(code, _text(said), at_address=at_address)


def _in_words(fault: OSError) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _answer(fault.smtp_code, fault.smtp_error)
    if isinstance(fault, TimeoutError) or isinstance(fault.__cause__ or fault.__context__, TimeoutError):
        return "It did not answer in time"
    if isinstance(fault, ConnectionRefusedError):
        return "It refused the connection"
    if isinstance(fault, smtplib.SMTPServerDisconnected | ConnectionError):
        return "It ended the connection"
    if isinstance(fault, socket.gaierror):
        return "Its name is not known. Check EMAIL_URL in the settings"
    if isinstance(fault, ssl.SSLError):
        return f"No encrypted connection to it could be made ({_text(fault.reason or fault)})"
    if isinstance(fault, smtplib.SMTPException):  # such as: it offers no encryption, or no way to sign in
        return f"It cannot be used as EMAIL_URL says ({_text(fault)})"
    return f"It cannot be reached ({_text(fault.strerror or fault)})"


def _answer(code: int, said) -> str:
    return f"Its answer was {code} {_text(said)}"


def _text(said) -> str:
    """The server's words on one line, without anybody's address."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return _ADDRESS.sub("…", " ".join(words.split()))[:200].rstrip(" .")
