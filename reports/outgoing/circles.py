"""The rows of records and copies that name people of the family."""

from families.people.circles import Rows
from reports.outgoing.models import ChildTold, CopyChild, Paragraph

ROWS = (
    Rows(Paragraph, "record__conference__family", ("child", "person")),
    Rows(ChildTold, "record__conference__family", ("child",)),
    Rows(CopyChild, "copy__record__conference__family", ("child",)),
)
