"""Refused: accounts here have roles, and the first one is made by `manage.py first_administrator`."""

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    """Takes the options of Django’s own command, so that it is this sentence that answers and not the parser."""

    help = __doc__

    def handle(self, *args, **options):
        raise CommandError(
            "There is no superuser here. Make the first administrator with: "
            "manage.py first_administrator EMAIL FIRST_NAME LAST_NAME"
        )
