"""What falls due about families: each function in the modules here is a fixed number of queries."""

from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from families.deadlines import access, duplicates, reviews


def duties() -> list:
    """Everything about families that is still to be done, in no order."""
    service = ids_holding(Role.SERVICE_MANAGER)
    return [*access.duties(service), *reviews.duties(), *duplicates.duties(service)]
