"""How ready booked conferences are: who is coming, which reports are there and shared, who of the family was heard.

Read for one conference or for all of a week in the same number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import (
    Attendance,
    CompanionState,
    ConferenceState,
    FormInTalk,
    InviteeRole,
    Reply,
)
from conferences.convening.models import (
    ChairTalk,
    ChildPart,
    Companion,
    Conference,
    ConferenceChild,
    Invitation,
    InvitationChild,
    Support,
)
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.queries.board import expected_quorum
from conferences.meeting.rules import Quorum
from cpc.core.accounts.permissions import Viewer, seen_by
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import in_sentence, listed
from cpc.core.policy.queries import setting
from families.people.rules.short_names import tell_apart
from reports.incoming.models import Contribution, PlannedTalk
from reports.incoming.queries.arrived import has_arrived, is_in
from reports.incoming.queries.not_told import family_not_told
from reports.incoming.queries.requested import is_verbal

DAYS = 7
TO_BE_HEARD = (InviteeRole.PARENT, InviteeRole.CARER)


@dataclass
class Readiness:
    """How ready one conference is. Names of people, each in the order of the list of people to invite.

    ``life_not_written`` are the children too young for a form, while the social worker has not reported on them.
    """

    conference: Conference
    coming: list[Invitation] = field(default_factory=list)
    not_coming: list[Invitation] = field(default_factory=list)
    unanswered: list[Invitation] = field(default_factory=list)
    write_only: list[Invitation] = field(default_factory=list)
    not_invited_yet: list[Invitation] = field(default_factory=list)
    reports_missing: list[Invitation] = field(default_factory=list)
    reports_not_shared: list[Invitation] = field(default_factory=list)
    not_heard: list[str] = field(default_factory=list)
    life_not_written: list[str] = field(default_factory=list)
    to_arrange: list[str] = field(default_factory=list)
    to_offer: list[str] = field(default_factory=list)
    companions: list[Companion] = field(default_factory=list)
    parts: list[ChildPart] = field(default_factory=list)
    to_ask: list[str] = field(default_factory=list)
    to_talk_with: list[str] = field(default_factory=list)
    not_as_wanted: list[str] = field(default_factory=list)
    forms_to_look_at: list[str] = field(default_factory=list)
    talks: list[PlannedTalk] = field(default_factory=list)
    talks_to_plan: list[str] = field(default_factory=list)
    separate: list[Invitation] = field(default_factory=list)
    quorum: Quorum | None = None

    @property
    def has_everything(self) -> bool:
        """Whether every report is there and shared, the family was heard, and their needs are met."""
        heard = (self.not_heard, self.life_not_written)
        return not any((self.reports_missing, self.reports_not_shared, *heard, self.to_arrange, self.to_offer))

    @property
    def steps(self) -> list["Step"]:
        """What is still to be done, the most urgent first: safety, then what is due by law, then the rest."""
        found = [(says(self), name) for says, name in _STEPS]
        return [Step(text, _path(name, self.conference)) for text, name in found if text]


@dataclass(frozen=True)
class Step:
    """One thing to do: what, and the page where it is done."""

    text: str
    path: str


def steps_to_tell(not_told, behind, conference) -> list[Step]:
    """What is to be done for people who do not know the time and place as they are now: send them the change, or make
    sure that the letters that wait reach them. At most one step.
    """
    if not not_told:
        return []
    if behind:
        return [Step(f"Tell {people(behind)} what has changed.", _path("conferences:invitations", conference))]
    text = f"Make sure that the letter or email with the current time and place reaches {people(not_told)}."
    return [Step(text, reverse("documents:print_room"))]


def steps_to_phone(rows) -> list[Step]:
    """A step for each person who must be told by phone or in person how the conference is now."""
    return [Step(one.says, reverse("conferences:tell_by_phone", args=[one.invitation.pk])) for one in rows]


def next_seven_days(viewer: Viewer) -> list[Readiness]:
    """The readiness of each conference of the next seven days that the viewer may see, the soonest first."""
    start = datetime.combine(viewer.on, time.min, tzinfo=timezone.get_current_timezone())
    found = seen_by(viewer, Conference).filter(
        state=ConferenceState.BOOKED, starts_at__gte=start, starts_at__lt=start + timedelta(days=DAYS)
    )
    return readiness_of(found.select_related("family", "chair", "room").order_by("starts_at", "id"), viewer.on)


def readiness_of(conferences, on: date) -> list[Readiness]:
    """The readiness on a day of ``conferences``, which the viewer may see. The same queries for any number of them."""
    found = {one.pk: Readiness(one) for one in conferences}
    rows = Invitation.objects.filter(conference__in=found, withdrawn_at__isnull=True)
    rows = rows.annotate(report_arrived=has_arrived(), report_is_in=is_in())
    rows = list(rows.select_related("agency", "person", "user", "room").order_by("kind", "role", "pk"))
    rows = [row for row in rows if row.attendance != Attendance.EXCLUDED and not (row.person and row.person.died_on)]
    known = defaultdict(set)
    for invitation, child in InvitationChild.objects.filter(invitation__in=rows).values_list("invitation", "child"):
        known[invitation].add(child)
    untold = family_not_told({pk: one.conference for pk, one in found.items()})
    for row in rows:
        _place(found[row.conference_id], row, untold)
    _hear_the_family(found, rows, known)
    support = Support.objects.filter(conference__in=found).select_related("person").order_by("pk")
    for one in support.to_arrange():
        found[one.conference_id].to_arrange.append(in_sentence(str(one)))
    for one in support.to_offer():
        found[one.conference_id].to_offer.append(one.person.full_name)
    _taking_part(found, rows)
    for one in found.values():
        one.quorum = expected_quorum([row for row in rows if row.conference_id == one.conference.pk], known)
    return list(found.values())


def _taking_part(found, rows) -> None:
    """Who comes with a parent, how each child takes part, and which invited children nobody has asked yet."""
    companions = Companion.objects.filter(conference__in=found).exclude(state=CompanionState.ENDED)
    for one in companions.select_related("person").order_by("pk"):
        found[one.conference_id].companions.append(one)
    for part in ChildPart.objects.filter(conference__in=found).select_related("child").order_by("pk"):
        found[part.conference_id].parts.append(part)
    for row in rows:
        asked = {one.child_id for one in found[row.conference_id].parts if one.answer}
        if row.role == InviteeRole.CHILD and row.person_id not in asked:
            found[row.conference_id].to_ask.append(row.name)
        elif row.role in TO_BE_HEARD and not row.talked_on:
            found[row.conference_id].to_talk_with.append(row.name)
        elif row.talked_on and row.wanted_mode != row.mode:
            found[row.conference_id].not_as_wanted.append(f"{row.name} ({row.get_wanted_mode_display().lower()})")


def _place(readiness, row, untold) -> None:
    """Put one invited person into the lists that they belong to."""
    if not row.sent_at:
        readiness.not_invited_yet.append(row)
    else:
        lists = {
            Reply.COMING: readiness.coming,
            Reply.NOT_COMING: readiness.not_coming,
            Reply.STAYS_AWAY: readiness.not_coming,
        }
        otherwise = readiness.unanswered if row.awaits_reply else readiness.write_only
        lists.get(row.reply, otherwise).append(row)
    if row.apart:
        readiness.separate.append(row)
    if not row.report_asked:
        return
    if not row.report_is_in:
        readiness.reports_missing.append(row)
    elif row.report_arrived and row.pk in untold and not is_verbal(row):
        row.not_told = listed([one.full_name for one in untold[row.pk]])
        readiness.reports_not_shared.append(row)


def _hear_the_family(conferences, rows, known) -> None:
    """Name the children and invited parents who have sent nothing in and have not spoken with the chair, and those who
    sent their form after they spoke. A child too young for a form is heard through the social worker's report.
    """
    wanted, young = defaultdict(dict), defaultdict(dict)
    children = ConferenceChild.objects.filter(
        conference__in=conferences, included=True, child__born_on__isnull=False, child__died_on__isnull=True
    )
    for row in children.select_related("child").order_by("child__born_on", "pk"):
        voice = voice_of(row.child, conferences[row.conference_id].conference.held_on)
        if voice != Voice.UNBORN:
            (wanted if voice == Voice.FORM else young)[row.conference_id][row.child_id] = row.child
    for pk in conferences:
        tell_apart([*wanted[pk].values(), *young[pk].values()])
    for row in rows:
        if row.kind == InviteeKind.FAMILY and row.role in TO_BE_HEARD:
            wanted[row.conference_id].setdefault(row.person_id, row.person)
    wrote = set(Contribution.objects.filter(conference__in=conferences).values_list("conference", "person"))
    talks = defaultdict(set)
    for *key, form in ChairTalk.objects.filter(conference__in=conferences).values_list("conference", "person", "form"):
        talks[tuple(key)].add(form)
    _plan_the_talks(conferences, rows, talks)
    reports = [row for row in rows if row.role == InviteeRole.SOCIAL_WORKER and row.report_arrived]
    heard = wrote | set(talks) | {(row.conference_id, child) for row in reports for child in known[row.pk]}
    for conference, people in young.items():
        unwritten = [child.full_name for pk, child in people.items() if (conference, pk) not in heard]
        conferences[conference].life_not_written = unwritten
    for conference, people in wanted.items():
        for pk, person in people.items():
            key = (conference, pk)
            if key not in wrote and key not in talks:
                conferences[conference].not_heard.append(person.full_name)
            elif key in wrote and FormInTalk.NOT_THERE in talks[key] <= {"", FormInTalk.NOT_THERE}:
                conferences[conference].forms_to_look_at.append(person.full_name)


def _plan_the_talks(conferences, rows, held) -> None:
    """The conversations that the chair has planned and not held, and who of the invited family is still to be planned
    for, where chairs speak with families first.
    """
    planned = set()
    for one in PlannedTalk.objects.still_planned().filter(conference__in=conferences).select_related("person"):
        planned.add((one.conference_id, one.person_id))
        if (one.conference_id, one.person_id) not in held:
            conferences[one.conference_id].talks.append(one)
    if setting("chair_meets_family_first"):
        for row in rows:
            if row.person_id and row.sent_at and (row.conference_id, row.person_id) not in planned | set(held):
                conferences[row.conference_id].talks_to_plan.append(row.name)


def _declare(found):
    one = found.conference
    if one.chair_independent is None:
        return f"{one.chair} must declare whether they are independent. Nobody can be invited before."
    if not one.chair_independent and not one.chair_agreed_at:
        return f"The conference service manager must decide whether {one.chair} may chair."
    return ""


def _send(found):
    return f"Send invitations to {people(found.not_invited_yet)}." if found.not_invited_yet else ""


def _late(found):
    one = found.conference
    day = timezone.localdate(one.starts_at)
    if day <= one.due_on or one.lateness_reason:
        return ""
    return f"The conference is after its last day, {in_words(one.due_on)}. Move it, or record why it is late."


def _arrange(found):
    return f"Arrange what is needed: {listed(found.to_arrange)}." if found.to_arrange else ""


def _offer(found):
    return f"Offer an advocate, or record the answer: {listed(found.to_offer)}." if found.to_offer else ""


def _ask_for_reports(found):
    return f"Ask {people(found.reports_missing)} for their report." if found.reports_missing else ""


def _share_reports(found):
    if not found.reports_not_shared:
        return ""
    whole = found.reports_not_shared
    who = whole[0].not_told if len(whole) == 1 else "the family"
    return f"Share the report of {people(whole)} with {who}, or record why not."


def _decide_companions(found):
    named = [str(one) for one in found.companions if one.state == CompanionState.NAMED]
    return f"The chair must decide who may come with a parent: {listed(named)}." if named else ""


def _ask_children(found):
    return f"Ask {listed(found.to_ask)} whether they want to come, and record the answer." if found.to_ask else ""


def _talk_about_ways(found):
    if not found.to_talk_with:
        return ""
    return f"Talk with {listed(found.to_talk_with)} about how to take part, and record what they want."


def _ways_not_as_wanted(found):
    if not found.not_as_wanted:
        return ""
    return f"Change how they are invited, or explain why not: {listed(found.not_as_wanted)}."


def _look_at_forms(found):
    if not found.forms_to_look_at:
        return ""
    return f"Look at the form together with {listed(found.forms_to_look_at)}. It came after the chair’s conversation."


def _decide_parts(found):
    waiting = [one.child.full_name for one in found.parts if one.answer and not one.part]
    return f"The chair must decide how the child takes part: {listed(waiting)}." if waiting else ""


def _plan_talks(found):
    names = found.talks_to_plan
    return f"Plan when the chair speaks with {listed(names)} before the meeting." if names else ""


def _hear(found):
    return f"Record what {people(found.not_heard)} of the family want to say." if found.not_heard else ""


def _describe_lives(found):
    if not found.life_not_written or any(one.role == InviteeRole.SOCIAL_WORKER for one in found.reports_missing):
        return ""
    return f"Ask the social worker to write what life is like for {listed(found.life_not_written)}."


def _ask_who_comes(found):
    return f"Ask {people(found.unanswered)} whether they are coming." if found.unanswered else ""


def _reach_quorum(found):
    if found.quorum.is_quorate or found.not_invited_yet:
        return ""
    return "Find out who else can come. With the replies so far, the conference would not be quorate."


def people(rows) -> str:
    """How many people, or the name of the only one."""
    if len(rows) > 1:
        return f"{len(rows)} people"
    [one] = rows
    return one if isinstance(one, str) else one.name


# What is to be done ("": nothing), and the page where it is done; the most urgent first.
_STEPS = (
    (_declare, "conferences:conference"),
    (_send, "conferences:invitations"),
    (_late, "conferences:move"),
    (_arrange, "conferences:invitations#support"),
    (_offer, "conferences:taking_part#advocates"),
    (_decide_companions, "conferences:taking_part#companions"),
    (_ask_children, "conferences:taking_part#children"),
    (_decide_parts, "conferences:taking_part#children"),
    (_talk_about_ways, "conferences:taking_part#adults"),
    (_ways_not_as_wanted, "conferences:invitations"),
    (_ask_for_reports, "conferences:conference#reports-title"),
    (_share_reports, "conferences:conference#reports-title"),
    (_plan_talks, "reports:plan_talks"),
    (_hear, "conferences:conference#contributions-title"),
    (_describe_lives, "conferences:conference#reports-title"),
    (_look_at_forms, "reports:chair_talk"),
    (_ask_who_comes, "conferences:invitations"),
    (_reach_quorum, "conferences:invitations"),
)


def _path(name, conference) -> str:
    """The address of a page, perhaps with a place on it."""
    name, sign, place = name.partition("#")
    return f"{reverse(name, args=[conference.pk])}{sign}{place}"
