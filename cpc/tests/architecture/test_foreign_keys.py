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


@isolate_apps("families.cases", "families.people", "conferences.convening")
def test_a_foreign_key_that_points_up_is_named():
    class Conference(models.Model):
        __module__ = "conferences.convening.models"

        class Meta:
            app_label = "convening"

    class Person(models.Model):
        __module__ = "families.people.models"

        class Meta:
            app_label = "people"

    class Family(models.Model):
        __module__ = "families.cases.models"
        latest = models.ForeignKey(Conference, models.CASCADE)
        eldest = models.ForeignKey(Person, models.CASCADE)

        class Meta:
            app_label = "cases"

    assert upward([Family]) == [
        "cases.Family.latest points up to convening.Conference",
        "cases.Family.eldest points up to people.Person",
    ]
    assert upward([Conference]) == []


def test_no_table_between_two_others_is_automatic():
    # an automatic table has no guard trigger: a write to it leaves no trail
    automatic = [kind._meta.label for kind in our_models() if kind._meta.auto_created]
    assert automatic == []
