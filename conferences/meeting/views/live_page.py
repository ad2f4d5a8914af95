"""The context of the live page: the steps, the three columns, the children, the people."""

from django.urls import reverse

from conferences.convening.choices import Attendance, Outcome, Section
from conferences.convening.queries.acting import runs_it
from conferences.meeting.forms.decisions import outcome_words
from cpc.core.policy.queries import setting
from families.people.queries.household import born_in_words

TONES = {
    # Calm tones: the family is in the room and reads the screen.
    Outcome.PROTECTION_PLAN: "purple",
    Outcome.CHILD_IN_NEED: "turquoise",
    Outcome.NO_PLAN: "grey",
    Outcome.NOT_DECIDED: "yellow",
}
HERE = {
    Attendance.PRESENT: ("Here", "green"),
    Attendance.APOLOGIES: ("Apologies", "grey"),
    Attendance.ABSENT: ("Absent", "grey"),
    Attendance.EXCLUDED: ("Excluded", "orange"),
    Attendance.UNKNOWN: ("Not marked", "yellow"),
}


def _is_here(invitation) -> tuple[str, str]:
    """Whether somebody is here, and the tone of the tag. Somebody who only writes a report was not asked to come."""
    if invitation.writes_only and invitation.attendance == Attendance.ABSENT:
        return "Report only", "grey"
    return HERE[Attendance(invitation.attendance)]


def context(board, notes, *, can_write, on) -> dict:
    """Everything that the page shows."""
    conference = board.conference
    only = [child.row.child for child in board.children]
    return {
        "board": board,
        "conference": conference,
        "runs_it": runs_it(conference),
        "notes": notes,
        "can_write": can_write,
        "is_open": conference.state == "open",
        "steps": _steps(board),
        "opening": _fields(notes, Section.REASON, Section.DANGER_STATEMENT, Section.PLAN_PROGRESS),
        "columns": [_column(notes, section, only, tone) for section, tone in _COLUMNS],
        "own_words": [
            *((_theirs(notes, Section.CHILD_VIEWS, child.pk, None), "") for child in only),
            *((_theirs(notes, Section.PARENT_VIEWS, None, person.pk), words) for person, words in board.parents),
        ],
        "confidential": notes.of(Section.CONFIDENTIAL),
        "children": [_child(board, child, on) for child in board.children],
        "people": [(person, *_is_here(person)) for person in board.invitations],
        "uses_scale": setting("uses_scale"),
        "scale_low": setting("scale_low_label"),
        "scale_high": setting("scale_high_label"),
        "refused": any(field.refused for field in notes.fields.values()),
    }


_COLUMNS = (
    (Section.WORRIED, "worried"),
    (Section.WORKING_WELL, "well"),
    (Section.NEEDS_TO_HAPPEN, "needed"),
)


def _fields(notes, *sections):
    return [field for section in sections if (field := notes.of(section))]


def _theirs(notes, views, child, person):
    """What one person thinks, and what they say would help."""
    return [field for section in (views, Section.WOULD_HELP) if (field := notes.of(section, child, person))]


def _column(notes, section, children, tone):
    each = [(child, field) for child in children if (field := notes.of(section, child.pk))]
    return {"title": Section(section).label, "tone": tone, "all": notes.of(section), "each": each}


def _steps(board) -> list[dict]:
    conference = board.conference
    marked = sum(each.attendance != Attendance.UNKNOWN for each in board.invitations)
    decided = sum(child.decision is not None for child in board.children)
    everybody, every_child = len(board.invitations), len(board.children)

    def step(title, name, done, status, part=False):
        tone = "" if done else "blue" if part else "yellow"
        href = name if name.startswith("#") else reverse(f"conferences:{name}", args=[conference.pk])
        return {"title": title, "href": href, "status": status, "tone": tone}

    return [
        step("The family’s details", "meet_details", conference.details_confirmed_at,
             "Confirmed" if conference.details_confirmed_at else "To confirm"),
        step("Attendance", "meet_attendance", everybody and marked == everybody,
             f"{marked} of {everybody} marked", part=bool(marked)),
        step("Quorum", "meet_quorum", conference.quorate is not None, _quorum_word(conference)),
        step("Decisions", "#decisions", every_child and decided == every_child,
             f"{decided} of {every_child}", part=bool(decided)),
    ]  # fmt: skip


def _quorum_word(conference) -> str:
    if conference.quorate is None:
        return "To confirm"
    if conference.quorate:
        return "Quorate"
    return "Not quorate, proceeding" if conference.quorum_reason else "Not quorate"


def _child(board, child, on) -> dict:
    conference, decision = board.conference, child.decision
    return {
        "child": child.row.child,
        "row": child.row,
        "born": born_in_words(child.row.child, on),
        "participation": child.participation,
        "takes_part": child.voice.takes_part,
        "views": child.views,
        "scalings": child.scalings,
        "agencies": child.agencies,
        "decision": decision,
        "outcome": outcome_words(conference, decision.outcome) if decision else "",
        "tone": TONES.get(decision.outcome) if decision else "",
        "dissents": child.dissents,
    }
