"""How people may safely be reached and where they live: a right of its own."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families import rules
from families.actions.stale import refuse_if_changed
from families.actions.standing import agreed, check_standing
from families.actions.strangers import refuse_strangers
from families.choices import AddressKind, Detail, ProtectionSource, SafeContact
from families.models import Address, ContactDetails, Protection
from families.queries.contact import contact_shown
from families.queries.shut import as_they_stand

RECORD = Permission.RECORD_CONTACT_DETAILS
CONTACT_FIELDS = ("safe_contact", "hand_by_id", "email", "phone", "note")
ADDRESS_FIELDS = ("kind", "care_of", "lines", "postcode", "from_on", "to_on", "is_safe_for_post")


def record_contact(
    *, by, family, person, safe_contact, hand_by=None, email="", phone="", note="", seen=None
) -> ContactDetails:
    """How the person may be reached is as given, and made sure of today; raises Stale when somebody saved first.

    Where a family that is closed to ``by`` has recorded another way since, neither is trusted: the way is not known
    until somebody who may read both has made sure of it, and nobody is told of the other.
    """
    with acting(by, RECORD, on=family, person=person.pk):
        refuse_strangers(family, [person])
        if wrong := rules.is_safe_for_route(safe_contact, email=email, phone=phone, has_hand=hand_by is not None):
            raise Invalid(wrong[1], wrong[0])
        found = ContactDetails.objects.select_for_update().filter(person=person).first()
        contact = found or ContactDetails(person=person)
        given = {
            "safe_contact": safe_contact, "email": email.strip(), "phone": phone.strip(), "note": note.strip(),
            "hand_by_id": hand_by.pk if hand_by and safe_contact == SafeContact.HAND else None,
        }  # fmt: skip
        shown = contact_shown(by, person) or ContactDetails(person_id=person.pk)
        refuse_if_changed(shown, CONTACT_FIELDS, seen, given)
        unseen = found is not None and not as_they_stand(by, [found])
        if unseen and found.safe_contact not in (given["safe_contact"], SafeContact.UNKNOWN):
            given |= {"safe_contact": SafeContact.UNKNOWN, "hand_by_id": None}
        for field, value in given.items():
            setattr(contact, field, value)
        contact.confirmed_on = None if unseen else by.on
        contact.save()
        return contact


def confirm_contact(*, by, family, person) -> ContactDetails:
    """Somebody has made sure today that this is how the person may be reached."""
    with acting(by, RECORD, on=family, person=person.pk):
        refuse_strangers(family, [person])
        contact = ContactDetails.objects.select_for_update().filter(person=person).first()
        if contact is None or contact.safe_contact == SafeContact.UNKNOWN or not as_they_stand(by, [contact]):
            raise WrongState("It is not recorded yet how this person can safely be reached.")
        contact.confirmed_on = by.on
        contact.save()
        return contact


def record_address(
    *, by, family, person, lines, postcode, address=None, kind=AddressKind.HOME, care_of="", from_on=None,
    to_on=None, is_protected=None, is_safe_for_post=True, also_for=(), leaving=(), seen=None,
) -> Address:  # fmt: skip
    """The person has this address; so has each of ``also_for``. ``address`` is the row to correct, if there is one.

    ``leaving`` are the addresses that they leave for it: each ends on the day they moved in, for all who move. A new
    one that ``is_protected`` is kept from everyone outside the case at once; whose entry it is may be completed later.
    """
    with acting(by, RECORD, on=family, person=person.pk):
        movers = [person, *also_for]
        refuse_strangers(family, movers)
        if address is None:
            address = Address(person=person)
        else:
            address = Address.objects.select_for_update().get(pk=address.pk, person=person)
        given = {
            "lines": "\n".join(line.strip() for line in lines.splitlines() if line.strip()),
            "kind": kind, "care_of": care_of.strip(), "postcode": postcode.strip(), "from_on": from_on, "to_on": to_on,
            "is_safe_for_post": is_safe_for_post,
        }  # fmt: skip
        _check_address(given, by.on)
        if address.pk:
            refuse_if_changed(address, ADDRESS_FIELDS, seen, given)
        for field, value in given.items():
            setattr(address, field, value)
        address.save()
        rows = [address, *(Address.objects.create(person=other, **given) for other in also_for)]
        for row in rows if is_protected else ():
            _keep(row, by, family)
        for old in leaving:
            _leave(old, movers, rows, from_on or by.on)
        return address


def _keep(address, by, family) -> None:
    if not Protection.objects.live().filter(address=address).exists():
        given = check_standing(
            by, source=ProtectionSource.JUDGEMENT, reason="Recorded with the address", review_on=None
        )
        Protection.objects.create(
            person=address.person, detail=Detail.ADDRESS, address=address, **given, **agreed(by, family)
        )
    address.is_protected = True


def _leave(old, movers, rows, on) -> None:
    """The address ends for all who move; who moves in before they had come keeps the day they came."""
    same = Address.objects.filter(person__in=movers, lines=old.lines, postcode=old.postcode, to_on__isnull=True)
    for address in same.exclude(pk__in=[row.pk for row in rows]):
        address.to_on = max(on, address.from_on or on)
        address.save()


def _check_address(given, on) -> None:
    if not given["lines"]:
        raise Invalid("Enter the address", "lines")
    if not given["postcode"]:
        raise Invalid("Enter the postcode", "postcode")
    if given["kind"] == AddressKind.CUSTODY and not given["care_of"]:
        raise Invalid("Enter the prison and the prisoner’s number: post goes care of it", "care_of")
    if given["from_on"] and given["from_on"] > on:
        raise Invalid("The day they moved in must be today or in the past", "from_on")
    if given["from_on"] and given["to_on"] and given["to_on"] < given["from_on"]:
        raise Invalid("The day they left cannot be before the day they moved in", "to_on")


__all__ = ["confirm_contact", "record_address", "record_contact", "refuse_strangers"]
