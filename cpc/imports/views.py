"""Imports: the list and the template, one import and how far it is, loading it."""

from dataclasses import astuple

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cpc.core.accounts import directory as agencies
from cpc.core.accounts.permissions import Permission, Viewer, seen_by
from cpc.core.accounts.rules import AgencyEntry
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import Invalid
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.imports import actions, files, progress, queries
from cpc.imports.choices import FileKind, ImportState
from cpc.imports.forms import BringInForm, DirectoryForm
from cpc.imports.models import Import, SetAside
from cpc.imports.rules.columns import BY_NAME, SHEETS
from cpc.imports.rules.directory import AGENCIES, entries
from cpc.imports.rules.rows import read_sheet

A_PAGE = 50
FAMILIES_A_PAGE = 10
DIRECTORY = "directory of agencies"
AN_HOUR = 3600
MOST_AGENCIES = 5000
AT_WORK = (ImportState.CHECKING, ImportState.LOADING)


@page(Permission.IMPORT_RECORDS)
def imports(request):
    """The imports so far, the template, and where a file is brought in."""
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _bring_in(request, form)):
        return redirect("imports:run", form.result.pk)
    found = seen_by(request.viewer, Import).select_related("asked_by").defer("body", "faults", "notes")
    rows = Paginator(found, 10).get_page(request.GET.get("page"))
    return render(request, "imports/list.html", {"form": form, "page": rows, "sheets": SHEETS})


def _bring_in(request, form):
    given = form.cleaned_data["file"]
    return actions.bring_in(by=request.viewer, file_name=given.name, body=given.read())


@page(Permission.IMPORT_RECORDS, methods=("GET",))
def run(request, pk):
    """One import: how far it is, what is wrong with each row, or that it may be loaded."""
    found = get_or_404(Import.objects.select_related("asked_by").defer("body"), request.viewer, pk)
    faults = Paginator(found.faults, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found, "at_work": found.state in AT_WORK, "percent": progress.percent_of(pk), "faults": faults,
        "left_alone": progress.is_left_alone(pk),
        "notes": found.notes[:A_PAGE], "more_notes": max(0, len(found.notes) - A_PAGE),
    }  # fmt: skip
    return render(request, "imports/run.html", context)


@page(Permission.IMPORT_RECORDS, methods=("GET",))
def how_far(request, pk):
    """How far the import is, for the page that waits; when it is done the page is read again."""
    found = get_or_404(Import.objects.only("pk", "state"), request.viewer, pk)
    context = {
        "run": found, "percent": progress.percent_of(pk), "at_work": True, "left_alone": progress.is_left_alone(pk),
    }  # fmt: skip
    answer = render(request, "imports/how_far.html", context)
    if found.state not in AT_WORK:
        answer["X-Reload"] = "yes"
    return answer


@page(Permission.IMPORT_RECORDS, methods=("POST",))
def load(request, pk):
    """The checked import is loaded in the background."""
    actions.start_loading(by=request.viewer, run=get_or_404(Import, request.viewer, pk))
    return redirect("imports:run", pk)


@page(Permission.IMPORT_RECORDS, methods=("POST",))
def put_away(request, pk):
    """The checked import is not loaded; its file is gone."""
    actions.put_away(by=request.viewer, run=get_or_404(Import, request.viewer, pk))
    messages.success(request, "Discarded. Nothing was loaded.")
    return redirect("imports:list")


@page(Permission.IMPORT_RECORDS, methods=("GET",))
def faults(request, pk):
    """All that is wrong, as a file that a spreadsheet program opens."""
    found = get_or_404(Import.objects.only("pk", "faults"), request.viewer, pk)
    return _file(files.faults_csv(found.faults).encode("utf-8-sig"), "text/csv", "faults.csv")


@page(Permission.IMPORT_RECORDS, methods=("GET",))
def template(request):
    """The spreadsheet to fill in."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(files.template(), kind, "import.xlsx")


@page(Permission.IMPORT_RECORDS, methods=("GET",))
def template_csv(request, sheet):
    """One sheet of the template as CSV, with an invented row."""
    if sheet not in BY_NAME:
        return render(request, "404.html", status=404)
    return _file(files.template_csv(BY_NAME[sheet]).encode("utf-8-sig"), "text/csv", f"{sheet}.csv")


@page(Permission.RECORD_FAMILY, methods=("GET",))
def set_aside(request):
    """What files said of families that few may see: for those who may, to enter what is right of it."""
    found = Paginator(queries.set_aside_for(request.viewer), FAMILIES_A_PAGE).get_page(request.GET.get("page"))
    looked(request.viewer, children=queries.children_of_each(found), page="set aside from an import")
    return render(request, "imports/set_aside.html", {"found": found})


@page(Permission.RECORD_FAMILY, methods=("POST",))
def settle(request, pk):
    """What was set aside about one family has been dealt with."""
    actions.settle(by=request.viewer, aside=get_or_404(SetAside, request.viewer, pk))
    messages.success(request, "Marked as dealt with. What the file said has been deleted.")
    return redirect("imports:set_aside")


@page(Permission.KEEP_DIRECTORY)
def directory(request):
    """Check a file of agencies, and show what loading it would do or what is wrong with it."""
    form = DirectoryForm(request.POST or None, request.FILES or None)
    context = {"form": form, "columns": AGENCIES.columns}
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _read(form.cleaned_data["file"])):
        found, faults = form.result
        context |= {"checked": True, "faults": faults[:A_PAGE], "more": max(0, len(faults) - A_PAGE)}
        if not faults:
            context |= {"compared": agencies.compare(found), "signed": _signed(request.viewer, found)}
    return render(request, "imports/directory.html", context)


def _read(given):
    """(the agencies in the file, what is wrong with it)."""
    body = given.read()
    kind = files.kind_of(body, given.name)
    if kind == FileKind.CENSUS:
        raise Invalid("Choose a CSV file or a spreadsheet (.xlsx).", "file")
    [table] = files.tables(body, kind, sheets=(AGENCIES,))
    if len(table.rows) > MOST_AGENCIES:
        raise Invalid(f"The file has more than {MOST_AGENCIES:,} rows. Split it.", "file")
    rows, faults = read_sheet(table.sheet, table.headings, table.rows)
    if not rows and not faults:
        raise Invalid("The file has headings but no agencies.", "file")
    found, more = entries(row for row in rows if row.whole)
    return found, sorted([*faults, *more], key=lambda fault: fault.row)


def _signed(viewer: Viewer, found) -> str:
    rows = [astuple(entry) for entry in found]
    return signing.dumps({"by": viewer.id, "rows": rows}, salt=DIRECTORY, compress=True)


@page(Permission.KEEP_DIRECTORY, methods=("POST",))
def load_directory(request):
    """Load the agencies of a file that was checked."""
    try:
        given = signing.loads(request.POST.get("signed", ""), salt=DIRECTORY, max_age=AN_HOUR)
    except signing.BadSignature:
        given = {}
    if given.get("by") != request.viewer.id:
        messages.error(request, "The check of this file is more than an hour old. Check the file again.")
        return redirect("imports:directory")
    found = [
        AgencyEntry(name, kind, details, tuple(map(tuple, contacts))) for name, kind, details, contacts in given["rows"]
    ]
    try:
        compared = agencies.load_directory(by=request.viewer, entries=found)
    except Invalid as refusal:
        messages.error(request, f"Nothing was loaded. {refusal}")
        return redirect("imports:directory")
    messages.success(
        request, f"Loaded: {len(compared.new)} new, {len(compared.changed)} changed, {len(compared.same)} as before."
    )
    return redirect("accounts:agencies")


@page(Permission.KEEP_DIRECTORY, methods=("GET",))
def directory_template(request):
    """The headings of the file as CSV, with one invented row."""
    return _file(files.template_csv(AGENCIES).encode("utf-8-sig"), "text/csv", "agencies.csv")


def _file(body, kind, name) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
