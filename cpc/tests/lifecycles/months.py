"""Random months of a small service: what happens to three families and to the people who work with them."""

import random
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import time_machine
from django.db import transaction
from django.utils import timezone

from conferences.convening.actions import booking
from conferences.convening.actions.discussions import PlannedAction, mark_discussion_action
from conferences.convening.actions.family_groups import Offer, record_group_meeting
from conferences.convening.actions.independence import declare_independence
from conferences.convening.actions.invitations import change_invitee, check_list
from conferences.convening.actions.notify import send_invitations
from conferences.convening.choices import Attendance, CancelReason, ConferenceKind, ConferenceState, Outcome
from conferences.convening.choices.enquiries import ActionState, DiscussionDecision
from conferences.convening.models import Conference, DiscussionAction, FamilyGroupMeeting, Room
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.booking import chairs
from conferences.convening.queries.family_groups import parents_of
from conferences.convening.queries.invitations import invitations_of
from conferences.convening.queries.list_checks import list_check
from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import decide
from conferences.meeting.queries.board import included, invited
from conferences.plans.actions.close import close_conference
from conferences.plans.actions.core_groups import book_core_group, record_core_group
from conferences.plans.actions.ending import end_without_conference
from conferences.plans.choices import EndReason, MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, ProtectionPlan
from conferences.plans.queries.core_groups import core_group_to_book
from conferences.plans.tests.closing import TYPED_PLAN, a_closed_sitting, reasons_for_gaps
from conferences.separation.choices import AttendMode
from conferences.tests.enquiries import a_strategy_discussion
from conferences.tests.meeting import at
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.kernel.refusals import Refusal
from cpc.core.policy.queries import calendar, rules_read_once
from cpc.tests.lifecycles.post import Post
from cpc.tests.lifecycles.staff import Staff
from families.people.actions.people import change_person, record_birth
from families.people.choices import Part
from families.tests.builders import the_marlows
from reports.outgoing.actions.correcting import correct_decision, correct_held_on

S = ConferenceState


NAMES = ("Marlow", "Sedge", "Teasel")


def a_service():
    """Three families of one worker, manager and chair: each has had its initial conference, and every child a plan."""
    council = a_council()
    days = [TODAY - timedelta(days=number) for number in range(len(NAMES))]
    return [
        a_closed_sitting(day, marlows=the_marlows(council, name=name)) for day, name in zip(days, NAMES, strict=True)
    ]


class Months(Staff):
    """Two acts a step, of those that are possible: what has happened less often, for its weight, comes first. So every
    kind of thing happens, and a family with open plans stays until the end.

    ``done`` says what happened, for a failure to be read.
    """

    def __init__(self, sittings, seed):
        self.chance = random.Random(seed)
        self.mistakes = random.Random(seed)  # of their own, so that the other draws do not depend on them
        self.families = [sitting.marlows.family for sitting in sittings]
        self.unborn = [sitting.marlows.unborn for sitting in sittings]
        self.council, self.day, self.done, self.times = sittings[0].council, TODAY, [], Counter()
        self.post = Post(self.chance)
        with setting_up():
            self.room = Room.objects.create(name="The room of reviews")
        for role, team in ((Role.SOCIAL_WORKER, self.council.team), (Role.CHAIR, self.council.service)):
            a_user(role, team=team)
        self.weights = {
            self.book: 3, self.move: 2, self.cancel: 1, self.hold: 4, self.end_plan: 1, self.move_away: 1,
            self.be_away: 1, self.leave: 2, self.hand_over: 1, self.die: 0.5, self.be_born: 1, self.core_group: 2,
            self.name_acting: 1, self.allocate: 1, self.discuss: 1, self.settle: 2,
        }  # fmt: skip

    def go_on(self):
        """Some days pass, some of the post leaves, and two things happen. What is refused has changed nothing."""
        self.day = calendar().next_working_day(self.day + timedelta(days=self.chance.randint(3, 14)))
        with self.now():
            self.post.go()
            drawn = self.chance.sample(list(self.weights), len(self.weights))
            drawn.sort(key=lambda act: self.times[act.__name__] / self.weights[act])
            happened = (act for act in drawn if self._try(act))
            next(happened, None), next(happened, None)
            if self.mistakes.random() < 0.6:
                self._try(self.correct)

    def _try(self, act):
        """Do it, and note what came of it, or why it was refused. Whether it happened."""
        try:
            with transaction.atomic():
                said = act()
        except Refusal as refused:
            self.done.append(f"{self.day} {act.__name__} refused: {refused.sentence}")
            return False
        if said:
            self.times[act.__name__] += 1
            self.done.append(f"{self.day} {act.__name__} {said}")
        return bool(said)

    @property
    def happened(self):
        """The names of what happened and was not refused."""
        return set(self.times)

    @property
    def counted(self):
        """How long it was and how often each thing happened, or was refused."""
        acts = Counter()
        for line in self.done:
            _, act, *said = line.split()
            acts[f"{act}, refused" if said[:1] == ["refused:"] else act] += 1
        days = (self.day - TODAY).days
        return f"{days} days, {acts.total()} acts: " + ", ".join(f"{act} {n}" for act, n in sorted(acts.items()))

    @contextmanager
    def now(self):
        """The morning of the day, with the rules read once, as for a request or a job."""
        with time_machine.travel(at(self.day, 9), tick=False), rules_read_once():
            yield

    # Conferences

    def _reviews(self, *states):
        found = Conference.objects.filter(kind=ConferenceKind.REVIEW, state__in=states).select_related(
            "family", "chair"
        )
        found = list(found.order_by("pk"))
        return self.chance.sample(found, len(found))

    def book(self):
        """An administrator books a review, the chair declares that they are independent, and the list is invited."""
        for review in self._reviews(S.AGREED):
            chair = self.chance.choice(list(chairs(review)))
            day = calendar().next_working_day(self.day + timedelta(days=self.chance.randint(0, 25)))
            self._to_a_day(booking.book, review, day, chair)
            return f"{self._declare(review)}; {self._invite(review)} invited"

    def move(self):
        """An administrator moves a review, to another chair or day; often once more, before anything has left."""
        for review in self._reviews(S.BOOKED):
            said = []
            for _ in range(self.chance.randint(1, 2)):
                chair = self.chance.choice(list(chairs(review)))
                day = calendar().next_working_day(self.day + timedelta(days=self.chance.randint(1, 9)))
                if day == review.held_on:
                    day = calendar().next_working_day(day + timedelta(days=1))
                self._to_a_day(partial(booking.move, reason="family_asked", agreed_by="Ruth Vane"), review, day, chair)
                said.append(self._declare(review))
            return "; ".join(said)

    def _to_a_day(self, act, review, day, chair):
        hour = 9 + review.pk % 8  # of its own, because they share a room and chairs
        act(
            by=self.by(Role.ADMINISTRATOR), conference=review, starts_at=at(day, hour), ends_at=at(day, hour, 50),
            chair=chair,
            room=self.room, lateness_reason="other", lateness_note="Chance", lateness_agreed_by="Ruth Vane",
        )  # fmt: skip

    def _declare(self, review):
        review.refresh_from_db()
        if review.chair_independent is None:
            declare_independence(
                by=viewer(runs_it(review), self.day), conference=review, independent=True, statement="I know nobody."
            )
        return f"{review.pk} for {review.held_on}, chaired by {review.chair}"

    def _invite(self, review):
        """Rosa’s father comes by video, apart from Theo’s. Somebody looks through the list, and it is sent."""
        for dan in review.invitations.filter(person__first_name="Dan", withdrawn_at=None):
            change_invitee(
                by=self.by(Role.ADMINISTRATOR), invitation=dan, children=[row.child for row in dan.children.all()],
                mode=AttendMode.VIDEO, apart=True, video_link="https://video.example.org/dan",
            )  # fmt: skip
        list_ = list_check(review, invitations_of(review))
        check_list(by=self.by(Role.SOCIAL_WORKER), conference=review, fingerprint=list_.fingerprint)
        return len(send_invitations(by=self.by(Role.ADMINISTRATOR), conference=review))

    def cancel(self):
        """An administrator cancels a review."""
        for review in self._reviews(S.AGREED, S.BOOKED):
            booking.cancel(
                by=self.by(Role.ADMINISTRATOR),
                conference=review,
                reason=CancelReason.CHAIR_ILL,
                agreed_by="Ann",
            )
            return str(review.pk)

    def hold(self):
        """The chair holds a review: for each child the plan goes on, ends, or nothing is decided."""
        for review in self._reviews(S.BOOKED):
            runs = runs_it(review)
            if not runs.is_active:
                return None
            by, booked = viewer(runs, self.day), review.held_on
            attendance.open_conference(
                by=by,
                conference=review,
                at=timezone.now(),
                held="" if booked == self.day else "today",
                reason="Chance",
                uninvited="Chance",
            )
            attendance.mark_attendance(by=by, conference=review, marks=[
                attendance.AttendanceMark(each.pk, Attendance.PRESENT if each.user_id else Attendance.ABSENT)
                for each in invited(review)
            ])  # fmt: skip
            attendance.confirm_quorum(by=by, conference=review, quorate=True, reason="Enough are here")
            said = [self._decide(by, review, row) for row in included(review)]
            close_conference(
                by=by, conference=review, at=at(self.day, 17), gap_reasons=reasons_for_gaps(review), aim="Safe",
                members=[one for one in invited(review) if one.user_id][:2], contingency="Advice",
                lead_social_worker=review.family.social_worker, **TYPED_PLAN,
                end_reasons={row.child_id: EndReason.SAFE for row in included(review)},
            )  # fmt: skip
            return f"{review.pk}: {said}"

    def correct(self):
        """The chair corrects the last review that was held: the day, or the category for one child."""
        held = sorted(self._reviews(S.HELD), key=lambda review: review.starts_at)
        if not held or not runs_it(held[-1]).is_active:
            return None
        review, by = held[-1], viewer(runs_it(held[-1]), self.day)
        if self.mistakes.random() < 0.5:
            day = calendar().previous_working_day(review.held_on - timedelta(days=1))
            correct_held_on(by=by, conference=review, starts_at=at(day), ends_at=at(day, 11), reason="Chance")
            return f"{review.pk}: held on {day}"
        rows = [row for row in included(review) if row.decision.outcome == Outcome.PROTECTION_PLAN]
        for row in rows:
            correct_decision(
                by=by, conference=review, row=row, reason="Chance", outcome=Outcome.PROTECTION_PLAN, category="EMO",
                reasons="Chance", **TYPED_PLAN,
            )  # fmt: skip
            return f"{review.pk}: another category for {row.child_id}"

    def _decide(self, by, review, row):
        outcomes = [Outcome.PROTECTION_PLAN, Outcome.PROTECTION_PLAN, Outcome.NOT_DECIDED, Outcome.NO_PLAN]
        if self._is_last_family(self._open_plans()):
            outcomes.remove(Outcome.NO_PLAN)
        outcome = Outcome.NO_PLAN if row.child.died_on else self.chance.choice(outcomes)
        soon = calendar().next_working_day(self.day + timedelta(days=7))
        words = {
            Outcome.PROTECTION_PLAN: {"category": "NEG"},
            Outcome.NO_PLAN: {},
            Outcome.NOT_DECIDED: {
                "not_decided_reason": "adjourned", "interim_plan": "As before", "new_date_on": soon,
            },
        }[outcome]  # fmt: skip
        decide(by=by, conference=review, children=[row], outcome=outcome, reasons="Chance", **words)
        return str(outcome)

    # Plans and people

    def _open_plans(self):
        return list(
            ProtectionPlan.objects.filter(state=PlanState.OPEN).select_related("child", "family").order_by("pk")
        )

    def end_plan(self):
        """The manager ends the plan of a child who died or left the country."""
        plans = self._open_plans()
        dead = [plan for plan in plans if plan.child.died_on]
        if not dead and self._is_last_family(plans):
            return None
        if not dead and (not plans or self.chance.random() < 0.6):
            return None
        plan = (dead or plans)[0]
        reason = EndReason.DIED if dead else EndReason.LEFT_UK
        end_without_conference(
            by=self.by(Role.TEAM_MANAGER), plan=plan, reason=reason, left_on=None if dead else self.day,
            known_how="Told", consulted="All",
        )  # fmt: skip
        return f"{plan.child_id}: {reason}"

    def _is_last_family(self, plans):
        """Whether no plan would be left if this family went: then nothing would happen any more."""
        return len({plan.family_id for plan in plans}) < 2

    def move_away(self):
        """A family moves: the manager ends each plan once another council has taken it over."""
        plans = [plan for plan in self._open_plans() if not plan.child.died_on]
        if self._is_last_family(plans):
            return None
        family = self.chance.choice(plans).family_id
        for plan in (one for one in plans if one.family_id == family):
            end_without_conference(
                by=self.by(Role.TEAM_MANAGER), plan=plan, reason=EndReason.MOVED, known_how="Told", consulted="All",
                authority="Eastmere", conference_on=self.day, conference_proof="Its record", accepted_on=self.day,
                accepted_proof="A letter",
            )  # fmt: skip
        return f"family {family}"

    def die(self):
        """A child with a plan dies."""
        plans = [plan for plan in self._open_plans() if not plan.child.died_on and plan.child.born_on]
        if len(plans) < 2:
            return None
        plan = self.chance.choice(plans)
        child = plan.child
        change_person(by=self.by(Role.SOCIAL_WORKER), family=plan.family, person=child, died_on=self.day)
        return str(child.pk)

    def be_born(self):
        """An unborn child is born, sooner or later than expected."""
        if self.day < date(2027, 1, 10):
            return None
        for family, child in zip(self.families, self.unborn, strict=True):
            child.refresh_from_db()
            if child.is_unborn:
                born_on = min(self.day - timedelta(days=1), child.expected_on + timedelta(days=20))
                record_birth(
                    by=self.by(Role.SOCIAL_WORKER), family=family, child=child, born_on=born_on,
                    first_name="Ivy", last_name=family.name, sex="F",
                )  # fmt: skip
                return str(child.pk)

    def core_group(self):
        """The lead of a plan books the core group, or holds it."""
        plans = self._open_plans()
        if not plans:
            return None
        plan = self.chance.choice(plans)
        by = viewer(plan.lead_social_worker, self.day)
        booked = CoreGroupMeeting.objects.filter(family=plan.family, state=MeetingState.PLANNED).first()
        if booked is None:
            day = max(self.day, min(core_group_to_book(plan.family).on, self.day + timedelta(days=10)))
            starts_at = at(calendar().previous_working_day(day), 9 + plan.family_id % 8)
            book_core_group(by=by, family=plan.family, starts_at=starts_at, place="School")
            return "booked"
        if timezone.localdate(booked.starts_at) > self.day:
            return None
        record_core_group(by=by, meeting=booked, held_on=self.day, present="All")
        return "held"

    def discuss(self):
        """A strategy discussion decides what somebody is to do, and the parents are offered a family group meeting."""
        family = self.chance.choice(self.families)
        child = family.memberships.filter(part=Part.CHILD, person__died_on=None, person__born_on__isnull=False).first()
        if child is None:
            return None
        by, soon = self.by(Role.SOCIAL_WORKER), self.day + timedelta(days=self.chance.randint(1, 20))
        a_strategy_discussion(
            by, family, [child.person], held_on=self.day, decision=DiscussionDecision.SUPPORT,
            actions=(PlannedAction("Look at the home", "The police", soon),),
        )  # fmt: skip
        self._offer(by, family, None, "none")
        return f"{family}"

    def settle(self):
        """An action of a discussion is done, or the parents answer and the family group meeting is held."""
        action = DiscussionAction.objects.filter(state=ActionState.TO_DO).order_by("pk").first()
        if action and self.chance.random() < 0.5:
            mark_discussion_action(by=self.by(Role.SOCIAL_WORKER), action=action, state=ActionState.DONE)
            return "an action is done"
        meeting = FamilyGroupMeeting.objects.filter(held_on=None, why_not="").order_by("pk").first()
        if meeting is None:
            return None
        held = {"held_on": self.day, "plan": "Jean helps"} if self.chance.random() < 0.5 else {}
        self._offer(self.by(Role.SOCIAL_WORKER), meeting.family, meeting, "yes", **held)
        return "a family group meeting is held" if held else "the parents answer"

    def _offer(self, by, family, meeting, answer, **held):
        offers = [Offer(parent, "The worker", self.day, answer) for parent in parents_of(family)]
        record_group_meeting(by=by, family=family, offers=offers, meeting=meeting, **held)
