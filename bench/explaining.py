"""What the database did for each statement, in words that fit a page; and what of it is flagged."""

import json
import re
from dataclasses import dataclass, field

from django.db import connection

SLOW_SECONDS = 1.0
BIG_ROWS = 20_000
MANY_ROWS = 100_000  # read for one statement: an index that is read whole is no better than the table
SAVED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ", "INSERT", "UPDATE", "DELETE")


@dataclass
class Step:
    """One table or index that was read, how often, and how many rows it gave and threw away."""

    table: str
    how: str
    loops: int
    rows: int
    thrown: int

    @property
    def read(self) -> int:
        """The rows that were looked at."""
        return self.rows + self.thrown

    def __str__(self):
        times = f", {self.loops:,} times" if self.loops > 1 else ""
        return f"{self.table}: {self.how}, {self.rows:,} row{'s' * (self.rows != 1)}{times}"


@dataclass
class Query:
    """One statement as it ran."""

    sql: str
    milliseconds: float
    buffers: int
    steps: list[Step]
    plan: list = field(repr=False, default_factory=list)
    flags: list[str] = field(default_factory=list)


@dataclass
class Page:
    """One page as one role opened it."""

    title: str
    role: str
    seconds: float
    queries: list[Query]

    @property
    def worst(self) -> Query | None:
        """The statement that took longest."""
        return max(self.queries, key=lambda query: query.milliseconds, default=None)

    def line(self) -> str:
        """The page in one line."""
        slowest = self.worst.milliseconds if self.worst else 0
        return f"{self.title} | {self.role} | {len(self.queries)} | {self.seconds * 1000:.0f} | {slowest:.1f}"

    def flags(self) -> list[str]:
        """What is wrong with it."""
        found = [flag for query in self.queries for flag in query.flags]
        slow = [f"{self.seconds:.1f} seconds"] if self.seconds > SLOW_SECONDS and self.role else []
        return sorted(set(found)) + slow


def reads(statements) -> list[str]:
    """The statements that read, each form of them once with how it was written first."""
    return [sql for sql in statements if not sql.upper().startswith(SAVED)]


class Tables:
    """How big each table is, and every statement that was explained already."""

    def __init__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'")
            self.rows = dict(cursor.fetchall())
        self.big = {name for name, rows in self.rows.items() if rows >= BIG_ROWS}

    def explained(self, sql: str) -> Query:
        """The statement as it runs now, its plan read."""
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
            said = cursor.fetchone()[0]
        [plan] = json.loads(said) if isinstance(said, str) else said
        top = plan["Plan"]
        steps = []
        _steps(top, steps)
        query = Query(
            sql, plan["Execution Time"] + plan["Planning Time"],
            top.get("Shared Hit Blocks", 0) + top.get("Shared Read Blocks", 0), steps, _tree(top),
        )  # fmt: skip
        for step in steps:
            if step.table in self.big and step.how.startswith("read whole"):
                query.flags.append(f"{step.table} was read from one end to the other ({step.read:,} rows)")
            elif step.table in self.big and step.read >= MANY_ROWS:
                query.flags.append(f"{step.read:,} rows of {step.table} were read ({step.how})")
        return query


def _steps(node, found) -> None:
    kind, loops = node["Node Type"], node["Actual Loops"]
    table, index = node.get("Relation Name"), node.get("Index Name")
    rows = round(node["Actual Rows"] * loops)
    thrown = round((node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)) * loops)
    if loops and kind == "Seq Scan":
        found.append(Step(table, "read whole", loops, rows, thrown))
    elif loops and kind in ("Index Scan", "Index Only Scan"):
        found.append(Step(table, f"index {index}", loops, rows, thrown))
    elif loops and kind == "Bitmap Heap Scan":
        found.append(Step(table, f"index {' + '.join(_indexes(node))}", loops, rows, thrown))
    for child in node.get("Plans", ()):
        _steps(child, found)


def _indexes(node) -> list[str]:
    own = [node["Index Name"]] if node["Node Type"] == "Bitmap Index Scan" else []
    for child in node.get("Plans", ()):
        own += [name for name in _indexes(child) if name not in own]
    return own


def _tree(node, depth=0) -> list[str]:
    what = " ".join(str(node[key]) for key in ("Node Type", "Index Name", "Relation Name") if key in node)
    conditions = [f"{key}: {node[key]}" for key in ("Index Cond", "Recheck Cond", "Filter") if key in node]
    never = "never run" if not node["Actual Loops"] else (
        f"{round(node['Actual Rows'] * node['Actual Loops']):,} rows, {node['Actual Total Time']:.1f} ms"
        + (f", {node['Actual Loops']:,} times" if node["Actual Loops"] > 1 else "")
    )  # fmt: skip
    lines = ["  " * depth + f"{what} ({never})"]
    lines += ["  " * depth + "    " + each[:160] for each in conditions]
    return lines + [line for child in node.get("Plans", ()) for line in _tree(child, depth + 1)]


HEAD = """# A million conferences

Made by `python bench/plans.py --conferences {conferences}`: a database is filled, every list, search and
count is opened through its own page as each role, and every statement of it is explained as it ran
(`EXPLAIN (ANALYZE, BUFFERS)`). The command ends with an error where a table of more than {big:,} rows
was read from one end to the other, where a statement read {many:,} rows or more of one, or where a page
took longer than a second.

**What stands in the database.** {tables}. {shape} The work under way is {live} times that of the largest
authority in England (about 420 booked conferences and 1,680 open plans): one install serves
one authority.

**Measured** on PostgreSQL {version}, with two cores that other work shared; each page at its second
opening. "Slowest" is the slowest single statement. Milliseconds are of this machine; what matters is
that they do not grow with the table.
"""


def report(pages, known, options) -> str:
    """Everything that was measured, as one page."""
    flagged = [page for page in pages if page.flags()]
    big = sorted(((rows, name) for name, rows in known.rows.items() if rows >= BIG_ROWS and not name.endswith("event")),
                 reverse=True)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    from bench.million import SHAPE

    text = [HEAD.format(
        conferences=options.conferences, big=BIG_ROWS, many=MANY_ROWS, live=options.live,
        shape=SHAPE.replace("\n", " "),
        tables=", ".join(f"{name.split('_', 1)[1]} {rows:,}" for rows, name in big[:16]), version=version,
    )]  # fmt: skip
    text.append(f"**Flagged**: {len(flagged)} of {len(pages)}.\n")
    text += [f"- {page.title} ({page.role}): {'; '.join(page.flags())}" for page in flagged]
    text.append("\n## Every page\n\n| page | as | statements | ms | slowest | by which indexes |")
    text.append("|---|---|---:|---:|---:|---|")
    for page in pages:
        slowest = page.worst.milliseconds if page.worst else 0
        text.append(f"| {page.title} | {page.role} | {len(page.queries)} | {page.seconds * 1000:.0f} | {slowest:.0f} | "
                    f"{_indexes_of(page, known)} |")  # fmt: skip
    text.append("\n## The plans\n\nThe slowest statement of each page, by the widest role that opens it; what a plan "
                "says of small tables is left out.\n")  # fmt: skip
    for page in _widest(pages):
        text.append(f"### {page.title}{f', {page.role}' if page.role else ''}\n")
        text += [f"- {step}" for step in _told(page.worst.steps, known)]
        text.append(f"\n{page.worst.milliseconds:.1f} ms, {page.worst.buffers:,} pages of 8 kB.\n")
    text.append("## In full\n\nWhat everything else stands on, statement and plan.\n")
    for page in _essential(pages):
        sql = re.sub(r"SELECT .*? FROM", "SELECT … FROM", page.worst.sql, count=1, flags=re.DOTALL)
        text.append(f"### {page.title}, {page.role or 'job'}: its slowest statement\n\n```sql\n{_wrapped(sql)}\n```\n")
        text.append("```text\n" + "\n".join(page.worst.plan) + "\n```\n")
    return "\n".join(text)


def _indexes_of(page, known) -> str:
    names = {}
    for query in page.queries:
        for step in query.steps:
            if step.table in known.big:
                names[step.how.removeprefix("index ")] = None
    return ", ".join(f"`{name}`" for name in list(names)[:6]) + (" …" if len(names) > 6 else "")


def _told(steps, known) -> list[Step]:
    return [step for step in steps if step.table in known.big][:10]


def _widest(pages) -> list[Page]:
    """For each title the page that took longest."""
    found = {}
    for page in pages:
        if page.worst and (page.title not in found or found[page.title].worst.milliseconds < page.worst.milliseconds):
            found[page.title] = page
    return [page for page in found.values() if page.worst.milliseconds >= 0.5]


ESSENTIAL = (
    ("Conferences, with those to be booked", "service manager"),
    ("Conferences, with those to be booked", "professional"),
    ("Search by first and last name", "service manager"), ("Search by number", "social worker"),
    ("Who has viewed this record", "service manager"), ("Performance", "service manager"),
)  # fmt: skip


def _essential(pages) -> list[Page]:
    return [page for page in pages if (page.title, page.role) in ESSENTIAL and page.worst]


def _wrapped(sql) -> str:
    sql = re.sub(r"\s+", " ", sql)[:2400].replace('"', "")
    return re.sub(r" (FROM|WHERE|ORDER BY|LIMIT|UNION ALL|INNER JOIN|LEFT OUTER JOIN|AND NOT|AND)\b", r"\n\1", sql)
