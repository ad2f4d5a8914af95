"""What a page says after an act: a success only where something was done."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("level", "title"),
    [(constants.SUCCESS, "Success"), (constants.INFO, "Important"), (constants.ERROR, "Important")],
)
def test_a_banner_says_success_only_of_a_success(level, title):
    page = render_to_string("layouts/messages.html", {"messages": [Message(level, "Nothing had changed")]})
    assert title in page and ("Success" in page) == (title == "Success")
