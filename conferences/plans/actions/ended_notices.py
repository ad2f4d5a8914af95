"""Telling the agencies and the family that a plan has ended without a conference. Nothing says that a child died."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from conferences.convening.actions.notify import forbidden_words, send_letter
from conferences.convening.letters import facts
from conferences.convening.queries.letter_context import letter_context
from conferences.plans.choices import PLAN_ENDED, PLAN_GOES_ON, EndReason
from conferences.plans.letters.plan_ended_family import plan_ended_family
from conferences.plans.queries.ended import agencies_to_tell, family_to_tell
from conferences.plans.queries.members import names_no_email_may_hold
from conferences.plans.queries.reviews import last_conference_about
from cpc.core.accounts.permissions import Permission
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.models import Outgoing
from cpc.core.documents.queries import address_now
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import words


def tell_of_end(by, plan) -> None:
    """Queue an e-mail that names nobody to each agency of the plan, and a letter to each member of the family who was
    invited to the last conference about this child. Nobody of the family gets a letter after a death, which is told in
    person. Call inside an act.
    """
    conference = last_conference_about(plan)
    if conference is None:
        _tell_agencies(by, plan, None, names_no_email_may_hold(plan.family_id))
        return
    context = letter_context(conference)
    _tell_agencies(by, plan, conference, forbidden_words(context, context.outside))
    if plan.end_reason == EndReason.DIED:
        return
    for invitation in family_to_tell(context, plan):
        person = invitation.person
        recipient = Recipient(kind="person", id=person.pk, name=person.full_name, label=invitation.get_role_display())
        channel = Channel.PRINT if facts.addressee(context, invitation)[1] == "post" else Channel.HAND
        letter = plan_ended_family(context, invitation, plan, by.on)
        permission = Permission.END_PLAN
        send_letter(by, context, invitation, letter, recipient, channel, PLAN_ENDED, permission=permission, about=plan)


def messages_of_end(plan, ending):
    """The e-mails and letters that told of this end of the plan."""
    letters = Q(**reference_to(plan), purpose=PLAN_ENDED, queued_at__gte=ending.ended_at)
    return Outgoing.objects.filter(letters | Q(key__startswith=_key(plan, ending)))


def tell_that_it_goes_on(by, plan, key, told) -> None:
    """Queue an e-mail that names nobody to each agency that was told (``told``, messages) of the end with this key.
    Call inside an act.
    """
    conference, must_not_name = last_conference_about(plan), names_no_email_may_hold(plan.family_id)
    if conference is not None:
        context = letter_context(conference)
        must_not_name = forbidden_words(context, context.outside)
    for one in told:
        if one.channel != Channel.EMAIL:
            continue
        invited = conference and conference.invitations.filter(user=one.recipient_id, withdrawn_at=None).first()
        page = reverse("conferences:invitation", args=[invited.pk]) if one.recipient_kind == "user" and invited else ""
        text = email(
            PLAN_GOES_ON, link=settings.CPC_BASE_URL.rstrip("/") + page if page else "",
            service=words("service_name"), phone=words("contact_phone"),
        )  # fmt: skip
        documents.queue(
            by, key=f"plan:{plan.pk}:goes_on:{key}:{one.pk}", purpose=PLAN_GOES_ON, channel=Channel.EMAIL,
            recipient=Recipient(kind=one.recipient_kind, id=one.recipient_id, name=one.recipient_name),
            to_address=address_now(one), subject=text.subject, body=text.body, about=conference or plan.family,
            must_not_name=must_not_name,
        )  # fmt: skip


def _key(plan, ending) -> str:
    return f"plan:{plan.pk}:ended:{ending.pk}:"


def _tell_agencies(by, plan, conference, must_not_name) -> None:
    when = in_words(conference.held_on) if conference else ""
    for one in agencies_to_tell(plan, conference, by.on):
        page = reverse("conferences:invitation", args=[one.invitation_id]) if one.invitation_id else ""
        text = email(
            PLAN_ENDED, when=when, link=settings.CPC_BASE_URL.rstrip("/") + page if page else "",
            service=words("service_name"), phone=words("contact_phone"),
        )  # fmt: skip
        documents.queue(
            by, key=f"{_key(plan, plan.ending)}{one.kind}:{one.id}", purpose=PLAN_ENDED, channel=Channel.EMAIL,
            recipient=Recipient(kind=one.kind, id=one.id, name=one.name, label=one.part), to_address=one.address,
            subject=text.subject, body=text.body, about=conference or plan.family, must_not_name=must_not_name,
        )  # fmt: skip
