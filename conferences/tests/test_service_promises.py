"""What services promise families in public, where no other test shows it: who is proposed, and how they take part."""

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations
from conferences.convening.choices import Reply
from conferences.convening.queries.invitation_counts import counts_of
from conferences.separation.choices import AttendMode
from conferences.tests.builders import an_agreed_conference, booking
from conferences.tests.test_rules_invite import ADA, AgencyInvolvement, proposed
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.kernel.refusals import WrongState


@pytest.mark.parametrize(
    "kind",
    ["probation", "domestic_abuse", "substance_misuse", "mental_health", "housing", "youth_justice", "voluntary"],
)
def test_every_service_that_the_record_names_for_a_child_is_proposed_with_a_report(kind):
    known = [AgencyInvolvement(1, 5, "A service", kind, 30, "Robin Vale")]
    [one] = [one for one in proposed([ADA], involvements=known) if one.user == 30]
    assert (one.children, one.report_asked, one.gap) == ((1,), True, False) and "Ada" in one.reason
    assert not [one for one in proposed([ADA]) if one.user == 30]


@pytest.mark.django_db
@pytest.mark.parametrize("preset, mode", [("haringey", AttendMode.REPORT), ("bexley", AttendMode.ROOM)])
def test_a_gp_takes_part_by_written_report_where_the_service_says_so(settings, client, preset, mode):
    settings.CPC_PRESET = preset
    convened = an_agreed_conference()
    by = convened.by("administrator")
    booking_actions.book(by=by, conference=convened.conference, **booking(convened.council))
    gp = convened.invitation(convened.council.professionals.gp)
    assert (gp.mode, gp.report_asked) == (mode, True)
    with setting_up():
        gp.sent_at, gp.sent_by_id = timezone.now(), by.id
        gp.save()
    client.force_login(gp.user)
    page = client.get(reverse("conferences:invitation", args=[gp.pk])).content.decode()
    asked = mode != AttendMode.REPORT
    assert ("Can you attend?" in page) == gp.awaits_reply == asked
    if not asked:
        with pytest.raises(WrongState, match="written report only"):
            invitations.answer_invitation(by=viewer(gp.user), invitation=gp, reply=Reply.COMING)
        counts = counts_of(convened.conference, [gp])
        assert (counts.no_reply, counts.in_words) == (0, "1 on the list: 1 asked only for a written report.")
    assert ("You do not have to come" in page) == (mode == AttendMode.REPORT) == ("send a colleague" not in page)
