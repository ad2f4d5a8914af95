"""A visitor answered in the process of the test: no browser, no server, one database connection."""

import urllib.request
import urllib.response
from email.message import Message
from io import BytesIO
from urllib.parse import urlsplit

from django.test import RequestFactory
from django.test.client import ClientHandler

from demo.visitor import Visitor


def visitor_inside(address, name):
    """The person ``name`` of ``demo.visitor``; what they ask for at ``address`` is answered by the application here."""
    visitor = Visitor(address, name)
    visitor.opener.add_handler(_Inside())
    return visitor


class _Inside(urllib.request.BaseHandler):
    """Gives each request to the application with all its middleware, as a server would, forged forms refused."""

    handler_order = 100  # before the handler that would open a connection

    def __init__(self):
        self.application = ClientHandler(enforce_csrf_checks=True)

    def http_open(self, request):
        """The answer, as ``urllib`` reads one."""
        sent = RequestFactory().generic(
            request.get_method(),
            urlsplit(request.full_url)._replace(scheme="", netloc="").geturl(),
            request.data or b"",
            request.get_header("Content-type", ""),
            headers={name: value for name, value in request.header_items() if name != "Content-type"},
        )
        answer = self.application(sent.environ)
        headers = Message()
        for name, value in answer.items():
            headers[name] = value
        for cookie in answer.cookies.values():
            headers["Set-Cookie"] = cookie.OutputString()
        read = urllib.response.addinfourl(BytesIO(answer.getvalue()), headers, request.full_url, answer.status_code)
        read.msg = answer.reason_phrase
        return read
