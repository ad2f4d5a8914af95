"""Who may read what of a conference. Pure: plain values in, answers out; no database, no clock, no Django.

The rule is the narrowest that is true: a copy covers a child because its reader has parental responsibility for, or the
main care of, *that* child, or (a professional) because they were invited for that child. A chair may widen it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from conferences.rules import audience as audiences
from conferences.rules.audience import EVERYONE

DIED = "This person has died."
EXCLUDED = "The chair excluded this person from the conference."
A_CHILD = "A child gets a copy only where the chair includes them."
NOT_THEIRS = "This person has neither parental responsibility for, nor the main care of, any child of this conference."
FOR_NO_CHILD = "This person was invited for no child of this conference."
COMES_WITH_SOMEBODY = "Somebody who comes to support or to interpret gets no copy of their own."


@dataclass(frozen=True)
class Tie:
    """What one adult is to one child."""

    adult: int
    child: int
    parental_responsibility: bool = False
    main_carer: bool = False
    parent: bool = False

    @property
    def gives_a_copy(self) -> bool:
        """Whether the adult's copy covers the child."""
        return self.parental_responsibility or self.main_carer

    @property
    def belongs(self) -> bool:
        """Whether the adult is this child's own: a parent, with parental responsibility or without, or a main carer."""
        return self.gives_a_copy or self.parent


@dataclass(frozen=True)
class Invited:
    """An invited person, as the rule knows them. ``person`` is a family member's id; a professional has none."""

    professional: bool
    invited_for: frozenset[int]
    person: int | None = None
    is_child: bool = False
    excluded: bool = False
    died: bool = False
    supports: bool = False


@dataclass(frozen=True)
class Reach:
    """The children whom a copy covers, and why its reader gets none by default (empty: they get one)."""

    children: frozenset[int]
    withheld: str = ""


@dataclass(frozen=True)
class Reader:
    """The reader of one copy: a professional or not, which person of the family, and which children it covers.

    ``kept`` are the people of whom they must not learn, named nowhere; of ``kept_ties`` (adult, child) nothing is said;
    ``kept_agencies`` are schools that are not named. ``unsaid`` and ``knows`` are for the words of who does something.
    """

    children: frozenset[int]
    professional: bool = False
    person: int | None = None
    invitation: int | None = None
    kept: frozenset[int] = frozenset()
    kept_ties: frozenset[tuple[int, int]] = frozenset()
    kept_agencies: frozenset[int] = frozenset()
    unsaid: tuple = ()
    knows: tuple = ()


@dataclass(frozen=True)
class Written:
    """One paragraph, as the rule sees it. No ``child`` is all of them together; ``procedural`` is about nobody;
    ``named`` are the invitations of whoever may read it by name.
    """

    audience: str = EVERYONE
    named: frozenset[int] = frozenset()
    child: int | None = None
    person: int | None = None
    procedural: bool = False


def reach(invited: Invited, ties: Iterable[Tie], included: frozenset[int]) -> Reach:
    """Which of the ``included`` children the invited person's copy covers, and why they would get none."""
    children = _covered(invited, ties, included)
    if invited.died:
        return Reach(children, DIED)
    if invited.excluded:
        return Reach(children, EXCLUDED)
    if invited.is_child:
        return Reach(children, A_CHILD)
    if invited.supports:
        return Reach(frozenset(), COMES_WITH_SOMEBODY)
    if not children:
        return Reach(children, FOR_NO_CHILD if invited.professional else NOT_THEIRS)
    return Reach(children)


def _covered(invited: Invited, ties: Iterable[Tie], included: frozenset[int]) -> frozenset[int]:
    if invited.professional:
        return invited.invited_for & included
    if invited.is_child:
        return frozenset({invited.person}) & included
    own = frozenset(tie.child for tie in ties if tie.adult == invited.person and tie.gives_a_copy) & included
    # Whoever invited them may have meant fewer children than the law would allow: the narrower of the two.
    return own & invited.invited_for if invited.invited_for else own


def stands_in(written: Written, reader: Reader, included: frozenset[int]) -> bool:
    """Whether the paragraph stands in the reader's copy: the audience admits them, and it is about what it covers."""
    if not admits(written, reader) or is_about_somebody_kept(written, reader):
        return False
    if written.procedural:
        return True
    if written.person is not None and written.person == reader.person:
        return True
    if written.child is None:
        return included <= reader.children
    return written.child in reader.children


def is_about_somebody_kept(written: Written, reader: Reader) -> bool:
    """Whether the paragraph is about, or is the view of, somebody of whom the reader must not learn."""
    return bool({written.child, written.person} & (reader.kept - {reader.person}))


def admits(written: Written, reader: Reader) -> bool:
    """Whether the paragraph's audience admits the reader at all. To be named for it opens no child's part."""
    named = reader.invitation is not None and reader.invitation in written.named
    return audiences.admits(written.audience, professional=reader.professional, is_named=named)


def action_stands_in(
    action_children: frozenset[int], reader: Reader, included: frozenset[int], audience: str = EVERYONE
) -> bool:
    """Whether an action of the plan stands in the copy: its audience admits the reader, and it is for no child whom the
    copy does not cover."""
    if not admits(Written(audience), reader):
        return False
    return ((action_children & included) or included) <= reader.children


def is_known_to(person_children: frozenset[int], reader: Reader, included: frozenset[int]) -> bool:
    """Whether somebody who belongs to ``person_children`` is named in the reader's copy: they share a covered child.

    Somebody who belongs to no child in particular is named only where the copy covers all of them.
    """
    mine = person_children & included
    return bool(mine & reader.children) if mine else included <= reader.children


def is_named_to(person: int, person_children: frozenset[int], reader: Reader, included: frozenset[int]) -> bool:
    """Whether this person of the family is named in the reader's copy: the reader themselves, or somebody known to
    them by a tie of which they may learn.
    """
    if person == reader.person:
        return True
    if person in reader.kept:
        return False
    told = frozenset(child for child in person_children if (person, child) not in reader.kept_ties)
    if person_children and not told:
        return False
    return is_known_to(told, reader, included)


def must_not_learn_of(reader: Reader, ties: Iterable[Tie], children: frozenset[int]) -> frozenset[int]:
    """The ids of the people whom the reader's copy must not name: children it does not cover, and their other adults.

    ``children`` are all those of the family. An adult who also belongs to a covered child may be named; a brother's
    father who is this child's stepfather does not belong to this child, and may not.
    """
    others = children - reader.children
    ties = [tie for tie in ties if tie.belongs]
    known = {tie.adult for tie in ties if tie.child in reader.children}
    adults = {tie.adult for tie in ties if tie.child in others} - known
    return frozenset((others | adults) - {reader.person})


def files_fate(covers: frozenset[int], reach: Reach, *, stops: bool, asks: bool) -> str:
    """What one of the family may have of a file: ``nothing`` (no copy is theirs), ``separate`` (it covers a child who
    is not theirs, or tells what they must not learn), ``look`` (a person must look first), or ``as_it_is``.
    """
    if reach.withheld or not covers & reach.children:
        return "nothing"
    if stops or not covers <= reach.children:
        return "separate"
    return "look" if asks else "as_it_is"
