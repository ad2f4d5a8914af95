"""A conference of the Marlows that was held and closed, with reports, and its record; all by the real actions."""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import escape
from weasyprint import HTML

from conferences.convening.choices import Section
from conferences.convening.models import Invitation
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions import close, outline
from conferences.plans.tests.closing import TYPED_PLAN, reasons_for_gaps
from conferences.tests.meeting import a_booked_sitting, a_quorate_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from cpc.core.documents.choices import DocumentState
from families.people.models import Protection
from reports.incoming.actions import writing
from reports.incoming.actions.writing import Shared
from reports.incoming.models import Report
from reports.incoming.queries.requested import people_to_tell
from reports.outgoing.actions import approving
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.releasing import open_copy, record_check
from reports.outgoing.actions.telling import HowTold, choose_telling
from reports.outgoing.models import Copy
from reports.outgoing.queries.telling import children_to_tell

CHILDREN = ("rosa", "theo")

__all__ = [
    "CHILDREN",
    "a_booked_sitting",
    "a_drafted_record",
    "a_held_sitting",
    "a_report",
    "an_approved_record",
    "approve_letters",
    "approve_record",
    "copy_for",
    "looked_at",
]


@remembered
def ask_for_reports(sitting):
    """Every professional but the police is asked for a report, due two days before."""
    with setting_up():
        for one in Invitation.objects.filter(conference=sitting.conference, user__isnull=False):
            one.report_asked, one.report_due_on = True, sitting.conference.held_on - timedelta(days=2)
            one.save()
    sitting.invitations = {name: Invitation.objects.get(pk=one.pk) for name, one in sitting.invitations.items()}
    return sitting


def a_report(sitting, who="school", *, by=None, on=TODAY, version=0, about=(), **sections) -> Report:
    """The draft of a report by an invited professional."""
    invitation = sitting.invitations[who]
    return writing.save_report(
        by=by or viewer(invitation.user, on),
        invitation=invitation,
        version=version,
        sections={"worried": "What we saw.", **sections},
        about={child: {"about": text} for child, text in dict(about).items()},
    )


def submit_report(report, *, by=None, on=TODAY):
    """Submit the report, shared with each parent the day before."""
    parents = [person for person, _ in people_to_tell(report)]
    shared = [Shared(parent, shared_on=on - timedelta(days=1), how="by_hand") for parent in parents]
    writing.submit_report(by=by or viewer(report.author_user, on), report=report, sharings=shared)
    return report


@remembered
def a_held_sitting(on=TODAY, *, notes=True, children=CHILDREN, **how):
    """Held and closed: two children with plans, notes for each reader's test, an action each and one for both."""
    sitting = a_quorate_sitting(on, children=children, **how)
    marlows, chair, conference = sitting.marlows, sitting.chair, sitting.conference
    rosa, theo = marlows.rosa, marlows.theo

    def note(section, text, child=None, person=None, audience=""):
        place = NotePlace(section, child.pk if child else None, person.pk if person else None)
        save_note(by=chair, conference=conference, place=place, text=text, audience=audience, at=at(on, 11))

    if notes:
        note(Section.REASON, "Both children were found alone at night.")
        one_alone = rosa if len(children) > 1 else None  # with one child the page has no field for her apart
        note(Section.WORRIED, "Rosa walks to school alone in the dark.", child=one_alone)
        note(Section.WORKING_WELL, "Rosa likes her class.", child=one_alone)
        note(Section.CHILD_VIEWS, "Rosa says that she wants Mum to be home.", child=rosa)
        note(Section.PARENT_VIEWS, "I want to have Rosa at weekends.", person=marlows.rosas_father)
        note(Section.PARENT_VIEWS, "I did my best.", person=marlows.mother)
        note(Section.CONFIDENTIAL, "A police enquiry is under way.")
        if "theo" in children:
            note(Section.WORRIED, "Theo had no coat and was cold.", child=theo)
            note(Section.PARENT_VIEWS, "I was at work that night.", person=marlows.theos_father)
    school = sitting.invitations["school"]
    record_child_views(
        by=chair,
        conference_child=sitting.rows["rosa"],
        views=[
            GivenView(school.pk, view="no_plan", reason="She is doing well.", dissents=True, dissent_reason="Too much.")
        ],
    )
    decide(sitting, ["rosa"], reasons="Rosa was left alone and was frightened.")
    if "theo" in children:
        decide(sitting, ["theo"], reasons="Theo was cold and hungry.")
    _plan(sitting, on)
    conference.refresh_from_db()
    return sitting


def _plan(sitting, on):
    marlows, chair, conference = sitting.marlows, sitting.chair, sitting.conference
    children = [row.child for row in sitting.children]
    for child, action in zip(children, ("Walk Rosa to school", "Buy Theo a coat"), strict=False):
        outline.add_action(
            by=chair, conference=conference, outcome="Safe", action=action, who="Anna Marlow",
            due_on=on + timedelta(days=14), measure="Seen by the worker", children=[child],
        )  # fmt: skip
    if len(children) > 1:
        outline.add_action(
            by=chair, conference=conference, outcome="Never alone", action="See both children every two weeks",
            who="Priya Nandra", due_on=on + timedelta(days=14), measure="Visits recorded", children=children,
        )  # fmt: skip
    close.close_conference(
        by=chair,
        conference=conference,
        lead_social_worker=marlows.worker,
        aim="The children are never alone at night.",
        contingency="Legal advice will be asked for.",
        members=[sitting.invitations[name] for name in ("mother", "social_worker", "school")],
        core_group_at=at(on + timedelta(days=7)),
        core_group_place="Northwick children’s centre",
        gap_reasons=reasons_for_gaps(conference),
        **TYPED_PLAN,
        at=timezone.now(),
    )


@remembered
def a_drafted_record(**how):
    """(sitting, its drafted record)."""
    sitting = a_held_sitting(**how)
    return sitting, draft_record(by=sitting.chair, conference=sitting.conference)


@remembered
def a_record_with(audience, named=(), *, section=Section.REASON):
    """A held conference in which one secret was noted for ``audience``, and its drafted record."""
    sitting = a_quorate_sitting(children=CHILDREN)
    ids = frozenset(sitting.invitations[name].pk for name in named)
    save_note(
        by=sitting.chair, conference=sitting.conference, place=NotePlace(section), text="The kestrel flies at dawn.",
        audience=audience, named=ids,
    )  # fmt: skip
    return sitting, closed_and_drafted(sitting)


@remembered
def closed_and_drafted(sitting):
    """The record of the sitting, drafted after its conference decided and was closed."""
    decide(sitting)
    _plan(sitting, TODAY)
    sitting.conference.refresh_from_db()
    return draft_record(by=sitting.chair, conference=sitting.conference)


def tell_no_child_now(by, record) -> None:
    """The chair chooses for each child without a choice yet that they are not told now."""
    for row in children_to_tell(record):
        if row.told is None:
            told = HowTold("not_now", because="The worker visits first.")
            choose_telling(by=by, record=record, child=row.child, told=told)


def approve_record(*, by, record, reason="") -> None:
    """The chair chooses how the children are told and approves the record and the letters."""
    if by.id == record.conference.chair_id and record.letters_approved_at is None:
        tell_no_child_now(by, record)
    approving.approve_record(by=by, record=record, reason=reason)


def approve_letters(*, by, record, reason="") -> None:
    """The chair chooses how the children are told and approves the letters."""
    if by.id == record.conference.chair_id and record.letters_approved_at is None:
        tell_no_child_now(by, record)
    approving.approve_letters(by=by, record=record, reason=reason)


@remembered
def an_approved_record(**how):
    """(sitting, its record, approved by the chair with the letters)."""
    sitting, record = a_drafted_record(**how)
    approve_record(by=sitting.chair, record=record)
    return sitting, record


def copy_for(sitting, record, who, kind="record") -> Copy:
    """The copy of one invited person, read again."""
    return Copy.objects.get(record=record, kind=kind, invitation=sitting.invitations[who])


def looked_at(sitting, copy, *, by="social_worker") -> Copy:
    """The copy. A second person has opened and checked it if it is ready to be released."""
    copy.refresh_from_db()
    if copy.document_id and not copy.withheld_reason and copy.document.state == DocumentState.APPROVED:
        # Nobody checks the copy that they get themselves.
        second = sitting.council.by(by)
        second = sitting.council.by("team_manager") if copy.invitation.user_id == second.id else second
        open_copy(by=second, copy=copy)
        record_check(by=second, copy=copy, said="It is right.")
    return copy


def all_looked_at(sitting, record) -> None:
    """A second person opens and checks every copy that is ready to be released."""
    for copy in Copy.objects.filter(record=record):
        looked_at(sitting, copy)


def a_pdf(*pages: str) -> bytes:
    """A PDF with a line of words on each page."""
    sheets = "".join(f'<p style="page-break-after: always">{escape(words)}</p>' for words in pages)
    return HTML(string=sheets).write_pdf()


def protected_again() -> None:
    """Protect again what was protected in any family."""
    with setting_up():
        Protection.objects.update(ended_on=None, end_reason="")
