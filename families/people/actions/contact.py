"""Records how people may safely be reached and where they live. It needs a permission of its own."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.phrases import lines_of
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.actions.circles import hold_pending_in_other_circles
from families.people.actions.concurrency import refuse_if_changed, require_family_members
from families.people.actions.reviewing import agreement_by, checked_entry
from families.people.choices import RECORDED_WITH_ADDRESS, AddressKind, Detail, ProtectionSource, SafeContact
from families.people.models import Address, ContactDetails, Protection
from families.people.rules.people import is_safe_for_route

RECORD = Permission.RECORD_CONTACT_DETAILS
CONTACT_FIELDS = ("safe_contact", "hand_by_id", "email", "phone", "note")
ADDRESS_FIELDS = ("kind", "care_of", "lines", "postcode", "from_on", "to_on", "is_safe_for_post")


def record_contact(
    *, by, family, person, safe_contact, hand_by=None, email="", phone="", note="", seen=None
) -> ContactDetails:
    """Record how the person may be reached, as confirmed today. Raises Stale if somebody else saved first."""
    with acting(by, RECORD, on=family, person=person.pk):
        require_family_members(family, [person])
        if wrong := is_safe_for_route(safe_contact, email=email, phone=phone, has_hand=hand_by is not None):
            raise Invalid(wrong[1], wrong[0])
        found = ContactDetails.objects.select_for_update().filter(person=person).first()
        contact = found or ContactDetails(person=person)
        given = {
            "safe_contact": safe_contact, "email": email.strip(), "phone": phone.strip(), "note": note.strip(),
            "hand_by_id": hand_by.pk if hand_by and safe_contact == SafeContact.HAND else None,
        }  # fmt: skip
        refuse_if_changed(contact, CONTACT_FIELDS, seen, given)
        for field, value in given.items():
            setattr(contact, field, value)
        contact.confirmed_on = by.on
        contact.save()
        hold_pending_in_other_circles(family, person)
        return contact


def confirm_contact(*, by, family, person) -> ContactDetails:
    """Record that how the person may be reached was confirmed today."""
    with acting(by, RECORD, on=family, person=person.pk):
        require_family_members(family, [person])
        contact = ContactDetails.objects.select_for_update().filter(person=person).first()
        if contact is None or contact.safe_contact == SafeContact.UNKNOWN:
            raise WrongState("It is not recorded yet how this person can safely be reached.")
        contact.confirmed_on = by.on
        contact.save()
        return contact


def record_address(
    *, by, family, person, lines, postcode, address=None, kind=AddressKind.HOME, care_of="", from_on=None,
    to_on=None, is_protected=None, is_safe_for_post=True, is_abroad=False, also_for=(), leaving=(), seen=None,
) -> Address:  # fmt: skip
    """Record an address for the person and for each of ``also_for``. ``address`` is the row to correct, if any.

    ``leaving`` are the former addresses: each ends on the day they moved in, for all who move. With ``is_protected``
    the address is withheld from everyone outside the case at once. The protection's details can be completed later.
    An address abroad has its postcode and country in its ``lines``, and no ``postcode``.
    """
    with acting(by, RECORD, on=family, person=person.pk):
        movers = [person, *also_for]
        require_family_members(family, movers)
        if address is None:
            address = Address(person=person)
        else:
            address = Address.objects.select_for_update().get(pk=address.pk, person=person)
        given = {
            "lines": "\n".join(lines_of(lines)),
            "kind": kind, "care_of": care_of.strip(), "postcode": postcode.strip(), "from_on": from_on, "to_on": to_on,
            "is_safe_for_post": is_safe_for_post,
        }  # fmt: skip
        _check_address(given, by.on, is_abroad)
        if address.pk:
            refuse_if_changed(address, ADDRESS_FIELDS, seen, given)
        for field, value in given.items():
            setattr(address, field, value)
        address.save()
        rows = [address, *(Address.objects.create(person=other, **given) for other in also_for)]
        for row in rows if is_protected else ():
            _protect_address(row, by, family)
        for old in leaving:
            _end_address(old, movers, rows, from_on or by.on)
        hold_pending_in_other_circles(family, *movers)
        return address


def _protect_address(address, by, family) -> None:
    if not Protection.objects.live().filter(address=address).exists():
        given = checked_entry(by, source=ProtectionSource.JUDGEMENT, reason=RECORDED_WITH_ADDRESS, review_on=None)
        Protection.objects.create(
            person=address.person, detail=Detail.ADDRESS, address=address, **given, **agreement_by(by, family)
        )
    address.is_protected = True


def _end_address(old, movers, rows, on) -> None:
    """End the address for all who move, but never before the day they moved there."""
    same = Address.objects.filter(person__in=movers, house_key=old.house_key, to_on__isnull=True)
    for address in same.exclude(pk__in=[row.pk for row in rows]):
        address.to_on = max(on, address.from_on or on)
        address.save()


def _check_address(given, on, is_abroad) -> None:
    if not given["lines"]:
        raise Invalid("Enter the address", "lines")
    if is_abroad and ("\n" not in given["lines"] or given["postcode"]):
        raise Invalid("Write the whole address here, with its postcode, and the country in the last line", "lines")
    if not given["postcode"] and not is_abroad:
        raise Invalid("Enter the postcode", "postcode")
    if given["kind"] == AddressKind.CUSTODY and not given["care_of"]:
        raise Invalid("Enter the prison and the prisoner’s number: post goes care of it", "care_of")
    if given["from_on"] and given["from_on"] > on:
        raise Invalid("The day they moved in must be today or in the past", "from_on")
    if given["from_on"] and given["to_on"] and given["to_on"] < given["from_on"]:
        raise Invalid("The day they left cannot be before the day they moved in", "to_on")


__all__ = ["confirm_contact", "record_address", "record_contact", "require_family_members"]
