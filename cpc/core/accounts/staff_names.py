"""How staff are named where one of them is chosen: two people of one name are told apart."""

from collections import Counter
from collections.abc import Callable, Iterable

from django import forms

from cpc.core.accounts.models import User


def with_place(user: User) -> str:
    """The name with the agency or team: "Priya Nandra (North team)"."""
    return f"{user.get_full_name()} ({user.agency or user.team or user.job_title or 'no team'})"


def with_address(user: User) -> str:
    """The name, the agency or team, and the email address, which nobody else has."""
    return f"{with_place(user)}, {user.email}"


def told_apart(users: Iterable[User], words: Callable[[User], str] = with_place) -> dict[int, str]:
    """What each user (by id) is called in one list: ``words``, and more only where two would be called the same."""
    users = list(users)
    called = {user.pk: words(user) for user in users}
    for more in (with_place, with_address):
        times = Counter(said.casefold() for said in called.values())
        called = {user.pk: more(user) if times[called[user.pk].casefold()] > 1 else called[user.pk] for user in users}
    return called


class StaffNames:
    """A field to choose users from, told apart. One query more than the choices themselves."""

    words = staticmethod(with_place)
    _of = None

    def label_from_instance(self, user):
        if self._of is not self.queryset:
            self._of = self.queryset
            self._called = told_apart(self.queryset.select_related("team", "agency"), self.words)
        return self._called.get(user.pk) or with_place(user)


class StaffChoice(StaffNames, forms.ModelChoiceField):
    """One of the users, with the team or agency."""


class StaffChoices(StaffNames, forms.ModelMultipleChoiceField):
    """Several of the users, each with the team or agency."""


class NameChoice(StaffChoice):
    """One of the users, by name alone where no two have the same."""

    words = staticmethod(str)
