"""What somebody may see is compiled once: the answer stays the same, and nobody is given what another may see."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from conferences.convening.models import Conference, Enquiry, Room, StrategyDiscussion
from cpc.core.accounts.models import Team, User
from cpc.core.accounts.permissions import _SEES, can_see, few_seen_by, seen_by, sees
from cpc.core.accounts.tests.builders import a_council, setting_up, viewer
from cpc.core.documents.models import Document
from cpc.tests.effort import calls
from families.cases.models import Family
from families.tests.builders import a_family, declare_conflict, restrict, the_marlows
from families.tests.builders_access import emergency_of, restricted
from reports.tests.builders import an_approved_record

pytestmark = pytest.mark.django_db


def ids(found):
    return set(found.order_by().values_list("pk", flat=True))


@pytest.mark.parametrize("barred", ["nobody", "by a conflict", "by a restriction"])
def test_the_compiled_rule_finds_just_what_the_list_of_each_kind_finds_for_everybody(barred):
    sitting, _ = an_approved_record()
    marlows = sitting.marlows
    the_marlows(marlows.council, name="Barrow")
    if barred == "by a restriction":
        restrict(marlows.family)
    found = 0
    for user in User.objects.all():
        if barred == "by a conflict":
            declare_conflict(user, marlows.family)
        by = viewer(user)
        for model in _SEES:
            listed = ids(seen_by(by, model))
            assert ids(few_seen_by(by, model)) == listed, (user, model)
            assert ids(model._default_manager.filter(pk__in=few_seen_by(by, model).values("pk"))) == listed
            found += len(listed)
    assert found > (500 if barred == "nobody" else 50)


def test_somebody_without_what_an_emergency_opened_sees_less_whichever_is_asked_first():
    council = a_council()
    family = a_family(council)
    restricted(council, family)
    emergency_of(council.users.administrator, family)
    for first in (True, False):
        by = viewer(council.users.administrator)
        asked = [by, by.without_emergencies()]
        seen = {one.in_emergency: can_see(one, family) for one in (asked if first else reversed(asked))}
        assert seen == {True: True, False: False}


def test_another_viewer_made_of_one_does_not_inherit_what_the_first_may_see():
    council = a_council()
    family = a_family(council)
    worker = viewer(council.users.social_worker)
    assert can_see(worker, family)
    assert not can_see(replace(worker, roles=frozenset()), family)
    assert can_see(replace(worker, name="The same person"), family)


def test_once_a_page_is_answered_nothing_keeps_its_request_in_memory():
    council = a_council()
    family = a_family(council)
    request = RequestFactory().get("/")
    request.user = council.users.social_worker
    request.viewer = SimpleLazyObject(lambda asked=request: viewer(asked.user))
    assert can_see(request.viewer, family)
    gone = weakref.ref(request)
    del request
    gc.collect()
    assert gone() is None


def test_a_rule_of_two_kinds_is_compiled_for_each():
    convened = the_marlows(a_council())
    by = convened.council.by("social_worker")
    sql = {model: str(few_seen_by(by, model).query) for model in (Enquiry, StrategyDiscussion)}
    for model, text in sql.items():
        other = next(one for one in sql if one is not model)
        assert model._meta.db_table in text and f'"{other._meta.db_table}"' not in text


def test_a_rule_that_has_its_sql_is_not_registered_for_another_kind():
    visible = sees(Team)(_SEES[Team])
    with pytest.raises(TypeError, match="one @sees"):
        sees(User)(visible)


def test_what_everybody_may_see_is_asked_for_without_a_condition():
    by = viewer(a_council().users.social_worker)
    assert "WHERE" not in str(few_seen_by(by, Room).query)


def test_a_document_about_a_new_kind_of_record_is_seen_by_a_viewer_who_asked_before_it_was_made():
    council = a_council()
    by = council.by("administrator")
    assert not few_seen_by(by, Document).exists()
    with setting_up():
        made = Document.objects.create(
            kind="sample",
            about_kind="cases.family",
            about_id=a_family(council).pk,
            values={},
            recipient_name="A reader",
        )
    assert can_see(by, made)


def test_the_rules_for_a_page_are_compiled_once_for_each_kind(monkeypatch):
    asked = []
    rule = _SEES[Family]
    monkeypatch.setitem(_SEES, Family, lambda by: asked.append(by) or rule(by))
    council = a_council()
    by = council.by("social_worker")
    family = a_family(council)
    for _ in range(3):
        assert can_see(by, family)
        list(seen_by(by, Conference))
        list(few_seen_by(by, Enquiry))
    assert asked == [by]


def test_the_next_request_of_the_same_person_compiles_nothing_again_until_something_about_them_changes(monkeypatch):
    asked = []
    rule = _SEES[Family]
    monkeypatch.setitem(_SEES, Family, lambda by: asked.append(by) or rule(by))
    council = a_council()
    family = a_family(council)
    assert all(can_see(council.by("social_worker"), family) for _ in range(3))
    assert len(asked) == 1
    assert not can_see(replace(council.by("social_worker"), id=0, team_id=None), family)
    assert len(asked) == 2


def test_a_list_is_made_once_for_each_viewer_and_no_two_threads_share_it(monkeypatch):
    asked = []
    rule = _SEES[Family]
    monkeypatch.setitem(_SEES, Family, lambda by: asked.append(by) or rule(by))
    council = a_council()
    family = a_family(council)
    by = council.by("social_worker")
    assert all(list(seen_by(by, Family).order_by("pk")) == [family] for _ in range(3))
    assert asked == [by]
    assert not seen_by(replace(by, id=0, team_id=None), Family).exists()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: str(seen_by(by, Family).query)).result() == str(seen_by(by, Family).query)
    assert len(asked) == 3


def test_the_conditions_of_a_list_become_sql_once_and_are_made_again_for_the_names_of_another_query():
    sitting, _ = an_approved_record()
    by = sitting.council.by("social_worker")
    new = replace(by, name="Nobody has asked for this one before")
    seen_by(new, Conference)  # the list is made, and not its SQL
    first, again = (calls(lambda: str(seen_by(new, Conference).order_by("pk").query)) for _ in range(2))
    assert again < first / 2, (first, again)
    of_families = seen_by(by, Conference).filter(family__in=seen_by(by, Family).filter(name__startswith="M"))
    within = Conference.objects.filter(pk__in=of_families.values("pk"))
    assert ids(within) == ids(seen_by(by, Conference)) >= {sitting.conference.pk}
    hidden = Conference.objects.exclude(pk__in=seen_by(by, Conference))
    assert not hidden.filter(pk=sitting.conference.pk).exists()
