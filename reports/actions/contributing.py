"""What the family sends in is typed in; the chair's talk with them beforehand is recorded."""

from datetime import date

from conferences.actions.leave import checked, own_words, stood_before
from conferences.choices import Audience, ConferenceState
from conferences.models import ChairTalk, Conference
from conferences.queries.sources import key_of
from conferences.rules.audience import Readers
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.models import Membership, Person
from reports.models import Contribution

TEXTS = ("working_well", "worried", "support_wanted", "next_steps", "on_reports", "supporter", "needs")
# For the conference, or for its chair alone.
AUDIENCES = (Audience.EVERYONE, Audience.CHAIR)
CLOSED = (ConferenceState.REQUESTED, ConferenceState.DECLINED, ConferenceState.CANCELLED)


def record_contribution(
    *,
    by,
    conference: Conference,
    person: Person,
    received_on: date,
    version: int,
    audience=Audience.EVERYONE,
    leave: str = "",
    **texts: str,
) -> Contribution:
    """What the person wrote is with the conference, in their words, for it or for its chair alone; ``version`` 0 is the
    first typing in. Raises FromRestricted where it holds a passage that fewer may read, and no ``leave`` is given.
    """
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    trail = _leave(by, conference, person, audience, leave, texts)
    with acting(by, Permission.RECORD_CONTRIBUTION, on=conference, **trail):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if received_on > by.on:
            raise Invalid("The date it came must be today or in the past.", field="received_on")
        if not any(texts.get(name, "").strip() for name in TEXTS):
            raise Invalid("Type in what the person wrote, or leave this page: nothing came.", field="working_well")
        found = Contribution.objects.filter(conference=conference, person=person).first()
        if found is not None and not can_see(by, found):
            raise NotPermitted(f"What {person.full_name} wrote is for the chair alone. Ask the chair to change it.")
        if (found.version if found else 0) != version:
            raise Stale(
                "Somebody else has typed this contribution in since you opened the page.",
                mine="\n\n".join(filter(None, (texts.get(name, "") for name in TEXTS))),
                theirs="\n\n".join(filter(None, (getattr(found, name) for name in TEXTS))) if found else "",
                version=found.version if found else 0,
            )
        found = found or Contribution(conference=conference, person=person)
        for name in TEXTS:
            setattr(found, name, texts.get(name, "").strip())
        found.received_on, found.version, found.audience = received_on, version + 1, audience
        found.entered_by_id = by.id or conference.administrator_id
        found.save()
        return found


def _leave(by, conference, person, audience, leave, texts) -> dict:
    old = Contribution.objects.filter(conference=conference, person=person).first()
    now, was = Readers(audience), Readers(old.audience) if old else None
    return checked(
        by,
        conference.family_id,
        texts,
        now,
        leave=leave,
        already=stood_before(now, was, *(getattr(old, name) for name in TEXTS)) if old else (),
        but=own_words(key_of(old), now, was) if old else "",
    )


def record_chair_talk(
    *,
    by,
    conference: Conference,
    person: Person,
    held_on: date | None = None,
    what_was_said: str = "",
    not_held_reason: str = "",
    audience=Audience.EVERYONE,
    leave: str = "",
) -> ChairTalk:
    """The chair's talk with the person before the conference is recorded, or why there was none; for the conference, or
    for its chair alone. Raises FromRestricted as above.
    """
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    words, readers = [what_was_said, not_held_reason], Readers(audience)
    trail = checked(by, conference.family_id, words, readers, leave=leave, field="what_was_said")
    with acting(by, Permission.RECORD_CHAIR_TALK, on=conference, **trail):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if held_on is None and not not_held_reason.strip():
            raise Invalid("Say why there was no talk.", field="not_held_reason")
        if held_on is not None and held_on > by.on:
            raise Invalid("The date of the talk must be today or in the past.", field="held_on")
        if held_on is not None and not what_was_said.strip():
            raise Invalid("Say in a few words what was said.", field="what_was_said")
        return ChairTalk.objects.create(
            conference=conference,
            person=person,
            held_on=held_on,
            what_was_said=what_was_said.strip() if held_on else "",
            not_held_reason="" if held_on else not_held_reason.strip(),
            audience=audience,
            recorded_by_id=by.id or conference.chair_id,
        )


def _takes_place(conference) -> None:
    if conference.state in CLOSED:
        raise WrongState("This conference is not going to be held, so nothing can be added to it.")


def _is_of_the_family(conference, person) -> None:
    if not Membership.objects.filter(family=conference.family_id, person=person).exists():
        raise Invalid(f"{person.full_name} is not of this family.", field="person")
