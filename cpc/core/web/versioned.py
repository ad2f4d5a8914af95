"""The bases of forms for records that two people may change at the same time."""

import hashlib

from django import forms

from cpc.core.kernel.refusals import Stale
from cpc.core.web.forms import GovForm, attempt


class VersionedForm(GovForm):
    """A form with a token of what its page showed, so that concurrent saves lose nothing."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_stale = False

    def clean_seen(self):
        """The token, or None if the page had none: then nothing is compared."""
        return self.cleaned_data.get("seen") or None

    def show_conflict(self, stale, theirs: dict, seen: str) -> None:
        """Show, beside each answer that was changed since, what was saved. Sending again keeps ours."""
        self.is_stale = True
        differing = []
        for name, value in theirs.items():
            # add_error takes an answer out of cleaned_data, so what differs is gathered first
            if name in self.fields and name in self.cleaned_data:
                mine, saved = self._said(name, self.cleaned_data[name]), self._said(name, value)
                if mine != saved:
                    differing.append((name, saved))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen
        self.add_error(None, f"{stale.sentence} Send it again to keep what you typed.")
        for name, saved in differing:
            self.add_error(name, f"Saved here since: “{saved or 'nothing'}”")

    def _said(self, name, value) -> str:
        """An answer as the page says it."""
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if hasattr(value, "strftime"):
            return f"{value.day} {value:%B %Y}"
        choices = dict(getattr(self.fields[name], "choices", None) or {})
        if isinstance(value, list):
            return ", ".join(str(choices.get(each, each)) for each in value)
        if hasattr(value, "pk"):
            value = value.pk
        for key, label in choices.items():
            if str(key) == str(value):
                return str(label)
        return str(value).replace("\r\n", "\n").strip()


class ComparedForm(VersionedForm):
    """A form for a record that has no version, such as a room: its answers are compared instead."""

    def __init__(self, *args, initial=None, **kwargs):
        if initial:
            initial = initial | {"seen": _token(initial)}
        super().__init__(*args, initial=initial, **kwargs)

    def attempt(self, do, now) -> bool:
        """Like ``attempt``, with ``do(answers)``. ``now()`` is what the form would begin with now; {} for a new record.

        The comparison takes no lock: it finds what was saved since the page was opened, not in the same moment.
        """

        def compared():
            given = dict(self.cleaned_data)
            seen = given.pop("seen")
            if seen and seen != _token(now()):
                raise Stale("This was changed since you opened this page.")
            return do(given)

        return attempt(self, compared, lambda: (now(), _token(now())))


def _token(answers: dict) -> str:
    plain = sorted((name, repr(getattr(value, "pk", value))) for name, value in answers.items())
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]
