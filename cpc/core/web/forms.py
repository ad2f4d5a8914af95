"""The form that every page uses, and how a form asks an action to act. No form of any app belongs here."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.formsets import BaseFormSet

from cpc.core.kernel.refusals import Invalid, NotPermitted, Refusal, Stale
from cpc.core.web import unsent_forms
from cpc.core.web.fields import (  # noqa: F401  (page authors take every field from here)
    DateField,
    EmailField,
    NameField,
    PhoneField,
    PostcodeField,
    TimeField,
    UploadField,
    YesNoField,
)
from cpc.core.web.sentences import set_error_messages
from cpc.core.web.widgets import Checkboxes, DateBoxes, Radios  # noqa: F401

LONGEST_TEXT = 20_000  # characters: some six pages


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.template_pack = "govuk"
    helper.include_media = False
    helper.attrs = {"novalidate": ""}  # our sentences, not the browser's
    return helper


def _limit_length(field) -> None:
    """A text with no limit of its own takes LONGEST_TEXT characters. A hidden field keeps none."""
    if isinstance(field, forms.CharField) and field.max_length is None and isinstance(field.widget, forms.Textarea):
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))


class GovForm(forms.Form):
    """A form in the GOV.UK manner: ``{% crispy form %}`` draws all of it, button and tokens included.

    ``groups``: ``[("Legend", ["field", ...]), ...]``; fields in no group come first.
    ``folded``: the legends of groups that are behind a line to open, until something is typed or wrong there.
    ``unmarked``: optional fields without the word "(optional)", where a sentence says that not all need an answer.
    ``cancel_label``: the link beside the button, where "Cancel" could be read as the act itself.
    ``required_when``: ``{"reason": ("outcome", {"declined"}, "Give the reason")}``; where the condition does not
    hold the answer is dropped, so that nothing hidden is ever saved.
    """

    submit_label = "Save and continue"
    submit_tone = ""  # "warning" where the act cannot be undone, "secondary"
    other_submits: list = []  # [("later", "Save and come back later")]: further buttons, by name
    cancel_url = ""
    cancel_label = "Cancel"
    groups: list = []
    folded: frozenset = frozenset()
    unmarked: frozenset = frozenset()
    required_when: dict = {}
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        self.submit_label = kwargs.pop("submit_label", self.submit_label)
        self.cancel_url = kwargs.pop("cancel_url", self.cancel_url)
        super().__init__(*args, **kwargs)
        self.helper = _helper()
        self.result = None
        for name, field in self.fields.items():
            if field.label is None:
                field.label = name.replace("_", " ").capitalize()
            _limit_length(field)
            set_error_messages(field)
            field.conditional = name in self.required_when or name in self.unmarked
            if field.conditional:
                field.required = False
        if not self.is_bound:
            self._put_back()

    def _put_back(self):
        """What this person typed before the session ended is in the boxes again, not yet sent."""
        typed = unsent_forms.typed_here()
        if typed is None or not any(key in typed for key in self._input_names()):
            return
        for name, field in self.fields.items():
            html_name = self.add_prefix(name)
            if isinstance(field, forms.FileField):
                continue
            if isinstance(field, forms.BooleanField):
                self.initial[name] = html_name in typed
            elif not field.widget.value_omitted_from_data(typed, {}, html_name):
                self.initial[name] = self._widget_data_value_from(field.widget, typed, html_name)

    def _input_names(self):
        for name, field in self.fields.items():
            yield self.add_prefix(name)
            if isinstance(field, DateField):
                yield f"{self.add_prefix(name)}_day"

    def _widget_data_value_from(self, widget, data, html_name):
        value = widget.value_from_datadict(data, {}, html_name)
        # a browser sends two characters for a line's end: one counts against the limit
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def _clean_form(self):
        self._ask_conditionals()
        super()._clean_form()

    def _ask_conditionals(self):
        for name, (on, values, sentence) in self.required_when.items():
            answer = self.cleaned_data.get(on)
            given = set(map(str, answer)) if isinstance(answer, (list, tuple, set)) else {_plain(answer)}
            if name in self.fields and given & {_plain(value) for value in values}:
                if name not in self._errors and self.cleaned_data.get(name) in (None, "", [], ()):
                    self.add_error(name, sentence)
            else:
                self._errors.pop(name, None)
                self.cleaned_data[name] = self.fields[name].to_python("") if name in self.fields else None

    @property
    def unfolded(self):
        """The folded groups that are open: something is wrong in them, or was answered."""
        return {legend for legend, names in self.groups if legend in self.folded and any(map(self._is_met, names))}

    def _is_met(self, name) -> bool:
        if name not in self.fields:
            return False
        if self.is_bound:
            return name in self.errors or name in self.changed_data
        usual = self.fields[name].initial
        return self.initial.get(name, usual) not in (None, "", usual)

    def sections(self):
        """What the page draws: (legend, bound fields), without those that an option reveals."""
        revealed = {
            name
            for field in self.fields.values()
            for names in getattr(field.widget, "reveals", {}).values()
            for name in names
        }
        placed = {name for _, names in self.groups for name in names}
        hidden = {name for name, field in self.fields.items() if field.widget.is_hidden}
        first = [n for n in self.fields if n not in placed | revealed | hidden]
        drawn = ([("", first)] if first else []) + [
            (legend, [n for n in names if n in self.fields and n not in revealed | hidden])
            for legend, names in self.groups
        ]
        return [(legend, [self[name] for name in names]) for legend, names in drawn if names]


class GovFormSet(BaseFormSet):
    """Several of the same form; ``each`` is what one is called ("Child" makes "Child 1", "Child 2").

    Without JavaScript a further one is asked for by the button named *another*: ``with_one_more()`` answers it.
    """

    each = "Item"
    another_label = ""
    submit_label = "Save and continue"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper()
        typed = unsent_forms.typed_here() if not self.is_bound else None
        total = str((typed or {}).get(f"{self.prefix}-TOTAL_FORMS", ""))
        if re.fullmatch("[0-9]{1,4}", total):  # as many boxes again as there were before the session ended
            self.extra = max(self.extra, min(int(total), self.max_num) - self.initial_form_count())

    def with_one_more(self):
        """The same formset with what was typed and one empty form at the end, nothing checked yet."""
        data = self.data.copy()
        key = f"{self.prefix}-TOTAL_FORMS"
        boxes = str(data.get(key) or "0")
        wanted = int(boxes) + 1 if re.fullmatch("[0-9]{1,4}", boxes) else 1
        data[key] = str(min(wanted, self.max_num))
        more = type(self)(data, self.files, prefix=self.prefix, form_kwargs=self.form_kwargs)
        for form in more.forms:
            form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}
        more._errors, more._non_form_errors = [{} for _ in more.forms], more.error_class()
        return more

    def all_errors(self):
        """(form, field name, sentence) for every error of every form, for the summary."""
        return [
            (form, name, sentence)
            for form in self.forms
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]


def formset(form, base=GovFormSet, *, each="", extra=1, **kwargs):
    """A formset class of ``form``; each of its forms is called ``each``."""
    made = forms.formset_factory(form, formset=base, extra=extra, **kwargs)
    if each:
        made.each = each
    return made


def attempt(form, do, now=None) -> bool:
    """Whether ``do()`` was done; its result is ``form.result``, and a refusal is now an error of the form.

    A refusal of the person (403) is not the form's to mend, and goes on. So does a page gone stale (409), unless
    ``now`` is given: it answers (the initial answers, the mark of what the page shows) as they are in the database,
    and each answer that differs says on the form what was saved.
    """
    try:
        form.result = do()
    except NotPermitted:
        raise
    except Stale as stale:
        if now is None:
            raise
        form.show_conflict(stale, *now())
        return False
    except Invalid as refused:
        for field, sentence in refused.by_field.items():
            form.add_error(field if field in form.fields else None, sentence)
        return False
    except Refusal as refused:
        form.add_error(None, refused.sentence)
        return False
    except ValidationError as refused:
        form.add_error(None, list(refused.messages))
        return False
    return True


def _plain(value) -> str:
    """An answer as its option's value: a yes is "yes"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(getattr(value, "value", getattr(value, "pk", value)))
