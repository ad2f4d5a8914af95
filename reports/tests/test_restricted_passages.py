"""The restricted part of a report or contribution is read by few, and enters no wider text without permission."""

import pytest
from django.urls import reverse

from conferences.disclosure.actions import RestrictedTextCopied
from conferences.disclosure.choices import Audience
from conferences.tests.meeting import a_booked_sitting as booked
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from reports.incoming.actions.contributions import record_contribution
from reports.incoming.actions.writing import Restricted, save_report
from reports.incoming.models import Contribution, Report
from reports.incoming.permissions import may_read_restricted
from reports.outgoing.actions.drafting import add_paragraph
from reports.tests.builders import CHILDREN, a_record_with, ask_for_reports

pytestmark = pytest.mark.django_db
A = Audience
SECRET = "A neighbour in number nine told us that the cellar is locked at night."


def apart(audience=A.THIRD_PARTY, **how):
    return Restricted(SECRET, audience, "The neighbour is afraid.", **how)


def save(sitting, who="social_worker", version=0, **how):
    how = {"sections": {"worried": "What we saw."}, "about": {}, **how}
    invitation = sitting.invitations[who]
    return save_report(by=viewer(invitation.user), invitation=invitation, version=version, **how)


def test_the_restricted_part_of_a_report_is_read_by_few():
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


def test_a_report_says_why_a_part_is_restricted_and_who_may_read_it():
    sitting = ask_for_reports(booked(children=CHILDREN))
    for wrong in (Restricted(SECRET, "", "Why"), Restricted(SECRET, A.EVERYONE, "Why"), Restricted(SECRET, A.POLICE)):
        with pytest.raises(Invalid):
            save(sitting, restricted=wrong)
    assert not Report.objects.exists()


def test_the_restricted_part_may_not_appear_in_the_shared_part_too_or_in_anybody_elses():
    sitting = ask_for_reports(booked(children=CHILDREN))
    with pytest.raises(RestrictedTextCopied):
        save(sitting, sections={"worried": SECRET}, restricted=apart())
    with pytest.raises(RestrictedTextCopied) as stopped:
        save(sitting, sections={"worried": "Nothing.", "recommendation": SECRET}, restricted=apart())
    assert stopped.value.field == "recommendation"  # only the field that contains it
    save(sitting, restricted=apart())
    with pytest.raises(RestrictedTextCopied) as stopped:
        record_contribution(
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
    add_paragraph(
        by=sitting.chair, record=record, heading="Mine", text="He keeps a machete behind the bedroom door.",
        audience=A.CHAIR,
    )  # fmt: skip
    with pytest.raises(RestrictedTextCopied) as stopped:
        add_paragraph(
            by=sitting.council.by("administrator"), record=record, heading="x",
            text="So he keeps a machete behind the bedroom door.", audience=A.EVERYONE,
        )  # fmt: skip
    assert "you may not read" in stopped.value.sentence and "Mine" not in stopped.value.sentence


def test_what_a_parent_wrote_for_the_chair_is_seen_by_the_chair_and_the_person_who_typed_it():
    sitting = booked(children=CHILDREN)
    users = sitting.council.users
    record_contribution(
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
        record_contribution(
            by=viewer(users.administrator), conference=sitting.conference, person=sitting.marlows.mother,
            received_on=TODAY, version=1, worried="Nothing.",
        )  # fmt: skip


MACHETE = "he keeps a machete behind the bedroom door"


def test_a_paragraph_for_its_source_is_one_click_away(client):
    sitting, record = a_record_with(A.POLICE)
    client.force_login(sitting.conference.chair)
    url = reverse("reports:add_paragraph", args=[sitting.conference.pk])
    first = {"heading": "Heard", "text": f"Officers say {MACHETE}.", "about": "each", "audience": A.POLICE}
    assert client.post(url, first).status_code == 302
    second = first | {"heading": "Reason", "text": f"And {MACHETE}.", "audience": A.EVERYONE}
    stopped = client.post(url, second).content.decode()
    assert "Save it for: Police information, restricted" in stopped
    assert client.post(url, second | {"narrow": "Save"}).status_code == 302
    made = record.paragraphs.filter(heading="Reason").values_list("child", "audience", "written_by")
    assert set(made) == {(row.child_id, A.POLICE, sitting.conference.chair_id) for row in sitting.children}


def test_a_restricted_part_given_in_confidence_is_widened_only_with_consent_and_narrowed_without():
    sitting = ask_for_reports(booked(children=CHILDREN))
    save(sitting, restricted=apart())
    with pytest.raises(RestrictedTextCopied) as stopped:
        save(sitting, version=1, restricted=apart(A.PROFESSIONALS))
    assert stopped.value.field == "restricted"
    save(sitting, version=1, restricted=apart(A.CHAIR))
    save(sitting, version=2, restricted=apart(A.PROFESSIONALS), consent="The neighbour agreed")
    assert Report.objects.get().restricted_audience == A.PROFESSIONALS


def test_one_consent_to_a_save_keeps_every_text_that_words_came_from():
    sitting = ask_for_reports(booked(children=CHILDREN))
    first = save(sitting, "gp", restricted=apart())
    own = "The caretaker of the school told us that the gate stands open at night."
    save(
        sitting, sections={"worried": own}, consent="Both agreed",
        restricted=Restricted(f"{SECRET} {own}", A.PROFESSIONALS, "They are afraid."),
    )  # fmt: skip
    kept = Event.objects.get(reason="Both agreed").details["from_restricted"]
    assert f"incoming.report:{first.pk}" in kept and len(kept) == 2
