"""Whether a second person must look through a list before it is sent, who has, and what each invited person learns."""

import hashlib
from dataclasses import dataclass, fields, is_dataclass

from django.db.models import Q

from conferences.choices import MOVED
from conferences.models import Conference, ListCheck
from conferences.queries.apart import arranged
from conferences.queries.invite import invitations_of
from conferences.queries.unknowing import unknowing
from cpc.core.documents.letters import Letter
from families.models import MustNotLearn, MustNotMeet, Protection
from families.queries.same_person import everyone_in


@dataclass(frozen=True)
class Entries:
    """The live entries about anybody of a family: what makes a second look necessary, by their ids."""

    protections: tuple[int, ...]
    must_not_learn: tuple[int, ...]
    must_not_meet: tuple[int, ...]

    @property
    def why(self) -> str:
        """Why a second person looks through the list; empty where nobody need."""
        if self.protections and self.must_not_learn:
            return "Details in this family are protected, and there is something that somebody must not learn."
        if self.protections:
            return "Details in this family are protected."
        return "There is something in this family that somebody must not learn." if self.must_not_learn else ""


def entries_of(family) -> Entries:
    """The protections, must not learn and must not meet that are live in the family (four queries)."""
    people = everyone_in(family)

    def ids(rows):
        return tuple(rows.live().order_by("pk").values_list("pk", flat=True))

    return Entries(
        ids(Protection.objects.filter(person__in=people)),
        ids(MustNotLearn.objects.filter(Q(reader__in=people) | Q(about__in=people))),
        ids(MustNotMeet.objects.filter(Q(one__in=people) | Q(other__in=people))),
    )


@dataclass(frozen=True)
class Checking:
    """How the second look at a list stands: why it is needed, of what state of the list, and who has looked."""

    why: str
    as_it_stands: str
    checks: tuple[ListCheck, ...]
    earlier: ListCheck | None = None

    def lacks(self, by) -> str:
        """Why ``by`` cannot send the list yet; empty where somebody else has looked through it as it stands."""
        if not self.why or any(one.checked_by_id != by.id for one in self.checks):
            return ""
        if self.checks:
            return f"{self.why} Only you have looked through this list: somebody else must check it before you send."
        changed = " It has changed since it was last checked." if self.earlier else ""
        return f"{self.why} Somebody other than you must look through this list before it is sent.{changed}"


def checking(conference, invitations) -> Checking:
    """How the second look at the list stands."""
    entries = entries_of(conference.family)
    fingerprint = _fingerprint(conference, invitations, entries)
    made = list(conference.list_checks.select_related("checked_by").order_by("-checked_at"))
    return Checking(
        entries.why,
        fingerprint,
        tuple(one for one in made if one.as_it_stood == fingerprint),
        made[0] if made else None,
    )


def why_the_move_waits(outgoing) -> str:
    """Asked before a letter to one of the family that a conference was moved is printed: where anything is protected,
    somebody other than who moved it has looked through the list as it stands now."""
    if outgoing.purpose != MOVED or outgoing.recipient_kind != "person" or outgoing.document is None:
        return ""
    conference = Conference.objects.select_related("family").get(pk=outgoing.about_id)
    found = checking(conference, invitations_of(conference))
    if not found.why or any(one.checked_by_id != outgoing.document.made_by_id for one in found.checks):
        return ""
    return (
        f"{found.why} The conference was moved: somebody other than who moved it must look through the list as it "
        "stands now. Then send this again."
    )


def _fingerprint(conference, invitations, entries) -> str:
    """The same for as long as whoever of the family is asked to come to the same, and the same is kept from them."""
    family = sorted(
        (
            one.person_id, one.mode, one.apart, one.arrives_at, one.room_id, one.video_link,
            sorted(covered.child_id for covered in one.children.all()),
        )
        for one in invitations
        if one.person_id and not one.withdrawn_at
    )  # fmt: skip
    of = (conference.pk, conference.starts_at, conference.room_id, conference.video_link, family, entries)
    return hashlib.sha256(repr(of).encode()).hexdigest()


@dataclass(frozen=True)
class Sight:
    """One of the family on the list: what their letter tells them, and what is kept from them and why."""

    invitation: object
    children: tuple[str, ...]
    names: tuple[str, ...]
    kept: tuple[str, ...]
    apart: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    unknowing: object = None


def sights(pack, letters_for) -> list[Sight]:
    """What each of the family on the list would see and learn. ``letters_for(invitation)``: the letters they get."""
    rows = [one for one in pack.invitations if one.person_id and not one.withdrawn_at]
    stopped = {one.invitation.pk: one for one in unknowing(pack.conference, rows)}
    pairs = arranged(pack.conference, rows)
    found = []
    for one in rows:
        kept, told = pack.kept_from(one), pack.children_for(one)
        text = "\n".join(_words(letter) for letter in letters_for(one))
        covered = [row.child for row in one.children.all()]
        already = {one.name, *(child.full_name for child in told)}
        found.append(
            Sight(
                invitation=one,
                children=tuple(child.full_name for child in told),
                names=tuple(name for name in _people_of(pack) if name in text and name not in already),
                kept=tuple(kept.sources),
                apart=tuple(f"{pair.why.capitalize()}: {_other(pair, one)}. {pair.how}" for pair in pairs
                            if one.name in (pair.one, pair.other)),
                left_out=tuple(child.full_name for child in covered if child not in told),
                unknowing=stopped.get(one.pk),
            )
        )  # fmt: skip
    return found


def _other(pair, invitation) -> str:
    return pair.other if pair.one == invitation.name else pair.one


def _people_of(pack) -> list[str]:
    """Everybody who might stand in a letter, by name: the family, the chair, the workers, the invited."""
    conference = pack.conference
    staff = [conference.chair, conference.administrator, pack.social_worker]
    return list(
        dict.fromkeys([*pack.full_names, *(str(one) for one in staff if one), *(o.name for o in pack.invitations)])
    )


def _words(letter) -> str:
    """Everything that a letter may say, as its dataclass holds it; but not to whom it goes."""
    if isinstance(letter, str):
        return letter
    if isinstance(letter, (tuple, list)):
        return "\n".join(_words(one) for one in letter)
    if is_dataclass(letter):
        left_out = ("addressee", "letterhead") if isinstance(letter, Letter) else ()
        return "\n".join(_words(getattr(letter, one.name)) for one in fields(letter) if one.name not in left_out)
    return ""
