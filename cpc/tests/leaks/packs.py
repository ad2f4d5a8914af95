"""The reading packs of a drawn family, with a typed report that says one secret after another: by the real code."""

from datetime import timedelta

from cpc.core.accounts.tests.builders import viewer
from cpc.core.documents.reading import read_trusted_file
from cpc.tests.leaks.drawn import Drawn, Sheet
from cpc.tests.leaks.told import Text
from reports.incoming.actions.writing import Shared, revise_report, save_report, submit_report
from reports.incoming.models import Report
from reports.incoming.queries.requested import people_to_tell
from reports.outgoing.actions.reading_pack import make_pack
from reports.outgoing.letters.packs import family_pack


def packs_given(drawn: Drawn, sitting) -> list[tuple[str, int, Text]]:
    """(reader, the child that the report is about, what they got) of every pack with a typed report in it.

    The report of each child's school says in turn what is on each sheet, and is shared with everybody it can be.
    """
    found, administrator = [], sitting.council.by("administrator")
    for sheet in (Sheet(0, "nothing", False), *drawn.sheets):
        school = sitting.invitations[f"school{sheet.child}"]
        _report(viewer(school.user), school, f"The child was seen. {sheet.word} was mentioned.")
        for reader in drawn.adults:
            pack = family_pack(administrator, sitting.invitations[reader])
            parts = [part for part in pack.parts if "report" in part.what]
            if not parts:
                continue
            read = read_trusted_file(make_pack(pack, sitting.conference, administrator.on), "pack.pdf", own=True)
            said = "\n".join([read.text, read.metadata])
            found.append((reader, sheet.child, Text(reader, f"a pack with “{sheet.word}”", said)))
    return found


def _report(by, invitation, words) -> None:
    report = Report.objects.filter(invitation=invitation).first()
    if report:
        revise_report(by=by, report=report)
    version = report.version if report else 0
    report = save_report(by=by, invitation=invitation, version=version, sections={"worried": words}, about={})
    shared = [Shared(person, by.on - timedelta(days=1), "by_hand") for person, _ in people_to_tell(report)]
    submit_report(by=by, report=report, sharings=shared)
