"""A foreign key points down the ladder, or sideways inside an app; and no table is made behind our back."""

from django.db import models
from django.test.utils import isolate_apps

from cpc.tests.architecture.places import our_models, ours, rung


def upward(kinds):
    """The foreign keys that point to a higher rung."""
    return [
        f"{kind._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for kind in kinds
        for field in kind._meta.get_fields()
        if field.is_relation
        and field.concrete
        and isinstance(field.related_model, type)
        and ours(field.related_model.__module__)
        and rung(field.related_model.__module__) > rung(kind.__module__)
    ]


def test_every_foreign_key_points_down_the_ladder():
    kinds = our_models(include_history=True)
    assert len(kinds) > 20, "too few models were found: this test looks in the wrong place"
    assert upward(kinds) == []


@isolate_apps("families", "conferences")
def test_a_foreign_key_that_points_up_is_named():
    class Conference(models.Model):
        __module__ = "conferences.models"

        class Meta:
            app_label = "conferences"

    class Family(models.Model):
        __module__ = "families.models"
        latest = models.ForeignKey(Conference, models.CASCADE)

        class Meta:
            app_label = "families"

    assert upward([Family]) == ["families.Family.latest points up to conferences.Conference"]
    assert upward([Conference]) == []


def test_no_table_between_two_others_is_automatic():
    # an automatic table has no guard trigger: whoever writes it leaves no trail
    automatic = [kind._meta.label for kind in our_models() if kind._meta.auto_created]
    assert automatic == []
