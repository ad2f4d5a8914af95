"""Builders of live conferences for tests: the Marlows' conference with everybody invited."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from conferences.convening.choices import INVITED, Attendance, ConferenceKind, ConferenceState, InviteeRole, Outcome
from conferences.convening.models import Conference, ConferenceChild, Invitation, InvitationChild, Room
from conferences.convening.queries.attending import told_now
from conferences.convening.queries.last_told import reader_key
from conferences.convening.queries.letter_context import letter_context
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.actions import attendance
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import reference_to
from families.tests.builders import the_marlows

R, A = InviteeRole, Attendance


def at(day, hour=10, minute=0):
    """A moment of the day in London."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


DECLARED = {
    "chair_independent": True, "chair_declared_at": at(date(2026, 11, 2)),
    "chair_statement": "I have never worked with this family, nor managed anybody who has.",
}  # fmt: skip


@dataclass
class Sitting:
    """A conference of the Marlows, its chair, its rows by child and its invitations by name."""

    marlows: object
    conference: Conference
    rows: dict
    invitations: dict = field(default_factory=dict)

    @property
    def council(self):
        return self.marlows.council

    @property
    def chair(self):
        return viewer(self.conference.chair, self.conference.held_on)

    @property
    def children(self):
        return list(self.rows.values())


@remembered
def a_booked_sitting(on=TODAY, *, kind=ConferenceKind.INITIAL, marlows=None, children=("rosa", "theo", "unborn")):
    """A conference booked for the day, at ten, with the family and five agencies invited. Nobody has come yet."""
    marlows = marlows or the_marlows()
    users, people = marlows.council.users, marlows.council.professionals
    with setting_up(on):
        room, _ = Room.objects.get_or_create(name=f"Room {Conference.objects.count() + 1}")
        waiting = Conference.objects.filter(family=marlows.family, kind=kind, state=ConferenceState.AGREED)
        waiting.update(  # this one replaces the one that waited
            state=ConferenceState.CANCELLED, cancelled_by=users.administrator, cancelled_at=at(on),
            cancel_reason="other",
        )  # fmt: skip
        conference = Conference.objects.create(
            family=marlows.family, kind=kind, state=ConferenceState.BOOKED, anchor_on=on - timedelta(days=14),
            due_on=on + timedelta(days=7), request_reason="Harm", requested_by=users.social_worker,
            requested_at=at(on - timedelta(days=10)), agreed_by=users.team_manager,
            agreed_at=at(on - timedelta(days=9)), starts_at=at(on), ends_at=at(on, 11, 30), room=room,
            chair=users.chair, administrator=users.administrator, **DECLARED,
        )  # fmt: skip
        rows = {
            name: ConferenceChild.objects.create(conference=conference, child=getattr(marlows, name))
            for name in children
        }
        sitting = Sitting(marlows, conference, rows)
        all_ = [row.child for row in rows.values()]
        theirs = {"rosa": marlows.rosas_father, "theo": marlows.theos_father}
        _family(sitting, "mother", marlows.mother, R.PARENT, all_)
        for name, father in theirs.items():
            if name in rows:
                # Dan and Lewis must not meet: Dan takes part by phone.
                mode = "phone" if name == "rosa" else "room"
                _family(sitting, f"{name}s_father", father, R.PARENT, [rows[name].child], mode=mode)
        _professional(sitting, "social_worker", users.social_worker, R.SOCIAL_WORKER, all_)
        known = {"school": ["rosa"], "gp": ["rosa", "theo"], "health_visiting": ["theo"], "midwifery": ["unborn"]}
        roles = {"school": R.SCHOOL, "gp": R.GP, "health_visiting": R.HEALTH_VISITOR, "midwifery": R.MIDWIFE}
        for name, of in known.items():
            covered = [rows[child].child for child in of if child in rows]
            if covered:
                _professional(sitting, name, getattr(people, name), roles[name], covered)
        _professional(sitting, "police", people.police, R.POLICE, all_)
    return sitting


def _family(sitting, name, person, role, children, mode="room"):
    _invite(
        sitting, name, children, kind=InviteeKind.FAMILY, role=role, person=person, name=person.full_name, mode=mode
    )


def _professional(sitting, name, user, role, children):
    _invite(
        sitting, name, children, kind=InviteeKind.PROFESSIONAL, role=role, user=user, agency=user.agency,
        name=user.get_full_name(),
    )  # fmt: skip


def _invite(sitting, key, children, **values):
    made = Invitation.objects.create(
        conference=sitting.conference, reason="Knows the children", sent_by=sitting.conference.administrator,
        sent_at=sitting.conference.agreed_at, **values,
    )  # fmt: skip
    InvitationChild.objects.bulk_create(InvitationChild(invitation=made, child=child) for child in children)
    sitting.invitations[key] = made


def all_told(sitting):
    """Everyone invited was told how the conference is booked."""
    context = letter_context(sitting.conference)
    with setting_up():
        for one in context.invitations:
            kind, id_, _ = reader_key(one)
            Outgoing.objects.create(
                **reference_to(sitting.conference), key=f"told:{one.pk}", purpose=INVITED, channel="hand",
                recipient_kind=kind, recipient_id=id_, recipient_name=one.name, state="sent", sent_at=at(TODAY, 8),
                queued_at=at(TODAY, 8), next_try_at=at(TODAY, 8), said={"meeting": told_now(context, one).values()},
            )  # fmt: skip


@remembered
def an_open_sitting(on=TODAY, **how):
    """A conference opened by its chair on its day."""
    sitting = a_booked_sitting(on, **how)
    attendance.open_conference(by=sitting.chair, conference=sitting.conference, at=at(on))
    return sitting


def mark(sitting, absent=(), excluded=()):
    """Mark everybody present, except those named."""
    attendance.mark_attendance(
        by=sitting.chair,
        conference=sitting.conference,
        marks=[
            attendance.AttendanceMark(
                each.pk,
                A.ABSENT if name in absent else A.EXCLUDED if name in excluded else A.PRESENT,
                note="Asked not to come" if name in excluded else "",
            )
            for name, each in sitting.invitations.items()
        ],
    )
    return sitting


@remembered
def a_quorate_sitting(on=TODAY, **how):
    """An open conference with everybody present, confirmed quorate."""
    sitting = mark(an_open_sitting(on, **how))
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    return sitting


def decide(sitting, names=None, outcome=Outcome.PROTECTION_PLAN, **words):
    """Make the same decision for the named children (default: all)."""
    from conferences.meeting.actions.decisions import decide as act

    wanted = [row for name, row in sitting.rows.items() if names is None or name in names]
    usual = {"reasons": "Because of what was heard."}
    if outcome == Outcome.PROTECTION_PLAN:
        usual["category"] = "NEG"
    elif outcome == Outcome.CHILD_IN_NEED:
        usual["consent_by"] = "Anna Marlow"
    elif outcome == Outcome.NOT_DECIDED:
        usual |= {
            "not_decided_reason": "inquorate",
            "interim_plan": "Jean stays with them.",
            "new_date_on": sitting.conference.held_on + timedelta(days=7),
        }
    return act(by=sitting.chair, conference=sitting.conference, children=wanted, outcome=outcome, **(usual | words))
