"""One typed report, or what a member of the family wrote, as a part of somebody’s reading pack."""

from dataclasses import dataclass

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter


@dataclass(frozen=True, kw_only=True)
class ReadingPart(Letter):
    """``facts`` are (what, value). ``answers`` are (question, ((mark, text), …)). ``restricted`` is (who may read it,
    text), for a reader who may."""

    called: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    restricted: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """What it is."""
        return self.called


def reading_part(reader: str, on, *, called, facts, words, restricted=None) -> ReadingPart:
    """The part for one reader. ``words`` are its answers as ``words_of`` gives them."""
    return ReadingPart(
        letterhead=letterhead(),
        addressee=Addressee(name=reader),
        dated_on=on,
        called=called,
        facts=tuple(facts),
        answers=tuple((one.label, tuple((each.label, each.text) for each in one.statements)) for one in words),
        restricted=restricted,
    )
