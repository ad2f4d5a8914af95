"""An act was allowed on one family: nobody of another is touched by it."""

from cpc.core.kernel.refusals import Invalid
from families.queries.same_person import everyone_in


def refuse_strangers(family, people) -> None:
    """Raises Invalid unless every one of ``people`` is of this family: the act was allowed on this family alone."""
    ids = {person.pk for person in people}
    if not ids <= everyone_in(family):
        raise Invalid("One of these people is no longer in the family. Reload the page to see who is")
