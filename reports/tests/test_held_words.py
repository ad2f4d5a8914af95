"""The own words of somebody who is protected from a reader are held from that reader, until the chair includes them."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import NotPermitted
from families.people.models import MustNotMeet
from reports.outgoing.actions.drafting import edit_paragraph, include_held_words
from reports.outgoing.models import Paragraph
from reports.outgoing.rules.copies import ParagraphScope, Reader, appears_in
from reports.tests.builders import a_drafted_record, copy_for
from reports.tests.test_letters import letter

pytestmark = pytest.mark.django_db
HERS, THEOS = "I did my best.", "Theo said that he is afraid at night."


@pytest.fixture
def held():
    """Anna is protected from Theo’s father, and so is Theo, who said something about himself."""
    sitting, record = a_drafted_record()
    marlows = sitting.marlows
    with setting_up():
        for one in (marlows.mother, marlows.theo):
            MustNotMeet.objects.create(
                one=one, other=marlows.theos_father, protects="one", source="injunction", reason="He hit her."
            )
        view = Paragraph.objects.filter(record=record, part="child_views", child=marlows.rosa).first()
        view.pk, view.child, view.text, view.heading = None, marlows.theo, THEOS, "What Theo thinks"
        view.save()
    return sitting, record


def words(sitting, record, who):
    return flowing_text(letter(sitting, record, copy_for(sitting, record, who)))


def test_what_a_protected_parent_or_child_said_is_not_in_the_copy_of_who_must_not_meet_them(held):
    sitting, record = held
    his, hers = words(sitting, record, "theos_father"), words(sitting, record, "mother")
    assert HERS not in his and THEOS not in his and "What Anna Marlow said" not in his
    assert HERS in hers and THEOS in hers and HERS in words(sitting, record, "rosas_father")
    assert "I was at work that night." in his  # his own words


def test_the_chair_sees_who_does_not_get_held_words_and_includes_them_with_a_reason(held, client):
    sitting, record = held
    said = Paragraph.objects.get(record=record, text=HERS, child=sitting.marlows.theo)
    page, include = reverse("reports:record", args=[sitting.conference.pk]), "reports:include_words"
    name = sitting.invitations["theos_father"].name
    client.force_login(sitting.council.users.chair)
    assert f"Left out of the copies for {name}" in client.get(page).content.decode()
    url = reverse(include, args=[said.pk])
    client.post(url, {"reason": " "})
    assert not _reason(said)
    client.post(url, {"reason": "She asked that he reads it."})
    assert "She asked that he reads it." in client.get(page).content.decode()
    assert HERS in words(sitting, record, "theos_father")
    said.refresh_from_db()
    edit_paragraph(
        by=sitting.chair, paragraph=said, version=said.version, heading=said.heading, text="I did all I could.",
        audience=said.audience, child=said.child,
    )  # fmt: skip
    assert "I did all I could." not in words(sitting, record, "theos_father")


def test_words_that_the_chair_included_are_held_again_when_somebody_else_is_named_to_read_them(held):
    sitting, record = held
    said = Paragraph.objects.get(record=record, text=HERS, child=sitting.marlows.theo)
    mother, father = sitting.invitations["mother"].pk, sitting.invitations["theos_father"].pk

    def name(*readers):
        edit_paragraph(
            by=sitting.chair, paragraph=said, version=said.version, heading=said.heading, text=said.text,
            audience="named", child=said.child, named=readers,
        )  # fmt: skip
        said.refresh_from_db()

    name(mother)
    include_held_words(by=sitting.chair, paragraph=said, reason="Only she reads it.")
    name(mother)
    assert _reason(said)
    name(mother, father)
    assert not _reason(said) and HERS not in words(sitting, record, "theos_father")
    assert HERS in words(sitting, record, "mother")


def _reason(paragraph) -> str:
    paragraph.refresh_from_db()
    return paragraph.included_reason


def test_only_the_chair_includes_words_that_are_held(held):
    sitting, record = held
    said = Paragraph.objects.filter(record=record, text=HERS).first()
    for who in ("administrator", "social_worker", "team_manager"):
        with pytest.raises(NotPermitted):
            include_held_words(by=sitting.council.by(who), paragraph=said, reason="I think so.")
    assert not _reason(said)


@pytest.mark.parametrize(("speaker", "appears"), [(7, False), (8, True), (5, True), (None, True)])
def test_words_are_held_only_where_their_speaker_is_protected_from_this_reader(speaker, appears):
    reader = Reader(children=frozenset({1}), person=5, held_speakers=frozenset({7, 5}))
    assert appears_in(ParagraphScope(child=1, speaker=speaker), reader) is appears
    assert appears_in(ParagraphScope(child=1, speaker=speaker, is_included=True), reader)
