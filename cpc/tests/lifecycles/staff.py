"""The people who work in the service of the random months: they are away, leave, hand over, and others take over."""

from datetime import timedelta

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.choices import ConferenceState as S
from conferences.convening.queries.acting import without_a_chair
from conferences.convening.queries.booking import chairs
from cpc.core.accounts import actions as accounts
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import what_is_held
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import a_user, viewer
from families.access.actions.cover import name_cover
from families.access.queries.cover import who_covers_for
from families.people.actions.family import change_family


class Staff:
    """What the staff do; a part of ``Months``, which holds the council, the families, the day and the draws."""

    def by(self, role):
        """A user who has this role today, from the family's own team where the role works in one."""
        found = User.objects.filter(is_active=True, roles_held__role=role).order_by("pk")
        if role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
            found = found.filter(team=self.council.team)
        return viewer(self.chance.choice(list(found)), self.day)

    def name_acting(self):
        """The service manager names who acts for a chair who has left."""
        for conference in without_a_chair().filter(state__in=[S.BOOKED, S.OPEN, S.HELD]):
            able = self.chance.choice(list(chairs(conference)))
            name_acting_chair(by=self.by(Role.SERVICE_MANAGER), conference=conference, user=able, reason="They left")
            return f"{conference.pk}: {able}"

    def _staff(self):
        found = User.objects.filter(is_active=True, team__in=[self.council.team, self.council.service])
        return list(found.order_by("pk").distinct())

    def be_away(self):
        """Somebody is away for some days, and a colleague covers for them."""
        absent = self.chance.choice(self._staff())
        covering = list(who_covers_for(absent))
        if not covering:
            return None
        name_cover(
            by=self.by(Role.SERVICE_MANAGER), absent=absent, user=self.chance.choice(covering), from_on=self.day,
            until_on=self.day + timedelta(days=self.chance.randint(3, 30)),
        )  # fmt: skip
        return str(absent)

    def leave(self):
        """Somebody leaves. What they hold goes to a colleague, or to the manager. A new colleague comes."""
        user = self.chance.choice([one for one in self._staff() if what_is_held(one, self.day)])
        role = user.roles_held.values_list("role", flat=True).first()
        if role in (Role.TEAM_MANAGER, Role.SERVICE_MANAGER):
            return None  # they name another manager themselves, and there is one of each here
        a_user(role, team=user.team)
        to = self._takers(user)
        accounts.change_user(
            by=viewer(self.council.users.system_administrator, self.day), user=user, email=user.email,
            first_name=user.first_name, last_name=user.last_name, roles=[role], is_active=False, team=user.team, to=to,
        )  # fmt: skip
        return f"{user}: { ({key: str(one) for key, one in to.items()}) }"

    def hand_over(self):
        """A worker hands over what they hold to a colleague, and stays."""
        users = [one for one in self._staff() if one.roles_held.filter(role=Role.SOCIAL_WORKER).exists()]
        user = self.chance.choice(users)
        to = {key: one for key, one in self._takers(user).items() if key in ("families", "leads") and one}
        if not to:
            return None
        accounts.hand_over(by=self.by(Role.TEAM_MANAGER), user=user, to=to)
        return f"{user}: {sorted(to)}"

    def allocate(self):
        """The manager names a social worker for a family, or for what of it came to them."""
        family, manager = self.chance.choice(self.families), self.council.team.manager
        family.refresh_from_db()
        worker = User.objects.filter(is_active=True, team=self.council.team, roles_held__role=Role.SOCIAL_WORKER)
        new = self.chance.choice(list(worker.order_by("pk")))
        held = {one.kind.key for one in what_is_held(manager, self.day)}
        if not held & {"leads", "invitations"} and family.social_worker_id != manager.pk and self.chance.random() < 0.7:
            return None
        change_family(
            by=viewer(manager, self.day), family=family, name=family.name, case_number=family.case_number,
            team=family.team, opened_on=family.opened_on, social_worker=new,
        )  # fmt: skip
        return f"{new}, for {sorted(held)}"

    def _takers(self, user):
        held = [one for one in what_is_held(user, self.day) if one.kind.is_chosen]
        return {one.kind.key: self.chance.choice([None, *one.who]) for one in held}
