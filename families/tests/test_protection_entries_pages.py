"""The pages of who may not know what: every entry as a sentence, recorded, agreed, looked at again and ended."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from cpc.core.accounts.tests.builders import setting_up, viewer
from families.people.models import MustNotLearn, Protection, WarningMarker
from families.protections.queries.entries import entries_of
from families.tests.builders import the_marlows
from families.tests.entries import protect_phone, silence

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def worker(marlows):
    return viewer(marlows.worker)


@pytest.fixture
def manager(marlows):
    return marlows.council.by("team_manager")


def test_every_entry_is_on_the_page_as_a_sentence(client, marlows, worker, manager):
    silence(marlows, worker)
    protect_phone(marlows, manager, from_everyone=False, people=[marlows.theos_father])
    client.force_login(marlows.worker)
    page = client.get(reverse("families:protections", args=[marlows.family.pk])).content.decode()
    for said in (
        "Lewis Hart must not learn where Dan Pryce lives.", "Anna Marlow’s phone number is withheld from Lewis Hart.",
        "Dan Pryce and Lewis Hart must not meet.", "Court order or injunction", "Review by",
        "Not agreed yet", "9 Quarry Street",
    ):  # fmt: skip
        assert said in page, said
    assert "agree" not in [link for link in page.split("/") if link == "agree"]


@pytest.mark.parametrize(("who", "status"), [("chair", 200), ("administrator", 200), ("school", 403)])
def test_who_reads_the_page_and_that_a_chair_meets_no_address_on_it(client, marlows, worker, who, status):
    silence(marlows, worker)
    user = getattr(marlows.council.users, who, None) or getattr(marlows.council.professionals, who)
    client.force_login(user)
    answer = client.get(reverse("families:protections", args=[marlows.family.pk]))
    page = answer.content.decode()
    assert answer.status_code == status and ("must not learn" in page) == (status == 200)
    assert ("Quarry Street" in page) == (who == "administrator")


def test_an_entry_is_recorded_changed_agreed_looked_at_again_and_ended_on_its_pages(client, marlows):
    family, users = marlows.family, marlows.council.users
    client.force_login(marlows.worker)
    typed = {
        "reader": marlows.theos_father.pk, "about": marlows.rosa.pk, "what": "school", "source": "injunction",
        "reason": "The order says so.", "words": "",
    }  # fmt: skip
    answer = client.post(reverse("families:add_must_not_learn", args=[family.pk]), typed | {"reason": ""})
    assert answer.status_code == 200 and MustNotLearn.objects.count() == 0
    client.post(reverse("families:add_must_not_learn", args=[family.pk]), typed)
    entry = MustNotLearn.objects.get()
    at = [family.pk, entry.pk]
    change = reverse("families:change_must_not_learn", args=at)
    stamp = client.get(change).context["form"].initial["seen"]
    given = {"source": "bail", "reason": "Bail now.", "seen": stamp, "words": "", "review_on": "1/2/2027"}
    assert client.post(change, given).status_code == 302
    assert client.post(change, given | {"reason": "Mine"}).status_code == 409
    assert client.get(reverse("families:agree_must_not_learn", args=at)).status_code == 403
    client.force_login(users.team_manager)
    agree = reverse("families:agree_must_not_learn", args=at)
    client.post(agree, {"seen": client.get(agree).context["form"].initial["seen"]})
    client.post(reverse("families:look_again_must_not_learn", args=at), {"review_on": "1/3/2027", "note": "Stands"})
    entry.refresh_from_db()
    assert (entry.agreed_by, entry.review_on, entry.reason) == (users.team_manager, date(2027, 3, 1), "Bail now.")
    client.post(reverse("families:end_must_not_learn", args=at), {"ended_on": "20/11/2026", "reason": "Lifted"})
    assert entries_of(family).ended[0].record == entry


def test_a_protection_is_recorded_and_changed_on_its_pages(client, marlows):
    family, mother = marlows.family, marlows.mother
    client.force_login(marlows.worker)
    typed = {
        "what": f"phone:{mother.pk}", "whom": "named", "people": [marlows.theos_father.pk], "source": "wish",
        "reason": "She asked.",
    }  # fmt: skip
    assert client.post(reverse("families:add_protection", args=[family.pk]), typed).status_code == 302
    entry = Protection.objects.get(detail="phone")
    assert entry.named == [marlows.theos_father.pk]
    change = reverse("families:change_protection", args=[family.pk, entry.pk])
    page = client.get(change)
    stamp = page.context["form"].initial["seen"]
    given = {"whom": "everyone", "source": "wish", "reason": "She asked.", "seen": stamp}
    assert client.post(change, given).status_code == 302
    entry.refresh_from_db()
    assert entry.from_everyone and entry.named == []
    address = mother.addresses.get()
    client.post(
        reverse("families:add_protection", args=[family.pk]), typed | {"what": f"address:{address.pk}", "people": []}
    )
    assert not Protection.objects.filter(address=address).exists()  # nobody was named
    client.post(reverse("families:add_protection", args=[family.pk]), typed | {"what": f"address:{address.pk}"})
    assert Protection.objects.filter(address=address, person=mother).exists()


def test_a_protected_address_goes_on_to_say_who_it_is_protected_from(client, marlows):
    client.force_login(marlows.worker)
    answer = client.post(
        reverse("families:add_address", args=[marlows.family.pk, marlows.mother.pk]),
        {
            "kind": "refuge", "lines": "6 Hidden Row", "postcode": "ZZ7 7HR", "is_protected": "yes",
            "is_safe_for_post": "no", "leaving": [marlows.mother.addresses.get().pk],
        },
    )  # fmt: skip
    entry = Protection.objects.get(address__postcode="ZZ7 7HR")
    assert answer.url == reverse("families:change_protection", args=[marlows.family.pk, entry.pk])
    assert marlows.mother.addresses.filter(postcode="ZZ1 1AA", to_on__isnull=False).exists()


def test_each_person_at_a_protected_address_has_a_reason_of_their_own_or_shares_one(client, marlows):
    client.force_login(marlows.worker)
    mother, rosa, theo, family = marlows.mother, marlows.rosa, marlows.theo, marlows.family
    typed = {
        "kind": "refuge", "lines": "6 Hidden Row", "postcode": "ZZ7 7HR", "is_protected": "yes",
        "is_safe_for_post": "no", "also_for": [rosa.pk, theo.pk],
    }  # fmt: skip
    first = client.post(reverse("families:add_address", args=[family.pk, mother.pk]), typed).url
    page = client.get(first)
    assert page.context["form"].initial["reason"] == ""
    assert "Who else at this address is it the same for?" in page.content.decode()
    shared = {str(one.person_id): one.pk for one in Protection.objects.exclude(person=mother)}
    assert set(shared) >= {str(rosa.pk), str(theo.pk)}
    given = {
        "whom": "named",
        "people": [marlows.theos_father.pk],
        "source": "judgement",
        "reason": "She fled from him.",
    }
    given |= {"seen": page.context["form"].initial["seen"], "same_for": [shared[str(rosa.pk)]]}
    answer = client.post(first, given)
    assert answer.url == reverse("families:change_protection", args=[family.pk, shared[str(theo.pk)]])
    page = client.get(answer.url)
    assert "why the address of Theo" in page.content.decode() and "same_for" not in page.context["form"].fields
    given = {"whom": "everyone", "source": "injunction", "reason": "The order of May.",
             "seen": page.context["form"].initial["seen"]}  # fmt: skip
    assert client.post(answer.url, given).url == reverse("families:protections", args=[family.pk])
    said = {one.person_id: (one.reason, one.from_everyone) for one in Protection.objects.filter(ended_on=None)
            if one.person_id in (mother.pk, rosa.pk, theo.pk)}  # fmt: skip
    assert said[mother.pk] == said[rosa.pk] == ("She fled from him.", False)
    assert said[theo.pk] == ("The order of May.", True)


def test_a_restricted_family_and_another_teams_entries_are_not_there(client, marlows, worker):
    entry = silence(marlows, worker)
    other = the_marlows(marlows.council, name="Barrow", worker=marlows.council.users.other_worker)
    client.force_login(marlows.council.users.other_worker)
    own = reverse("families:change_must_not_learn", args=[other.family.pk, entry.pk])
    assert client.get(own).status_code == 404
    assert client.get(reverse("families:protections", args=[marlows.family.pk])).status_code == 404


@pytest.mark.parametrize(
    "long",
    [
        f"{'Visit in twos. ' * 7}The dog has bitten somebody before.",
        f"{'x' * 119} Do not mention the pregnancy.",
        f"{'He is often there in the morning, and his brother comes at night. ' * 12}Never go alone.",
        f"Ring first.\n{'Nobody opens. ' * 9}\nDo not leave a card.",
    ],
)
def test_the_banner_gives_a_long_reason_whole_and_has_no_link_to_its_own_page(client, marlows, long):
    with setting_up():
        WarningMarker.objects.create(family=marlows.family, kind="visit_in_pairs", source="judgement", reason=long)
    client.force_login(marlows.worker)
    protections = reverse("families:protections", args=[marlows.family.pk])
    banners = [
        client.get(url).content.decode().split('aria-label="Warnings"')[1].split("</section>")[0]
        for url in (reverse("families:family", args=[marlows.family.pk]), protections)
    ]
    assert all(" ".join(long.split()) in " ".join(strip_tags(banner).split()) for banner in banners)
    assert [protections in banner for banner in banners] == [True, False]


@pytest.mark.parametrize(
    ("page", "who"),
    [("family", ""), ("contact", ""), ("person", "theos_father"), ("person", "rosas_father"), ("person", "mother")],
)
def test_what_somebody_must_not_learn_is_at_the_top_of_the_pages_where_a_worker_would_say_it(
    client, marlows, worker, page, who
):
    silence(marlows, worker)
    client.force_login(marlows.worker)
    about = [marlows.family.pk, *([getattr(marlows, who).pk] if who else [])]
    shown = client.get(reverse(f"families:{page}", args=about)).content.decode()
    banner = shown.split('aria-label="Warnings"')[1].split("</section>")[0]
    assert "Lewis Hart must not learn where Dan Pryce lives." in banner
