"""Who comes with a parent, and who of the family may not be named to come with somebody."""

from conferences.convening.choices import FAMILY_ROLES, CompanionState, InviteeRole
from conferences.convening.models import Companion
from conferences.convening.queries.uninformed import must_not_learn_something
from conferences.separation.queries.pairs import pairs_to_separate
from cpc.core.accounts.permissions import Viewer, seen_by
from families.people.models import Person
from families.people.queries.merged_records import parts_in

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
    there = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True).values("person")
    children = conference.children.values("child")
    people = Person.objects.filter(pk__in=parts_in(conference.family_id), merged_into__isnull=True)
    people = people.filter(died_on__isnull=True, is_unknown=False, born_on__isnull=False) | people.filter(
        died_on__isnull=True, is_unknown=False, expected_on__isnull=True
    )
    return people.exclude(pk__in=there).exclude(pk__in=children).order_by("last_name", "first_name", "pk")


def why_not_beside(conference, relative) -> str:
    """Why this member of the family cannot come with anybody, in a sentence; "" if they can.

    They come at no time of their own, so nobody comes who must be kept separate from anybody on the list, or who
    must not learn something about the family, by any of their records.
    """
    invited = conference.invitations.filter(person__isnull=False, withdrawn_at__isnull=True)
    children = conference.children.filter(included=True).values_list("child", flat=True)
    there = {*invited.values_list("person", flat=True), *children}
    if any(relative.pk in pair.key for pair in pairs_to_separate([relative.pk, *(there - {relative.pk})])):
        return f"{relative.full_name} must be kept separate from somebody who is invited, so cannot come with anybody."
    if must_not_learn_something(relative, parts_in(conference.family_id)):
        return f"Something about this family must be withheld from {relative.full_name}, who cannot come with anybody."
    return ""


def companions_kept_apart(conference) -> list[str]:
    """Why somebody who was named to come with a parent cannot come after all, one sentence each."""
    rows = conference.companions.filter(state__in=LIVE, relative__isnull=False).select_related("relative")
    found = [why_not_beside(conference, one.relative) for one in rows.order_by("pk")]
    return [f"{why} Record that they do not come." for why in found if why]
