"""The deadline of telling people by phone how a conference is now, where no letter or e-mail tells them in time."""

from django.urls import reverse

from conferences.convening.deadlines.names import named, of_administrator
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.to_phone import conferences_to_phone_about, letters_too_late, to_phone
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.asked_together import one_kind


@one_kind
def to_tell_by_phone(administrators, service, on, asked=None):
    """Conferences where somebody must be told by phone or in person, because no letter or e-mail tells them in time:
    for the administrators, from the day of the change. Three queries, and those of a letter for each with somebody who
    has no e-mail, or has a letter that comes too late.
    """
    found = conferences_to_phone_about(on)
    if asked and not service & asked.whose:
        found = found.filter(of_administrator(asked.whose, administrators))
    found = list(found.select_related("family").defer("family__search_index"))
    late = letters_too_late(found, on) if found else {}
    for conference in (one for one in found if one.no_email or one.pk in late):
        rows = to_phone(letter_context(conference), on)
        if rows:
            yield Duty(
                kind="tell_by_phone",
                id=conference.pk,
                due_on=min(one.since for one in rows),
                **named("Tell people by phone what has changed about", conference),
                path=f"{reverse('conferences:invitations', args=[conference.pk])}#phone",
                family_id=conference.family_id,
                owners=ids(conference.administrator_id) or administrators,
                then=service,
            )
