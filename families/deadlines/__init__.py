"""What falls due about families: each function in the modules here is a fixed number of queries."""

from families.deadlines import access, reviews


def duties() -> list:
    """Everything about families that is still to be done, in no order."""
    return [*access.duties(), *reviews.duties()]
