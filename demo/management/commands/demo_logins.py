"""Prints one login for each role of the invented council."""

from django.core.management.base import BaseCommand

from demo.staff import login_lines


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        for line in login_lines():
            self.stdout.write(line)
