"""Requested reports and what has arrived, for panels and report pages. Nothing here writes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Prefetch, Q
from django.utils import timezone

from conferences.convening.choices import InviteeRole
from conferences.convening.models import ChairTalk, ConferenceChild, Invitation, InvitationChild
from conferences.convening.permissions import open_invitations
from conferences.convening.queries.exclusions import people_without_documents
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.disclosure.choices import Audience, InviteeKind
from cpc.core.accounts.choices import AgencyKind
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by, seen_by
from cpc.core.kernel.dates import age_on
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting
from families.people.models import Person
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.household import eldest_first
from families.people.rules.short_names import tell_apart
from reports.incoming.choices import MadeHow, ReportKind, ReportState, ReportStatus
from reports.incoming.models import (
    Contribution,
    PlannedTalk,
    Report,
    ReportChild,
    ReportSharing,
    ReportStep,
    UploadedFile,
)
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.uploads import files_sent_to_family
from reports.incoming.rules.requests import ENDED, status_of

VERBAL = "Shared verbally at the conference only."


@dataclass(frozen=True)
class RequestedReport:
    """One row of the list of reports: who was asked, by when, what arrived, and who it was shared with. ``done_on`` is
    the day on which it first came, or on which somebody said that it will not come in writing.
    """

    invitation: Invitation
    report: Report | None
    due_on: date | None
    state: str
    tone: str
    shared: tuple[str, ...]
    may_read: bool
    may_write: bool
    may_upload: bool = False
    steps: tuple[ReportStep, ...] = ()
    may_chase: bool = False
    done_on: date | None = None


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
    steps, files = _steps(viewer, conference), _first_files(conference)
    chases = viewer.can(Permission.ENTER_REPORT)
    rows = []
    for invitation in found:
        report = getattr(invitation, "report", None)
        state = ReportState(report.state) if report else None
        own, came = steps.get(invitation.pk, ()), files.get(invitation.pk)
        received = [day for day in (came, report and report.first_submitted_on) if day]
        last = own[-1].step if own else ""
        answered = own[-1].on if last in ENDED else None
        first, as_file = min(received, default=None), came is not None
        status = status_of(last, invitation.report_due_on, viewer.on, first, as_file)
        shown = ReportStatus(status) if status else state or ReportStatus.REQUESTED
        rows.append(
            RequestedReport(
                invitation=invitation,
                report=report,
                due_on=invitation.report_due_on,
                state=shown.label,
                tone=shown.tone,
                shared=(
                    *(shared.get(report.pk, ()) if report else ()),
                    *(_sent_lines(gone.get(invitation.pk, ())) if viewer.holds(*INSIDE) else ()),
                ),
                may_read=report is not None and report.pk in seen,
                may_write=invitation.pk in written_by
                and (report is None or state in (ReportState.DRAFT, ReportState.RETURNED)),
                may_upload=invitation.pk in written_by and not is_verbal(invitation),
                steps=tuple(own),
                may_chase=chases and not received and can_still_write(conference),
                done_on=first or answered,
            )
        )
    return rows


def _steps(viewer: Viewer, conference) -> dict[int, list[ReportStep]]:
    """What was done to get each report, by invitation; for staff alone."""
    found: dict[int, list[ReportStep]] = {}
    if viewer.holds(*INSIDE):
        for one in ReportStep.objects.filter(invitation__conference=conference).order_by("pk"):
            found.setdefault(one.invitation_id, []).append(one)
    return found


def _first_files(conference) -> dict[int, date]:
    """The day on which the first file of each invitation came."""
    rows = UploadedFile.objects.filter(conference=conference, made=MadeHow.CAME)
    first = rows.order_by().values("invitation").annotate(first=Min("uploaded_at"))
    return {row["invitation"]: timezone.localdate(row["first"]) for row in first}


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


# The form that each role writes, and each agency where the role has none of its own.
_BY_ROLE = {
    InviteeRole.SCHOOL: ReportKind.SCHOOL,
    InviteeRole.NURSERY: ReportKind.SCHOOL,
    InviteeRole.GP: ReportKind.GP,
    InviteeRole.HEALTH_VISITOR: ReportKind.HEALTH_VISITOR,
    InviteeRole.SCHOOL_NURSE: ReportKind.HEALTH_VISITOR,
    InviteeRole.MIDWIFE: ReportKind.MIDWIFE,
    InviteeRole.POLICE: ReportKind.POLICE,
}
_BY_AGENCY = {
    AgencyKind.EDUCATION: ReportKind.SCHOOL,
    AgencyKind.PROBATION: ReportKind.PROBATION,
    AgencyKind.ADULT_CARE: ReportKind.ADULT_SERVICES,
    AgencyKind.MENTAL_HEALTH: ReportKind.ADULT_SERVICES,
    AgencyKind.SUBSTANCE_MISUSE: ReportKind.ADULT_SERVICES,
}


def kind_for(invitation) -> str:
    """The kind of report that the invited person writes. A social worker of another agency writes an agency report,
    because the social work report covers every child and they were invited for some."""
    is_ours = invitation.user_id is not None and invitation.user.agency_id is None
    if is_ours and invitation.role == InviteeRole.SOCIAL_WORKER:
        return ReportKind.SOCIAL_WORK
    agency = invitation.agency.kind if invitation.agency_id else ""
    return _BY_ROLE.get(invitation.role) or _BY_AGENCY.get(agency, ReportKind.AGENCY)


def is_verbal(invitation) -> bool:
    """Whether this agency’s reports are shared only by word of mouth here."""
    return invitation.role == InviteeRole.POLICE and bool(setting("police_report_verbal"))


def audience_of(invitation) -> Audience:
    """Who may read what is written here, but for its confidential part: the chair alone where it is only told by word
    of mouth."""
    return Audience.CHAIR if is_verbal(invitation) else Audience.EVERYONE


def covered_children(invitation) -> list[Person]:
    """The children of the conference that the invitation covers, eldest first. A social worker’s report covers all.
    A child who has died is left out beside living ones, unless the report was begun before: what it says of them stays.
    """
    included = ConferenceChild.objects.filter(conference=invitation.conference_id, included=True).values("child")
    children = tell_apart(Person.objects.filter(pk__in=included).order_by(*eldest_first()))
    if kind_for(invitation) != ReportKind.SOCIAL_WORK:
        own = set(InvitationChild.objects.filter(invitation=invitation).values_list("child", flat=True))
        children = [child for child in children if child.pk in own]
    if len({child.died_on is None for child in children}) < 2:
        return children
    begun = set(ReportChild.objects.filter(report__invitation=invitation).values_list("child", flat=True))
    return [child for child in children if child.died_on is None or child.pk in begun]


def parents_of(report) -> list[tuple[Person, list[str]]]:
    """The living parents and main carers of the children that the report covers, each with their relationships: “mother
    of Rosa and Theo”."""
    people, words = {}, defaultdict(lambda: defaultdict(list))
    ties = adults_of(report.children.values_list("child", flat=True))
    ties = [row for row in ties if tie_of(row).is_own and row.adult.died_on is None]
    ties.sort(key=lambda row: row.adult_id)
    for tie in ties:
        people[tie.adult_id] = tie.adult
        words[tie.adult_id][tie.get_kind_display().lower()].append(tie.child.short_name)
    return [(people[pk], [f"{kind} of {listed(of)}" for kind, of in said.items()]) for pk, said in words.items()]


def parents_to_share_with(report) -> list[tuple[Person, list[str]]]:
    """The ``people_to_tell``, without those that the chair decided to give no documents."""
    excluded = people_without_documents(report.conference)
    return [(person, what) for person, what in people_to_tell(report) if person.pk not in excluded]


def people_to_tell(report) -> list[tuple[Person, list[str]]]:
    """The people that the report is shared with, or why it is not: the ``parents_of`` it, and the children
    it covers who are old enough to be asked to the conference, each with who they are."""
    age, on = setting("child_invite_age"), report.conference.held_on or timezone.localdate()
    children = Person.objects.filter(
        pk__in=report.children.values("child"), died_on__isnull=True, born_on__isnull=False
    )
    ages = [(child, age_on(child.born_on, on)) for child in children.order_by(*eldest_first())]
    return [*parents_of(report), *((child, [f"aged {years}"]) for child, years in ages if years >= age)]


@dataclass(frozen=True)
class FamilyContribution:
    """A family member, what they sent in, and the chair’s talks with them: recorded, and planned. ``voice`` is how a
    child is heard; None for an adult.
    """

    person: Person
    voice: Voice | None
    contribution: Contribution | None
    talks: tuple[ChairTalk, ...]
    planned: PlannedTalk | None

    @property
    def speaks_for_themselves(self) -> bool:
        """Whether they are asked for their own views: everybody but a young child."""
        return self.voice is None or self.voice.takes_part

    @property
    def has_a_form(self) -> bool:
        """Whether they are offered a form, or somebody has entered what they wrote on one."""
        return self.voice in (None, Voice.FORM) or self.contribution is not None

    @property
    def must_be_planned_again(self) -> bool:
        """Whether the conference has been moved since the chair planned to speak with them."""
        return bool(self.planned and not self.talks and self.planned.must_be_planned_again)


def contributions_of(conference) -> list[FamilyContribution]:
    """The children and the invited family members, each with what they contributed (seven queries)."""
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
    on = conference.held_on or timezone.localdate()
    planned = {one.person_id: one for one in PlannedTalk.objects.filter(conference=conference)}
    for one in planned.values():
        one.conference = conference
    return [
        FamilyContribution(
            planned=planned.get(person.pk),
            person=person,
            voice=voice_of(person, on) if person.pk in children else None,
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
    return [one for one in found if one.had_a_part]
