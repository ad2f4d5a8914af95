"""What a sheet on the wall may say in a room in which some of the family sit."""

from dataclasses import dataclass

from cpc.core.accounts.permissions import Viewer
from cpc.core.documents.check import Finding, release_check
from families.overview.queries.genogram import Picture, genogram_of, leaving_out
from families.people.queries.contact import involvements_of
from families.people.queries.household import FamilyMembers
from families.protections.queries.withheld import withholding_rules_for


@dataclass(frozen=True)
class Sheet:
    """The sheet for one room: for ``present`` of the family, or with nobody present for staff alone.

    ``left_out`` is whether anything was; ``stops`` is what still gives something away, and lets no sheet be made;
    ``asks`` are words that somebody must look at first.
    """

    household: FamilyMembers
    picture: Picture
    agencies: tuple
    present: tuple
    left_out: bool = False
    stops: tuple[Finding, ...] = ()
    asks: tuple[Finding, ...] = ()


def sheet_for(household: FamilyMembers, viewer: Viewer, present=()) -> Sheet:
    """The sheet for a room with the members ``present``. It names nobody who is withheld from one of them."""
    children, on = [member.person for member in household.children], viewer.on
    if not present:
        agencies = tuple(involvements_of(children, on))
        return Sheet(household, genogram_of(household, viewer), agencies, ())
    knowing = withholding_rules_for(household.family.pk, on=on)
    kept = [knowing.withheld_from(member.person.pk) for member in present]
    people = frozenset().union(*(one.people for one in kept))
    ties = frozenset().union(*(one.paternities for one in kept))
    unsaid = frozenset().union(*(one.agencies for one in kept))
    shown = leaving_out(household, people, ties)
    homeless = frozenset().union(*(one.homes for one in kept))
    picture = genogram_of(shown, viewer, homeless=homeless, discreet=True)
    all_agencies = list(involvements_of(children, on))
    agencies = tuple(
        row for row in all_agencies if row.agency_id not in unsaid and row.child_id not in people
    )  # fmt: skip
    text = _everything_said(picture, agencies)
    found = {finding.key: finding for one in kept for finding in release_check(text, one.protected, one.known)}
    return Sheet(
        shown, picture, agencies, tuple(present),
        left_out=len(shown.members) < len(household.members) or bool(ties & _ties(household)) or bool(homeless)
        or len(agencies) < len(all_agencies),
        stops=tuple(one for one in found.values() if one.stops),
        asks=tuple(one for one in found.values() if not one.stops),
    )  # fmt: skip


def _ties(household):
    return {(row.adult_id, row.child_id) for row in household.relationships}


def _everything_said(picture, agencies) -> str:
    lines = [words for figure in picture.figures for _, words in figure.words]
    for fact in picture.facts:
        lines += [fact.member.name, fact.born, *fact.is_what, *fact.homes, fact.responsible_for, fact.cares_for]
        lines += fact.notes
    lines += [home.name for home in picture.outlines]
    lines += [f"{row.agency}. {row.professional or ''}. {row.child.full_name}" for row in agencies]
    return "\n".join(f"{line}." for line in lines if line)
