"""Reports and what the family brings: no page of them calls anybody by a name that only a restricted family wrote."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.actions.names import change_name
from families.people.choices import Part
from families.people.models import Membership, Person
from families.tests.builders import a_family, restrict
from reports.incoming.actions.writing import Shared, record_sharing
from reports.outgoing.models import ConferenceRecord, Copy
from reports.outgoing.queries.file_copies import withholding
from reports.tests.builders import a_report, submit_report
from reports.tests.test_file_copies import sitting, upload

pytestmark = pytest.mark.django_db
__all__ = ["sitting"]
NEW = ("Ruby", "Quill")


@pytest.fixture
def stones(sitting):
    """A second family of Rosa and her mother, which has given both another name."""
    marlows, service = sitting.marlows, sitting.council.users.other_worker
    family = a_family(sitting.council, name="Stone", worker=service)
    for person, part in ((marlows.rosa, Part.CHILD), (marlows.mother, Part.PARENT)):
        with setting_up():
            Membership.objects.create(family=family, person=person, part=part)
        change_name(by=viewer(service), family=family, person=person, first_name="Ruby", last_name="Quill")
    return family


def test_no_page_of_a_report_and_of_what_the_family_wrote_tells_the_new_name(client, sitting, stones):
    file, report = upload(sitting), submit_report(a_report(sitting, about=[(sitting.marlows.rosa, "She is well.")]))
    record_sharing(
        by=sitting.council.by("administrator"), report=report,
        shared=Shared(sitting.marlows.mother, not_shared_reason="She was ill."),
    )  # fmt: skip
    with setting_up():
        Person.objects.filter(pk=sitting.marlows.rosa.pk).update(born_on=TODAY.replace(year=TODAY.year - 10))
    client.force_login(sitting.council.users.administrator)
    conference = sitting.conference.pk
    pages = [
        reverse("reports:report", args=[report.pk]), reverse("reports:sharing", args=[report.pk]),
        reverse("reports:file", args=[file.pk]), reverse("conferences:conference", args=[conference]),
        reverse("reports:contribute", args=[conference, sitting.marlows.rosa.pk]),
    ]  # fmt: skip

    def told():
        found = {page: client.get(page).content.decode() for page in pages}
        return {page: [name for name in NEW if name in text] for page, text in found.items()}

    assert all(told().values()), told()
    restrict(stones)
    assert not any(told().values()), told()


def test_the_reason_for_which_a_file_is_kept_back_does_not_tell_it(sitting, stones):
    file = upload(sitting)
    with setting_up():
        record = ConferenceRecord.objects.create(
            conference=sitting.conference, letter_due_on=TODAY, record_due_on=TODAY
        )
        Copy.objects.create(record=record, kind="record", invitation=sitting.invitations["mother"])

    def why():
        return str(withholding(file)[sitting.invitations["mother"].pk].why)

    assert "Ruby Quill" in why()
    restrict(stones)
    assert "does not cover Rosa Marlow" in why()
