"""Who has been asked for a report, and what came: for panels and report pages. Nothing here writes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from conferences.choices import InviteeKind, InviteeRole
from conferences.models import ChairTalk, ConferenceChild, Invitation, InvitationChild
from conferences.permissions import open_invitations
from cpc.core.accounts.permissions import seen_by
from cpc.core.policy.queries import setting
from families.choices import PARENTS
from families.models import Person, Relationship
from families.queries import (
    call_as_papers_may,
    stands_in_restricted,
    that_papers_may_say_of,
    ties_that_papers_may_say,
)
from reports.choices import ReportKind, ReportState
from reports.models import Contribution, Report, ReportSharing
from reports.permissions import INSIDE, may_write_for
from reports.queries.uploads import gone_to_the_family

VERBAL = "Shared verbally at the conference only."


@dataclass(frozen=True)
class Asked:
    """One row of the list of reports: who was asked, by when, what came, and with whom it was shared."""

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
        """The day on which it was handed in."""
        return self.report.submitted_at if self.report and self.report.submitted_at else None


def asked_for(viewer, conference) -> list[Asked]:
    """Who has been asked for a report to ``conference``, as far as ``viewer`` may know (a fixed number of queries)."""
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
    seen = set(seen_by(viewer, Report).filter(conference=conference).values_list("pk", flat=True))
    written_by = set(
        Invitation.objects.filter(may_write_for(viewer), conference=conference).values_list("pk", flat=True)
    )
    shared, gone = _shared(conference, seen), gone_to_the_family(conference)
    rows = []
    for invitation in found:
        report = getattr(invitation, "report", None)
        state = ReportState(report.state) if report else None
        rows.append(
            Asked(
                invitation=invitation,
                report=report,
                due_on=invitation.report_due_on,
                state=state.label if state else "Not started",
                tone=state.tone if state else "grey",
                shared=(
                    *(shared.get(report.pk, ()) if report else ()),
                    *(_sent(gone.get(invitation.pk, ())) if viewer.holds(*INSIDE) else ()),
                ),
                may_read=report is not None and report.pk in seen,
                may_write=invitation.pk in written_by
                and (report is None or state in (ReportState.DRAFT, ReportState.RETURNED)),
                may_upload=invitation.pk in written_by,
            )
        )
    return rows


def _shared(conference, seen) -> dict[int, list[str]]:
    """A line for each day on which a report was shared, with everyone it was shared with that day."""
    days: dict[int, dict[date | None, list[str]]] = {}
    sharings = ReportSharing.objects.filter(report__in=seen, report__conference=conference).select_related("parent")
    sharings = sharings.annotate(stands_apart=stands_in_restricted(conference.family_id, "parent"))
    sharings = list(sharings.order_by("shared_on", "parent_id"))
    call_as_papers_may(conference.family_id, [(one, "parent") for one in sharings if one.stands_apart])
    for one in sharings:
        days.setdefault(one.report_id, {}).setdefault(one.shared_on, []).append(one.parent.full_name)
    return {
        report: [
            f"Shared with {', '.join(names)}: {on:%-d %b}" if on else f"Not shared with {', '.join(names)}"
            for on, names in said.items()
        ]
        for report, said in days.items()
    }


def _sent(gone) -> list[str]:
    return [f"Sent to {one.person.full_name} as a file: {one.on:%-d %b}" for one in gone]


def report_of(invitation) -> Report | None:
    """The report that the invited person has begun, if any."""
    return Report.objects.filter(invitation=invitation).first()


def kind_for(invitation) -> str:
    """What kind of report the invited person writes. A social worker of another agency writes their agency's: the
    social work report covers every child, and they were invited for some.
    """
    is_ours = invitation.user_id is not None and invitation.user.agency_id is None
    return ReportKind.SOCIAL_WORK if is_ours and invitation.role == InviteeRole.SOCIAL_WORKER else ReportKind.AGENCY


def is_verbal(invitation) -> bool:
    """Whether what this agency reports is only ever shared by word of mouth here."""
    return invitation.role == InviteeRole.POLICE and bool(setting("police_report_verbal"))


def covered_children(invitation) -> list[Person]:
    """The children of the conference whom the invitation covers, eldest first; a social worker's report covers all."""
    included = ConferenceChild.objects.filter(conference=invitation.conference_id, included=True).values("child")
    children = Person.objects.filter(pk__in=included).order_by("born_on", "pk")
    if kind_for(invitation) == ReportKind.SOCIAL_WORK:
        return that_papers_may_say_of(invitation.conference.family_id, children)
    own = InvitationChild.objects.filter(invitation=invitation).values("child")
    return that_papers_may_say_of(invitation.conference.family_id, children.filter(pk__in=own))


def parents_of(report) -> list[tuple[Person, list[str]]]:
    """The living parents and main carers of the children whom the report covers, each with what they are to which
    child; nobody of whom only another, restricted family says so."""
    ties = (
        Relationship.objects.live()
        .filter(
            Q(kind__in=PARENTS) | Q(parental_responsibility=True) | Q(main_carer=True),
            child__in=report.children.values("child"),
            adult__died_on__isnull=True,
        )
        .select_related("adult", "child")
    )
    found: dict[int, tuple[Person, list[str]]] = {}
    ties = ties.order_by("adult_id", "child_id")
    ties = ties_that_papers_may_say(report.conference.family_id, ties)
    call_as_papers_may(report.conference.family_id, [(tie, name) for tie in ties for name in ("adult", "child")])
    for tie in ties:
        found.setdefault(tie.adult_id, (tie.adult, []))[1].append(
            f"{tie.get_kind_display().lower()} of {tie.child.first_name or tie.child.full_name}"
        )
    return list(found.values())


@dataclass(frozen=True)
class Contributed:
    """A member of the family, what they sent in, and the chair's talks with them."""

    person: Person
    is_child: bool
    contribution: Contribution | None
    talks: tuple[ChairTalk, ...]


def contributions_of(conference) -> list[Contributed]:
    """The family members who were invited, and the children, each with what they contributed (six queries)."""
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
        Contributed(
            person=person,
            is_child=person.pk in children,
            contribution=person.sent_in[0] if person.sent_in else None,
            talks=tuple(talks.get(person.pk, ())),
        )
        for person in that_papers_may_say_of(conference.family_id, people)
    ]


def can_still_write(conference) -> bool:
    """Whether anything can still be written towards the conference."""
    return conference.state in ("agreed", "booked", "open")
