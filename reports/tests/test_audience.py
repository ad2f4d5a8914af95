"""Every paragraph keeps its audience: in the record, in each copy and on each screen; never a wider one."""

from datetime import timedelta

import pytest

from conferences.convening.choices import Section
from conferences.disclosure.actions import RestrictedTextCopied
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import readers_of
from conferences.disclosure.rules.audience import BY_NAME, is_within
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.actions.notes import save_note
from conferences.meeting.models import AgencyView, LiveNote
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions import outline
from conferences.tests.meeting import a_booked_sitting as booked
from conferences.tests.meeting import a_quorate_sitting
from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import MustNotLearn, Person
from reports.outgoing.actions.drafting import add_paragraph, edit_paragraph
from reports.outgoing.letters import letter_for
from reports.outgoing.models import Copy, Paragraph
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import (
    CHILDREN,
    a_record_with,
    a_report,
    an_approved_record,
    ask_for_reports,
    closed_and_drafted,
)

pytestmark = pytest.mark.django_db
A = Audience
READERS = ("mother", "rosas_father", "social_worker", "school", "police")


def text_of(record, sitting, who, kind="record"):
    """Everything that the copy of one reader says."""
    copy = Copy.objects.get(record=record, kind=kind, invitation=sitting.invitations[who])
    return repr(letter_for(facts_of(record), copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY)))


# who may read what was noted about all the children; Rosa's father and the school have a copy about Rosa alone
WHOSE_COPIES = {
    A.EVERYONE: {"mother", "rosas_father", "social_worker", "police", "school"},
    A.FAMILY: {"mother", "rosas_father"},
    A.PROFESSIONALS: {"social_worker", "police", "school"},
    A.CHAIR: set(),
    A.NAMED: {"police", "school"},
    A.POLICE: {"police", "school"},
    A.THIRD_PARTY: {"police", "school"},
}


@pytest.mark.parametrize("audience", list(Audience))
def test_a_paragraph_appears_in_the_copies_of_its_audience_and_in_no_other(audience):
    sitting, record = a_record_with(audience, named=["police", "school"] if audience in BY_NAME else [])
    have = {who for who in READERS if "kestrel" in text_of(record, sitting, who)}
    assert have == WHOSE_COPIES[audience]


@pytest.mark.parametrize("audience", [A.NAMED, A.POLICE, A.THIRD_PARTY])
def test_what_goes_by_name_appears_in_no_copy_while_nobody_is_named(audience):
    sitting, record = a_record_with(audience)
    assert not any("kestrel" in text_of(record, sitting, who) for who in READERS)


@pytest.mark.parametrize("audience", [A.CHAIR, A.NAMED, A.POLICE, A.THIRD_PARTY])
def test_no_copy_says_that_something_for_few_was_left_out(audience):
    sitting, record = a_record_with(audience)
    assert "is_incomplete=False" in text_of(record, sitting, "mother")


def test_a_copy_says_that_something_for_professionals_was_left_out():
    sitting, record = a_record_with(A.PROFESSIONALS)
    assert "is_incomplete=True" in text_of(record, sitting, "mother")


ON_THE_SCREEN = {
    A.EVERYONE: {"chair", "administrator", "other_administrator", "social_worker", "team_manager", "service_manager"},
    A.FAMILY: {"chair", "administrator"},
    A.PROFESSIONALS: {
        "chair", "administrator", "other_administrator", "social_worker", "team_manager", "service_manager",
    },
    A.CHAIR: {"chair"},
    A.NAMED: {"chair", "social_worker"},
    A.POLICE: {"chair", "administrator", "social_worker", "team_manager"},
    A.THIRD_PARTY: {"chair", "administrator", "social_worker", "team_manager"},
}  # fmt: skip


@pytest.mark.parametrize("audience", list(Audience))
def test_on_the_screen_a_note_and_its_paragraph_are_shown_to_the_same_people(audience):
    from cpc.core.accounts.choices import Role
    from cpc.core.accounts.tests.builders import a_user

    sitting, record = a_record_with(audience, named=["social_worker"] if audience == A.NAMED else [])
    users = sitting.council.users
    people = {name: getattr(users, name) for name in ON_THE_SCREEN[A.EVERYONE] if name != "other_administrator"}
    people["other_administrator"] = a_user(Role.ADMINISTRATOR, last_name="Other")
    for model, rows in (
        (LiveNote, LiveNote.objects.filter(text__contains="kestrel")),
        (Paragraph, record.paragraphs.filter(text__contains="kestrel")),
    ):
        shown = {name for name, user in people.items() if (seen_by(viewer(user), model) & rows).exists()}
        assert shown == ON_THE_SCREEN[audience], model
    school = viewer(sitting.invitations["school"].user)
    assert not seen_by(school, Paragraph).exists()


def test_nobody_opens_a_copy_that_holds_what_they_may_not_read():
    sitting, record = a_record_with(A.NAMED, named=["police"])
    copy = Copy.objects.get(record=record, kind="record", invitation=sitting.invitations["police"])
    mothers = Copy.objects.get(record=record, kind="record", invitation=sitting.invitations["mother"])
    worker, chair = viewer(sitting.council.users.social_worker), sitting.chair
    assert copy not in seen_by(worker, Copy) and mothers in seen_by(worker, Copy)
    assert copy in seen_by(chair, Copy)


def test_a_family_copy_with_what_is_for_the_family_is_opened_by_the_chair_and_the_administrator():
    sitting, record = a_record_with(A.FAMILY)
    copy = Copy.objects.get(record=record, kind="record", invitation=sitting.invitations["mother"])
    users = sitting.council.users
    assert copy not in seen_by(viewer(users.social_worker), Copy)
    assert copy in seen_by(viewer(users.administrator), Copy) and copy in seen_by(sitting.chair, Copy)


@pytest.mark.parametrize("audience", list(Audience))
def test_no_drafted_paragraph_has_more_readers_than_what_it_is_made_from(audience):
    sitting = a_quorate_sitting(children=CHILDREN)
    chair, conference = sitting.chair, sitting.conference
    named = {sitting.invitations["police"].pk, sitting.invitations["mother"].pk} if audience in BY_NAME else set()
    section = Section.WORRIED if audience in (A.EVERYONE, A.FAMILY) else Section.CONFIDENTIAL
    save_note(by=chair, conference=conference, place=NotePlace(section), text="Kestrel", audience=audience, named=named)
    if audience not in (A.FAMILY, A.NAMED):
        view = GivenView(
            sitting.invitations["police"].pk,
            "plan",
            "Osprey",
            dissents=True,
            dissent_reason="Osprey",
            audience=audience,
        )
        school = GivenView(sitting.invitations["school"].pk, "no_plan", "Heron")
        record_child_views(by=chair, conference_child=sitting.rows["rosa"], views=[view, school])
    record = closed_and_drafted(sitting)
    sources = [(n.text, n.audience, [r.invitation for r in n.readers.all()]) for n in LiveNote.objects.all()]
    sources += [(v.reason, v.audience, []) for v in AgencyView.objects.all()]
    views = record.paragraphs.filter(part="agency_views", audience=A.EVERYONE)
    assert not AgencyView.objects.exists() or "needs a child protection plan" in views.get().text  # a view is no secret
    checked = 0
    for words, wide, people in sources:
        for paragraph in record.paragraphs.filter(text__contains=words):
            readers = readers_of(paragraph.audience, [r.invitation for r in paragraph.readers.all()])
            assert is_within(readers, readers_of(wide, people)), (words, paragraph.audience)
            checked += 1
    assert checked >= (4 if audience not in (A.FAMILY, A.NAMED) else 1)


def test_an_action_for_professionals_appears_in_their_copies_alone():
    sitting = a_quorate_sitting(children=CHILDREN)
    children = [row.child for row in sitting.children]
    how = {"who": "The police", "due_on": TODAY, "measure": "Seen", "children": children}
    outline.add_action(
        by=sitting.chair, conference=sitting.conference, outcome="Safe", action="Kestrel watch",
        audience=A.PROFESSIONALS, **how,
    )  # fmt: skip
    with pytest.raises(Invalid):
        outline.add_action(
            by=sitting.chair, conference=sitting.conference, outcome="Safe", action="x", audience=A.POLICE, **how
        )
    record = closed_and_drafted(sitting)
    for kind in ("record", "decision_letter"):
        have = {who for who in READERS if "Kestrel watch" in text_of(record, sitting, who, kind)}
        assert have == {"social_worker", "police", "school"}


# Editing the record


def edit(by, paragraph, **how):
    values = {
        "version": paragraph.version, "heading": paragraph.heading, "text": paragraph.text,
        "audience": paragraph.audience, "child": paragraph.child,
    }  # fmt: skip
    return edit_paragraph(by=by, paragraph=paragraph, **values | how)


def test_a_restricted_passage_enters_a_wider_paragraph_only_with_consent_that_is_on_the_audit_trail():
    sitting, record = a_record_with(A.POLICE)
    words = "he keeps a machete behind the bedroom door"
    kept = add_paragraph(
        by=sitting.chair, record=record, heading="Heard", text=f"Officers say {words}.", audience=A.POLICE,
        child=sitting.marlows.rosa,
    )  # fmt: skip
    wide = record.paragraphs.get(part="quorum")
    with pytest.raises(RestrictedTextCopied) as stopped:
        edit(sitting.chair, wide, text=f"Enough came. And {words}!", procedural=True)
    assert "Police information, restricted" in stopped.value.sentence and words in stopped.value.sentence
    assert stopped.value.narrower.audience == A.POLICE
    wide.refresh_from_db()
    assert "machete" not in wide.text
    edit(sitting.chair, wide, text=f"Enough came. And {words}!", procedural=True, consent="DS Hall agreed on the phone")
    event = Event.objects.filter(act=Permission.DRAFT_RECORD.value, reason="DS Hall agreed on the phone").get()
    assert event.details["from_restricted"] == [f"outgoing.paragraph:{kept.pk}"]
    assert "machete" not in str(event.details)
    wide.refresh_from_db()
    edit(sitting.chair, wide, text=wide.text + " Quorate.", procedural=True)  # what was allowed is not asked again


def test_what_was_given_in_confidence_is_not_widened_in_its_own_place_without_consent():
    sitting, record = a_record_with(A.POLICE)
    paragraph = add_paragraph(
        by=sitting.chair, record=record, heading="Heard", text="He keeps a machete behind the bedroom door.",
        audience=A.POLICE,
    )  # fmt: skip
    with pytest.raises(RestrictedTextCopied):
        edit(sitting.chair, paragraph, audience=A.EVERYONE)
    edit(sitting.chair, paragraph, audience=A.EVERYONE, consent="DS Hall")


def test_only_the_chair_lets_more_people_read_what_few_may():
    sitting, record = a_record_with(A.POLICE)
    paragraph = record.paragraphs.filter(text__contains="kestrel").first()
    with pytest.raises(NotPermitted):
        edit(sitting.council.by("administrator"), paragraph, audience=A.EVERYONE, consent="I say so")
    stranger = [sitting.invitations["mother"].pk + 10_000]
    with pytest.raises(Invalid):
        edit(sitting.chair, paragraph, named=stranger)


def test_an_earlier_conference_of_the_family_is_a_source_too():
    sitting, record = a_record_with(A.POLICE)
    add_paragraph(
        by=sitting.chair, record=record, heading="Heard", text="He keeps a machete behind the bedroom door.",
        audience=A.POLICE,
    )  # fmt: skip
    later = ask_for_reports(booked(TODAY + timedelta(days=7), marlows=sitting.marlows, children=CHILDREN))
    with pytest.raises(RestrictedTextCopied):
        a_report(later, "social_worker", worried="I heard he keeps a machete behind the bedroom door.")


def test_nobody_reads_what_tells_a_child_from_a_sibling_of_the_same_name_that_they_must_not_learn_of():
    sitting, record = an_approved_record()
    with setting_up():
        Person.objects.filter(pk=sitting.marlows.theo.pk).update(first_name="Rosa")
    assert "Rosa Marlow (born" in text_of(record, sitting, "rosas_father")
    with setting_up():
        MustNotLearn.objects.create(
            reader=sitting.marlows.rosas_father, about=sitting.marlows.theo, what="existence", source="judgement",
            reason="Adopted.",
        )  # fmt: skip
    assert "Rosa Marlow (born" not in text_of(record, sitting, "rosas_father")
