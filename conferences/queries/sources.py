"""The restricted texts of one family, from all its conferences: what may not be carried unseen into a wider field."""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.formats import date_format

from conferences.choices import Audience, InviteeKind
from conferences.models import AgencyView, ChairTalk, Decision, Invitation, LiveNote, StrategyDiscussion
from conferences.permissions import may_read_restricted_reasons
from conferences.rules.audience import Readers
from conferences.rules.provenance import Source
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import seen_by

_TEXTS: list[Callable] = []
UNSEEN = "information on this family’s file that you may not read"


def restricted_texts(texts):
    """Registers ``texts(family_id, viewer) -> Iterable[Source]``: an app's own texts that not everybody may read."""
    _TEXTS.append(texts)
    return texts


def sources_of(family_id: int, viewer, *, but: str = "") -> list[Source]:
    """Every restricted text of the family, as ``viewer`` may be told of it; ``but`` the row that is being written.

    Whoever comes from outside is told of nothing that they may not read: they cannot have copied it from here, and an
    answer would betray that it exists. Staff are told that there is something, and not what.
    """
    is_outside = viewer.kind != "system" and viewer.roles <= {Role.PROFESSIONAL}
    found = [one for texts in _TEXTS for one in texts(family_id, viewer) if one.key != but]
    return [one for one in found if one.seen or not is_outside]


def readers_of(audience: str, invitations: Iterable[Invitation] = ()) -> Readers:
    """An audience with its named readers, as the rule knows them."""
    invitations = list(invitations)
    return Readers(
        audience=audience,
        named_family=frozenset(one.pk for one in invitations if one.kind == InviteeKind.FAMILY),
        named_professionals=frozenset(one.pk for one in invitations if one.kind == InviteeKind.PROFESSIONAL),
    )


def ids_seen(viewer, rows) -> set[int]:
    """The ids of those of ``rows`` that ``viewer`` may read."""
    model = rows.model
    if viewer.kind == "system":
        return set(rows.values_list("pk", flat=True))
    return set(seen_by(viewer, model).filter(pk__in=rows.order_by().values("pk")).values_list("pk", flat=True))


def source(row, text: str, readers: Readers, who: str, on, *, seen) -> Source:
    """A text of ``row`` with the words by which a warning calls it: what it is, by whom, of which day."""
    label = f"“{Audience(readers.audience).label}”, {who} on {date_format(on, 'j F Y')}"
    return Source(key_of(row), label if seen else UNSEEN, readers, text, seen=seen)


def key_of(row) -> str:
    """The name of a row in the trail: its kind and id."""
    return f"{row._meta.label_lower}:{row.pk}"


@restricted_texts
def notes(family_id, viewer):
    """What was noted in any conference for fewer than everybody; not what is only held back until it is decided."""
    rows = LiveNote.objects.filter(conference__family=family_id, wanted_audience="").exclude(audience=Audience.EVERYONE)
    rows = rows.exclude(text="")
    found = list(rows.select_related("saved_by").prefetch_related("readers__invitation"))
    seen = ids_seen(viewer, rows) if found else set()
    for note in found:
        readers = readers_of(note.audience, [one.invitation for one in note.readers.all()])
        who, on = f"noted by {note.saved_by.get_full_name()}", timezone.localdate(note.saved_at)
        yield source(note, note.text, readers, who, on, seen=note.pk in seen)


@restricted_texts
def agency_views(family_id, viewer):
    """Why an agency thinks as it does, where not everybody may read that."""
    rows = AgencyView.objects.filter(conference_child__conference__family=family_id).exclude(audience=Audience.EVERYONE)
    found = list(rows.select_related("invitation", "conference_child__conference"))
    seen = ids_seen(viewer, rows) if found else set()
    for view in found:
        on = view.conference_child.conference.held_on
        text = f"{view.reason}\n{view.dissent_reason}"
        who = f"the view of {view.invitation.name}"
        yield source(view, text, readers_of(view.audience), who, on, seen=view.pk in seen)


@restricted_texts
def restricted_reasons(family_id, viewer):
    """The reasons for a decision that not everybody who is told of it may read."""
    rows = Decision.objects.filter(conference_child__conference__family=family_id).exclude(restricted="")
    found = list(rows.select_related("conference_child__conference", "conference_child__child"))
    seen = ids_seen(viewer, rows.filter(may_read_restricted_reasons(viewer))) if found else set()
    for one in found:
        row = one.conference_child
        who = f"among the reasons for the decision for {row.child.full_name},"
        readers = readers_of(one.restricted_audience)
        yield source(one, one.restricted, readers, who, row.conference.held_on, seen=one.pk in seen)


@restricted_texts
def talks(family_id, viewer):
    """What somebody of the family told the chair alone."""
    rows = ChairTalk.objects.filter(conference__family=family_id).exclude(audience=Audience.EVERYONE)
    found = list(rows.select_related("person"))
    seen = ids_seen(viewer, rows) if found else set()
    for one in found:
        text, on = f"{one.what_was_said}\n{one.not_held_reason}", one.held_on or one.conference.held_on
        who = f"the chair’s talk with {one.person.full_name}"
        yield source(one, text, readers_of(one.audience), who, on, seen=one.pk in seen)


@restricted_texts
def strategy_discussions(family_id, viewer):
    """What agencies told each other before the family knew, and what the enquiry found: for those who hold the case.

    Its readers are those of police information: no copy holds it, and a note for them may.
    """
    rows = StrategyDiscussion.objects.filter(family=family_id)
    found = list(rows.select_related("enquiry"))
    seen = ids_seen(viewer, rows) if found else set()
    readers = Readers(Audience.POLICE)
    for one in found:
        told = f"the strategy discussion of {date_format(one.held_on, 'j F Y')}" if one.pk in seen else UNSEEN
        yield Source(key_of(one), told, readers, f"{one.concerns}\n{one.decided}", seen=one.pk in seen)
        enquiry = getattr(one, "enquiry", None)
        if enquiry is not None and enquiry.findings:
            on = f" of {date_format(enquiry.outcome_on, 'j F Y')}" if enquiry.outcome_on else ""
            told = f"the outcome of the section 47 enquiry{on}" if one.pk in seen else UNSEEN
            yield Source(key_of(enquiry), told, readers, enquiry.findings, seen=one.pk in seen)
