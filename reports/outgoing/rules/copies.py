"""Who may read what about a conference. Pure: plain values in, answers out; no database, no clock, no Django.

The rule is as narrow as possible. A copy covers a child only if its reader has parental responsibility for, or the main
care of, *that* child, or if the reader is a professional invited for that child. A chair may widen it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conferences.disclosure.rules import audience as audiences
from conferences.disclosure.rules.audience import EVERYONE
from families.people.rules.kin import Tie

DIED = "This person has died."
EXCLUDED = "The chair excluded this person from the conference."
A_CHILD = "A child gets a copy only where the chair includes them."
NOT_THEIRS = "This person has neither parental responsibility for, nor the main care of, any child of this conference."
FOR_NO_CHILD = "This person was invited for no child of this conference."
COMES_WITH_SOMEBODY = "Somebody who comes to support, interpret, advise or take the minutes gets no copy of their own."


@dataclass(frozen=True)
class Invited:
    """An invited person. ``person`` is the id of a family member; a professional has none. ``brings_up``: they were
    invited as a parent or carer."""

    professional: bool
    invited_for: frozenset[int]
    person: int | None = None
    brings_up: bool = False
    is_child: bool = False
    excluded: bool = False
    died: bool = False
    supports: bool = False


@dataclass(frozen=True)
class Coverage:
    """The children that a copy covers, and why its reader gets no copy by default (empty: they get one)."""

    children: frozenset[int]
    withheld: str = ""


@dataclass(frozen=True)
class Reader:
    """The reader of one copy: professional or not, which family member, user or agency, and which children the copy
    covers.

    The reader must not learn of ``withheld_people``, nor of the relationships in ``withheld_ties`` (adult, child), nor
    of the schools in ``withheld_agencies``. The own words of ``held_speakers`` are held back; those of ``never_heard``
    are in no copy for this reader, whatever the chair includes. ``withheld_names`` and
    ``known`` are for checking the words that say who does something. ``other_names`` are also those of children that
    the copy does not cover and of their own adults: a text that was written for several children must not name them.
    """

    children: frozenset[int]
    professional: bool = False
    person: int | None = None
    user: int | None = None
    agency: int | None = None
    name: str = ""
    invitation: int | None = None
    withheld_people: frozenset[int] = frozenset()
    withheld_ties: frozenset[tuple[int, int]] = frozenset()
    withheld_agencies: frozenset[int] = frozenset()
    held_speakers: frozenset[int] = frozenset()
    never_heard: frozenset[int] = frozenset()
    withheld_names: tuple[Any, ...] = ()
    other_names: tuple[Any, ...] = ()
    known: tuple[Any, ...] = ()


@dataclass(frozen=True)
class ParagraphScope:
    """The audience and subject of one paragraph: one ``child``, or nobody if it is ``procedural``. ``named`` are the
    invitations of the readers who are named for it. ``speaker`` is the person of the family with these own words, and
    ``is_included`` whether the chair gives them to readers that the speaker is protected from."""

    audience: str = EVERYONE
    named: frozenset[int] = frozenset()
    child: int | None = None
    person: int | None = None
    procedural: bool = False
    speaker: int | None = None
    is_included: bool = False


def coverage(
    invited: Invited,
    ties: Iterable[Tie],
    included: frozenset[int],
    *,
    unborn: frozenset[int] = frozenset(),
    is_letter: bool = False,
    siblings_together: bool = False,
) -> Coverage:
    """The ``included`` children that the invited person’s copy covers, and why they would get none.

    Every parent and carer who was invited gets a decision letter about the children that they were invited for and
    bring up, with parental responsibility or without; the record needs parental responsibility or the main care.
    ``siblings_together``: a professional invited for one child reads about all the children considered with that child.
    """
    ties = tuple(ties)
    children = _covered(invited, ties, included, unborn)
    if is_letter and invited.brings_up:
        raised = frozenset(tie.child for tie in ties if tie.adult == invited.person and tie.brings_up)
        children |= raised & invited.invited_for & included
    if siblings_together and invited.professional and children:
        children = included
    if invited.died:
        return Coverage(children, DIED)
    if invited.excluded:
        return Coverage(children, EXCLUDED)
    if invited.is_child:
        return Coverage(children, A_CHILD)
    if invited.supports:
        return Coverage(frozenset(), COMES_WITH_SOMEBODY)
    if not children:
        return Coverage(children, FOR_NO_CHILD if invited.professional else NOT_THEIRS)
    return Coverage(children)


def _covered(invited: Invited, ties: Iterable[Tie], included: frozenset[int], unborn: frozenset[int]) -> frozenset[int]:
    if invited.professional:
        return invited.invited_for & included
    if invited.is_child:
        return included & {invited.person}
    mine = [tie for tie in ties if tie.adult == invited.person]
    # Nobody has parental responsibility before birth: an unborn child is covered for each of its parents.
    own = frozenset(tie.child for tie in mine if tie.is_responsible or (tie.is_own and tie.child in unborn)) & included
    # The invitation may be for fewer children than the law would allow: use the narrower of the two.
    return own & invited.invited_for if invited.invited_for else own


def appears_in(paragraph: ParagraphScope, reader: Reader) -> bool:
    """Whether the paragraph appears in the reader’s copy: its audience allows the reader, and the copy covers its
    subject."""
    if not allows(paragraph, reader) or is_about_withheld_person(paragraph, reader) or is_held(paragraph, reader):
        return False
    if paragraph.procedural:
        return True
    if paragraph.person is not None and paragraph.person == reader.person:
        return True
    return paragraph.child in reader.children


def is_about_withheld_person(paragraph: ParagraphScope, reader: Reader) -> bool:
    """Whether the paragraph is about, or is the view of, a person of the family that the reader must not learn of."""
    return bool({paragraph.child, paragraph.person} & (reader.withheld_people - {reader.person}))


def is_held(paragraph: ParagraphScope, reader: Reader) -> bool:
    """Whether these are the own words of somebody who is protected from the reader, and the chair did not include
    them; or who is protected at all, where the reader comes with somebody."""
    if paragraph.speaker in reader.never_heard:
        return True
    return not paragraph.is_included and paragraph.speaker in reader.held_speakers - {reader.person}


def allows(paragraph: ParagraphScope, reader: Reader) -> bool:
    """Whether the paragraph’s audience allows the reader. Being named for a paragraph does not open the part of a child
    that the copy does not cover."""
    named = reader.invitation is not None and reader.invitation in paragraph.named
    return audiences.admits(paragraph.audience, professional=reader.professional, is_named=named)


def action_appears_in(
    action_children: frozenset[int], reader: Reader, included: frozenset[int], audience: str = EVERYONE, who: str = ""
) -> bool:
    """Whether an action of the plan appears in the copy: its audience allows the reader, and it is for a child that the
    copy covers, or the reader is the one ``who`` does it."""
    if not allows(ParagraphScope(audience), reader):
        return False
    if is_own_action(who, reader) and not (action_children and action_children <= reader.withheld_people):
        return True
    return bool(((action_children & included) or included) & reader.children)


def is_own_action(who: str, reader: Reader) -> bool:
    """Whether the words that say who does something name the reader."""
    return bool(reader.name) and reader.name.casefold() in who.casefold()


def is_known_to(person_children: frozenset[int], reader: Reader, included: frozenset[int]) -> bool:
    """Whether a person who belongs to ``person_children`` is named in the reader’s copy: they share a covered child.

    A person who belongs to no particular child is named only if the copy covers all children.
    """
    mine = person_children & included
    return bool(mine & reader.children) if mine else included <= reader.children


def is_named_to(person: int, person_children: frozenset[int], reader: Reader, included: frozenset[int]) -> bool:
    """Whether this family member is named in the reader’s copy: they are the reader, or known to the reader by a
    relationship that is not withheld."""
    if person == reader.person:
        return True
    if person in reader.withheld_people:
        return False
    told = frozenset(child for child in person_children if (person, child) not in reader.withheld_ties)
    if person_children and not told:
        return False
    return is_known_to(told, reader, included)


def must_not_learn_of(reader: Reader, ties: Iterable[Tie], children: frozenset[int]) -> frozenset[int]:
    """The ids of the people that the reader’s copy must not name: children it does not cover, and their other adults.

    ``children`` are all children of the family. An adult who also belongs to a covered child may be named. A brother’s
    father who is this child’s stepfather does not belong to this child and may not.
    """
    others = children - reader.children
    ties = [tie for tie in ties if tie.is_own]
    known = {tie.adult for tie in ties if tie.child in reader.children}
    adults = {tie.adult for tie in ties if tie.child in others} - known
    return frozenset((others | adults) - {reader.person})


def file_outcome(covers: frozenset[int], coverage: Coverage, *, stops: bool, asks: bool) -> str:
    """What a family member may have of a file: ``nothing`` (no copy is theirs), ``separate`` (it covers another child,
    or reveals what they must not learn), ``look`` (a person must look first), or ``as_it_is``."""
    if coverage.withheld or not covers & coverage.children:
        return "nothing"
    if stops or not covers <= coverage.children:
        return "separate"
    return "look" if asks else "as_it_is"
