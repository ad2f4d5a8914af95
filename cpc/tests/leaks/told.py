"""A drawn family is put on record, its conference held, and everything that would leave is made: by the real code."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from weasyprint import HTML

from conferences.convening.choices import (
    CANCELLED,
    EXCLUSION,
    INVITED,
    MOVED,
    WITHDRAWN,
    Attendance,
    ConferenceKind,
    ConferenceState,
    InviteeRole,
    Section,
)
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.models import Conference, ConferenceChild, Exclusion, Invitation, InvitationChild, Room
from conferences.convening.queries.attending import told_now
from conferences.convening.queries.last_told import reader_key
from conferences.convening.queries.letter_context import letter_context
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.actions import attendance
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions import close, outline
from conferences.plans.tests.closing import TYPED_PLAN, reasons_for_gaps
from conferences.tests.meeting import DECLARED, Sitting, at, decide
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, an_agency, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from cpc.core.documents.letters import flowing_text
from cpc.core.documents.models import Document
from cpc.core.documents.reading import read_trusted_file
from cpc.core.kernel.refusals import Refusal
from cpc.tests.leaks.drawn import (
    CHILDREN,
    FACT,
    FATHERS,
    GRANDMOTHER,
    HOMES,
    INTERPRETER,
    MOTHER,
    NAMES,
    PHONES,
    REFUGE,
    SCHOOLS,
    STAFF,
    STEPFATHER,
    Drawn,
    Sheet,
)
from cpc.tests.leaks.rich import RICH
from families.people.actions.contact import record_address, record_contact
from families.people.actions.involvement import record_involvement
from families.people.actions.people import add_person
from families.people.actions.relationships import NewRelationship
from families.people.choices import AddressKind, Part, RelationshipKind, SafeContact
from families.people.models import MustNotLearn
from families.tests.builders import a_family, protect
from reports.incoming.actions.uploads import FileUpload, upload_file
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.file_copies import prepare_file
from reports.outgoing.actions.releasing import open_copy, record_check, release
from reports.outgoing.letters import letter_for
from reports.outgoing.queries.copies import copies_of
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of, reader_of
from reports.outgoing.queries.protected import protected_from
from reports.tests.builders import approve_record

K = RelationshipKind


@dataclass(frozen=True)
class Text:
    """Something that would leave: for which reader, what it is, its words, and the lines of its envelope."""

    reader: str
    what: str
    words: str
    envelope: tuple[str, ...] = ()


@dataclass
class House:
    """A drawn family on record, as the builders of conferences expect one."""

    council: object
    family: object
    worker: object
    people: dict = field(default_factory=dict)
    children: list = field(default_factory=list)
    schools: list = field(default_factory=list)


class OnRecord:
    """A drawn family on record with its conference; the conference is held when its record is first asked for."""

    def __init__(self, drawn: Drawn, council):
        self.drawn, self.house = drawn, on_record(drawn, council)
        self.sitting = a_sitting(drawn, self.house)

    @cached_property
    def record(self):
        return hold(self.drawn, self.sitting)

    @cached_property
    def copies(self):
        return copies_made(self.sitting, self.record)

    @cached_property
    def checks(self):
        """(a copy's words, what its reader must not learn, what they know) of every copy: what the check is given."""
        readers = [(text, reader_of(copy)) for text, copy in self.copies]
        return [(text, *protected_from(reader, self.record.conference)) for text, reader in readers]


@remembered
def the_fixed_family(*, held: bool) -> OnRecord:
    """The fixed family on record; its conference is ``held`` or not yet."""
    case = OnRecord(RICH, a_council())
    if held:
        assert case.record
    return case


def on_record(drawn: Drawn, council) -> House:
    """The family with its homes, schools, protections and what must not be learnt."""
    family = a_family(council, name="Vantry")
    house = House(council, family, family.social_worker)
    by = viewer(house.worker)
    for number in drawn.children:
        house.children.append(
            add_person(
                by=by, family=family, part=Part.CHILD, first_name=CHILDREN[number], last_name="Vantry",
                born_on=date(2016 + number, 3, 4),
            )
        )  # fmt: skip
    for who in drawn.adults:
        first, last = NAMES[who]
        part = Part.GRANDPARENT if who == GRANDMOTHER else Part.PARTNER if who == STEPFATHER else Part.PARENT
        house.people[who] = add_person(
            by=by, family=family, part=part, first_name=first, last_name=last, ties=_ties(drawn, house, who),
            in_household=who == MOTHER,
        )  # fmt: skip
    _homes(drawn, house, by)
    for number, child in enumerate(house.children):
        school = an_agency(AgencyKind.SCHOOL, f"{SCHOOLS[number]} Primary School")
        staff = a_user(Role.PROFESSIONAL, agency=school, first_name="Robin", last_name=STAFF[number])
        house.schools.append(staff)
        record_involvement(
            by=by, family=family, children=[child], agency=school, professional=staff, from_on=date(2025, 9, 1)
        )
    with setting_up():
        for one in drawn.silences:
            about = house.people[one.about] if isinstance(one.about, str) else house.children[one.about]
            more = {}
            if one.what == "paternity":
                child = house.children[one.about]
                about, more = house.people[FATHERS[drawn.fathers[one.about]]], {"of_child": child}
            if one.what == "fact":
                more = {"words": FACT}
            MustNotLearn.objects.create(
                reader=house.people[one.reader], about=about, what=one.what, source="judgement", reason="Drawn", **more
            )
    return house


def _ties(drawn, house, who) -> list[NewRelationship]:
    if who == MOTHER:
        return [NewRelationship(child, K.MOTHER, True, True) for child in house.children]
    if who in FATHERS:
        mine = [child for number, child in enumerate(house.children) if FATHERS[drawn.fathers[number]] == who]
        return [NewRelationship(child, K.FATHER, True) for child in mine]
    kind = K.GRANDMOTHER if who == GRANDMOTHER else K.STEPFATHER
    return [NewRelationship(child, kind) for child in house.children]


def _homes(drawn, house, by) -> None:
    for who, person in house.people.items():
        line, postcode = HOMES[who]
        address = record_address(
            by=by, family=house.family, person=person, lines=f"{line}\nExampleton", postcode=postcode,
            from_on=date(2024, 1, 1), also_for=house.children if who == MOTHER and not drawn.in_refuge else (),
        )  # fmt: skip
        if who in drawn.kept_from_all:
            protect(address)
        safe = SafeContact.POST if who in drawn.by_post else SafeContact.PHONE
        record_contact(by=by, family=house.family, person=person, safe_contact=safe, phone=PHONES[who])
    if drawn.in_refuge:
        # Nobody closed the old address: that is how it happens.
        refuge = record_address(
            by=by, family=house.family, person=house.people[MOTHER], lines=f"{REFUGE[0]}\nExampleton",
            postcode=REFUGE[1], kind=AddressKind.REFUGE, from_on=date(2026, 11, 1), also_for=house.children,
        )  # fmt: skip
        protect(refuge)


def a_sitting(drawn: Drawn, house: House) -> Sitting:
    """The conference booked for today with everybody invited."""
    users, people = house.council.users, house.council.professionals
    with setting_up():
        conference = Conference.objects.create(
            family=house.family, kind=ConferenceKind.INITIAL, state=ConferenceState.BOOKED,
            anchor_on=TODAY - timedelta(days=14), due_on=TODAY + timedelta(days=7), request_reason="Harm",
            requested_by=users.social_worker, requested_at=at(TODAY - timedelta(days=10)), agreed_by=users.team_manager,
            agreed_at=at(TODAY - timedelta(days=9)), starts_at=at(TODAY), ends_at=at(TODAY, 11, 30),
            room=Room.objects.get_or_create(name="Room 9")[0], chair=users.chair, administrator=users.administrator,
            **DECLARED,
        )  # fmt: skip
        rows = {
            CHILDREN[number]: ConferenceChild.objects.create(conference=conference, child=child)
            for number, child in enumerate(house.children)
        }
        sitting = Sitting(house, conference, rows)
        for number, (who, person) in enumerate(house.people.items()):
            mine = _invited_for(drawn, house, who)
            # Each but the mother is called alone, so that nobody meets anybody who must not learn something.
            begins = at(TODAY) + timedelta(minutes=15 * number)
            called = {"mode": "phone", "apart": True, "arrives_at": begins,
                      "leaves_at": begins + timedelta(minutes=10)}  # fmt: skip
            _invite(sitting, who, mine, kind=InviteeKind.FAMILY, role=InviteeRole.PARENT, person=person,
                    name=person.full_name, **({"mode": "room"} if who == MOTHER else called))  # fmt: skip
        theirs = {f"school{number}": (staff, [house.children[number]]) for number, staff in enumerate(house.schools)}
        theirs |= {"police": (people.police, house.children), "worker": (users.social_worker, house.children)}
        roles = {"police": InviteeRole.POLICE, "worker": InviteeRole.SOCIAL_WORKER}
        for who, (user, children) in theirs.items():
            _invite(sitting, who, children, kind=InviteeKind.PROFESSIONAL, role=roles.get(who, InviteeRole.SCHOOL),
                    user=user, agency=user.agency, name=user.get_full_name())  # fmt: skip
        _invite(sitting, INTERPRETER, house.children, kind=InviteeKind.PROFESSIONAL, role=InviteeRole.INTERPRETER,
                agency=an_agency(AgencyKind.OTHER, "Tongues and Words"), name="Tongues and Words")  # fmt: skip
        for who in drawn.excluded:
            _give_no_documents(conference, house.people[who], users.chair)
    return sitting


def _give_no_documents(conference, person, chair) -> None:
    Exclusion.objects.create(
        conference=conference, person=person, state="in_force", asked_by="The police", ground="violence",
        evidence="He threatened a worker.", requested_by=chair, requested_at=timezone.now(), meeting="all",
        no_documents=True, from_on=TODAY, decided_by=chair, decided_at=timezone.now(),
        how_heard="A worker will visit you.", letter_words="Everybody must speak freely.",
        record_words="The chair decided who gets papers.",
    )  # fmt: skip


def _invited_for(drawn, house, who) -> list:
    if who in FATHERS:
        return [child for number, child in enumerate(house.children) if FATHERS[drawn.fathers[number]] == who]
    return house.children


def _invite(sitting, key, children, **values) -> None:
    made = Invitation.objects.create(
        conference=sitting.conference, reason="Knows the children", sent_by=sitting.conference.administrator,
        sent_at=sitting.conference.agreed_at, **values,
    )  # fmt: skip
    InvitationChild.objects.bulk_create(InvitationChild(invitation=made, child=child) for child in children)
    sitting.invitations[key] = made


def letters_of(sitting) -> list[Text]:
    """What the booking sends: each letter, e-mail and calendar entry, on every occasion there is."""
    pack, names, found = (
        letter_context(sitting.conference),
        {one.pk: who for who, one in sitting.invitations.items()},
        [],
    )
    before = sitting.conference.held_on - timedelta(days=2)
    told = {reader_key(one): replace(told_now(pack, one), day=before, place=("x",)) for one in pack.invitations}
    informed = replace(pack, told=told)  # of another day and place
    for invitation in pack.invitations:
        who = names[invitation.pk]
        for occasion in (INVITED, MOVED, CANCELLED, WITHDRAWN, *((EXCLUSION,) if invitation.person_id else ())):
            one = mailing_for(
                pack if occasion == INVITED else informed, invitation, occasion, TODAY, stamped_at=timezone.now()
            )
            for letter in one.letters:
                lines = tuple(line for line in letter.addressee.lines)
                found.append(Text(who, f"{occasion} letter", f"{letter.title}\n{flowing_text(letter)}", lines))
            if one.notice:
                words = "\n".join([one.notice.subject, one.notice.body, one.notice.calendar_file])
                found.append(Text(who, f"{occasion} e-mail", words))
    return found


def hold(drawn: Drawn, sitting):
    """The conference is held as drawn and closed; its record, approved."""
    chair, conference = sitting.chair, sitting.conference
    attendance.open_conference(by=chair, conference=conference, at=at(TODAY))
    marks = [attendance.AttendanceMark(one.pk, Attendance.PRESENT) for one in sitting.invitations.values()]
    attendance.mark_attendance(by=chair, conference=conference, marks=marks)
    attendance.confirm_quorum(by=chair, conference=conference, quorate=True)
    for one in drawn.passages:
        child = sitting.marlows.children[one.child].pk if one.child is not None and len(drawn.fathers) > 1 else None
        if one.section == Section.CHILD_VIEWS:
            child = sitting.marlows.children[one.child].pk
        named = frozenset(sitting.invitations[who].pk for who in one.named)
        save_note(
            by=chair, conference=conference, place=NotePlace(Section(one.section), child), text=f"{one.word} was said.",
            audience=one.audience, named=named, at=at(TODAY, 11),
        )  # fmt: skip
    decide(sitting, reasons="Because of what was heard.")
    children = sitting.marlows.children
    for child in children:
        outline.add_action(
            by=chair, conference=conference, outcome="Safe", action="See the child", who="Priya Nandra",
            due_on=TODAY + timedelta(days=14), measure="Seen by the worker", children=[child],
        )  # fmt: skip
    close.close_conference(
        by=chair, conference=conference, lead_social_worker=sitting.marlows.worker, aim="Safe at home",
        contingency="Advice will be asked for.", members=[sitting.invitations[who] for who in (MOTHER, "worker")],
        core_group_at=at(TODAY + timedelta(days=7)), core_group_place="The office", at=timezone.now(),
        gap_reasons=reasons_for_gaps(conference), **TYPED_PLAN,
    )  # fmt: skip
    conference.refresh_from_db()
    record = draft_record(by=chair, conference=conference)
    approve_record(by=chair, record=record, reason="They are told by the worker.")
    return record


def copies_made(sitting, record) -> list[tuple[Text, object]]:
    """(the words of every copy that is not withheld, the copy)."""
    facts, names, found = facts_of(record), {one.pk: who for who, one in sitting.invitations.items()}, []
    for copy in copies_of(record):
        if copy.withheld_reason:
            continue
        delivery = delivery_of(copy.invitation, TODAY)
        letter = letter_for(facts, copy, on=TODAY, delivery=delivery)
        words = f"{letter.title}\n{flowing_text(letter)}"
        found.append((Text(names[copy.invitation_id], f"{copy.kind} copy", words, tuple(delivery.lines)), copy))
    return found


def files_sent(drawn: Drawn, sitting) -> list[tuple[str, int, Text]]:
    """(reader, the child that it is about, what they got) of every file that can be brought on its way to anybody.

    Somebody tries it for each: makes it ready, has it opened and checked by a second person, and releases it; nobody
    answers anything or lets anything go.
    """
    council, found = sitting.council, []
    administrator, second = council.by("administrator"), council.by("social_worker")
    for sheet in (Sheet(0, "nothing", False), *drawn.sheets):
        school = sitting.invitations[f"school{sheet.child}"]
        author, words = (sheet.word, "") if sheet.hidden else ("", sheet.word)
        child = sitting.marlows.children[sheet.child]
        file = upload_file(
            by=viewer(school.user), invitation=school, author="", children=[child.pk],
            upload=FileUpload(a_file(words, author), "a.pdf", "pdf"),
        )  # fmt: skip
        for reader in drawn.adults:
            try:
                copy = prepare_file(by=administrator, file=file, reader=sitting.invitations[reader])
                open_copy(by=second, copy=copy)
                record_check(by=second, copy=copy)
                release(by=administrator, copy=copy)
            except Refusal:
                continue
            document = Document.objects.defer(None).get(pk=copy.document_id)
            read = read_trusted_file(bytes(document.body), document.file_name, own=True)
            said = "\n".join([document.title, read.text, read.metadata])
            lines = tuple(document.recipient_address)
            found.append((reader, sheet.child, Text(reader, f"a file with “{sheet.word}”", said, lines)))
    return found


def a_file(words: str, author: str) -> bytes:
    """A PDF with a line of words, and its author in its properties."""
    said = f"The child was seen. {words} was mentioned." if words else "The child was seen."
    return HTML(string=f'<meta name="author" content="{author}"><p>{said}</p>').write_pdf()
