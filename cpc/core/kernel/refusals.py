"""The ways in which the system says no. Each carries one plain sentence that says what to do."""


class Refusal(Exception):
    """The act was refused and nothing changed; ``sentence`` says why, and what to do, in plain words."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class NotPermitted(Refusal):
    """The person may not do this to this record."""


class WrongState(Refusal):
    """The record is not in a state from which this can be done."""


class Invalid(Refusal):
    """What was given cannot be right; ``field`` names the form field to point at, when there is one. ``also`` is what
    is wrong in other fields, a sentence for each.
    """

    def __init__(self, sentence: str, field: str | None = None, also: dict[str, str] | None = None):
        self.by_field: dict[str | None, str] = {field: sentence}
        self.by_field.update(also or {})
        super().__init__(" ".join(self.by_field.values()))
        self.field = field


class Stale(Refusal):
    """Something was saved since the page was opened. ``mine`` and ``theirs`` are both texts: nothing is lost."""

    def __init__(self, sentence: str, mine: str = "", theirs: str = "", version: int = 0):
        super().__init__(sentence)
        self.mine, self.theirs, self.version = mine, theirs, version
