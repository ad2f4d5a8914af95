"""Telling the old email address of an account that it was changed."""

from cpc.core.documents.actions.outbox import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.core.policy.queries import words

# No kind of account: the address is nobody’s account now, and the message goes also where the account was closed.
FORMER_ADDRESS = "former_address"


def tell_old_address(by, user, old_address: str) -> None:
    """Queue an e-mail to the old address, with the number to phone and nothing secret. Call it inside an act."""
    text = email("address_changed", service=words("service_name"), phone=words("contact_phone"))
    queue(
        by, key=f"address_changed:{user.pk}:{user.version}", purpose="account", channel=Channel.EMAIL,
        recipient=Recipient(kind=FORMER_ADDRESS, id=user.pk, name=old_address),
        to_address=old_address, subject=text.subject, body=text.body,
    )  # fmt: skip
