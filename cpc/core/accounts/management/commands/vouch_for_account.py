"""Records who vouches for an account with wide rights, where no manager can look at it.

    manage.py vouch_for_account ruth.vane@example.org "Jo Bright, director of children’s services"

A service manager looks at each new account with wide rights. Nobody can look at that of the first one: somebody who
knows the person, and neither made the account nor is its owner, says so outside the service and is named here.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cpc.core.accounts.actions import vouch_for_account
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import system
from cpc.core.accounts.queries import to_vouch_for
from cpc.core.kernel.refusals import Refusal


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?", help="the account; without it, the accounts that wait are printed")
        parser.add_argument("vouched_by", nargs="?", default="", help="who vouches for it: a name, a comma, a post")

    def handle(self, email, vouched_by, **options):
        if not email:
            return self._print_those_that_wait()
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(f"There is no account with the email address “{email}”.")
        try:
            vouch_for_account(by=system(on=timezone.localdate()), user=user, vouched_by=vouched_by)
        except Refusal as refused:
            raise CommandError(refused.sentence) from None
        self.stdout.write(f"{user} ({user.email}): vouched for by {vouched_by.strip()}. It is on the trail.")

    def _print_those_that_wait(self):
        waiting = to_vouch_for()
        for user in waiting:
            roles = ", ".join(held.get_role_display() for held in user.roles_held.order_by("role"))
            self.stdout.write(f"{user} ({user.email}): {roles}")
        if not waiting:
            self.stdout.write("No account waits for somebody to vouch for it.")
