"""Every way of coming to a family that is not one's role alone, while it is open and after it has ended.

``RELATED`` says what each of these people may see today. A route that has ended was open once: what they must not see
is there, and was open to them yesterday.
"""

from datetime import timedelta

from django.utils import timezone

from conferences.convening.models import Invitation
from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, a_team, a_user, setting_up
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, SaidConflict
from families.people.choices import Part, RelationshipKind
from families.people.models import Identity, Membership, Person, Relationship

RELATED = {
    "covers": {"own"}, "covered_before": set(), "named": {"restricted"}, "named_before": set(),
    "emergency": {"restricted"}, "emergency_before": set(), "conflict_over": {"own"}, "invited_before": set(),
    "out_of_hours": set(),
}  # fmt: skip
# Where each of them would go first: the family to which their road leads, or led, or the nearest that is shut.
ENDED = {
    "covered_before": "own", "named_before": "restricted", "emergency_before": "restricted", "invited_before": "own",
    "out_of_hours": "own", "covers": "restricted", "conflict_over": "restricted",
}  # fmt: skip
YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=20)
# Pages that the manager of the team keeps for a restricted family of theirs: its case number, and who is named.
ARRANGED = {
    "families:access", "families:restrict", "families:lift_restriction", "families:name_for", "families:end_access",
    "families:access_ends", "families:review_emergency", "families:restricted", "families:emergencies",
}  # fmt: skip


def relations(council, families) -> dict[str, object]:
    """The people of ``RELATED``, with what lets each of them in, or did until yesterday."""
    school = council.agencies.school
    elsewhere = a_team("West team")  # it holds no family
    users = {name: a_user(Role.SOCIAL_WORKER, team=elsewhere, last_name=name.title()) for name in RELATED}
    users["conflict_over"] = a_user(Role.SOCIAL_WORKER, team=council.team, last_name="Past")
    users["invited_before"] = a_user(Role.PROFESSIONAL, agency=school, last_name="Before")
    users["out_of_hours"] = a_user(Role.OUT_OF_HOURS, last_name="Night")
    manager = council.users.team_manager
    with setting_up():
        for name, until in (("covers", TODAY), ("covered_before", YESTERDAY)):
            TeamCover.objects.create(
                user=users[name], team=council.team, kind=CoverKind.DUTY, from_on=LONG_AGO, until_on=until,
                reason="Duty", granted_by=manager,
            )  # fmt: skip
        for name, until in (("named", TODAY), ("named_before", YESTERDAY)):
            _named(users[name], families["restricted"].marlows.family, until, manager)
        for name, until in (("emergency", TODAY), ("emergency_before", YESTERDAY)):
            _opened(users[name], families["restricted"].marlows.family, until)
        DeclaredConflict.objects.create(
            user=users["conflict_over"], family=families["own"].marlows.family, reason="A neighbour",
            ended_on=YESTERDAY, end_reason="They moved",
        )  # fmt: skip
        for one in families["own"]["conference"]:
            Invitation.objects.create(
                conference=one, kind="professional", role="school", user=users["invited_before"], agency=school,
                name="Before", reason="Knew the child", sent_at=timezone.now(), sent_by=manager, ends_on=YESTERDAY,
            )  # fmt: skip
        _a_grandmother_of_two_families(families["own"].marlows, families["restricted"].marlows)
        for kind, one in families.items():
            one.found |= _records_of_access(users, council, kind, one.marlows.family)
    return users


def _named(user, family, until, by):
    return AccessGrant.objects.create(
        user=user, family=family, from_on=LONG_AGO, until_on=until, reason="Works with the children", granted_by=by
    )


def _opened(user, family, until):
    at = timezone.now() - timedelta(days=4)
    return EmergencyAccess.objects.create(
        user=user, family=family, reason="A call came in tonight", opened_at=at, until_on=until
    )


def _a_grandmother_of_two_families(ours, theirs):
    """Jean is the grandmother of the restricted family's eldest as well, under a record of that family's own circle.

    Neither what she is to them nor what that family has written of her is shown on a page of the open family.
    """
    word = theirs.family.name
    jean = Person.objects.create(
        first_name=word, last_name=word, known_as=word, first_language=word, access_needs=word,
        communication_needs=word, pronouns=word, interpreter_needed=True,
    )  # fmt: skip
    Membership.objects.create(family=theirs.family, person=jean, part=Part.GRANDPARENT)
    Relationship.objects.create(child=theirs.rosa, adult=jean, kind=RelationshipKind.GRANDMOTHER)
    # Written straight: link_records would hold the letters that the grid needs in the print room.
    jean.identity = Identity.objects.create()
    jean.save()
    Person.objects.filter(pk=ours.grandmother.pk).update(identity=jean.identity)


def _records_of_access(users, council, kind, family) -> dict:
    elsewhere = a_user(Role.SOCIAL_WORKER, team=council.other_team, last_name=f"Elsewhere{kind}")
    return {
        "grant": [_named(elsewhere, family, YESTERDAY, council.users.team_manager)],
        "emergency": [_opened(elsewhere, family, YESTERDAY)],
        "conflict": [DeclaredConflict.objects.create(user=elsewhere, family=family, reason="An aunt")],
        "said": [
            SaidConflict.objects.create(
                user=elsewhere, whom="Somebody", reason="An aunt", said_by=elsewhere, said_at=timezone.now()
            )
        ],
    }
