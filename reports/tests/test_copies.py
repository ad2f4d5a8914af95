"""Who gets what: every copy of a family with two fathers and a protected address, as its reader meets it."""

import pytest

from conferences.plans.models import PlanAction
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import Person
from reports.outgoing.actions.copies import include, narrow, widen, withhold
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.releasing import release
from reports.outgoing.choices import WrittenKind
from reports.outgoing.letters.lacks import copies_that_lack
from reports.outgoing.letters.parts.plan import steps
from reports.outgoing.models import Copy
from reports.outgoing.queries.facts import facts_of, reader_of
from reports.outgoing.rules.copies import DIED, EXCLUDED
from reports.tests.builders import a_drafted_record, an_approved_record, approve_record, copy_for, looked_at

pytestmark = pytest.mark.django_db

ADDRESSES = ("Quarry Street", "ZZ9 4QP", "Mill Close", "ZZ1 2BB", "07700 900")


@pytest.fixture
def approved():
    return an_approved_record()


def text(copy) -> str:
    copy.refresh_from_db()
    document = copy.document
    return flowing_text(rebuild(document.kind, document.values))


def test_each_father_gets_nothing_on_the_other_child_or_its_father_in_any_copy(approved):
    sitting, record = approved
    for kind in WrittenKind.values:
        dans, lewiss = (
            text(copy_for(sitting, record, "rosas_father", kind)),
            text(copy_for(sitting, record, "theos_father", kind)),
        )
        assert "Rosa was left alone" in dans and "Theo was cold and hungry" in lewiss
        for never in ("Theo", "Lewis", "Hart", "coat", "at work that night"):
            assert never not in dans, never
        for never in ("Rosa", "Dan Pryce", "Pryce", "weekends", "walks to school"):
            assert never not in lewiss, never


def test_a_text_for_several_children_is_in_the_copy_of_each_once_under_the_names_that_the_copy_covers(approved):
    sitting, record = approved
    mothers, dans = text(copy_for(sitting, record, "mother")), text(copy_for(sitting, record, "rosas_father"))
    for found in (mothers, dans):
        assert found.count("Both children were found alone at night.") == 1
    assert "Why the conference was held: Rosa and Theo" in mothers
    assert "Why the conference was held: Rosa\n" in dans and "For Rosa" in dans


@pytest.mark.parametrize("named", ["Her brother stays away", "T. stays away", "Theo is at nursery"])
def test_an_action_for_several_children_that_means_another_is_left_out_and_the_chair_is_told(named):
    sitting, record = a_drafted_record()
    school = copy_for(sitting, record, "school")
    with setting_up():
        # The reader knows somebody with the same first name as the other child.
        Person.objects.filter(pk=sitting.marlows.rosas_father.pk).update(first_name="Theo")
        PlanAction.objects.filter(outcome="Never alone").update(action=named)

    facts = facts_of(record)
    (lack,) = [one for one in copies_that_lack(facts, [WrittenKind.RECORD], TODAY) if one.copy.pk == school.pk]
    assert lack.sentences == ("This copy lacks the plan about Rosa, or part of it.",)
    assert [one.action for one in steps(facts, reader_of(school, facts.rules, facts))] == ["Walk Rosa to school"]


def test_a_mother_with_parental_responsibility_for_all_gets_all_but_what_is_for_professionals(approved):
    sitting, record = approved
    found = text(copy_for(sitting, record, "mother"))
    for said in ("Both children were found alone", "Rosa walks to school", "no coat", "weekends", "at work that night"):
        assert said in found
    assert "police enquiry" not in found


def test_no_copy_prints_an_address_but_the_readers_own(approved):
    _, record = approved
    for copy in Copy.objects.filter(record=record, document__isnull=False):
        found = text(copy)
        for address in ADDRESSES:
            assert address not in found, (copy.invitation.name, address)
        own = copy.invitation.person_id is not None and copy.invitation.name == "Anna Marlow"
        assert ("14 Alder Lane" in found) == (own and copy.kind == "decision_letter"), copy.invitation.name


def test_a_protected_address_is_printed_nowhere_not_even_on_its_own_persons_letter(approved):
    sitting, record = approved
    copy = copy_for(sitting, record, "rosas_father", "decision_letter")
    assert copy.document.recipient_address == []


def test_a_professional_gets_only_the_children_they_were_invited_for(approved):
    sitting, record = approved
    school, gp = text(copy_for(sitting, record, "school")), text(copy_for(sitting, record, "gp"))
    assert "Rosa" in school
    for never in ("Theo", "Lewis", "Hart"):
        assert never not in school
    for said in (
        "Both children were found alone",
        "police enquiry",
        "See both children",
        "What must change: The children are never alone",
    ):
        assert said in school
    for said in ("Rosa", "Theo", "Both children", "A police enquiry is under way"):
        assert said in gp


def test_the_record_names_who_came_dissent_reports_quorum_plan_and_dates(approved):
    sitting, record = approved
    found = text(copy_for(sitting, record, "mother"))
    for said in (
        "Gwen Ashby", "Enough agencies took part", "Too much.", "neglect", "Priya Nandra", "Walk Rosa to school",
        "Legal advice will be asked for.", "First core group", "Review conference",
    ):  # fmt: skip
        assert said in found, said
    assert "children’s centre" not in found


def test_who_was_excluded_gets_none_by_default_and_the_chair_may_include_them_with_a_reason():
    sitting, record = a_drafted_record()
    copy = copy_for(sitting, record, "rosas_father")
    with pytest.raises(Invalid):
        withhold(by=sitting.chair, copy=copy, reason=" ")
    withhold(by=sitting.chair, copy=copy, reason="He threatened the worker.")
    approve_record(by=sitting.chair, record=record)
    copy.refresh_from_db()
    assert copy.withheld_reason == "He threatened the worker." and copy.document is None
    include(by=sitting.chair, copy=copy, reason="He may read what is about Rosa.")
    copy.refresh_from_db()
    assert copy.withheld_reason == "" and copy.document.state == DocumentState.APPROVED


def test_a_person_the_chair_excluded_at_the_conference_has_both_copies_withheld_from_the_start():
    from reports.tests.builders import a_held_sitting

    sitting = a_held_sitting()
    invitation = sitting.invitations["rosas_father"]
    with setting_up():
        invitation.refresh_from_db()
        invitation.attendance = "excluded"
        invitation.save()
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    approve_record(by=sitting.chair, record=record)
    reasons = set(Copy.objects.filter(record=record, invitation=invitation).values_list("withheld_reason", "document"))
    assert reasons == {(EXCLUDED, None)}


def test_nothing_is_made_for_somebody_who_has_died_and_the_chair_cannot_include_them():
    sitting, record = a_drafted_record()
    person = sitting.marlows.rosas_father
    with setting_up():
        person.died_on = TODAY
        person.save()
    approve_record(by=sitting.chair, record=record)
    copy = copy_for(sitting, record, "rosas_father")
    assert copy.withheld_reason == DIED and copy.document is None
    with pytest.raises(WrongState):
        include(by=sitting.chair, copy=copy, reason="He should have it.")


def test_a_death_after_approval_stops_the_release(approved):
    sitting, record = approved
    person = sitting.marlows.rosas_father
    with setting_up():
        person.died_on = TODAY
        person.save()
    with pytest.raises(WrongState, match="has died"):
        release(by=sitting.council.by("administrator"), copy=copy_for(sitting, record, "rosas_father"))


def test_widening_needs_a_reason_adds_the_child_and_makes_the_document_again(approved):
    sitting, record = approved
    copy, theo = copy_for(sitting, record, "rosas_father"), sitting.marlows.theo
    with pytest.raises(Invalid):
        widen(by=sitting.chair, copy=copy, child=theo, reason="")
    widen(by=sitting.chair, copy=copy, child=theo, reason="Theo stays with him.")
    assert "Theo was cold and hungry" in text(copy)
    assert copy.widened_reason == "Theo stays with him." and copy.children.get(child=theo).widened
    assert Event.objects.filter(act="approve the record and letters", reason="Theo stays with him.").exists()
    narrow(by=sitting.chair, copy=copy, child=theo, reason="A mistake.")
    assert "Theo" not in text(copy) and copy.widened_reason == ""


def test_only_its_chair_decides_on_copies(approved):
    sitting, record = approved
    copy, theo = copy_for(sitting, record, "rosas_father"), sitting.marlows.theo
    for name in ("other_chair", "administrator", "social_worker", "team_manager", "school"):
        with pytest.raises(NotPermitted):
            widen(by=sitting.council.by(name), copy=copy, child=theo, reason="Because.")
    assert copy.children.count() == 1


def test_the_task_drafts_what_nobody_has_opened_once():
    from reports.outgoing.models import ConferenceRecord
    from reports.outgoing.tasks import draft_missing_records
    from reports.tests.builders import a_held_sitting

    sitting = a_held_sitting()
    assert draft_missing_records() == 1
    assert draft_missing_records() == 0
    assert ConferenceRecord.objects.get().conference == sitting.conference


def test_what_a_professional_may_see_of_copies_is_their_own_released_one(approved):
    from cpc.core.accounts.permissions import seen_by

    sitting, record = approved
    gp = sitting.invitations["gp"].user
    assert not seen_by(viewer(gp), Copy).exists()
    for who in ("gp", "school"):
        release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, who)))
    assert list(seen_by(viewer(gp), Copy)) == [copy_for(sitting, record, "gp")]
