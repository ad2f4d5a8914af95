"""Everything for one reader goes one way, and it is the way that was shown before it was released."""

import pytest

from cpc.core.accounts.tests.builders import TODAY
from cpc.core.documents.models import Outgoing
from reports.outgoing.actions.releasing import release
from reports.outgoing.queries.delivery import delivery_of
from reports.tests.builders import all_looked_at, an_approved_record, copy_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["mother", "rosas_father", "theos_father", "school"])
def test_the_record_and_the_decision_letter_go_the_way_that_was_shown(who):
    sitting, record = an_approved_record()
    all_looked_at(sitting, record)
    ways = set()
    for kind in ("record", "decision_letter"):
        copy = copy_for(sitting, record, who, kind)
        shown = delivery_of(copy.invitation, TODAY)
        release(by=sitting.council.by("administrator"), copy=copy)
        [sent] = Outgoing.objects.filter(document=copy.document_id)
        assert (sent.channel, tuple(sent.document.recipient_address)) == (shown.channel, shown.lines)
        ways.add((sent.channel, tuple(sent.document.recipient_address)))
    assert len(ways) == 1
