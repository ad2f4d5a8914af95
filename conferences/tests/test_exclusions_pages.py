"""Who finds an exclusion on their list, and the pages on which it is requested, decided and read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import exclusions
from conferences.convening.actions.waiting import check_waiting_letters
from conferences.convening.choices import ExclusionState
from conferences.convening.deadlines import duties
from conferences.convening.models import Exclusion
from conferences.convening.queries.invitations import invitations_of
from conferences.convening.queries.list_checks import list_check
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    second_checked,
    with_fathers_apart,
)
from conferences.tests.exclusion import CASE, WORDS, dans, exclude, send
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.text import text_of
from cpc.core.kernel.duties import Asked

pytestmark = pytest.mark.django_db


# --- Duties -------------------------------------------------------------------------------------------------------


def kinds_of(convened, name):
    wanted = ("decide_exclusion", "send_exclusion_letter", "check_list", "check_list_again", "invite")
    mine = convened.by(name)
    found = [duty for duty in duties(Asked(frozenset({mine.id}), mine.on)) if mine.id in duty.owners]
    return {duty.kind for duty in found if duty.kind in wanted}


def test_the_chair_the_administrator_and_a_second_person_each_find_what_is_theirs_to_do():
    convened = an_invited_conference()
    assert kinds_of(convened, "chair") == set()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    assert kinds_of(convened, "chair") == {"decide_exclusion"}
    exclude(convened)
    assert kinds_of(convened, "chair") == set()
    assert kinds_of(convened, "administrator") == {"send_exclusion_letter"}
    assert kinds_of(convened, "social_worker") == {"check_list"}
    second_checked(convened)
    send(convened)
    assert kinds_of(convened, "administrator") == kinds_of(convened, "social_worker") == set()


def test_what_one_press_sends_is_one_duty_and_one_check_of_the_list_is_another():
    convened = a_booked_conference()
    exclude(convened)
    assert kinds_of(convened, "administrator") == {"invite"}
    second_checked(with_fathers_apart(convened))
    send(convened)
    exclusions.end_exclusion(by=convened.by("chair"), invitation=dans(convened), reason="He is calm now.")
    exclude(convened)
    check_waiting_letters(by=system(on=TODAY))
    assert kinds_of(convened, "social_worker") == {"check_list"}


def test_a_check_of_the_list_lapses_with_a_new_end_and_with_an_exclusion_that_is_not_decided():
    convened = a_booked_conference()

    def fingerprint():
        return list_check(convened.conference, invitations_of(convened.conference)).fingerprint

    seen = [fingerprint()]
    second_checked(convened)
    assert kinds_of(convened, "social_worker") == set()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    assert kinds_of(convened, "social_worker") == {"check_list"}
    seen.append(fingerprint())
    exclude(convened)
    seen.append(fingerprint())
    with setting_up():
        Exclusion.objects.update(until_on=HELD_ON + timedelta(days=1))
    seen.append(fingerprint())
    assert len(set(seen)) == 4 and fingerprint() == seen[-1]


# --- Pages --------------------------------------------------------------------------------------------------------


def page(convened, client, role, name="exclusions", pk=None, data=None):
    client.force_login(getattr(convened.council.users, role))
    url = reverse(f"conferences:{name}", args=[pk or convened.conference.pk])
    return client.post(url, data) if data is not None else client.get(url)


ASKED = {
    "asker": "other",
    "asked_by": "The school",
    "ground": "violence",
    "evidence": "He threatened the head teacher.",
}
DECIDED = {
    **ASKED, **WORDS, "meeting": "none", "gets_documents": "no", "from_on_day": "20", "from_on_month": "11",
    "from_on_year": "2026", "is_safe": "yes",
}  # fmt: skip


def test_from_the_list_a_worker_asks_the_chair_decides_and_the_letter_can_be_read(client):
    convened = a_booked_conference()
    pk = dans(convened).pk
    listed = page(convened, client, "administrator", "invitations").content.decode()
    assert reverse("conferences:exclusions", args=[convened.conference.pk]) in listed
    school = convened.invitation(convened.council.professionals.school)
    asked = {**ASKED, "asker": school.pk, "asked_by": ""}
    assert "Say who is requesting it" in page(
        convened, client, "social_worker", "request_exclusion", pk, {**asked, "asker": "other"}
    ).content.decode()  # fmt: skip
    assert page(convened, client, "social_worker", "request_exclusion", pk, asked).status_code == 302
    assert Exclusion.objects.get().asked_by == f"{school.name} (School, {school.agency})"
    before = page(convened, client, "chair").content.decode()
    assert "He threatened the head teacher." in before and "Do not exclude" in before
    form = page(convened, client, "chair", "decide_exclusion", pk).content.decode()
    assert "He threatened the head teacher." in form
    answer = page(convened, client, "chair", "decide_exclusion", pk, DECIDED)
    assert answer.status_code == 302, answer.content.decode()
    found = Exclusion.objects.get()
    assert (found.meeting, found.no_documents, found.state) == ("none", True, ExclusionState.IN_FORCE)
    after = page(convened, client, "administrator", "invitations").content.decode()
    assert "Excluded by the chair" in after and "The letter has not been sent yet" in after
    letter = page(convened, client, "administrator", "exclusion_letter", pk)
    assert "You will not be at the meeting" in text_of(letter.content)
    preview = page(convened, client, "administrator", "preview_invitations").content.decode()
    assert "decision about you and the conference" in preview
    assert page(convened, client, "chair", "end_exclusion", pk, {"reason": "He apologised."}).status_code == 302


def test_what_was_typed_stays_when_the_decision_is_refused(client):
    convened = a_booked_conference()
    answer = page(
        convened,
        client,
        "chair",
        "decide_exclusion",
        dans(convened).pk,
        {name: value for name, value in DECIDED.items() if name != "is_safe"},
    )
    said = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "puts nobody at risk" in said and WORDS["letter_words"] in said


def test_a_professional_has_no_letter_about_an_exclusion_to_preview(client):
    convened = a_booked_conference()
    client.force_login(convened.council.users.administrator)
    school = convened.invitation(convened.council.professionals.school)
    for name in ("exclusion_family", "invitation_family"):
        assert client.get(reverse("conferences:preview_letter", args=[school.pk, name])).status_code == 404


def test_the_evidence_is_shown_to_those_who_work_on_the_conference_and_not_to_other_chairs_and_administrators(client):
    convened = a_booked_conference()
    exclusions.request_exclusion(by=convened.by("social_worker"), invitation=dans(convened), **CASE)
    page = reverse("conferences:exclusions", args=[convened.conference.pk])
    for name, reads in (("chair", True), ("social_worker", True), ("other_chair", False)):
        client.force_login(getattr(convened.council.users, name))
        shown = client.get(page).content.decode()
        assert "Requested by" in shown and (CASE["evidence"] in shown) == reads, name
