"""What a system administrator does with the rules: bank holidays, local limits, and the words that letters print."""

from dataclasses import replace
from datetime import date

from django.db import IntegrityError
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, about_no_family
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import SATURDAY, in_words
from cpc.core.kernel.deadlines import LOCAL, Limit
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy import rulebook as books
from cpc.core.policy import schema
from cpc.core.policy.models import BankHoliday, LocalLimit, LocalWord
from cpc.core.policy.queries import book, read_again, rules, words_from

about_no_family(BankHoliday, LocalLimit, LocalWord)


def add_bank_holiday(*, by, falls_on: date, name: str, reason: str) -> BankHoliday:
    """``falls_on`` is a bank holiday from now on; dates already written down stay as they are. A conference, core
    group or child in need meeting that is booked for that day becomes a task of the person who arranges it.
    """
    name, reason = name.strip(), _given(reason, "Give the reason, such as where the bank holiday was announced.")
    calendar = rules().calendar
    if not name:
        raise Invalid("Give the name of the bank holiday.", field="name")
    if not calendar.first <= falls_on <= calendar.last:
        raise Invalid(f"Enter a date between {calendar.first.year} and {calendar.last.year}.", field="falls_on")
    if falls_on.weekday() >= SATURDAY:
        raise Invalid(
            f"{in_words(falls_on)} is not counted anyway. Enter the weekday on which the holiday is taken.",
            field="falls_on",
        )
    with acting(by, Permission.SET_POLICY, reason=reason, bank_holiday=falls_on.isoformat(), name=name):
        holiday, made = BankHoliday.objects.get_or_create(falls_on=falls_on, defaults={"name": name})
        if not made:
            raise Invalid(f"{in_words(falls_on)} is already a bank holiday.", field="falls_on")
    read_again()
    return holiday


def remove_bank_holiday(*, by, holiday: BankHoliday, reason: str) -> None:
    """The day counts again from now on; dates already written down stay as they are."""
    reason = _given(reason, "Give the reason for removing this bank holiday.")
    try:
        with acting(by, Permission.SET_POLICY, on=holiday, reason=reason, bank_holiday=holiday.falls_on.isoformat()):
            holiday.delete()
    except BankHoliday.DoesNotExist:
        raise WrongState("This bank holiday has been removed already.") from None
    read_again()


def set_local_limit(
    *, by, key: str, amount: int, unit: str, from_on: date, reason: str, on: date, counting: str = "ordinary"
) -> LocalLimit:
    """From ``from_on`` the limit called ``key`` has this service's own value; a national one is never loosened."""
    reason = _given(reason, "Give the reason for this value, such as who agreed it and when.")
    if from_on < on:
        raise Invalid("Enter today’s date or a later one: a rule does not change what has begun.", field="from_on")
    refuse_bad_limit(key=key, amount=amount, unit=unit, counting=counting)
    try:
        with acting(by, Permission.SET_POLICY, reason=reason, limit=key, amount=amount, unit=unit):
            row = LocalLimit.objects.create(
                key=key, amount=amount, unit=unit, counting=counting, from_on=from_on, reason=reason, set_by=by.name
            )
    except IntegrityError:  # the database says so even to two who save in the same moment
        raise Invalid("There is a value from that day already. Withdraw it first.", field="from_on") from None
    read_again()
    return row


def withdraw_local_limit(*, by, row: LocalLimit, reason: str) -> None:
    """The value no longer holds: the one before it does, or the preset's. Dates already written down stay."""
    reason = _given(reason, "Give the reason for withdrawing this value.")
    with acting(by, Permission.SET_POLICY, on=row, reason=reason, limit=row.key):
        if row.withdrawn_at:
            raise WrongState("This value has been withdrawn already.")
        row.withdrawn_at, row.withdrawn_by = timezone.now(), by.name
        row.save()
    read_again()


def set_local_words(*, by, texts: dict[str, str], from_on: date, reason: str, on: date) -> list[LocalWord]:
    """From ``from_on`` this service’s pages and letters use ``texts``. Only what differs from then is stored.

    A text that was set for the same day before is withdrawn. Raises Invalid if nothing differs, or if a word that every
    letter needs is empty.
    """
    reason = _given(reason, "Give the reason for this change.")
    if from_on < on:
        raise Invalid("Enter today’s date or a later one: letters that have gone do not change.", field="from_on")
    texts = {key: text.strip() for key, text in texts.items()}
    for key, text in texts.items():
        if not text and books.national().word(key):
            raise Invalid("Letters need this. Enter what they should say.", field=key)
    with acting(by, Permission.SET_POLICY, reason=reason, words=sorted(texts), from_on=from_on.isoformat()):
        before = words_from(from_on)
        changed = {key: text for key, text in texts.items() if before[key] != text}
        if not changed:
            raise Invalid("Nothing differs from what letters say from that day. Change something, or go back.")
        for old in LocalWord.objects.filter(key__in=changed, from_on=from_on, withdrawn_at__isnull=True):
            old.withdrawn_at, old.withdrawn_by = timezone.now(), by.name
            old.save()
        rows = [
            LocalWord.objects.create(key=key, text=text, from_on=from_on, reason=reason, set_by=by.name)
            for key, text in changed.items()
        ]
    read_again()
    return rows


def refuse_bad_limit(*, key: str, amount: int, unit: str, counting: str) -> Limit:
    """The limit as it would be; raises Invalid when there is none such, or it would loosen a national one."""
    standing = books.national().limit(key)
    if unit not in schema.MOST:
        raise Invalid(f"Choose a unit: {', '.join(schema.MOST)}.", field="unit")
    if not 1 <= amount <= schema.MOST[unit]:
        raise Invalid(f"Enter a number from 1 to {schema.MOST[unit]} for {unit}.", field="amount")
    proposed = replace(book().limit(key), amount=amount, unit=unit, counting=counting, standing=LOCAL, named="")
    try:
        schema.check_counting(proposed, standing.label)
    except schema.PolicyFileError as error:
        raise Invalid(str(error), field="counting") from None
    books.refuse_loosening(proposed, standing, rules().calendar)
    return proposed


def _given(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise Invalid(sentence, field="reason")
    return reason.strip()
