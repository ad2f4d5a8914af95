"""Who is excluded from a conference, who may be, and what the chair has still to decide about it."""

from dataclasses import dataclass

from conferences.convening.choices import Attendance, ExclusionState
from conferences.convening.models import Exclusion
from cpc.core.documents.check import release_check
from families.people.models import Membership
from families.people.queries.merged_records import all_records_of
from families.protections.queries.withheld import withholding_rules_for
from families.protections.rules.withheld import Withheld

S = ExclusionState
NOT_DECIDED = "The chair must decide whether they are excluded. Nothing will be sent to them until then."
NOT_AT_IT_PROFESSIONAL = "The chair excluded them. They were told that they need not come, and are told no more of it."
NOT_AT_IT = "The chair excluded them from the meeting. They get a letter that says so, and nothing about when it is."
GETS_NO_DOCUMENTS = "The chair decided that this person gets no documents of this conference."


def who(one) -> tuple[str, int | None]:
    """The family member or the professional that an invitation or an exclusion is about, as a key. No exclusion is
    about an agency that nobody is named for.
    """
    return ("person", one.person_id) if one.person_id else ("user", one.user_id)


def holds_case(conference) -> frozenset[int]:
    """The users (ids) who hold the family’s case, and so are not excluded: it is handed over first."""
    return frozenset({conference.family.social_worker_id, conference.family.team.manager_id} - {None})


def exclusions_in_force(conference) -> dict[tuple, Exclusion]:
    """The exclusions from this conference that are in force, by ``who`` they are about. One query."""
    found = conference.exclusions.in_force().select_related("decided_by")
    return {who(one): one for one in found}


def latest_exclusions(conference) -> dict[tuple, Exclusion]:
    """The latest request or decision about each person at this conference, by ``who`` they are. One query."""
    read = ("person", "user", "requested_by", "decided_by", "ended_by")
    return {who(one): one for one in conference.exclusions.select_related(*read).order_by("pk")}


def earlier_exclusions(conference) -> dict[tuple, Exclusion]:
    """The exclusions from earlier conferences of the family that nobody has answered at this one, by ``who`` they are
    about, with the kept record of a person. They are offered to the chair: none is carried over. One query.
    """
    rows = Exclusion.objects.filter(conference__family=conference.family_id, conference__lte=conference.pk)
    rows = rows.select_related("person", "conference", "decided_by").order_by("conference", "pk")
    last = {record_of(one): one for one in rows}
    return {found: one for found, one in last.items() if one.state == S.IN_FORCE and one.conference_id != conference.pk}


def record_of(one) -> tuple[str, int | None]:
    """The same as ``who``, with the kept record of a person."""
    return ("person", one.person.merged_into_id or one.person_id) if one.person_id else who(one)


@dataclass(frozen=True)
class ExclusionRow:
    """Somebody on the list, with the latest exclusion from this conference and one that is offered again."""

    invitation: object
    exclusion: Exclusion | None = None
    earlier: Exclusion | None = None
    has_lapsed: bool = False

    @property
    def waits(self) -> bool:
        """Whether the chair has something to decide."""
        return bool(self.earlier) or self.has_lapsed or bool(self.exclusion and self.exclusion.state == S.REQUESTED)

    @property
    def letter_waits(self) -> bool:
        """Whether the letter about an exclusion in force has still to be sent. A professional is told at once."""
        return bool(self.in_force and self.exclusion.person_id and not self.exclusion.letter_sent_at)

    @property
    def in_force(self) -> bool:
        """Whether they are excluded now."""
        return bool(self.exclusion and self.exclusion.state == S.IN_FORCE)


def exclusion_rows(conference, invitations) -> list[ExclusionRow]:
    """Each named person on the list with what the chair decided, or has still to decide. Two queries."""
    now, before = latest_exclusions(conference), earlier_exclusions(conference)
    return [
        ExclusionRow(
            one,
            now.get(who(one)),
            before.get(record_of(one)),
            ends_before(now.get(who(one)), conference),
        )
        for one in invitations
        if (one.person_id or one.user_id) and not one.withdrawn_at
    ]


def unsent_on_the_list(invitations, rows) -> int:
    """How many people on the list have still to be sent their invitation, or the letter about their exclusion."""
    found = {row.invitation.pk: row for row in rows}
    whole = {pk for pk, row in found.items() if row.in_force and row.exclusion.is_whole}
    unsent = {one.pk for one in invitations if not one.withdrawn_at and not one.sent_at and one.pk not in whole}
    return len(unsent | {pk for pk, row in found.items() if row.letter_waits})


def ends_before(exclusion, conference) -> bool:
    """Whether an exclusion in force ends before the day of the conference, for example because it has moved."""
    if exclusion is None or exclusion.state != S.IN_FORCE or not exclusion.until_on:
        return False
    return conference.held_on is not None and exclusion.until_on < conference.held_on


def waiting_for_the_chair(conference, invitations) -> frozenset[tuple]:
    """Those on the list (see ``who``) who are sent nothing before the chair decides. Two queries."""
    rows = exclusion_rows(conference, invitations)
    return frozenset(who(row.invitation) for row in rows if row.waits and not row.in_force)


def waiting_at(conferences) -> frozenset[int]:
    """Those of the conferences (ids) at which the chair has an exclusion to decide. Two queries for any number."""
    families = {one.family_id for one in conferences}
    rows = Exclusion.objects.filter(conference__family__in=families).select_related("person", "conference")
    rows = list(rows.order_by("conference", "pk")) if families else []
    return frozenset(one.pk for one in conferences if _waits(one, [row for row in rows if _is_of(row, one)]))


def _is_of(row, conference) -> bool:
    return row.conference.family_id == conference.family_id and row.conference_id <= conference.pk


def _waits(conference, rows) -> bool:
    last = {record_of(row): row for row in rows}
    return any(
        row.state == S.REQUESTED if row.conference_id == conference.pk else row.state == S.IN_FORCE
        for row in last.values()
    ) or any(ends_before(row, conference) for row in last.values() if row.conference_id == conference.pk)


def people_without_documents(conference) -> frozenset[int]:
    """The people (ids of each of their records) that the chair decided to give no documents of this conference."""
    found = conference.exclusions.in_force().filter(no_documents=True, person__isnull=False)
    return frozenset(all_records_of(found.values_list("person", flat=True)))


def gets_no_documents(invitation, exclusion) -> bool:
    """Whether somebody invited gets no documents: the chair's decision before the conference says it by itself. Without
    one, somebody who was excluded at the meeting gets none.
    """
    return exclusion.no_documents if exclusion else invitation.attendance == Attendance.EXCLUDED


def invitations_without_documents(invitations) -> set[int]:
    """Those of the invitations (ids), to any conferences, that are of somebody who gets no documents. One query."""
    rows = Exclusion.objects.in_force().filter(conference__in={one.conference_id for one in invitations})
    decided = {(one.conference_id, who(one)): one for one in rows}
    return {one.pk for one in invitations if gets_no_documents(one, decided.get((one.conference_id, who(one))))}


def unnamed_in_letter(family_id, person_id, children) -> Withheld:
    """What the letter about an exclusion must not hold: all that is withheld from its reader, and every name of the
    family but the reader’s own and those of ``children`` (ids).
    """
    everyone = Membership.objects.filter(family=family_id).values_list("person", flat=True)
    unnamed = frozenset(everyone) - {person_id, *children}
    return withholding_rules_for(family_id, people=[person_id]).withheld_from(person_id, unnamed=unnamed)


def would_tell(words: str, withheld: Withheld) -> list[str]:
    """The parts of these words that would tell the reader something, as typed."""
    found = release_check(words, withheld.protected, withheld.known)
    return list(dict.fromkeys(one.found for one in found))
