"""One family's life with the service, step by step, each on its day and each through the action that people use."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from conferences.convening.actions import (
    booking,
    discussions,
    disputes,
    enquiries,
    family_groups,
    independence,
    invitations,
    notify,
    request,
    safety_plans,
)
from conferences.convening.actions import invitations as invitations_actions
from conferences.convening.choices import ConferenceKind, LatenessReason, Reply
from conferences.convening.choices.enquiries import DiscussionDecision, EnquiryOutcome, PlanAgreement
from conferences.convening.models import Conference
from conferences.convening.queries.family_groups import parents_of
from conferences.convening.queries.invitations import gaps_of, invitations_of
from conferences.convening.queries.list_checks import list_check
from conferences.convening.queries.safety_plans import plan_in_force
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import calendar
from demo.clock import as_, living_on, moment
from demo.households import InventedFamily, adult_born_on, born_on, expected_on, language, who_they_are
from demo.staff import Council
from families.people.actions.contact import record_address, record_contact
from families.people.actions.family import record_family
from families.people.actions.involvement import record_involvement
from families.people.actions.names import add_name
from families.people.actions.people import add_person
from families.people.actions.relationships import NewRelationship, record_relationship
from families.people.choices import NameKind, Part, RelationshipKind, ResponsibilitySource, SafeContact
from families.protections.actions.no_contact import record_must_not_meet


@dataclass
class Life:
    """A family from the day of its strategy discussion. ``today`` is the day on which the demonstration is filled."""

    council: Council
    household: InventedFamily
    today: date
    started_on: date
    slot: int
    family: object = None
    children: list = field(default_factory=list)
    adults: dict = field(default_factory=dict)
    enquiry: object = None
    conference: Conference | None = None

    # --- Who does it ------------------------------------------------------------------------------------------
    @property
    def worker(self):
        return self.council.with_role(Role.SOCIAL_WORKER)[self.slot % 4]

    @property
    def manager(self):
        return self.worker.team.manager

    @property
    def administrator(self):
        return self.council.with_role(Role.ADMINISTRATOR)[self.slot % 2]

    @property
    def chair(self):
        return self.council.with_role(Role.CHAIR)[self.slot % 3]

    def after(self, working_days: int) -> date:
        """That many working days after the strategy discussion."""
        return calendar().add_working_days(self.started_on, working_days)

    # --- The steps --------------------------------------------------------------------------------------------
    def begin(self):
        """The social worker records the family, where they live and who works with them."""
        day = self.started_on - timedelta(days=9)
        with living_on(day, 9):
            by, home = as_(self.worker, day), self.household
            self.family = record_family(
                by=by, name=home.name, case_number=f"CP{2600 + home.number}", team=self.worker.team, opened_on=day,
                social_worker=self.worker,
            )  # fmt: skip
            for child in home.children:
                born, expected = born_on(child, home.number, self.today), expected_on(child, self.today)
                self.children.append(add_person(
                    by=by, family=self.family, part=Part.CHILD, first_name=child.first_name, last_name=home.name,
                    born_on=born, expected_on=expected, sex=child.sex, **who_they_are(home, child),
                ))  # fmt: skip
            self._adults(by)
            self._agencies(by, day)

    def _adults(self, by):
        home = self.household
        ties = [
            NewRelationship(child, RelationshipKind.MOTHER, True, True, ResponsibilitySource.BIRTH)
            for child in self.children
        ]
        self._adult(by, "mother", home.mother, home.name, Part.PARENT, True, ties)
        for number, father in enumerate(home.fathers):
            mine = self.children[number :: len(home.fathers)]
            has = {child: number == 0 and not child.is_unborn for child in mine}
            source = {True: ResponsibilitySource.REGISTRATION, False: ""}
            ties = [
                NewRelationship(child, RelationshipKind.FATHER, has[child], False, source[has[child]]) for child in mine
            ]
            last_name = home.name if len(home.fathers) == 1 else ("Pike", "Doyle")[number]
            self._adult(by, f"father {number}", father, last_name, Part.PARENT, len(home.fathers) == 1, ties)
        if home.number % 3 == 1:
            ties = [NewRelationship(child, RelationshipKind.GRANDMOTHER) for child in self.children]
            self._adult(by, "grandmother", "Margaret", home.name, Part.GRANDPARENT, False, ties)
        if "grandmother" in self.adults:
            record_relationship(
                by=by, family=self.family, adult=self.adults["grandmother"], child=self.adults["mother"],
                kind=RelationshipKind.MOTHER,
            )  # fmt: skip
        if home.number % 4 == 1:
            add_name(
                by=by, family=self.family, person=self.adults["mother"], kind=NameKind.BIRTH, first_name=home.mother,
                last_name="Bell",
            )  # fmt: skip
        at_home = [adult for key, adult in self.adults.items() if key == "mother" or len(home.fathers) == 1]
        record_address(
            by=by, family=self.family, person=at_home[0], lines=f"{home.number + 11} {home.street}\nExampleton",
            postcode=f"ZZ{home.number % 9 + 1} {home.number % 8 + 1}AB", is_protected=home.protected,
            also_for=[*at_home[1:], *self.children],
        )  # fmt: skip
        record_contact(by=by, family=self.family, person=self.adults["mother"], safe_contact=SafeContact.POST)
        if home.protected and len(home.fathers) > 1:
            record_must_not_meet(
                by=by, family=self.family, one=self.adults["mother"], other=self.adults["father 0"], protects="one",
                source="injunction", reason="A non-molestation order is in force.",
            )  # fmt: skip

    def _adult(self, by, key, first_name, last_name, part, in_household, ties):
        self.adults[key] = add_person(
            by=by, family=self.family, part=part, first_name=first_name, last_name=last_name,
            born_on=adult_born_on(self.household, key, self.today),
            sex="F" if key in ("mother", "grandmother") else "M", in_household=in_household, ties=ties,
            **(language(self.household) if key == "mother" else {}),
        )  # fmt: skip
        if not in_household:
            record_address(
                by=by, family=self.family, person=self.adults[key], postcode=f"ZZ4 {len(self.adults) % 8 + 1}QA",
                lines=f"{30 + self.household.number} Canal View\nExampleton",
            )  # fmt: skip

    def _agencies(self, by, day):
        by_kind = {agency.kind: agency for agency in self.council.agencies.values()}
        people = {user.agency_id: user for user in self.council.with_role(Role.PROFESSIONAL)}
        for child in self.children:
            for kind in _who_knows(child, day):
                agency = self.council.agencies.get(kind) or by_kind[kind]
                record_involvement(
                    by=by, family=self.family, children=[child], agency=agency, from_on=day,
                    professional=people.get(agency.pk),
                )  # fmt: skip

    def discuss(self):
        """A strategy discussion is held and starts the section 47 enquiry."""
        with living_on(self.started_on, 15):
            decisions = [
                discussions.ChildDecision(child, DiscussionDecision.ENQUIRY, "What was seen is not explained.")
                for child in self.children
            ]
            discussion = discussions.record_strategy_discussion(
                by=as_(self.worker, self.started_on), family=self.family, held_on=self.started_on,
                discussed=_what_was_said(str(self.manager), str(self.worker), self.after(1)), decisions=decisions,
            )  # fmt: skip
            self.enquiry = discussion.enquiry

    def conclude(self):
        """The enquiry ends: a conference is needed for each child, and the manager signs it off."""
        day = self.after(7)
        found = "Seen alone. What they told us agrees with what the neighbour saw."
        outcomes = [enquiries.ChildOutcome(child, EnquiryOutcome.CONFERENCE, found) for child in self.children]
        with living_on(day, 11):
            by = as_(self.worker, day)
            enquiries.write_outcome(by=by, enquiry=self.enquiry, outcome_on=day, outcomes=outcomes)
        with living_on(day, 16):
            enquiries.sign_off_outcome(by=as_(self.manager, day), enquiry=self.enquiry)

    def keep_safe(self):
        """The social worker writes an interim safety plan with the mother, and offers a family group meeting."""
        day = self.after(1)
        mother, grandmother = self.adults["mother"], self.adults.get("grandmother")
        with living_on(day, 10):
            by = as_(self.worker, day)
            steps = [
                safety_plans.Step(
                    safety_plans.InPlan(mother.full_name, mother), "Takes the children to school and nursery herself.",
                    self.after(2), True,
                ),
                safety_plans.Step(
                    safety_plans.InPlan(f"{self.worker}, social worker"), "Visits the children at home twice a week.",
                    self.after(3), True,
                ),
            ]  # fmt: skip
            if grandmother:
                steps.append(safety_plans.Step(
                    safety_plans.InPlan(grandmother.full_name, grandmother), "Sleeps at the home until the conference.",
                    self.after(1), True,
                ))  # fmt: skip
            plan = safety_plans.write_safety_plan(
                by=by, enquiry=self.enquiry, worries="We are worried that a child is hurt again.",
                review_on=self.after(6), steps=steps,
            )  # fmt: skip
            signed = {row.pk: (PlanAgreement.SIGNED, day) for row in plan.people.filter(person__isnull=False)}
            safety_plans.record_agreement(by=by, plan=plan, answers=signed)
        self._offer_group_meeting()

    def review_safety(self):
        """The social worker reviews the plan on each of its days, as long as it is in force."""
        plan = plan_in_force(self.enquiry) if self.enquiry else None
        while plan and plan.review_on < self.today:
            day = plan.review_on
            with living_on(day, 15):
                safety_plans.review_safety_plan(
                    by=as_(self.worker, day),
                    plan=plan,
                    held_on=day,
                    next_review_on=calendar().add_working_days(day, 5),
                    found="The mother takes the children to school, and nobody else has stayed at the home.",
                )

    def _offer_group_meeting(self):
        """The mother accepts. With a grandmother the family has met and made a plan."""
        day = self.after(6)
        with living_on(day, 10):
            offers = [
                family_groups.Offer(
                    one, str(self.worker), self.after(1), "yes" if one == self.adults["mother"] else "none"
                )
                for one in parents_of(self.family)
            ]
            held = {}
            if "grandmother" in self.adults:
                held = {"held_on": day, "plan": "Margaret has the children from Friday to Sunday."}
            family_groups.record_group_meeting(by=as_(self.worker, day), family=self.family, offers=offers, **held)

    def ask(self, on: date | None = None):
        """The social worker asks for an initial conference for all the children."""
        day = on or self.after(8)
        born = any(not child.is_unborn for child in self.children)
        with living_on(day, 12):
            self.conference = request.request_conference(
                by=as_(self.worker, day), family=self.family, enquiry=self.enquiry,
                kind=ConferenceKind.INITIAL if born else ConferenceKind.PRE_BIRTH,
                children=[request.ConsideredChild(child) for child in self.children],
                request_reason=f"The children are likely to suffer significant harm because of {self.household.worry}.",
                worry=f"We are worried about {self.household.worry}.",
            )  # fmt: skip

    def agree(self):
        """The team manager agrees."""
        day = self.after(9)
        with living_on(day, 9):
            request.agree_request(by=as_(self.manager, day), conference=self.conference)

    def decline(self, dispute: bool):
        """The team manager declines, and the social worker may dispute it."""
        day = self.after(9)
        with living_on(day, 9):
            request.decline_request(
                by=as_(self.manager, day), conference=self.conference,
                reason="The family have accepted help and the children are safe with their grandmother.",
            )  # fmt: skip
            if dispute:
                disputes.dispute_decision(
                    by=as_(self.worker, day), conference=self.conference,
                    reason="The help has not begun, and the mother has gone home with the children since.",
                )  # fmt: skip

    def declare(self, day: date, independent=True):
        """The chair declares that they are independent, or that they are not: then the service manager is asked."""
        statement = "I have not worked with the family and I neither manage nor am managed by anyone who has."
        if not independent:
            statement = "I managed this family’s social worker until the summer. No other chair is free in time."
        with living_on(day, 16):
            independence.declare_independence(
                by=as_(self.chair, day), conference=self.conference, independent=independent, statement=statement
            )

    def book(self, on: date, booked_on: date | None = None):
        """The administrator books the first time at which the chair and a room are free."""
        day = booked_on or self.after(9)
        late = on > self.conference.due_on
        with living_on(day, 14):
            for hour in (10, 14, 12, 16):
                for room in self.council.rooms:
                    try:
                        booking.book(
                            by=as_(self.administrator, day), conference=self.conference, chair=self.chair, room=room,
                            starts_at=moment(on, hour), ends_at=moment(on, hour + 2),
                            lateness_reason=LatenessReason.FAMILY_ILL if late else "",
                            lateness_note="The mother was in hospital." if late else "",
                            lateness_agreed_by="Tess Lindqvist and Cora Whitfield" if late else "",
                        )  # fmt: skip
                        return self.declare(day)
                    except Invalid as taken:
                        why = taken
        raise why

    def invite(self, on: date | None = None):
        """The administrator sees that nobody meets who must not, answers what is missing, and sends the invitations."""
        day = on or self.after(10)
        with living_on(day, 9):
            by = as_(self.administrator, day)
            invite_everyone(by, self.conference)

    def reply(self, on: date):
        """The professionals say that they will come."""
        with living_on(on, 12):
            for invitation in self.conference.invitations.filter(user__isnull=False, sent_at__isnull=False):
                if not invitation.awaits_reply:
                    continue
                by = as_(invitation.user, on)
                invitations_actions.answer_invitation(by=by, invitation=invitation, reply=Reply.COMING)


def invite_everyone(by, conference):
    """Invite everyone who is proposed, as it is proposed: of two who must not meet, the other comes later by video."""
    missing = [(gap.role, child) for gap in gaps_of(conference) for child in gap.children or [None]]
    if missing:
        why = "Nobody there has met the family yet."
        reasons = [(role, child, why) for role, child in missing]
        invitations_actions.record_not_invited(by=by, conference=conference, reasons=reasons)
    worker = as_(conference.family.social_worker, by.on)
    stands = list_check(conference, invitations_of(conference))
    if stands.why:
        invitations.check_list(by=worker, conference=conference, fingerprint=stands.fingerprint)
    notify.send_invitations(by=by, conference=conference)


def _what_was_said(manager, worker, by_when) -> discussions.Discussed:
    people = {
        "social_care": (f"{manager}, team manager. {worker}, social worker", "The family is not known to us.", ""),
        "police": ("DC Des Arkwright", "Police had been to the home twice.", "police"),
        "health": ("Helen Adeyemi, health visitor", "The last visit was missed.", ""),
        "education": ("Piers Halloran, Larkfield Primary School", "The school rang on Monday.", ""),
    }
    return discussions.Discussed(
        chaired_by=f"{manager}, team manager",
        concerns="A neighbour rang on Sunday, and the school on Monday.",
        agencies=tuple(
            discussions.AskedAgency(agency, True, who, shared=shared, audience=audience or "professionals")
            for agency, (who, shared, audience) in people.items()
        ),
        actions=(discussions.PlannedAction("See each child alone.", worker, by_when),),
    )


def _who_knows(child, day):
    if child.is_unborn:
        return [AgencyKind.MIDWIFERY, AgencyKind.GP]
    age = (day - child.born_on).days // 365
    if age < 5:
        return [AgencyKind.HEALTH_VISITING, AgencyKind.GP, *([AgencyKind.NURSERY] if age > 1 else [])]
    school = "Larkfield Primary School" if age < 11 else "Northgate Academy"
    return [school, AgencyKind.SCHOOL_NURSING, AgencyKind.GP]
