"""Fills an empty demonstration with an invented council, relative to today."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cpc.core.kernel.refusals import Refusal
from demo.fill import fill


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        try:
            with transaction.atomic():
                fill(timezone.localdate(), tell=lambda line: self.stdout.write(line))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
