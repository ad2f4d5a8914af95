"""Telling everybody who takes part in a core group or a child in need meeting when it is. Nobody else learns of it."""

from dataclasses import replace

from conferences.convening.actions.notify import send_letter
from conferences.convening.choices import InviteeRole
from conferences.convening.letters import facts
from conferences.convening.models import Conference, Invitation
from conferences.convening.queries.last_told import NOT_COMING, messages_about, told_and_waiting
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.rules.told import what_changed
from conferences.disclosure.choices import InviteeKind
from conferences.plans.choices import MEETING_OFF, MEETING_SET, MeetingState
from conferences.plans.letters.meeting_date_family import meeting_date_family
from conferences.plans.queries.attending import attendees, called, told_now, when_and_where
from conferences.plans.queries.members import names_no_email_may_hold
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.emails import email
from cpc.core.documents.models import Outgoing
from cpc.core.documents.queries import address_now
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import words
from families.people.models import Person

BOTH = (MEETING_SET, MEETING_OFF)


def tell_of_date(by, meeting, permission, *, to_family=True, only=None) -> None:
    """Write to each person who takes part in ``meeting``, as far as its date, hour or place is news to them: to a
    professional or agency an e-mail that names nobody, to the family a letter by their safe way. Who was told and does
    not take part any more, or where it is cancelled, is told that they need not come. What waits is replaced. Without
    ``to_family`` nobody of the family is written to, because after a death they are told in person. ``only`` are the
    names of those who are told when it is, where not all are.

    Call inside an act of that permission.
    """
    _, will_be = _told(meeting)
    coming = attendees(meeting, by.on) if meeting.state == MeetingState.PLANNED else []
    now = {one.key: told_now(meeting) for one in coming}
    behind = [one for one in coming if one.key not in will_be or what_changed(will_be[one.key], now[one.key])]
    behind = [one for one in behind if only is None or one.recipient.name in only]
    former = will_be.keys() - now.keys()
    for kind, id_, _name in [*former, *(one.key for one in behind)]:
        waiting = messages_about(meeting, kind, id_).filter(purpose__in=BOTH)
        documents.withdraw_waiting(waiting, "The date has changed before this went out.")
    told, _ = _told(meeting)
    if not to_family:
        behind = [one for one in behind if one.key[0] != "person"]
        former = {key for key in former if key[0] != "person"}
    context = _context(meeting, [one.key[1] for one in behind if one.key[0] == "person"], former)
    for one in behind:
        _tell(by, meeting, context, one.key, one.recipient, one.address, told.get(one.key), permission)
    for key in sorted(former & told.keys()):
        recipient, address = _who_left(meeting, key)
        if recipient is not None:
            _tell(by, meeting, context, key, recipient, address, told[key], permission, off=True)


def withdraw_unsent(meeting) -> None:
    """Withdraw what waits about the date of a meeting that was held. Call inside an act."""
    waiting = Outgoing.objects.filter(purpose__in=BOTH, **reference_to(meeting))
    documents.withdraw_waiting(waiting, "The meeting was held before this went out.")


def _told(meeting):
    family = Person.objects.filter(memberships__family=meeting.family_id).values_list("pk", flat=True)
    return told_and_waiting(meeting, set(family), tells=(MEETING_SET,), off=(MEETING_OFF,))


def _context(meeting, people, former):
    """What letters to these people are made from; None where nobody is written to, or nothing says how."""
    readers = {*people, *(id_ for kind, id_, _ in former if kind == "person")}
    conference = Conference.objects.filter(family=meeting.family_id).order_by("-pk").first()
    if not readers or conference is None:
        return None
    return letter_context(conference, also=Person.objects.filter(pk__in=readers).order_by("pk"))


def _who_left(meeting, key):
    """The recipient and address of somebody who was told of the meeting and need not come; nobody if they cannot be
    written to. A professional who left the core group hears of that in another message.
    """
    kind, id_, _ = key
    last = messages_about(meeting, kind, id_).filter(purpose=MEETING_SET).order_by("pk").last()
    if last is None or (kind != "person" and meeting.state == MeetingState.PLANNED):
        return None, ""
    return Recipient(kind=kind, id=id_, name=last.recipient_name), address_now(last)


def _tell(by, meeting, context, key, recipient, address, was, permission, off=False) -> None:
    purpose = MEETING_OFF if off else MEETING_SET
    if recipient.kind == "person":
        _write(by, meeting, context, recipient, was, purpose, permission)
    elif address:
        _mail(by, meeting, key, recipient, address, was, purpose)


def _write(by, meeting, context, recipient, was, purpose, permission) -> None:
    person = next((one for one in context.also if one.pk == recipient.id), None) if context else None
    if person is None or person.stands_for.died_on:
        return
    role = InviteeRole.CHILD if person.born_on and person.pk in {one.pk for one in context.children} else ""
    reader = Invitation(
        conference=context.conference, kind=InviteeKind.FAMILY, person=person, role=role or InviteeRole.PARENT
    )
    when = None if purpose == MEETING_OFF else when_and_where(meeting)
    if when and context.tells(reader, ", ".join(when.place)):
        when = replace(when, place=())
    channel = Channel.PRINT if facts.addressee(context, reader)[1] == "post" else Channel.HAND
    letter = meeting_date_family(context, reader, called(meeting), when, was, by.on)
    send_letter(by, context, reader, letter, recipient, channel, purpose, permission=permission, about=meeting)


def _mail(by, meeting, key, recipient, address, was, purpose) -> None:
    now, off = told_now(meeting), purpose == MEETING_OFF
    moved = bool(was) and not off
    new_hour = was and (off or (was.day, was.begins) != (now.day, now.begins))
    text = email(
        "core_group_date", off=off, moved=moved, when=f"{in_words(now.day)} at {now.begins}",
        was=f"{in_words(was.day)} at {was.begins}" if new_hour else "", service=words("service_name"),
        phone=words("contact_phone"),
    )  # fmt: skip
    earlier = Outgoing.objects.filter(**reference_to(meeting), purpose__in=BOTH).count()
    documents.queue(
        by, key=f"core_group_date:{meeting.pk}:{key[0]}:{key[1]}:{earlier}", purpose=purpose, channel=Channel.EMAIL,
        recipient=recipient, to_address=address, subject=text.subject, body=text.body, about=meeting,
        must_not_name=names_no_email_may_hold(meeting.family_id),
        said={NOT_COMING: True} if off else {"meeting": now.values()},
    )  # fmt: skip
