"""Requested reports and what has arrived, for panels and report pages. Nothing here writes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from conferences.convening.choices import Attendance, InviteeRole
from conferences.convening.models import ChairTalk, ConferenceChild, Invitation, InvitationChild
from conferences.convening.permissions import open_invitations
from conferences.convening.queries.exclusions import get_no_documents
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Viewer, few_seen_by, seen_by
from cpc.core.policy.queries import setting
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import eldest_first
from families.people.rules.short_names import tell_apart
from reports.incoming.choices import ReportKind, ReportState
from reports.incoming.models import Contribution, Report, ReportSharing
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.uploads import files_sent_to_family

VERBAL = "Shared verbally at the conference only."


@dataclass(frozen=True)
class RequestedReport:
    """One row of the list of reports: who was asked, by when, what arrived, and who it was shared with."""

    invitation: Invitation
    report: Report | None
    due_on: date | None
    state: str
    tone: str
    shared: tuple[str, ...]
    may_read: bool
    may_write: bool
    may_upload: bool = False

    @property
    def done_on(self):
        """The day it was submitted."""
        return self.report.submitted_at if self.report and self.report.submitted_at else None


def requested_reports(viewer: Viewer, conference) -> list[RequestedReport]:
    """The reports requested for ``conference`` that ``viewer`` may know of (a fixed number of queries)."""
    invitations = Invitation.objects.filter(
        Q(report_asked=True) | Q(report__isnull=False),
        conference=conference,
        kind=InviteeKind.PROFESSIONAL,
        withdrawn_at__isnull=True,
    ).select_related("agency", "report")
    if not viewer.holds(*INSIDE) and viewer.kind != "system":
        invitations = invitations.filter(
            Q(pk__in=open_invitations(viewer)) | Q(report__in=seen_by(viewer, Report).order_by().values("pk"))
        )
    found = list(invitations)
    seen = set(few_seen_by(viewer, Report).filter(conference=conference).values_list("pk", flat=True))
    written_by = set(
        Invitation.objects.filter(may_write_for(viewer), conference=conference).values_list("pk", flat=True)
    )
    shared, gone = _shared(conference, seen), files_sent_to_family(conference)
    rows = []
    for invitation in found:
        report = getattr(invitation, "report", None)
        state = ReportState(report.state) if report else None
        rows.append(
            RequestedReport(
                invitation=invitation,
                report=report,
                due_on=invitation.report_due_on,
                state=state.label if state else "Not started",
                tone=state.tone if state else "grey",
                shared=(
                    *(shared.get(report.pk, ()) if report else ()),
                    *(_sent_lines(gone.get(invitation.pk, ())) if viewer.holds(*INSIDE) else ()),
                ),
                may_read=report is not None and report.pk in seen,
                may_write=invitation.pk in written_by
                and (report is None or state in (ReportState.DRAFT, ReportState.RETURNED)),
                may_upload=invitation.pk in written_by,
            )
        )
    return rows


def _shared(conference, seen) -> dict[int, list[str]]:
    """For each report, a line for each day on which it was shared, with everyone it was shared with that day."""
    days: dict[int, dict[date | None, list[str]]] = {}
    sharings = ReportSharing.objects.filter(report__in=seen, report__conference=conference).select_related("parent")
    for one in sharings.order_by("shared_on", "parent_id"):
        days.setdefault(one.report_id, {}).setdefault(one.shared_on, []).append(one.parent.full_name)
    return {
        report: [
            f"Shared with {', '.join(names)}: {on:%-d %b}" if on else f"Not shared with {', '.join(names)}"
            for on, names in said.items()
        ]
        for report, said in days.items()
    }


def _sent_lines(gone) -> list[str]:
    return [f"Sent to {one.person.full_name} as a file: {one.on:%-d %b}" for one in gone]


def report_of(invitation) -> Report | None:
    """The report that the invited person has begun, if any."""
    return Report.objects.filter(invitation=invitation).first()


def kind_for(invitation) -> str:
    """The kind of report that the invited person writes. A social worker of another agency writes an agency report,
    because the social work report covers every child and they were invited for some."""
    is_ours = invitation.user_id is not None and invitation.user.agency_id is None
    return ReportKind.SOCIAL_WORK if is_ours and invitation.role == InviteeRole.SOCIAL_WORKER else ReportKind.AGENCY


def is_verbal(invitation) -> bool:
    """Whether this agency’s reports are shared only by word of mouth here."""
    return invitation.role == InviteeRole.POLICE and bool(setting("police_report_verbal"))


def covered_children(invitation) -> list[Person]:
    """The children of the conference that the invitation covers, eldest first. A social worker’s report covers all."""
    included = ConferenceChild.objects.filter(conference=invitation.conference_id, included=True).values("child")
    children = tell_apart(Person.objects.filter(pk__in=included).order_by(*eldest_first()))
    if kind_for(invitation) == ReportKind.SOCIAL_WORK:
        return children
    own = set(InvitationChild.objects.filter(invitation=invitation).values_list("child", flat=True))
    return [child for child in children if child.pk in own]


def parents_of(report) -> list[tuple[Person, list[str]]]:
    """The living parents and main carers of the children that the report covers, each with their relationship to each
    child."""
    found: dict[int, tuple[Person, list[str]]] = {}
    ties = adults_of(report.children.values_list("child", flat=True))
    ties = [row for row in ties if tie_of(row).is_own and row.adult.died_on is None]
    ties.sort(key=lambda row: row.adult_id)
    for tie in ties:
        found.setdefault(tie.adult_id, (tie.adult, []))[1].append(
            f"{tie.get_kind_display().lower()} of {tie.child.short_name}"
        )
    return list(found.values())


def parents_to_share_with(report) -> list[tuple[Person, list[str]]]:
    """The ``parents_of`` the report, without those that the chair decided to give no documents."""
    excluded = get_no_documents(report.conference)
    return [(parent, what) for parent, what in parents_of(report) if parent.pk not in excluded]


@dataclass(frozen=True)
class FamilyContribution:
    """A family member, what they sent in, and the chair’s talks with them."""

    person: Person
    is_child: bool
    contribution: Contribution | None
    talks: tuple[ChairTalk, ...]


def contributions_of(conference) -> list[FamilyContribution]:
    """The children and the invited family members, each with what they contributed (six queries)."""
    children = set(conference.children.filter(included=True).values_list("child", flat=True))
    invited = set(
        conference.invitations.filter(kind=InviteeKind.FAMILY, withdrawn_at__isnull=True).values_list(
            "person", flat=True
        )
    )
    wrote = set(conference.contributions.values_list("person", flat=True))
    people = Person.objects.filter(pk__in=children | invited | wrote)
    people = people.filter(Q(born_on__isnull=False) | Q(expected_on__isnull=True))  # nobody talks with an unborn child
    people = people.prefetch_related(
        Prefetch("contributions", Contribution.objects.filter(conference=conference), to_attr="sent_in")
    ).order_by("pk")
    talks: dict[int, list[ChairTalk]] = {}
    for talk in ChairTalk.objects.filter(conference=conference).order_by("held_on", "pk"):
        talks.setdefault(talk.person_id, []).append(talk)
    return [
        FamilyContribution(
            person=person,
            is_child=person.pk in children,
            contribution=person.sent_in[0] if person.sent_in else None,
            talks=tuple(talks.get(person.pk, ())),
        )
        for person in people
    ]


def can_still_write(conference) -> bool:
    """Whether reports and contributions for the conference can still be written."""
    return conference.state in ("agreed", "booked", "open")


def included_children(conference) -> frozenset[int]:
    """The ids of the children of the conference."""
    found = ConferenceChild.objects.filter(conference=conference, included=True)
    return frozenset(found.values_list("child", flat=True))


def first_name(person: Person) -> str:
    """The name that a letter uses for a child: the first name, or “Unborn Marlow”."""
    return person.short_name


def invited_people(conference) -> list[Invitation]:
    """Everybody who was invited or attended and is still on the list."""
    found = conference.invitations.filter(withdrawn_at__isnull=True).select_related("person", "user", "agency")
    return [one for one in found if one.sent_at or one.attendance != Attendance.UNKNOWN]
