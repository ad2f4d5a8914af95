"""Record what the family sent in, and the chair’s talks with them beforehand."""

from datetime import date

from conferences.convening.choices import ConferenceState
from conferences.convening.models import ChairTalk, Conference
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of
from conferences.disclosure.rules.audience import Readers
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.audit.versions import next_version
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import Membership, Person
from reports.incoming.choices import CONTRIBUTION
from reports.incoming.models import Contribution

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
    consent: str = "",
    **texts: str,
) -> Contribution:
    """Record what the person wrote, in their words, for the conference or for its chair alone. ``version`` is 0 the
    first time.

    Raises RestrictedTextCopied if it contains a passage that fewer people may read and no ``consent`` is given.
    """
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    written = _to_share(conference, person, audience, texts)
    shared = require_permission_to_share(by, conference.family_id, written, consent=consent)
    with acting(by, Permission.RECORD_CONTRIBUTION, on=conference, **shared):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if received_on > by.on:
            raise Invalid("The date you received it must be today or in the past.", field="received_on")
        if not any(texts.get(name, "").strip() for name in CONTRIBUTION):
            raise Invalid("Type what the person wrote. If nothing came, leave this page.", field="working_well")
        found = Contribution.objects.select_for_update().filter(conference=conference, person=person).first()
        if found is not None and not can_see(by, found):
            raise NotPermitted(f"Only the chair may read what {person.full_name} wrote. Ask the chair to change it.")
        following = next_version(
            found, version, "Someone else has entered this contribution since you opened the page.",
            mine="\n\n".join(filter(None, (texts.get(name, "") for name in CONTRIBUTION))),
            theirs=lambda: "\n\n".join(filter(None, (getattr(found, name) for name in CONTRIBUTION))),
        )  # fmt: skip
        found = found or Contribution(conference=conference, person=person)
        for name in CONTRIBUTION:
            setattr(found, name, texts.get(name, "").strip())
        found.received_on, found.version, found.audience = received_on, following, audience
        found.entered_by_id = by.id or conference.administrator_id
        found.save()
        return found


def _to_share(conference, person, audience, texts) -> Disclosure:
    old = Contribution.objects.filter(conference=conference, person=person).first()
    before, row = (), ""
    if old:
        before = (Before("\n".join(getattr(old, name) for name in CONTRIBUTION), Readers(old.audience)),)
        row = key_of(old)
    return Disclosure(texts, Readers(audience), before, row)


def record_chair_talk(
    *,
    by,
    conference: Conference,
    person: Person,
    held_on: date | None = None,
    what_was_said: str = "",
    not_held_reason: str = "",
    audience=Audience.EVERYONE,
    consent: str = "",
) -> ChairTalk:
    """Record the chair’s talk with the person before the conference, or why there was none; for the conference or for
    its chair alone.

    Raises RestrictedTextCopied like ``record_contribution``.
    """
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    told = Disclosure({"what_was_said": what_was_said, "not_held_reason": not_held_reason}, Readers(audience))
    shared = require_permission_to_share(by, conference.family_id, told, consent=consent)
    with acting(by, Permission.RECORD_CHAIR_TALK, on=conference, **shared):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if held_on is None and not not_held_reason.strip():
            raise Invalid("Enter why there was no conversation.", field="not_held_reason")
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
