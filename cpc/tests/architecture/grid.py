"""One council for the grid of roles and addresses: four families of the same shape, each with a word that is nobody
else's in every name, address and text of theirs. Who meets that word has met the family.

``own``: of the first team. ``others``: of the second team, with other professionals. ``restricted``: of the first team,
and nobody is named for it. ``conflicted``: of the first team, and everybody who looks has declared a conflict.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from conferences.convening.choices import ConferenceKind, ConferenceState, Section, SupportKind
from conferences.convening.models import (
    Companion,
    Conference,
    ConferenceChild,
    DateChange,
    DiscussionAction,
    DiscussionAgency,
    DiscussionChild,
    Dispute,
    DisputeStage,
    Enquiry,
    EnquiryChild,
    FamilyGroupMeeting,
    FamilyGroupOffer,
    GroupPlanFile,
    Invitation,
    SafetyPlan,
    SafetyPlanPerson,
    SafetyPlanStep,
    StrategyDiscussion,
    Support,
)
from conferences.disclosure.choices import Audience
from conferences.meeting.actions.notes import save_note
from conferences.meeting.models import LiveNote
from conferences.meeting.queries.board import NotePlace
from conferences.plans.models import (
    ChildInNeedMeeting,
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    EarlierEvent,
    PlanAction,
    ProtectionPlan,
)
from conferences.separation.actions import ask_to_share
from conferences.tests.meeting import a_booked_sitting, an_open_sitting, at
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, Council, a_council, a_user, setting_up, viewer
from cpc.core.documents.actions import take_back
from cpc.core.documents.models import Outgoing
from cpc.imports.models import Import, SetAside
from cpc.tests.architecture.relations import RELATED, relations
from families.people.actions.search_index import reindex
from families.people.choices import MustNotLearnWhat, NameKind, Part, PartnershipKind, ProtectionSource, WarningKind
from families.people.models import (
    Address,
    ContactDetails,
    HouseholdMember,
    Involvement,
    Membership,
    Merge,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PersonName,
    PossibleDuplicate,
    Protection,
    Relationship,
    WarningMarker,
)
from families.tests.builders import Marlows, a_child, declare_conflict, restrict, the_marlows
from reports.incoming.actions.contributions import upload_scan
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.incoming.models import Report
from reports.outgoing.actions.file_copies import prepare_file
from reports.outgoing.actions.releasing import release
from reports.outgoing.actions.versions import ask_for_version
from reports.outgoing.models import Copy
from reports.tests.builders import a_pdf, a_report, an_approved_record, ask_for_reports, looked_at, submit_report

KINDS = ("own", "others", "restricted", "conflicted")
# No random token of a page can have an accent by chance.
WORDS = {"own": "Márl", "others": "Zéph", "restricted": "Quíl", "conflicted": "Véxa"}
WORKERS = ("social_worker", "team_manager", "chair", "administrator", "service_manager", "school")
# The midwife's invitations were withdrawn, the other school's teacher was never invited, the rest see other families.
STRANGERS = ("midwifery", "stranger", "other_worker", "system_administrator")
MAY_SEE = {
    "social_worker": {"own"}, "team_manager": {"own"}, "school": {"own"}, "chair": {"own", "others"},
    "administrator": {"own", "others"}, "service_manager": {"own", "others"}, "other_worker": {"others"},
    "midwifery": set(), "stranger": set(), "system_administrator": set(), **RELATED,
}  # fmt: skip
READERS = ("mother", "school")  # of the copies in the grid: the school’s is released


@dataclass
class OneFamily:
    """A family of the grid with a record of every kind; each list is what may be in one place of an address."""

    kind: str
    marlows: Marlows
    found: dict = field(default_factory=dict)

    @property
    def word(self):
        return WORDS[self.kind]

    def __getitem__(self, name):
        return self.found[name]


@dataclass
class Grid:
    """The council and its four families."""

    council: Council
    families: dict[str, OneFamily]
    users: dict[str, object]


def a_grid() -> Grid:
    """Everything, made once for all the tests of the grid."""
    council = a_council()
    users = vars(council.users) | vars(council.professionals)
    users = {**users, "stranger": a_user(Role.PROFESSIONAL, agency=council.agencies.school, last_name="Stranger")}
    elsewhere = replace(
        council,
        users=SimpleNamespace(
            **vars(council.users)
            | {"social_worker": council.users.other_worker, "team_manager": council.users.other_manager}
        ),
        professionals=SimpleNamespace(
            **{
                name: a_user(Role.PROFESSIONAL, agency=agency, last_name=f"Elsewhere-{name}")
                for name, agency in vars(council.agencies).items()
            }
        ),
    )
    made = {}
    for number, kind in enumerate(KINDS):
        made[kind] = _a_family(kind, elsewhere if kind == "others" else council, number)
    with setting_up():
        withdrawn = Invitation.objects.filter(user=users["midwifery"], conference__family=made["own"].marlows.family)
        withdrawn.update(withdrawn_at=timezone.now(), withdrawn_reason="Not needed", ends_on=TODAY)
        Involvement.objects.filter(professional=users["midwifery"]).update(to_on=TODAY - timedelta(days=1))
    restrict(made["restricted"].marlows.family)
    users |= relations(council, made)
    for name in MAY_SEE:
        declare_conflict(users[name], made["conflicted"].marlows.family)
    return Grid(council, made, users)


def _a_family(kind, council, number) -> OneFamily:
    word = WORDS[kind]
    marlows = the_marlows(council, name=f"{word}ow", worker=council.users.social_worker)
    one = OneFamily(kind, marlows)
    _rename(marlows, word)
    with setting_up():  # old enough for a form
        Person.objects.filter(pk=marlows.rosa.pk).update(born_on=TODAY.replace(year=TODAY.year - 12))
    # Each family has its own week, so that nobody chairs in two places.
    week = TODAY - timedelta(weeks=number)
    held, record = an_approved_record(marlows=marlows, on=week - timedelta(days=3))
    coming = ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10 + number), marlows=marlows))
    with setting_up():  # its chair waits for the service manager's answer
        Conference.objects.filter(pk=coming.conference.pk).update(
            chair_independent=False, chair_statement=f"{word} and I know each other"
        )
    handed_in = [submit_report(a_report(coming, who, worried=f"{word} worries")) for who in ("social_worker", "school")]
    draft = a_report(coming, "gp", worried=f"{word} draft")
    sitting = an_open_sitting(week - timedelta(days=1), marlows=marlows)
    for audience in (Audience.EVERYONE, Audience.CHAIR):
        save_note(
            by=sitting.chair, conference=sitting.conference, text=f"{word} was said for {audience}", audience=audience,
            place=NotePlace(Section.WORRIED if audience == Audience.EVERYONE else Section.CONFIDENTIAL),
        )  # fmt: skip
    assert LiveNote.objects.filter(conference=sitting.conference).count() == 2
    for who in ("school", "rosas_father"):  # one reads it after signing in, the other waits in the print room
        gone = looked_at(held, Copy.objects.get(record=record, kind="record", invitation=held.invitations[who]))
        release(by=viewer(council.users.administrator), copy=gone)
    taken_back = _taken_back(held, record, council, word)
    copies = list(Copy.objects.filter(record=record, kind="record", document__isnull=False))
    waiting = _on_the_way(marlows, word)
    conferences = [coming.conference, held.conference, sitting.conference, *waiting["conferences"]]
    family = marlows.family
    one.found = {
        "family": [family],
        "child": [marlows.rosa, marlows.theo],
        "person": [marlows.rosa, marlows.rosas_father],
        "adult": [marlows.mother],
        "unborn": [marlows.unborn],
        "added_child": [a_child(marlows.family, "Ivo")],
        "other_name": [_another_name(marlows.rosa, word)],
        "relationship": list(Relationship.objects.filter(adult=marlows.rosas_father)),
        "couple": [_couple(marlows)],
        "home": list(family.households.all()),
        "stay": list(HouseholdMember.objects.filter(household__family=family)[:1]),
        "address": list(Address.objects.filter(person__memberships__family=family)[:2]),
        "involvement": list(Involvement.objects.filter(child__memberships__family=family)[:1]),
        **_two_records(marlows, word),
        **_who_may_not_know_what(marlows, word),
        "conference": conferences,
        "open": [sitting.conference],
        "held": [held.conference],
        "held_child": list(ConferenceChild.objects.filter(conference=held.conference)[:1]),
        "incident": [taken_back],
        "late_entry": [_late_entry(marlows, word)],
        "conference_child": list(ConferenceChild.objects.filter(conference=sitting.conference)[:1]),
        "discussion": waiting["discussions"],
        "discussion_action": waiting["discussion_actions"],
        "enquiry": waiting["enquiries"],
        "date_change": waiting["date_changes"],
        "safety_plan": waiting["safety_plans"],
        "plan_person": waiting["plan_people"],
        "group_meeting": waiting["group_meetings"],
        "group_plan": waiting["group_plans"],
        "dispute": waiting["disputes"],
        "invitation": [coming.invitations["school"], coming.invitations["mother"], held.invitations["school"]],
        "report": [*handed_in, draft],
        **_as_files(coming, word),
        "paragraph": list(record.paragraphs.all()[:2]),
        "copy": [next(one for one in copies if one.invitation_id == held.invitations[who].pk) for who in READERS],
        "plan_action": list(PlanAction.objects.filter(family=family)[:1]),
        "core_group": list(CoreGroupMeeting.objects.filter(family=family)[:1]),
        **_a_child_in_need(held, word),
        "member": list(CoreGroupMember.objects.filter(family=family)[:1]),
        "plan": list(ProtectionPlan.objects.filter(family=family)[:1]),
        "set_aside": [_set_aside(family, council, word)],
        "together": [
            ask_to_share(
                by=sitting.chair,
                conference=sitting.conference,
                one=marlows.rosas_father,
                other=marlows.theos_father,
                shared="conference",
                reason=f"{word} asks for it",
            )
        ],
        "support": [_support(marlows, coming.conference, SupportKind.TRANSPORT, f"A taxi for {word}")],
        "advocate": [_support(marlows, coming.conference, SupportKind.ADVOCATE, f"For {word}")],
        "companion": [_companion(marlows, coming.conference, word)],
        "outgoing": list(Outgoing.objects.filter(about_id__in=[c.pk for c in conferences]).order_by("pk")[:2]),
    }
    assert all(one.found.values()), [name for name, rows in one.found.items() if not rows]
    assert Report.objects.filter(conference=coming.conference).count() == 3
    return one


def _support(marlows, conference, kind, what):
    with setting_up():
        return Support.objects.create(conference=conference, person=marlows.mother, kind=kind, what=what)


def _companion(marlows, conference, word):
    with setting_up():
        return Companion.objects.create(
            conference=conference, person=marlows.mother, kind="supporter", name=f"Jo {word}", relation="A friend",
            asked_by="Her mother", recorded_by=marlows.council.users.social_worker, recorded_at=timezone.now(),
        )  # fmt: skip


def _late_entry(marlows, word):
    with setting_up():
        return EarlierEvent.objects.create(
            child=marlows.rosa, family=marlows.family, kind="visit", happened_on=TODAY, note=f"{word} was seen",
            seen_alone=True, entered_by=marlows.council.users.social_worker,
        )  # fmt: skip


def _taken_back(held, record, council, word):
    """The GP’s copy went to the wrong reader and was taken back."""
    administrator = viewer(council.users.administrator)
    copy = Copy.objects.get(record=record, kind="record", invitation=held.invitations["gp"])
    release(by=administrator, copy=looked_at(held, copy))
    copy.refresh_from_db()
    return take_back(administrator, outgoing=copy.document.outgoing.get(), reason=f"{word} was meant for another GP")


def _as_files(coming, word):
    """The school's report as a file; a separate version of it for the mother is requested."""
    school, mother = coming.invitations["school"], coming.invitations["mother"]
    file = upload_file(
        by=viewer(school.user), invitation=school, author=f"{word} Teacher", children=[coming.marlows.rosa.pk],
        upload=FileUpload(a_pdf(f"{word} was late"), f"{word}.pdf", "pdf"),
    )  # fmt: skip
    administrator = coming.marlows.council.users.administrator
    asked = ask_for_version(by=viewer(administrator), file=file, reader=mother, why=f"{word} alone", due_on=TODAY)
    ready = prepare_file(by=viewer(administrator), file=file, reader=mother)
    scan = upload_scan(
        by=viewer(administrator), conference=coming.conference, person=coming.marlows.mother, called=f"{word} drew it",
        upload=FileUpload(a_pdf(f"{word} drew it"), "scan.pdf", "pdf"), received_on=TODAY, audience="everyone",
    )  # fmt: skip
    return {"file": [file], "version": [asked], "paper": [ready.document], "scan": [scan]}


def _a_child_in_need(held, word):
    """A child in need plan with a booked meeting."""
    worker, family = held.marlows.council.users.social_worker, held.marlows.family
    with setting_up():
        need = ChildInNeedPlan.objects.create(
            child=held.marlows.rosa, family=family, conference=held.conference, consent_by=f"{word} Parent",
            started_on=TODAY, lead_social_worker=worker,
        )  # fmt: skip
        meeting = ChildInNeedMeeting.objects.create(
            family=family, due_on=TODAY, starts_at=at(TODAY + timedelta(days=3)), place=f"{word} House",
            booked_by=worker,
        )  # fmt: skip
    return {"need": [need], "need_meeting": [meeting]}


def _set_aside(family, council, word):
    """What a file said of the family when it was closed to the person who brought the file in."""
    with setting_up():
        run = Import.objects.create(
            file_name="list.xlsx", kind="spreadsheet", state="loaded", sha256="0" * 64, asked_at=timezone.now(),
            asked_by=council.users.system_administrator, loaded_by=council.users.system_administrator,
            loaded_at=timezone.now(),
        )  # fmt: skip
        return SetAside.objects.create(run=run, family=family, rows=[["people", 2, {"first_name": f"{word} said"}]])


def _another_name(person, word):
    with setting_up():
        return PersonName.objects.create(person=person, kind=NameKind.FORMER, first_name=f"{word}before")


def _couple(marlows):
    with setting_up():
        kind = PartnershipKind.PARTNERS
        return Partnership.objects.create(one=marlows.mother, other=marlows.theos_father, kind=kind)


def _two_records(marlows, word):
    """The grandmother was recorded twice, and merged; an aunt may be her too."""
    with setting_up():
        again, aunt = (
            Person.objects.create(first_name=f"{word}{name}", last_name=f"{word}again") for name in ("jeanie", "aunt")
        )
        reindex(again, aunt)
        for person in (again, aunt):
            Membership.objects.create(family=marlows.family, person=person, part=Part.RELATIVE)
        merge = Merge.objects.create(
            kept=marlows.grandmother, merged=again, reason=f"{word} is one person", at=timezone.now(),
            by=marlows.council.users.team_manager,
        )  # fmt: skip
        again.merged_into = marlows.grandmother
        again.save()
        pair = PossibleDuplicate.objects.create(one=marlows.grandmother, other=aunt, noticed_on=TODAY)
    return {"merge": [merge], "duplicate": [pair]}


def _who_may_not_know_what(marlows, word):
    """One entry of each sort, not agreed yet, so that each may be changed, agreed to, looked at again and ended."""
    mine = {"source": ProtectionSource.JUDGEMENT, "reason": f"{word} fled"}
    with setting_up():
        MustNotLearn.objects.create(
            reader=marlows.theos_father, about=marlows.rosas_father, what=MustNotLearnWhat.FACT,
            words=f"{word} secret", **mine,
        )  # fmt: skip
        WarningMarker.objects.create(family=marlows.family, kind=WarningKind.RISK_TO_WORKERS, **mine)
    found = {
        "protection": Protection.objects.filter(person__memberships__family=marlows.family),
        "must_not_learn": MustNotLearn.objects.filter(about__memberships__family=marlows.family),
        "must_not_meet": MustNotMeet.objects.filter(one__memberships__family=marlows.family),
        "warning": marlows.family.warnings.all(),
    }
    return {sort: list(rows[:1]) for sort, rows in found.items()}


def _rename(marlows, word):
    """Every name, address and number of the family begins with its word."""
    with setting_up():
        marlows.family.case_number = f"{word}-001"
        marlows.family.save()
        for number, name in enumerate(("rosa", "theo", "mother", "rosas_father", "theos_father", "grandmother")):
            person = getattr(marlows, name)
            person.first_name, person.last_name = f"{word}{person.first_name.lower()}", f"{word}surname{number}"
            person.save()
        Person.objects.filter(pk=marlows.unborn.pk).update(last_name=f"{word}unborn")
        reindex(*Person.objects.filter(memberships__family=marlows.family))
        for address in Address.objects.filter(person__memberships__family=marlows.family):
            address.lines = "\n".join(f"{line} {word}" for line in address.lines.splitlines())
            address.save()
        for contact in ContactDetails.objects.filter(person__memberships__family=marlows.family):
            contact.note, contact.email = f"{word} only", "reach.me@example.org"
            contact.save()
        for pair in MustNotMeet.objects.filter(one__memberships__family=marlows.family):
            pair.reason = f"{word} is a witness"
            pair.save()
    for name in ("rosa", "theo", "unborn", "mother", "rosas_father", "theos_father", "grandmother"):
        setattr(marlows, name, Person.objects.get(pk=getattr(marlows, name).pk))


def _on_the_way(marlows, word):
    """Conferences asked for, agreed and declined, with what belongs to them."""
    users, family, now = marlows.council.users, marlows.family, timezone.now()
    with setting_up():
        discussion = StrategyDiscussion.objects.create(
            family=family, held_on=TODAY - timedelta(days=2), chaired_by=f"{word} manager",
            concerns=f"{word} bruises", medical="not_needed", recorded_by=users.social_worker,
        )  # fmt: skip
        DiscussionAgency.objects.create(
            discussion=discussion, agency="police", took_part=True, people=f"{word} police", shared=f"{word} said so"
        )
        action = DiscussionAction.objects.create(
            discussion=discussion, what=f"{word} is examined", owner=f"{word} doctor", due_on=TODAY
        )  # fmt: skip
        change = DateChange.objects.create(
            discussion=discussion, from_on=discussion.held_on, to_on=TODAY - timedelta(days=3),
            reason=f"{word} was the day before", asked_by=users.social_worker, asked_at=now,
        )  # fmt: skip
        written = {"outcome_on": TODAY, "written_by": users.social_worker, "written_at": now}
        enquiry = Enquiry.objects.create(family=family, strategy_discussion=discussion, **written)
        for child in marlows.children:
            DiscussionChild.objects.create(
                discussion=discussion, child=child, decision="enquiry", reason=f"{word} enquiry"
            )
            EnquiryChild.objects.create(
                enquiry=enquiry, child=child, outcome="conference", findings=f"{word} was found"
            )
        plan = SafetyPlan.objects.create(
            family=family, enquiry=enquiry, made_on=TODAY, worries=f"{word} was hurt", review_on=TODAY,
            written_by=users.social_worker,
        )  # fmt: skip
        person = SafetyPlanPerson.objects.create(plan=plan, person=marlows.mother, name=marlows.mother.full_name)
        meeting = FamilyGroupMeeting.objects.create(
            family=family, held_on=TODAY, plan=f"{word} grandmother helps", recorded_by=users.social_worker,
            recorded_at=now,
        )  # fmt: skip
        group_plan = GroupPlanFile.objects.create(
            meeting=meeting, kind="txt", body=f"{word} grandmother helps".encode(), uploaded_by=users.social_worker
        )
        FamilyGroupOffer.objects.create(
            meeting=meeting, person=marlows.mother, why_not=f"{word} was away"
        )  # fmt: skip
        SafetyPlanStep.objects.create(plan=plan, who=person, what=f"{word} stays", due_on=TODAY, for_all=True)
        asked = {"agreed_by": users.team_manager, "agreed_at": now}
        declined = {"declined_by": users.team_manager, "declined_at": now, "decline_reason": f"{word} is safe"}
        states = {ConferenceState.REQUESTED: {}, ConferenceState.AGREED: asked, ConferenceState.DECLINED: declined}
        found = []
        for state, more in states.items():
            conference = Conference.objects.create(
                family=family, kind=ConferenceKind.INITIAL, state=state, anchor_on=TODAY - timedelta(days=2),
                due_on=TODAY + timedelta(days=15), request_reason=f"{word} harm", requested_by=users.social_worker,
                requested_at=now, enquiry=enquiry, **more,
            )  # fmt: skip
            for child in (marlows.rosa, marlows.theo):
                ConferenceChild.objects.create(conference=conference, child=child)
            found.append(conference)
        dispute = Dispute.objects.create(
            conference=found[2], raised_by=users.social_worker, raised_at=now, reason=f"{word} needs one"
        )
        DisputeStage.objects.create(
            dispute=dispute, number=1, people=f"{word} workers", began_on=TODAY, due_on=TODAY, answer=f"{word} is safe",
            answered_by=f"{word} Ellis", answered_at=now, recorded_by=users.service_manager,
        )  # fmt: skip
    return {
        "conferences": found, "discussions": [discussion], "enquiries": [enquiry], "disputes": [dispute],
        "date_changes": [change], "safety_plans": [plan], "plan_people": [person],
        "group_meetings": [meeting], "group_plans": [group_plan], "discussion_actions": [action],
    }  # fmt: skip
