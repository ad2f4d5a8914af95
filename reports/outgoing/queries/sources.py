"""The restricted paragraphs of a record."""

from django.db.models import F

from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import ids_seen, readers_of, restricted_texts, source
from cpc.core.accounts.permissions import Viewer
from reports.outgoing.models import Paragraph


def _paragraphs(family_id):
    rows = Paragraph.objects.filter(record__conference__family=family_id).exclude(audience=Audience.EVERYONE)
    return rows.annotate(words=F("text"), readers_are=F("audience"))


@restricted_texts(_paragraphs)
def paragraphs(family_id, viewer: Viewer):
    """The paragraphs of any record of the family that are not for everyone."""
    rows = _paragraphs(family_id)
    found = list(rows.select_related("record__conference").prefetch_related("readers__invitation"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        readers = readers_of(one.audience, [row.invitation for row in one.readers.all()])
        on = one.record.conference.held_on
        who = f"in the record of the conference ({one.heading})"
        yield source(one, one.words, readers, who, on, seen=one.pk in seen)
