"""The pages on which a decision and attendance are corrected."""

import re

import pytest
from django.urls import reverse

from conferences.convening.choices import Attendance
from conferences.meeting.actions.attendance import MAY_COME_UNINVITED
from conferences.plans.models import Correction, ProtectionPlan
from reports.tests.builders import a_drafted_record

pytestmark = pytest.mark.django_db


def seen(page):
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]


def test_the_chair_sees_what_will_change_and_then_confirms_it(client):
    sitting, _ = a_drafted_record()
    conference, theo = sitting.conference, sitting.marlows.theo
    client.force_login(conference.chair)
    about = reverse("conferences:conference", args=[conference.pk])
    url = reverse("reports:correct_decision", args=[conference.pk, sitting.rows["theo"].pk])
    corrections = reverse("reports:corrections", args=[conference.pk])
    assert corrections in client.get(about).content.decode() and url in client.get(corrections).content.decode()
    typed = {"outcome": "no_plan", "reasons": "Theo is safe.", "reason": "The wrong box was ticked."}
    page = client.post(url, typed).content.decode()
    assert "What will change" in page and "Child protection plan of Theo" in page and "Confirm the correction" in page
    assert ProtectionPlan.objects.filter(child=theo).exists() and not Correction.objects.exists()
    changed = client.post(url, typed | {"seen": seen(page), "reasons": "Theo is well."}).content.decode()
    assert "has changed since you looked" in changed and not Correction.objects.exists()
    answer = client.post(url, typed | {"seen": seen(page)})
    assert answer.status_code == 302 and not ProtectionPlan.objects.filter(child=theo).exists()
    assert "The wrong box was ticked." in client.get(corrections).content.decode()
    record = client.get(reverse("reports:record", args=[conference.pk])).content.decode()
    assert "The wrong box was ticked." in record and "It could not be had on the day." in record
    empty = client.get(url).content.decode()
    ticked = [one for one in re.findall(r"<input[^>]* checked[^>]*>", empty) if 'name="members"' in one]
    assert ": in the core group now" in empty and ticked == []
    plan = client.post(
        url, {"outcome": "protection_plan", "category": "NEG", "reasons": "Cold.", "reason": "Wrong again."}
    )
    assert "Choose the members of the core group" in plan.content.decode()


def test_attendance_is_corrected_on_its_page_and_a_missing_reason_loses_nothing(client):
    sitting, _ = a_drafted_record()
    client.force_login(sitting.conference.chair)
    url = reverse("reports:correct_attendance", args=[sitting.conference.pk])
    gp = sitting.invitations["gp"]
    typed = {f"mark_{one.pk}": one.attendance for one in sitting.conference.invitations.all()}
    typed |= {f"mark_{gp.pk}": "absent", f"note_{gp.pk}": "Two names were mixed up"}
    page = client.post(url, typed).content.decode()
    assert "Say what was wrong and how you know" in page and "Two names were mixed up" in page
    typed["reason"] = "The list was read wrongly."
    page = client.post(url, typed).content.decode()
    assert f"Attendance of {gp.name}" in page
    assert client.post(url, typed | {"seen": seen(page)}).status_code == 302
    gp.refresh_from_db()
    assert gp.attendance == Attendance.ABSENT


def test_only_its_chair_corrects_a_conference(client):
    sitting, _ = a_drafted_record()
    pages = [
        reverse("reports:corrections", args=[sitting.conference.pk]),
        reverse("reports:correct_decision", args=[sitting.conference.pk, sitting.rows["theo"].pk]),
        reverse("reports:correct_attendance", args=[sitting.conference.pk]),
    ]
    for other in ("social_worker", "administrator", "service_manager", "other_chair"):
        user = getattr(sitting.council.users, other, None)
        if user is not None:
            client.force_login(user)
            assert {client.get(url).status_code for url in pages} <= {403, 404}


def test_a_plan_is_corrected_on_its_page_and_a_newcomer_is_added_on_that_of_attendance(client):
    sitting, _ = a_drafted_record()
    client.force_login(sitting.conference.chair)
    url = reverse("reports:correct_plan", args=[sitting.conference.pk, sitting.rows["theo"].pk])
    assert url in client.get(reverse("reports:corrections", args=[sitting.conference.pk])).content.decode()
    plan = ProtectionPlan.objects.get(child=sitting.marlows.theo)
    names = ("aim", "contingency", "trigger", "visits", "family_meeting", "will_be_told")
    typed = {name: getattr(plan, name) for name in names} | {"lead_social_worker": plan.lead_social_worker_id}
    assert plan.aim in client.get(url).content.decode()
    typed |= {"aim": "Theo has a warm bed.", "reason": "It was typed wrongly."}
    page = client.post(url, typed).content.decode()
    assert "Theo has a warm bed." in page and "What will change" in page
    assert client.post(url, typed | {"seen": seen(page)}).status_code == 302
    plan.refresh_from_db()
    assert plan.aim == "Theo has a warm bed."
    url = reverse("reports:correct_attendance", args=[sitting.conference.pk])
    typed = {f"mark_{one.pk}": one.attendance for one in sitting.conference.invitations.all()}
    typed |= {"newcomer_name": "Ina Frost", "reason": "She sat at the back."}
    assert "Choose their role" in client.post(url, typed).content.decode()
    typed["newcomer_role"] = str(MAY_COME_UNINVITED[0])
    page = client.post(url, typed).content.decode()
    assert "Attendance of Ina Frost" in page
    assert client.post(url, typed | {"seen": seen(page)}).status_code == 302
    assert sitting.conference.invitations.get(name="Ina Frost").attendance == Attendance.PRESENT
