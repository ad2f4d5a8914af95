"""Every limit on one line, and the page docs/timescales.md that is generated from them. Pure."""

from cpc.core.kernel.deadlines import DEFAULT, NATIONAL, Limit
from cpc.core.policy import rulebook as books
from cpc.core.policy.schema import Setting

REGENERATE = "manage.py due --list --markdown > docs/timescales.md"


def lines() -> list[str]:
    """One line for each limit: key, length and anchor, what it is, its source, and what the presets say."""
    return [
        f"{limit.key} | {unit(limit)} | {limit.standing_in_words} | source: {_source(limit)} | {_said(limit)}"
        for limit in books.national().limits.values()
    ]


def unit(limit: Limit) -> str:
    """The length and what it is counted from: 15 working days after the conference."""
    least = "at least " if limit.kind == "at least" else ""
    return f"{least}{limit.length_with_days} {limit.direction} {limit.anchor}"


def changed_by(limit: Limit) -> dict[str, str]:
    """The presets that give ``limit`` another value, each with that value."""
    return {
        name: book.limits[limit.key].length
        for name in books.presets()
        if not books.same_length((book := books.rulebook(name)).limits[limit.key], limit)
    }


def repeated_by(limit: Limit) -> list[str]:
    """The presets that state the same value as ``limit`` has."""
    changed = changed_by(limit)
    return [name for name in books.presets() if limit.key in books.rulebook(name).stated and name not in changed]


def _said(limit: Limit) -> str:
    changed = ", ".join(f"{name} ({length})" for name, length in changed_by(limit).items())
    same = ", ".join(repeated_by(limit))
    return f"changed by: {changed or 'none'}" + (f" | stated alike by: {same}" if same else "")


def markdown() -> str:
    """The whole of docs/timescales.md."""
    page = [
        "# Timescales",
        "",
        f"Generated from `cpc/core/policy/national.toml` and the presets by `{REGENERATE}`.",
        "A test fails when this page is behind.",
        "",
        "The day of the event does not count; from a day that is not a working day, the next working day counts as the "
        "first. "
        "Working days leave out weekends and the bank holidays of England and Wales. A limit in months, weeks or days "
        "that would end on a day that is not a working day is reached on the working day before; a minimum, on the "
        "working day after. A limit that counts back moves earlier. Hours are counted from the beginning of the day; "
        "counted back, they are rounded down to the end of the working day before. A council’s own closure days count "
        "as working days: they never extend a limit.",
        "",
        "*Shown only*: people can read it on the page of timescales, and nothing in the software applies it yet.",
        "",
    ]
    for standing, heading in ((NATIONAL, "National"), (DEFAULT, "Defaults, to be set by the service")):
        page += [
            f"## {heading}",
            "",
            "| key | what | limit | whose | source | changed by | stated alike by |",
            "|---|---|---|---|---|---|---|",
        ]
        page += [_row(limit) for limit in books.national().limits.values() if limit.standing == standing]
        page.append("")
    page += ["## Settings that are not dates", ""]
    page += ["| key | what | default | source | changed by |", "|---|---|---|---|---|"]
    for setting in books.national().settings.values():
        books_that_differ = [
            f"{name}: {_value(value)}"
            for name in books.presets()
            if (value := books.rulebook(name).settings[setting.key].value) != setting.value
        ]
        page.append(
            f"| `{setting.key}` | {setting.label}{_shown_only(setting)} | {_value(setting.value)} | {setting.source} "
            f"| {'; '.join(books_that_differ) or 'none'} |"
        )
    return "\n".join(page) + "\n"


def _row(limit: Limit) -> str:
    changed = "; ".join(f"{name}: {length}" for name, length in changed_by(limit).items())
    same = ", ".join(repeated_by(limit))
    return (
        f"| `{limit.key}` | {limit.label}{_shown_only(limit)} | {unit(limit)} | {limit.owner} | {_source(limit)} "
        f"| {changed or 'none'} | {same or 'none'} |"
    )


def _source(limit: Limit) -> str:
    return f"{limit.source}. To check: {limit.to_check}" if limit.to_check else limit.source


def _shown_only(entry: Limit | Setting) -> str:
    return " (shown only)" if entry.shown_only else ""


def _value(value: bool | int | str) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
