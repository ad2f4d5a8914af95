"""What the chair decided about two people who must not meet, with a reason, and whether a second person agreed."""

import hashlib

from conferences.separation import rules
from conferences.separation.choices import Shared
from conferences.separation.queries.pairs import main_carers, pairs_to_separate
from cpc.core.documents.choices import CheckKind, CheckState
from cpc.core.documents.models import SecondCheck
from families.people.models import MustNotLearn, MustNotMeet, Protection
from families.people.queries.identity import linked_records_of_person


def why_not_in_one_core_group(family, people: dict[int, str]) -> str:
    """Why these people (id to name) cannot all be in the family's core group, in a sentence; "" if they can."""
    for pair in rules.kept_apart(people, pairs_to_separate(people)):
        if not is_decided(Shared.CORE_GROUP, family, *pair.key):
            first = rules.first_choice(pair, main_carers(pair.key))
            prefer = f" {people[first]} has priority." if first else ""
            return (
                f"{people[pair.one]} and {people[pair.other]} must be kept separate, so they cannot both be in the "
                f"core group.{prefer} Leave one of them out, or record the chair’s reason on the page “People who must "
                "not meet” and ask a second person to agree."
            )
    return ""


def is_decided(shared: Shared, about, one: int, other: int) -> bool:
    """Whether the chair decided, with a reason, that these two share this, and a second person agreed.

    To come to one building at different times, the chair's reason is enough until somebody refuses.
    """
    states = [CheckState.AGREED, *([CheckState.ASKED] if shared == Shared.BUILDING else [])]
    found = decision_on(shared, about, one, other)
    return found is not None and found.state in states


def decision_on(shared: Shared, about, one: int, other: int) -> SecondCheck | None:
    """The latest decision about these two as things are now; None if there is none. It lapses when the conference is
    moved, and when the entries about the two change.
    """
    marks = fingerprint_of(shared, about, one, other)
    return SecondCheck.objects.filter(kind=CheckKind.TOGETHER, fingerprint=marks).order_by("-pk").first()


def fingerprint_of(shared: Shared, about, one: int, other: int) -> str:
    """A hash of the two people, of what they would share, and of the entries that keep them separate and why: a
    decision lapses when something more is protected.
    """
    records = [sorted(linked_records_of_person(pk)) for pk in (one, other)]
    both = [pk for each in records for pk in each]
    entries = MustNotMeet.objects.live().filter(one__in=both, other__in=both).order_by("pk")
    when = () if shared == Shared.CORE_GROUP else (about.starts_at and about.starts_at.timestamp(), about.room_id)
    of = (str(shared), about._meta.label_lower, about.pk, sorted(each[0] for each in records), when)
    facts = MustNotLearn.objects.live().filter(reader__in=both, about__in=both).order_by("pk")
    homes = Protection.objects.live().filter(
        address__isnull=False, person__in=both, withheld_from__person__in=both
    ).order_by("pk").distinct()  # fmt: skip
    said = [list(entries.values_list("pk", "protects"))]
    said += [list(rows.values_list("pk", flat=True)) for rows in (facts, homes)]
    for pair in pairs_to_separate([one, other]):
        protected = sorted(each[0] for each in records if pair.protected & set(each))
        said.append((protected, pair.why))
    return hashlib.sha256(repr((of, said)).encode()).hexdigest()
