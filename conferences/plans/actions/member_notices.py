"""Telling a professional or an agency that they joined or left a core group. The family is told in person."""

from conferences.plans.choices import CORE_GROUP_CHANGED
from conferences.plans.queries.members import names_no_email_may_hold
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.readers import Recipient
from cpc.core.policy.queries import words


def tell_of_membership(by, member, *, joined: bool) -> None:
    """Queue an e-mail that names nobody, if the member is a professional or an agency with an address. Call inside an
    act.
    """
    user, agency = member.user, member.agency
    address = user.email if user else agency.email if agency and not member.person_id else ""
    if not address:
        return
    text = email("core_group_member", joined=joined, service=words("service_name"), phone=words("contact_phone"))
    documents.queue(
        by, key=f"core_group_member:{member.pk}:{'joined' if joined else 'left'}", purpose=CORE_GROUP_CHANGED,
        channel=Channel.EMAIL, to_address=address, subject=text.subject, body=text.body, about=member.family,
        recipient=Recipient(
            kind="user" if user else "agency", id=user.pk if user else agency.pk, name=member.name, label=member.part
        ),
        must_not_name=names_no_email_may_hold(member.family_id),
    )  # fmt: skip
