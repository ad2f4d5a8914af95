"""A file is brought in, checked without writing anything, and loaded whole or not at all."""

import hashlib
from collections import Counter
from dataclasses import astuple
from functools import partial

from django.db import DatabaseError, transaction
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, Viewer, system, viewer_of
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Refusal
from cpc.imports import files, progress
from cpc.imports.actions.census import check_census, load_census
from cpc.imports.actions.people import load_people
from cpc.imports.actions.plans import load_plans
from cpc.imports.actions.set_aside import set_rows_aside
from cpc.imports.choices import FileKind, ImportState
from cpc.imports.models import Import
from cpc.imports.queries import known, taken
from cpc.imports.rules.checking import RecordsHeld, check_rows, place_in_file
from cpc.imports.rules.columns import MEETINGS, PEOPLE
from cpc.imports.rules.rows import read_sheet
from cpc.imports.states import IMPORT

MOST_FAULTS = 5_000
LARGEST = 60 * 1024 * 1024


def bring_in(*, by, file_name: str, body: bytes) -> Import:
    """The file is kept, and is being checked in the background; nothing else is written."""
    if not body:
        raise Invalid("The file is empty.", "file")
    if len(body) > LARGEST:
        raise Invalid("The file must be smaller than 60MB. Split it into several.", "file")
    kind = files.kind_of(body, file_name)
    with acting(by, Permission.IMPORT_RECORDS, step="bring in", file=file_name[:200]):
        run = Import.objects.create(
            file_name=file_name[:200], kind=kind, body=body, sha256=hashlib.sha256(body).hexdigest(),
            asked_by_id=by.id, asked_at=timezone.now(),
        )  # fmt: skip
    progress.waits(run.pk)
    return run


def check(run: Import) -> None:
    """The import says what is wrong with each row, or that it is ready: the dry run. Nothing else is written."""
    on = timezone.localdate()
    progress.report(run.pk, 5)
    try:
        found = _examine(run, viewer_of(run.asked_by, on))
    except Refusal as refused:
        found = None
        why = refused.sentence
    with acting(system(on), Permission.RUN_JOBS, on=run, step="check"):
        if run.state != ImportState.CHECKING:
            return
        if found is None:
            IMPORT.move(run, ImportState.FAILED)
            run.why_failed = why
            run.body = None
        else:
            faults, run.notes, run.counts = found
            IMPORT.move(run, ImportState.FAULTY if faults else ImportState.READY)
            run.faults = [astuple(fault) for fault in faults[:MOST_FAULTS]]
            run.counts["faults"] = len(faults)
            run.body = None if faults else run.body
        run.save()
    progress.report(run.pk, 100)


def _examine(run, viewer: Viewer) -> tuple:
    """(faults, notes, counts) of the file compared with what of the record is open to the viewer."""
    tell = partial(progress.report, run.pk)
    if run.kind == FileKind.CENSUS:
        return check_census(files.census_children(bytes(run.body)), viewer, tell)
    rows, faults = _rows(run, progress.stretch(tell, 5, 75))
    beside = _compared(rows, faults, viewer, progress.stretch(tell, 75, 99))
    people = {row["person_id"] for row in rows.get(PEOPLE.name, ())}
    new = people - set(beside.people)
    counts = {name: len(each) for name, each in rows.items()} | {PEOPLE.name: len(people)}
    return faults, [], counts | {"new_people": len(new), "known_people": len(people) - len(new)}


def _compared(rows, faults, viewer: Viewer, tell) -> RecordsHeld:
    """What of the rows is here already; what is wrong with them is added to ``faults``, in order."""
    beside = known(rows, viewer)
    tell(40)
    faults += check_rows(rows, beside)
    tell(80)
    faults += taken(rows.get(MEETINGS.name, ()))
    faults.sort(key=place_in_file)
    tell(100)
    return beside


def _rows(run, tell) -> tuple[dict, list]:
    """(the rows of each sheet, what could not be read). ``tell`` is given per cents of the reading."""
    rows, faults = {}, []
    tables = files.tables(bytes(run.body), run.kind, lambda part: tell(part // 2))
    whole, done = sum(len(table.rows) for table in tables) or 1, 0
    for table in tables:

        def came(number, done=done):
            if number % 1000 == 0:
                tell(50 + 50 * min(done + number, whole) // whole)

        read, wrong = read_sheet(table.sheet, table.headings, table.rows, came)
        rows[table.sheet.name] = read
        done += len(table.rows)
        faults += wrong
    if not any(rows.values()) and not faults:
        raise Invalid("There is no row in the file. Fill in the template below its headings.", "file")
    return rows, faults


def start_loading(*, by, run: Import) -> None:
    """Note that the import is being loaded in the background, in the name of the user who asked for it."""
    with acting(by, Permission.IMPORT_RECORDS, on=run, step="load"):
        IMPORT.move(run, ImportState.LOADING)
        run.loaded_by_id = by.id
        run.save()
    progress.waits(run.pk)


def load(run: Import) -> None:
    """All that the file holds is on the record, in one transaction; or none of it, and the import says why.

    Done again for the same file it writes nothing twice.
    """
    on, tell = timezone.localdate(), partial(progress.report, run.pk)
    tell(1)
    try:
        with acting(system(on), Permission.RUN_JOBS, on=run, step="write"):
            if run.state != ImportState.LOADING:
                return
            # What is closed to the user who asked for it is not changed in their name.
            viewer = viewer_of(run.loaded_by, on)
            if run.kind == FileKind.CENSUS:
                children = files.census_children(bytes(run.body))
                run.counts, run.notes = load_census(children, viewer, progress.stretch(tell, 1, 99))
            else:
                rows, faults = _rows(run, progress.stretch(tell, 1, 30))
                _compared(rows, faults, viewer, progress.stretch(tell, 30, 36))
                if faults:
                    raise _Changed(faults)
                rows, counted = set_rows_aside(run, rows, viewer, system(on))
                run.counts, run.notes = load_people(rows, viewer, progress.stretch(tell, 38, 75))
                run.counts |= load_plans(rows, viewer, progress.stretch(tell, 75, 99))
                run.counts = dict(Counter(run.counts) + counted)
            IMPORT.move(run, ImportState.LOADED)
            run.loaded_at, run.body = timezone.now(), None
            run.save()
    except _Changed as changed:
        _end(run, on, ImportState.FAULTY, faults=changed.faults)
    except (Refusal, DatabaseError):
        # Somebody else wrote what this would write, in the same moment: nothing of it was loaded.
        _end(run, on, ImportState.FAILED, why="The record changed while this was being loaded, so nothing was. Bring "
             "the file in again: the check will say what differs.")  # fmt: skip
    progress.report(run.pk, 100)


class _Changed(Exception):
    """The file had no fault when it was checked, and has now."""

    def __init__(self, faults):
        super().__init__(faults)
        self.faults = faults


def _end(run, on, state, *, faults=(), why="") -> None:
    with acting(system(on), Permission.RUN_JOBS, on=run, step="give up"), transaction.atomic():
        IMPORT.move(run, state)
        run.faults, run.why_failed = [astuple(fault) for fault in faults[:MOST_FAULTS]], why
        run.counts = run.counts | {"faults": len(faults)}
        run.body = None
        run.save()


def put_away(*, by, run: Import) -> None:
    """The file of an import that will not be loaded is gone; what was wrong with it stays readable."""
    with acting(by, Permission.IMPORT_RECORDS, on=run, step="put away"):
        IMPORT.must_be(run, ImportState.READY, to="put away")
        IMPORT.move(run, ImportState.FAILED)
        run.body = None
        run.why_failed = "Put away without being loaded."
        run.save()
