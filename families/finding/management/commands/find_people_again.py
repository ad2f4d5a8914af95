"""Makes every person and family found by their names as they are now: after a bulk load, or a change of the rules."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cpc.core.accounts.permissions import system
from families.people.actions.search_index import reindex_everybody


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        mended = reindex_everybody(by=system(timezone.localdate()))
        self.stdout.write(f"{mended} people and families are found by their names again.")
