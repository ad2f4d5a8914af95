"""Who must be told by phone or in person how a conference is now: no letter or e-mail tells them in time."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from conferences.convening.choices import (
    BLANK_FORMS,
    CANCELLED,
    INVITED,
    MOVED,
    WITHDRAWN,
    BookingPart,
    ConferenceState,
)
from conferences.convening.models import BookingChange, Conference, Invitation
from conferences.convening.queries.attending import out_of_reach, told_now
from conferences.convening.queries.companions import companions_to_end
from conferences.convening.queries.exclusions import who
from conferences.convening.queries.invitations import invitations_of, what_stops, who_would_meet
from conferences.convening.queries.last_told import (
    HAS_LEFT,
    NOT_COMING,
    WAITING,
    WAITS,
    reader_key,
    reader_of,
    spoken_about,
)
from conferences.convening.queries.letter_context import LetterContext
from conferences.convening.queries.list_checks import list_check
from conferences.convening.rules.told import Change, Told, what_changed
from conferences.separation.choices import AttendMode
from cpc.core.documents.check import text_hash
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import due
from families.people.choices import SafeContact
from families.people.queries.identity import by_identity


@dataclass(frozen=True)
class ToPhone:
    """An invited person who must be told by phone or in person, why, and since when."""

    invitation: Invitation
    why: str
    since: date

    @property
    def says(self) -> str:
        """What to do for them."""
        return f"{self.invitation.name} {self.why} Tell them by phone or in person, and record it."


def to_phone(context: LetterContext, on: date) -> list[ToPhone]:
    """Everybody who must be told by phone or in person, in the order of the list. Four queries."""
    conference = context.conference
    since = _changed_on(conference) or on
    found = {one.pk: ToPhone(one, _no_email(one), since) for one in out_of_reach(context)}
    late = _by_invited_record(context, letters_too_late([conference], on).get(conference.pk, {}))
    for one in context.invitations:
        made_on = late.get(reader_key(one)) if _may_be_told(context, one) else None
        if made_on:
            found[one.pk] = ToPhone(one, _letter_too_late(context, one), made_on)
    return [found[one.pk] for one in context.invitations if one.pk in found]


def _may_be_told(context, invitation) -> bool:
    """Whether this is a living member of the family who is not excluded, and the chair need not decide whether."""
    if not invitation.person_id or invitation.person.stands_for.died_on:
        return False
    return not context.is_excluded(invitation) and who(invitation) not in context.undecided


def _by_invited_record(context, late: dict[tuple, date]) -> dict[tuple, date]:
    """What ``letters_too_late`` found for one conference, by the record that is invited. A letter may name another
    record of the person.
    """
    people = {one.person_id for one in context.invitations if one.person_id}
    record = by_identity(people) if {id_ for _, id_, _ in late} - people else {}
    return {(kind, record.get(id_, id_), name): day for (kind, id_, name), day in late.items()}


def _letter_too_late(context, invitation) -> str:
    way = SafeContact(context.ways.get(invitation.person_id, SafeContact.UNKNOWN)).label.lower()
    return f"may not get the letter in time. Reach them only in a way that is safe for them. Recorded as safe: {way}."


def _no_email(invitation) -> str:
    is_closed = invitation.user_id and not invitation.user.is_active
    return f"cannot be told by email: {'their account is closed' if is_closed else 'no address is recorded'}."


def names_to_phone(context: LetterContext, on: date) -> str:
    """A sentence that names who must be told by phone or in person; "" if nobody must."""
    names = [one.invitation.name for one in to_phone(context, on)]
    return f"Tell {listed(names)} by phone or in person: no letter or email will reach them in time." if names else ""


def what_to_say(context: LetterContext, invitation) -> list[str]:
    """What this reader is to be told, in sentences, without any that would tell them what they must not learn."""
    if not _is_expected(context, invitation):
        return ["The conference is cancelled." if _is_cancelled(context) else "They need not come any more."]
    now = told_now(context, invitation)
    said = [f"The conference is on {in_words(now.day)}, from {now.begins} to {now.ends}."]
    if now.come_at:
        said.append(f"They come at {now.come_at}.")
    if now.place:
        said.append(f"Place: {', '.join(now.place)}.")
    if now.entrance:
        said.append(f"They come in by {now.entrance}.")
    if now.video_link:
        said.append(f"The video link: {now.video_link}")
    said += [f"How they take part: {AttendMode(now.how).label.lower()}.", f"{now.chair} chairs it."]
    may_be_said = [one for one in said if not context.tells(invitation, one)]
    return may_be_said if may_be_said == said else [*may_be_said, "Ask the chair what else they may be told."]


def why_not_to_say(by, context, invitation) -> str:
    """Why ``by`` may not tell this reader yet how the conference is; "" if they may. What is said passes the gate of
    the letter that it replaces: nobody may meet somebody that they must not, and somebody else has checked the list as
    it is. A professional who was invited passed it then.
    """
    if not _is_expected(context, invitation) or (invitation.sent_at and not invitation.person_id):
        return ""
    conference, rows = context.conference, invitations_of(context.conference)
    if invitation.person_id:
        stopped = who_would_meet(conference, rows) + companions_to_end(conference)
    else:
        stopped = what_stops(conference, rows)
    return " ".join(stopped) or list_check(conference, rows).refusal_for(by)


def news_for(context: LetterContext, invitation) -> dict:
    """What this reader is told now, as plain values, as a message keeps it in ``said``."""
    if not _is_expected(context, invitation):
        return {NOT_COMING: True}
    return {"meeting": told_now(context, invitation).values()}


def digest_of(context: LetterContext, invitation) -> str:
    """A short text that differs as soon as this reader is to be told something else."""
    return text_hash(json.dumps(news_for(context, invitation), sort_keys=True))


def _is_cancelled(context) -> bool:
    return context.conference.state == ConferenceState.CANCELLED


def _is_expected(context, invitation) -> bool:
    return not (_is_cancelled(context) or invitation.withdrawn_at)


def _changed_on(conference) -> date | None:
    """The day on which the conference was cancelled or last moved; None if neither."""
    if conference.cancelled_at:
        return timezone.localdate(conference.cancelled_at)
    moved_at = conference.booking_changes.filter(part=BookingPart.TIME).values_list("made_at", flat=True).first()
    return timezone.localdate(moved_at) if moved_at else None


# --- Letters that come too late -----------------------------------------------------------------------------------


def letters_too_late(conferences: Iterable[Conference], on: date) -> dict[int, dict[tuple, date]]:
    """For each conference (id), the members of the family (keys) who may come, or stay away, before the letter arrives
    that tells them otherwise, and the day of that letter. Two queries for any number of conferences.
    """
    conferences = list(conferences)
    rows = Outgoing.objects.filter(
        HAS_LEFT | WAITS, about_kind=Conference._meta.label_lower, about_id__in=[one.pk for one in conferences],
        recipient_kind="person", document__isnull=False, purpose__in=(INVITED, MOVED, CANCELLED, WITHDRAWN),
    )  # fmt: skip
    rows = rows.exclude(document__kind__in=BLANK_FORMS).select_related("document")
    messages = [*rows.defer("body", "calendar_file", "document__body"), *spoken_about(conferences)]
    by_reader = defaultdict(list)
    for one in sorted(messages, key=_made_at):
        by_reader[one.about_id, reader_of(one)].append(one)
    found = defaultdict(dict)
    for (conference, reader), theirs in by_reader.items():
        if made_on := _told_too_late_on(theirs, on):
            found[conference][reader] = made_on
    return found


def _made_at(message) -> tuple:
    return (message.queued_at if isinstance(message, Outgoing) else message.sent_at), message.pk


def _told_too_late_on(messages, on: date) -> date | None:
    """The day of the letter that does not tell its reader in time what is so now; None if they are told in time."""
    believed: set[date] = set()  # the days on which the reader may believe that it is held
    last, late = None, None
    for one in messages:
        said = (one.document.values if one.document else one.said).get("meeting")
        now = Told.from_values(said) if said else None
        is_news = last is None or now is None or set(what_changed(last, now)) - {Change.CHAIR}
        days = {now.day} if now else set()
        if any(day <= _arrives_on(one, on) for day in believed | days if day >= on):
            believed |= days
            late = late or (_day_of(one) if is_news else None)
        else:
            believed, late = days, None
        last = now
    return late


def _day_of(message) -> date:
    return timezone.localdate(_made_at(message)[0])


def _arrives_on(message, on: date) -> date:
    """The day on which the message has reached its reader. What is handed over or spoken reaches them in time."""
    if not isinstance(message, Outgoing) or message.channel != Channel.PRINT:
        return date.min
    left_at = None if message.state in WAITING else message.sent_at or message.may_have_left_at
    return due("letter_arrives", timezone.localdate(left_at) if left_at else on).on


def conferences_to_phone_about(on: date):
    """The conferences where somebody may have to be told by phone: booked, or cancelled and not past. Each says
    whether a professional or agency on its list has no e-mail (``no_email``). The others are close to a day for which
    letters went by post. Returns a queryset.
    """
    closed = Q(user__is_active=False) | Q(user__email="")
    no_mail = Q(user=None, agency=None) | Q(user=None, agency__email="")
    on_the_list = Invitation.objects.filter(conference=OuterRef("pk"), person=None, companion=None)
    about = {"about_kind": Conference._meta.label_lower, "about_id": OuterRef("pk")}
    soon = due("letter_arrives", on).on
    moved = BookingChange.objects.filter(conference=OuterRef("pk"), was_at__date__range=(on, soon))
    near = Q(starts_at__date__lte=soon) | Exists(moved)
    by_post = Exists(Outgoing.objects.filter(**about, channel=Channel.PRINT))
    found = Conference.objects.filter(
        state__in=(ConferenceState.BOOKED, ConferenceState.CANCELLED), starts_at__date__gte=on
    )
    found = found.annotate(no_email=Exists(on_the_list.filter(closed | no_mail)))
    return found.filter(Q(no_email=True) | near & by_post)
