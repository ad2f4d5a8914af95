"""Opens every list, search and count as each role beside a million conferences, and writes .local/scale.md.

    python bench/plans.py --conferences 1000000 --keep

It makes a database beside the one that DATABASE_URL names (``test_…``), fills it (see million.py) and drops it, unless
``--keep`` says that the next run may use it again. Every SELECT of every page is explained as it ran. Ends with 1 where
a big table was read from one end to the other, or a page took longer than a second.
"""

import argparse
import os
import sys
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "cpc.tests.settings"

import django

warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a benchmark
django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from bench import explaining, million
from conferences.convening.models import Conference
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import viewer_of
from cpc.core.documents.tasks import drain_outbox
from cpc.core.policy.queries import rules_read_once
from cpc.imports.tasks import work as work_imports
from cpc.reminders.queries import duties, duties_of
from families.cases.models import Family
from families.people.models import Person
from families.people.queries.duplicates import likely_duplicates
from reports.outgoing.tasks import draft_missing_records

# Who sees most, and who comes by the most roads: opened first.
WIDEST = ("service manager", "social worker")
SERVICE, SYSTEM, NIGHT, ADMINISTRATOR, CHAIR, MANAGER, WORKER = 1, 2, 3, 11, 101, 1001, 2001


class Numbers:
    """The ids of what the pages are about: a family with work under way, its child, a busy professional."""

    def __init__(self):
        newest = Family.objects.filter(social_worker=WORKER, restricted=False).latest("pk")
        self.family = newest.pk
        self.child = Person.objects.get(pk=4 * self.family - 3)
        self.old = Family.objects.filter(restricted=False).earliest("pk")
        self.conference = Conference.objects.filter(state="held", family__restricted=False).latest("pk").pk
        self.professional = User.objects.filter(invitations__conference=self.conference).first().pk


def pages(of: Numbers):
    """(what it is, who opens it, its address, what is posted)."""
    child = of.child
    workers = (("social worker", WORKER), ("team manager", MANAGER))
    service = (("chair", CHAIR), ("administrator", ADMINISTRATOR), ("service manager", SERVICE))
    everybody = (*workers, *service, ("professional", of.professional))
    outside = (("system administrator", SYSTEM), ("out of hours", NIGHT))
    for role, user in (*everybody, *outside):
        yield "First page: work list and what is coming", role, user, "/", None
    for role, user in everybody:
        yield "Conferences, with those to be booked", role, user, "/conferences/all/", None
        yield "Conferences, page 30", role, user, "/conferences/all/?page=30", None
        for state in ("requested", "agreed", "booked", "open", "held", "declined", "cancelled"):
            yield f"Conferences: {state}", role, user, f"/conferences/all/?state={state}", None
        yield "Conferences of a family by name", role, user, f"/conferences/all/?q={of.old.name}", None
        yield "Conferences of a family by number", role, user, f"/conferences/all/?q={of.old.case_number}", None
    for role, user in (*workers, *service):
        for whose in ("mine", "team", "all"):
            yield f"Families: {whose}", role, user, f"/families/?whose={whose}", None
        asked = {
            "by a common name": child.last_name, "by first and last name": f"{child.first_name} {child.last_name}",
            "with a slip": child.last_name[:-2] + child.last_name[-1], "by date": f"{child.born_on:%d/%m/%Y}",
            "by name and date": f"{child.last_name} {child.born_on:%d/%m/%Y}", "by number": child.case_system_id,
            "by two letters": child.last_name[:2], "by nothing that is there": "Zzyzx 1/1/1901",
        }  # fmt: skip
        for how, typed in asked.items():
            yield f"Search {how}", role, user, f"/families/search/?q={typed}", None
    for role, user in (("team manager", MANAGER), ("service manager", SERVICE)):
        yield "Possible duplicates", role, user, "/families/possible-duplicates/", None
        yield "Restricted families", role, user, "/families/restricted/", None
        yield "Emergencies to review", role, user, "/families/emergency/opened/", None
        yield "Conflicts of interest", role, user, "/families/conflicts/", None
        yield "Duty and cover", role, user, "/families/cover/", None
    seen = (("social worker", WORKER), ("service manager", SERVICE))
    for role, user in seen:
        yield "A family", role, user, f"/families/{of.family}/", None
        yield "A child’s timeline", role, user, f"/families/{of.family}/people/{child.pk}/timeline/", None
        yield "A family’s plans", role, user, f"/plans/families/{of.family}/", None
    yield (
        "Who has viewed this record",
        "service manager",
        SERVICE,
        f"/families/{of.family}/who-has-looked/{child.pk}/",
        None,
    )
    yield "The trail of a family", "service manager", SERVICE, f"/families/{of.family}/trail/", None
    yield "A conference", "chair", CHAIR, f"/conferences/{of.conference}/", None
    yield "A conference", "professional", of.professional, f"/conferences/{of.conference}/", None
    yield "Records and letters for me", "professional", of.professional, "/reports/mine/", None
    yield "Performance", "service manager", SERVICE, "/performance/", None
    yield "Chairs to approve", "service manager", SERVICE, "/conferences/chairs/", None
    for role, user in (("administrator", ADMINISTRATOR), ("service manager", SERVICE)):
        for show in ("troubled", "waiting", "sent", "withdrawn", "all"):
            yield f"Post and email: {show}", role, user, f"/documents/outbox/?show={show}", None
    yield "Print room", "administrator", ADMINISTRATOR, "/documents/print-room/", None
    yield "Imports", "system administrator", SYSTEM, "/imports/", None
    yield "Accounts", "system administrator", SYSTEM, "/people/", None
    yield "Accounts by name", "system administrator", SYSTEM, "/people/?search=ash", None
    named = {"first_name": child.first_name, "last_name": child.last_name, "born_on_day": child.born_on.day,
             "born_on_month": child.born_on.month, "born_on_year": child.born_on.year,
             "reason": "Rang at night"}  # fmt: skip
    yield "Out of hours, by name and date", "out of hours", NIGHT, "/out-of-hours/", named
    yield "Out of hours, by number", "out of hours", NIGHT, "/out-of-hours/", {
        "number": child.case_system_id, "reason": "Rang at night"}  # fmt: skip


def jobs(of: Numbers):
    """(what it is, what is called): what runs without a page, and what a form asks before it saves."""

    def reminders():
        with rules_read_once():
            found = duties()
            for user in (WORKER, MANAGER, CHAIR, ADMINISTRATOR, SERVICE, of.professional):
                duties_of(viewer_of(User.objects.get(pk=user), timezone.localdate()), found)

    def before_adding():
        viewer = viewer_of(User.objects.get(pk=SERVICE), timezone.localdate())
        likely_duplicates(
            viewer, first_name=of.child.first_name, last_name=of.child.last_name, born_on=of.child.born_on
        )

    yield "Reminders: all that falls due, and whose it is", reminders
    yield "Likely duplicates before a person is added", before_adding
    yield "Records that nobody has opened yet", draft_missing_records
    yield "Draining the outbox", drain_outbox
    yield "Imports that wait", work_imports


def opened(client, address, posted):
    """(seconds, status, the statements) of one page, after a first look that fills caches."""
    ask = (lambda: client.post(address, posted)) if posted else (lambda: client.get(address, follow=True))
    ask()
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        answer = ask()
        took = time.perf_counter() - began
    return took, answer, [query["sql"] for query in asked.captured_queries]


def run(options):
    """Every page and job, explained; then the report. Whether anything was flagged."""
    of, found = Numbers(), []
    known = explaining.Tables()
    clients = {}
    until = time.perf_counter() + 60 * options.minutes if options.minutes else None
    asked_for = sorted(pages(of), key=lambda one: one[1] not in WIDEST)
    for title, role, user, address, posted in asked_for:
        if until and time.perf_counter() > until:
            print(f"Stopped after {options.minutes} minutes", file=sys.stderr)
            break
        if options.only and options.only.lower() not in f"{title} {role}".lower():
            continue
        if user not in clients:
            clients[user] = Client()
            clients[user].force_login(User.objects.get(pk=user))
        took, answer, statements = opened(clients[user], address, posted)
        if answer.status_code != 200:
            print(f"{address} as {role} answered {answer.status_code}", file=sys.stderr)
        if posted and b"govuk-error-summary" in answer.content:
            print(f"{address} refused what was posted", file=sys.stderr)
        found.append(explaining.Page(title, role, took, [known.explained(sql) for sql in explaining.reads(statements)]))
        print(found[-1].line(), flush=True)
    for title, call in jobs(of):
        if options.only and options.only.lower() not in title.lower():
            continue
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            began = time.perf_counter()
            call()
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        statements = explaining.reads([query["sql"] for query in asked.captured_queries])
        found.append(explaining.Page(title, "", took, [known.explained(sql) for sql in statements]))
        print(found[-1].line(), flush=True)
    if not options.only:
        page = ROOT / ".local" / "scale.md"  # not committed: docs/scale.md says by hand what matters of it
        page.parent.mkdir(exist_ok=True)
        page.write_text(explaining.report(found, known, options))
    flags = [(page, flag) for page in found for flag in page.flags()]
    for page, flag in flags:
        print(f"FLAG {page.title} ({page.role}): {flag}")
    return bool(flags)


def main():
    """The database is made, filled where it is empty, asked, and dropped unless it is to be kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conferences", type=int, default=1_000_000)
    parser.add_argument("--live", type=int, default=3, help="work under way, in times the largest authority’s")
    parser.add_argument("--keep", action="store_true", help="keep the database, and use it where it is filled already")
    parser.add_argument("--only", default="", help="pages whose title and role hold these words; writes no report")
    parser.add_argument("--minutes", type=float, default=0, help="stop opening pages after so long, and say so")
    options = parser.parse_args()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False, keepdb=options.keep, serialized_aliases=[])
    try:
        if not Conference.objects.exists():
            began = time.perf_counter()
            million.fill(options.conferences, options.live)
            print(f"Filled in {time.perf_counter() - began:.0f} s", flush=True)
        return run(options)
    finally:
        if not options.keep:
            teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
