"""An account stays one person’s, in however many steps it is changed; its old address is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import AccountCheck, User
from cpc.core.accounts.permissions import system
from cpc.core.accounts.queries import last_confirmed
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up
from cpc.core.accounts.tests.test_actions import change
from cpc.core.documents.actions import queue
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import Recipient
from cpc.core.documents.sending import drain
from cpc.core.kernel.refusals import Invalid, Stale

pytestmark = pytest.mark.django_db
LI = {"first_name": "Li", "last_name": "Moss"}
ADDRESS = {"email": "li.moss@example.org"}


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def by(council):
    return council.by("system_administrator")


@pytest.fixture
def user(council):
    """Somebody without wide rights: no manager looks at what becomes of their account."""
    return a_user(Role.PROFESSIONAL, agency=council.agencies.gp, first_name="Priya", last_name="Pole")


@pytest.mark.parametrize(
    "steps",
    [
        [LI, ADDRESS],
        [ADDRESS, LI],
        [{"last_name": "Moss"}, {"first_name": "Li"}, ADDRESS],
        [{"last_name": "Moss"} | ADDRESS, {"first_name": "Li"}],
        [{"last_name": "Moss"}, ADDRESS | {"first_name": "Li"}],
        [{"first_name": "Li Priya"}, {"last_name": "Moss"}, {"first_name": "Li"}, ADDRESS],
        [{"is_active": False}, {"is_active": True} | LI, ADDRESS],
    ],
)
def test_small_changes_one_after_another_do_not_give_an_account_to_another_person(by, user, steps):
    *first, last = steps
    for step in first:
        change(by, user, **step)
    before = User.objects.get(pk=user.pk)
    with pytest.raises(Invalid, match="An account belongs to one person"):
        change(by, user, **last)
    after = User.objects.get(pk=user.pk)
    assert (str(after), after.email) == (str(before), before.email)


def test_a_name_that_became_quite_another_in_two_steps_ends_the_sign_in_too(by, user):
    change(by, user, last_name="Moss")
    user.set_password("a long sentence that nobody guesses")
    user.save(update_fields=["password"])
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    change(by, user, first_name="Li")
    assert not User.objects.get(pk=user.pk).has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_marriage_another_address_and_later_a_small_change_are_ordinary(by, user):
    change(by, user, last_name="Bell", email="priya.bell@example.org")
    change(by, user, email="p.bell@example.org", phone="01632 960000")
    change(by, user, first_name="Priya Ann")
    assert str(User.objects.get(pk=user.pk)) == "Priya Ann Bell"


def test_what_the_service_manager_found_right_is_what_the_next_change_is_compared_with(council, by):
    user = council.users.chair
    old = user.email
    change(by, user, last_name="Bell", email="gwen.bell@example.org")
    assert last_confirmed(user) == ("Gwen", "Ashby", old)
    actions.check_account(by=council.by("service_manager"), check=user.checks.get(), is_right=True)
    change(by, user, phone="01632 960000")
    assert last_confirmed(user) == ("Gwen", "Bell", "gwen.bell@example.org")
    change(by, user, first_name="Robin", email="robin.bell@example.org")
    with pytest.raises(Invalid, match="An account belongs to one person"):
        change(by, user, last_name="Moss")


def test_what_was_found_wrong_is_not_what_it_is_compared_with(council, by):
    user = council.users.administrator
    first = user.email
    change(by, user, email="other@example.org")
    actions.check_account(by=council.by("service_manager"), check=user.checks.get(), is_right=False)
    assert last_confirmed(user) == ("Mo", "Tran", first)


def test_quite_another_name_on_wide_rights_is_looked_at(council, by):
    change(by, council.users.chair, **LI)
    assert AccountCheck.objects.get(user=council.users.chair).what == "Another name"


def test_nobody_confirms_a_name_that_was_changed_after_they_opened_the_page(council, by, client):
    user = council.users.chair
    change(by, user, email="gwen@example.org")
    check = user.checks.get()
    client.force_login(council.users.service_manager)
    page = client.get(f"/people/checks/{check.pk}/")
    assert "Gwen Ashby, user" in page.content.decode(), "what was confirmed last is beside what it is now"
    seen = page.context["form"].initial["seen"]
    change(by, user, first_name="Li", last_name="Ashby")
    answer = client.post(f"/people/checks/{check.pk}/", {"is_right": "yes", "seen": seen})
    assert answer.status_code != 302 and "changed this account while you were checking it" in answer.content.decode()
    with pytest.raises(Stale):
        actions.check_account(by=council.by("service_manager"), check=check, is_right=True, seen=seen)
    check.refresh_from_db()
    assert check.decided_at is None


@pytest.mark.parametrize("closes", [False, True])
def test_the_old_address_is_told_at_once_and_learns_nothing(council, by, closes):
    user = council.users.other_chair
    old = user.email
    change(by, user, email="kofi.lund-smith@example.org", last_name="Lund-Smith", is_active=not closes)
    [told] = Outgoing.objects.all()
    assert told.to_address == old and "phone" in told.body
    drain()
    [sent] = [one for one in mail.outbox if one.to == [old] or old in one.to[0]]
    for secret in ("Kofi", "Smith", "kofi", "http"):
        assert secret not in str(sent.message())


def test_what_waits_for_them_goes_to_the_address_as_it_is_now(council, by):
    user = council.users.other_chair
    with setting_up():
        for number in (1, 2):
            queue(
                system(on=TODAY), key=f"one:{number}", purpose="reminder", channel=Channel.EMAIL,
                recipient=Recipient.of(user), to_address=user.email, subject="Your work", body="Please sign in.",
            )  # fmt: skip
        left = Outgoing.objects.get(key="one:2")
        left.state, left.sent_at, left.sent_by_name = "sent", timezone.now(), "The service"
        left.save()
    old = user.email
    change(by, user, email="kofi@example.org")
    found = dict(Outgoing.objects.filter(key__startswith="one:").values_list("key", "to_address"))
    assert found == {"one:1": "kofi@example.org", "one:2": old}, "what has left says where it went"


def test_a_change_of_anything_else_or_of_capitals_tells_nobody(council, by):
    user = council.users.other_chair
    change(by, user, email=user.email.upper(), last_name="Lund-Smith", phone="01632 960000")
    assert not Outgoing.objects.exists()
