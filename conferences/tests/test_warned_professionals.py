"""A warning that is meant for professionals is on their pages, and no other one is."""

import pytest
from django.urls import reverse

from conferences.tests.builders import an_invited_conference
from conferences.tests.test_request import a_declined_request
from families.people.choices import WarningKind
from families.people.models import WarningMarker
from families.protections.actions.entries import record_warning
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db
KNIFE, DOGS = "He carries a knife. See nobody alone.", "Two large dogs."


def warned(convened):
    by, family = convened.by("social_worker"), convened.conference.family
    given = {"by": by, "family": family, "source": "judgement"}
    record_warning(
        **given, kind=WarningKind.RISK_TO_WORKERS, person=convened.marlows.theos_father, reason=KNIFE,
        warns_professionals=True,
    )  # fmt: skip
    record_warning(**given, kind=WarningKind.ANIMALS, reason=DOGS)


def test_an_invited_professional_reads_what_is_meant_for_professionals_and_no_other_warning(client):
    convened = an_invited_conference()
    warned(convened)
    school = convened.council.professionals.school
    client.force_login(school)
    page = reverse("conferences:invitation", args=[convened.invitation(school).pk])
    text = client.get(page).content.decode()
    assert KNIFE in text and "Lewis Hart" in text
    assert DOGS not in text and "must not meet" not in text and "Confidential information" not in text


def test_the_writer_is_asked_and_sees_who_is_not_warned(client):
    convened = an_invited_conference()
    client.force_login(convened.council.users.social_worker)
    family = convened.conference.family
    form, page = reverse("families:add_warning", args=[family.pk]), reverse("families:protections", args=[family.pk])
    given = {"kind": "animals", "source": "judgement", "reason": DOGS}
    said = client.post(form, given).content.decode()
    assert "Should professionals of other agencies be warned too?" in said and not WarningMarker.objects.exists()
    client.post(form, given | {"warns_professionals": "no"})
    text = client.get(page).content.decode()
    assert "Professionals of other agencies are not shown this." in text
    entry = WarningMarker.objects.get()
    change = reverse("families:change_warning", args=[family.pk, entry.pk])
    client.post(change, given | {"warns_professionals": "yes", "seen": _seen(client, change)})
    assert "Professionals who are invited to a conference are warned too." in client.get(page).content.decode()


def _seen(client, page):
    return client.get(page).context["form"]["seen"].value()


def test_a_professional_who_is_not_invited_reads_no_warning_where_a_request_was_declined(client):
    marlows = the_marlows()
    conference = a_declined_request(marlows)
    record_warning(
        by=marlows.council.by("social_worker"), family=marlows.family, kind=WarningKind.RISK_TO_WORKERS,
        person=marlows.theos_father, reason=KNIFE, source="judgement", warns_professionals=True,
    )  # fmt: skip
    client.force_login(marlows.council.professionals.school)
    for name in ("request", "dispute"):
        answer = client.get(reverse(f"conferences:{name}", args=[conference.pk]))
        assert answer.status_code == 200 and KNIFE not in answer.content.decode(), name
