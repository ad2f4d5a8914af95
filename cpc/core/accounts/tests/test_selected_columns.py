"""Django finds the columns of a query as it does without us, only sooner."""

from django.apps import apps
from django.db import connection
from django.db.models import F
from django.db.models.expressions import Col, Expression


def columns_of(model):
    """The columns that a list of the model selects, with those of what it points at, made afresh."""
    compiler = model._base_manager.select_related().order_by("pk").query.get_compiler(connection=connection)
    compiler.setup_query()
    return [column for column, *_ in compiler.select]


def test_a_column_that_is_made_again_is_found():
    joined = 0
    for model in apps.get_models():
        noted, again = columns_of(model), columns_of(model)
        assert set(noted) == set(again) and len(set(noted)) == len(noted)
        joined += sum(column.alias != model._meta.db_table for column in noted)
    assert joined > 500, "too few columns of other tables: this looks in the wrong place"


def test_a_list_in_order_is_the_same_query(monkeypatch):
    def queries():
        found = [model._base_manager.select_related().order_by(F("pk").desc(), "pk") for model in apps.get_models()]
        return [str(each.query) for each in found]

    ours = queries()
    monkeypatch.setattr(Col, "__hash__", Expression.__hash__)
    assert queries() == ours
