"""Somebody to act, and a real mail server, as in the tests of documents."""

from cpc.core.documents.tests.conftest import by, postbox  # noqa: F401
