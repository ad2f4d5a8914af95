"""A second family in which everybody of an open one is too, under the same records, and which has written all it
could of them: names, births, numbers, addresses, relatives, entries. Each with a word that is nobody else's."""

from datetime import date

from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.cases.models import Family
from families.people.actions.search_index import reindex
from families.people.choices import (
    Detail,
    MustNotLearnWhat,
    NameKind,
    Part,
    PartnershipKind,
    ProtectionSource,
    WarningKind,
)
from families.people.models import (
    Address,
    ContactDetails,
    Membership,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PersonName,
    Protection,
    Relationship,
    WarningMarker,
)

WORD = "Qzèx"
# What it wrote that bears no word: two postcodes, a phone, the days on which it says that they were born.
WRITTEN = (WORD, "ZZ6 6QZ", "900666", "13 March 2013", "13 Mar 2013", "13 March 1983", "13 Mar 1983")
PARTS = {
    "rosa": Part.CHILD, "theo": Part.CHILD, "mother": Part.PARENT, "rosas_father": Part.PARENT,
    "theos_father": Part.PARENT, "grandmother": Part.GRANDPARENT,
}  # fmt: skip


def everybody_twice(own, worker) -> Family:
    """The second family, of ``worker``'s team: open, until a test restricts it."""
    people = [getattr(own.marlows, name).pk for name in PARTS]
    with setting_up():
        family = Family.objects.create(
            name=f"{WORD}family", case_number=f"{WORD}-9", team=worker.team, social_worker=worker, opened_on=TODAY
        )
        hidden = Person.objects.create(first_name=f"{WORD}hidden", last_name=WORD)
        Membership.objects.create(family=family, person=hidden, part=Part.PARENT)
        for pk, part in zip(people, PARTS.values(), strict=True):
            Membership.objects.create(family=family, person_id=pk, part=part)
    with setting_up():  # an act of its own: what they brought with them is older than what it wrote
        for pk, part in zip(people, PARTS.values(), strict=True):
            _write(Person.objects.get(pk=pk), hidden, is_child=part == Part.CHILD)
        WarningMarker.objects.create(
            family=family, kind=WarningKind.RISK_TO_WORKERS, source=ProtectionSource.JUDGEMENT, reason=f"{WORD} fled"
        )
    return family


def _write(person, hidden, *, is_child):
    person.first_name, person.last_name, person.known_as = f"{WORD}first", f"{WORD}last", f"{WORD}known"
    person.pronouns = person.first_language = WORD
    person.communication_needs = person.access_needs = f"{WORD} needs"
    person.case_system_id = f"{WORD}{person.pk}"
    person.born_on = date(2013, 3, 13) if is_child else date(1983, 3, 13)
    person.save()
    reindex(person)
    PersonName.objects.create(person=person, kind=NameKind.ALIAS, first_name=f"{WORD}alias", last_name=WORD)
    Address.objects.create(person=person, lines=f"{WORD} street", postcode="ZZ6 6QZ", from_on=TODAY)
    reached, _ = ContactDetails.objects.get_or_create(person=person)
    reached.phone, reached.note = "07700 900666", f"{WORD} note"
    reached.save()
    said = {"source": ProtectionSource.JUDGEMENT, "reason": f"{WORD} said so"}
    if is_child:
        Relationship.objects.create(child=person, adult=hidden, kind="father", parental_responsibility=True)
    else:
        Partnership.objects.create(one=person, other=hidden, kind=PartnershipKind.PARTNERS)
    Protection.objects.create(person=person, detail=Detail.PHONE, **said)
    MustNotMeet.objects.create(one=person, other=hidden, **said)
    MustNotLearn.objects.create(
        reader=hidden, about=person, what=MustNotLearnWhat.FACT, words=f"{WORD} secret", **said
    )  # fmt: skip
