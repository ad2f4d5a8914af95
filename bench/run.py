"""Prints, in one run, what our way costs against the bare way: ratios with their parts.

    python bench/run.py

It makes a test database beside the one that DATABASE_URL names, on this machine, and drops it. What a page costs is the
processor time of this process and of the database, so that other work on the machine counts little; our way and the
bare way take turns, so that it counts for both.
"""

import gc
import os
import statistics
import sys
import time
import warnings
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cpc.tests.settings"

import django
from django.contrib import admin as the_admin

import cpc.tests.settings as kept

# No record is in the Django admin. This process alone has one, beside ours, with templates of its own.
kept.INSTALLED_APPS = [*kept.INSTALLED_APPS, "django.contrib.admin"]
kept.TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "admin",
        "DIRS": [Path(the_admin.__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    *kept.TEMPLATES,
]
warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a benchmark
django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.urls import path
from django.utils import timezone
from pypdfium2 import PdfDocument

from conferences.convening.models import Conference
from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting
from cpc.core.documents.letters import rebuild, render_pdf
from cpc.core.documents.models import Document
from cpc.core.web.guards import page
from cpc.urls import urlpatterns
from demo.cases import Case
from demo.fill import fill
from families.cases.models import Family

ROWS, FEW, REPEATS = 2_000, 20, 40
LIST, ADMIN, BARE = "/conferences/all/?state=requested", "/bench/admin/convening/conference/", "/bench/bare/"
COLUMNS = ("due_on", "family", "kind", "chair", "room", "state")


@page(Permission.READ_WORK)
def bare(request):
    """A view that does nothing: what every page pays for sign-in, guards and middleware."""
    return HttpResponse("bare")


class Site(the_admin.AdminSite):
    """A Django admin that asks nobody for permission."""

    def has_permission(self, request):
        return True


class ConferenceList(the_admin.ModelAdmin):
    """The same rows and columns as our list."""

    list_display = COLUMNS
    list_select_related = ("family", "chair", "room")
    list_filter = ("state",)
    list_per_page = 25
    ordering = ("due_on", "id")

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def cost(do):
    """(milliseconds of processor time of this process, of the database's) of ``do()``."""
    own, theirs = time.process_time_ns(), backend_ns()
    do()
    return (time.process_time_ns() - own) / 1e6, (backend_ns() - theirs) / 1e6


def backend_ns():
    """The processor time that the database has spent on this connection: it must be on the same machine."""
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0])


def alternating(ways, repeats=REPEATS):
    """The median cost of each of ``ways`` (name: what is called), taken in turn after one call that warms it up."""
    taken = {name: [] for name in ways}
    for do in ways.values():
        do()
    for _ in range(repeats):
        for name, do in ways.items():
            gc.collect()  # nobody pays for what another left lying
            taken[name].append(cost(do))
    return {name: tuple(map(statistics.median, zip(*found, strict=True))) for name, found in taken.items()}


def show(title, costs, ours, *floor):
    """One line: how many times what ``floor`` costs together ``ours`` costs, and what each is made of."""
    parts = "; ".join(
        f"{name}: {own:.1f} + {waited:.1f}" for name, (own, waited) in costs.items() if name in (ours, *floor)
    )
    ratio = sum(costs[ours]) / sum(sum(costs[name]) for name in floor)
    print(f"{title:<52} {ratio:>6.2f} x   ({parts}; ms of processor + database)")


def a_council():
    """An administrator; the manager of a team with many requests, and one of a team with few."""
    on = timezone.localdate()
    with acting(system(on), Permission.SET_UP):
        people = [
            User.objects.create(email=f"bench{n}@example.org", first_name="Bench", last_name=f"N{n}") for n in range(3)
        ]
        admin, *managers = people
        for user, role in zip(people, (Role.ADMINISTRATOR, Role.TEAM_MANAGER, Role.TEAM_MANAGER), strict=True):
            RoleHeld.objects.create(user=user, role=role)
        for manager, how_many in zip(managers, (ROWS, FEW), strict=True):
            team = Team.objects.create(name=f"Bench {how_many}", kind=TeamKind.SOCIAL_WORK, manager=manager)
            families = Family.objects.bulk_create(
                Family(name=f"Bench {n}", case_number=f"B{how_many}-{n}", team=team, social_worker=admin, opened_on=on)
                for n in range(how_many)
            )
            Conference.objects.bulk_create(
                Conference(family=family, kind="initial", anchor_on=on, due_on=on + timedelta(days=n % 21),
                           requested_by=admin, requested_at=timezone.now())
                for n, family in enumerate(families)
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself after a while: it plans by how much there is
    return people


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def opens(client, address):
    """What opens the page, which is there."""
    assert client.get(address).status_code == 200, address
    return lambda: client.get(address)


def own_sql(client, address):
    """What runs the SQL of the page alone."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]

    def run():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    return run


def pages(administrator, many, few):
    """A list and the first pages, against an empty view and their own SQL; the list against the Django admin's."""
    client, of_many, of_few = signed_in(administrator), signed_in(many), signed_in(few)
    assert b"Bench" in client.get(ADMIN).content and b"Bench" in client.get(LIST).content
    costs = alternating({
        "the list": lambda: client.get(LIST), "its SQL": own_sql(client, LIST), "the admin": opens(client, ADMIN),
        "bare": lambda: client.get(BARE), "first page, many": lambda: of_many.get("/"),
        "its own SQL": own_sql(of_many, "/"), "first page, few": lambda: of_few.get("/"),
    })  # fmt: skip
    show("A list of 25: against a bare view and its SQL", costs, "the list", "bare", "its SQL")
    show("A list of 25: against the Django admin's", costs, "the list", "the admin")
    show(f"A first page, {ROWS} open: against bare and its SQL", costs, "first page, many", "bare", "its own SQL")
    show(f"A first page: {ROWS} open against {FEW}", costs, "first page, many", "first page, few")


def long_record():
    """A record of twelve pages made by our letter engine, against WeasyPrint on the same HTML, style and fonts."""
    from weasyprint import HTML

    from cpc.core.documents import pdf
    from cpc.core.documents.letters import render_html

    letter = a_long_record()
    markup = render_html(letter)

    def ours():
        pdf.to_pdf.cache_clear()
        render_pdf(letter)

    def alone():
        style = pdf._print_style
        document = HTML(string=markup, url_fetcher=pdf._bundled_files_only())
        document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[style.sheet], font_config=style.fonts)

    costs = alternating({"ours": ours, "WeasyPrint alone": alone}, repeats=5)
    show("A record of twelve pages", costs, "ours", "WeasyPrint alone")


def a_long_record():
    """The record of a conference of the invented council, its paragraphs said again until it has twelve pages."""
    settings.CPC_DEMO = True
    fill(timezone.localdate(), cases=(Case(24, "record"),), tell=lambda line: None)
    document = Document.objects.filter(kind="record_family").first()
    letter = rebuild(document.kind, document.values)
    paragraphs = letter.paragraphs
    while len(PdfDocument(render_pdf(letter))) < 12:
        letter = replace(letter, paragraphs=letter.paragraphs + paragraphs)
    return letter


def one_write():
    """A changed row through the door (event, guard, history), against a plain save with no trigger on the table."""
    team, by = Team.objects.get(name=f"Bench {FEW}"), system(timezone.localdate())

    def through_the_door():
        with acting(by, Permission.SET_UP, on=team):
            team.name = f"Bench {time.perf_counter_ns()}"
            team.save()

    def plain():
        with transaction.atomic():
            team.name = f"Bench {time.perf_counter_ns()}"
            team.save()

    def triggers(how):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE accounts_team {how} TRIGGER USER")

    taken = {"the door": [], "a plain save": []}
    through_the_door()
    for _ in range(10):
        taken["the door"] += [cost(through_the_door) for _ in range(REPEATS // 4)]
        triggers("DISABLE")
        plain()
        taken["a plain save"] += [cost(plain) for _ in range(REPEATS // 4)]
        triggers("ENABLE")
        through_the_door()
    costs = {name: tuple(map(statistics.median, zip(*found, strict=True))) for name, found in taken.items()}
    show("A write through the door", costs, "the door", "a plain save")


if __name__ == "__main__":
    site = Site()
    site.register(Conference, ConferenceList)
    urlpatterns += [path("bench/bare/", bare), path("bench/admin/", site.urls)]
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        long_record()
        people = a_council()
        one_write()
        pages(*people)
    finally:
        teardown_databases(made, verbosity=0)
