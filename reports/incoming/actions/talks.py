"""Plan when the chair speaks with the family before a conference."""

from datetime import datetime

from conferences.convening.models import Conference
from conferences.separation.queries.presences import met_elsewhere
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Person
from reports.incoming.models import PlannedTalk
from reports.incoming.queries.presences import talk_presence
from reports.incoming.queries.requested import can_still_write, contributions_of


def plan_talk(*, by, conference: Conference, person: Person, at: datetime, how: str = "") -> PlannedTalk:
    """Plan, or plan again, when the chair speaks with this person; before the conference begins."""
    with acting(by, Permission.RECORD_CHAIR_TALK, on=conference, person=person.full_name):
        if not can_still_write(conference) or conference.starts_at is None:
            raise WrongState("The conference is not booked, so no conversation can be planned.")
        if person.pk not in {row.person.pk for row in contributions_of(conference) if row.speaks_for_themselves}:
            raise Invalid("Choose a child of this conference, or somebody of the family who is invited.", "person")
        if at >= conference.starts_at:
            raise Invalid("The conversation must be before the conference begins.", "time")
        planned = PlannedTalk.objects.filter(conference=conference, person=person).first()
        planned = planned or PlannedTalk(conference=conference, person=person)
        planned.at = at
        if met_elsewhere([talk_presence(planned)]):
            raise Invalid(
                "Somebody they must not meet is expected in the same building then. Choose another time.", "time"
            )
        plan, _ = PlannedTalk.objects.update_or_create(
            conference=conference, person=person,
            defaults={
                "at": at, "conference_at": conference.starts_at, "how": how.strip(),
                "planned_by_id": by.id or conference.chair_id,
            },
        )  # fmt: skip
        return plan
