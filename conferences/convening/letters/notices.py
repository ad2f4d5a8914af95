"""E-mails that name nobody, with a calendar file: there is something to read after signing in, or a letter to collect.

Other people see ordinary e-mail on shared and locked screens. A notice holds a date, a time, the service's own place
and how to sign in. It holds no child, family or chair, and not the reader's own name.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse

from conferences.convening.choices import (
    CANCELLED,
    CHAIR,
    CHAIR_CHANGED,
    EXCLUSION,
    INVITED,
    MOVED,
    WITHDRAWN,
)
from conferences.convening.letters.changes import changes_since, day_told
from conferences.convening.models import Invitation
from conferences.convening.queries.attending import meeting_for, told_now
from conferences.convening.queries.last_told import NOT_COMING, reader_key
from conferences.convening.rules.told import Change
from conferences.separation.choices import AttendMode
from cpc.core.documents.calendar import calendar_file
from cpc.core.documents.emails import email, fixed_words
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import words

TEXTS = {
    occasion: f"meeting_{occasion}" for occasion in (INVITED, MOVED, CHAIR_CHANGED, CANCELLED, WITHDRAWN, EXCLUSION)
}
WAYS = {
    AttendMode.VIDEO: "by video",
    AttendMode.PHONE: "by phone",
    AttendMode.REPORT: "by a written report",
}
NOT_COMING_OCCASIONS = (CANCELLED, WITHDRAWN, EXCLUSION)


@dataclass(frozen=True)
class Notice:
    """A complete e-mail. ``said`` are the facts of the meeting that it tells, for the next message."""

    subject: str
    body: str
    calendar_file: str = ""
    said: dict = field(default_factory=dict)


def for_professional(context, invitation, occasion, *, stamped_at) -> Notice:
    """The ordinary e-mail to a professional or an agency."""
    page = reverse("conferences:invitation", args=[invitation.pk]) if invitation.user_id else ""
    told = context.told.get(reader_key(invitation))
    return _notice(context, invitation, occasion, told, stamped_at, page, f"invitation/{invitation.pk}")


def for_chair(context, chair, occasion, *, stamped_at) -> Notice | None:
    """The ordinary e-mail to the chair, which also names nobody; None where it would tell them nothing new."""
    conference, told = context.conference, context.told.get((CHAIR, chair.pk, ""))
    if occasion in (CANCELLED, WITHDRAWN) and told is None:
        return None
    occasion = INVITED if occasion == MOVED and told is None else occasion
    page = reverse("conferences:conference", args=[conference.pk])
    stand_in = Invitation(conference=conference, user=chair)
    if occasion == MOVED and not changes_since(context, stand_in, told).what:
        return None
    return _notice(context, stand_in, occasion, told, stamped_at, page, f"chair/{conference.pk}/{chair.pk}")


def _notice(context, invitation, occasion, told, stamped_at, page, identity) -> Notice:
    meeting = meeting_for(context, invitation)
    place = _place(meeting, context.names)
    changes, off = changes_since(context, invitation, told), occasion in NOT_COMING_OCCASIONS
    day, begins = day_told(context, invitation, told) if off else (meeting.day, meeting.begins)
    text = email(
        TEXTS[occasion], when=_moment(day, begins), ends=meeting.ends, place=", ".join(place),
        was=_moment(changes.was_on, changes.was_at), changed=changes.what,
        link=settings.CPC_BASE_URL.rstrip("/") + page if page else "", service=words("service_name"),
        phone=words("contact_phone"), agency_asked=occasion == EXCLUSION and agency_is_asked(invitation),
        writes_only=invitation.writes_only,
    )  # fmt: skip
    # Who only writes a report has no calendar entry, or has the earlier one taken away. No entry names the chair or a
    # child. After a move, an entry would hold a time that those who do not come were never told.
    untold = {*changes.what} - {Change.CHAIR, Change.CHILDREN}
    never_came = invitation.writes_only and (told is None or told.how == AttendMode.REPORT)
    without = never_came or occasion == CHAIR_CHANGED or (occasion in (WITHDRAWN, EXCLUSION) and untold)
    entry = "" if without else _calendar(context, invitation, occasion, place, stamped_at, identity)
    said = {NOT_COMING: True} if off else {"meeting": told_now(context, invitation).values()}
    return Notice(text.subject, text.body, entry, said)


def agency_is_asked(invitation) -> bool:
    """Whether the agency of an excluded professional is asked to send somebody else: one is expected, and it has an
    address.
    """
    return invitation.is_expected and bool(invitation.user and invitation.user.agency and invitation.user.agency.email)


def for_agency_of_excluded() -> Notice:
    """The e-mail that asks an agency to send somebody else to a meeting, because the chair excluded who was invited."""
    text = email("send_somebody_else", service=words("service_name"), phone=words("contact_phone"))
    return Notice(text.subject, text.body)


def for_family(worker) -> Notice:
    """The e-mail to a family member who wants e-mail: only that there is a letter, and nothing of its content."""
    text = email("letter_to_collect", authority=words("authority_name"), worker=worker, phone=words("contact_phone"))
    return Notice(text.subject, text.body)


def _place(meeting, names) -> tuple[str, ...]:
    """The service's own place; empty if a word in it is also the name of somebody in the family."""
    spelt = {word.strip(",.()").lower() for line in meeting.place for word in line.split()}
    if spelt & {name.lower() for name in names}:
        return ()
    return meeting.place if meeting.how == AttendMode.ROOM else (WAYS[meeting.how],)


def _calendar(context, invitation, occasion, place, stamped_at, identity) -> str:
    conference = context.conference
    starts_at = (invitation.apart and invitation.arrives_at) or conference.starts_at
    return calendar_file(
        # The same for the life of the invitation. It reveals nothing to anybody who sees it.
        uid=f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.CPC_BASE_URL}/{identity}')}@conference",
        sequence=conference.sequence + (occasion in (WITHDRAWN, EXCLUSION)),
        summary="Meeting (sign in to read)",
        starts_at=starts_at,
        ends_at=(invitation.apart and invitation.leaves_at)
        or max(conference.ends_at, starts_at + (conference.ends_at - conference.starts_at) / 8),
        stamped_at=stamped_at,
        place=", ".join(place),
        words="Sign in to read what this is about.",
        organizer=words("contact_email"),
        cancelled=occasion in NOT_COMING_OCCASIONS or invitation.writes_only,
    )


def _moment(day, begins) -> str:
    return f"{in_words(day)}{f' at {begins}' if begins else ''}" if day else ""


def common_words() -> set[str]:
    """Every word that any notice may hold: months, days, and the service's own words.

    A child called April must not stop a notice for the 3rd of April.
    """
    texts = [in_words(date(2026, month, day)) for month in range(1, 13) for day in range(1, 8)]
    texts += [words(key) for key in ("service_name", "authority_name", "contact_phone", "contact_email")]
    said = {word.strip(".,:").lower() for text in texts for word in text.split()}
    return said | fixed_words(
        *TEXTS.values(), "what_changed", "how_to_answer", "no_names", "plan_ended", "plan_goes_on", "core_group_member",
        "core_group_date", "send_somebody_else",
    )  # fmt: skip
