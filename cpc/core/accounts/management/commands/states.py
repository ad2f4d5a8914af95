"""Prints the life of each kind of record, as docs/states.md: its states, who moves it on, and how it is put right."""

from django.core.management.base import BaseCommand

from cpc.core.accounts.choices import Role
from cpc.core.accounts.lifecycles import FOLLOWS, KINDS, SOFTWARE, Lifecycle, Move, State
from cpc.core.accounts.permissions import GRANTS
from cpc.core.kernel.phrases import capital, in_sentence, listed

HEAD = """# What becomes of each kind of record

Made from the `states.py` of each app by `manage.py states`; a test fails when the two differ, and another walks through
every state: somebody can act, the duty is on the list of those who can, and there is a way to an end. A record may stay
in a state in **bold**. The roles are those that have the permission at all; whether somebody may do it to
*this* record is asked again. The duties are the kinds that the `deadlines` of the apps list.
"""
COLUMNS = ("state", "what can be done, and by whom", "whose duty it is", "while they are away", "what undoes it")


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(one) for one in sorted(KINDS.values(), key=lambda one: one.noun))])


def _section(kind: Lifecycle) -> str:
    lines = [f"## {capital(kind.noun)}", "", f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    lines += [f"| {' | '.join(_cells(kind, state, row))} |" for state, row in kind.states.items()]
    return "\n".join([*lines, "", f"It ends: {listed([kind.words(one) for one in kind.ends], 'or')}.", ""])


def _cells(kind: Lifecycle, state: str, row: State) -> list[str]:
    name = capital(kind.words(state))
    done = [_done(kind, move) for move in row.moves] or [row.way]
    duties = [f"`{one}`" for one in row.duties]
    people = dict.fromkeys(move.who for move in row.moves if move.who not in (FOLLOWS, SOFTWARE))
    people = people or dict.fromkeys(move.who for move in row.moves if move.who is SOFTWARE)
    away = [one.away if len(people) == 1 else f"{capital(one.words)}: {one.away}" for one in people]
    undone = row.undoing or [row.undone]
    return [
        f"**{name}**" if row.ends else name,
        "<br>".join(capital(one) for one in done),
        "<br>".join([*duties, *([row.waits] if row.waits else [])]) or "–",
        "<br>".join(away) or "–",
        capital("; ".join(undone)),
    ]


def _done(kind: Lifecycle, move: Move) -> str:
    then = f" → {kind.words(move.to)}" if move.to else ""
    if move.who in (FOLLOWS, SOFTWARE):
        return f"{move.act}{then} ({move.who.words})"
    roles = [role for role in Role if any(one in GRANTS[role] for one in move.permissions)]
    named = f": {listed([in_sentence(role.label) for role in roles])}" if len(roles) > 1 else ""
    return f"{move.act}{then} ({move.who.words}{named})"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(markdown(), ending="")
