"""The head of this service's letters, from its own words: one head, whoever writes the letter."""

from cpc.core.documents.letters import Letterhead
from cpc.core.policy.queries import words


def letterhead() -> Letterhead:
    """Who writes, in the local words. The address is kept as one line, its parts set apart by commas."""
    return Letterhead(
        authority_name=words("authority_name"),
        service_name=words("service_name"),
        address_lines=tuple(line.strip() for line in words("contact_address").split(",")),
        phone=words("contact_phone"),
        email=words("contact_email"),
    )
