"""What a form says of a question that is wrongly answered."""

from django import forms

from cpc.core.web.forms import DateField, GovForm


class Asked(GovForm):
    ends_on = DateField(label="To what date?")
    reason = forms.CharField(label="Why?", max_length=3)


def test_a_question_that_is_wrongly_answered_is_quoted():
    form = Asked({"ends_on_day": "31", "ends_on_month": "2", "ends_on_year": "2019", "reason": "because"})
    assert not form.is_valid()
    assert form.errors["ends_on"] == ["“To what date?” must be a real date"]
    assert form.errors["reason"] == ["“Why?” must be 3 characters or fewer"]
