"""Random months of a small service: what happens to one family and to the people who work with it."""

import random
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import time_machine
from django.db import transaction
from django.utils import timezone

from conferences.convening.actions import booking
from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.actions.independence import declare_independence
from conferences.convening.actions.invitations import check_list
from conferences.convening.actions.notify import send_invitations
from conferences.convening.choices import Attendance, CancelReason, ConferenceKind, ConferenceState, Outcome
from conferences.convening.models import Conference, Room
from conferences.convening.queries.acting import runs_it, without_a_chair
from conferences.convening.queries.booking import chairs
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
from conferences.plans.tests.closing import TYPED_PLAN, reasons_for_gaps
from conferences.tests.meeting import at
from cpc.core.accounts import actions as accounts
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import what_is_held
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import a_user, setting_up, viewer
from cpc.core.kernel.refusals import Refusal
from cpc.core.policy.queries import calendar, rules_read_once
from cpc.tests.lifecycles.post import Post
from families.access.actions.cover import name_cover
from families.access.queries.cover import who_covers_for
from families.people.actions.family import change_family
from families.people.actions.people import change_person, record_birth
from reports.outgoing.actions.correcting import correct_decision, correct_held_on

S = ConferenceState


class Months:
    """One act a step, drawn from those that are possible. ``done`` says what happened, for a failure to be read."""

    def __init__(self, sitting, seed):
        self.sitting, self.family, self.chance = sitting, sitting.marlows.family, random.Random(seed)
        self.mistakes = random.Random(seed)  # of their own, so that the other draws do not depend on them
        self.council, self.day, self.done = sitting.council, sitting.conference.held_on, []
        self.post = Post(self.chance)
        with setting_up():
            self.room = Room.objects.create(name="The room of reviews")
        for role, team in ((Role.SOCIAL_WORKER, self.council.team), (Role.CHAIR, self.council.service)):
            a_user(role, team=team)
        self.acts = [
            self.book, self.book, self.move, self.move, self.cancel, self.hold, self.hold, self.hold, self.end_plan,
            self.be_away, self.leave, self.leave, self.hand_over, self.die, self.be_born, self.core_group,
            self.core_group, self.name_acting, self.allocate,
        ]  # fmt: skip

    def go_on(self):
        """Some days pass, some of the post leaves, and one thing happens. What is refused has changed nothing."""
        self.day = calendar().next_working_day(self.day + timedelta(days=self.chance.randint(3, 20)))
        with self.now():
            self.post.go()
            for act in self.chance.sample(self.acts, len(self.acts)):
                if self._try(act):
                    break
            if self.mistakes.random() < 0.4:
                self._try(self.correct)

    def _try(self, act):
        """Do it, and note what came of it, or why it was refused; nothing where there was nothing to do."""
        try:
            with transaction.atomic():
                said = act()
        except Refusal as refused:
            said = f"refused: {refused.sentence}"
        if said:
            self.done.append(f"{self.day} {act.__name__} {said}")
        return said

    @property
    def counted(self):
        """How long it was and how often each thing happened, or was refused."""
        acts = Counter()
        for line in self.done:
            _, act, *said = line.split()
            acts[f"{act}, refused" if said[:1] == ["refused:"] else act] += 1
        days = (self.day - self.sitting.conference.held_on).days
        return f"{days} days, {acts.total()} acts: " + ", ".join(f"{act} {n}" for act, n in sorted(acts.items()))

    @contextmanager
    def now(self):
        """The morning of the day, with the rules read once, as for a request or a job."""
        with time_machine.travel(at(self.day, 9), tick=False), rules_read_once():
            yield

    def by(self, role):
        """Somebody who has the role now, and whose team is the family's if it matters."""
        found = User.objects.filter(is_active=True, roles_held__role=role).order_by("pk")
        if role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
            found = found.filter(team=self.council.team)
        return viewer(self.chance.choice(list(found)), self.day)

    # Conferences

    def _reviews(self, *states):
        found = Conference.objects.filter(kind=ConferenceKind.REVIEW, state__in=states).select_related(
            "family", "chair"
        )
        return list(found.order_by("pk"))

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
                self._to_a_day(partial(booking.move, reason="family_asked", agreed_by="Ruth Vane"), review, day, chair)
                said.append(self._declare(review))
            return "; ".join(said)

    def _to_a_day(self, act, review, day, chair):
        act(
            by=self.by(Role.ADMINISTRATOR), conference=review, starts_at=at(day), ends_at=at(day, 11), chair=chair,
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
        """Somebody looks through the list, and the administrator sends it."""
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
            self.family.refresh_from_db()
            close_conference(
                by=by, conference=review, at=at(self.day, 11), gap_reasons=reasons_for_gaps(review), aim="Safe",
                members=[one for one in invited(review) if one.user_id][:2], contingency="Advice",
                lead_social_worker=self.family.social_worker, **TYPED_PLAN,
                end_reasons={row.child_id: EndReason.SAFE for row in included(review)},
            )  # fmt: skip
            return f"{review.pk}: {said}"

    def correct(self):
        """The chair corrects the last review that was held: the day, or the category for one child."""
        held = self._reviews(S.HELD)
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

    def name_acting(self):
        """The service manager names who acts for a chair who has left."""
        for conference in without_a_chair().filter(state__in=[S.BOOKED, S.OPEN, S.HELD]):
            able = self.chance.choice(list(chairs(conference)))
            name_acting_chair(by=self.by(Role.SERVICE_MANAGER), conference=conference, user=able, reason="They left")
            return f"{conference.pk}: {able}"

    # Plans and people

    def _open_plans(self):
        return list(ProtectionPlan.objects.filter(state=PlanState.OPEN).select_related("child").order_by("pk"))

    def end_plan(self):
        """The manager ends a plan whose child died or left the country."""
        plans = self._open_plans()
        dead = [plan for plan in plans if plan.child.died_on]
        if not dead and (not plans or self.chance.random() < 0.6):
            return None
        plan = (dead or plans)[0]
        reason = EndReason.DIED if dead else EndReason.LEFT_UK
        end_without_conference(
            by=self.by(Role.TEAM_MANAGER), plan=plan, reason=reason, left_on=None if dead else self.day,
            known_how="Told", consulted="All",
        )  # fmt: skip
        return f"{plan.child_id}: {reason}"

    def die(self):
        """A child with a plan dies."""
        plans = [plan for plan in self._open_plans() if not plan.child.died_on and plan.child.born_on]
        if len(plans) < 2 or self.chance.random() < 0.5:
            return None
        child = plans[-1].child
        change_person(by=self.by(Role.SOCIAL_WORKER), family=self.family, person=child, died_on=self.day)
        return str(child.pk)

    def be_born(self):
        """The unborn child is born, sooner or later than expected."""
        child = self.sitting.marlows.unborn
        child.refresh_from_db()
        if not child.is_unborn or self.day < date(2027, 1, 10):
            return None
        record_birth(
            by=self.by(Role.SOCIAL_WORKER), family=self.family, child=child, born_on=self.day - timedelta(days=1),
            first_name="Ivy", last_name="Marlow", sex="F",
        )  # fmt: skip
        return str(child.pk)

    def core_group(self):
        """The lead books the core group, or holds it."""
        plan = next(iter(self._open_plans()), None)
        if plan is None:
            return None
        by = viewer(plan.lead_social_worker, self.day)
        booked = CoreGroupMeeting.objects.filter(state=MeetingState.PLANNED).first()
        if booked is None:
            day = max(self.day, min(core_group_to_book(self.family).on, self.day + timedelta(days=10)))
            book_core_group(
                by=by, family=self.family, starts_at=at(calendar().previous_working_day(day)), place="School"
            )
            return "booked"
        if timezone.localdate(booked.starts_at) > self.day:
            return None
        record_core_group(by=by, meeting=booked, held_on=self.day, present="All")
        return "held"

    # The people who work there

    def _staff(self):
        found = User.objects.filter(is_active=True, team__in=[self.council.team, self.council.service])
        return list(found.order_by("pk").distinct())

    def be_away(self):
        """Somebody is away for some days, and a colleague covers for them."""
        absent = self.chance.choice(self._staff())
        covering = list(who_covers_for(absent))
        if not covering:
            return None
        name_cover(
            by=self.by(Role.SERVICE_MANAGER), absent=absent, user=self.chance.choice(covering), from_on=self.day,
            until_on=self.day + timedelta(days=self.chance.randint(3, 30)),
        )  # fmt: skip
        return str(absent)

    def leave(self):
        """Somebody leaves. What they hold goes to a colleague, or to the manager. A new colleague comes."""
        user = self.chance.choice([one for one in self._staff() if what_is_held(one, self.day)])
        role = user.roles_held.values_list("role", flat=True).first()
        if role in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER):
            return None  # they name another manager themselves, and there is one of each here
        a_user(role, team=user.team)
        to = self._takers(user)
        accounts.change_user(
            by=viewer(self.council.users.system_administrator, self.day), user=user, email=user.email,
            first_name=user.first_name, last_name=user.last_name, roles=[role], is_active=False, team=user.team, to=to,
        )  # fmt: skip
        return f"{user}: { ({key: str(one) for key, one in to.items()}) }"

    def hand_over(self):
        """A worker hands over what they hold to a colleague, and stays."""
        users = [one for one in self._staff() if one.roles_held.filter(role=Role.SOCIAL_WORKER).exists()]
        user = self.chance.choice(users)
        to = {key: one for key, one in self._takers(user).items() if key in ("families", "leads") and one}
        if not to:
            return None
        accounts.hand_over(by=self.by(Role.TEAM_MANAGER), user=user, to=to)
        return f"{user}: {sorted(to)}"

    def allocate(self):
        """The manager names a social worker for the family, or for what of it came to them."""
        family, manager = self.family, self.council.team.manager
        family.refresh_from_db()
        worker = User.objects.filter(is_active=True, team=self.council.team, roles_held__role=Role.SOCIAL_WORKER)
        new = self.chance.choice(list(worker.order_by("pk")))
        held = {one.kind.key for one in what_is_held(manager, self.day)}
        if not held & {"leads", "invitations"} and family.social_worker_id != manager.pk and self.chance.random() < 0.7:
            return None
        change_family(
            by=viewer(manager, self.day), family=family, name=family.name, case_number=family.case_number,
            team=family.team, opened_on=family.opened_on, social_worker=new,
        )  # fmt: skip
        return f"{new}, for {sorted(held)}"

    def _takers(self, user):
        held = [one for one in what_is_held(user, self.day) if one.kind.is_chosen]
        return {one.kind.key: self.chance.choice([None, *one.who]) for one in held}
