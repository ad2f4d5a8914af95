"""Which agencies give a view on a child, and what counts as one agency."""

from conferences.convening.choices import Attendance, InviteeRole
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.choices import AgencyKind

# They come with or for somebody: they have no view of their own on a plan, and no agency to count.
NO_AGENCY = (
    InviteeRole.SUPPORTER, InviteeRole.ADVOCATE, InviteeRole.INTERPRETER, InviteeRole.SOLICITOR,
    InviteeRole.MINUTE_TAKER,
)  # fmt: skip
SOCIAL_CARE = (InviteeRole.SOCIAL_WORKER, InviteeRole.TEAM_MANAGER)


def gives_a_view(invitation) -> bool:
    """Whether this person speaks for an agency."""
    return invitation.kind == InviteeKind.PROFESSIONAL and invitation.role not in NO_AGENCY


def is_our_social_care(invitation) -> bool:
    """Whether this person is a social worker or manager of this council. It has no agency in the directory: a social
    worker with an agency is another authority's, and counts as an agency like any other.
    """
    return invitation.role in SOCIAL_CARE and invitation.agency_id is None


def agency_of(invitation):
    """What counts as one agency, however many people came from it: a school nurse and a teacher are two, and the
    social worker and their manager are one.
    """
    if invitation.role in SOCIAL_CARE:
        return (invitation.agency_id, AgencyKind.SOCIAL_CARE)
    return (invitation.agency_id, invitation.role) if invitation.agency_id else invitation.pk


def agency_name(invitation) -> str:
    """What the agency that this person speaks for is called; their own name where they speak for themselves."""
    if invitation.agency:
        return invitation.agency.name
    return "Children’s social care" if is_our_social_care(invitation) else invitation.name


def agencies_knowing(conference_child):
    """The invited agencies that know this child. Only they are asked for a view on the child."""
    found = conference_child.conference.invitations.filter(
        withdrawn_at__isnull=True, kind=InviteeKind.PROFESSIONAL, children__child=conference_child.child_id
    )
    found = found.exclude(role__in=NO_AGENCY).exclude(attendance=Attendance.EXCLUDED).select_related("agency")
    here_first = {Attendance.PRESENT: 0}
    return sorted(found, key=lambda each: (here_first.get(each.attendance, 1), each.pk))


def people_scoring(conference_child):
    """The people asked to place the child on the scale: the agencies and the family of that child."""
    found = conference_child.conference.invitations.filter(
        withdrawn_at__isnull=True, kind=InviteeKind.FAMILY, children__child=conference_child.child_id
    ).select_related("person")
    found = found.exclude(attendance=Attendance.EXCLUDED)
    return [*agencies_knowing(conference_child), *sorted(found, key=lambda each: each.pk)]
