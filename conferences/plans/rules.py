"""What law and practice say about plans and core groups. Pure: no database, no clock, no Django."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conferences.convening.rules.childs_voice import Voice
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import about_children, capital, listed, possessive, says_nothing
from families.people.rules.people import birthday

# --- What a decision that can be defended has ---------------------------------------------------------------------


@dataclass(frozen=True)
class ChildDecided:
    """One child of a conference that is to be closed. ``silent`` are the agencies that gave no view on the child, by
    name; ``secret`` those with a view that not everybody reads; ``quiet`` the parents who gave none. ``voice`` is how
    they are heard at their age. ``participation`` is how the child took part, in words. ``said_to_attend`` is whether
    those words say that the child attended, and ``was_marked`` whether the child is marked as present; each is None
    where it is not known. ``has_plan`` is whether the child has a plan now, and ``needs_plan`` whether it was decided
    that they need one.
    """

    id: int
    name: str
    voice: Voice
    participation: str
    said_to_attend: bool | None
    was_marked: bool | None
    has_voice: bool
    silent: tuple[str, ...]
    secret: tuple[str, ...]
    quiet: tuple[str, ...]
    needs_plan: bool
    is_decided: bool
    threshold: str
    category_reason: str
    reasons: str
    has_plan: bool = False


@dataclass(frozen=True)
class Gap:
    """Something that should be recorded before a conference closes, or a reason given instead. ``key`` names it;
    ``field`` is where the page that closes asks for it, or for the reason. ``is_own``: only a reason of its own counts.
    """

    key: str
    sentence: str
    field: str = "gap_reason"
    is_own: bool = False


@dataclass(frozen=True)
class Priority:
    """Two people who must not meet, so that one core group cannot have both, and which of them comes first."""

    first: int
    other: int
    first_name: str
    other_name: str

    @property
    def gap(self) -> Gap:
        """What is asked where the core group has only the other one."""
        key = f"first-{self.first}-{self.other}"
        said = f"{self.first_name} has priority for the core group but is not in it, and {self.other_name} is."
        return Gap(key, said, f"gap_{key}", is_own=True)


@dataclass(frozen=True)
class ActionDecided:
    """One action of the outline plan of a conference that is to be closed."""

    id: int
    action: str
    who: str
    due_on: date | None
    measure: str


def gaps_before_closing(children: Iterable[ChildDecided], actions: Iterable[ActionDecided]) -> list[Gap]:
    """What a decision that can be defended has and this one lacks."""
    children = list(children)
    found: list[Gap] = []
    for child in children:
        found += _gaps_of_child(child)
    same: dict[str, list[ChildDecided]] = {}
    for child in (one for one in children if one.is_decided):
        same.setdefault(_without_names(child.reasons, [one.name for one in children]), []).append(child)
    for group in (one for one in same.values() if len(one) > 1):
        names = listed(child.name for child in group)
        found.append(Gap(f"same-{group[0].id}", f"The reasons for {names} are the same. Each child needs their own."))
    called = [one.name for one in children]
    for child in (one for one in children if one.is_decided and points_elsewhere(one.reasons, called)):
        found.append(
            Gap(f"points-{child.id}", f"The reasons for {child.name} only point to others. Each child needs their own.")
        )
    for action in actions:
        found += _gaps_of_action(action)
    return found


_POINTING = {"same", "see", "as", "ditto", "refer", "above", "below", "identical"}
_BESIDE_POINTING = {
    "the", "for", "to", "with", "of", "in", "and", "also", "too", "here", "reason", "reasons", "those", "decision",
    "apply", "applies", "given", "under", "brother", "sister", "sibling", "siblings", "twin", "child", "other",
}  # fmt: skip


def points_elsewhere(reasons: str, names: Iterable[str]) -> bool:
    """Whether the reasons say nothing but where others are: "As for Rosa", "See above", "Same as his sister"."""
    words = set(_without_names(reasons, names).split())
    return bool(words & _POINTING) and words <= _POINTING | _BESIDE_POINTING


def _without_names(text: str, names: Iterable[str]) -> str:
    """The words of a text without the children’s names and "he" or "she": what stays the same when it is copied."""
    words = {word.casefold() for name in names for word in re.findall(r"\w+", name)} | _PRONOUNS
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in words)


_PRONOUNS = frozenset(
    {"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "is", "are", "was", "were", "s"}
)


def _gaps_of_action(action: ActionDecided) -> Iterator[Gap]:
    id_, called = action.id, action.action if len(action.action) <= 80 else f"{action.action[:80].rstrip()}…"
    if says_nothing(action.who):
        yield Gap(f"who-{id_}", f"Nobody is named for the action “{called}”.")
    elif names_several(action.who):
        yield Gap(f"who-{id_}", f"An action is for “{action.who}”. Each action needs one name.")
    if action.due_on is None:
        yield Gap(f"date-{id_}", f"The action “{called}” has no date.")
    if says_nothing(action.measure):
        yield Gap(f"measure-{id_}", f"How everyone will know that “{called}” worked is not recorded.")


# The texts of a plan, and the sentence for each that is empty.
PLAN_TEXTS = {
    "aim": "What must change for each child to be safe without a plan is not recorded.",
    "contingency": "What will happen if the plan does not work is not recorded.",
    "trigger": "What would make that happen is not recorded.",
    "visits": "How often each child is visited, and who visits, is not recorded.",
    "family_meeting": "Whether a family meeting was considered is not recorded.",
    "will_be_told": "Who will be told of the plan is not recorded.",
}


def gaps_of_plan(texts: Mapping[str, str], names: Sequence[str]) -> list[Gap]:
    """What the texts of a plan, typed as the conference closes, leave out. ``names`` are those of the children."""
    return [
        Gap(f"plan-{name}", about_children(sentence, names), name)
        for name, sentence in PLAN_TEXTS.items()
        if says_nothing(texts.get(name, ""))
    ]


def gaps_of_core_group(priorities: Iterable[Priority], members: Collection[int | None]) -> list[Gap]:
    """The people who are left out of the core group of these members (ids), though they come before one of them."""
    return [one.gap for one in priorities if one.other in members and one.first not in members]


def _gaps_of_child(child: ChildDecided) -> Iterator[Gap]:
    id_, name = child.id, child.name
    if not child.is_decided:
        return
    for number, agency in enumerate(child.silent):
        yield Gap(f"view-{id_}-{number}", f"{agency} gave no view on whether {name} needs a plan.")
    for number, agency in enumerate(child.secret):
        yield Gap(f"secret-{id_}-{number}", f"{agency}’s view on whether {name} needs a plan is not for everyone.")
    if child.voice.takes_part and not child.participation:
        yield Gap(f"part-{id_}", f"How {name} took part is not recorded.")
    if None not in (child.said_to_attend, child.was_marked) and child.said_to_attend != child.was_marked:
        marked = "present" if child.was_marked else "not present"
        said = f"{name} is marked as {marked}, but how they took part says “{child.participation}”."
        yield Gap(f"marked-{id_}", said)
    if child.voice == Voice.OBSERVED and not child.has_voice:
        yield Gap(f"voice-{id_}", f"What life is like for {name} is not recorded.")
    elif child.voice.takes_part and not child.has_voice:
        yield Gap(f"voice-{id_}", f"{capital(possessive(name, 'views', 'of'))} are not recorded.")
    for number, parent in enumerate(child.quiet):
        yield Gap(f"parent-{id_}-{number}", f"The views of {parent} about {name} are not recorded.")
    if says_nothing(child.threshold):
        ends = child.has_plan and not child.needs_plan
        why = "Why the threshold is no longer met is not recorded" if ends else "The threshold in words is missing"
        yield Gap(f"threshold-{id_}", f"{why} for {name}.")
    if child.needs_plan and says_nothing(child.category_reason):
        yield Gap(f"category-{id_}", f"The reason for {possessive(name, 'category')} is missing.")


_JOINS = r"[&/;+]|,.*,|\b(?:and|or|with|plus)\b|\w (?:And|Or|With|Plus) (?=[A-Z])"


def names_several(who: str) -> bool:
    """Whether the words that say who does an action name more than one person or agency. A joining word with a capital
    letter at the end of a name is part of it: Rufus With, Ngozi Or.
    """
    joins = bool(re.search(_JOINS, who if who != who.upper() else who.lower()))
    several = r"both|all(?! (?:saints|souls|hallows)\b)|parents|carers|everyone|everybody"
    several += r"|professionals|agencies|group(?! conference\b)"
    whole = r"^(?:the |whole )*family(?: members)?$"
    return joins or bool(re.search(rf"\b(?:{several})\b|{whole}", who.strip(), re.IGNORECASE))


# --- Plans --------------------------------------------------------------------------------------------------------


def start_refusal(name: str, started_on: date, died_on: date | None) -> str:
    """Why no plan can start for this child on that day; "" if it can. Census rule 8915."""
    if died_on and started_on > died_on:
        return f"{name} died on {in_words(died_on)}, so no plan can start on {in_words(started_on)}."
    return ""


def end_refusal(name: str, started_on: date, ended_on: date, died_on: date | None) -> str:
    """Why the plan cannot end on that day; "" if it can. Census rules 8840, 8920 and 8925."""
    if ended_on <= started_on:
        return (
            f"{capital(possessive(name, 'plan'))} started on {in_words(started_on)}, so it cannot end on "
            f"{in_words(ended_on)}: the end is at least a day after the start."
        )
    if died_on and ended_on > died_on:
        return f"{name} died on {in_words(died_on)}, so the plan cannot end after that day."
    return ""


def must_end(started_on: date, born_on: date | None, died_on: date | None, on: date) -> tuple[str, date] | None:
    """The reason and the day on which a plan has to end by ``on``, whatever anybody decides: the death or the
    eighteenth birthday, the earlier of the two. None if neither has come.
    """
    found = []
    if died_on:
        found.append((max(died_on, started_on), "died"))
    if born_on:
        found.append((birthday(born_on, 18), "eighteen"))
    came = [(day, reason) for day, reason in found if day <= on]
    day, reason = min(came, default=(None, ""))
    return (reason, day) if day else None


def core_group_refusal(on: date, after: date, last_on: date, today: date) -> str:
    """Why the core group cannot meet on that day; "" if it can. ``last_on`` is the last day of its limit. After it has
    passed, a late meeting is allowed.
    """
    return _meeting_refusal("The core group must meet", on, after, last_on, today)


def need_meeting_refusal(on: date, after: date, last_on: date, today: date) -> str:
    """Why a child in need meeting cannot be on that day; "" if it can. As for a core group."""
    return _meeting_refusal("The meeting must be", on, after, last_on, today)


def _meeting_refusal(must: str, on: date, after: date, last_on: date, today: date) -> str:
    if on <= after:
        return f"{must} after {in_words(after)}."
    if today <= last_on < on:
        return f"{must} by {in_words(last_on)}: choose an earlier date."
    return ""


def review_refusal(on: date, after: date, last_on: date) -> str:
    """Why the review conference cannot be on that day; "" if it can."""
    if on <= after:
        return f"The review conference must be after {in_words(after)}."
    if on > last_on:
        return f"The review conference must be by {in_words(last_on)}: choose an earlier date."
    return ""


def earlier_refusal(what: str, happened_on: date, started_on: date, on: date, died_on: date | None = None) -> str:
    """Why this cannot have happened on that day of a plan; "" if it can. Census rule 8841 for a review."""
    if happened_on > on:
        return "The day must be today or in the past. Book a future meeting instead of entering it here."
    if died_on and happened_on > died_on:
        return f"The child died on {in_words(died_on)}, before that day."
    if happened_on < started_on or (happened_on == started_on and what == "review"):
        later = "after" if what == "review" else "on or after"
        return f"The plan began on {in_words(started_on)}: enter a day {later} that."
    return ""
