"""Whatever a user can hold is registered, so that nothing stays with somebody who has left."""

import pytest

from cpc.core.accounts.holdings import HISTORY, KINDS
from cpc.core.accounts.models import User
from cpc.tests.architecture.places import our_models


def keys_to_users():
    """(model, name) of every foreign key of a table to a user."""
    return {
        (model, field.name)
        for model in our_models()
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is User
    }


def test_every_foreign_key_to_a_user_is_handed_over_or_is_history():
    found, held = keys_to_users(), {(kind.model, kind.field) for kind in KINDS.values()}
    assert len(found) > 50, "too few were found: this test looks in the wrong place"
    assert found - held - HISTORY == set(), "register each in the holdings.py of its app"
    assert held | HISTORY <= found, "there is no such key"
    assert not held & HISTORY, "said twice"


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_kind_says_who_takes_over_and_where_it_goes_without_anybody(key):
    kind = KINDS[key]
    if kind.is_chosen:
        assert kind.nobody or kind.must_name
    else:
        assert kind.who is None or kind.like in KINDS
