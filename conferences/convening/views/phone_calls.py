"""What the next page says after an act, where no letter or e-mail tells somebody of it in time."""

from django.contrib import messages

from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.to_phone import names_to_phone


def warn_of_phone_calls(request, conference) -> None:
    """Name those who must now be told by phone or in person, if anybody must."""
    if said := names_to_phone(letter_context(conference), request.viewer.on):
        messages.warning(request, f"{said} Record it on the page “People to invite”.")
