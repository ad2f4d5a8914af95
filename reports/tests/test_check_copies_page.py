"""The page on which a second person checks all copies of a conference, and which copies need a second check."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from conferences.convening.choices import InviteeRole
from cpc.core.documents.models import SecondCheck
from cpc.core.kernel.refusals import Invalid
from families.people.choices import WhoIsProtected
from families.protections.actions.no_contact import record_must_not_meet
from families.tests.builders import end_entries
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.drafting import edit_paragraph
from reports.outgoing.actions.releasing import release
from reports.outgoing.models import Copy, Paragraph
from reports.outgoing.queries.checking import check_of, without_second_check
from reports.outgoing.queries.copies import withholding_rules_for_readers
from reports.outgoing.queries.second_checks import why_second_check
from reports.tests.builders import all_looked_at, an_approved_record, approve_record, copy_for

pytestmark = pytest.mark.django_db


def page_of(sitting, who, client):
    client.force_login(getattr(sitting.council.users, who))
    return reverse("reports:check_copies", args=[sitting.conference.pk])


def ticked(client, url, *copies):
    answer = client.post(url, {"copy": [one.document_id for one in copies]}, follow=True)
    return answer.content.decode()


def agreed() -> set[str]:
    return set(SecondCheck.objects.filter(kind="copy", state="agreed").values_list("recipient_name", flat=True))


def test_several_copies_are_opened_and_ticked_on_one_page_and_one_not_opened_cannot_be(client):
    sitting, record = an_approved_record()
    mother, gp = copy_for(sitting, record, "mother"), copy_for(sitting, record, "gp")
    letter = copy_for(sitting, record, "mother", kind="decision_letter")
    url = page_of(sitting, "social_worker", client)
    page = client.get(url).content.decode()
    assert 'name="copy"' not in page and sitting.invitations["mother"].name in page
    assert "no longer await" not in ticked(client, url, mother, gp) and not agreed()  # nothing was opened
    opened = client.get(reverse("reports:open_together", args=[sitting.conference.pk, mother.invitation_id]))
    assert opened.content.startswith(b"%PDF")
    assert f'value="{mother.document_id}"' in client.get(url).content.decode()
    page = ticked(client, url, mother, letter, gp)
    assert "You have checked 2 copies" in page and "Open the preview" in page
    assert agreed() == {mother.invitation.name}
    assert SecondCheck.objects.filter(kind="copy", state="agreed").count() == 2


def test_a_copy_that_changed_since_it_was_opened_must_be_opened_again(client):
    sitting, record = an_approved_record()
    mother, url = copy_for(sitting, record, "mother"), page_of(sitting, "social_worker", client)
    client.get(reverse("reports:exactly", args=[mother.document_id]))
    reopen(by=sitting.chair, record=record, reason="A word.")
    paragraph = Paragraph.objects.get(record=record, part="working_well", child=sitting.marlows.rosa)
    edit_paragraph(
        by=sitting.chair, paragraph=paragraph, version=paragraph.version, heading=paragraph.heading,
        text="Rosa likes her class very much.", audience="everyone", child=sitting.marlows.rosa,
    )  # fmt: skip
    approve_record(by=sitting.chair, record=record)
    mother.refresh_from_db()
    ticked(client, url, mother)
    assert not agreed()
    assert f'value="{mother.document_id}"' not in client.get(url).content.decode()


def test_nobody_is_shown_a_copy_that_they_approved_or_will_receive(client):
    sitting, record = an_approved_record()
    own = Copy.objects.filter(record=record, invitation=sitting.invitations["social_worker"])
    page = client.get(page_of(sitting, "social_worker", client)).content.decode()
    assert own and not any(reverse("reports:exactly", args=[one.document_id]) in page for one in own)
    url = page_of(sitting, "chair", client)
    assert "No copy of this conference awaits your check" in client.get(url).content.decode()
    ticked(client, url, copy_for(sitting, record, "mother"))
    assert not agreed()


def test_where_people_must_not_meet_and_nothing_else_is_withheld_only_copies_that_could_tell_are_checked():
    sitting, record = an_approved_record()
    end_entries(sitting.conference.held_on)
    gp, school = copy_for(sitting, record, "gp"), copy_for(sitting, record, "school")
    assert not why_second_check(copy_for(sitting, record, "mother"))
    record_must_not_meet(
        by=sitting.council.by("team_manager"), family=sitting.marlows.family, one=sitting.marlows.mother,
        other=sitting.marlows.rosas_father, source="judgement", reason="He threatened her.",
        protects=WhoIsProtected.ONE,
    )  # fmt: skip
    family = [copy_for(sitting, record, who) for who in ("mother", "rosas_father", "theos_father")]
    assert all("must not meet" in why_second_check(copy) for copy in family)
    assert not why_second_check(gp)  # neither of the two, nor a relative, nor told when she will be anywhere
    gp.invitation.role = InviteeRole.SOLICITOR
    assert "must not meet" in why_second_check(gp)  # who comes with one of the two tells them
    gp.invitation.role = InviteeRole.GP
    assert "must not meet" in why_second_check(school)  # a member of her core group: it holds the day and place
    assert without_second_check([gp, school, *family]) == [school, *family]
    assert not check_of(gp).lacks_check and check_of(school).lacks_check
    release(by=sitting.council.by("administrator"), copy=gp)
    with pytest.raises(Invalid, match="second person must check"):
        release(by=sitting.council.by("administrator"), copy=school)


def test_what_is_withheld_is_read_once_for_all_copies_that_somebody_has_checked():
    sitting, record = an_approved_record()
    all_looked_at(sitting, record)
    copies = [copy_for(sitting, record, who) for who in ("mother", "rosas_father", "theos_father", "school")]

    def asked(some):
        with CaptureQueriesContext(connection) as queries:
            assert without_second_check(some) == []
        return len(queries)

    asked(copies)  # what is read once and kept
    assert asked(copies) < 2 * asked(copies[:1])


@pytest.mark.parametrize("who", ["mother", "rosas_father", "theos_father"])
def test_beside_each_copy_is_what_its_reader_must_not_learn_and_that_the_check_does_not_know_other_words(who, client):
    sitting, record = an_approved_record()
    copy = copy_for(sitting, record, who)
    rules = withholding_rules_for_readers(sitting.conference, [copy.invitation])
    withheld = rules.withheld_from(copy.invitation.person_id).sources or [check_of(copy).why_second]
    together = client.get(page_of(sitting, "social_worker", client)).content.decode()
    client.get(reverse("reports:exactly", args=[copy.document_id]))
    alone = client.get(reverse("reports:copy", args=[copy.pk])).content.decode()
    for page in (together.partition(f'id="reader-{copy.invitation_id}"')[2].partition("</section>")[0], alone):
        assert [one for one in withheld if escape(one) not in page] == []
    assert all(
        "does not recognise them in quite different words" in " ".join(page.split()) for page in (together, alone)
    )
    assert "I have read this copy and compared it" in alone
    assert reverse("reports:check_copies", args=[sitting.conference.pk]) in alone
