"""Prints, in one run, what our way costs against the bare way: three ratios with their parts.

    python bench/run.py

It makes a test database beside the one that DATABASE_URL names, and drops it. A ratio measured here compares two things
on the same machine in the same minute; the milliseconds beside it are only its parts.
"""

import os
import statistics
import sys
import time
import warnings
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "cpc.tests.settings", "CPC_DEMO": "1"}

import django

warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a benchmark
django.setup()

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.urls import path
from django.utils import timezone
from pypdfium2 import PdfDocument

from conferences.models import Conference
from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting
from cpc.core.documents.letters import rebuild, render_pdf
from cpc.core.documents.models import Document
from cpc.core.web.guards import page
from cpc.demo.cases import Case
from cpc.demo.fill import fill
from cpc.urls import urlpatterns
from families.models import Family

ROWS, REPEATS = 2_000, 40


@page(Permission.READ_CONFERENCE)
def bare(request):
    """A view that does nothing: what every page pays for sign-in, guards and middleware."""
    return HttpResponse("bare")


def milliseconds(do, repeats=REPEATS):
    """The median time of ``do()``, after one call that warms it up."""
    do()
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def show(title, ours, *others):
    """One line a comparison: the ratio, and what it was made of."""
    for name, other in others:
        print(f"{title:<44} {ours / other:>6.2f} x   ({ours:.2f} ms against {other:.2f} ms: {name})")


def a_council():
    """An administrator and many conferences."""
    with acting(system(timezone.localdate()), Permission.SET_UP):
        team = Team.objects.create(name="Bench", kind=TeamKind.SOCIAL_WORK)
        user = User.objects.create(email="bench@example.org", first_name="Bench", last_name="Example")
        RoleHeld.objects.create(user=user, role=Role.ADMINISTRATOR)
        on = timezone.localdate()
        families = Family.objects.bulk_create(
            Family(name=f"Bench {n}", case_number=f"B{n}", team=team, social_worker=user, opened_on=on)
            for n in range(ROWS)
        )
        Conference.objects.bulk_create(
            Conference(family=family, kind="initial", anchor_on=on, due_on=on + timedelta(days=21), requested_by=user,
                       requested_at=timezone.now())
            for family in families
        )  # fmt: skip
    return user


def list_page(user):
    """A page of the list of conferences, against its own SQL and against an empty view."""
    client = Client()
    client.force_login(user)
    client.get("/conferences/all/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/conferences/all/")
    statements = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]

    def sql():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    ours = milliseconds(lambda: client.get("/conferences/all/"))
    show("A list page of 25", ours, ("its bare SQL", milliseconds(sql)),
         ("a bare view", milliseconds(lambda: client.get("/bench/bare/"))))  # fmt: skip


def long_record():
    """A record of twelve pages made by our letter engine, against WeasyPrint alone on the same HTML."""
    from weasyprint import HTML

    from cpc.core.documents.letters import render_html
    from cpc.core.documents.pdf import OnlyOurOwn

    letter = a_long_record()
    markup = render_html(letter)

    def alone():
        fetcher = OnlyOurOwn(allowed_protocols=("asset",), allow_redirects=False)
        HTML(string=markup, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")

    ours = milliseconds(lambda: render_pdf(letter), repeats=3)
    show("A record of twelve pages", ours, ("WeasyPrint alone on the same HTML", milliseconds(alone, repeats=3)))


def a_long_record():
    """The record of a conference of the invented council, its paragraphs said again until it has twelve pages."""
    fill(timezone.localdate(), cases=(Case(24, "record"),), tell=lambda line: None)
    document = Document.objects.filter(kind="record_family").first()
    letter = rebuild(document.kind, document.values)
    paragraphs = letter.paragraphs
    while len(PdfDocument(render_pdf(letter))) < 12:
        letter = replace(letter, paragraphs=letter.paragraphs + paragraphs)
    return letter


def one_write():
    """A changed row through the door (event, guard, history), against a plain save with no trigger on the table."""
    team, by = Team.objects.get(name="Bench"), system(timezone.localdate())

    def through_the_door():
        with acting(by, Permission.SET_UP, on=team):
            team.name = f"Bench {time.perf_counter_ns()}"
            team.save()

    def plain():
        with transaction.atomic():
            team.name = f"Bench {time.perf_counter_ns()}"
            team.save()

    ours = milliseconds(through_the_door)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_team DISABLE TRIGGER USER")
    show("A write through the door", ours, ("a plain save", milliseconds(plain)))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_team ENABLE TRIGGER USER")


if __name__ == "__main__":
    urlpatterns.append(path("bench/bare/", bare))
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        long_record()
        list_page(a_council())
        one_write()
    finally:
        teardown_databases(made, verbosity=0)
