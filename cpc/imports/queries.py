"""What an import asks the service before it writes: who and what is here already. Nothing here writes."""

from django.utils import timezone

from conferences.models import Conference, Room
from conferences.models.convening import TAKES_PLACE
from conferences.plans.choices import PlanState
from conferences.plans.models import ProtectionPlan
from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import Team, User
from cpc.core.policy.queries import calendar
from cpc.imports.rules.checking import Known
from cpc.imports.rules.columns import EVENTS, MEETINGS, PEOPLE, PLANS
from cpc.imports.rules.rows import Fault
from families.models import Family, Membership, Person

AT_A_TIME = 2_000


def known(rows, on) -> Known:
    """What these rows speak of that is here already (a few queries for every two thousand rows)."""
    numbers = {row["person_id"] for name in (PEOPLE.name, PLANS.name, EVENTS.name) for row in rows.get(name, ())}
    numbers |= {pk.upper() for row in rows.get(PEOPLE.name, ()) for pk in row["relationship_to"] or ()}
    families = {row["family_number"] or "" for name in (PEOPLE.name, MEETINGS.name) for row in rows.get(name, ())}
    people = people_by_number(numbers)
    here = families_by_number(families)
    under_plan = ProtectionPlan.objects.filter(state=PlanState.OPEN, family__in=here.values())
    nhs = {row["nhs_number"] for row in rows.get(PEOPLE.name, ()) if row["nhs_number"]}
    active = User.objects.filter(is_active=True)
    workers = active.filter(roles_held__role=Role.SOCIAL_WORKER).values_list("email", "team__name")
    return Known(
        on=on,
        calendar=calendar(),
        people=people,
        families=frozenset(here),
        under_plan=frozenset(number.casefold() for number in under_plan.values_list("family__case_number", flat=True)),
        taken_nhs={
            digits: number or "somebody here"
            for chunk in _chunks(nhs)
            for digits, number in Person.objects.filter(nhs_number__in=chunk).values_list(
                "nhs_number", "case_system_id"
            )
        },
        teams=frozenset(Team.objects.filter(kind=TeamKind.SOCIAL_WORK).values_list("name", flat=True)),
        workers={email.lower(): team or "" for email, team in workers},
        chairs=frozenset(
            email.lower() for email in active.filter(roles_held__role=Role.CHAIR).values_list("email", flat=True)
        ),
        rooms=frozenset(Room.objects.filter(is_active=True).values_list("name", flat=True)),
        plans=_open_plans(people),
    )


def people_by_number(numbers) -> dict[str, dict]:
    """The people with these numbers of the case system: id, name, dates, part and family; ``several`` where two people
    have the number, so that nothing can be said of either."""
    found = {}
    for chunk in _chunks(numbers):
        rows = Membership.objects.filter(person__case_system_id__in=chunk).values_list(
            "person__case_system_id", "person_id", "person__merged_into", "person__first_name", "person__last_name",
            "person__born_on", "person__expected_on", "person__died_on", "part", "family__case_number", "family_id",
        )  # fmt: skip
        for number, pk, merged_into, first, last, born_on, expected_on, died_on, part, family, family_id in rows:
            same = found.get(number)
            found[number] = {
                "several": bool(same and (same["several"] or same["id"] != (merged_into or pk))),
                "id": merged_into or pk, "name": f"{first} {last}".strip(), "born_on": born_on,
                "expected_on": expected_on, "died_on": died_on, "part": part, "family_number": family,
                "family_id": family_id,
            }  # fmt: skip
    return found


def families_by_number(numbers) -> dict[str, Family]:
    """The families with these case numbers, in capitals or not, by their number in small letters."""
    spelt = {form for number in numbers for form in (number, number.upper(), number.lower())}
    found = (family for chunk in _chunks(spelt) for family in Family.objects.filter(case_number__in=chunk))
    return {family.case_number.casefold(): family for family in found}


def _open_plans(people) -> dict[str, object]:
    ids = {each["id"]: number for number, each in people.items()}
    return {
        ids[child]: started_on
        for chunk in _chunks(ids)
        for child, started_on in ProtectionPlan.objects.filter(state=PlanState.OPEN, child__in=chunk).values_list(
            "child", "started_on"
        )
    }


def taken(rows, moments) -> list[Fault]:
    """The reviews of these rows whose chair or room has another conference at that time. ``moments``: (start, end)."""
    faults = []
    for row in rows:
        if row["kind"] != "review" or row["ends"] is None:
            continue
        starts_at, ends_at = moments(row)
        clash = Conference.objects.filter(state__in=TAKES_PLACE, starts_at__lt=ends_at, ends_at__gt=starts_at)
        clash = clash.exclude(family__case_number__iexact=row["family_number"], starts_at=starts_at)
        if clash.filter(chair__email__iexact=row["chair_email"] or "").exists():
            faults.append(Fault(MEETINGS.name, row.number, "chair_email", row["chair_email"], "The chair is not free"))
        if clash.filter(room__name=row["place"]).exists():
            faults.append(Fault(MEETINGS.name, row.number, "place", row["place"], "The room is not free at that time"))
    return faults


def moments(row) -> tuple:
    """When a booked meeting starts and ends, in London."""
    zone = timezone.get_default_timezone()
    end = row["ends"] or row["starts"]
    return tuple(timezone.datetime.combine(row["on"], at, tzinfo=zone) for at in (row["starts"], end))


def users_by_email(emails) -> dict[str, User]:
    """The users with these e-mail addresses, by the address in small letters."""
    wanted = {email for email in emails if email}
    return {user.email.lower(): user for user in User.objects.filter(email__in=wanted)} if wanted else {}


def _chunks(values):
    values = sorted(values, key=str)
    return [values[start : start + AT_A_TIME] for start in range(0, len(values), AT_A_TIME)]
