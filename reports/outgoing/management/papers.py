"""The other documents, messages and screens of a case of the generated search: does one tell where somebody will be?

Looked at are the letters with the date of a core group or a child in need meeting, a child’s letters, each page of the
safety plan, an e-mail with its calendar entry, and the screen in the room.
"""

from dataclasses import dataclass
from types import SimpleNamespace

from conferences.convening.choices import INVITED, InviteeRole
from conferences.convening.letters import notices
from conferences.convening.letters.invitation_family import who_comes
from conferences.convening.letters.safety_plan_page import safety_plan_page
from conferences.convening.models import Invitation, InvitationChild, SafetyPlan, SafetyPlanPerson, SafetyPlanStep
from conferences.convening.queries.letter_context import LetterContext
from conferences.convening.queries.safety_plans import PlanReader, steps_for
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.queries.room import Listener, people_present
from conferences.plans.letters.meeting_date_family import meeting_date_family
from conferences.plans.models import CoreGroupMember
from conferences.plans.queries.attending import attendees_of_core_group, called, when_and_where
from conferences.plans.queries.presences import core_group_presence
from conferences.separation.queries import withheld
from conferences.separation.queries.presences import clock
from cpc.core.accounts.models import Agency, Team, User
from cpc.core.documents.readers import Recipient
from families.cases.models import Family
from families.people.models import Person
from families.protections.rules.withheld import Withheld
from reports.outgoing.letters import decision_child
from reports.outgoing.letters.parts.paragraphs import long_day
from reports.outgoing.queries.facts import Facts


@dataclass
class Papers:
    """The documents of one case. ``hidden`` are the people who are protected from each adult, as it was drawn."""

    case: object
    members: tuple[int, ...]
    hidden: dict[int, list[int]]

    def search(self, facts: Facts, need_meeting_is_booked: bool) -> list[str]:
        """Every document or screen that tells one person of the case where another will be."""
        self.names = {one.person_id: one.name for one in self.case.invitations}
        self.context = self._context()
        return [
            *self._date_letters(need_meeting_is_booked),
            *self._letters_to_children(facts),
            *self._pages_of_the_safety_plan(),
            *self._email(),
            *self._screen(),
        ]

    def _context(self) -> LetterContext:
        case, worker = self.case, User(pk=91, first_name="Sam", last_name="Worker", is_active=True)
        case.conference.family = Family(pk=1, social_worker=worker, team=Team(pk=1, name="A team"))
        children = [self._known(Person(pk=pk, first_name=f"Child{pk}")) for pk in case.children]
        for one in case.invitations:
            self._known(one.person)
            self._covers(one, children)
        return LetterContext(
            conference=case.conference, invitations=case.invitations, children=children, addresses={},
            names=tuple(name for said in self.names.values() for name in said.split()), pairs=case.pairs,
            separate=(*case.pairs, *case.child_pairs),
        )  # fmt: skip

    def _known(self, person: Person) -> Person:
        person._state.fields_cache["contact_details"] = None
        return person

    def _covers(self, invitation: Invitation, children) -> Invitation:
        rows = [InvitationChild(invitation=invitation, child=child) for child in children]
        invitation._prefetched_objects_cache = {"children": _Rows(rows)}
        return invitation

    # --- The letters ----------------------------------------------------------------------------------------------

    def _date_letters(self, need_meeting_is_booked):
        case = self.case
        rows = [CoreGroupMember(person_id=pk, name=self.names[pk], part="parent") for pk in self.members]
        told = [one.recipient.id for one in attendees_of_core_group(rows, set())]
        yield from self._date_letter(case.meeting, told, self.members)
        if need_meeting_is_booked:
            yield from self._date_letter(case.need_meeting, case.need_people, case.need_people)

    def _date_letter(self, meeting, told, takes_part):
        for invitation in self.case.invitations:
            reader = invitation.person_id
            if reader not in told:
                continue
            when = when_and_where(meeting)
            said = repr(meeting_date_family(self.context, invitation, called(meeting), when, None, when.day))
            for person in self.hidden[reader]:
                if self.names[person] in said or person in takes_part:
                    yield f"the date letter of {invitation.name} tells when {self.names[person]} comes"

    def _letters_to_children(self, facts):
        case = self.case
        apart = {pk for pair in (*case.pairs, *case.child_pairs) for pk in pair.key}
        days = (long_day(case.meeting.starts_at.date()), f"{long_day(case.review_at.date())} at")
        delivery = SimpleNamespace(lines=())
        for child in self.context.children:
            invitation = Invitation(
                pk=child.pk, conference=case.conference, person=child, name=child.full_name, kind=InviteeKind.FAMILY,
                role=InviteeRole.CHILD,
            )  # fmt: skip
            self._covers(invitation, [child])
            copy = SimpleNamespace(invitation=invitation, invitation_id=child.pk)
            decided = decision_child.build(facts, copy, on=case.conference.held_on, delivery=delivery)
            said = repr((who_comes(self.context, invitation), decided))
            if [day for day in days if day in said] or [
                name for pk, name in self.names.items() if pk in apart and name in said
            ]:
                yield f"a letter to {child.full_name} tells when or that somebody comes: {said}"

    def _pages_of_the_safety_plan(self):
        case = self.case
        day = case.conference.held_on
        plan = SafetyPlan(pk=1, family=case.conference.family, worries="They shout.", made_on=day, review_on=day)
        rows = {
            one.person_id: SafetyPlanPerson(pk=one.person_id, plan=plan, person=one.person, name=one.name)
            for one in case.invitations
        }
        steps = [
            SafetyPlanStep(plan=plan, who=rows[pk], what=what, due_on=day, for_all=for_all)
            for pk, what, for_all in case.steps
        ]
        for reader, row in rows.items():
            page = safety_plan_page(PlanReader(row, *steps_for(row, steps, case.pairs), Withheld()), day)
            for person in self.hidden[reader]:
                if self.names[person] in repr((page.own, page.others)):
                    yield f"the safety plan of {row.name} tells what {self.names[person]} does"

    # --- Messages and screens -------------------------------------------------------------------------------------

    def _email(self):
        case = self.case
        agency = Agency(pk=1, name="Alder Lane School", email="office@example.org")
        invitation = Invitation(
            pk=92, conference=case.conference, agency=agency, name="Tea Cher", kind=InviteeKind.PROFESSIONAL,
            role=InviteeRole.SCHOOL, mode="room",
        )  # fmt: skip
        self._covers(invitation, self.context.children)
        sent = notices.for_professional(self.context, invitation, INVITED, stamped_at=case.conference.starts_at)
        said = f"{sent.subject} {sent.body} {sent.calendar_file}"
        if found := [name for name in self.context.names if name in said]:
            yield f"the e-mail to a school, or its calendar entry, names {found}"

    def _screen(self):
        case, day = self.case, self.case.meeting.starts_at
        here = [one for one in case.invitations if one.person_id in case.here]
        ids = {one.person_id for one in here}
        screen = people_present(
            here, [self._listener(one) for one in here], [pair for pair in case.pairs if pair.key <= ids]
        )
        listed = {one.person_id for one in screen.listed}
        for pair in case.pairs:
            if pair.key <= ids and pair.key & listed:
                yield f"the room’s screen lists one of {sorted(pair.key)}, who are both here"
        for reader in ids - set(self.members):
            for person in set(self.hidden[reader]) & set(self.members):
                if screen.shows(words=f"She comes on {long_day(day.date())} at {clock(day)}."):
                    yield f"the room’s screen tells {self.names[reader]} when {self.names[person]} comes"

    def _listener(self, invitation) -> Listener:
        reader = invitation.person_id
        kept = withheld.people_protected_from(reader, list(self.case.pairs)) & set(self.members)
        coming = [core_group_presence(pk, self.names[pk], self.case.meeting) for pk in kept]
        protected = withheld.protect_presences(coming, [self.case.presences[reader]])
        return Listener(Recipient(kind="person", id=reader, name=invitation.name), Withheld(protected=protected))


class _Rows(list):
    """Rows that were drawn, read as those of a record."""

    def all(self):
        return self
