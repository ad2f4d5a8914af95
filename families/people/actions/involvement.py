"""Records which agencies work with which child."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families.people.actions.concurrency import refuse_if_changed, require_family_members
from families.people.choices import Part
from families.people.models import Involvement
from families.people.queries.merged_records import parts_in

FIELDS = ("agency_id", "professional_id", "from_on", "to_on")


def record_involvement(*, by, family, children, agency, from_on, professional=None, to_on=None) -> list[Involvement]:
    """Record that the agency works with each of ``children`` between two days; one row a child."""
    with acting(by, Permission.RECORD_FAMILY, on=family, agency=agency.pk):
        children = list(children)
        if not children:
            raise Invalid("Select at least one child the agency works with", "children")
        require_family_members(family, children)
        parts = parts_in(family)
        if any(parts[child.pk] != Part.CHILD for child in children):
            raise Invalid("Only a child’s agencies are recorded here", "children")
        _check(agency, professional, from_on, to_on, by.on)
        return [
            Involvement.objects.create(
                child=child, agency=agency, professional=professional, from_on=from_on, to_on=to_on
            )
            for child in children
        ]


def change_involvement(
    *, by, family, involvement, agency, from_on, professional=None, to_on=None, seen=None
) -> Involvement:
    """Change the agency, the professional and the days. Raises Stale if somebody else saved first."""
    with acting(by, Permission.RECORD_FAMILY, on=family, involvement=involvement.pk):
        require_family_members(family, [involvement.child])
        _check(agency, professional, from_on, to_on, by.on)
        involvement.refresh_from_db()
        given = {
            "agency_id": agency.pk,
            "professional_id": getattr(professional, "pk", None),
            "from_on": from_on,
            "to_on": to_on,
        }
        refuse_if_changed(involvement, FIELDS, seen, given)
        involvement.agency, involvement.professional = agency, professional
        involvement.from_on, involvement.to_on = from_on, to_on
        involvement.save()
        return involvement


def _check(agency, professional, from_on, to_on, on) -> None:
    if professional is not None and professional.agency_id != agency.pk:
        raise Invalid(f"{professional} does not work at {agency}. Choose somebody who does", "professional")
    if from_on > on:
        raise Invalid("The day they became involved must be today or in the past", "from_on")
    if to_on and to_on < from_on:
        raise Invalid("The last day cannot be before the first", "to_on")
