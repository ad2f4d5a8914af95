"""Who comes with a parent, and who of the family may not be named to come with somebody."""

from conferences.convening.choices import FAMILY_ROLES, CompanionState, InviteeRole
from conferences.convening.models import Companion
from conferences.convening.queries.exclusions import earlier_exclusions
from conferences.convening.queries.presences import invitations_beside, presence_beside
from conferences.convening.queries.uninformed import must_not_learn_something
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import met_elsewhere
from cpc.core.accounts.permissions import Viewer, seen_by
from families.people.models import Person
from families.people.queries.merged_records import all_records_of, parts_in

S = CompanionState
LIVE = (S.NAMED, S.AGREED)
DECIDED = (S.AGREED, S.REFUSED)


def companions_for(viewer: Viewer, conference) -> list[Companion]:
    """The supporters and solicitors who were named for this conference, as far as the viewer may see them."""
    found = seen_by(viewer, Companion).filter(conference=conference)
    return list(found.select_related("person", "recorded_by", "decided_by").order_by("person", "pk"))


def decided_companions(conference) -> dict[int, list[Companion]]:
    """Those that the chair agreed to or refused, by the person they come with. One query."""
    found = {}
    decided = conference.companions.filter(state__in=DECIDED).select_related("relative")
    for one in decided.order_by("pk"):
        found.setdefault(one.person_id, []).append(one)
    return found


def may_bring_somebody(conference):
    """The living parents, carers and relatives on the list, who may come with a supporter or a solicitor."""
    invited = conference.invitations.filter(
        person__isnull=False, withdrawn_at__isnull=True, role__in=set(FAMILY_ROLES) - {InviteeRole.CHILD}
    )
    people = Person.objects.filter(pk__in=invited.values("person"), died_on__isnull=True)
    return people.order_by("last_name", "first_name", "pk")


def relatives_to_choose(conference):
    """The living people of the family who are not children of the conference and not on the list."""
    there = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True)
    there = all_records_of(there.values_list("person", flat=True))
    children = all_records_of(conference.children.values_list("child", flat=True))
    people = Person.objects.filter(pk__in=parts_in(conference.family_id), merged_into__isnull=True)
    people = people.filter(died_on__isnull=True, is_unknown=False, born_on__isnull=False) | people.filter(
        died_on__isnull=True, is_unknown=False, expected_on__isnull=True
    )
    return people.exclude(pk__in=there).exclude(pk__in=children).order_by("last_name", "first_name", "pk")


def why_not_beside(conference, relative, person) -> str:
    """Why this member of the family cannot come to this conference with ``person`` (a Person), in a sentence; "" if
    they can. It is asked when they are named and when the chair agrees, before letters are sent, when the conference
    is opened and when they are marked as here.

    They come at no time of their own, so nobody comes who must be kept separate from anybody on the list or anybody
    else who comes with somebody, or who must not learn something about the family, by any of their records. Nor does
    anybody come who is excluded, or who would meet at another meeting somebody that they must not meet.
    """
    records = all_records_of([relative])
    name = relative.full_name
    if conference.exclusions.open().filter(person__in=records).exists():
        return f"{name} is excluded from this conference, or the chair has still to decide that."
    if any(one.person_id in records for one in earlier_exclusions(conference).values()):
        return (
            f"{name} was excluded from an earlier conference. First add {name} to the list of people to invite, so "
            "that the chair decides whether they are excluded from this one."
        )
    others = _everybody_there(conference) - records
    if any(relative.pk in pair.key for pair in pairs_to_separate([relative.pk, *others])):
        return f"{name} must be kept separate from somebody who is expected there, so cannot come with anybody."
    if must_not_learn_something(relative, parts_in(conference.family_id)):
        return f"Something about this family must be withheld from {name}, who cannot come with anybody."
    beside = invitations_beside(conference, person)
    if conference.starts_at and met_elsewhere([presence_beside(conference, one, relative.pk, name) for one in beside]):
        return (
            f"{name} must not come at this time: somebody that they must not meet is expected in the same building "
            "then."
        )
    return ""


def _everybody_there(conference) -> set[int]:
    """The family members on the list, the children, and the relatives who were named to come with somebody (ids)."""
    invited = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True)
    relatives = conference.companions.filter(state__in=LIVE, relative__isnull=False)
    return {
        *invited.values_list("person", flat=True),
        *conference.children.filter(included=True).values_list("child", flat=True),
        *relatives.values_list("relative", flat=True),
    }


def companions_kept_apart(conference) -> dict[Companion, str]:
    """The relatives who were named to come with somebody and cannot come after all, and why, in a sentence each."""
    rows = conference.companions.filter(state__in=LIVE, relative__isnull=False).select_related("relative", "person")
    found = {one: why_not_beside(conference, one.relative, one.person) for one in rows.order_by("pk")}
    return {one: why for one, why in found.items() if why}


def companions_to_end(conference) -> list[str]:
    """What to do about them before letters are sent, a sentence or two each."""
    return [f"{why} Record that they do not come." for why in companions_kept_apart(conference).values()]
