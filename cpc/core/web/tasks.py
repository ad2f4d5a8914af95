"""What the worker does for the pages of sign-in."""

from smtplib import SMTPException

from celery import shared_task

from cpc.core.accounts.models import User
from cpc.core.web.sign_in import send_password_link


@shared_task(
    name="web.send_password_reset", autoretry_for=(SMTPException, OSError), max_retries=5, retry_backoff=20,
    retry_jitter=False,
)  # fmt: skip
def send_password_reset(address: str) -> None:
    """Send each open account of this address a link with which to set a new password; to anybody else nothing. Tries
    again for ten minutes while the mail server is away. The link is made here, so no table and no queue holds it.
    """
    for user in User.objects.filter(email__iexact=address, is_active=True):
        send_password_link(user, "password_reset_key")
