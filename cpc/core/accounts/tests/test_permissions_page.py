"""The page that shows who may do what says what the code does."""

from pathlib import Path

from cpc.core.accounts.management.commands.permissions import markdown
from cpc.core.accounts.permissions import GRANTS, Permission

ROOT = Path(__file__).resolve().parents[4]


def test_the_permissions_page_is_in_step_with_the_table():
    assert (ROOT / "docs/permissions.md").read_text() == markdown(), "run: manage.py permissions > docs/permissions.md"


def test_every_act_but_the_systems_own_is_granted_to_somebody():
    granted = frozenset().union(*GRANTS.values())
    assert set(Permission) - granted == {Permission.SET_UP, Permission.RUN_JOBS}
