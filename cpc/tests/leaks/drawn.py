"""Families as hypothesis draws them: who belongs together, where they live, who must not learn what, what is written.

Every name, street, school and passage is a word that is nowhere else, so that finding it in a text means that the
text says it. What each reader must not find is worked out here from what was drawn, and from nothing in the software.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from conferences.disclosure.choices import Audience as A

CHILDREN = ("Zelvia", "Brondo", "Quissa", "Torvik")
MOTHER, STEPFATHER, GRANDMOTHER, INTERPRETER = "mother", "stepfather", "grandmother", "interpreter"
FATHERS = ("father0", "father1", "father2")
NAMES = {
    MOTHER: ("Ysolde", "Vantry"), "father0": ("Ulrek", "Hexam"), "father1": ("Ponsel", "Jorvik"),
    "father2": ("Dwyfor", "Klaxon"), STEPFATHER: ("Osgar", "Wembold"), GRANDMOTHER: ("Pernilla", "Vantry"),
}  # fmt: skip
HOMES = {
    MOTHER: ("77 Quenby Lane", "QX1 1QA"), "father0": ("12 Ludgrave Street", "QX2 2QB"),
    "father1": ("5 Marbury Close", "QX3 3QC"), "father2": ("31 Tollgate Rise", "QX4 4QD"),
    STEPFATHER: ("8 Fernhill Drive", "QX5 5QE"), GRANDMOTHER: ("64 Ostrey Avenue", "QX6 6QF"),
}  # fmt: skip
REFUGE = ("3 Hollin Court", "QX9 9QZ")
PHONES = {who: f"0770090{number:04}" for number, who in enumerate(NAMES, start=1100)}
SCHOOLS = ("Thistlemoor", "Gorseleigh", "Wrackham", "Ebbsworth")
STAFF = ("Tindlewick", "Marchpane", "Oxterby", "Sollerby")
FACT = "Larkwhistle Unit"
WHAT = ("existence", "whereabouts", "school", "fact", "paternity")


@dataclass(frozen=True)
class Silence:
    """``reader`` must not learn ``what`` of ``about`` (the name of an adult, or the number of a child)."""

    reader: str
    about: str | int
    what: str


@dataclass(frozen=True)
class Passage:
    """Something that is written: who it is for, about which child (none: all of them), and who is named to read it."""

    word: str
    section: str
    audience: str
    child: int | None
    named: frozenset[str]


@dataclass(frozen=True)
class Sheet:
    """A school's report that came as a file, about one child: a word in it, on its page or in its properties."""

    child: int
    word: str
    hidden: bool


@dataclass(frozen=True)
class Drawn:
    """One family and its conference. ``fathers`` says for each child which father is theirs. ``excluded`` get no
    documents by the chair's decision. ``siblings_together``: the preset lets professionals read about all the children.
    """

    fathers: tuple[int, ...]
    has_stepfather: bool
    has_grandmother: bool
    in_refuge: bool
    kept_from_all: frozenset[str]
    by_post: frozenset[str]
    silences: tuple[Silence, ...]
    passages: tuple[Passage, ...]
    sheets: tuple[Sheet, ...] = ()
    excluded: frozenset[str] = frozenset()
    siblings_together: bool = False

    @property
    def children(self) -> range:
        """The numbers of the children."""
        return range(len(self.fathers))

    @property
    def adults(self) -> list[str]:
        """The adults of the family."""
        fathers = [FATHERS[number] for number in sorted(set(self.fathers))]
        more = [STEPFATHER] * self.has_stepfather + [GRANDMOTHER] * self.has_grandmother
        return [MOTHER, *fathers, *more]

    @property
    def professionals(self) -> dict[str, set[int]]:
        """Who is invited for which children: a school each, and the police for all."""
        return {f"school{number}": {number} for number in self.children} | {
            who: set(self.children) for who in ("police", "worker")
        }

    # --- What each reader must not find ---------------------------------------------------------------------------

    def own_children(self, reader: str) -> set[int]:
        """The children that the reader may read about: their own or a professional's, without those kept from them."""
        if reader == MOTHER:
            mine = set(self.children)
        elif reader in FATHERS:
            mine = {number for number in self.children if FATHERS[self.fathers[number]] == reader}
        else:
            mine = self.professionals.get(reader, set())
        return mine - {one.about for one in self.kept(reader, "existence")}

    def kept(self, reader: str, what: str) -> list[Silence]:
        """What must not be learnt by this reader, of one kind."""
        return [one for one in self.silences if one.reader == reader and one.what == what]

    def never(self, reader: str) -> set[str]:
        """The words that nothing for this reader may hold, letter, copy, e-mail or calendar."""
        family = reader in self.adults
        words = {part for who in self.adults if who != reader for part in (*HOMES[who], PHONES[who])}
        words |= set(REFUGE) if self.in_refuge else set()
        words |= {FACT} if self.kept(reader, "fact") else set()
        hidden = {one.about for one in self.kept(reader, "existence")}
        words |= {CHILDREN[number] for number in self.children if number in hidden}
        quiet = {one.about for one in self.kept(reader, "school") + self.kept(reader, "whereabouts")}
        if MOTHER in quiet and family:  # where they live says where the children who live there go to school
            quiet |= set(self.children)
        elif quiet & set(self.children) and self.kept(reader, "whereabouts"):
            quiet |= self._housemates(reader)
        words |= {word for number in self.children if number in quiet for word in (SCHOOLS[number], STAFF[number])}
        return words

    def _housemates(self, reader) -> set[int]:
        whose = {one.about for one in self.kept(reader, "whereabouts")}
        return set(self.children) if whose & set(self.children) else set()

    def in_letter(self, reader: str) -> set[int]:
        """The children in the reader’s decision letter: a stepfather who was invited gets one too."""
        if reader != STEPFATHER:
            return self.own_children(reader)
        return set(self.children) - {one.about for one in self.kept(reader, "existence")}

    def covered(self, reader: str, kind: str) -> set[int]:
        """The children in the reader’s copy of this kind."""
        if self.siblings_together and reader in self.professionals:
            return set(self.children)
        return self.in_letter(reader) if kind == "decision_letter" else self.own_children(reader)

    def needed(self, reader: str) -> set[str]:
        """The passages that the reader’s record must hold: for them, and about a child that it covers."""
        mine = self.covered(reader, "record")
        return {one.word for one in self.passages if self._is_shown(one, reader, mine)}

    def never_in_a_copy(self, reader: str, kind: str = "record") -> set[str]:
        """And what the record and the decision letter must not hold: other children, their fathers, other passages."""
        mine = self.covered(reader, kind)
        words = self.never(reader) | {CHILDREN[number] for number in self.children if number not in mine}
        if reader in self.adults and reader != MOTHER:
            ours = {FATHERS[self.fathers[number]] for number in mine}
            others = {FATHERS[number] for number in self.fathers} - ours - {reader}
            words |= {NAMES[who][1] for who in others}
        return words | {one.word for one in self.passages if not self._is_shown(one, reader, mine)}

    def _is_shown(self, passage, reader, mine) -> bool:
        family = reader in self.adults
        admitted = {
            A.EVERYONE: True, A.FAMILY: family, A.PROFESSIONALS: not family, A.CHAIR: False,
        }.get(passage.audience, reader in passage.named)  # fmt: skip
        is_held = passage.section == "child_views" and passage.child in self._held_speakers(reader)
        return admitted and not is_held and ((passage.child in mine) if passage.child is not None else bool(mine))

    def _held_speakers(self, reader) -> set:
        """Those that this reader must not learn something about: their own words are held from the reader."""
        return {one.about for one in self.silences if one.reader == reader and one.what != "paternity"}

    def hides_address(self, reader: str) -> bool:
        """Whether no address may be on this reader's envelope."""
        in_refuge = reader == MOTHER and self.in_refuge
        return reader not in self.by_post or reader in self.kept_from_all or in_refuge


PLACES = (("reason", False), ("worried", True), ("working_well", True), ("child_views", True), ("confidential", False))


@st.composite
def families(draw) -> Drawn:
    """Any family of up to four children and three fathers, with what each must not learn and what is written."""
    fathers = tuple(draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)))
    stepfather, grandmother, refuge = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    bare = Drawn(fathers, stepfather, grandmother, refuge, frozenset(), frozenset(), (), ())
    adults = bare.adults
    some = st.frozensets(st.sampled_from(adults))
    silences = draw(st.lists(_silence(bare), max_size=4, unique=True))
    passages, readers = [], [*adults, *bare.professionals]
    for section, by_child in PLACES:
        for child in (*bare.children,) if by_child else (None,):
            audience = draw(st.sampled_from([one.value for one in A]))
            if section == "confidential" and audience in (A.EVERYONE, A.FAMILY):
                audience = A.PROFESSIONALS.value
            named = draw(st.frozensets(st.sampled_from(readers), max_size=2)) if audience in _BY_NAME else frozenset()
            if audience in _BY_NAME and not named:
                continue
            word = f"Passage{section.replace('_', '')}{'' if child is None else child}"
            passages.append(Passage(word, section, audience, child, named))
    kept_from_all, by_post = draw(some), draw(some)
    sheets = draw(st.lists(_sheet(bare), min_size=1, max_size=2, unique=True))
    return Drawn(
        fathers, stepfather, grandmother, refuge, kept_from_all, by_post, tuple(silences), tuple(passages),
        tuple(sheets),
    )  # fmt: skip


_BY_NAME = (A.NAMED, A.POLICE, A.THIRD_PARTY)


def _sheet(bare: Drawn):
    """A report about one of the children, with anything in it that somebody might write."""
    said = [*(part for who in bare.adults for part in (*HOMES[who], PHONES[who])), *REFUGE, FACT]
    said += [word for number in bare.children for word in (CHILDREN[number], SCHOOLS[number])]
    return st.builds(Sheet, st.sampled_from(list(bare.children)), st.sampled_from(said), st.booleans())


def _silence(bare: Drawn):
    """Something that one adult must not learn of another, or of a child; nobody's own name is kept from themselves."""
    readers = st.sampled_from([one for one in bare.adults if one != MOTHER])

    def complete(given):
        reader, what, number = given
        child = number % len(bare.fathers)
        father = FATHERS[bare.fathers[child]]
        if what in ("existence", "school"):
            return Silence(reader, child, what)
        if what == "paternity":
            return Silence(reader, child, "existence") if father == reader else Silence(reader, child, "paternity")
        return Silence(reader, child if number % 2 else MOTHER, what)

    return st.tuples(readers, st.sampled_from(WHAT), st.integers(0, 7)).map(complete)
