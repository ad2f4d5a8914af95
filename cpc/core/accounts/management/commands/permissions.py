"""Prints which role may do which act, as the table of docs/permissions.md."""

from django.core.management.base import BaseCommand

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import GRANTS, Permission

HEAD = """# Who may do what

Made from `cpc/core/accounts/permissions.py` by `manage.py permissions`; a test fails when the two differ. A role grants
an act *at all*; whether it may be done to *this* family or conference is asked again at the door (`visible`, and
conditions such as being its chair).
"""


def markdown() -> str:
    """The whole page."""
    roles = list(Role)
    lines = [HEAD, "| act | " + " | ".join(role.label for role in roles) + " |", "|---|" + "---|" * len(roles)]
    for permission in Permission:
        ticks = ["yes" if permission in GRANTS[role] else "" for role in roles]
        lines.append(f"| {permission.value} | " + " | ".join(ticks) + " |")
    return "\n".join(lines) + "\n"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(markdown(), ending="")
