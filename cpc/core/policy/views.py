"""Pages of the rules: limits with their sources, bank holidays, this service’s own values, the words of letters."""

import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.deadlines import DEFAULT, LOCAL, NATIONAL, PRESET
from cpc.core.policy import actions, queries
from cpc.core.policy.forms import (
    BankHolidayForm,
    LocalLimitForm,
    RemoveBankHolidayForm,
    WithdrawLimitForm,
    WordsForm,
)
from cpc.core.policy.models import BankHoliday, LocalLimit
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page


@page(Permission.READ_TIMESCALES, methods=("GET",))
def timescales(request):
    """Every limit of today, by what it is: national, this service's, the preset's, a default."""
    rules = queries.rules()
    limits = [rules.limit(key, request.viewer.on) for key in rules.book.limits]
    headings = (
        (NATIONAL, "National limits", "A service may make these shorter, and never longer."),
        (LOCAL, "Set by this service", "A system administrator set these, with a reason."),
        (PRESET, f"From the preset for {rules.book.label}", "What this authority’s own published words say."),
        (DEFAULT, "Defaults", "No national rule was found. Each is for the service to set."),
    )
    sections = [
        (heading, lead, rows)
        for standing, heading, lead in headings
        if (rows := [limit for limit in limits if limit.standing == standing])
    ]
    context = {
        "sections": sections,
        "settings": rules.book.settings.values(),
        "may_change": request.viewer.may(Permission.SET_POLICY),
    }
    return render(request, "policy/timescales.html", context)


@page(Permission.READ_TIMESCALES, methods=("GET",))
def bank_holidays(request):
    """The bank holidays of one year."""
    calendar = queries.calendar()
    wanted = request.GET.get("year", str(request.viewer.on.year))
    if not re.fullmatch("[0-9]{4}", wanted) or not calendar.first.year <= int(wanted) <= calendar.last.year:
        raise Http404
    year = int(wanted)
    return render(
        request,
        "policy/bank_holidays.html",
        {
            "year": year,
            "before": year - 1 if year > calendar.first.year else None,
            "after": year + 1 if year < calendar.last.year else None,
            "holidays": queries.bank_holidays(year),
            "may_change": request.viewer.may(Permission.SET_POLICY),
        },
    )


@page(Permission.SET_POLICY)
def add_bank_holiday(request):
    """A bank holiday is added."""
    form = BankHolidayForm(_sent(request), cancel_url=reverse("policy:bank_holidays"))
    if form.is_valid() and attempt(form, lambda: actions.add_bank_holiday(by=request.viewer, **form.cleaned_data)):
        holiday = form.result
        messages.success(request, f"{in_words(holiday.falls_on)} is now a bank holiday.")
        return redirect(f"{reverse('policy:bank_holidays')}?year={holiday.falls_on.year}")
    lead = (
        "Only a bank holiday of England and Wales. Days on which the council’s offices are closed stay working days: "
        "they never extend a limit. Dates already set stay as they are. If a conference, core group or child in need "
        "meeting is booked for that day, the person who arranges it is asked to move it or to say why not."
    )
    return _form(request, form, "Add a bank holiday", "policy:bank_holidays", lead)


@page(Permission.SET_POLICY)
def remove_bank_holiday(request, pk):
    """A bank holiday is removed."""
    holiday = get_object_or_404(BankHoliday, pk=pk)
    falls_on = holiday.falls_on
    form = RemoveBankHolidayForm(_sent(request), cancel_url=reverse("policy:bank_holidays"))
    if form.is_valid() and attempt(
        form, lambda: actions.remove_bank_holiday(by=request.viewer, holiday=holiday, **form.cleaned_data)
    ):
        messages.success(request, f"{in_words(falls_on)} is no longer a bank holiday.")
        return redirect(f"{reverse('policy:bank_holidays')}?year={falls_on.year}")
    lead = f"{holiday.name}, {in_words(falls_on)}, will count as a working day. Dates already set stay as they are."
    return _form(request, form, "Remove a bank holiday", "policy:bank_holidays", lead)


@page(Permission.SET_POLICY, methods=("GET",))
def local_limits(request):
    """This service's own values for limits, those withdrawn included."""
    labels = {key: limit.label for key, limit in queries.book().limits.items()}
    rows = [(labels.get(row.key, row.key), row) for row in queries.local_limits()]
    return render(request, "policy/local_limits.html", {"rows": rows})


@page(Permission.SET_POLICY)
def set_local_limit(request):
    """A limit has this service's own value from a day on."""
    form = LocalLimitForm(
        _sent(request), initial={"key": request.GET.get("limit")}, cancel_url=reverse("policy:local_limits")
    )
    if form.is_valid() and attempt(
        form, lambda: actions.set_local_limit(by=request.viewer, on=request.viewer.on, **form.cleaned_data)
    ):
        messages.success(request, f"The limit is set from {in_words(form.result.from_on)}.")
        return redirect("policy:local_limits")
    lead = "A national limit may be made shorter, and never longer. Everything else is for the service to set."
    return _form(request, form, "Set a limit", "policy:local_limits", lead)


@page(Permission.SET_POLICY)
def withdraw_local_limit(request, pk):
    """This service's own value no longer holds."""
    row = get_object_or_404(LocalLimit, pk=pk)
    form = WithdrawLimitForm(_sent(request), cancel_url=reverse("policy:local_limits"))
    if form.is_valid() and attempt(
        form, lambda: actions.withdraw_local_limit(by=request.viewer, row=row, **form.cleaned_data)
    ):
        messages.success(request, "The value is withdrawn.")
        return redirect("policy:local_limits")
    label = queries.book().limit(row.key).label
    lead = f"{label}: {row.amount} {row.unit} from {in_words(row.from_on)}. The value before it will apply again."
    return _form(request, form, "Withdraw a value", "policy:local_limits", lead)


@page(Permission.SET_POLICY, methods=("GET",))
def words(request):
    """The names, addresses and numbers that letters print, and every change to them."""
    labels, now = WordsForm.labels(), queries.words_from(request.viewer.on)
    rows = list(queries.local_words())
    coming = sorted({row.from_on for row in rows if row.from_on > request.viewer.on and not row.withdrawn_at})
    context = {
        "groups": [
            (legend, [(labels[key], now[key]) for key in keys if key in labels])
            for legend, keys in WordsForm.groups
            if keys[0] in labels
        ],
        "coming": coming,
        "changes": [(labels.get(row.key, row.key), row) for row in rows],
    }
    return render(request, "policy/words.html", context)


@page(Permission.SET_POLICY)
def set_words(request):
    """The names, addresses and numbers that letters print are changed from a day on."""
    on = request.viewer.on
    form = WordsForm(
        _sent(request), initial=queries.words_from(on) | {"from_on": on}, cancel_url=reverse("policy:words")
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_local_words(
            by=request.viewer, on=on, texts=form.texts(), from_on=form.cleaned_data["from_on"],
            reason=form.cleaned_data["reason"],
        ),
    ):  # fmt: skip
        messages.success(
            request, f"Letters will say this from {in_words(form.cleaned_data['from_on'])}. Read the sample letter now."
        )
        return redirect("policy:words")
    lead = (
        "Every letter and form prints these. Letters that are waiting to be printed are updated with your changes "
        "before they are sent."
    )
    return _form(request, form, "Change the words in letters", "policy:words", lead)


def _sent(request):
    return request.POST if request.method == "POST" else None  # not "or None": an empty form sent is still sent


def _form(request, form, heading, back, lead):
    status = 422 if form.is_bound else 200
    context = {"form": form, "heading": heading, "back": reverse(back), "lead": lead}
    return render(request, "layouts/form.html", context, status=status)
