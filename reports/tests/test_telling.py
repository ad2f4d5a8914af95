"""How each child is told: the chair chooses, and a child’s letter never has the reasons written for adults."""

import pytest

from conferences.convening.models import Invitation, InvitationChild
from conferences.meeting.models import Decision
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from reports.outgoing.actions import approving
from reports.outgoing.actions.copies import include
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.telling import HowTold, choose_telling
from reports.outgoing.models import ChildTold
from reports.tests.builders import a_drafted_record, a_held_sitting, approve_letters, copy_for

pytestmark = pytest.mark.django_db
LETTER = HowTold(
    "letter", words="The adults were worried that you were alone at night.\nThey will see that you are not."
)


def rosa_on_the_list():
    """(sitting, record) of a conference with Rosa on its list."""
    sitting = a_held_sitting()
    rosa = sitting.marlows.rosa
    with setting_up():
        made = Invitation.objects.create(
            conference=sitting.conference, kind="family", role="child", person=rosa, name=rosa.full_name,
            reason="It is about her", attendance="present",
        )  # fmt: skip
        InvitationChild.objects.create(invitation=made, child=rosa)
    sitting.invitations["rosa"] = made
    return sitting, draft_record(by=sitting.chair, conference=sitting.conference)


def test_the_letters_wait_until_the_chair_has_chosen_for_each_child():
    sitting, record = a_drafted_record()
    with pytest.raises(Invalid, match="Rosa and Theo"):
        approving.approve_letters(by=sitting.chair, record=record)
    told = HowTold("in_person", told_by="Priya Nandra", told_on=TODAY)
    choose_telling(by=sitting.chair, record=record, child=sitting.marlows.rosa, told=told)
    with pytest.raises(Invalid, match="told what was decided: Theo"):
        approving.approve_record(by=sitting.chair, record=record)


@pytest.mark.parametrize(
    "told, said",
    [
        (HowTold(""), "Choose how"),
        (HowTold("letter"), "in words for the child"),
        (HowTold("in_person", told_on=TODAY), "Name who"),
        (HowTold("in_person", told_by="Priya"), "Enter the day"),
        (HowTold("not_now"), "Say why"),
        (LETTER, "not on the list"),
    ],
)
def test_what_is_not_complete_is_refused_in_a_sentence(told, said):
    sitting, record = a_drafted_record()
    with pytest.raises(Invalid, match=said):
        choose_telling(by=sitting.chair, record=record, child=sitting.marlows.theo, told=told)


def test_only_the_chair_chooses_and_not_after_the_letters_are_approved():
    sitting, record = a_drafted_record()
    how = {"record": record, "child": sitting.marlows.rosa, "told": HowTold("not_now", because="Too young.")}
    for name in ("administrator", "social_worker", "other_chair"):
        with pytest.raises(NotPermitted):
            choose_telling(by=sitting.council.by(name), **how)
    approve_letters(by=sitting.chair, record=record)
    with pytest.raises(WrongState):
        choose_telling(by=sitting.chair, **how)


@pytest.mark.parametrize(
    "words",
    [
        "{reasons}",
        "Hello Rosa.\nThis is why: {reasons}",
        "We think you could be hurt. LIKELY to suffer significant harm, through neglect!",
        "She is left alone.",
    ],
)
def test_a_letter_that_repeats_what_is_written_for_adults_is_refused_when_it_is_written_and_when_it_is_approved(words):
    sitting, record = rosa_on_the_list()
    choose_telling(by=sitting.chair, record=record, child=sitting.marlows.rosa, told=LETTER)
    reasons = "Rosa was left alone at night by both parents for up to nine hours in October."
    with setting_up():
        found = Decision.objects.filter(conference_child__child=sitting.marlows.rosa)
        found.update(reasons=reasons, threshold="Likely to suffer significant harm through neglect.")
        Decision.objects.filter(conference_child__child=sitting.marlows.theo).update(reasons="She is left alone.")
    words = words.format(reasons=reasons)
    with pytest.raises(Invalid, match="written for adults"):
        choose_telling(by=sitting.chair, record=record, child=sitting.marlows.rosa, told=HowTold("letter", words=words))
    with setting_up():
        ChildTold.objects.filter(child=sitting.marlows.rosa).update(words=words)
    theo = HowTold("not_now", because="He is two.")
    choose_telling(by=sitting.chair, record=record, child=sitting.marlows.theo, told=theo)
    with pytest.raises(Invalid, match="not in those for adults: Rosa"):
        approving.approve_letters(by=sitting.chair, record=record)


def test_a_childs_letter_has_the_words_for_the_child_and_none_of_the_adults_reasons():
    sitting, record = rosa_on_the_list()
    choose_telling(by=sitting.chair, record=record, child=sitting.marlows.rosa, told=LETTER)
    approve_letters(by=sitting.chair, record=record)
    copy = copy_for(sitting, record, "rosa", "decision_letter")
    text = flowing_text(rebuild(copy.document.kind, copy.document.values))
    assert "worried that you were alone at night" in text and "You did nothing wrong." in text
    assert "Dear Rosa" in text and "There will be a plan to keep you safe." in text and "Theo" not in text
    for written_for_adults in ("Rosa was left alone and was frightened", "The children are never alone", "Walk Rosa"):
        assert written_for_adults not in text


def test_a_child_who_is_told_otherwise_gets_no_letter_not_even_by_the_page_of_the_copy():
    sitting, record = rosa_on_the_list()
    told = HowTold("in_person", told_by="Priya Nandra", told_on=TODAY)
    choose_telling(by=sitting.chair, record=record, child=sitting.marlows.rosa, told=told)
    copy = copy_for(sitting, record, "rosa", "decision_letter")
    assert copy.withheld_reason.startswith("Priya Nandra tells the child on")
    with pytest.raises(Invalid, match="Choose a letter"):
        include(by=sitting.chair, copy=copy, reason="She asked for it.")
