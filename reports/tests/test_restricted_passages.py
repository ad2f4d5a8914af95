"""What a report or a contribution keeps apart is read by few, and enters no wider text without leave."""

import pytest
from django.urls import reverse

from conferences.actions.leave import FromRestricted
from conferences.choices import Audience
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.kernel.refusals import Invalid, NotPermitted
from reports import actions
from reports.actions import Restricted
from reports.models import Contribution, Report
from reports.permissions import may_read_restricted
from reports.tests.builders import CHILDREN, a_record_with, ask_for_reports
from reports.tests.builders import a_booked_sitting as booked

pytestmark = pytest.mark.django_db
A = Audience
SECRET = "A neighbour in number nine told us that the cellar is locked at night."


def apart(audience=A.THIRD_PARTY, **how):
    return Restricted(SECRET, audience, "The neighbour is afraid.", **how)


def save(sitting, who="social_worker", version=0, **how):
    how = {"sections": {"worried": "What we saw."}, "about": {}, **how}
    invitation = sitting.invitations[who]
    return actions.save_report(by=viewer(invitation.user), invitation=invitation, version=version, **how)


def test_what_a_report_keeps_apart_is_read_by_few():
    sitting = ask_for_reports(booked(children=CHILDREN))
    report = save(sitting, "gp", restricted=apart())
    users = sitting.council.users
    reads = {
        name
        for name in ("chair", "administrator", "social_worker", "team_manager", "service_manager")
        if Report.objects.filter(may_read_restricted(viewer(getattr(users, name))), pk=report.pk).exists()
    }
    assert reads == {"chair", "administrator", "social_worker", "team_manager"}
    police = viewer(sitting.invitations["police"].user)
    assert not Report.objects.filter(may_read_restricted(police), pk=report.pk).exists()
    author = viewer(sitting.invitations["gp"].user)
    assert Report.objects.filter(may_read_restricted(author), pk=report.pk).exists()


def test_a_report_says_why_and_for_whom_something_stays_apart():
    sitting = ask_for_reports(booked(children=CHILDREN))
    for wrong in (Restricted(SECRET, "", "Why"), Restricted(SECRET, A.EVERYONE, "Why"), Restricted(SECRET, A.POLICE)):
        with pytest.raises(Invalid):
            save(sitting, restricted=wrong)
    assert not Report.objects.exists()


def test_what_is_kept_apart_may_not_stand_in_the_shared_part_too_or_in_anybody_elses():
    sitting = ask_for_reports(booked(children=CHILDREN))
    with pytest.raises(FromRestricted):
        save(sitting, sections={"worried": SECRET}, restricted=apart())
    with pytest.raises(FromRestricted) as stopped:
        save(sitting, sections={"worried": "Nothing.", "recommendation": SECRET}, restricted=apart())
    assert stopped.value.field == "recommendation"  # the box in which it stands, and no other
    save(sitting, restricted=apart())
    with pytest.raises(FromRestricted) as stopped:
        actions.record_contribution(
            by=viewer(sitting.council.users.social_worker), conference=sitting.conference,
            person=sitting.marlows.mother, received_on=TODAY, version=0, worried=SECRET,
        )  # fmt: skip
    assert "Third-party information" in stopped.value.sentence


def test_somebody_from_outside_is_not_told_that_a_restricted_text_exists():
    sitting = ask_for_reports(booked(children=CHILDREN))
    save(sitting, restricted=apart())
    assert save(sitting, "gp", sections={"worried": SECRET}).worried == SECRET


def test_somebody_inside_who_may_not_read_a_source_is_stopped_and_not_told_what_it_is():
    sitting, record = a_record_with(A.CHAIR)
    actions.add_paragraph(
        by=sitting.chair, record=record, heading="Mine", text="He keeps a machete behind the bedroom door.",
        audience=A.CHAIR,
    )  # fmt: skip
    with pytest.raises(FromRestricted) as stopped:
        actions.add_paragraph(
            by=sitting.council.by("administrator"), record=record, heading="x",
            text="So he keeps a machete behind the bedroom door.", audience=A.EVERYONE,
        )  # fmt: skip
    assert "you may not read" in stopped.value.sentence and "Mine" not in stopped.value.sentence


def test_what_a_parent_wrote_for_the_chair_is_seen_by_the_chair_and_whoever_typed_it():
    sitting = booked(children=CHILDREN)
    users = sitting.council.users
    actions.record_contribution(
        by=viewer(users.social_worker), conference=sitting.conference, person=sitting.marlows.mother,
        received_on=TODAY, version=0, worried="I am afraid of him.", audience=A.CHAIR,
    )  # fmt: skip
    shown = {
        name
        for name in ("chair", "administrator", "social_worker", "team_manager", "service_manager")
        if seen_by(viewer(getattr(users, name)), Contribution).exists()
    }
    assert shown == {"chair", "social_worker"}
    with pytest.raises(NotPermitted):
        actions.record_contribution(
            by=viewer(users.administrator), conference=sitting.conference, person=sitting.marlows.mother,
            received_on=TODAY, version=1, worried="Nothing.",
        )  # fmt: skip


MACHETE = "he keeps a machete behind the bedroom door"


def test_a_paragraph_for_whom_it_came_from_is_one_click_away(client):
    sitting, record = a_record_with(A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("reports:add_paragraph", args=[sitting.conference.pk])
    first = {"heading": "Heard", "text": f"Officers say {MACHETE}.", "about": "all", "audience": A.POLICE}
    assert client.post(url, first).status_code == 302
    second = first | {"heading": "Reason", "text": f"And {MACHETE}.", "audience": A.EVERYONE}
    stopped = client.post(url, second).content.decode()
    assert "Save it for: Police information, restricted" in stopped
    assert client.post(url, second | {"narrow": "Save"}).status_code == 302
    assert record.paragraphs.get(heading="Reason").audience == A.POLICE
    assert viewer(sitting.conference.chair).id == record.paragraphs.get(heading="Reason").written_by_id
