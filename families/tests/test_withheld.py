"""What a reader must not learn, read from the database in a fixed number of queries."""

import pytest

from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.check import release_check
from families.people.choices import MustNotLearnWhat as W
from families.people.choices import NameKind, Part, ProtectionSource
from families.people.models import Membership, MustNotLearn, Person, PersonName, ProtectedFrom
from families.protections.queries.withheld import withheld_from, withholding_rules_for
from families.tests.builders import a_child, protect, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


def must_not_learn(reader, about, what, **details):
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source=ProtectionSource.INJUNCTION, reason="Fled", **details
        )


def found(family, reader, text, **more):
    withheld = withheld_from(family.pk, reader.pk if reader else None, **more)
    return [one.found for one in release_check(text, withheld.protected, withheld.known)]


def test_other_peoples_address_phone_and_email_are_withheld_and_the_readers_own_are_not(marlows):
    text = "Write to 9 Quarry Street, ZZ9 4QP. Ring 07700 900222 first. Ring 07700 900111. Go to 14 Alder Lane."
    assert found(marlows.family, marlows.mother, text) == ["ZZ9 4QP", "07700 900222", "9 Quarry Street"]
    assert found(marlows.family, marlows.rosas_father, text) == ["07700 900111", "14 Alder Lane"]
    everything = ["ZZ9 4QP", "07700 900222", "07700 900111", "9 Quarry Street", "14 Alder Lane"]
    assert sorted(found(marlows.family, None, text)) == sorted(everything)


def test_a_shared_house_is_withheld_from_the_people_that_its_protection_names(marlows):
    text = "At 14 Alder Lane."
    assert found(marlows.family, marlows.theos_father, text) == []
    entry = protect(marlows.mother.addresses.get())
    with setting_up():
        ProtectedFrom.objects.create(protection=entry, person=marlows.theos_father)
    assert found(marlows.family, marlows.theos_father, text) == ["14 Alder Lane"]
    with setting_up():
        entry.ended_on, entry.end_reason = TODAY, "Lifted"
        entry.save()
    assert found(marlows.family, marlows.theos_father, text) == []


def test_a_withheld_school_withholds_its_agency(marlows):
    must_not_learn(marlows.theos_father, marlows.rosa, W.SCHOOL)
    school = marlows.council.agencies.school
    withheld = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    assert withheld.agencies == {school.pk}
    assert found(marlows.family, marlows.theos_father, f"She goes to {school.name}.") == ["Alder Lane Primary School"]
    assert found(marlows.family, marlows.mother, f"She goes to {school.name}.") == []


def test_staff_are_told_the_reasons(marlows):
    must_not_learn(marlows.theos_father, marlows.rosas_father, W.WHEREABOUTS)
    assert withheld_from(marlows.family.pk, marlows.theos_father.pk).sources == [
        "Lewis Hart must not learn where Dan Pryce lives.",
        "Dan Pryce’s address is withheld from everyone outside the case.",
    ]


def test_somebody_is_found_under_the_names_they_had(marlows):
    with setting_up():
        PersonName.objects.create(
            person=marlows.rosas_father, kind=NameKind.FORMER, first_name="Daniel", last_name="Quill"
        )
    must_not_learn(marlows.theos_father, marlows.rosas_father, W.EXISTENCE)
    assert found(marlows.family, marlows.theos_father, "Daniel Quill came.") == ["Daniel Quill"]


def test_merged_records_count_as_one_reader_and_one_hidden_person(marlows):
    with setting_up():
        again = Person.objects.create(first_name="Louis", last_name="Hartley")
        zoe = Person.objects.create(first_name="Zoe", last_name="Osei", born_on=TODAY)
        for person, part in ((again, Part.OTHER), (zoe, Part.CHILD)):
            Membership.objects.create(family=marlows.family, person=person, part=part)
    must_not_learn(again, zoe, W.EXISTENCE)
    assert withheld_from(marlows.family.pk, marlows.theos_father.pk).people == frozenset()
    with setting_up():
        again.merged_into = marlows.theos_father
        again.save()
        twin = Person.objects.create(first_name="Zoë", last_name="Brand", merged_into=zoe)
    for reader in (marlows.theos_father, again):
        assert withheld_from(marlows.family.pk, reader.pk).people == {zoe.pk, twin.pk}
        assert found(marlows.family, reader, "Zoe Brand and Louis Hartley.") == ["Zoe Brand"]


def test_what_is_withheld_about_another_family_is_withheld_here_and_staff_here_are_not_told_whose_it_is(marlows):
    other = the_marlows(marlows.council, name="Barrow")
    zoe = a_child(other.family, "Zoe", last_name="Osei")
    with setting_up():
        Membership.objects.create(family=other.family, person=marlows.theos_father, part=Part.OTHER)
    must_not_learn(marlows.theos_father, zoe, W.EXISTENCE)
    withheld = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    hits = release_check("Zoe Osei came.", withheld.protected, withheld.known)
    assert [(one.found, one.whose) for one in hits] == [("Zoe Osei", "somebody else")]
    assert not any("Zoe" in one for one in withheld.sources)
    assert any("Zoe Osei exists" in one for one in withheld_from(other.family.pk, marlows.theos_father.pk).sources)


def test_a_larger_family_or_more_readers_need_no_more_queries(marlows, django_assert_max_num_queries):
    for number in range(8):
        a_child(marlows.family, f"Child{number}")
    must_not_learn(marlows.theos_father, marlows.rosa, W.SCHOOL)
    with django_assert_max_num_queries(16):
        rules = withholding_rules_for(marlows.family.pk)
    with django_assert_max_num_queries(0):
        for person in (marlows.mother, marlows.theos_father, marlows.rosas_father):
            rules.withheld_from(person.pk)
