"""Who takes part in a core group or a child in need meeting, and what they are told of when and where it is."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.queries.last_told import key_of
from conferences.convening.rules.told import Told
from conferences.plans.models import CoreGroupMeeting
from conferences.plans.queries.members import members_with_plans
from conferences.separation.queries.presences import clock
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.phrases import lines_of
from families.cases.models import DeclaredConflict

CORE_GROUP, IN_NEED = "core group", "child in need meeting"


@dataclass(frozen=True, kw_only=True)
class WhenAndWhere:
    """When it begins and where, as this reader may know it. Without a place they are asked to call."""

    day: date
    begins: str
    place: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attendee:
    """Somebody who takes part, with their e-mail address if they are a professional or an agency that has one."""

    key: tuple
    recipient: Recipient
    address: str = ""


def attendees(meeting, on) -> list[Attendee]:
    """The members of the core group that day; of a child in need meeting, those of the family who were chosen. Nobody
    with a closed account or a conflict of interest.
    """
    if not isinstance(meeting, CoreGroupMeeting):
        people = meeting.people.filter(person__died_on=None).select_related("person").order_by("pk")
        return [_attendee("person", one.person_id, one.person.full_name, "Family member") for one in people]
    barred = set(DeclaredConflict.objects.live().filter(family=meeting.family_id).values_list("user", flat=True))
    return attendees_of_core_group([member for member, _ in members_with_plans(meeting.family, on)], barred)


def attendees_of_core_group(members, barred) -> list[Attendee]:
    """Of the members, those who are told of its dates; ``barred`` are the users with a conflict of interest."""
    found = []
    for member in members:
        if member.person_id:
            found.append(_attendee("person", member.person_id, member.name, member.part))
        elif member.user_id:
            if member.user.is_active and member.user_id not in barred:
                found.append(_attendee("user", member.user_id, member.name, member.part, member.user.email))
        elif member.agency_id:
            found.append(_attendee("agency", member.agency_id, member.name, member.part, member.agency.email))
    return found


def _attendee(kind, id_, name, part, address="") -> Attendee:
    return Attendee(key_of(kind, id_, name), Recipient(kind=kind, id=id_, name=name, label=part), address)


def called(meeting) -> str:
    """What letters call this kind of meeting."""
    return CORE_GROUP if isinstance(meeting, CoreGroupMeeting) else IN_NEED


def when_and_where(meeting) -> WhenAndWhere:
    """When it begins and where."""
    day = timezone.localdate(meeting.starts_at)
    return WhenAndWhere(day=day, begins=clock(meeting.starts_at), place=tuple(lines_of(meeting.place)))


def told_now(meeting) -> Told:
    """What a message would say of the meeting now, for ``what_changed``."""
    now = when_and_where(meeting)
    return Told(day=now.day, begins=now.begins, ends="", how="", chair="", place=now.place)
