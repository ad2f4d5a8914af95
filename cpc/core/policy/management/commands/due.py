"""Prints when something is due, and how that was worked out."""

import os
import sys
from itertools import islice

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from cpc.core.kernel.dates import in_words, read_date
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy import listing
from cpc.core.policy import rulebook as books
from cpc.core.policy.bank_holidays import shipped_calendar
from cpc.core.policy.queries import Rules, book, rules

BAD_INPUT = 2
MOST_COMPLAINTS = 20
NO_DATABASE = "No database was reached: counted with the bank holidays that ship, without this service’s own values."


class Command(BaseCommand):
    help = "When something is due, with the working. Limits that count back take the conference’s date."
    requires_system_checks = []  # it answers without a database, and without PDF's libraries
    stealth_options = ("stdin",)

    def add_arguments(self, parser):
        parser.add_argument("key", nargs="?", help="the limit, such as icpc; see --list")
        parser.add_argument("--from", dest="start", metavar="DATE", help="2026-03-31 or 31/03/2026")
        parser.add_argument("--authority", metavar="PRESET", help=f"{', '.join(books.presets())}, as it ships")
        parser.add_argument("--batch", action="store_true", help="KEY,DATE[,PRESET] lines in, KEY,DATE,PRESET,DUE out")
        parser.add_argument("--list", action="store_true", dest="every", help="every limit with its unit and source")
        parser.add_argument("--markdown", action="store_true", help="with --list: the page docs/timescales.md")

    def handle(self, *, key, start, authority, batch, every, markdown, stdin=None, **options):
        try:
            if every:
                self._print(listing.markdown().splitlines() if markdown else listing.lines())
            elif batch:
                self._batch(stdin or sys.stdin.buffer, authority)
            else:
                self._one(key, start, authority)
        except Invalid as refusal:
            self._refuse(refusal.sentence)

    def _one(self, key, start, authority):
        if not key or not start:
            raise Invalid("Say what and from when: due icpc --from 2026-03-10. “due --list” names every limit.")
        if authority:
            books.rulebook(authority)
        books.national().limit(key)
        counted_from = read_date(start)
        found, with_database = install_rules()
        due = under(found, authority).due(key, counted_from)
        self._print([f"{due.on.isoformat()} {in_words(due.on)}", *due.working])
        if not with_database:
            self.stderr.write(NO_DATABASE)

    def _batch(self, source, authority):
        found, with_database = install_rules()
        presets: dict[str, Rules] = {}
        answers, complaints = [], []
        for number, raw in enumerate(source, start=1):
            line = raw.decode("utf-8-sig", "replace") if isinstance(raw, bytes) else raw
            if not line.strip():
                continue
            try:
                answers.append(answer(line.strip(), found, authority, presets))
            except Invalid as refusal:
                complaints.append(f"Line {number}: {refusal.sentence}")
        self._print(answers)
        if complaints:
            more = len(complaints) - MOST_COMPLAINTS
            last = [f"… and {more} more lines like these."] if more > 0 else []
            self._refuse("\n".join([*islice(complaints, MOST_COMPLAINTS), *last]))
        if not with_database:
            self.stderr.write(NO_DATABASE)

    def _print(self, printed):
        if not printed:
            return
        try:
            self.stdout.write("\n".join(printed))
            self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(BAD_INPUT)


def install_rules() -> tuple[Rules, bool]:
    """The rules of this install, and whether its database was there to ask; else its preset as it ships."""
    shipped = Rules(book(), shipped_calendar(), ())
    try:
        connection.settings_dict.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
        return rules(), True
    except (DatabaseError, ImproperlyConfigured):
        return shipped, False


def under(found: Rules, authority: str | None) -> Rules:
    """The rules under a named preset as it ships; under none, this install's with its own dated values."""
    return Rules(books.rulebook(authority), found.calendar, ()) if authority else found


def answer(line: str, found: Rules, authority: str | None, presets: dict[str, Rules]) -> str:
    """The line ``KEY,DATE[,PRESET]`` answered as ``KEY,DATE,PRESET,DUE``; raises Invalid for what cannot be read."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) not in (2, 3):
        raise Invalid(f"“{line}” is not KEY,DATE or KEY,DATE,PRESET.")
    key, start = parts[0], read_date(parts[1])
    preset = (parts[2] if len(parts) == 3 else "") or authority or ""
    if preset not in presets:
        presets[preset] = under(found, preset)
    laid = presets[preset]
    return f"{key},{start.isoformat()},{laid.book.name},{laid.due(key, start).on.isoformat()}"
