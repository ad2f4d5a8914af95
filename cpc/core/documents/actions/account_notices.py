"""When the email address of an account changes, the old one is told, and what waits goes to the new one."""

from cpc.core.documents.actions.outbox import queue
from cpc.core.documents.calendar import addressed_to
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.emails import email
from cpc.core.documents.models import Outgoing
from cpc.core.documents.queries import USERS
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


def send_waiting_to_new_address(by, user, old_address: str) -> None:
    """The e-mails to this person that have not left go to the address as it is now. Call it inside an act."""
    waiting = Outgoing.objects.select_for_update(no_key=True).filter(
        recipient_kind__in=USERS, recipient_id=user.pk, channel=Channel.EMAIL, to_address__iexact=old_address,
        state__in=[OutgoingState.QUEUED, OutgoingState.HELD, OutgoingState.FAILED],
    )  # fmt: skip
    for one in waiting.order_by("pk"):
        one.to_address = user.email
        one.calendar_file = addressed_to(one.calendar_file, user.email) if one.calendar_file else ""
        one.save(update_fields=["to_address", "calendar_file"])
