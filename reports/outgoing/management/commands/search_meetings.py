"""Searches generated families for two people who could meet, or one who could learn where the other will be."""

from django.core.management.base import BaseCommand, CommandError

from cpc.core.policy.queries import rules_read_once
from reports.outgoing.management.meetings import draw, search


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=100_000)
        parser.add_argument("--first", type=int, default=0, help="the number of the first case")

    def handle(self, *, cases, first, **options):
        with rules_read_once():
            for seed in range(first, first + cases):
                if found := search(draw(seed)):
                    raise CommandError(f"Case {seed}: {'; '.join(found)}")
        self.stdout.write(f"{cases} cases: nobody could meet, and nobody could learn where somebody will be.")
