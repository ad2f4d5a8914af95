"""What people do with the directory of agencies: each agency, who to phone there, the days on which it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from cpc.core.accounts.models import Agency, AgencyClosure, AgencyContact
from cpc.core.accounts.permissions import Permission, about_no_family
from cpc.core.accounts.rules import AgencyEntry
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid

about_no_family(Agency, AgencyContact, AgencyClosure)

# What is recorded of an agency beside its name and kind.
DETAILS = ("reference", "email", "email_is_secure", "phone", "address", "is_active")


def record_agency(*, by, name, kind, agency=None, **details) -> Agency:
    """Add an agency, or change ``agency``; ``details`` are some of DETAILS. What is not given stays as it is."""
    with acting(by, Permission.KEEP_DIRECTORY, on=agency, agency=name):
        return _put(agency or Agency(), name, kind, details)


def _put(agency, name, kind, details) -> Agency:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Enter the name of the agency", "name")
    others = Agency.objects.exclude(pk=agency.pk)
    if others.filter(name__iexact=name, kind=kind).exists():
        raise Invalid("There is already an agency of this name and kind", "name")
    details = {key: value.strip() if isinstance(value, str) else value for key, value in details.items()}
    if reference := details.get("reference"):
        details["reference"] = reference = reference.upper()
        if other := others.filter(reference=reference).first():
            raise Invalid(f"{other} has this number already. Change its entry, or correct the number.", "reference")
    agency.name, agency.kind = name, kind
    for key, value in details.items():
        setattr(agency, key, value)
    agency.save()
    return agency


def record_contact(*, by, agency, role, name, phone="", email="", contact=None) -> AgencyContact:
    """Add somebody to phone at the agency, or change ``contact``."""
    with acting(by, Permission.KEEP_DIRECTORY, on=agency, step="contact"):
        if not phone and not email:
            raise Invalid("Enter a phone number or an email address", "phone")
        contact = contact or AgencyContact(agency=agency)
        contact.role, contact.name, contact.phone, contact.email = role, " ".join(name.split()), phone, email
        contact.save()
        return contact


def remove_contact(*, by, contact) -> None:
    """Remove somebody who is no longer to be phoned."""
    with acting(by, Permission.KEEP_DIRECTORY, on=contact.agency, step="contact removed", contact=contact.name):
        contact.delete()


def record_closure(*, by, agency, from_on, until_on, why) -> AgencyClosure:
    """Add days on which the agency is closed, the first and the last included."""
    with acting(by, Permission.KEEP_DIRECTORY, on=agency, step="closed days"):
        if until_on < from_on:
            raise Invalid("The last closed day must be the first closed day or later", "until_on")
        return AgencyClosure.objects.create(agency=agency, from_on=from_on, until_on=until_on, why=why.strip())


def remove_closure(*, by, closure) -> None:
    """Remove days on which the agency is open after all."""
    said = {"from_on": str(closure.from_on), "until_on": str(closure.until_on)}
    with acting(by, Permission.KEEP_DIRECTORY, on=closure.agency, step="closed days removed", **said):
        closure.delete()


@dataclass(frozen=True)
class Comparison:
    """What loading some entries would do: the names of agencies that are new, would change, or stay as they are."""

    new: list[str]
    changed: list[str]
    same: list[str]


def compare(entries: Iterable[AgencyEntry]) -> Comparison:
    """What loading ``entries`` would do. Two queries, whatever their number."""
    found = Comparison([], [], [])
    agencies = _Agencies()
    for entry in entries:
        agency = agencies.of(entry)
        if agency is None:
            found.new.append(entry.name)
        else:
            changes = agencies.is_changed_by(agency, entry)
            (found.changed if changes else found.same).append(entry.name)
    return found


def load_directory(*, by, entries: list[AgencyEntry]) -> Comparison:
    """Add or change every agency in ``entries``: all of them, or none where one is refused. Agencies that are not in it
    stay as they are. An agency is the same if its number is, or else its name and kind.
    """
    with acting(by, Permission.KEEP_DIRECTORY, step="directory loaded", agencies=len(entries)):
        compared, agencies = compare(entries), _Agencies()
        for entry in entries:
            agency = agencies.of(entry)
            if agency is not None and not agencies.is_changed_by(agency, entry):
                continue
            try:
                agency = _put(agency or Agency(), entry.name, entry.kind, entry.details)
            except Invalid as refusal:
                raise Invalid(f"{entry.name}: {refusal}") from None
            for role, name, phone, email in entry.contacts:
                agency.contacts.update_or_create(role=role, name=name, defaults={"phone": phone, "email": email})
        return compared


class _Agencies:
    """The agencies that are there, as an entry finds them."""

    def __init__(self):
        rows = list(Agency.objects.prefetch_related("contacts"))
        self.by_reference = {one.reference: one for one in rows if one.reference}
        self.by_name = {(one.name.casefold(), one.kind): one for one in rows}

    def of(self, entry: AgencyEntry) -> Agency | None:
        """The agency that the entry is about, or None if it is new. With one name and two numbers, they are two."""
        number = entry.details.get("reference", "")
        named = self.by_name.get((entry.name.casefold(), entry.kind))
        if named and number and named.reference and named.reference != number:
            named = None
        return self.by_reference.get(number) or named

    def is_changed_by(self, agency: Agency, entry: AgencyEntry) -> bool:
        """Whether the entry says anything of the agency that is not so already."""
        contacts = {(one.role, one.name, one.phone, one.email) for one in agency.contacts.all()}
        return (
            (agency.name, agency.kind) != (entry.name, entry.kind)
            or any(getattr(agency, key) != value for key, value in entry.details.items())
            or not contacts.issuperset(entry.contacts)
        )
