"""Telling the person who disputed a decision that it has been answered. The e-mail names nobody."""

from django.conf import settings
from django.urls import reverse

from conferences.convening.models import DisputeStage
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.core.policy.queries import words


def tell_of_answer(by, stage: DisputeStage) -> None:
    """Queue the e-mail, unless the account is closed. A conference that is held after all invites its people itself, so
    there is a link only to the reasons against it. Call inside an act.
    """
    dispute = stage.dispute
    raised_by = dispute.raised_by
    if not raised_by.is_active:
        return
    page = reverse("conferences:request", args=[dispute.conference_id])
    text = email(
        "dispute_answered", first_name=raised_by.first_name, upheld=dispute.upheld,
        link=f"{settings.CPC_BASE_URL}{page}", service=words("service_name"), phone=words("contact_phone"),
    )  # fmt: skip
    queue(
        by, key=f"dispute_answered:{stage.pk}", purpose="dispute_answered", channel=Channel.EMAIL,
        recipient=Recipient.of(raised_by), to_address=raised_by.email, subject=text.subject, body=text.body,
        about=dispute.conference,
    )  # fmt: skip
