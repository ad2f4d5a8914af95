"""E-mails that name nobody: that there is something to read after signing in, or a letter to collect. And the calendar.

Ordinary e-mail is read over shoulders and on locked screens. A notice holds a date, a time, the service's own place and
the way to sign in; no child, no family, no chair, and not the reader's own name.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from conferences.choices import CANCELLED, INVITED, MOVED, WITHDRAWN
from conferences.letters import facts
from conferences.models import Invitation
from cpc.core.documents.calendar import calendar_file
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import words

CHAIR = "chair"  # the purpose under which the chair is told of any of these
SUBJECTS = {
    INVITED: "You are asked to come to a meeting: please sign in",
    MOVED: "A meeting has moved: please sign in",
    CANCELLED: "A meeting is cancelled",
    WITHDRAWN: "You are not needed at a meeting",
}


@dataclass(frozen=True)
class Notice:
    """An e-mail, whole."""

    subject: str
    body: str
    calendar_file: str = ""


def for_professional(bundle, invitation, occasion, *, before=None, stamped_at) -> Notice:
    """What a professional or an agency is told by ordinary e-mail."""
    page = reverse("conferences:invitation", args=[invitation.pk]) if invitation.user_id else ""
    return _notice(bundle, invitation, occasion, before, stamped_at, page, f"invitation/{invitation.pk}")


def for_chair(bundle, chair, occasion, *, before=None, stamped_at) -> Notice:
    """What the chair is told by ordinary e-mail: the same, and as silent."""
    conference = bundle.conference
    page = reverse("conferences:conference", args=[conference.pk])
    stand_in = Invitation(conference=conference, user=chair)
    return _notice(bundle, stand_in, occasion, before, stamped_at, page, f"chair/{conference.pk}/{chair.pk}")


def _notice(bundle, invitation, occasion, before, stamped_at, page, identity) -> Notice:
    meeting = facts.meeting_for(bundle, invitation)
    place = _place(meeting, bundle.names)
    when = f"{in_words(meeting.day)} at {meeting.begins}"
    where = f"Where: {', '.join(place)}" if place else "Where: it is shown when you sign in"
    said = {
        INVITED: [f"You are asked to come to a meeting on {when}, until about {meeting.ends}.", where],
        MOVED: [
            "A meeting to which you were asked now takes place at another time or place. It is not cancelled.",
            f"It was to be on {_moment(before)}." if before else "",
            f"It is now on {when}, until about {meeting.ends}.",
            where,
            "Please sign in and say whether you can come.",
        ],
        CANCELLED: [
            f"The meeting on {when} is cancelled. It is not put off to another day: if another meeting is needed, "
            "you will be asked again.",
            "If you have written a report for it, keep it until somebody asks for it.",
        ],
        WITHDRAWN: [f"You are no longer asked to the meeting on {when}. You do not need to do anything."],
    }[occasion]
    said = ["Hello", *(line for line in said if line), *_what_to_do(page, occasion), _about_this()]
    calendar = _calendar(bundle, invitation, occasion, place, stamped_at, identity)
    return Notice(SUBJECTS[occasion], "\n\n".join(said) + "\n", calendar)


def for_family(worker) -> Notice:
    """What a member of the family who wants e-mail is told: that there is a letter, and nothing of what is in it."""
    said = [
        "Hello",
        f"There is a letter for you from {words('authority_name')}. It is not in this email, to keep it private.",
        "Somebody whom you know from us will bring it to you."
        if worker
        else "Please call us to say how you would like to have it.",
        f"You can call us on {words('contact_phone')}.",
        "If this message was not meant for you, please delete it.",
    ]
    return Notice("There is a letter for you", "\n\n".join(said) + "\n")


def _what_to_do(page, occasion) -> list[str]:
    phone = f"{words('service_name')}, {words('contact_phone')}"
    if occasion in (CANCELLED, WITHDRAWN):
        return [f"Questions: {phone}"]
    if not page:
        return [
            f"Please call us and say who will come, so that we can let them sign in: {phone}",
        ]
    link = settings.CPC_BASE_URL.rstrip("/") + page
    return [
        f"Sign in to read what it is about, what is asked of you and by when, and to say whether you can come:\n{link}",
        f"If you cannot sign in, call us: {phone}",
    ]


def _about_this() -> str:
    return "This message names nobody on purpose. Please do not answer it with names or details."


def _place(meeting, names) -> tuple[str, ...]:
    """The service's own place; left out where it has a word that is also the name of somebody in the family."""
    spelt = {word.strip(",.()").lower() for line in meeting.place for word in line.split()}
    if spelt & {name.lower() for name in names}:
        return ()
    return meeting.place if meeting.how == "room" else ("by video" if meeting.how == "video" else "by phone",)


def _calendar(bundle, invitation, occasion, place, stamped_at, identity) -> str:
    conference = bundle.conference
    starts_at = (invitation.apart and invitation.arrives_at) or conference.starts_at
    return calendar_file(
        # The same for the life of the invitation, and telling nothing to whoever sees it.
        uid=f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.CPC_BASE_URL}/{identity}')}@conference",
        sequence=conference.sequence + (occasion == WITHDRAWN),
        summary="Meeting (sign in to read)",
        starts_at=starts_at,
        ends_at=max(conference.ends_at, starts_at + (conference.ends_at - conference.starts_at) / 8),
        stamped_at=stamped_at,
        place=", ".join(place),
        words="Sign in to read what this is about.",
        organizer=words("contact_email"),
        cancelled=occasion in (CANCELLED, WITHDRAWN),
    )


def _moment(at) -> str:
    return f"{in_words(timezone.localdate(at))} at {facts.clock(at)}"


def own_words() -> set[str]:
    """Every word that a notice may have whoever it is about: months, days, and the service's own words.

    A child called April must not stop a notice for the 3rd of April.
    """
    texts = [in_words(date(2026, month, day)) for month in range(1, 13) for day in range(1, 8)]
    texts += [words(key) for key in ("service_name", "authority_name", "contact_phone", "contact_email")]
    texts += [*SUBJECTS.values(), "Hello Please Sign Where You It If Questions This Somebody There Meeting"]
    return {word.strip(".,:").lower() for text in texts for word in text.split()}
