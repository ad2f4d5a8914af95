"""Makes the first administrator of the system, and prints a link to set a password.

    manage.py first_administrator sam.example@example.org Sam Example

The administrator signs in and adds everybody else on the page Accounts. The link can be used once. If it was lost or
has expired, run the command again with the same email address: it works until somebody has set a password.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.actions import add_user
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import system
from cpc.core.accounts.queries import holding
from cpc.core.kernel.refusals import Refusal


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email", help="the work email address with which they sign in")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    def handle(self, email, first_name, last_name, **options):
        user = self._administrator(email, first_name, last_name)
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        path = reverse("account_reset_password_from_key", kwargs=key)
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(
            f"{user} ({user.email}) is the system administrator. Give them this link to set a password. It can be "
            f"used once, within {hours} hours:\n\n{settings.CPC_BASE_URL}{path}\n"
        )

    def _administrator(self, email, first_name, last_name):
        already = list(holding(Role.SYSTEM_ADMINISTRATOR))
        if any(one.has_usable_password() for one in already):
            names = ", ".join(f"{one} ({one.email})" for one in already)
            raise CommandError(
                f"There is a system administrator already: {names}. They add other people on the page Accounts."
            )
        email = email.strip().lower()
        same = next((one for one in already if one.email == email), None)
        if same is not None:
            return same
        try:
            validate_email(email)
            return add_user(
                by=system(on=timezone.localdate()), email=email, first_name=first_name, last_name=last_name,
                roles=[Role.SYSTEM_ADMINISTRATOR],
            )  # fmt: skip
        except ValidationError:
            raise CommandError(f"“{email}” is not an email address.") from None
        except Refusal as refused:
            raise CommandError(refused.sentence) from None
