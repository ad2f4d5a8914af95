"""Who is proposed again for the list of people to invite: those of the last conference, and as other apps know them."""

from collections.abc import Callable

from django.db.models import Q

from conferences.convening.choices import Attendance, ConferenceState
from conferences.convening.models import Conference
from conferences.convening.queries.uninformed import children_withheld_from
from conferences.convening.rules.invitations import Proposal
from cpc.core.kernel.dates import in_words
from families.people.models import Person
from families.people.queries.merged_records import parts_in

Source = Callable[[Conference, list[Person]], list[Proposal]]
_sources: list[Source] = []
# They come for one conference: a child is asked by age, social care is who holds the case now, and the others are
# arranged again.
NOT_PROPOSED_AGAIN = ("child", "social_worker", "team_manager", "supporter", "solicitor", "interpreter", "minute_taker")


def proposed_again(conference, children) -> list[Proposal]:
    """Everybody that the last conference, or a registered source, knows for these children, each with the reason."""
    return [one for source in (_invited_last_time, *_sources) for one in source(conference, children)]


def proposes_also(source: Source) -> Source:
    """Register ``source(conference, children)``: more people to propose, as an app above this one knows them."""
    if source not in _sources:
        _sources.append(source)
    return source


def may_be_proposed_again(conference, children, people) -> set[int]:
    """Those of ``people`` (ids) who are of the family, live, and may learn of each of the ``children``."""
    withheld = children_withheld_from(people, [child.pk for child in children])
    members = parts_in(conference.family_id)
    living = Person.objects.filter(pk__in=people, died_on__isnull=True, is_unknown=False, merged_into__isnull=True)
    return {pk for pk in living.values_list("pk", flat=True) if pk in members and not withheld[pk]}


def still_works_for(user, agency) -> bool:
    """Whether a professional has an open account, and an agency that is in use, which is the one they came from."""
    if user is None:
        return bool(agency and agency.is_active)
    return user.is_active and (agency is None or (agency.is_active and user.agency_id == agency.pk))


def _invited_last_time(conference, children) -> list[Proposal]:
    """Those who were invited to the family's last conference, for the children that both are about."""
    held = Conference.objects.filter(family=conference.family_id, state=ConferenceState.HELD).exclude(pk=conference.pk)
    last = conference.previous or held.order_by("-starts_at").first()
    if last is None or last.held_on is None:
        return []
    rows = last.invitations.filter(withdrawn_at__isnull=True).select_related("user", "agency")
    # The chair is asked again about family who were excluded before it. Nothing is sent to them until then.
    excluded = set(last.exclusions.in_force().filter(person__isnull=False).values_list("person", flat=True))
    came = Q(sent_at__isnull=False) & ~Q(attendance=Attendance.EXCLUDED)
    rows = rows.filter(came | Q(person__in=excluded))
    rows = list(rows.prefetch_related("children").order_by("kind", "pk"))
    rows = [one for one in rows if one.role not in NOT_PROPOSED_AGAIN]
    welcome = may_be_proposed_again(conference, children, [one.person_id for one in rows if one.person_id])
    return [
        Proposal(
            one.kind, one.role, one.name,
            f"Was {'excluded from' if one.person_id in excluded else 'invited to'} the last conference, on "
            f"{in_words(last.held_on)}.",
            tuple(row.child_id for row in one.children.all()), person=one.person_id, user=one.user_id,
            agency=one.agency_id, report_asked=one.report_asked,
        )
        for one in rows
        if (one.person_id in welcome if one.person_id else still_works_for(one.user, one.agency))
    ]  # fmt: skip
