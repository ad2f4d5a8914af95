"""A text that names a child of another family is stopped: is it about the right child?"""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import a_council, a_user, setting_up
from cpc.core.documents.check import release_check
from cpc.core.documents.protected import Kind
from families.people.models import Person, PersonName
from families.protections.queries import other_families
from families.protections.queries.other_families import named_of_other_families
from families.tests.builders import a_child, a_family, an_adult, restrict

pytestmark = pytest.mark.django_db
BORN = date(2016, 3, 9)


@pytest.fixture
def ours():
    """Our family, and another of the same council; its child Ola Nowak has every number."""
    council = a_council()
    family = a_family(council, name="Marlow")
    a_child(family, "Rosa")
    other = a_family(council, name="Nowak")
    ola = a_child(other, "Ola", born_on=BORN, known_as="Olenka")
    an_adult(other, "Jan", "Nowak")
    a_child(other, "小明", last_name="李")
    a_child(other, "عمر", last_name="خالد")
    with setting_up():
        Person.objects.filter(pk=ola.pk).update(nhs_number="9434765919", upn="H801200001001", case_system_id="LL-48291")
    family.other = other
    return family


STRANGE = [
    "Ola Nowak is well.", "OLA NOWAK", "Nowak, Ola", "Ola Maria Nowak came.", "She is called Olenka Nowak.",
    "Rosa plays with Ola Nowak’s cat.", "NHS number 943 476 5919", "943-476-5919", "9434765919", "UPN H801200001001",
    "case LL-48291", "born 9 March 2016", "DOB: 09/03/2016", "D.O.B. 9.3.16", "Date of birth: 2016-03-09",
    "born on the 9th of March, 2016", "First name: Ola\nSurname: Nowak", "Surname: NOWAK\nForename(s): Ola",
    "Family name\nNowak\n\nDate of birth\nnot known\n\nGiven names\nOla Maria", "Nowak Ola", "NOWAK Ola is well.",
    "upn h801200001001", "UPN H801 2000 0100 1", "case ll-48291", "Case LL 48291", "born March 9th, 2016",
    "李小明 is well.", "他叫李小明。", "رأيت عمر خالد اليوم",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_a_child_of_another_family_is_found_however_the_text_says_it(ours, text):
    found = named_of_other_families(f"Report.\n{text}\nThat was all.", ours.pk)
    assert {one.kind for one in found} == {Kind.STRANGER}
    assert all(finding.stops for finding in release_check(text, found)) and release_check(text, found)


def test_the_case_number_of_another_family_is_found(ours):
    assert named_of_other_families(f"Case {ours.other.case_number}.", ours.pk)
    assert named_of_other_families(f"case {ours.other.case_number.lower().replace('-', ' ')}.", ours.pk)
    assert not named_of_other_families(f"Case {ours.case_number.lower()}.", ours.pk)


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Marlow is well.", "Jan Nowak is a plumber.", "Ms Ola Nowak, her teacher.", "Ola is a name. Nowak is too.",
        "born 14 May 2018", "on 9 March 2016 they moved", "ring 01632 960456", "",
    ],
)  # fmt: skip
def test_what_is_of_this_family_or_no_child_is_not_asked_about(ours, text):
    assert named_of_other_families(text, ours.pk) == []


def test_a_name_that_somebody_here_or_a_colleague_has_too_is_not_asked_about(ours):
    assert named_of_other_families("Ola Nowak", ours.pk)
    assert not named_of_other_families("Ola Nowak", ours.pk, also_known=["Ola Nowak"])
    with setting_up():
        PersonName.objects.create(person=Person.objects.get(first_name="Rosa"), kind="former", first_name="Ola",
                                  last_name="Nowak")  # fmt: skip
    assert not named_of_other_families("Ola Nowak", ours.pk)


def test_a_colleagues_name_is_not_asked_about(ours):
    a_user(first_name="Ola", last_name="Nowak")
    assert not named_of_other_families("Ola Nowak", ours.pk)


def test_a_child_of_a_restricted_family_is_found_and_nothing_says_whose_it_is(ours):
    restrict(ours.other)
    (found,) = named_of_other_families("Ola Nowak is well.", ours.pk)
    assert found.whose == "" and found.value == "Ola Nowak"


def test_a_text_with_too_many_names_is_asked_about(ours, monkeypatch):
    monkeypatch.setattr(other_families, "MOST_NAMES", 2)
    text = "Ann Lee. Ben Fox. Ola Nowak."
    (found,) = named_of_other_families(text, ours.pk)
    assert (found.value, found.whose) == ("Ola Nowak", other_families.TOO_MANY) and release_check(text, [found])
    assert named_of_other_families("Ann Lee. Ben Fox. Lee Ann.", ours.pk) == []


def test_it_asks_the_database_a_few_times_however_long_the_text_is(ours, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        named_of_other_families(" ".join(f"Ola Nowak and Ama{n} Boateng{n}." for n in range(800)), ours.pk)
