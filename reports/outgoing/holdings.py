"""What a user holds of records and letters: those to approve as a chair, those to release as an administrator."""

from django.db.models import Q

from conferences.convening.choices import ConferenceState
from conferences.convening.holdings import give_chair, not_acted_for
from conferences.convening.models import Conference
from conferences.convening.queries.acting import why_may_not_act
from conferences.convening.queries.booking import chairs
from cpc.core.accounts.choices import Role
from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.queries import holding
from cpc.core.kernel.phrases import in_sentence
from reports.outgoing.choices import RecordState
from reports.outgoing.models import ConferenceRecord, Copy, Paragraph


def _held_conferences(waiting, **whose):
    records = ConferenceRecord.objects.filter(waiting, conference__state=ConferenceState.HELD)
    found = Conference.objects.filter(pk__in=records.order_by().values("conference"), **whose)
    return found.select_related("family__team__manager", "chair").defer("family__search_index").order_by("starts_at")


def _administer(by, conference, to):
    conference.administrator = to
    conference.save(update_fields=["administrator"])


TO_APPROVE = Q(state=RecordState.DRAFT) | Q(letters_approved_at__isnull=True)
TO_RELEASE = Q(
    pk__in=Copy.objects.filter(withheld_reason="")
    .filter(Q(document__isnull=True) | Q(document__released_at__isnull=True))
    .order_by()
    .values("record")
)

register(
    Kind(
        key="records",
        heading="Records and letters they approve as chair",
        model=Conference,
        field="chair",
        held=lambda user, on: not_acted_for(_held_conferences(TO_APPROVE, chair=user)),
        says=lambda conference: f"Record and letters of the {in_sentence(str(conference))}",
        give=give_chair,
        roles=frozenset({Role.CHAIR}),
        who=lambda user: chairs(),
        may_take=lambda conference, user, viewer: not why_may_not_act(conference, user, viewer.on),
        nobody="The conference service manager, who must name an acting chair",
    ),
    Kind(
        key="copies",
        heading="Records and letters they release as administrator",
        model=Conference,
        field="administrator",
        held=lambda user, on: _held_conferences(TO_RELEASE, administrator=user),
        says=lambda conference: f"Copies of the {in_sentence(str(conference))}",
        give=_administer,
        roles=frozenset({Role.ADMINISTRATOR}),
        who=lambda user: holding(Role.ADMINISTRATOR),
        may_take=lambda conference, user, viewer: can_see(viewer, conference),
        nobody="All conference administrators",
    ),
)
history(ConferenceRecord, "approved_by", "letters_approved_by")
history(Copy, "widened_by")
history(Paragraph, "written_by")
