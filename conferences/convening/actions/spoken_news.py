"""Record who was told by phone or in person how a conference is now, or that they could not be reached."""

from django.utils import timezone

from conferences.convening.choices import SpokenHow
from conferences.convening.models import SpokenNews
from conferences.convening.queries.invitations import report_due_on
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.to_phone import digest_of, news_for, to_phone, why_not_to_say
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState


def record_spoken_news(*, by, invitation, how, told_by, told_on, as_of, note="") -> SpokenNews:
    """Record that an invited person was told by phone or in person how the conference is now, or was not reached.

    ``as_of`` is the digest of what the page said that they are to be told: if that has changed since, they were told
    something else. Somebody who was not invited yet is invited with it.
    """
    conference = invitation.conference
    if how not in SpokenHow.values:
        raise Invalid("Choose whether they were told.", "how")
    if not told_by.strip():
        raise Invalid("Say who told them, or tried to.", "told_by")
    if told_on is None or told_on > by.on:
        raise Invalid("Enter the day, today or in the past.", "told_on")
    if how == SpokenHow.NOT_REACHED and not note.strip():
        raise Invalid("Say what was tried.", "note")
    with acting(by, Permission.INVITE, on=conference, step="spoken news", invitation=invitation.pk, how=str(how)):
        context = letter_context(conference)
        mine = next((one.invitation for one in to_phone(context, by.on) if one.invitation.pk == invitation.pk), None)
        if mine is None:
            raise WrongState("They know how it is now, or a letter or email will tell them in time.")
        news = {} if how == SpokenHow.NOT_REACHED else news_for(context, mine)
        if news and as_of != digest_of(context, mine):
            raise Invalid("Something has changed since you opened this page. Look at what they must be told now.")
        if news and (refused := why_not_to_say(by, context, mine)):
            raise Invalid(refused)
        if news and not mine.sent_at:
            mine.sent_at, mine.sent_by_id, mine.ends_on = timezone.now(), by.id, None
            mine.report_due_on = report_due_on(conference) if mine.report_asked else None
            mine.save()
        return SpokenNews.objects.create(
            invitation=mine, how=how, told_by=told_by.strip(), told_on=told_on, note=note.strip(), said=news,
            recorded_by_id=by.id, recorded_at=timezone.now(),
        )  # fmt: skip
