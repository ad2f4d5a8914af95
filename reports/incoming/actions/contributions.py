"""Record what the family sent in, and the chair’s talks with them beforehand."""

from collections.abc import Iterable
from datetime import date

from conferences.convening.choices import ConferenceState, FormInTalk
from conferences.convening.models import ChairTalk, Conference
from conferences.convening.rules.family_words import CHAIR_ALONE, QUESTIONS
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of
from conferences.disclosure.rules.audience import Readers
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.audit.versions import next_version
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import Membership, Person
from reports.incoming.actions.uploads import FileUpload, read_upload, require_right_child, right_child_answer
from reports.incoming.choices import FileKind
from reports.incoming.models import Contribution, ContributionChild, ContributionScan
from reports.incoming.queries.contributions import CHILDREN, is_offered_form, read_whole

NAMES = tuple(one.name for one in QUESTIONS)
SCALE_NUMBERS = {str(number) for number in range(11)}
# For the conference, or for its chair alone.
AUDIENCES = (Audience.EVERYONE, Audience.CHAIR)
ONLY_THE_CHAIR = "Only the chair, and the person who typed it in, may read all that {} wrote."
NO_FORM = "There is no form for a child as young as {}. Add their drawing or letter, or write it in the report."
CLOSED = (ConferenceState.REQUESTED, ConferenceState.DECLINED, ConferenceState.CANCELLED)


def record_contribution(
    *,
    by,
    conference: Conference,
    person: Person,
    received_on: date,
    version: int,
    audience=Audience.EVERYONE,
    for_chair: Iterable[str] = (),
    about: dict[int, str] | None = None,
    safe: dict[int, str] | None = None,
    consent: str = "",
    **texts: str,
) -> Contribution:
    """Record what the person wrote, in their words, for the conference or for its chair alone. ``for_chair`` are the
    questions with an answer for the chair alone; ``about`` is what they wrote about each child, and ``safe`` how
    safe they say each is, from 0 to 10. ``version`` is 0 the first time.

    Raises RestrictedTextCopied if it contains a passage that fewer people may read and no ``consent`` is given.
    """
    about, safe = ({pk: said.strip() for pk, said in (one or {}).items() if said.strip()} for one in (about, safe))
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    if texts.get("must_not_read", "").strip() and audience == Audience.EVERYONE:
        raise Invalid(
            "They named somebody who must not read this, so it is for the chair alone. The chair decides what others "
            "are told.",
            "audience",
        )
    kept = sorted({*for_chair, *CHAIR_ALONE})
    if set(kept) - {CHILDREN, *NAMES}:
        raise Invalid("Choose among the questions of the form.", "for_chair")
    if set(safe.values()) - SCALE_NUMBERS:
        raise Invalid("Choose a number from 0 to 10.")
    if {*about, *safe} - set(conference.children.filter(included=True).values_list("child", flat=True)):
        raise Invalid("Choose children of this conference.")
    written = _to_share(conference, person, audience, kept, texts, about)
    shared = require_permission_to_share(by, conference.family_id, *written, consent=consent)
    with acting(by, Permission.RECORD_CONTRIBUTION, on=conference, **shared):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if received_on > by.on:
            raise Invalid("The date you received it must be today or in the past.", field="received_on")
        if not any(
            text.strip() for text in (*(texts.get(name, "") for name in NAMES), *about.values(), *safe.values())
        ):
            raise Invalid("Type what the person wrote. If nothing came, leave this page.", field="working_well")
        found = Contribution.objects.select_for_update().filter(conference=conference, person=person).first()
        if found is not None and not may_change(by, found):
            raise NotPermitted(ONLY_THE_CHAIR.format(person.full_name))
        if found is None and not is_offered_form(conference, person):
            raise Invalid(NO_FORM.format(person.full_name))
        following = next_version(
            found, version, "This contribution was entered or changed since you opened this page.",
            mine=_as_text(texts, about, safe), theirs=lambda: as_text(found),
        )  # fmt: skip
        found = found or Contribution(conference=conference, person=person)
        for name in NAMES:
            setattr(found, name, texts.get(name, "").strip())
        filled = {name for name in NAMES if texts.get(name, "").strip()} | ({CHILDREN} if about or safe else set())
        found.for_chair = [name for name in kept if name in filled]
        found.received_on, found.version, found.audience = received_on, following, audience
        found.entered_by_id = by.id or conference.administrator_id
        found.save()
        found.children.all().delete()
        for child in {**about, **safe}:
            said, scale = about.get(child, ""), safe.get(child, "")
            ContributionChild.objects.create(contribution=found, child_id=child, said=said, scale=scale)
        return found


def may_change(by, found: Contribution) -> bool:
    """Whether they may read all of it, and so write it again."""
    return can_see(by, found) and (not found.for_chair or found.pk in read_whole(by, found.conference))


def as_text(found: Contribution) -> str:
    """Everything in it, for the page that shows two versions side by side."""
    boxes = found.children.order_by("pk")
    about, safe = dict(boxes.values_list("child", "said")), dict(boxes.values_list("child", "scale"))
    return _as_text({name: getattr(found, name) for name in NAMES}, about, safe)


def _as_text(texts, about, safe) -> str:
    numbers = (f"{number} of 10" for number in safe.values() if number)
    return "\n\n".join(filter(None, (*(texts.get(name, "") for name in NAMES), *about.values(), *numbers)))


def _to_share(conference, person, audience, kept, texts, about) -> list[Disclosure]:
    """What is written for the conference and what is written for the chair alone, each with its readers."""
    old = Contribution.objects.filter(conference=conference, person=person).first()
    row = key_of(old) if old else ""
    every = {name: texts.get(name, "") for name in NAMES} | {f"about_{pk}": said for pk, said in about.items()}

    def of_few(name) -> bool:
        return audience == Audience.CHAIR or (CHILDREN if name.startswith("about_") else name) in kept

    found = []
    for few in (False, True):
        own = {name: text for name, text in every.items() if of_few(name) == few}
        before = ()
        if old:
            was = {name: getattr(old, name) for name in NAMES if (name in old.for_chair) == few}
            readers = Readers(Audience.CHAIR if few else old.audience)
            before = (Before("\n".join(was.values()), readers),)
        found.append(Disclosure(own, Readers(Audience.CHAIR if few else audience), before, row))
    return found


def upload_scan(
    *,
    by,
    conference: Conference,
    person: Person,
    upload: FileUpload,
    called: str,
    received_on: date,
    audience,
    right_child: str = "",
) -> ContributionScan:
    """Store a drawing or a letter of a member of the family, for the conference or for its chair alone. ``right_child``
    is as in ``upload_file``.
    """
    if audience not in AUDIENCES:
        raise Invalid("Choose who may read it.", "audience")
    if upload.kind not in (FileKind.PDF, FileKind.PNG, FileKind.JPG):
        raise Invalid("The file must be a PDF or a picture.", "file")
    read = read_upload(upload)
    said = right_child_answer(by, conference, read, right_child)
    with acting(by, Permission.RECORD_CONTRIBUTION, on=conference, reason=right_child, **said):
        _takes_place(conference)
        _is_of_the_family(conference, person)
        if received_on > by.on:
            raise Invalid("The date you received it must be today or in the past.", field="received_on")
        if not called.strip():
            raise Invalid("Say in a few words what it is.", "called")
        require_right_child(by, conference, read, right_child)
        return ContributionScan.objects.create(
            conference=conference, person=person, called=called.strip(), audience=audience, kind=upload.kind,
            body=upload.body, received_on=received_on, uploaded_by_id=by.id or conference.administrator_id,
        )  # fmt: skip


def record_chair_talk(
    *,
    by,
    conference: Conference,
    person: Person,
    held_on: date | None = None,
    what_was_said: str = "",
    form: str = "",
    not_held_reason: str = "",
    audience=Audience.EVERYONE,
    consent: str = "",
) -> ChairTalk:
    """Record the chair’s talk with the person before the conference and whether they looked at the person’s ``form``
    together, or why there was none; for the conference or for its chair alone.

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
        if held_on is not None and form not in FormInTalk.values:
            raise Invalid("Say whether you looked at their form together.", field="form")
        return ChairTalk.objects.create(
            conference=conference,
            person=person,
            held_on=held_on,
            what_was_said=what_was_said.strip() if held_on else "",
            form=form if held_on else "",
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
