"""How each child takes part in a conference, and whether words for a letter would tell its reader too much."""

from dataclasses import dataclass

from django.utils import timezone

from conferences.convening.choices import PARENT_ROLES, InviteeRole
from conferences.convening.models import ChildPart, Invitation
from conferences.convening.queries.exclusions import unnamed_in_letter, would_tell
from conferences.convening.queries.invitations import included_children
from conferences.convening.rules.childs_voice import voice_of
from conferences.separation.choices import AttendMode
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.kernel.dates import age_on
from cpc.core.policy.queries import setting
from families.people.models import Person

# How a member of the family can take part.
WAYS = (AttendMode.ROOM, AttendMode.VIDEO, AttendMode.PHONE)


@dataclass(frozen=True)
class ChildRow:
    """One child of the conference, and how they take part as far as it is recorded. ``is_asked``: from the age at which
    the service asks children. ``takes_part``: old enough that a way of taking part is decided.
    """

    child: Person
    part: ChildPart | None
    is_asked: bool
    takes_part: bool


def child_rows(conference, parts) -> list[ChildRow]:
    """The living, born children of the conference with their ``parts`` (ChildPart)."""
    by_child, on = {one.child_id: one for one in parts}, conference.held_on or timezone.localdate()
    return [
        ChildRow(
            child,
            by_child.get(child.pk),
            age_on(child.born_on, on) >= setting("child_invite_age"),
            voice_of(child, on).takes_part,
        )
        for child in included_children(conference)
        if child.born_on and not child.died_on
    ]


def parts_for(viewer: Viewer, conference) -> list[ChildPart]:
    """How the children take part, as far as the viewer may see it."""
    found = seen_by(viewer, ChildPart).filter(conference=conference)
    return list(found.select_related("child", "recorded_by", "decided_by").order_by("pk"))


def adults_for(viewer: Viewer, conference) -> list[Invitation]:
    """The adults of the family on the list, each with how they want to take part, as far as the viewer may see them."""
    found = seen_by(viewer, Invitation).filter(
        conference=conference, person__isnull=False, person__died_on__isnull=True, withdrawn_at__isnull=True
    )
    return list(found.exclude(role=InviteeRole.CHILD).select_related("person").order_by("role", "pk"))


def decided_parts(conference) -> dict[int, ChildPart]:
    """What the chair decided about how each child takes part, by child. One query."""
    return {one.child_id: one for one in conference.child_parts.exclude(part="")}


def tells_in_letter(conference, words, reader, children) -> list[str]:
    """The parts of typed words that a letter to ``reader`` (id, or None for nobody yet) about ``children`` (ids) may
    not hold: what is withheld from the reader, and every other name of the family.
    """
    return would_tell(words, unnamed_in_letter(conference.family_id, reader, children))


def worry_left_out(conference) -> list[str]:
    """The names of the parents and carers that get a letter without the worry, because it would tell them too much."""
    if not conference.worry:
        return []
    rows = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True, role__in=PARENT_ROLES)
    return [
        one.name
        for one in rows.prefetch_related("children").order_by("pk")
        if tells_in_letter(conference, conference.worry, one.person_id, {row.child_id for row in one.children.all()})
    ]
