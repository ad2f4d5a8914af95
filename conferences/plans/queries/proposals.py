"""Who of the core group is proposed for the list of people to invite to a conference."""

from django.db.models import Q

from conferences.convening.choices import InviteeRole
from conferences.convening.queries.proposed_again import may_be_proposed_again, still_works_for
from conferences.convening.rules.invitations import FAMILY, PROFESSIONAL, ROLE_OF_AGENCY, WRITES_NO_REPORT, Proposal
from conferences.plans.models import CoreGroupMember


def core_group_to_invite(conference, children) -> list[Proposal]:
    """The members of the family's core group now, for the children in the plans that they carry out."""
    on = conference.held_on or conference.due_on
    rows = CoreGroupMember.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), family=conference.family_id)
    rows = list(rows.select_related("user", "agency").prefetch_related("plans__plan").order_by("pk"))
    welcome = may_be_proposed_again(conference, children, [one.person_id for one in rows if one.person_id])
    found, everyone = [], {child.pk for child in children}
    for one in rows:
        if one.person_id not in welcome if one.person_id else not still_works_for(one.user, one.agency):
            continue
        theirs = {row.plan.child_id for row in one.plans.all()} or everyone
        role = "relative" if one.person_id else _role(one)
        found.append(
            Proposal(
                FAMILY if one.person_id else PROFESSIONAL, role, one.name, "Is in the core group.",
                tuple(sorted(theirs)), person=one.person_id, user=one.user_id, agency=one.agency_id,
                report_asked=not one.person_id and role not in WRITES_NO_REPORT,
            )
        )  # fmt: skip
    return found


def _role(member) -> str:
    """The role of a professional: what their part is called, or what their agency is."""
    named = next((role.value for role in InviteeRole if role.label.casefold() == member.part.casefold()), "")
    return named or ROLE_OF_AGENCY.get(member.agency.kind if member.agency else "", InviteeRole.OTHER.value)
