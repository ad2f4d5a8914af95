from datetime import date, time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from cpc.core.web.forms import (
    Checkboxes,
    DateField,
    EmailField,
    GovForm,
    GovFormSet,
    PhoneField,
    PostcodeField,
    Radios,
    TimeField,
    UploadField,
    YesNoField,
    attempt,
    formset,
)


def boxes(day, month, year, name="born_on"):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


class Born(GovForm):
    born_on = DateField(label="Date of birth", not_future=True, today=date(2026, 11, 21))


def sentence(form, field):
    return " ".join(form.errors.get(field, []))


def drawn(form):
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"pk": 7, "is_authenticated": False})()
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form, "request": request}))


@pytest.mark.parametrize(
    "typed", [("31", "3", "2019"), (" 31 ", "03", "2019"), ("31", "March", "2019"), ("31", "mar", "2019")]
)
def test_a_date_is_read_however_its_month_is_typed(typed):
    form = Born(boxes(*typed))
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(2019, 3, 31)


@pytest.mark.parametrize("typed", ["2019-03-31", "31/3/2019", "31.03.2019", "31 March 2019"])
def test_a_date_in_one_piece_is_read_too(typed):
    form = Born({"born_on": typed})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(2019, 3, 31)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Enter the date of birth"),
        (("31", "3", ""), "Date of birth must include a year"),
        (("31", "", ""), "Date of birth must include a month and year"),
        (("31", "2", "2019"), "Date of birth must be a real date"),
        (("٣", "2", "2019"), "Date of birth must be a real date"),
        (("3", "13", "2019"), "Date of birth must have a month between 1 and 12"),
        (("3", "2", "19"), "Date of birth must have a year of 4 numbers, like 2026"),
        (("3", "2", "1019"), "Date of birth must be between 1900 and 2100"),
        (("22", "11", "2026"), "Date of birth must be today or in the past"),
        (("0", "1", "2019"), "Date of birth must be a real date"),
        (("-1", "1", "2019"), "Date of birth must be a real date"),
    ],
)
def test_an_impossible_date_gets_one_clear_sentence_and_is_shown_as_it_was_typed(typed, said):
    form = Born(boxes(*typed))
    assert not form.is_valid()
    assert sentence(form, "born_on") == said
    html = drawn(form)
    for part in typed:
        assert f'value="{part}"' in html


def test_the_error_link_of_a_date_lands_in_the_box_that_is_wrong():
    html = drawn(Born(boxes("31", "3", "")))
    assert '<a href="#id_born_on_year">' in html
    assert 'id="id_born_on_year"' in html
    html = drawn(Born(boxes("31", "2", "2019")))
    assert '<a href="#id_born_on">' in html
    assert 'id="id_born_on" name="born_on_day"' in html


@pytest.mark.parametrize(
    ("typed", "weekday"),
    [(("27", "3", "2026"), "Friday"), (("27", "mar", "2026"), "Friday"), (("31", "2", "2019"), "")],
)
def test_a_date_that_is_shown_again_has_its_weekday_beside_it(typed, weekday):
    boxes_of_it = "id_born_on id_born_on_month id_born_on_year"
    shown = f'<output class="govuk-body cpc-weekday" for="{boxes_of_it}">{weekday}</output>'
    assert shown in drawn(Born(boxes(*typed)))
    if weekday:
        assert shown in drawn(Born(initial={"born_on": date(2026, 3, 27)}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("2pm", time(14)),
        ("1430", time(14, 30)),
        ("noon", time(12)),
        ("12am", time(0)),
        ("9:05", time(9, 5)),
        ("12:15pm", time(12, 15)),
    ],
)
def test_a_time_is_read_however_it_is_typed(typed, meant):
    assert TimeField(label="Start time").clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "2:60", "half two", "13pm", "14", "2:3"])
def test_a_time_that_is_none_gets_a_sentence(typed):
    with pytest.raises(forms.ValidationError, match="Start time must be a time, like 2:30pm or 14:30"):
        TimeField(label="Start time").clean(typed)


@pytest.mark.parametrize("typed", ["ab1 2cd", "AB12CD", " ab1  2cd "])
def test_a_postcode_is_put_in_capitals_with_its_space(typed):
    assert PostcodeField().clean(typed) == "AB1 2CD"


def test_what_is_no_postcode_email_or_phone_is_refused_in_words():
    for field, typed in ((PostcodeField(), "AB1"), (EmailField(), "alex at example"), (PhoneField(), "ring me")):
        with pytest.raises(forms.ValidationError, match="Enter a"):
            field.clean(typed)


PDF = b"%PDF-1.7\n...\n%%EOF"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("report.pdf", b"MZ\x90\x00 a program", "The file must be a PDF"),
        ("report.pdf", b"just words", "is called a PDF but is a plain text"),
        ("page.txt", b"<html><script>", "The file must be a PDF"),
        ("report.exe", PDF, "is called a “.exe” file but is a PDF"),
        ("report.pdf", b"", "The file is empty"),
        ("report.docx", b"PK\x03\x04 not really", "The file must be a PDF"),
        ("big.pdf", PDF + b" " * 2_000_000 + b"%%EOF", "must be smaller than 1MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(name, data, said):
    with pytest.raises(forms.ValidationError) as refused:
        UploadField(megabytes=1).clean(SimpleUploadedFile(name, data))
    assert said in str(refused.value.messages)


def test_a_file_that_is_what_it_says_is_taken_with_its_kind():
    given = UploadField().clean(SimpleUploadedFile("Report.PDF", PDF, content_type="text/html"))
    assert (given.kind, given.content_type) == ("pdf", "application/pdf")


NASTY = '<script>alert("Sam")</script>'


class Named(GovForm):
    plain = forms.CharField(label=mark_safe(NASTY), help_text=mark_safe(NASTY))
    long = forms.CharField(label=NASTY, widget=forms.Textarea, max_length=10)
    one = forms.ChoiceField(
        label=NASTY, choices=[("a", mark_safe(NASTY))], widget=Radios(hints={"a": mark_safe(NASTY)})
    )
    many = forms.MultipleChoiceField(label=NASTY, choices=[("a", mark_safe(NASTY))], widget=Checkboxes())
    picked = forms.ChoiceField(label=NASTY, choices=[("", NASTY), ("a", NASTY)])
    born_on = DateField(label=NASTY)
    sure = forms.BooleanField(label=mark_safe(NASTY), help_text=NASTY)
    report = UploadField(label=NASTY)
    secret = forms.CharField(label=NASTY, widget=forms.PasswordInput)
    groups = [(NASTY, ["plain"])]
    submit_label = NASTY


@pytest.mark.parametrize("bound", [False, True])
def test_a_name_in_a_label_hint_choice_legend_button_or_error_is_never_markup(bound):
    form = Named({"plain": NASTY, "born_on": NASTY, "long": NASTY}) if bound else Named()
    if bound:
        form.add_error("plain", mark_safe(NASTY))
        form.add_error(None, mark_safe(NASTY))
    html = drawn(form)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


class Decide(GovForm):
    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=[("agreed", "Agreed"), ("declined", "Declined")],
        widget=Radios(reveals={"declined": ["reason"]}),
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea)
    required_when = {"reason": ("outcome", {"declined"}, "Give the reason")}


def test_a_revealed_answer_is_asked_for_only_where_its_condition_holds():
    assert sentence(Decide({"outcome": "declined"}), "reason") == "Give the reason"
    form = Decide({"outcome": "agreed", "reason": "left over from before"})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == ""


def test_a_revealed_field_is_drawn_once_under_its_option():
    html = drawn(Decide())
    assert html.count('name="reason"') == 1
    assert html.index('value="declined"') < html.index('id="id_outcome_1_more"') < html.index('name="reason"')


def test_a_form_without_the_field_that_an_option_reveals_is_drawn_and_asks_for_nothing():
    class DecideOnly(Decide):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            del self.fields["reason"]

    assert 'name="reason"' not in drawn(DecideOnly({"outcome": ""}))
    assert DecideOnly({"outcome": "declined"}).is_valid()


class DecideWithNote(Decide):
    note = forms.CharField(label="Note")


def test_the_error_summary_has_the_order_of_the_page_also_for_what_an_option_reveals():
    html = drawn(DecideWithNote({"outcome": "declined"}))
    summary = html[: html.index("<form")]
    assert summary.index("Give the reason") < summary.index('href="#id_note"')


def test_each_error_link_leads_to_a_box_that_is_there():
    import re

    html = drawn(Named({}))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == len(Named().fields)
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*\bid="{target}"', html), target


def test_missing_answers_are_asked_for_by_name():
    form = Decide({})
    assert sentence(form, "outcome") == "Select what was decided"
    assert "This field" not in drawn(form)


def test_a_question_about_who_or_what_is_asked_for_in_its_own_words_where_they_read_well():
    read_well = {
        "Who asked the child?": "Enter who asked the child",
        "What needs to change?": "Enter what needs to change",
        "Who are they to this person?": "Enter who they are to this person",
        "Why?": "Enter the reason",
        "Why are they invited?": "Enter why they are invited",
        "How do you know them?": "Enter how you know them",
        "What was their reply?": "Enter their reply",
        "What kind of conference?": "Enter what kind of conference",
        "Why did nobody take part?": "Enter an answer to “Why did nobody take part?”",
        "What happened, and why can it not wait?": "Enter an answer to “What happened, and why can it not wait?”",
    }
    for question, said in read_well.items():
        form = type("Asked", (GovForm,), {"answer": forms.CharField(label=question)})({})
        assert sentence(form, "answer") == said


def test_a_yes_or_no_that_is_missing_is_asked_for_as_what_a_yes_says():
    asked = {
        "Can they sign in?": "Select yes if they can sign in",
        "Do they need an interpreter?": "Select yes if they need an interpreter",
        "Was the meeting offered?": "Select an answer to “Was the meeting offered?”",
    }
    for question, said in asked.items():
        form = type("Asked", (GovForm,), {"answer": YesNoField(label=question)})({})
        assert sentence(form, "answer") == said


def test_a_yes_or_no_is_an_answer_and_its_absence_is_none():
    field = YesNoField(label="Agreed?")
    assert field.clean("yes") is True
    assert field.clean("no") is False
    with pytest.raises(forms.ValidationError):
        field.clean("")


def test_lines_count_one_character_for_their_end():
    class Long(GovForm):
        text = forms.CharField(widget=forms.Textarea, max_length=5)

    form = Long({"text": "ab\r\ncd"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "ab\ncd"
    assert sentence(Long({"text": "abcdef"}), "text") == "Text must be 5 characters or fewer"


def test_a_long_text_without_a_limit_of_its_own_takes_20000_characters_and_is_shown_again_when_it_is_longer():
    class Told(GovForm):
        text = forms.CharField(widget=forms.Textarea)
        seen = forms.CharField(widget=forms.HiddenInput, required=False)

    assert Told({"text": "x" * 20_000, "seen": "y" * 20_001}).is_valid()
    form = Told({"text": "x" * 20_001})
    assert sentence(form, "text") == "Text must be 20,000 characters or fewer"
    html = drawn(form)
    assert "x" * 20_001 in html and "up to 20,000 characters" in html


def test_a_label_that_somebody_typed_may_hold_a_percent_sign():
    label = "Drink 50% of what it was"

    class Told(GovForm):
        text = forms.CharField(label=label, widget=forms.Textarea)
        state = forms.ChoiceField(label=label, choices=[("done", "Done")])

    form = Told({"text": "x" * 20_001, "state": "gone"})
    assert sentence(form, "text") == f"{label} must be 20,000 characters or fewer"
    assert "50% of" in sentence(form, "state")
    assert "50% of" in sentence(Told({}), "state") and "50% of" in sentence(Told({"text": "\0"}), "text")


def test_no_box_cuts_off_what_is_pasted_into_it():
    class Short(GovForm):
        name = forms.CharField(max_length=5)

    assert "maxlength=" not in drawn(Short())
    assert "abcdefgh" in drawn(Short({"name": "abcdefgh"}))


def test_options_that_reveal_a_field_are_below_one_another():
    class Asked(GovForm):
        included = YesNoField(widget=Radios(inline=True, reveals={"no": ["why"]}))
        why = forms.CharField()

    assert "govuk-radios--inline" not in drawn(Asked())


def refuse(refusal):
    def do():
        raise refusal

    return do


def test_an_action_that_refuses_speaks_on_the_form_and_nothing_typed_is_lost():
    form = Decide({"outcome": "agreed"})
    assert form.is_valid()
    assert attempt(form, refuse(Invalid("That cannot be.", field="outcome"))) is False
    assert attempt(form, refuse(WrongState("It is closed."))) is False
    assert attempt(form, refuse(Invalid("Elsewhere.", field="nowhere"))) is False
    html = drawn(form)
    for said in ("That cannot be.", "It is closed.", "Elsewhere."):
        assert said in html
    assert 'value="agreed" checked' in html


@pytest.mark.parametrize("refusal", [NotPermitted("Not you."), Stale("Too late.")])
def test_a_refusal_of_the_person_or_the_page_is_not_the_forms_to_mend(refusal):
    with pytest.raises(type(refusal)):
        attempt(Decide({"outcome": "agreed"}), refuse(refusal))


def test_what_an_action_answers_is_on_the_form():
    form = Decide({"outcome": "agreed"})
    assert form.is_valid()
    assert attempt(form, lambda: 42)
    assert form.result == 42


def test_a_formset_asks_for_one_more_without_losing_what_was_typed():
    class Children(GovFormSet):
        another_label = "Add another child"

    made = formset(Born, Children, each="Child", extra=1)
    given = made({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", **boxes("31", "3", "", "form-0-born_on")})
    html = " ".join(drawn(given.with_one_more()).split())
    assert "Child 2" in html
    assert 'name="form-0-born_on_day" type="text" inputmode="numeric" value="31"' in html
    assert "There is a problem" not in html
    assert "Date of birth must include a year" in drawn(given)
    assert 'href="#id_form-0-born_on_year"' in drawn(made(given.data))


def test_a_formset_shows_again_as_many_forms_as_were_typed_in_before_the_session_ended():
    from django.http import QueryDict

    from cpc.core.web import unsent_forms

    typed = QueryDict("form-TOTAL_FORMS=3&form-2-born_on_day=31&form-2-born_on_month=3&form-2-born_on_year=2019")
    mark = unsent_forms.showing(unsent_forms.UnsentForm(7, "/", typed, False))
    try:
        html = " ".join(drawn(formset(Born, each="Child", extra=1)()).split())
    finally:
        unsent_forms.done_showing(mark)
    assert "Child 3" in html
    assert 'id="id_form-2-born_on_year" name="form-2-born_on_year" type="text" inputmode="numeric" value="2019"' in html
    assert "Child 2" not in drawn(formset(Born, each="Child", extra=1)())
