"""What a user holds of people: letters to hand over, and being the professional who knows a child."""

from datetime import timedelta

from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Viewer, few_seen_by
from families.cases.models import DeclaredConflict, Family
from families.people.models import (
    ContactDetails,
    Involvement,
    Membership,
    Merge,
    MustNotLearn,
    MustNotMeet,
    PossibleDuplicate,
    Protection,
    WarningMarker,
)


def colleagues(user):
    """The active people of the user's agency, or of their team where they are in none."""
    beside = {"agency": user.agency_id} if user.agency_id else {"team": user.team_id}
    found = User.objects.filter(is_active=True, **beside) if any(beside.values()) else User.objects.none()
    return found.select_related("team", "agency").order_by("last_name", "first_name", "pk")


def _family_of(person):
    row = Membership.objects.filter(person=person).select_related("family").order_by("pk").first()
    return row and row.family


def _no_conflict(row, user, viewer: Viewer) -> bool:
    families = Membership.objects.filter(person=row.child_id).order_by().values("family")
    return not DeclaredConflict.objects.live().filter(user=user, family__in=families).exists()


def _hand_letters(by, details, to):
    details.hand_by = to
    details.save(update_fields=["hand_by"])


def _works_with(by, row, to):
    """The row ends yesterday, and from today the agency's other professional works with the child, or no named one."""
    new = Involvement(child=row.child, agency=row.agency, professional=to, from_on=by.on, to_on=row.to_on)
    if row.from_on < by.on:
        row.to_on = by.on - timedelta(days=1)
        row.save(update_fields=["to_on"])
        new.save()
    else:
        row.professional = to
        row.save(update_fields=["professional"])


register(
    Kind(
        key="letters_by_hand",
        heading="Letters they hand over",
        model=ContactDetails,
        field="hand_by",
        held=lambda user, on: ContactDetails.objects.filter(hand_by=user).select_related("person").order_by("pk"),
        says=lambda details: f"One person in the {_family_of(details.person_id)}",
        give=_hand_letters,
        about=lambda details: _family_of(details.person_id),
        by_team=True,
        who=colleagues,
        may_take=lambda details, user, viewer: Membership.objects.filter(
            person=details.person_id, family__in=few_seen_by(viewer, Family).order_by().values("pk")
        ).exists(),
        nobody="The social worker of each family",
        follows=lambda details: True,
    ),
    Kind(
        key="involvements",
        heading="Children they work with for their agency",
        model=Involvement,
        field="professional",
        held=lambda user, on: (
            Involvement.objects.filter(professional=user)
            .exclude(to_on__lt=on)
            .select_related("agency", "child")
            .order_by("pk")
        ),
        says=lambda row: f"One child in the {_family_of(row.child_id)}, for {row.agency}",
        give=_works_with,
        about=lambda row: _family_of(row.child_id),
        by_agency=True,
        who=colleagues,
        may_take=_no_conflict,
        nobody="Their agency, without a named person",
    ),
)
history(Merge, "by", "undone_by")
history(PossibleDuplicate, "settled_by")
for _entry in (Protection, MustNotLearn, MustNotMeet, WarningMarker):
    history(_entry, "agreed_by")
