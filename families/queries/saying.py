"""What must not be learnt, who must not meet and what to be warned of, each as one sentence."""

from cpc.core.kernel.phrases import listed
from families.choices import Detail, MustNotLearnWhat

W = MustNotLearnWhat
_WHOSE = {Detail.ADDRESS: "address", Detail.PHONE: "phone number", Detail.EMAIL: "email address"}


def said_of_must_not_learn(entry) -> str:
    """ "Lewis Hart must not learn where Dana Marlow lives."."""
    about = entry.about.full_name
    what = {
        W.EXISTENCE: f"that {about} exists",
        W.PATERNITY: f"that {about} is the father of {entry.of_child.full_name if entry.of_child else ''}",
        W.WHEREABOUTS: f"where {about} lives",
        W.PLACEMENT: f"where {about} is placed",
        W.SCHOOL: f"which school or nursery {about} goes to",
        W.FACT: f"a fact about {about}",
    }[entry.what]
    return f"{entry.reader.full_name} must not learn {what}."


def said_of_protection(entry, *, naming_the_address=False, of=()) -> str:
    """ "Dana Marlow’s address is kept from everyone outside the case." ``kept_from`` is prefetched with its people.

    ``of`` are the entries of everybody at the address, where it is said of all of them at once.
    """
    names = [one.person.full_name for one in entry.kept_from.all()]
    whom = "everyone outside the case" if entry.from_everyone else listed(names)
    if entry.from_everyone and names:
        whom = f"{whom}, and from {listed(names)}"
    where = f", {entry.address}," if naming_the_address and entry.address_id else ""
    if of:
        people = listed([one.record.person.full_name for one in of])
        return f"The address of {people}{where or ''} is kept from {whom}."
    return f"{entry.person.full_name}’s {_WHOSE[entry.detail]}{where} is kept from {whom}."


def said_of_must_not_meet(entry) -> str:
    """ "Lewis Hart and Dan Pryce must not meet."."""
    return f"{entry.one.full_name} and {entry.other.full_name} must not meet."


def said_of_warning(entry) -> str:
    """ "Risk to workers: Lewis Hart." or, for the whole family, "Animals in the home"."""
    label = entry.get_kind_display()
    return f"{label}: {entry.person.full_name}." if entry.person_id else f"{label}."
